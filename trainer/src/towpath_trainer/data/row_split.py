"""A split of rows: cut to the context where they must be, packed, written."""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from towpath_trainer.data.manifest import SplitFacts
from towpath_trainer.data.packing import Bin, Packer
from towpath_trainer.data.row_writer import RowWriter
from towpath_trainer.data.rows import Row
from towpath_trainer.data.text_split import Note
from towpath_trainer.encoder import Encoded

# So many rows are named in the log, the rest is counted.
_TOLD = 20


class _Held(NamedTuple):
    """A row while it waits for its sequence; its text is let go."""

    row: Row
    encoded: Encoded


class RowSplit:
    """Takes rows in their order."""

    def __init__(
        self,
        folder: Path,
        name: str,
        note: Note,
        *,
        scored: bool,
        pack: bool,
        context: int,
        pad: int,
        dtype: str,
        largest: int,
    ) -> None:
        """Write into `folder`; `scored` rows count at their last token, with their score."""
        self._writer = RowWriter(folder, name, context=context, pad=pad, dtype=dtype, largest=largest)
        # A score is read where the row's last token goes in, so that must be one of the `context` positions.
        self._capacity = context if scored else context + 1
        self._packer: Packer[_Held] = Packer(self._capacity, together=pack)
        self._note = note
        self._name = name
        self._scored = scored
        self._rows = 0
        self._cut = 0
        self._refused = 0

    def add(self, row: Row, encoded: Encoded) -> None:
        """Place a row, cut if it must be; one without a target left is refused."""
        length = len(encoded.tokens)
        whole = length
        if length > self._capacity:
            encoded = Encoded(encoded.tokens[: self._capacity], encoded.targets[: self._capacity])
            length = self._capacity
        if self._scored:
            targets = np.zeros(length, np.bool_)
            targets[-1:] = True
            encoded = Encoded(encoded.tokens, targets)
        if not encoded.targets.any():
            why = f"its answer begins after the {self._capacity} that fit" if whole > length else "it holds no answer"
            self._refused += 1
            self._tell(self._refused, row, f"left out: it has {whole} tokens, and {why}")
            return
        if whole > length:
            self._cut += 1
            self._tell(self._cut, row, f"cut to {length} of its {whole} tokens")
        self._rows += 1
        held = row._replace(text=None, messages=None)
        for each in self._packer.add(_Held(held, encoded), length):
            self._write(each)

    def finish(self) -> SplitFacts:
        """Write what is left."""
        for each in self._packer.finish():
            self._write(each)
        writer = self._writer
        writer.finish()
        return SplitFacts(
            sequences=writer.sequences,
            tokens=writer.tokens,
            targets=writer.targets,
            rows=self._rows,
            cut=self._cut,
            refused=self._refused,
            widest=writer.widest,
            shards=tuple(writer.shards),
        )

    def _write(self, sequence: Bin[_Held]) -> None:
        scores = [held.row.score or 0.0 for _, held in sequence.items] if self._scored else []
        number = self._writer.add([(start, held.encoded) for start, held in sequence.items], scores)
        for _, held in sequence.items:
            self._note(held.row, number, number)

    def _tell(self, count: int, row: Row, what: str) -> None:
        if count <= _TOLD:
            print(f"row {row.number} ({self._name}, {row.id}) is {what}", file=sys.stderr)
        elif count == _TOLD + 1:
            print(f"more rows of {self._name} like this are only counted", file=sys.stderr)
