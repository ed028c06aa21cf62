"""A batch of token sequences as the model and the losses take it."""

from dataclasses import dataclass, fields, replace
from typing import Self

import torch
from torch import Tensor


@dataclass(frozen=True)
class Batch:
    """B sequences of T positions, with what is to be learnt at each of them."""

    tokens: Tensor
    """int64 [B, T]: what the model reads."""
    targets: Tensor
    """int64 [B, T]: the token after each position. Where `mask` is false it is padding or another row's token."""
    mask: Tensor
    """bool [B, T]: positions that count. With `scores`: the last position of every row, where its score is read."""
    segments: Tensor | None = None
    """int32 [B, T]: the row that each position belongs to, counted from 1 in every sequence; 0 is padding. None: one
    row per sequence that starts at position 0 (padding comes after it, so causal attention never sees it)."""
    scores: Tensor | None = None
    """float32 [B, K]: the target of row k of a sequence in column k - 1; 0 where a sequence has fewer rows.
    `scores[b, k]` belongs to the k-th true place of `mask[b]`."""

    @property
    def count(self) -> int:
        """How many targets there are: tokens, or rows with a score."""
        return int(self.mask.sum())

    def joined(self) -> Self:
        """The same sequences as one row each: what is packed together sees what comes before it."""
        return replace(self, segments=None)

    def __len__(self) -> int:
        """The number of sequences."""
        return self.tokens.shape[0]

    def part(self, start: int, stop: int) -> Self:
        """Sequences `start` to `stop`, as views: a micro-batch."""
        return type(self)(*(None if each is None else each[start:stop] for each in self._tensors()))

    def to(self, device: torch.device | str) -> Self:
        """The same batch on `device`; pinned memory is copied without waiting for it."""
        return type(self)(*(None if each is None else each.to(device, non_blocking=True) for each in self._tensors()))

    def pin(self) -> Self:
        """The same batch in page-locked memory, from where CUDA copies while the processor goes on."""
        return type(self)(*(None if each is None else each.pin_memory() for each in self._tensors()))

    def _tensors(self) -> list[Tensor | None]:
        return [getattr(self, each.name) for each in fields(self)]
