"""A run from its start, or its last checkpoint, to its result."""

import itertools
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from towpath_trainer import report
from towpath_trainer.data.batch import Batch
from towpath_trainer.data.loader import Loader
from towpath_trainer.data.order import batch_indices
from towpath_trainer.data.shards import Tokens
from towpath_trainer.distributed import Group, cut_like, spread, whole
from towpath_trainer.job import Job
from towpath_trainer.loop import early, health, measure
from towpath_trainer.loop.checkpoint import Checkpoints
from towpath_trainer.loop.device import Device
from towpath_trainer.loop.energy import Energy
from towpath_trainer.loop.history import History, is_logged
from towpath_trainer.loop.memory import Micro
from towpath_trainer.loop.random_state import every_state, restore_every, seed_every
from towpath_trainer.loop.result import summary_of, write_history, write_model
from towpath_trainer.loop.state import State
from towpath_trainer.loop.step import Stepper
from towpath_trainer.loop.stop import Interrupted, Stop
from towpath_trainer.loop.validate import Validation
from towpath_trainer.models.build import build_model
from towpath_trainer.models.interface import parameter_count
from towpath_trainer.objective.projected import compile_chunks
from towpath_trainer.optim.optimisers import make_optimiser, restore_state, state_tensors
from towpath_trainer.optim.schedules import rate
from towpath_trainer.report import TrainError, say


@dataclass(frozen=True)
class Folders:
    """Where a run reads and writes."""

    tokens: Path
    base: Path | None
    tokenizer: Path | None
    work: Path
    out: Path
    history: Path


