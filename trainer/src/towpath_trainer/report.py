"""How a program here speaks to the step that runs it: lines of JSON on standard output, errors on standard error.

`{"done", "total", "unit", "note"}` is progress; `{"metric": {...}}` is one point of the curves. An error that a person
can mend is one line `error: {"code", "message", "hint"}` on standard error and exit status 3.
"""

import json
import sys
from collections.abc import Mapping


def progress(done: int, total: int, note: str, unit: str = "files") -> None:
    """Say how far the work has come."""
    print(json.dumps({"done": done, "total": total, "unit": unit, "note": note}), flush=True)


def metric(values: Mapping[str, float | int | str | None]) -> None:
    """Publish one point of the curves: `step` and whatever was measured at it."""
    print(json.dumps({"metric": values}), flush=True)


class Unfit(Exception):
    """The input is not what this program takes; the message says why, for people."""


class TrainError(Exception):
    """What a person can mend: a code of Towpath's registry, what is wrong, and what to do."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        """Keep the code apart from the text."""
        super().__init__(message)
        self.code = code
        self.hint = hint


def fail(error: Unfit | TrainError) -> int:
    """Print why the work cannot be done; returns the exit status for it."""
    if isinstance(error, Unfit):
        print(f"unfit: {error}", file=sys.stderr)
    else:
        told = {"code": error.code, "message": str(error), "hint": error.hint}
        print(f"error: {json.dumps(told, ensure_ascii=False)}", file=sys.stderr, flush=True)
    return 3
