"""Training data: tokenised shards on disk, the order they are read in, and the batches made of them."""
