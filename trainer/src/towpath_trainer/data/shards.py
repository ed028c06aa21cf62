"""Reads a folder of tokenised data: memory-mapped, so that only the sequences of a batch come into memory."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from towpath_trainer.data.batch import Batch
from towpath_trainer.data.manifest import Manifest, Part, Shard, SplitFacts, read_manifest
from towpath_trainer.phrases import of_file
from towpath_trainer.report import TrainError, say

ROWS = "rows.jsonl"


class Split:
    """The sequences of one split."""

    def __init__(self, folder: Path, manifest: Manifest, facts: SplitFacts) -> None:
        """Map the files of the split, whose sizes are right."""
        self.facts = facts
        self._manifest = manifest
        self._starts = np.cumsum([0, *(shard.sequences for shard in facts.shards)])
        self._maps = [_map(folder, manifest, facts, shard) for shard in facts.shards]

    def __len__(self) -> int:
        """The number of sequences."""
        return self.facts.sequences

    def batch(self, indices: Sequence[int] | np.ndarray) -> Batch:
        """The sequences of these numbers as a batch; T is the context, or less where rows are unpacked and short."""
        context, shape = self._manifest.context, self._manifest.shape
        tokens = torch.from_numpy(self._gather("tokens", indices).astype(np.int64))
        marks = self._gather("mask", indices)
        if marks is None:
            mask = torch.ones(len(tokens), context, dtype=torch.bool)
            return Batch(tokens[:, :-1], tokens[:, 1:], mask)
        mask = torch.from_numpy(marks.astype(np.bool_))
        if shape == "text":
            return Batch(tokens[:, :-1], tokens[:, 1:], mask[:, 1:])
        segments = torch.from_numpy(self._gather("segments", indices).astype(np.int32))
        # A score is read at its row's last token; every other target is the token after the position.
        mask = mask[:, :-1] if shape == "scores" else mask[:, 1:]
        scores = None
        if shape == "scores":
            scores = torch.from_numpy(self._gather("scores", indices).astype(np.float32))
        length = context
        if not self._manifest.packed:
            used = int((segments > 0).any(0).sum())
            length = max(1, used if shape == "scores" else used - 1)
        batch = Batch(tokens[:, :length], tokens[:, 1 : length + 1], mask[:, :length], segments[:, :length], scores)
        if self._manifest.packed or shape == "scores":
            return batch
        return Batch(batch.tokens, batch.targets, batch.mask)

    def _gather(self, part: Part, indices: Iterable[int]) -> Any:  # noqa: ANN401
        """The rows of a part, [B, its width]; None where the split has no such part."""
        if not self._maps or part not in self._maps[0]:
            return None
        rows = []
        for index in indices:
            if not 0 <= index < len(self):
                raise IndexError(f"sequence {index} of {len(self)}")
            shard = int(np.searchsorted(self._starts, index, side="right")) - 1
            rows.append(self._maps[shard][part][index - self._starts[shard]])
        return np.stack(rows)


class Tokens:
    """A folder that `towpath_trainer.tokenise` wrote."""

    def __init__(self, folder: Path, *, verify: bool = True) -> None:
        """Open it and check the size of every file; `verify` also reads them all once, and compares their digests.

        Raises TrainError TOW_TRAIN_SHARD_CORRUPT naming the file that is missing, cut off or changed.
        """
        self.folder = folder
        self.manifest = read_manifest(folder)
        for split in self.manifest.splits.values():
            for shard in split.shards:
                _check(folder, self.manifest, split, shard, verify)
        self._splits = {name: Split(folder, self.manifest, facts) for name, facts in self.manifest.splits.items()}

    def split(self, name: str) -> Split:
        """A split by its name, `train` or `validation`; it may be empty."""
        return self._splits[name]

    def rows(self, split: str, indices: Iterable[int]) -> Iterator[dict[str, Any]]:
        """The rows in these sequences, as `rows.jsonl` names them: `id`, `document` (or null), `sequence`, `last`."""
        wanted = sorted({int(index) for index in indices})
        with (self.folder / ROWS).open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["split"] == split and any(row["sequence"] <= index <= row["last"] for index in wanted):
                    yield row


def _check(folder: Path, manifest: Manifest, split: SplitFacts, shard: Shard, verify: bool) -> None:
    for part, file in shard.files.items():
        path = folder / file.file
        expected = manifest.bytes_of(split, shard, part)
        try:
            size = path.stat().st_size
            if size == expected == file.bytes and verify:
                with path.open("rb") as stream:
                    if hashlib.file_digest(stream, "sha256").hexdigest() != file.sha256:
                        raise _corrupt(path, say("trainer.changed", "its content is not what was written"))
        except OSError as cause:
            raise _corrupt(path, cause.strerror or str(cause)) from cause
        if not size == expected == file.bytes:
            raise _corrupt(
                path, say("trainer.bytes", "it has {found} bytes instead of {expected}", found=size, expected=expected)
            )


def _corrupt(path: Path, why: str) -> TrainError:
    hint = say("trainer.check-disk", "Check the disk, then run with --from-scratch: the tokens are made again.")
    return TrainError("TOW_TRAIN_SHARD_CORRUPT", of_file(path, why), hint)


def _map(folder: Path, manifest: Manifest, split: SplitFacts, shard: Shard) -> dict[Part, np.ndarray]:
    length = manifest.context + 1
    types: dict[Part, tuple[str, int]] = {
        "tokens": (manifest.dtype, length),
        "mask": ("uint8", length),
        "segments": ("uint16", length),
        "scores": ("float32", split.widest),
    }
    maps: dict[Part, np.ndarray] = {}
    for part, file in shard.files.items():
        dtype, width = types[part]
        flat = np.memmap(folder / file.file, dtype=np.dtype(dtype).newbyteorder("<"), mode="r")
        if part == "tokens" and manifest.shape == "text":
            maps[part] = np.lib.stride_tricks.sliding_window_view(flat, width)[:: manifest.context]
        else:
            maps[part] = flat.reshape(shard.sequences, width)
    return maps
