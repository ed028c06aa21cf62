"""A split of plain text: rows follow each other in one stream."""

from collections.abc import Callable
from pathlib import Path

from towpath_trainer.data.manifest import SplitFacts
from towpath_trainer.data.rows import Row
from towpath_trainer.data.text_writer import TextWriter
from towpath_trainer.encoder import Encoded

Note = Callable[[Row, int, int], None]
"""Takes a row and the first and last sequence that it lies in."""


class TextSplit:
    """Takes rows in their order."""

    def __init__(
        self, folder: Path, name: str, note: Note, *, context: int, pad: int, dtype: str, largest: int
    ) -> None:
        """Write into `folder`."""
        self._writer = TextWriter(folder, name, context=context, pad=pad, dtype=dtype, largest=largest)
        self._note = note
        self._context = context
        self._rows = 0

    def add(self, row: Row, encoded: Encoded) -> None:
        """Append a row; none is cut, for the stream goes on in the next sequence."""
        first = self._writer.tokens
        self._writer.add(encoded.tokens)
        self._rows += 1
        self._note(row, first // self._context, (self._writer.tokens - 1) // self._context)

    def finish(self) -> SplitFacts:
        """Write what is left."""
        writer = self._writer
        writer.finish()
        return SplitFacts(
            sequences=writer.sequences,
            tokens=writer.tokens,
            targets=writer.targets,
            rows=self._rows,
            cut=0,
            refused=0,
            widest=0,
            shards=tuple(writer.shards),
        )
