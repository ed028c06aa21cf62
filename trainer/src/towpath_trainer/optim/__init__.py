"""How weights move: optimisers and the learning rate over the steps."""
