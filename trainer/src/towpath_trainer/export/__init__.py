"""From a trained model in Hugging Face's format to GGUF files that llama.cpp loads, and what they are compared with."""
