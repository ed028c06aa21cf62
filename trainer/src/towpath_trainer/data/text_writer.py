"""Writes plain text as one stream of tokens, cut into overlapping sequences."""

from pathlib import Path

import numpy as np

from towpath_trainer.data.manifest import Shard
from towpath_trainer.data.shard_file import ShardFile


class TextWriter:
    """Sequence i of the stream is tokens[i * context : i * context + context + 1].

    The last tokens, which fill no sequence, are left out; a stream shorter than one sequence becomes a single padded
    one with a mask. A shard ends with the token that the next one begins with.
    """

    def __init__(self, folder: Path, name: str, *, context: int, pad: int, dtype: str, largest: int) -> None:
        """Write files `{name}-00000.bin` of at most `largest` sequences."""
        self._folder, self._name, self._dtype = folder, name, dtype
        self._context, self._pad, self._largest = context, pad, largest
        self._pending = np.zeros(0, np.int64)
        self._file: ShardFile | None = None
        self._held = 0
        self.tokens = 0
        self.targets = 0
        self.sequences = 0
        self.shards: list[Shard] = []

    def add(self, tokens: np.ndarray) -> None:
        """Append the tokens of a row."""
        self.tokens += len(tokens)
        pending = np.concatenate([self._pending, tokens])
        # A sequence is written once the token after it is there.
        while (ready := (len(pending) - 1) // self._context) > 0:
            ready = min(ready, self._largest - self._held)
            if self._file is None:
                self._file = self._open("bin", self._dtype)
            self._file.write(pending[: ready * self._context])
            pending = pending[ready * self._context :]
            self._held += ready
            if self._held == self._largest:
                self._end_shard(pending[:1])
        self._pending = pending

    def finish(self) -> None:
        """Write what is left."""
        if self._held > 0:
            self._end_shard(self._pending[:1])
        elif self.sequences == 0 and len(self._pending) > 1:
            self._write_short()

    def _end_shard(self, following: np.ndarray) -> None:
        assert self._file is not None
        self._file.write(following)
        self.shards.append(Shard(self._held, {"tokens": self._file.close()}))
        self.sequences += self._held
        self.targets += self._held * self._context
        self._file, self._held = None, 0

    def _write_short(self) -> None:
        count = len(self._pending)
        tokens = np.full(self._context + 1, self._pad, np.int64)
        tokens[:count] = self._pending
        mask = np.zeros(self._context + 1, np.uint8)
        mask[1:count] = 1
        files = {}
        for part, ending, dtype, values in (("tokens", "bin", self._dtype, tokens), ("mask", "mask", "uint8", mask)):
            file = self._open(ending, dtype)
            file.write(values)
            files[part] = file.close()
        self.shards.append(Shard(1, files))
        self.sequences, self.targets = 1, count - 1

    def _open(self, ending: str, dtype: str) -> ShardFile:
        return ShardFile(self._folder / f"{self._name}-{len(self.shards):05}.{ending}", dtype)
