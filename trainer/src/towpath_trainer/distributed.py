"""Processes that train one model together: what they tell each other, and how the model is spread over them.

Numbers that decide where the loop goes (targets, a wish to stop, losses) travel over gloo as CPU tensors, so that
asking for them never makes a GPU wait.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from towpath_trainer.models.interface import LanguageModel

# A validation or a checkpoint of one process keeps the others waiting; a lost one ends the job otherwise.
WAIT = timedelta(minutes=30)


class PeerLost(Exception):
    """Another process of the job ended while this one waited for it."""


@dataclass(frozen=True)
class Group:
    """This process among those of the job."""

    rank: int = 0
    size: int = 1
    local: int = 0
    """Its number on this machine: which GPU it takes."""

    @property
    def leads(self) -> bool:
        """Whether it is the one that writes and reports."""
        return self.rank == 0

    def total(self, *values: float) -> list[float]:
        """Each value summed over the processes, in float64."""
        if self.size == 1:
            return list(values)
        tensor = torch.tensor(values, dtype=torch.float64)
        dist.all_reduce(tensor)
        return tensor.tolist()

    def first(self, value: int) -> int:
        """The value that the leading process has."""
        return int(self.total(value if self.leads else 0)[0])

    def gather(self, tensor: Tensor) -> list[Tensor]:
        """The CPU tensors that the processes have, of one shape, in order of rank."""
        if self.size == 1:
            return [tensor]
        every = [torch.empty_like(tensor) for _ in range(self.size)]
        dist.all_gather(every, tensor)
        return every


def is_worker() -> bool:
    """Whether torchrun started this process."""
    return "RANK" in os.environ and "WORLD_SIZE" in os.environ


@contextmanager
def joined(device_type: str) -> Iterator[Group]:
    """Join the processes that torchrun started; alone, there is nothing to join.

    Raises PeerLost in place of what the collectives say when another process has ended.
    """
    if not is_worker():
        yield Group()
        return
    dist.init_process_group("cpu:gloo,cuda:nccl" if device_type == "cuda" else "gloo", timeout=WAIT)
    try:
        yield Group(dist.get_rank(), dist.get_world_size(), int(os.environ.get("LOCAL_RANK", "0")))
    except RuntimeError as error:
        if isinstance(error, dist.DistError) or "gloo" in str(error):
            raise PeerLost(str(error).splitlines()[0]) from error
        raise
    dist.destroy_process_group()


def spread(model: LanguageModel, group: Group, sharding: str, reduced: torch.dtype | None) -> nn.Module:
    """The module to call in place of `model`: the same, or DDP around it, or sharded in place by FSDP2.

    `reduced` is the type that FSDP computes in; gradients are always averaged in float32.
    """
    if group.size == 1:
        return model
    if sharding == "ddp":
        return DistributedDataParallel(model, gradient_as_bucket_view=True)
    # Not at the top: it takes a second, which a single process need not wait for.
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.fsdp import MixedPrecisionPolicy, fully_shard

    kind = next(model.parameters()).device.type
    mesh = init_device_mesh(kind, (group.size,))
    policy = MixedPrecisionPolicy(param_dtype=reduced, reduce_dtype=torch.float32)
    for block in model.blocks():
        fully_shard(block, mesh=mesh, mp_policy=policy)
    fully_shard(model, mesh=mesh, mp_policy=policy)
    return model


@contextmanager
def accumulating(module: nn.Module, last: bool) -> Iterator[None]:
    """Leave averaging over the processes to the last micro-batch of a step.

    Not so with FSDP: gradients that wait to be averaged are whole, and holding them whole is what it is there to avoid.
    """
    if last or not isinstance(module, DistributedDataParallel):
        yield
        return
    with module.no_sync():
        yield


def is_shard(tensor: Tensor) -> bool:
    """Whether FSDP has cut the tensor up: a DTensor, whose module takes a second to import."""
    return hasattr(tensor, "full_tensor")


def whole(tensor: Tensor) -> Tensor:
    """A tensor as one process would hold it, on the CPU. Every process must call it for a shard."""
    full = tensor.full_tensor() if is_shard(tensor) else tensor
    return full.detach().cpu()


def cut_like(tensor: Tensor, model: Tensor) -> Tensor:
    """This process's shard of a whole tensor, cut as `model` is; the tensor itself where `model` is whole."""
    if not is_shard(model) or tensor.shape != model.shape:
        return tensor
    from torch.distributed.tensor import distribute_tensor

    held = tensor.to(model.to_local().device)
    return distribute_tensor(held, model.device_mesh, model.placements, src_data_rank=None)
