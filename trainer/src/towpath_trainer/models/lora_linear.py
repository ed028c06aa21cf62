"""A layer with an adapter as one operation: y = x W' + b + s (x A') B', and its gradient written out.

peft's own forward pass adds the adapter's part in three passes over y, and keeps it for the gradient. W is frozen, so
nothing is worked out for it.
"""

from typing import Any

import torch
from peft.tuners.lora import Linear
from torch import Tensor


class LoraLinear(Linear):
    """peft's layer, quicker in the plain case: one adapter, no dropout, one type of number."""

    def forward(self, x: Tensor, *args: Any, **kwargs: Any) -> Tensor:  # noqa: ANN401
        """[..., in] to [..., out]."""
        base, (name,) = self.base_layer, self.active_adapters
        drops = self.training and getattr(self.lora_dropout[name], "p", 0.0) > 0
        plain = not (drops or args or kwargs or self.merged or self.disable_adapters or self.lora_variant)
        down, up = self.lora_A[name].weight, self.lora_B[name].weight
        same = x.dtype == base.weight.dtype == down.dtype and not torch.is_autocast_enabled(x.device.type)
        if not plain or not same or base.weight.requires_grad or torch.compiler.is_compiling():
            return super().forward(x, *args, **kwargs)
        return _Adapted.apply(x, base.weight, base.bias, down, up, self.scaling[name])


class _Adapted(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,  # noqa: ANN401
        x: Tensor,
        weight: Tensor,
        bias: Tensor | None,
        down: Tensor,
        up: Tensor,
        scale: float,
    ) -> Tensor:
        flat = x.flatten(0, -2)
        narrow = flat @ down.T
        ctx.save_for_backward(x, weight, down, up, narrow)
        ctx.scale = scale
        result = torch.nn.functional.linear(flat, weight, bias)
        return result.addmm_(narrow, up.T, alpha=scale).view(*x.shape[:-1], -1)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401
        x, weight, down, up, narrow = ctx.saved_tensors
        upstream = upstream.flatten(0, -2)
        by_narrow = (upstream @ up).mul_(ctx.scale)
        by_down = by_narrow.T @ x.flatten(0, -2)
        by_up = (upstream.T @ narrow).mul_(ctx.scale)
        by_x = None
        if ctx.needs_input_grad[0]:
            by_x = (upstream @ weight).addmm_(by_narrow, down).view_as(x)
        return by_x, None, None, by_down, by_up, None
