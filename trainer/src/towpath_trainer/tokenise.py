"""Turns rows of text into shards of tokens that a job reads.

    python -m towpath_trainer.tokenise ROWS.jsonl OUT --tokenizer DIR --context N --shape text|rows|scores
        [--loss-on answers|all] [--pack|--no-pack]

A row is {"id", "split": "train" | "validation", "document"?} with "text", "messages": [{"role", "content"}], or "text"
and "score". OUT is a new folder, laid out as `data/manifest.py` says: the same rows give the same bytes. A row longer
than the context is cut at its end and counted; one of whose answer nothing would be left is left out and counted.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from towpath_trainer.chat_template import BadTemplate
from towpath_trainer.data.manifest import Manifest
from towpath_trainer.data.row_split import RowSplit
from towpath_trainer.data.rows import SPLITS, Row, read_rows
from towpath_trainer.data.shards import ROWS
from towpath_trainer.data.text_split import TextSplit
from towpath_trainer.encoder import Encoded, Encoder
from towpath_trainer.report import TrainError, Unfit, fail, progress, say

# Rows are encoded together until they hold this much text: enough for every thread, little enough for memory.
_BLOCK_ROWS = 4096
_BLOCK_CHARACTERS = 1 << 21


@dataclass(frozen=True)
class Options:
    """How rows become sequences."""

    context: int
    shape: Literal["text", "rows", "scores"]
    loss_on: Literal["answers", "all"] = "answers"
    pack: bool = True
    shard_bytes: int = 1 << 28
    """Largest file of tokens."""


def tokenise(source: Path, out: Path, tokenizer: Path, options: Options) -> Manifest:
    """Write the folder, which is whole or not there.

    Raises Unfit for lines or a tokenizer that do not fit, TrainError TOW_TRAIN_NO_DATA when nothing is left to train
    on, TOW_TRAIN_VOCABULARY when the model beside the tokenizer has fewer tokens.
    """
    encoder = Encoder(tokenizer)
    half = out.with_name(f"{out.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        manifest = _write(source, half, encoder, options)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    half.rename(out)
    return manifest


def _write(source: Path, folder: Path, encoder: Encoder, options: Options) -> Manifest:
    dtype: Literal["uint16", "uint32"] = "uint16" if encoder.vocabulary <= 1 << 16 else "uint32"
    largest = max(1, options.shard_bytes // ((2 if dtype == "uint16" else 4) * options.context))
    layout = {"context": options.context, "pad": encoder.pad, "dtype": dtype, "largest": largest}
    with source.open("rb") as lines:
        total = sum(1 for _ in lines)
    with (folder / ROWS).open("x", encoding="utf-8") as list_of_rows:

        def note(row: Row, first: int, last: int) -> None:
            entry = {"n": row.number, "id": row.id, "split": row.split, "sequence": first, "last": last}
            list_of_rows.write(f"{json.dumps({**entry, 'document': row.document}, ensure_ascii=False)}\n")

        splits: dict[str, TextSplit | RowSplit] = {}
        for name in SPLITS:
            if options.shape == "text":
                splits[name] = TextSplit(folder, name, note, **layout)
            else:
                scored = options.shape == "scores"
                splits[name] = RowSplit(folder, name, note, scored=scored, pack=options.pack, **layout)
        for block in _blocks(read_rows(source)):
            for row, encoded in zip(block, _encode(block, encoder, options), strict=True):
                splits[row.split].add(row, encoded)
            progress(block[-1].number, total, say("trainer.tokenising", "tokenising"), "rows")
        facts = {name: split.finish() for name, split in splits.items()}
    if facts["train"].sequences == 0:
        refused = facts["train"].refused
        raise TrainError(
            "TOW_TRAIN_NO_DATA",
            say(
                "trainer.no-sequences",
                "no sequence to train on in {rows} rows; {refused} did not fit",
                rows=total,
                refused=refused,
            ),
        )
    manifest = Manifest(
        shape=options.shape,
        context=options.context,
        vocabulary=encoder.vocabulary,
        pad=encoder.pad,
        eos=encoder.eos,
        dtype=dtype,
        packed=options.pack and options.shape != "text",
        splits=facts,
    )
    manifest.write(folder)
    return manifest


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    block: list[Row] = []
    characters = 0
    for row in rows:
        block.append(row)
        characters += row.characters
        if len(block) == _BLOCK_ROWS or characters >= _BLOCK_CHARACTERS:
            yield block
            block, characters = [], 0
    if block:
        yield block


def _encode(block: list[Row], encoder: Encoder, options: Options) -> Iterator[Encoded]:
    """The rows of a block in their order."""
    if options.shape == "text" and (other := next((row for row in block if row.text is None), None)):
        raise Unfit(
            say("trainer.row-messages", "row {row} holds messages, and plain text is asked for", row=other.number)
        )
    if options.shape == "scores" and (other := next((row for row in block if row.score is None), None)):
        raise Unfit(say("trainer.no-score", "row {row} has no score", row=other.number))
    texts = iter(encoder.texts([row.text for row in block if row.text is not None]))
    messages = [row.messages for row in block if row.messages is not None]
    try:
        chats = iter(encoder.chats(messages, options.loss_on == "answers"))
    except BadTemplate as cause:
        raise Unfit(
            say(
                "trainer.rows",
                "rows {first} to {last}: {why}",
                first=block[0].number,
                last=block[-1].number,
                why=cause.message,
            )
        ) from cause
    return (next(chats if row.messages is not None else texts) for row in block)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status: 0, or 3 for what a person can mend."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, metavar="ROWS")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--context", type=int, required=True)
    parser.add_argument("--shape", choices=("text", "rows", "scores"), required=True)
    parser.add_argument("--loss-on", choices=("answers", "all"), default="answers")
    parser.add_argument("--pack", action=argparse.BooleanOptionalAction, default=True)
    given = parser.parse_args(arguments)
    if given.context < 2:
        parser.error("--context is at least 2")
    loss_on = cast(Literal["answers", "all"], given.loss_on)
    options = Options(context=given.context, shape=given.shape, loss_on=loss_on, pack=given.pack)
    try:
        manifest = tokenise(given.source, given.out, given.tokenizer, options)
    except (Unfit, TrainError) as error:
        return fail(error)
    for name, split in manifest.splits.items():
        places = split.sequences * options.context
        filled = f"{100 * split.tokens / places:.0f}% filled, " if places > 0 and options.shape != "text" else ""
        print(
            f"{name}: {split.rows} rows, {split.tokens} tokens in {split.sequences} sequences, {filled}"
            f"{split.targets} targets, {split.cut} rows cut, {split.refused} left out",
            file=sys.stderr,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
