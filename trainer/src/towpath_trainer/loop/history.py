"""The curves of a run: `metrics.jsonl`, one line per step, without doubles whatever interrupted it."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from towpath_trainer import report

FILE = "metrics.jsonl"
INTERVAL = 0.5
"""Seconds between points that are published while the run goes on; the file has them all."""
LINES = 20_000
"""About as many lines as a run writes at most: a longer one writes every so many steps."""


class History:
    """The lines on disk, and what is published of them."""

    def __init__(self, work: Path, report_from: int) -> None:
        """`report_from`: points up to this step were published by an earlier run."""
        self._path = work / FILE
        self._file = self._path.open("ab")
        self._report_from = report_from
        self._published = 0.0
        self._told = 0.0

    def back_to(self, step: int) -> None:
        """Drop the lines after `step`: they will be written again. A line that was cut off goes too."""
        self._file.close()
        end = 0
        with self._path.open("rb") as lines:
            for line in lines:
                if not _is_up_to(line, step):
                    break
                end += len(line)
        self._file = self._path.open("r+b")
        self._file.truncate(end)
        self._file.seek(end)

    def add(self, line: Mapping[str, Any], logged: bool) -> None:
        """Write and publish a line; one that is not `logged` is only counted when it has a validation."""
        validated = "validation_loss" in line
        if not logged and not validated:
            return
        self._file.write(f"{json.dumps(line)}\n".encode())
        self._file.flush()
        now = time.monotonic()
        if line["step"] > self._report_from and (validated or now - self._published >= INTERVAL):
            report.metric(line)
            self._published = now

    def may_tell(self, always: bool = False) -> bool:
        """Whether it is time for a line of progress."""
        now = time.monotonic()
        if not always and now - self._told < INTERVAL:
            return False
        self._told = now
        return True

    def sync(self) -> None:
        """Bring the lines to the disk: a checkpoint must not be there without the lines before it."""
        os.fsync(self._file.fileno())

    def read(self) -> bytes:
        """All lines."""
        return self._path.read_bytes()


def is_logged(step: int, steps: int) -> bool:
    """Whether a step has a line; a pure function, so that a resumed run writes the same ones."""
    return step % (steps // LINES + 1) == 0 or step == steps


def _is_up_to(line: bytes, step: int) -> bool:
    try:
        return line.endswith(b"\n") and json.loads(line)["step"] <= step
    except (ValueError, KeyError, TypeError):
        return False
