"""Optimisers by name, each with decoupled weight decay (Loshchilov and Hutter, 2019).

With learning rate a, gradient g and decay d, at every step and for every matrix first w -= a * d * w, then

    gradient_descent   w -= a * g
    sgd                v = m * v + g (v = g at first);  w -= a * v                      (Sutskever et al., 2013)
    adam, adamw        the mean and the square mean of g with their biases corrected     (Kingma and Ba, 2015)

`adam` and `adamw` are one algorithm here, because the decay is decoupled in both. Scales of norms and biases do not
decay. The work is done by PyTorch's fused kernels: one pass over a weight, its gradient and its state.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

from towpath_trainer.job import Optimiser


class Descent(torch.optim.SGD):
    """Gradient descent, with momentum where it is not 0, and decoupled weight decay."""

    def __init__(self, groups: list[dict[str, Any]], o: Optimiser, momentum: float) -> None:
        """Take groups of parameters, each with its own `decay`."""
        super().__init__(groups, lr=o.learning_rate, momentum=momentum, fused=True)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Decay, then move."""
        for group in self.param_groups:
            moved = [each for each in group["params"] if each.grad is not None]
            if group["decay"] != 0 and moved:
                torch._foreach_mul_(moved, 1 - group["lr"] * group["decay"])
        return super().step(closure)


def make_optimiser(parameters: Iterable[nn.Parameter], o: Optimiser) -> torch.optim.Optimizer:
    """The optimiser that `o` names. The loop sets `lr` of every group before each step."""
    every = list(parameters)
    groups = [
        {"params": [each for each in every if each.ndim >= 2], "decay": o.weight_decay},
        {"params": [each for each in every if each.ndim < 2], "decay": 0.0},
    ]
    groups = [group for group in groups if group["params"]]
    if o.name in ("gradient_descent", "sgd"):
        return Descent(groups, o, o.momentum if o.name == "sgd" else 0.0)
    for group in groups:
        group["weight_decay"] = group.pop("decay")
    return torch.optim.AdamW(groups, lr=o.learning_rate, betas=(o.beta1, o.beta2), eps=o.epsilon, fused=True)


def state_tensors(optimiser: torch.optim.Optimizer, named: dict[str, nn.Parameter]) -> dict[str, Tensor]:
    """What an optimiser remembers, as flat tensors named `parameter/what`; nothing before its first step."""
    return {
        f"{name}/{what}": value
        for name, parameter in named.items()
        for what, value in optimiser.state.get(parameter, {}).items()
        if isinstance(value, Tensor)
    }


def restore_state(optimiser: torch.optim.Optimizer, named: dict[str, nn.Parameter], tensors: dict[str, Tensor]) -> None:
    """Make an optimiser remember what `state_tensors` gave; what it remembered before is forgotten."""
    optimiser.state.clear()
    for key, value in tensors.items():
        name, what = key.rsplit("/", 1)
        optimiser.state[named[name]][what] = value.detach().clone().to(named[name].device)