class Training:
    """One run of a job. Made anew after a roll-back: it starts from the last checkpoint like any other run."""

    def __init__(
        self, job: Job, folders: Folders, identity: str, device: Device, group: Group, stop: Stop, report_from: int
    ) -> None:
        """Build the model and go to the last checkpoint.

        Raises TrainError for data or a job that does not fit, and TOW_TRAIN_CHECKPOINT_FOREIGN.
        """
        self._job, self._folders, self._device, self._group, self._stop = job, folders, device, group, stop
        self._tokens = Tokens(folders.tokens)
        self._train, self._held_out = self._tokens.split("train"), self._tokens.split("validation")
        if len(self._train) == 0:
            raise TrainError("TOW_TRAIN_NO_DATA", say("trainer.no-sequence", "the training split holds no sequence"))
        if job.batch.sequences % group.size != 0:
            raise TrainError(
                "TOW_TRAIN_JOB_UNFIT",
                say(
                    "trainer.uneven",
                    "batch.sequences {sequences} cannot be shared evenly by {processes} processes",
                    sequences=job.batch.sequences,
                    processes=group.size,
                ),
                say("trainer.multiple", "Set batch.sequences to a multiple of {processes}.", processes=group.size),
            )
        self._share = job.batch.sequences // group.size
        self.steps = steps_of(job, len(self._train))
        seed_every(job.seed, group.rank)
        model = build_model(job, vocabulary=self._tokens.manifest.vocabulary, base=folders.base).to(device.torch)
        self._flops = model.flops_per_token()
        self._parameters = {"all": parameter_count(model), "trainable": parameter_count(model, trainable=True)}
        if job.compile:
            compile_model(model, sharded=group.size > 1 and job.sharding == "fsdp")
        self._module = spread(model, group, job.sharding, device.reduced).train()
        self._model = model
        self._trained = model.trainable()
        self._optimiser = make_optimiser(self._trained.values(), job.optimiser)
        self._micro = Micro(folders.work, job.batch.micro, self._share, group.size)
        self._stepper = Stepper(
            job, self._module, list(self._trained.values()), self._optimiser, device, group, self._micro, stop
        )
        self._validation = Validation(self._module, self._held_out, job, device, group, self._micro, stop)
        self._skips = health.Skips(folders.work)
        self._checkpoints = Checkpoints(folders.work, identity, job.checkpoint.keep)
        self._history = History(folders.work, report_from) if group.leads else None
        top = measure.peak(device)
        self._pace = measure.Pace(self._flops, None if top is None else top * group.size)
        self._state, self._saved = State(), 0
        self._restore()

    def run(self) -> None:
        """Train to the end and write the result.

        Raises Interrupted, with a checkpoint written, when the run is asked to stop, health.RollBack when it is to go
        on without a batch, and TrainError TOW_TRAIN_DIVERGED.
        """
        state = self._state
        energy = Energy([self._group.local] if self._device.is_cuda else [])
        joules, kept = energy.joules(), state.energy or 0.0
        numbers = (number for number in itertools.count(state.batch) if number not in self._skips)
        with Loader(self._read, itertools.islice(numbers, self.steps - state.step)) as loader:
            batches = iter(loader)
            try:
                while True:
                    self._settle()
                    joules = energy.joules()
                    state.energy = None if joules is None else kept + joules
                    if self._is_over():
                        break
                    if self._is_due():
                        self._save()
                    self._stop_if_asked()
                    begun, before = time.perf_counter(), loader.waited
                    number, batch = next(batches)
                    self._advance(number, batch, begun, loader.waited - before)
            except Interrupted:
                if self._saved != state.step or state.pending is not None:
                    self._save()
                raise
        if self._saved != state.step:
            self._save()
        self._finish()

    def _read(self, number: int) -> Batch:
        """This process's share of a batch, in memory that the device copies from without waiting."""
        indices = batch_indices(self._job.seed, number, len(self._train), self._job.batch.sequences)
        start = self._group.rank * self._share
        batch = self._train.batch(indices[start : start + self._share])
        batch = batch if self._job.data.isolate else batch.joined()
        return batch.pin() if self._device.is_cuda else batch

    def _advance(self, number: int, batch: Batch, begun: float, waited: float) -> None:
        """Make the step of one batch, unless its loss is in trouble."""
        job, state = self._job, self._state
        targets, tokens = self._group.total(batch.count, batch.tokens.numel())
        speed = rate(state.step, self.steps, job.optimiser, job.schedule)
        outcome = self._stepper.step(batch, targets, speed)
        trouble = health.trouble(outcome.loss, outcome.norm, state.losses, job.spikes)
        if trouble is not None:
            self._reject(number, trouble)
        seconds = time.perf_counter() - begun
        per_second, mfu = self._pace.step(int(tokens), seconds)
        state.step += 1
        state.batch = number + 1
        state.losses = [*state.losses, outcome.loss][-job.spikes.window :]
        state.tokens += int(tokens)
        state.seconds += seconds
        state.waited += waited
        state.pending = {
            "step": state.step,
            "batch": number,
            "loss": outcome.loss,
            "rate": speed,
            "norm": outcome.norm,
            "tokens_per_second": round(per_second, 1),
            "mfu": mfu,
            "memory": measure.memory(self._device),
            "waited": round(waited, 6),
        }

    def _settle(self) -> None:
        """Validate after a step where that is due, then write its line: one that was broken off is settled first."""
        state = self._state
        line = state.pending
        if line is None:
            return
        every = self._job.validate.every
        if len(self._held_out) > 0 and (state.step % every == 0 or state.step == self.steps):
            begun = time.perf_counter()
            line["validation_loss"] = self._validation.measure(self._tell_validation)
            state.seconds += time.perf_counter() - begun
            early.judge(state, line["validation_loss"])
        state.pending = None
        if self._history is not None:
            self._history.add(line, is_logged(state.step, self.steps))
            if self._history.may_tell(state.step == self.steps):
                report.progress(state.step, self.steps, self._pace.note(line), "steps")

    def _tell_validation(self, done: int, of: int) -> None:
        if self._history is not None and self._history.may_tell():
            note = say("trainer.validating", "validating, {done} of {all}", done=done, all=of)
            report.progress(self._state.step, self.steps, note, "steps")

    def _is_over(self) -> bool:
        return self._state.step >= self.steps or early.is_over(self._state, self._job.validate.patience)

    def _is_due(self) -> bool:
        """Whether this step's checkpoint must be written: the best one is always kept, for it may be the result."""
        state = self._state
        is_best = state.best is not None and state.best.step == state.step
        return self._saved != state.step and (state.step % self._job.checkpoint.every == 0 or is_best)

    def _stop_if_asked(self) -> None:
        if self._group.total(float(self._stop.asked))[0] > 0:
            raise Interrupted

    def _reject(self, number: int, reason: str) -> None:
        """Stop, or go back and leave the batch out."""
        indices = batch_indices(self._job.seed, number, len(self._train), self._job.batch.sequences)
        bad = health.Skipped(number, self._state.step + 1, reason, health.documents_of(self._tokens, indices))
        if self._job.spikes.action == "stop":
            raise health.diverged(bad)
        self._skips.add(bad, self._group.leads)
        raise health.RollBack(f"step {bad.step}, batch {bad.batch}: {reason}; going back to step {self._saved}")

    def _parts(self) -> dict[str, dict[str, Tensor]]:
        random = {name: self._group.gather(state) for name, state in every_state(self._device).items()}
        return {
            "weights": {name: each.detach() for name, each in self._trained.items()},
            "optimiser": state_tensors(self._optimiser, self._trained),
            "random": {name: torch.stack(states) for name, states in random.items()},
        }

    def _save(self) -> None:
        parts = self._parts()
        if self._history is None:
            self._checkpoints.join_save(parts, whole)
        else:
            self._history.sync()
            self._checkpoints.save(self._state, parts, whole)
        self._saved = self._state.step

    @torch.no_grad()
    def _restore(self) -> None:
        """Go to the last whole checkpoint; the lines after it will be written again."""
        step = self._group.first(self._checkpoints.newest() if self._group.leads else 0)
        if self._history is not None:
            self._history.back_to(step)
        if step == 0:
            return
        kept = self._checkpoints.read(step)
        for name, parameter in self._trained.items():
            parameter.copy_(cut_like(kept.weights[name], parameter))
        optimiser = {
            key: cut_like(value, self._trained[key.rsplit("/", 1)[0]]) for key, value in kept.optimiser.items()
        }
        restore_state(self._optimiser, self._trained, optimiser)
        restore_every({name: states[self._group.rank] for name, states in kept.random.items()}, self._device)
        self._state, self._saved = kept.state, step
        best = self._state.best
        if best is not None and best.step != step and not self._checkpoints.holds(best.step):
            self._state.best = None

    def _finish(self) -> None:
        if self._history is None:
            return
        job, state, folders = self._job, self._state, self._folders
        weights = self._checkpoints.weights(state.step if state.best is None else state.best.step)
        kind = "adapter" if job.source == "generator" and job.method == "lora" else "model"
        write_model(folders.out, self._model, weights, kind, folders.tokenizer or folders.base)
        facts = {
            "parameters": self._parameters,
            "device": self._device.name,
            "precision": self._device.precision,
            "threads": self._device.threads,
            "micro": self._micro.size,
        }
        stopped = "finished" if state.step >= self.steps else "early"
        summary = summary_of(job, state, stopped, self._skips.every, facts)
        write_history(folders.history, self._history.read(), summary)


def steps_of(job: Job, sequences: int) -> int:
    """Optimiser steps of a job over so many training sequences."""
    return job.steps or max(1, math.ceil(job.epochs * sequences / job.batch.sequences))


def compile_model(model: Any, sharded: bool) -> None:  # noqa: ANN401
    """Compile the layers, and the loss of a chunk of targets: which positions those are is cut by the data.

    FSDP gathers the weights between blocks, so there each block is compiled by itself.
    """
    if sharded:
        for block in model.blocks():
            block.compile()
    else:
        model.hidden = torch.compile(model.hidden)
    compile_chunks()
