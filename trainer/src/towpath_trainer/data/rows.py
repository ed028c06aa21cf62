"""The rows that data is made from: lines of JSON, checked one by one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from towpath_trainer.chat_template import Message
from towpath_trainer.phrases import of_line
from towpath_trainer.report import Unfit

SPLITS = ("train", "validation")


class Row(NamedTuple):
    """A row: its text, or its messages, and its score where it has one."""

    number: int
    """Its line, from 1."""
    id: str
    split: str
    document: str | None
    text: str | None
    messages: list[Message] | None
    score: float | None

    @property
    def characters(self) -> int:
        """How much text it holds."""
        if self.messages is None:
            return len(self.text or "")
        return sum(len(message["content"]) for message in self.messages)


def read_rows(path: Path) -> Iterator[Row]:
    """Read the rows one after another; raises Unfit naming the first line that is none."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _row(number, json.loads(line))
            except (ValueError, KeyError, TypeError) as cause:
                raise Unfit(of_line(path, number, repr(cause))) from cause


def _row(number: int, value: dict[str, Any]) -> Row:
    if value["split"] not in SPLITS:
        raise ValueError(f"split {value['split']!r}")
    messages = value.get("messages")
    text = value.get("text")
    if messages is not None:
        for message in messages:
            if message["role"] not in ("system", "user", "assistant") or not isinstance(message["content"], str):
                raise ValueError("a message that is none")
    elif not isinstance(text, str):
        raise ValueError("neither text nor messages")
    score = value.get("score")
    document = value.get("document")
    return Row(
        number=number,
        id=str(value["id"]),
        split=value["split"],
        document=None if document is None else str(document),
        text=text,
        messages=cast(list[Message] | None, messages),
        score=None if score is None else float(score),
    )
