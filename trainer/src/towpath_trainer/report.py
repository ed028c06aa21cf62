"""How a program here speaks to the step that runs it: lines of JSON on standard output, errors on standard error."""

import json
import sys


def progress(done: int, total: int, note: str) -> None:
    """Say how far the work has come."""
    print(json.dumps({"done": done, "total": total, "note": note}), flush=True)


class Unfit(Exception):
    """The input is not what this program takes; the message says why, for people."""


def fail(error: Unfit) -> int:
    """Print why the input was refused; returns the exit status for it."""
    print(f"unfit: {error}", file=sys.stderr)
    return 3
