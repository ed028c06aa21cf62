"""The loss over the validation split."""

from collections.abc import Callable

import torch
from torch import nn

from towpath_trainer.data.batch import Batch
from towpath_trainer.data.loader import Loader
from towpath_trainer.data.shards import Split
from towpath_trainer.distributed import Group
from towpath_trainer.job import Job, Loss
from towpath_trainer.loop.device import Device
from towpath_trainer.loop.memory import Micro, is_out_of_memory
from towpath_trainer.loop.stop import Stop
from towpath_trainer.report import say


class Validation:
    """Measures a model on a split, every process a part of it."""

    def __init__(
        self,
        module: nn.Module,
        split: Split,
        job: Job,
        device: Device,
        group: Group,
        micro: Micro,
        stop: Stop,
    ) -> None:
        """Label smoothing and z-loss are left out, so that jobs with and without them compare."""
        self._module = module
        self._split = split
        self._loss = Loss(name=job.loss.name)
        self._isolate = job.data.isolate
        self._device = device
        self._group = group
        self._micro = micro
        self._stop = stop

    def measure(self, told: Callable[[int, int], None]) -> float:
        """The mean loss over all targets; `told` hears of the parts done and of how many there are.

        Raises Interrupted when the run is asked to stop and is a single process.
        """
        self._module.eval()
        try:
            while True:
                try:
                    with torch.no_grad():
                        return self._mean(told)
                except (RuntimeError, MemoryError) as error:
                    if not is_out_of_memory(error):
                        raise
                self._micro.halve(say("trainer.validation", "validation"))
        finally:
            self._module.train()

    def _mean(self, told: Callable[[int, int], None]) -> float:
        size, alone = self._micro.size, self._group.size == 1
        most = -(-len(self._split) // self._group.size)
        rounds = -(-most // size)
        mine = range(self._group.rank, len(self._split), self._group.size)

        def read(number: int) -> tuple[Batch, bool]:
            indices = list(mine[number * size : (number + 1) * size])
            # With FSDP every process must take part in every forward pass, also one that has no sequence left.
            batch = self._split.batch(indices or [0])
            return batch if self._isolate else batch.joined(), bool(indices)

        total, targets = torch.zeros((), dtype=torch.float64, device=self._device.torch), 0
        with Loader(read, range(rounds), depth=2) as loader:
            for number, (batch, counts) in loader:
                told(number, rounds)
                with self._stop.breaking(alone), self._device.computing():
                    loss, _ = self._module(batch.to(self._device.torch), self._loss)
                if counts:
                    total += loss
                    targets += batch.count
        loss, count = self._group.total(total.item(), targets)
        return loss / max(count, 1)
