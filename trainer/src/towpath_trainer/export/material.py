"""What two runtimes are compared on: prompts to continue and texts to score, as token numbers.

They are taken from tokenised training data, the validation split first, so that no question of tokenising stands
between the two: each sees the very numbers that the model was trained on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
import torch

from towpath_trainer.data.shards import Split, Tokens
from towpath_trainer.phrases import of_line
from towpath_trainer.report import TrainError, say

LONGEST_PROMPT = 256
LONGEST_TEXT = 512
SHORTEST_PROMPT = 8
PLAIN_PROMPT = 64
"""Tokens of a prompt where the data marks no answer that would follow it."""


@dataclass(frozen=True)
class Material:
    """Prompts, and texts of at least two tokens."""

    prompts: list[list[int]]
    texts: list[list[int]]

    def checked(self, vocabulary: int) -> "Material":
        """Itself. Raises TrainError TOW_TRAIN_VOCABULARY when a token is not one of the model's."""
        largest = max(max(each) for each in (*self.prompts, *self.texts))
        if largest >= vocabulary:
            raise TrainError(
                "TOW_TRAIN_VOCABULARY",
                say(
                    "trainer.data-beyond",
                    "the data has token {token}, the model {size} tokens",
                    token=largest,
                    size=vocabulary,
                ),
            )
        return self


@dataclass(frozen=True)
class _Row:
    tokens: list[int]
    answer: int
    """Where the answer begins; 0 where none is marked."""

    def prompt(self) -> list[int]:
        """What comes before the answer, or the row's first part; its last tokens when it is long."""
        end = self.answer if self.answer >= SHORTEST_PROMPT else min(PLAIN_PROMPT, max(1, len(self.tokens) // 2))
        return self.tokens[:end][-LONGEST_PROMPT:]


def from_tokens(folder: Path, *, prompts: int, scored: int) -> Material:
    """At most `prompts` prompts and texts of `scored` targets together, spread evenly over the data.

    Raises TrainError TOW_TRAIN_NO_DATA when the folder holds no sequence.
    """
    tokens = Tokens(folder, verify=False)
    splits = [tokens.split(name) for name in ("validation", "train") if name in tokens.manifest.splits]
    wanted = max(prompts, scored // SHORTEST_PROMPT)
    rows = [row for split in splits for row in _ranked(split, wanted) if len(row.tokens) > 1]
    if not rows:
        raise TrainError(
            "TOW_TRAIN_NO_DATA",
            say("trainer.nothing-to-compare", "{folder} holds no sequence to compare on", folder=folder.name),
        )
    return Material([row.prompt() for row in rows[:prompts]], list(_texts(rows, scored)))


def from_lines(path: Path, tokenizer: Path) -> Material:
    """The prompts of a JSON Lines file, each line `{"tokens": [...]}` or `{"text": "..."}`; they are the texts too."""
    from transformers import AutoTokenizer

    known = None
    found: list[list[int]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            if "tokens" in row:
                found.append([int(token) for token in row["tokens"]])
                continue
            known = known or AutoTokenizer.from_pretrained(tokenizer, local_files_only=True)
            found.append(known.encode(row["text"]))
        except (KeyError, TypeError, ValueError) as cause:
            raise TrainError("TOW_TRAIN_EXAMPLES_BROKEN", of_line(path, number, cause)) from cause
    return Material([each for each in found if each], [each for each in found if len(each) > 1])


def _ranked(split: Split, wanted: int) -> list[_Row]:
    """The first row of every sequence, then the second of every one: as many different documents as there are."""
    sequences = [_rows(split, index) for index in _spread(len(split), wanted)]
    return [row for rank in zip_longest(*sequences) for row in rank if row is not None]


def _spread(length: int, count: int) -> list[int]:
    """At most `count` of `length` numbers, evenly."""
    return sorted({int(at) for at in np.linspace(0, length - 1, min(length, count))}) if length > 0 else []


def _rows(split: Split, index: int) -> list[_Row]:
    """The rows of a sequence, one after the other."""
    batch = split.batch([index])
    tokens = torch.cat([batch.tokens[0], batch.targets[0][-1:]])
    mask = batch.mask[0]
    if batch.segments is None:
        used = int(mask.nonzero().max()) + 2 if mask.any() else 0
        return [_row(tokens[:used], mask[: used - 1])] if used > 1 else []
    segments = batch.segments[0]
    found = []
    for number in range(1, int(segments.max()) + 1):
        places = (segments == number).nonzero()[:, 0]
        start, stop = int(places[0]), int(places[-1]) + 1
        # The mask of a row's last position points at the next row and is false.
        found.append(_row(tokens[start:stop], mask[start : stop - 1]))
    return found


def _row(tokens: torch.Tensor, mask: torch.Tensor) -> _Row:
    targets = mask.nonzero()
    return _Row(tokens.tolist(), int(targets[0]) + 1 if len(targets) > 0 and not mask.all() else 0)


def _texts(rows: list[_Row], scored: int) -> Iterator[list[int]]:
    left = scored
    for row in rows:
        if left < 1:
            return
        text = row.tokens[: min(LONGEST_TEXT, left) + 1]
        left -= len(text) - 1
        yield text
