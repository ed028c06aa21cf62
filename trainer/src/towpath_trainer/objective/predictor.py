"""What a loss needs of a model."""

from typing import Protocol

from torch import Tensor


class Predictor(Protocol):
    """A model as the losses see it; `models/interface.py` describes each of these."""

    vocabulary: int

    def hidden(self, tokens: Tensor, segments: Tensor | None = None) -> Tensor:
        """Vectors [B, T, width]."""
        ...

    def logits(self, hidden: Tensor) -> Tensor:
        """Logits [N, vocabulary]."""
        ...

    def plain_head(self) -> Tensor | None:
        """The matrix that alone makes the logits, or None."""
        ...

    def score(self, hidden: Tensor) -> Tensor:
        """Scores [N]."""
        ...
