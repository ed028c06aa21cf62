"""Where a job computes and in which numbers."""

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch

from towpath_trainer.job import Job
from towpath_trainer.report import TrainError, say


@dataclass(frozen=True)
class Device:
    """The device of this process, and the type that matrices are multiplied in."""

    torch: torch.device
    reduced: torch.dtype | None
    """bfloat16 where the job computes in it; weights, their gradients and the optimiser stay in float32."""
    threads: int

    @property
    def name(self) -> str:
        """As people know it."""
        return torch.cuda.get_device_name(self.torch) if self.is_cuda else "cpu"

    @property
    def is_cuda(self) -> bool:
        """Whether it is a GPU."""
        return self.torch.type == "cuda"

    @property
    def precision(self) -> str:
        """`bfloat16` or `float32`."""
        return "float32" if self.reduced is None else "bfloat16"

    def computing(self) -> AbstractContextManager[object]:
        """Compute inside it with the job's precision."""
        if self.reduced is None:
            return nullcontext()
        return torch.autocast(self.torch.type, dtype=self.reduced)


def device_type(job: Job) -> str:
    """`cuda` or `cpu`, as the job asks and the machine has.

    Raises TrainError TOW_TRAIN_NO_CUDA when it asks for CUDA and PyTorch finds none, or fewer GPUs than processes.
    """
    if job.device == "cpu" or (job.device == "auto" and not torch.cuda.is_available()):
        return "cpu"
    if not torch.cuda.is_available():
        built = torch.version.cuda or say("trainer.cpu-only", "the CPU only")
        raise TrainError(
            "TOW_TRAIN_NO_CUDA",
            say(
                "trainer.no-cuda",
                "device is cuda, and PyTorch {version} (built for {built}) finds no CUDA device",
                version=torch.__version__,
                built=built,
            ),
            say(
                "trainer.install-cuda",
                "Set device: auto or cpu, or install the driver and a PyTorch that is built for CUDA.",
            ),
        )
    if torch.cuda.device_count() < job.processes:
        raise TrainError(
            "TOW_TRAIN_NO_CUDA",
            say(
                "trainer.few-gpus",
                "{processes} processes need as many CUDA devices, and there are {devices}",
                processes=job.processes,
                devices=torch.cuda.device_count(),
            ),
            say("trainer.lower-processes", "Lower processes to the number of GPUs."),
        )
    return "cuda"


def choose_device(job: Job, local: int, threads: int | None) -> Device:
    """Set PyTorch up for the job; `local` is this process's number on the machine.

    On the CPU the algorithms are deterministic, so that a resumed run repeats an undisturbed one bit for bit as long as
    it has as many threads.
    """
    kind = device_type(job)
    threads = threads or max(1, len(os.sched_getaffinity(0)) // job.processes)
    torch.set_num_threads(threads)
    if kind == "cpu":
        torch.use_deterministic_algorithms(True, warn_only=True)
        torch.utils.deterministic.fill_uninitialized_memory = False
        return Device(torch.device("cpu"), torch.bfloat16 if job.precision == "bfloat16" else None, threads)
    torch.set_float32_matmul_precision("high")
    torch.backends.cudnn.allow_tf32 = True
    device = torch.device("cuda", local)
    torch.cuda.set_device(device)
    wants = job.precision == "bfloat16" or (job.precision == "auto" and torch.cuda.is_bf16_supported())
    return Device(device, torch.bfloat16 if wants else None, threads)
