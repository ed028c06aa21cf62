"""Puts rows together into sequences of one length."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")

# How many sequences are open at once: enough that few positions stay empty, few enough to hold in memory.
WINDOW = 256


@dataclass
class Bin(Generic[T]):
    """A sequence while it is filled: its items with their places, in the order they came."""

    used: int = 0
    items: list[tuple[int, T]] = field(default_factory=list)


class Packer(Generic[T]):
    """First-fit packing: an item goes into the oldest open sequence that it fits, else into a new one.

    The result follows from the order and lengths of the items alone. Sequences are handed out oldest first, once
    `WINDOW` newer ones are open.
    """

    def __init__(self, capacity: int, *, together: bool = True) -> None:
        """Pack into sequences of `capacity`; `together` false gives every item a sequence of its own."""
        self._capacity = capacity
        self._together = together
        self._bins: list[Bin[T]] = []
        self._free = np.zeros(WINDOW, np.int64)

    def add(self, item: T, length: int) -> Iterator[Bin[T]]:
        """Place an item; yields the sequence that is closed to make room, if one is."""
        if not 0 < length <= self._capacity:
            raise ValueError(f"an item of {length} in sequences of {self._capacity}")
        if not self._together:
            yield Bin(length, [(0, item)])
            return
        fits = np.flatnonzero(self._free[: len(self._bins)] >= length)
        if len(fits) > 0:
            at = int(fits[0])
        else:
            if len(self._bins) == WINDOW:
                yield self._bins.pop(0)
                self._free[:-1] = self._free[1:]
            at = len(self._bins)
            self._bins.append(Bin())
            self._free[at] = self._capacity
        chosen = self._bins[at]
        chosen.items.append((chosen.used, item))
        chosen.used += length
        self._free[at] -= length

    def finish(self) -> Iterator[Bin[T]]:
        """Yield the sequences that are still open."""
        yield from self._bins
        self._bins = []
