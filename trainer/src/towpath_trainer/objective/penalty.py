"""L1 and L2 penalties on the weights; both together are the elastic net (Zou and Hastie, 2005).

Only matrices are penalised: scales of norms and biases are few, and pulling them to zero silences whole features.
A penalty is added to the mean loss of a step, once, however many micro-batches and processes share it.
"""

from collections.abc import Iterable

import torch
from torch import Tensor

from towpath_trainer.job import Penalty


def matrices(parameters: Iterable[Tensor]) -> list[Tensor]:
    """Those that penalties and weight decay act upon: of two dimensions or more."""
    return [each for each in parameters if each.ndim >= 2]


@torch.no_grad()
def add_penalty_gradient(parameters: Iterable[Tensor], p: Penalty) -> None:
    """Add the penalty's gradient, l1 * sign(w) + 2 * l2 * w, to each parameter's `grad`, building no graph.

    Call it after gradients were averaged over processes and before they are clipped. Works on shards as on wholes.
    """
    weights = [each for each in matrices(parameters) if each.grad is not None]
    gradients = [each.grad for each in weights]
    if p.l2 != 0 and weights:
        torch._foreach_add_(gradients, weights, alpha=2 * p.l2)
    if p.l1 != 0 and weights:
        torch._foreach_add_(gradients, torch._foreach_sign(weights), alpha=p.l1)
