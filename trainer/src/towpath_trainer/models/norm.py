"""Root mean square normalisation (Zhang and Sennrich, 2019)."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EPSILON = 1e-5


class RmsNorm(nn.Module):
    """x / sqrt(mean(x^2) + epsilon) * weight over the last dimension."""

    def __init__(self, width: int) -> None:
        """Start as the normalisation alone."""
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, states: Tensor) -> Tensor:
        """[..., width] to [..., width]."""
        if states.device.type == "cpu" and not torch.compiler.is_compiling():
            return _Normalised.apply(states, self.weight)
        return F.rms_norm(states, self.weight.shape, self.weight, EPSILON)


class _Normalised(torch.autograd.Function):
    """The same with a gradient written out: PyTorch has a fused kernel for it on CUDA only, and on the CPU its chain of
    operations reads the vectors twice as often."""

    @staticmethod
    def forward(ctx: Any, states: Tensor, weight: Tensor) -> Tensor:  # noqa: ANN401
        norms = torch.linalg.vector_norm(states, dim=-1, keepdim=True)
        scale = norms.square_().div_(states.shape[-1]).add_(EPSILON).rsqrt_()
        ctx.save_for_backward(states, weight, scale)
        return (states * scale).mul_(weight)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor, Tensor | None]:  # noqa: ANN401
        states, weight, scale = ctx.saved_tensors
        normal = states * scale
        product = upstream * normal
        by_weight = product.flatten(0, -2).sum(0) if ctx.needs_input_grad[1] else None
        shared = torch.mv(product.flatten(0, -2), weight).div_(states.shape[-1]).view_as(scale)
        return (upstream * weight).addcmul_(normal, shared, value=-1).mul_(scale), by_weight
