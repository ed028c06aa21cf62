"""What every model that is trained here can do, whatever is inside it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch.nn.functional as F
from torch import Tensor, nn

from towpath_trainer.data.batch import Batch
from towpath_trainer.job import Loss
from towpath_trainer.objective.objective import loss_sum


class LanguageModel(nn.Module, ABC):
    """Reads tokens, gives a vector for each, and from it either a logit for every token of the vocabulary or a score.

    Wrap it with DDP or FSDP2 as it is and call it (`forward`), never its methods, so that their hooks fire.
    """

    vocabulary: int
    """How many different tokens there are: the length of a row of logits."""
    context: int
    """The longest row, in tokens."""

    @abstractmethod
    def hidden(self, tokens: Tensor, segments: Tensor | None = None) -> Tensor:
        """Vectors [B, T, width] of `tokens` (int64 [B, T]), each made from the tokens of its row up to its own.

        `segments` (int [B, T]) says which row of its sequence a position belongs to, counted from 1, 0 for padding:
        rows neither see each other nor share positions. Without it each sequence is one row. What stands at padding
        has no meaning.
        """

    @abstractmethod
    def head(self) -> nn.Module:
        """What makes logits [N, vocabulary] of vectors [N, width], or a score [N, 1]."""

    @abstractmethod
    def blocks(self) -> Sequence[nn.Module]:
        """The repeated parts, in order: what FSDP shards one by one. May be empty."""

    @abstractmethod
    def flops_per_token(self) -> float:
        """Floating-point operations of one training step per token at full context (`arithmetic.py` says how they are
        counted)."""

    @abstractmethod
    def save(self, folder: Path, weights: Mapping[str, Tensor] | None = None) -> None:
        """Write the model into `folder` (made where absent) in the Hugging Face format.

        `weights`, by the names of `trainable`, stand in for the model's own: for sharded models, whose parameters
        are whole nowhere.
        """

    def logits(self, hidden: Tensor) -> Tensor:
        """Logits [N, vocabulary] of vectors [N, width]."""
        return self.head()(hidden)

    def score(self, hidden: Tensor) -> Tensor:
        """Scores [N] of vectors [N, width]; only models with a score head."""
        return self.head()(hidden).squeeze(-1)

    def plain_head(self) -> Tensor | None:
        """The matrix [vocabulary, width] when logits are nothing but its product with the vector, or None."""
        head = self.head()
        return head.weight if type(head) is TiedHead or (type(head) is nn.Linear and head.bias is None) else None

    def trainable(self) -> dict[str, nn.Parameter]:
        """The parameters that training moves, by name, in an order that only the architecture decides."""
        return {name: parameter for name, parameter in self.named_parameters() if parameter.requires_grad}

    def forward(self, batch: Batch, loss: Loss) -> tuple[Tensor, int]:
        """The summed loss over the batch's targets, and how many there are."""
        return loss_sum(self, batch, loss)


class TiedHead(nn.Module):
    """Logits by the embedding's own matrix (Press and Wolf, 2017), which stays the embedding's parameter."""

    def __init__(self, embedding: nn.Embedding) -> None:
        """Share `embedding` without owning it."""
        super().__init__()
        self._embedding = [embedding]

    @property
    def weight(self) -> Tensor:
        """The shared matrix [vocabulary, width]."""
        return self._embedding[0].weight

    def forward(self, hidden: Tensor) -> Tensor:
        """Logits [N, vocabulary]."""
        return F.linear(hidden, self.weight)


def parameter_count(model: nn.Module, *, trainable: bool = False) -> int:
    """How many numbers a model's parameters hold, shared ones counted once."""
    return sum(each.numel() for each in model.parameters() if each.requires_grad or not trainable)
