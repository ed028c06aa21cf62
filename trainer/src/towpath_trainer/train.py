"""Trains a model as a job describes it.

    python -m towpath_trainer.train JOB.json --tokens DIR [--base DIR] [--tokenizer DIR] --work DIR --out DIR
        --history DIR [--threads N] [--report-from STEP]

WORK outlasts the run: started again with it, a run goes on from its last checkpoint. OUT gets `model/` or `adapter/`,
HISTORY `metrics.jsonl` and `summary.json`. A job of several processes starts them itself; under torchrun it joins the
ones that are there. Exit status: 0, 3 with an `error:` line on standard error, 143 when asked to stop.
"""

import argparse
import errno
import gc
import os
import sys
from contextlib import ExitStack, nullcontext
from pathlib import Path

from towpath_trainer.distributed import PeerLost, is_worker, joined
from towpath_trainer.job import Job
from towpath_trainer.loop.device import choose_device, device_type
from towpath_trainer.loop.health import RollBack
from towpath_trainer.loop.identity import claim
from towpath_trainer.loop.lock import locked
from towpath_trainer.loop.memory import Restart, is_out_of_memory, out_of_memory
from towpath_trainer.loop.stop import AGAIN, PEER_LOST, STATUS, Interrupted, Stop
from towpath_trainer.loop.training import Folders, Training
from towpath_trainer.phrases import free_space
from towpath_trainer.report import TrainError, fail, say

MODULE = "towpath_trainer.train"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
WORKER_LIMIT = 20.0
"""Seconds for a worker to end when asked to: one that waits for a lost peer would wait for ever."""


def train(job: Job, folders: Folders, stop: Stop, threads: int | None = None, report_from: int = 0) -> None:
    """Train, or go on training, to the result.

    Raises Interrupted when asked to stop, and TrainError.
    """
    with joined(device_type(job)) as group, ExitStack() as stack:
        folders.work.mkdir(parents=True, exist_ok=True)
        stack.enter_context(locked(folders.work) if group.leads else nullcontext())
        identity = claim(folders.work, job, folders.tokens, folders.base) if group.leads else ""
        device = choose_device(job, group.local, threads)
        while True:
            try:
                Training(job, folders, identity, device, group, stop, report_from).run()
                return
            except RollBack as back:
                if group.leads:
                    print(back, file=sys.stderr, flush=True)
            # The model that was given up must be gone before the next one is made.
            gc.collect()


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    stop = Stop()
    try:
        job = Job.read(options.job)
        if job.processes > 1 and not is_worker():
            device_type(job)
            from towpath_trainer.loop.launch import launch  # Takes a second, which a single process need not wait for.

            return launch(MODULE, arguments, job.processes)
        stop.watch(limit=WORKER_LIMIT if is_worker() else None)
        folders = Folders(options.tokens, options.base, options.tokenizer, options.work, options.out, options.history)
        train(job, folders, stop, options.threads, options.report_from)
        return 0
    except Interrupted:
        return STATUS
    except Restart:
        return AGAIN
    except PeerLost as error:
        print(f"another process of the job has ended: {error}", file=sys.stderr)
        return PEER_LOST
    except TrainError as error:
        return fail(error)
    except Exception as error:
        return fail(_mendable(error, options.work))


def _mendable(error: Exception, work: Path) -> TrainError:
    """The error as a person can mend it; raises it again when nobody can."""
    if is_out_of_memory(error):
        return out_of_memory(say("trainer.model-memory", "the model and its optimiser do not fit"))
    # Other libraries pass the system's error on in words.
    if (isinstance(error, OSError) and error.errno in _FULL) or "No space left on device" in str(error):
        where = getattr(error, "filename", None) or work
        return TrainError(
            "TOW_TRAIN_DISK_FULL",
            say(
                "trainer.disk",
                "the disk took no more while {path} was written ({why}); the checkpoint before is whole",
                path=where,
                why=error,
            ),
            free_space(),
        )
    raise error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("job", type=Path, metavar="JOB.json")
    for name, required in (("tokens", True), ("base", False), ("tokenizer", False)):
        parser.add_argument(f"--{name}", type=Path, required=required, metavar="DIR")
    for name in ("work", "out", "history"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR")
    parser.add_argument("--threads", type=int, help="threads of each process (default: the cores it may use)")
    parser.add_argument("--report-from", type=int, default=0, metavar="STEP", help="publish points after this step")
    return parser


def _exit(status: int) -> None:
    """End; a worker at once, so that no other one sees its connection close before its status is there."""
    if is_worker():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    _exit(main())
