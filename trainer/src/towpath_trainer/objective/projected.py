"""Cross-entropy of vectors and an output matrix, whose gradient is worked out together with its value.

The logits of a chunk of positions are made once, turned into their own gradient in place, multiplied into the
gradients of the vectors and of the matrix, and dropped: the approach of Liger Kernel (Hsu et al., 2024). With
s = softmax(x), the gradient in the logits of one target is

    (1 + 2 z logsumexp(x)) * s - (1 - e) * onehot(t) - e / V
"""

from typing import Any

import torch
from torch import Tensor


def chunk_rows(device: torch.device, vocabulary: int) -> int:
    """How many positions' logits to hold at a time: enough to keep a multiplication busy, few enough to stay small
    (measured: on a processor 256 rows are as fast as any)."""
    rows, logits = (256, 2**25) if device.type == "cpu" else (8192, 2**28)
    return max(64, min(rows, logits // vocabulary))


def _chunk(logits: Tensor, labels: Tensor, smoothing: float, z: float) -> tuple[Tensor, Tensor, Tensor]:
    """The loss of logits [n, V], and their gradient as a matrix [n, V] and a scale [n, 1] to multiply its rows with.

    The matrix starts as exp(x - max): dividing its rows is left to the narrower products they end in.
    """
    logits = logits if logits.dtype == torch.float64 else logits.float()
    places = labels.unsqueeze(1)
    wanted = logits.gather(1, places)
    mean = logits.mean(1, keepdim=True) if smoothing != 0 else None
    top = logits.amax(1, keepdim=True)
    grown = logits.sub_(top).exp_()
    summed = grown.sum(1, keepdim=True)
    whole = summed.log().add_(top)
    value = whole - wanted
    if mean is not None:
        value = (1 - smoothing) * value + smoothing * (whole - mean)
    slope = torch.ones_like(whole)
    if z != 0:
        value = value + z * whole.square()
        slope = slope + 2 * z * whole
    scale = slope / summed
    if smoothing != 0:
        grown.sub_(smoothing / logits.shape[1] / scale)
    grown.scatter_add_(1, places, (smoothing - 1) / scale)
    return value.sum(), grown, scale


class ProjectedCrossEntropy(torch.autograd.Function):
    """`apply(hidden [N, width], weight [V, width], labels [N], smoothing, z)` gives the summed loss, in float32.

    Both gradients are kept from the forward pass (the matrix's only if it is trained), so backward is a scaling and
    may run once. Under autocast the multiplications run in its type; sums and exponentials are always float32 or wider.
    """

    chunk = staticmethod(_chunk)

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, weight: Tensor, labels: Tensor, smoothing: float, z: float) -> Tensor:  # noqa: ANN401
        """Value and gradients, chunk by chunk."""
        device = hidden.device.type
        kind = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else hidden.dtype
        wants_hidden, wants_weight = ctx.needs_input_grad[:2]
        vocabulary = weight.shape[0]
        total = hidden.new_zeros((), dtype=torch.promote_types(kind, torch.float32))
        by_hidden = torch.empty_like(hidden) if wants_hidden else None
        by_weight = torch.zeros_like(weight) if wants_weight else None
        matrix = weight.detach().to(kind)
        rows = chunk_rows(hidden.device, vocabulary)
        with torch.autocast(device, enabled=False):
            for start in range(0, len(labels), rows):
                vectors = hidden[start : start + rows].to(kind)
                value, logits, scale = ProjectedCrossEntropy.chunk(
                    vectors @ matrix.T, labels[start : start + rows], smoothing, z
                )
                total += value
                if by_hidden is not None:
                    by_hidden[start : start + rows] = (logits.to(kind) @ matrix).mul_(scale)
                if by_weight is not None:
                    scaled = (vectors * scale).to(kind)
                    if by_weight.dtype == kind:
                        by_weight.addmm_(logits.T, scaled)
                    else:
                        by_weight += logits.to(kind).T @ scaled
        ctx.gradients = (by_hidden, by_weight)
        return total

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401
        """The kept gradients times the gradient of the sum; they are used up."""
        gradients = ctx.gradients
        ctx.gradients = None
        return (*(None if each is None else each.mul_(upstream) for each in gradients), None, None, None)


def compile_chunks() -> None:
    """Have PyTorch compile what happens to a chunk of logits: on a GPU a few passes over them instead of ten."""
    ProjectedCrossEntropy.chunk = staticmethod(torch.compile(_chunk))
