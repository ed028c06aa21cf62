"""How many trials a machine holds at a time.

On the CPU one for every two cores: small models gain little from more threads, and the more trials run at a time, the
less of each other's results they know. A further trial starts only while the memory that is left would hold the largest
one seen so far and a quarter more, and until one has told its size it runs alone. With CUDA one for every GPU, or for
as many GPUs as the job has processes.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch

from towpath_trainer.job import Job
from towpath_trainer.loop.device import device_type

CORES = 2
MARGIN = 1.25


@dataclass(frozen=True)
class Capacity:
    """Places for trials; `guarded` where memory decides how many of them are taken."""

    places: int
    threads: int
    """Of each process of a trial."""
    devices: tuple[str, ...]
    """For each place the CUDA devices that it sees, where there are any."""
    guarded: bool

    def environment(self, place: int) -> dict[str, str]:
        """What is added to the environment of a trial at a place."""
        threads = {"OMP_NUM_THREADS": str(self.threads)}
        return {**threads, "CUDA_VISIBLE_DEVICES": self.devices[place]} if self.devices else threads

    def has_room(self, running: int, fresh: int, largest: int | None) -> bool:
        """Whether one more trial may start beside those running. `fresh` of them have not taken their memory yet;
        `largest`: the bytes that the largest trial so far has taken."""
        if running == 0:
            return True
        if running >= self.places:
            return False
        return not self.guarded or (largest is not None and available_memory() >= MARGIN * largest * (fresh + 1))


def capacity(job: Job, parallel: int, trials: int, threads: int | None) -> Capacity:
    """The places for a search: `parallel` of them, or as many as the machine holds where it is 0.

    Raises TrainError TOW_TRAIN_NO_CUDA as a job does.
    """
    cores = threads or len(os.sched_getaffinity(0))
    cards = _cards() if device_type(job) == "cuda" else []
    if parallel > 0:
        places = min(parallel, trials)
    elif cards:
        places = min(len(cards) // job.processes, trials)
    else:
        places = min(max(1, cores // (CORES * job.processes)), trials)
    share = max(1, cores // (places * job.processes))
    size = job.processes
    devices = (
        tuple(
            ",".join(cards[(place * size + number) % len(cards)] for number in range(size)) for place in range(places)
        )
        if cards
        else ()
    )
    return Capacity(places, share, devices, guarded=parallel == 0 and not cards)


def available_memory() -> int:
    """Bytes that can be taken without swapping: the machine's, or what the control group leaves."""
    left = int(psutil.virtual_memory().available)
    group = Path("/sys/fs/cgroup")
    try:
        limit = (group / "memory.max").read_text().strip()
        if limit != "max":
            left = min(left, int(limit) - int((group / "memory.current").read_text()) + _reclaimable(group))
    except (OSError, ValueError):
        pass
    return max(0, left)


def _reclaimable(group: Path) -> int:
    """Bytes of files that the group counts as its own and gives back when asked."""
    facts = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
    return int(facts.get("inactive_file", 0))


def _cards() -> list[str]:
    listed = os.environ.get("CUDA_VISIBLE_DEVICES")
    names = listed.split(",") if listed else [str(number) for number in range(torch.cuda.device_count())]
    return names[: torch.cuda.device_count()]
