"""Runs the trials of a search, several at a time, until all have ended."""

import dataclasses
import json
import math
import queue
import shutil
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from towpath_trainer import report
from towpath_trainer.hyper.capacity import Capacity
from towpath_trainer.hyper.child import Child, Ended, Measured, Message, Progressed, validations
from towpath_trainer.hyper.space import Search
from towpath_trainer.hyper.trials import State, Trial, Trials
from towpath_trainer.loop.stop import POLL, STATUS, Stop
from towpath_trainer.phrases import listed, of_trial
from towpath_trainer.report import TrainError, heard, say

GRACE = 45.0
"""Seconds for a trial to write its checkpoint when it is asked to stop."""
INTERVAL = 0.5
# What the settings of one trial can bring about. Anything else would meet the next trial too.
FAULTS = {"TOW_TRAIN_DIVERGED", "TOW_TRAIN_OUT_OF_MEMORY", "TOW_TRAIN_JOB_UNFIT", "TOW_TRAIN_WORKER_LOST"}


@dataclass
class Running:
    """A trial that has a process."""

    trial: Trial
    child: Child
    place: int
    before: float
    """Seconds that the trial took in earlier runs of the search."""
    step: int = 0
    note: str = ""
    measured: bool = False
    """Whether it has said how much memory it takes."""

    @property
    def seconds(self) -> float:
        """What the trial has taken by now."""
        return round(self.before + time.monotonic() - self.child.begun, 3)


