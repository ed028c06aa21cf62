"""The loss of a batch, whichever a job names."""

from torch import Tensor

from towpath_trainer.data.batch import Batch
from towpath_trainer.job import Loss
from towpath_trainer.objective.cross_entropy import cross_entropy
from towpath_trainer.objective.mean_squared import mean_squared
from towpath_trainer.objective.predictor import Predictor


def loss_sum(model: Predictor, batch: Batch, loss: Loss) -> tuple[Tensor, int]:
    """The summed loss over a batch's targets (a float32 scalar with a gradient), and how many targets there are.

    The sum, because only the whole effective batch knows what to divide by.
    """
    hidden = model.hidden(batch.tokens, batch.segments)
    if loss.name == "mean_squared_error":
        if batch.scores is None:
            raise ValueError("a scoring loss needs a batch with scores")
        return mean_squared(model, hidden, batch.mask, batch.scores), batch.count
    return cross_entropy(model, hidden, batch.targets, batch.mask, loss), batch.count
