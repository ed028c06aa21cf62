"""Keeps two runs from writing into one work folder."""

import fcntl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from towpath_trainer.report import TrainError, say

WAIT = 90.0
"""Seconds to wait for another run: longer than an orphaned one may live on (see stop.py)."""


@contextmanager
def locked(work: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the work folder; the system lets go of it when the process ends, however it ends.

    Raises TrainError TOW_TRAIN_WORK_BUSY when another run still holds it after `wait` seconds.
    """
    with (work / "lock").open("ab") as file:
        until = time.monotonic() + wait
        told = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as cause:
                if time.monotonic() > until:
                    message = say("trainer.work-busy", "another run trains in {work}", work=work)
                    hint = say("trainer.wait", "Wait for it to end, or stop it.")
                    raise TrainError("TOW_TRAIN_WORK_BUSY", message, hint) from cause
                if not told:
                    print(f"waiting for another run in {work} to end", file=sys.stderr, flush=True)
                    told = True
                time.sleep(0.2)
        yield
