"""How much arithmetic a training step is, by the count of PaLM (Chowdhery et al., 2022, appendix B).

Per token, a weight that is trained takes 6 operations (a multiplication and an addition forward, twice that
backward), a frozen one 4 (it still carries the gradient through), and attention 12 * layers * width * context.
Causal attention is counted whole, as PaLM and nanoGPT do. A matrix that is only looked up takes none.
"""

from torch import nn


def training_flops(model: nn.Module, looked_up: int, attention_width: int, context: int) -> float:
    """Operations per token at full context.

    `looked_up`: how many of the frozen or trained weights are an embedding that makes no logits. `attention_width`:
    heads * size of a head, summed over the layers; 0 without attention.
    """
    parameters = list(model.parameters())
    trained = sum(each.numel() for each in parameters if each.requires_grad)
    every = sum(each.numel() for each in parameters) - looked_up
    return 4.0 * every + 2.0 * min(trained, every) + 12.0 * attention_width * context
