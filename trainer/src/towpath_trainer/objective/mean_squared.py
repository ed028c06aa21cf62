"""Mean squared error of a scoring head, summed."""

import torch
from torch import Tensor

from towpath_trainer.objective.predictor import Predictor


def mean_squared(model: Predictor, hidden: Tensor, mask: Tensor, scores: Tensor) -> Tensor:
    """The sum of (score - target)^2 over the rows of a batch, in float32.

    `mask` (bool [B, T]) is true at the last position of every row, and `scores[b, k]` belongs to its k-th true place
    in sequence b.
    """
    rows = mask.sum(1, keepdim=True)
    held = torch.arange(scores.shape[1], device=scores.device) < rows
    return (model.score(hidden[mask]).float() - scores[held]).square().sum()
