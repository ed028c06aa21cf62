"""Writes one file of a shard, counting and digesting as it goes."""

import hashlib
import os
from pathlib import Path

import numpy as np

from towpath_trainer.data.manifest import File


class ShardFile:
    """A file of little-endian numbers that grows by whole arrays."""

    def __init__(self, path: Path, dtype: str) -> None:
        """Begin it."""
        self._path = path
        self._dtype = np.dtype(dtype).newbyteorder("<")
        self._digest = hashlib.sha256()
        self._bytes = 0
        self._stream = path.open("xb")

    def write(self, values: np.ndarray) -> None:
        """Append an array."""
        data = np.ascontiguousarray(values, dtype=self._dtype).tobytes()
        self._stream.write(data)
        self._digest.update(data)
        self._bytes += len(data)

    def close(self) -> File:
        """End it, on the disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        return File(self._path.name, self._digest.hexdigest(), self._bytes)
