"""Starts the processes of a job through PyTorch's own launcher (torchrun's), and ends all of them when one is lost."""

import os
import signal
import sys
import threading
import time

from torch.distributed.elastic.multiprocessing import DefaultLogsSpecs, SignalException
from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
from torch.distributed.launcher.api import LaunchConfig, elastic_launch

from towpath_trainer.loop.stop import AGAIN, PEER_LOST, POLL, STATUS
from towpath_trainer.report import TrainError, say

GRACE = 25
"""Seconds that the others may take to end. They are asked to by SIGTERM first."""


def launch(module: str, arguments: list[str], processes: int) -> int:
    """Run `python -m module arguments` in so many processes; returns the exit status for all of them.

    Raises TrainError TOW_TRAIN_WORKER_LOST when one was killed from outside.
    """
    _follow_parent()
    while True:
        statuses = _run(module, arguments, processes)
        if statuses is None:
            return STATUS
        if AGAIN in statuses:
            print("all processes start again with smaller micro-batches", file=sys.stderr, flush=True)
            continue
        for known in (0, 3, STATUS):
            if known in statuses:
                return known
        if PEER_LOST in statuses or any(status < 0 for status in statuses):
            killed = [signal.Signals(-status).name for status in statuses if status < 0]
            by = say(
                "trainer.process-killed-by",
                "one of the {processes} processes was killed by {signal}; the others were stopped",
                processes=processes,
                signal="".join(killed[:1]),
            )
            unknown = say(
                "trainer.process-killed",
                "one of the {processes} processes was killed; the others were stopped",
                processes=processes,
            )
            hint = say(
                "trainer.memory-short",
                "Often the system ends a process because memory is short; run again to go on from the last checkpoint.",
            )
            raise TrainError("TOW_TRAIN_WORKER_LOST", by if killed else unknown, hint)
        return 1


def _run(module: str, arguments: list[str], processes: int) -> list[int] | None:
    """The exit statuses that ended the run, [0] when all went well, None when it was asked to stop."""
    config = LaunchConfig(
        min_nodes=1,
        max_nodes=1,
        nproc_per_node=processes,
        run_id=f"towpath-{os.getpid()}-{time.monotonic_ns()}",
        rdzv_backend="c10d",
        rdzv_endpoint="localhost:0",
        local_addr="localhost",
        max_restarts=0,
        monitor_interval=0.1,
        shutdown_timeout=GRACE,
        logs_specs=DefaultLogsSpecs(),
    )
    try:
        elastic_launch(config, sys.executable)("-m", module, *arguments)
    except ChildFailedError as error:
        return [failure.exitcode for failure in error.failures.values()]
    except SignalException:
        return None
    return [0]


def _follow_parent() -> None:
    """End as if asked to when the process that started this one ends."""
    parent = os.getppid()

    def guard() -> None:
        while os.getppid() == parent:
            time.sleep(POLL)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=guard, name="guard", daemon=True).start()
