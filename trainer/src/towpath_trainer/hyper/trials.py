"""The trials of a search, and how its ledger brings them back."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from towpath_trainer.hyper.ledger import Event, Ledger
from towpath_trainer.hyper.proposals import Proposals
from towpath_trainer.hyper.space import Settings
from towpath_trainer.job import Job
from towpath_trainer.report import heard, say, text_of

State = Literal["running", "complete", "pruned", "failed"]
STATES: dict[State, str] = {
    "running": say("trainer.running", "running"),
    "complete": say("trainer.complete", "complete"),
    "pruned": say("trainer.pruned", "pruned"),
    "failed": say("trainer.failed", "failed"),
}


@dataclass
class Trial:
    """One trial. `loss` is its best validation loss: of a complete one what it is ranked by."""

    number: int
    settings: Settings
    total: int
    """Optimiser steps that it has."""
    job: Job
    folder: Path
    state: State = "running"
    steps: int = 0
    """Those done in the end; of a pruned or failed one up to its last validation."""
    loss: float | None = None
    seconds: float = 0.0
    """On the clock, waiting for a rerun left out."""
    reason: str | None = None
    validations: list[tuple[int, float]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As `trials.json` holds it."""
        return {
            "number": self.number,
            "settings": self.settings,
            "state": self.state,
            "steps": self.steps,
            "validation_loss": self.loss,
            "seconds": round(self.seconds, 3),
            **({} if self.reason is None else {"reason": self.reason}),
            **({} if text_of(self.reason) is None else {"reason_text": text_of(self.reason)}),
            "validations": [[step, loss if math.isfinite(loss) else None] for step, loss in self.validations],
        }


class Trials:
    """Every trial so far. What happens to one is written to the ledger first."""

    def __init__(self, ledger: Ledger, proposals: Proposals, make: Callable[[int, Settings], Trial]) -> None:
        """Go to where the ledger ends. `make` turns a number and settings into a Trial."""
        self._ledger = ledger
        self._proposals = proposals
        self._make = make
        self.every: dict[int, Trial] = {}
        self.closed: list[Trial] = []
        """Those that have ended, in the order in which they did."""
        self.doomed: list[Trial] = []
        """Running ones that were found worth no more time in the moment that the search was killed."""
        for event in ledger.events:
            self._replay(event)

    def running(self) -> list[Trial]:
        """Those that have not ended."""
        return [each for each in self.every.values() if each.state == "running"]

    def best(self, of: int | None = None) -> Trial | None:
        """The complete trial with the lowest loss, of equals the one with the lowest number; of all that have ended, or
        of the first so many."""
        complete = [each for each in self.closed[:of] if each.state == "complete"]
        return min(complete, key=lambda each: (each.loss, each.number), default=None)

    def ask(self) -> Trial | None:
        """A new trial, or None where the ranges hold no other settings."""
        number = len(self.every) + 1
        settings = self._proposals.ask(number)
        if settings is None:
            return None
        self._ledger.append({"event": "asked", "number": number, "settings": settings})
        return self._add(number, settings)

    def validated(self, trial: Trial, step: int, loss: float, seconds: float) -> bool:
        """Take a validation into account, once; returns whether the trial is to end for it."""
        if trial.validations and step <= trial.validations[-1][0]:
            return False
        event = {"event": "validated", "number": trial.number, "step": step, "loss": loss, "seconds": seconds}
        self._ledger.append(event)
        return self._validated(trial, event)

    def ended(
        self, trial: Trial, state: State, steps: int, loss: float | None, seconds: float, reason: str | None
    ) -> None:
        """Close a trial."""
        event = {"event": "ended", "number": trial.number, "state": state, "steps": steps, "loss": loss}
        event |= {"seconds": seconds, "reason": reason, "text": text_of(reason)}
        self._ledger.append(event)
        self._ended(trial, event)

    def _replay(self, event: Event) -> None:
        match event["event"]:
            case "asked":
                self._proposals.adopt(event["number"], event["settings"])
                self._add(event["number"], event["settings"])
            case "validated":
                trial = self.every[event["number"]]
                if self._validated(trial, event):
                    self.doomed.append(trial)
            case "ended":
                trial = self.every[event["number"]]
                self._ended(trial, event)
                self.doomed = [each for each in self.doomed if each is not trial]

    def _add(self, number: int, settings: Settings) -> Trial:
        self.every[number] = trial = self._make(number, settings)
        return trial

    def _validated(self, trial: Trial, event: Event) -> bool:
        step, loss = int(event["step"]), float(event["loss"])
        trial.validations.append((step, loss))
        trial.steps, trial.seconds = step, event["seconds"]
        if math.isfinite(loss) and (trial.loss is None or loss < trial.loss):
            trial.loss = loss
        return self._proposals.validated(trial.number, step / trial.total, loss)

    def _ended(self, trial: Trial, event: Event) -> None:
        trial.state, trial.steps = event["state"], event["steps"]
        trial.reason = None if event["reason"] is None else heard(event["reason"], event.get("text"))
        trial.loss, trial.seconds = event["loss"], event["seconds"]
        self._proposals.ended(trial.number, trial.state, trial.loss)
        self.closed.append(trial)
