"""Checkpoints: folders `step-00000100` that are whole or not there.

    weights.safetensors     the parameters that training moves
    optimiser.safetensors   what the optimiser remembers
    random.safetensors      the generators' states, one column per process
    checkpoint.json         the run's state, and the size and SHA-256 of the files

A folder is written under another name, brought to the disk and renamed. One that does not hold what it says is told,
removed, and the one before it taken.
"""

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from torch import Tensor

from towpath_trainer.loop.state import State
from towpath_trainer.loop.tensor_file import consume, read_tensors, sha256, sync_folder, write_json, write_tensors
from towpath_trainer.report import TrainError, say

FACTS = "checkpoint.json"
PARTS = ("weights", "optimiser", "random")
HALF = ".half"
_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True)
class Checkpoint:
    """One that was read and is whole."""

    state: State
    weights: dict[str, Tensor]
    optimiser: dict[str, Tensor]
    random: dict[str, Tensor]


class Damaged(Exception):
    """A checkpoint does not hold what it says."""


class Checkpoints:
    """The checkpoints of one job in its work folder."""

    def __init__(self, work: Path, identity: str, keep: int) -> None:
        """`identity` is the digest of what decides the result; `keep` of the last ones stay, and the best they name."""
        self._work = work
        self._identity = identity
        self._keep = max(1, keep)

    def steps(self) -> list[int]:
        """The steps that have a checkpoint, in order."""
        return sorted(
            int(each.name.removeprefix("step-"))
            for each in self._work.glob("step-*")
            if each.name.removeprefix("step-").isdigit()
        )

    def save(self, state: State, parts: Mapping[str, Mapping[str, Tensor]], whole: Callable[[Tensor], Tensor]) -> None:
        """Write a checkpoint of `state` and remove those that are not needed beside it.

        Raises OSError when it cannot be written; what was written of it is gone then, and the others are as they were.
        """
        target = self._folder(state.step)
        half = target.with_name(target.name + HALF)
        shutil.rmtree(half, ignore_errors=True)
        try:
            half.mkdir()
            files = {}
            for part in PARTS:
                digest = write_tensors(half / f"{part}.safetensors", parts[part], whole)
                files[part] = {"bytes": (half / f"{part}.safetensors").stat().st_size, "sha256": digest}
            facts = {"schema": 1, "identity": self._identity, "files": files, "state": state.plain()}
            write_json(half / FACTS, facts)
            sync_folder(half)
            shutil.rmtree(target, ignore_errors=True)
            half.rename(target)
            sync_folder(self._work)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
        self._prune()

    def join_save(self, parts: Mapping[str, Mapping[str, Tensor]], whole: Callable[[Tensor], Tensor]) -> None:
        """The part in `save` of a process that does not write."""
        for part in PARTS:
            consume(parts[part], whole)

    def newest(self) -> int:
        """The step of the last checkpoint that is whole, 0 when there is none. Removes damaged and unfinished ones.

        Raises TrainError TOW_TRAIN_CHECKPOINT_FOREIGN when it belongs to another job.
        """
        for rest in self._work.glob(f"*{HALF}"):
            shutil.rmtree(rest, ignore_errors=True)
        for step in reversed(self.steps()):
            try:
                self._check(step)
                return step
            except Damaged as damage:
                print(f"checkpoint of step {step} is damaged ({damage}): taking the one before", file=sys.stderr)
                shutil.rmtree(self._folder(step))
        return 0

    def read(self, step: int) -> Checkpoint:
        """Read the checkpoint of a step."""
        folder = self._folder(step)
        state = State.read(self._facts(step)["state"])
        return Checkpoint(state, *(read_tensors(folder / f"{part}.safetensors") for part in PARTS))

    def weights(self, step: int) -> dict[str, Tensor]:
        """The weights of a step."""
        return read_tensors(self._folder(step) / "weights.safetensors")

    def holds(self, step: int) -> bool:
        """Whether a whole checkpoint of a step is there."""
        try:
            self._check(step)
            return True
        except Damaged:
            return False

    def _folder(self, step: int) -> Path:
        return self._work / f"step-{step:08}"

    def _facts(self, step: int) -> dict[str, Any]:
        path = self._folder(step) / FACTS
        try:
            if path.stat().st_size > _LARGEST:
                raise Damaged(f"{FACTS} is too large")
            facts = json.loads(path.read_text("utf-8"))
            if facts["schema"] != 1 or {*facts} != {"schema", "identity", "files", "state"}:
                raise Damaged(f"{FACTS} is of another kind")
            return facts
        except (OSError, ValueError, KeyError, TypeError) as cause:
            raise Damaged(f"{FACTS}: {cause}") from cause

    def _check(self, step: int) -> None:
        facts = self._facts(step)
        if facts["identity"] != self._identity:
            raise TrainError(
                "TOW_TRAIN_CHECKPOINT_FOREIGN",
                say("trainer.foreign", "{folder} belongs to another job or other data", folder=self._folder(step)),
                say("trainer.empty-folder", "Point --work at an empty folder."),
            )
        try:
            State.read(facts["state"])
            for part in PARTS:
                path = self._folder(step) / f"{part}.safetensors"
                expected = facts["files"][part]
                if path.stat().st_size != expected["bytes"]:
                    raise Damaged(f"{path.name} has {path.stat().st_size} bytes instead of {expected['bytes']}")
                if sha256(path) != expected["sha256"]:
                    raise Damaged(f"{path.name} is not what was written")
        except (OSError, KeyError, TypeError, SafetensorError) as cause:
            raise Damaged(str(cause)) from cause

    def _prune(self) -> None:
        steps = self.steps()
        kept = set(steps[-self._keep :])
        for step in sorted(kept):
            try:
                best = self._facts(step)["state"]["best"]
            except Damaged:
                continue
            if best is not None:
                kept.add(best["step"])
        for step in steps:
            if step not in kept:
                shutil.rmtree(self._folder(step))
