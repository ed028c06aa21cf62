"""A trial's training in a process of its own, its lines read as they come."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from towpath_trainer.hyper import guarded
from towpath_trainer.report import heard


@dataclass(frozen=True)
class Message:
    """What a trial's process said."""

    number: int
    """Of the trial."""


@dataclass(frozen=True)
class Progressed(Message):
    """It came as far as `done` of `total` steps."""

    done: int
    total: int
    note: str


@dataclass(frozen=True)
class Measured(Message):
    """It published a point of its curves."""

    point: dict[str, Any]


@dataclass(frozen=True)
class Ended(Message):
    """It is gone. `error` is what it named, `tail` the last lines that it wrote otherwise."""

    status: int
    error: dict[str, Any] | None
    tail: tuple[str, ...]


class Child:
    """The process of one trial; its messages arrive in a queue that all trials share."""

    def __init__(
        self, number: int, arguments: list[str], environment: Mapping[str, str], messages: queue.Queue[Message]
    ) -> None:
        """Start it. Out of the search's process group: what a terminal sends to that is the search's to pass on."""
        self.number = number
        self.begun = time.monotonic()
        self._messages = messages
        self._error: dict[str, Any] | None = None
        self._tail: deque[str] = deque(maxlen=8)
        self._process = subprocess.Popen(
            [sys.executable, "-m", guarded.__name__, str(os.getpid()), *arguments],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            process_group=0,
        )
        self._readers = [
            threading.Thread(target=self._read, args=(stream, read), daemon=True)
            for stream, read in ((self._process.stdout, self._out), (self._process.stderr, self._err))
        ]
        for reader in self._readers:
            reader.start()
        threading.Thread(target=self._finish, daemon=True).start()

    def stop(self, limit: float) -> None:
        """Ask it to end, and make it after `limit` seconds."""
        self._process.send_signal(signal.SIGTERM)
        killer = threading.Timer(limit, self._process.kill)
        killer.daemon = True
        killer.start()

    def _read(self, stream: IO[str] | None, read: Any) -> None:  # noqa: ANN401
        assert stream is not None
        with stream:
            for line in stream:
                read(line.rstrip("\n"))

    def _out(self, line: str) -> None:
        value = _json(line) if line.startswith("{") else None
        if isinstance(value, dict) and isinstance(value.get("metric"), dict):
            self._messages.put(Measured(self.number, value["metric"]))
        elif isinstance(value, dict) and {"done", "total", "note"} <= value.keys():
            self._messages.put(
                Progressed(self.number, value["done"], value["total"], heard(value["note"], value.get("text")))
            )
        else:
            self._say(line)

    def _err(self, line: str) -> None:
        error = _json(line.removeprefix("error: ")) if line.startswith("error: ") else None
        if isinstance(error, dict) and {"code", "message"} <= error.keys():
            self._error = error
        else:
            self._say(line)

    def _say(self, line: str) -> None:
        self._tail.append(line)
        print(f"trial {self.number}: {line}", file=sys.stderr, flush=True)

    def _finish(self) -> None:
        status = self._process.wait()
        for reader in self._readers:
            reader.join(timeout=5)
        self._messages.put(Ended(self.number, status, self._error, tuple(self._tail)))


def validations(work: Path) -> list[tuple[int, float]]:
    """Steps and losses of the validations in a work folder's curves: also those that nobody was there to hear of."""
    path = work / "metrics.jsonl"
    if not path.exists():
        return []
    found = []
    for line in path.read_text("utf-8", errors="replace").split("\n")[:-1]:
        point = _json(line)
        if isinstance(point, dict) and isinstance(point.get("validation_loss"), int | float):
            found.append((int(point["step"]), float(point["validation_loss"])))
    return found


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
