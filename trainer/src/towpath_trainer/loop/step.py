"""One optimiser step: gradients of the whole effective batch, penalty, clipping, and the move."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from towpath_trainer.data.batch import Batch
from towpath_trainer.distributed import Group, accumulating, is_shard
from towpath_trainer.job import Job
from towpath_trainer.loop.device import Device
from towpath_trainer.loop.memory import Micro, is_out_of_memory, out_of_memory
from towpath_trainer.loop.random_state import drawn, redraw
from towpath_trainer.loop.stop import Interrupted, Stop
from towpath_trainer.objective.penalty import add_penalty_gradient
from towpath_trainer.report import say


@dataclass(frozen=True)
class Outcome:
    """What a step saw before it moved the weights."""

    loss: float
    """Mean over the targets of the effective batch, without the penalty."""
    norm: float
    """The gradient's norm before it is clipped, penalty included."""


class Stepper:
    """Makes the steps of one run."""

    def __init__(
        self,
        job: Job,
        module: nn.Module,
        parameters: list[nn.Parameter],
        optimiser: torch.optim.Optimizer,
        device: Device,
        group: Group,
        micro: Micro,
        stop: Stop,
    ) -> None:
        """`module` is what is called, `parameters` what is trained."""
        self._job = job
        self._module = module
        self._parameters = parameters
        self._optimiser = optimiser
        self._device = device
        self._group = group
        self._micro = micro
        self._stop = stop

    def step(self, batch: Batch, targets: float, rate: float) -> Outcome:
        """Move the weights by this process's share of a batch.

        `targets` counts over all shares: the loss is the mean over all of them, however they are cut up. Raises
        Interrupted, with nothing changed, when the run is asked to stop and is a single process.
        """
        total = self._gradients(batch, targets)
        try:
            norm = self._move(rate)
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                raise out_of_memory(
                    say("trainer.optimiser-memory", "the optimiser does not fit beside the weights")
                ) from error
            raise
        # The only place where the processor waits for the device.
        loss, norm = torch.stack([total, norm]).tolist()
        return Outcome(self._group.total(loss)[0] / max(targets, 1), norm)

    def _gradients(self, batch: Batch, targets: float) -> Tensor:
        """The gradient of the mean loss in every parameter; returns this share's summed loss, on the device.

        When memory runs out it starts over, with the same draws, in smaller parts.
        """
        draws = drawn(self._device)
        while True:
            try:
                return self._accumulate(batch, targets)
            except Interrupted:
                self._optimiser.zero_grad(set_to_none=True)
                redraw(draws, self._device)
                raise
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
            # Outside `except`: the error holds the frames, and they hold the tensors.
            self._optimiser.zero_grad(set_to_none=True)
            redraw(draws, self._device)
            self._micro.halve(say("trainer.a-step", "a training step"))

    def _accumulate(self, batch: Batch, targets: float) -> Tensor:
        # DDP and FSDP average over processes what is to be summed.
        scale = self._group.size / max(targets, 1)
        alone = self._group.size == 1
        total = torch.zeros((), device=self._device.torch)
        size = self._micro.size
        # Other processes would wait for ever for one that breaks off.
        with self._stop.breaking(alone and not self._job.compile):
            for start in range(0, len(batch), size):
                self._stop.check(alone)
                part = batch.part(start, start + size).to(self._device.torch)
                with accumulating(self._module, last=start + size >= len(batch)):
                    with self._device.computing():
                        loss, _ = self._module(part, self._job.loss)
                    (loss * scale).backward()
                total += loss.detach()
        return total

    def _move(self, rate: float) -> Tensor:
        """Penalise, clip, move; returns the gradient's norm, on the device."""
        add_penalty_gradient(self._parameters, self._job.penalty)
        gradients = [each.grad for each in self._parameters if each.grad is not None]
        norm = torch.nn.utils.get_total_norm(gradients)
        if is_shard(norm):
            norm = norm.full_tensor()
        if self._job.clip > 0:
            torch.nn.utils.clip_grads_with_norm_(self._parameters, self._job.clip, norm)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        return norm.float()
