"""Ends a run that is asked to end, or whose parent is gone, with its work saved."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STATUS = 143
"""Exit status of a run that was asked to stop: 128 + SIGTERM, as shells have it."""
AGAIN = 75
"""Of a process of several after which all are to start again."""
PEER_LOST = 76
"""Of a process that waited for another one in vain."""
POLL = 0.25
"""Seconds between looks at the parent."""


class Interrupted(Exception):
    """The work at hand was broken off because the run is asked to stop."""


class Stop:
    """Whether the run is asked to stop: by SIGTERM, by SIGINT, or because the process that started it has ended.

    An orphan would go on writing into a folder that the next run believes to be its own.
    """

    def __init__(self) -> None:
        """Nobody asks yet."""
        self.asked = False
        self._breaks = False
        self._parent = os.getppid()

    def watch(self, orphan_limit: float = 60.0, limit: float | None = None) -> None:
        """Listen for signals and look after the parent.

        A run that was orphaned ends by force after `orphan_limit` seconds, one that was asked to stop after `limit`.
        """
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        threading.Thread(target=self._guard, args=(orphan_limit, limit), name="guard", daemon=True).start()

    @contextmanager
    def breaking(self, may: bool = True) -> Iterator[None]:
        """Break off what runs inside by Interrupted as soon as somebody asks, if it `may` be broken off anywhere."""
        self._breaks = may
        try:
            self.check(may)
            yield
        finally:
            self._breaks = False

    def check(self, may: bool = True) -> None:
        """Raise Interrupted if somebody has asked."""
        if may and self.asked:
            self._breaks = False
            raise Interrupted

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        if self._breaks:
            # Once: what runs on its way out must not be broken off again.
            self._breaks = False
            raise Interrupted

    def _guard(self, orphan_limit: float, limit: float | None) -> None:
        deadline: float | None = None
        orphaned = False
        while deadline is None or time.monotonic() < deadline:
            time.sleep(POLL)
            if not orphaned and os.getppid() != self._parent:
                orphaned = True
                os.kill(os.getpid(), signal.SIGTERM)
                deadline = time.monotonic() + orphan_limit
            elif deadline is None and self.asked and limit is not None:
                deadline = time.monotonic() + limit
        os._exit(STATUS)
