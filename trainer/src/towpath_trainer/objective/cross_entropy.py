"""Cross-entropy with label smoothing and z-loss that never holds the logits of a whole batch.

Per target, with logits x, label t and V tokens:

    nll     = logsumexp(x) - x[t]
    uniform = logsumexp(x) - mean(x)
    loss    = (1 - e) * nll + e * uniform + z * logsumexp(x)^2

Label smoothing e is Szegedy et al. (2016), the z-loss de Brebisson and Vincent (2016) as PaLM uses it.
"""

from torch import Tensor
from torch.utils.checkpoint import checkpoint

from towpath_trainer.job import Loss
from towpath_trainer.objective.predictor import Predictor
from towpath_trainer.objective.projected import ProjectedCrossEntropy, chunk_rows


def cross_entropy(model: Predictor, hidden: Tensor, targets: Tensor, mask: Tensor, loss: Loss) -> Tensor:
    """The sum over targets, in float32: `hidden` [B, T, width], `targets` and `mask` [B, T].

    Logits exist for positions with a target only, and for a few of them at a time.
    """
    flat, labels = hidden.flatten(0, 1), targets.flatten()
    places = mask.flatten().nonzero().squeeze(1)
    if len(places) < len(labels):
        flat, labels = flat.index_select(0, places), labels.index_select(0, places)
    weight = model.plain_head()
    if weight is not None:
        return ProjectedCrossEntropy.apply(flat, weight, labels, loss.label_smoothing, loss.z_loss)

    def part(vectors: Tensor, wanted: Tensor) -> Tensor:
        return from_logits(model.logits(vectors), wanted, loss)

    total = flat.sum() * 0.0
    rows = chunk_rows(flat.device, model.vocabulary)
    for vectors, wanted in zip(flat.split(rows), labels.split(rows), strict=True):
        total = total + checkpoint(part, vectors, wanted, use_reentrant=False)
    return total.float()


def from_logits(logits: Tensor, labels: Tensor, loss: Loss) -> Tensor:
    """The same sum from logits [N, V] that are there already; labels [N]."""
    logits = logits.float()
    whole = logits.logsumexp(-1)
    nll = whole - logits.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    value = nll
    if loss.label_smoothing != 0:
        value = (1 - loss.label_smoothing) * nll + loss.label_smoothing * (whole - logits.mean(-1))
    if loss.z_loss != 0:
        value = value + loss.z_loss * whole.square()
    return value.sum()
