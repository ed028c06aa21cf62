"""Writes packed rows: tokens, which of them are targets, which row each belongs to, and scores."""

from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from towpath_trainer.data.manifest import Part, Shard
from towpath_trainer.data.shard_file import ShardFile
from towpath_trainer.encoder import Encoded

_ENDINGS: dict[Part, str] = {"tokens": "bin", "mask": "mask", "segments": "segments", "scores": "scores"}


class RowWriter:
    """Every sequence is `context + 1` positions; rows are numbered from 1 in each, 0 is padding."""

    def __init__(self, folder: Path, name: str, *, context: int, pad: int, dtype: str, largest: int) -> None:
        """Write files `{name}-00000.bin` and so on, of at most `largest` sequences."""
        self._folder, self._name, self._largest = folder, name, largest
        self._length, self._pad = context + 1, pad
        self._types: dict[Part, str] = {"tokens": dtype, "mask": "uint8", "segments": "uint16"}
        self._files: dict[Part, ShardFile] = {}
        self._held = 0
        # Their width is known at the end only: four bytes a row are held till then.
        self._scores = array("f")
        self._rows = array("I")
        self.tokens = 0
        self.targets = 0
        self.sequences = 0
        self.widest = 0
        self.shards: list[Shard] = []

    def add(self, rows: Sequence[tuple[int, Encoded]], scores: Sequence[float]) -> int:
        """Write a sequence of rows with their places, and their scores if they have any; returns its number."""
        tokens = np.full(self._length, self._pad, np.int64)
        mask = np.zeros(self._length, np.bool_)
        segments = np.zeros(self._length, np.uint16)
        for number, (start, row) in enumerate(rows, 1):
            stop = start + len(row.tokens)
            tokens[start:stop] = row.tokens
            mask[start:stop] = row.targets
            segments[start:stop] = number
        if not self._files:
            self._files = {part: self._open(part, dtype) for part, dtype in self._types.items()}
        for part, values in (("tokens", tokens), ("mask", mask), ("segments", segments)):
            self._files[part].write(values)
        self._scores.extend(scores)
        self._rows.append(len(scores))
        self.tokens += int((segments > 0).sum())
        self.targets += int(mask.sum())
        self.widest = max(self.widest, len(rows))
        self.sequences += 1
        self._held += 1
        if self._held == self._largest:
            self._end_shard()
        return self.sequences - 1

    def finish(self) -> None:
        """Write what is left."""
        if self._held > 0:
            self._end_shard()
        if len(self._scores) > 0:
            self._write_scores()

    def _end_shard(self) -> None:
        self.shards.append(Shard(self._held, {part: file.close() for part, file in self._files.items()}))
        self._files, self._held = {}, 0

    def _write_scores(self) -> None:
        at, sequence = 0, 0
        for number, shard in enumerate(self.shards):
            table = np.zeros((shard.sequences, self.widest), np.float32)
            for line in table:
                count = self._rows[sequence]
                line[:count] = self._scores[at : at + count]
                at, sequence = at + count, sequence + 1
            file = self._open("scores", "float32", number)
            file.write(table)
            self.shards[number] = Shard(shard.sequences, {**shard.files, "scores": file.close()})

    def _open(self, part: Part, dtype: str, number: int | None = None) -> ShardFile:
        number = len(self.shards) if number is None else number
        return ShardFile(self._folder / f"{self._name}-{number:05}.{_ENDINGS[part]}", dtype)
