"""What happens when memory runs out: smaller micro-batches, and the same effective batch."""

import json
import sys
from pathlib import Path

import torch

from towpath_trainer.loop.tensor_file import write_json
from towpath_trainer.report import TrainError, say

FILE = "micro.json"
_SIGNS = ("can't allocate memory", "out of memory", "not enough memory", "ALLOC_FAILED", "bad_alloc")


class Restart(Exception):
    """All processes must start again: those that are well wait for the one that has run out of memory."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out. The CPU's allocator says so in words only."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(sign in str(error) for sign in _SIGNS)


def out_of_memory(what: str, processes: int = 1) -> TrainError:
    """The error for a person; `what` did not fit."""
    one = say(
        "trainer.less-memory",
        "Shorten context, take a smaller model, or method: lora in place of full; "
        "precision: bfloat16 halves what the layers in between take.",
    )
    several = say(
        "trainer.less-memory-each",
        "Shorten context, take a smaller model, or method: lora in place of full, or sharding: fsdp; "
        "precision: bfloat16 halves what the layers in between take.",
    )
    message = say("trainer.out-of-memory", "memory ran out: {what}", what=what)
    return TrainError("TOW_TRAIN_OUT_OF_MEMORY", message, one if processes == 1 else several)


class Micro:
    """Sequences per forward pass of this process; what was learnt about memory outlasts the run."""

    def __init__(self, work: Path, wanted: int, share: int, processes: int) -> None:
        """Start with what the job wants, at most this process's `share` of a step, or with what fitted last time."""
        self._path = work / FILE
        self._processes = processes
        self.size = min(wanted, share)
        if self._path.exists():
            self.size = min(self.size, max(1, int(json.loads(self._path.read_text("utf-8"))["micro"])))

    def halve(self, what: str) -> None:
        """Halve it after memory ran out in `what`.

        Raises TrainError TOW_TRAIN_OUT_OF_MEMORY when it is 1 already, and Restart when other processes are waiting.
        """
        if self.size == 1:
            raise out_of_memory(
                say("trainer.single-sequence", "{what} does not fit with a single sequence", what=what), self._processes
            )
        self.size //= 2
        write_json(self._path, {"micro": self.size})
        if self._processes > 1:
            raise Restart
        print(f"memory ran out in {what}: going on with micro-batches of {self.size}", file=sys.stderr, flush=True)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
