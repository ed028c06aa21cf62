"""Tells a loss that jumps or is no number, and remembers the batches that were left out for it."""

import json
import math
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from towpath_trainer.data.shards import Tokens
from towpath_trainer.job import Spikes
from towpath_trainer.loop.tensor_file import write_json
from towpath_trainer.report import TrainError, say

FILE = "skipped.json"
MOST = 10
"""Batches that a job may leave out: more of them are no accident of the data."""
FEWEST = 8
"""Losses before a spike is told: the first ones of a run fall fast, and their median says nothing."""
NAMED = 20
"""Documents that a message names."""


@dataclass(frozen=True)
class Skipped:
    """A batch that was left out, and why."""

    batch: int
    step: int
    reason: str
    documents: list[str]


class RollBack(Exception):
    """Go back to the last checkpoint and on from there without the batch that was just written down."""


def trouble(loss: float, norm: float, losses: list[float], spikes: Spikes) -> str | None:
    """What is wrong with a step's loss and gradient norm, given the losses before it; None when nothing is."""
    if not math.isfinite(loss):
        return say("trainer.loss-is", "the loss is {loss}", loss=str(loss))
    if not math.isfinite(norm):
        return say("trainer.norm-is", "the gradient's norm is {norm} (loss {loss})", norm=str(norm), loss=f"{loss:.4g}")
    if len(losses) < min(FEWEST, spikes.window):
        return None
    median = statistics.median(losses)
    if loss > spikes.threshold * median > 0:
        return say(
            "trainer.loss-jumps",
            "the loss is {loss}, {times} times the median of the {steps} steps before it",
            loss=f"{loss:.4g}",
            times=f"{loss / median:.3g}",
            steps=len(losses),
        )
    return None


class Skips:
    """The batches left out, kept in the work folder."""

    def __init__(self, work: Path) -> None:
        """Read what earlier runs of the job left out."""
        self._path = work / FILE
        self.every: list[Skipped] = []
        if self._path.exists():
            self.every = [Skipped(**each) for each in json.loads(self._path.read_text("utf-8"))]

    def __contains__(self, batch: int) -> bool:
        """Whether a batch is left out."""
        return any(each.batch == batch for each in self.every)

    def add(self, skipped: Skipped, writes: bool) -> None:
        """Leave a batch out from now on; it is on the disk when this returns, if this process `writes`.

        Raises TrainError TOW_TRAIN_DIVERGED when there are too many.
        """
        if len(self.every) >= MOST:
            raise diverged(skipped, say("trainer.left-out", "{most} batches were left out already", most=MOST))
        self.every.append(skipped)
        if writes:
            write_json(self._path, [asdict(each) for each in self.every])


def diverged(bad: Skipped, also: str | None = None) -> TrainError:
    """The error that stops a job."""
    why = bad.reason
    if also is not None:
        why = say("trainer.also", "{why} ({also})", why=why, also=also)
    message = say(
        "trainer.diverged",
        "step {step}, batch {batch}: {why}; documents of the batch: {documents}",
        step=bad.step,
        batch=bad.batch,
        why=why,
        documents=_named(bad.documents),
    )
    hint = say(
        "trainer.calm",
        "Lower optimiser.learning_rate, lengthen schedule.warmup or set clip; "
        "for a single bad batch, spikes.action: skip leaves it out.",
    )
    return TrainError("TOW_TRAIN_DIVERGED", message, hint)


def _named(documents: list[str]) -> object:
    if not documents:
        return say("trainer.unknown", "unknown")
    more = len(documents) - NAMED
    if more <= 0:
        return documents
    return say("trainer.and-more", "{named} and {more} more", named=documents[:NAMED], more=more)


def documents_of(tokens: Tokens, indices: np.ndarray) -> list[str]:
    """The documents, or rows where they have none, that sequences of the training split are made of."""
    names = (str(row.get("document") or row["id"]) for row in tokens.rows("train", indices.tolist()))
    return list(dict.fromkeys(names))
