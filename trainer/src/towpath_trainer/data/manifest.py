"""`tokens.json`: what a folder of tokenised data holds, and how large each of its files must be."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from towpath_trainer.phrases import unreadable
from towpath_trainer.report import TrainError, say

MANIFEST = "tokens.json"
Shape = Literal["text", "rows", "scores"]
Part = Literal["tokens", "mask", "segments", "scores"]
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class File:
    """A file of a shard."""

    file: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Shard:
    """Sequences that lie together: one file for each part."""

    sequences: int
    files: dict[Part, File]


@dataclass(frozen=True)
class SplitFacts:
    """A split: `tokens` without padding, `targets` what a loss counts, `cut` the rows cut at the context's end,
    `refused` the rows left out (nothing of their answer would have been left)."""

    sequences: int
    tokens: int
    targets: int
    rows: int
    cut: int
    refused: int
    widest: int
    """Most rows in one sequence."""
    shards: tuple[Shard, ...]


@dataclass(frozen=True)
class Manifest:
    """The whole folder. A sequence is `context` positions and the token after them."""

    shape: Shape
    context: int
    vocabulary: int
    pad: int
    eos: int
    dtype: Literal["uint16", "uint32"]
    packed: bool
    splits: dict[str, SplitFacts]

    def bytes_of(self, split: SplitFacts, shard: Shard, part: Part) -> int:
        """Bytes that the file of a part has."""
        length = self.context + 1
        if part == "scores":
            return 4 * shard.sequences * split.widest
        if part == "mask":
            return shard.sequences * length
        if part == "segments":
            return 2 * shard.sequences * length
        # Plain text overlaps by a token: the last one of a sequence is the first one of the next.
        count = shard.sequences * self.context + 1 if self.shape == "text" else shard.sequences * length
        return count * (2 if self.dtype == "uint16" else 4)

    def write(self, folder: Path) -> None:
        """Write `tokens.json`, the last file of a folder: one without it is unfinished."""
        half = folder / f"{MANIFEST}.half"
        half.write_text(f"{json.dumps({'schema': 1, **asdict(self)}, indent=1)}\n", "utf-8")
        half.rename(folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """Read and check `tokens.json`.

    Raises TrainError TOW_TRAIN_SHARD_CORRUPT for what is not one.
    """
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        values = json.loads(path.read_text("utf-8"))
        return _manifest(values)
    except OSError as cause:
        raise TrainError("TOW_TRAIN_SHARD_CORRUPT", unreadable(path, cause.strerror)) from cause
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise TrainError(
            "TOW_TRAIN_SHARD_CORRUPT",
            say("trainer.no-tokens", "{file} does not describe tokenised data: {why}", file=path, why=repr(cause)),
        ) from cause


def _manifest(values: dict[str, Any]) -> Manifest:
    if values.pop("schema") != 1:
        raise ValueError("its schema is another")
    splits = {str(name): _split(split) for name, split in values.pop("splits").items()}
    manifest = Manifest(**values, splits=splits)
    if manifest.shape not in get_args(Shape) or manifest.dtype not in ("uint16", "uint32"):
        raise ValueError("unknown shape or dtype")
    for number in (manifest.context, manifest.vocabulary):
        if not isinstance(number, int) or number < 1:
            raise ValueError(f"{number!r} is no size")
    return manifest


def _split(values: dict[str, Any]) -> SplitFacts:
    shards = tuple(
        Shard(int(each["sequences"]), {part: _file(file) for part, file in each["files"].items()})
        for each in values.pop("shards")
    )
    split = SplitFacts(**values, shards=shards)
    if split.sequences != sum(each.sequences for each in shards):
        raise ValueError("its sequences are not those of its shards")
    return split


def _file(values: dict[str, Any]) -> File:
    file = File(**values)
    if Path(file.file).name != file.file:
        raise ValueError(f"{file.file!r} is no file name")
    return file