class Conductor:
    """Takes trials from the start to the end of each."""

    def __init__(self, search: Search, trials: Trials, capacity: Capacity, folders: list[str], stop: Stop) -> None:
        """`folders`: the arguments that name what all trials read."""
        self._search, self._trials, self._capacity = search, trials, capacity
        self._folders, self._stop = folders, stop
        self._messages: queue.Queue[Message] = queue.Queue()
        self._running: dict[int, Running] = {}
        self._waiting: list[Trial] = []
        self._largest: int | None = None
        self._exhausted = False
        self._told = 0.0

    def run(self) -> None:
        """Until every trial has ended.

        Raises Interrupted, with a checkpoint of each trial that ran, when asked to stop; TrainError for what no other
        settings would mend.
        """
        for count in range(len(self._trials.closed)):
            self._publish(count + 1)
        for trial in self._trials.doomed:
            self._prune(trial, trial.seconds)
        self._sweep()
        self._waiting = self._trials.running()
        try:
            self._stop.check()
            while self._fill() or self._running:
                with suppress(queue.Empty):
                    self._take(self._messages.get(timeout=POLL))
                self._stop.check()
        finally:
            self._end_all()

    def _fill(self) -> bool:
        """Start trials while there is room; returns whether any waits for it."""
        while True:
            if not self._waiting and not self._exhausted and len(self._trials.every) < self._search.trials:
                if not self._has_room():
                    return True
                trial = self._trials.ask()
                self._exhausted = trial is None
                self._waiting += [] if trial is None else [trial]
            if not self._waiting:
                return False
            if not self._has_room():
                return True
            self._start(self._waiting.pop(0))

    def _has_room(self) -> bool:
        fresh = sum(not each.measured for each in self._running.values())
        return self._capacity.has_room(len(self._running), fresh, self._largest)

    def _start(self, trial: Trial) -> None:
        work = trial.folder / "work"
        for step, loss in validations(work):
            if self._trials.validated(trial, step, loss, trial.seconds):
                return self._prune(trial, trial.seconds)
        place = min({*range(self._capacity.places)} - {each.place for each in self._running.values()})
        places = [f"--{name}={trial.folder / name}" for name in ("work", "out", "history")]
        threads = ["--threads", str(self._capacity.threads)]
        trial.folder.mkdir(parents=True, exist_ok=True)
        file = trial.folder / "job.json"
        file.write_text(f"{json.dumps(dataclasses.asdict(trial.job), indent=1)}\n", "utf-8")
        arguments = [str(file), *self._folders, *places, *threads]
        child = Child(trial.number, arguments, self._capacity.environment(place), self._messages)
        self._running[trial.number] = Running(trial, child, place, trial.seconds, trial.steps)
        print(f"trial {trial.number}: {_described(trial)}", file=sys.stderr, flush=True)

    def _take(self, message: Message) -> None:
        running = self._running.get(message.number)
        if running is None:
            return
        trial = running.trial
        match message:
            case Ended():
                del self._running[message.number]
                if trial.state == "running":
                    self._judge(running, message)
                self._sweep()
            case _ if trial.state != "running":
                pass
            case Progressed():
                running.step, running.note = message.done, message.note
                self._tell()
            case Measured():
                self._measure(running, message.point)

    def _measure(self, running: Running, point: dict[str, Any]) -> None:
        memory = point.get("memory")
        if isinstance(memory, int | float):
            running.measured = True
            self._largest = max(self._largest or 0, int(memory))
        loss = point.get("validation_loss")
        if not isinstance(loss, int | float):
            return
        if self._trials.validated(running.trial, int(point["step"]), float(loss), running.seconds):
            self._prune(running.trial, running.seconds)
            running.child.stop(GRACE)

    def _prune(self, trial: Trial, seconds: float) -> None:
        self._close(trial, "pruned", seconds, None)

    def _judge(self, running: Running, end: Ended) -> None:
        """What has become of a trial whose process ended by itself."""
        trial, error = running.trial, end.error
        if end.status == 0:
            summary = json.loads((trial.folder / "history" / "summary.json").read_text("utf-8"))
            best = summary["best"]
            loss = None if best is None else float(best["validation_loss"])
            if loss is not None and math.isfinite(loss):
                trial.steps, trial.loss = int(summary["steps"]), loss
                self._close(trial, "complete", running.seconds, None)
            else:
                self._close(
                    trial, "failed", running.seconds, say("trainer.no-number", "its validation loss is no number")
                )
            return
        if end.status == 3 and error is not None:
            texts = error.get("texts", {})
            why, hint = (heard(error[part], texts.get(part)) for part in ("message", "hint"))
            if error["code"] not in FAULTS:
                raise TrainError(error["code"], of_trial(trial.number, why), hint)
            reason = say("trainer.coded", "{code}: {why}", code=error["code"], why=why)
        elif end.status in (STATUS, -signal.SIGTERM):
            # Whoever stops a whole group of processes stops the search too.
            self._stop.check()
            reason = say("trainer.stopped", "it was stopped from outside")
        elif end.status < 0:
            reason = say(
                "trainer.killed",
                "TOW_TRAIN_WORKER_LOST: killed by signal {signal}, most often because memory ran out",
                signal=-end.status,
            )
        else:
            said = end.tail[-1] if end.tail else say("trainer.silent", "nothing was said")
            reason = say("trainer.ended", "it ended with status {status}: {said}", status=end.status, said=said)
        self._close(trial, "failed", running.seconds, reason)

    def _close(self, trial: Trial, state: State, seconds: float, reason: str | None) -> None:
        self._trials.ended(trial, state, trial.steps, trial.loss, seconds, reason)
        what = state if reason is None else f"{state}, {reason}"
        print(f"trial {trial.number}: {what}, validation loss {_loss(trial.loss)}", file=sys.stderr, flush=True)
        self._publish(len(self._trials.closed))
        self._tell(always=True)

    def _publish(self, count: int) -> None:
        """Publish the trial that ended as number `count`."""
        trial, best = self._trials.closed[count - 1], self._trials.best(count)
        point = {"step": trial.number, "validation_loss": trial.loss, "state": trial.state}
        report.metric({**point, "best": None if best is None else best.loss})

    def _tell(self, always: bool = False) -> None:
        now = time.monotonic()
        if not always and now - self._told < INTERVAL:
            return
        self._told = now
        live = [each for each in self._running.values() if each.trial.state == "running"]
        ended, best = len(self._trials.closed), self._trials.best()
        notes: list[str] = [
            say("trainer.trials-ended", "{ended} of {trials} trials", ended=ended, trials=self._search.trials)
        ]
        if best is not None:
            notes.append(say("trainer.best", "best {loss} (trial {number})", loss=_loss(best.loss), number=best.number))
        notes += [of_trial(each.trial.number, each.note) for each in live if each.note][:1]
        # A trial that ended early counts as whole, one of another length as one of the first's.
        whole = self._trials.every[1].total
        done = ended + sum(min(each.step / each.trial.total, 1) for each in live)
        report.progress(round(whole * done), whole * self._search.trials, listed(notes), "steps")

    def _sweep(self) -> None:
        """Remove what no one needs any more: all that ended trials wrote but the best one's result."""
        best = self._trials.best()
        for trial in self._trials.every.values():
            if trial.state == "running" or trial.number in self._running:
                continue
            if trial is best:
                shutil.rmtree(trial.folder / "work", ignore_errors=True)
            else:
                shutil.rmtree(trial.folder, ignore_errors=True)

    def _end_all(self) -> None:
        """Ask every process that is left to end, and wait for it."""
        for running in self._running.values():
            running.child.stop(GRACE)
        until = time.monotonic() + GRACE + 5
        while self._running and time.monotonic() < until:
            try:
                message = self._messages.get(timeout=POLL)
            except queue.Empty:
                continue
            if isinstance(message, Ended):
                del self._running[message.number]


def _described(trial: Trial) -> str:
    return ", ".join(
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in trial.settings.items()
    )


def _loss(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.4g}"
