"""Searches settings of a job: many trials, of which the bad ones end early, and the best one is the result.

    python -m towpath_trainer.search JOB.json --tokens DIR [--base DIR] [--tokenizer DIR] --work DIR --out DIR
        --history DIR [--threads N] --search SEARCH.json --trials-out DIR

The first trial is the job as it stands, if its settings lie in their ranges; TPE proposes the others, and ASHA ends
those that are behind at a rung (`hyper/proposals.py`). A trial is a job of its own in a folder of WORK. What it comes
to is written down in `WORK/trials.jsonl` at once: started again with the same WORK, the search repeats no trial that
has ended, and those that ran go on from their checkpoints. With one trial at a time the same job and search give the
same trials. OUT and HISTORY are the best trial's, TRIALS gets `trials.json`. Exit status: 0, 3 with an `error:` line
on standard error, 143 when asked to stop.
"""

import argparse
import dataclasses
import errno
import os
import shutil
import sys
from pathlib import Path

from towpath_trainer.data.manifest import read_manifest
from towpath_trainer.hyper.capacity import capacity
from towpath_trainer.hyper.conduct import Conductor
from towpath_trainer.hyper.ledger import Ledger
from towpath_trainer.hyper.proposals import Proposals
from towpath_trainer.hyper.space import Search, Settings, own_settings, read_search, with_settings
from towpath_trainer.hyper.trials import STATES, Trial, Trials
from towpath_trainer.job import Job, digestible
from towpath_trainer.loop.lock import locked
from towpath_trainer.loop.stop import STATUS, Interrupted, Stop
from towpath_trainer.loop.tensor_file import write_json
from towpath_trainer.loop.training import steps_of
from towpath_trainer.phrases import free_space, listed, of_trial
from towpath_trainer.report import TrainError, fail, say

INPUTS = ("tokens", "base", "tokenizer")


def search_settings(job: Job, search: Search, options: argparse.Namespace, stop: Stop) -> None:
    """Run the search, or go on with it, to its result.

    Raises Interrupted when asked to stop, and TrainError: TOW_TRAIN_NO_DATA when there is nothing to validate with,
    TOW_TRAIN_SEARCH_EMPTY when no trial came to its end, and what no other settings would mend.
    """
    splits = read_manifest(options.tokens).splits
    if splits["validation"].sequences == 0:
        message = say("trainer.none-held-back", "a search compares validation losses, and nothing is held back")
        hint = say(
            "trainer.give-more", "Give it more documents or examples, so that some are held back for validation."
        )
        raise TrainError("TOW_TRAIN_NO_DATA", message, hint)
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)

    def make(number: int, settings: Settings) -> Trial:
        changed = with_settings(job, settings)
        total = steps_of(changed, splits["train"].sequences)
        return Trial(number, settings, total, changed, work / f"trial-{number:04}")

    with locked(work):
        room = capacity(job, search.parallel, search.trials, options.threads)
        trials = Trials(
            Ledger(work / "trials.jsonl", _described(job, search)),
            Proposals(search, job.seed, own_settings(job, search)),
            make,
        )
        given = {name: getattr(options, name) for name in INPUTS}
        folders = [f"--{name}={path}" for name, path in given.items() if path is not None]
        Conductor(search, trials, room, folders, stop).run()
        _finish(job, search, trials, options)


def _described(job: Job, search: Search) -> dict[str, object]:
    searched = dataclasses.asdict(search)
    # How many run at a time is the machine's business.
    for key in ("parallel", "ranges"):
        del searched[key]
    return {"job": digestible(job), "search": searched}


def _finish(job: Job, search: Search, trials: Trials, options: argparse.Namespace) -> None:
    best = trials.best()
    if best is None:
        reasons = [of_trial(each.number, each.reason or STATES[each.state]) for each in trials.every.values()]
        message = say(
            "trainer.no-trial",
            "none of {trials} trials came to its end: {reasons}",
            trials=len(reasons),
            reasons=listed(reasons),
        )
        hint = say("trainer.narrow", "Narrow the ranges to values that the job can train with.")
        raise TrainError("TOW_TRAIN_SEARCH_EMPTY", message, hint)
    for name, target in (("out", options.out), ("history", options.history)):
        # Linked, not moved: killed half-way, the search must find them again.
        shutil.copytree(best.folder / name, target, copy_function=_link, dirs_exist_ok=True)
    options.trials_out.mkdir(parents=True, exist_ok=True)
    result = {
        "schema": 1,
        "job": job.name,
        "ranges": search.described,
        "trials": [trial.plain() for trial in trials.every.values()],
        "best": best.number,
    }
    write_json(options.trials_out / "trials.json", result)


def _link(source: str, target: str) -> str:
    Path(target).unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        # Another file system, or one without links.
        shutil.copy2(source, target)
    return target


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    options = _parser().parse_args(arguments)
    stop = Stop()
    stop.watch()
    try:
        job = Job.read(options.job)
        search_settings(job, read_search(options.search, job), options, stop)
        return 0
    except Interrupted:
        return STATUS
    except TrainError as error:
        return fail(error)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        message = say(
            "trainer.search-disk",
            "the disk took no more while the search wrote into {work}; what it had written is whole",
            work=options.work,
        )
        return fail(TrainError("TOW_TRAIN_DISK_FULL", message, free_space()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("job", type=Path, metavar="JOB.json")
    for name in (*INPUTS, "work", "out", "history", "trials-out"):
        parser.add_argument(f"--{name}", type=Path, required=name not in ("base", "tokenizer"), metavar="DIR")
    parser.add_argument("--search", type=Path, required=True, metavar="SEARCH.json")
    parser.add_argument("--threads", type=int, help="threads of all trials together (default: the cores it may use)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
