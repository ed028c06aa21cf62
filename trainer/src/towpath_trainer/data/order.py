"""The order that sequences are read in: a pure function of the seed and the batch's number, so that a job goes on
anywhere without having read what came before."""

from functools import lru_cache

import numpy as np

_WORD = 2**64 - 1


def batch_indices(seed: int, number: int, sequences: int, size: int) -> np.ndarray:
    """The sequences of one batch, int64 [size].

    `number` counts batches from 0 over all epochs. Every epoch reads each of the `sequences` once, in an order of its
    own; a batch at the border of two epochs takes from both, so that every batch is full.
    """
    if sequences < 1 or size < 1 or number < 0:
        raise ValueError(f"no batch {number} of {size} out of {sequences} sequences")
    parts: list[np.ndarray] = []
    at, left = number * size, size
    while left > 0:
        epoch, place = divmod(at, sequences)
        part = _epoch(seed, epoch, sequences)[place : place + left]
        parts.append(part)
        at += len(part)
        left -= len(part)
    return np.concatenate(parts)


# Two: a batch at a border reads from both sides of it.
@lru_cache(maxsize=2)
def _epoch(seed: int, epoch: int, sequences: int) -> np.ndarray:
    """A permutation by sorting the words of Philox 4x64-10 (Salmon et al., 2011), keyed by seed and epoch.

    NumPy keeps the words of a bit generator between versions, but not what `Generator.permutation` makes of them.
    """
    words = np.random.Philox(key=np.array([seed & _WORD, epoch], dtype=np.uint64)).random_raw(sequences)
    order = np.argsort(words, kind="stable").astype(np.int64)
    order.flags.writeable = False
    return order
