"""What a run knows besides its weights: kept in every checkpoint."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass
class Best:
    """The validation with the lowest loss so far."""

    step: int
    validation_loss: float


@dataclass
class State:
    """Everything that the loop goes on from."""

    step: int = 0
    """Optimiser steps done."""
    batch: int = 0
    """The number of the batch that comes next, as `data/order.py` counts."""
    losses: list[float] = field(default_factory=list)
    """Of the last steps, for telling a spike."""
    best: Best | None = None
    stale: int = 0
    """Validations since the best one."""
    pending: dict[str, Any] | None = None
    """The line of the last step when its validation was broken off."""
    tokens: int = 0
    """Positions read in training, padding included."""
    seconds: float = 0.0
    waited: float = 0.0
    energy: float | None = None
    """Joules."""

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def read(cls, values: dict[str, Any]) -> Self:
        """From `plain`."""
        best = values.pop("best")
        return cls(**values, best=None if best is None else Best(**best))
