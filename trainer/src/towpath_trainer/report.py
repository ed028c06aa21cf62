"""How a program here speaks to the step that runs it: lines of JSON on standard output, errors on standard error.

`{"done", "total", "unit", "note"}` is progress; `{"metric": {...}}` is one point of the curves. An error that a person
can mend is one line `error: {"code", "message", "hint"}` on standard error and exit status 3. What was said by `say`
has its text beside its words, `{"id", "values"}`: by that Towpath says it in the language of whoever reads it.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any, Self


class Said(str):
    """English words, and the text of Towpath's table that says them in every language."""

    text: dict[str, Any]
    """The text's `id`, and the `values` that fill its places if it has any."""

    @classmethod
    def of(cls, words: str, text: dict[str, Any]) -> Self:
        """Words that `text` says."""
        said = cls(words)
        said.text = text
        return said


def say(id: str, english: str, **values: object) -> Said:
    """Say a text of the table: `english` stands there word for word; a list among the values is one of names."""
    words = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in values.items()}
    filled = {"values": {name: _plain(each) for name, each in values.items()}} if values else {}
    return Said.of(english.format(**words), {"id": id, **filled})


def heard(words: str, text: dict[str, Any] | None) -> str:
    """What another program said, with its text if it came with one."""
    return words if text is None else Said.of(words, text)


def text_of(words: str | None) -> dict[str, Any] | None:
    """The text that words were said by."""
    return words.text if isinstance(words, Said) else None


def _plain(value: object) -> object:
    if isinstance(value, Said):
        return value.text
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if isinstance(value, int | float) else str(value)


def progress(done: int, total: int, note: str, unit: str = "files") -> None:
    """Say how far the work has come."""
    told = {"done": done, "total": total, "unit": unit, "note": note}
    text = text_of(note)
    print(json.dumps(told if text is None else {**told, "text": text}), flush=True)


def metric(values: Mapping[str, float | int | str | None]) -> None:
    """Publish one point of the curves: `step` and whatever was measured at it."""
    print(json.dumps({"metric": values}), flush=True)


class Unfit(Exception):
    """The input is not what this program takes; the message says why, for people."""

    def __init__(self, message: str) -> None:
        """Keep the text of the message."""
        super().__init__(message)
        self.message = message


class TrainError(Exception):
    """What a person can mend: a code of Towpath's registry, what is wrong, and what to do."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        """Keep the code apart from the text."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def fail(error: Unfit | TrainError) -> int:
    """Print why the work cannot be done; returns the exit status for it."""
    code, hint = ("TOW_TRAIN_MODEL_UNFIT", None) if isinstance(error, Unfit) else (error.code, error.hint)
    texts = {"message": text_of(error.message), "hint": text_of(hint)}
    told = {"code": code, "message": error.message, "hint": hint}
    told["texts"] = {name: text for name, text in texts.items() if text is not None}
    print(f"error: {json.dumps(told, ensure_ascii=False)}", file=sys.stderr, flush=True)
    return 3
