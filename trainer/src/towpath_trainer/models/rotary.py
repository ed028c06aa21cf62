"""Rotary position embedding (Su et al., 2021), in Llama's arrangement: element i turns with element i + size / 2."""

from typing import Any

import torch
from torch import Tensor, nn

BASE = 10_000.0


class Rotary(nn.Module):
    """Cosines and sines of every position and frequency, made once."""

    cosines: Tensor
    sines: Tensor

    def __init__(self, size: int, context: int) -> None:
        """For heads of `size` elements and positions below `context`."""
        super().__init__()
        frequencies = BASE ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
        angles = torch.arange(context, dtype=torch.float64)[:, None] * frequencies
        for name, values in (("cosines", angles.cos()), ("sines", angles.sin())):
            self.register_buffer(name, values.to(torch.get_default_dtype()).unsqueeze(1), persistent=False)

    def first(self, length: int) -> tuple[Tensor, Tensor]:
        """Cosines and sines [length, 1, size / 2] of the first positions."""
        return self.cosines[:length], self.sines[:length]

    def at(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Cosines and sines [M, 1, size / 2] of `positions` [M]."""
        return self.cosines.index_select(0, positions), self.sines.index_select(0, positions)


def rotate(vectors: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """Turn `vectors` [..., length, heads, size]."""
    if torch.compiler.is_compiling():
        first, second = vectors.chunk(2, -1)
        return torch.cat((first * cosines - second * sines, second * cosines + first * sines), -1)
    return _Turned.apply(vectors, cosines, sines)


class _Turned(torch.autograd.Function):
    """The same in half the operations; its gradient is the turn back."""

    @staticmethod
    def forward(ctx: Any, vectors: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:  # noqa: ANN401
        ctx.save_for_backward(cosines, sines)
        return _turn(vectors, cosines, sines, 1)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor, None, None]:  # noqa: ANN401
        return _turn(upstream, *ctx.saved_tensors, -1), None, None


def _turn(vectors: Tensor, cosines: Tensor, sines: Tensor, way: int) -> Tensor:
    turned = torch.empty(vectors.shape, dtype=vectors.dtype, device=vectors.device)
    (first, second), (low, high) = vectors.chunk(2, -1), turned.chunk(2, -1)
    torch.mul(first, cosines, out=low).addcmul_(second, sines, value=-way)
    torch.mul(second, cosines, out=high).addcmul_(first, sines, value=way)
    return turned
