"""Where the rows of a packed batch lie: padding is left out, and each row can be worked on by itself.

Models run on the M positions that belong to a row, laid end to end. What mixes positions (attention, recurrence)
takes the rows apart again, in groups of similar length, padded to the longest of the group.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor

_SHORTEST_GROUP = 32


@dataclass(frozen=True)
class Rows:
    """The rows of one batch [B, T], in the order in which they stand there."""

    shape: tuple[int, int]
    """B, T."""
    places: Tensor
    """int64 [M]: where in the flattened batch the rows' positions are."""
    positions: Tensor
    """int64 [M]: the position within its row."""
    starts: np.ndarray
    """int64 [R]: where among the M positions each row begins."""
    lengths: np.ndarray
    """int64 [R]."""

    @classmethod
    def find(cls, segments: Tensor) -> Self:
        """Read rows off `segments` (int [B, T]): neighbours with one number other than 0. Waits for the device.

        Where all is padding, the first position stands for a row, so that there is something to run on.
        """
        numbers = segments.detach().cpu().numpy()
        if not numbers.any():
            numbers = np.zeros_like(numbers)
            numbers[0, 0] = 1
        fresh = np.ones(numbers.shape, dtype=bool)
        fresh[:, 1:] = numbers[:, 1:] != numbers[:, :-1]
        places = np.flatnonzero(numbers)
        starts = np.flatnonzero(fresh.ravel()[places])
        lengths = np.diff(np.append(starts, len(places)))
        positions = np.arange(len(places)) - np.repeat(starts, lengths)
        there = (torch.from_numpy(each).to(segments.device, non_blocking=True) for each in (places, positions))
        return cls(tuple(numbers.shape), *there, starts, lengths)

    def take(self, values: Tensor) -> Tensor:
        """The rows' positions [M, ...] of `values` [B, T, ...]."""
        return values.flatten(0, 1).index_select(0, self.places)

    def put(self, values: Tensor) -> Tensor:
        """`values` [M, ...] back in a batch [B, T, ...], zeros where there is padding."""
        empty = values.new_zeros(self.shape[0] * self.shape[1], *values.shape[1:])
        return empty.index_copy(0, self.places, values).unflatten(0, self.shape)

    @cached_property
    def groups(self) -> "Groups":
        """The rows by length, each group at most twice as long as its shortest row."""
        sizes = 2 ** np.ceil(np.log2(np.maximum(self.lengths, _SHORTEST_GROUP))).astype(np.int64)
        shapes, sources, back, filled = [], [], np.empty(len(self.places), dtype=np.int64), 0
        for size in np.unique(sizes):
            starts, lengths = self.starts[sizes == size, None], self.lengths[sizes == size, None]
            steps = np.arange(lengths.max())
            held = steps < lengths
            source = np.where(held, starts + steps, starts)
            back[source[held]] = filled + np.flatnonzero(held)
            filled += source.size
            shapes.append(source.shape)
            sources.append(source.ravel())
        device = self.places.device
        there = torch.from_numpy(np.concatenate(sources))
        return Groups(tuple(shapes), there.to(device), torch.from_numpy(back).to(device))


@dataclass(frozen=True)
class Groups:
    """Rows padded to the longest of their group, all groups end to end: P places for M positions."""

    shapes: tuple[tuple[int, int], ...]
    """Rows and length of each group."""
    there: Tensor
    """int64 [P]: the position at each place; the row's first where there is none."""
    back: Tensor
    """int64 [M]: the place of each position."""

    def pad(self, values: Tensor) -> list[Tensor]:
        """`values` [M, ...] as one tensor [rows, length, ...] for each group."""
        padded = _Pad.apply(values, self.there, self.back)
        parts = padded.split([rows * length for rows, length in self.shapes])
        return [part.unflatten(0, shape) for part, shape in zip(parts, self.shapes, strict=True)]

    def unpad(self, parts: list[Tensor]) -> Tensor:
        """What `pad` made [rows, length, ...], as [M, ...] again."""
        return _Unpad.apply(torch.cat([part.flatten(0, 1) for part in parts]), self.back)


class _Pad(torch.autograd.Function):
    """A copy whose gradient is a copy: nothing looks back from padding at the end of a row, so it has no gradient."""

    @staticmethod
    def forward(ctx: Any, values: Tensor, there: Tensor, back: Tensor) -> Tensor:  # noqa: ANN401
        ctx.save_for_backward(back)
        return values.index_select(0, there)

    @staticmethod
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor, None, None]:  # noqa: ANN401
        (back,) = ctx.saved_tensors
        return upstream.index_select(0, back), None, None


class _Unpad(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, values: Tensor, back: Tensor) -> Tensor:  # noqa: ANN401
        ctx.save_for_backward(back)
        ctx.places = len(values)
        return values.index_select(0, back)

    @staticmethod
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor, None]:  # noqa: ANN401
        (back,) = ctx.saved_tensors
        empty = upstream.new_zeros(ctx.places, *upstream.shape[1:])
        return empty.index_copy_(0, back, upstream), None
