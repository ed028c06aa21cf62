"""How fast a run is, what it takes, and how long it will take."""

import re
import resource
import sys
from collections import deque
from pathlib import Path

import torch

from towpath_trainer.loop.device import Device
from towpath_trainer.report import say

# Dense peaks from NVIDIA's data sheets, FLOP/s in bfloat16 and in TF32 (where float32 matrices are multiplied in it).
# The first row wins whose name stands in the device's as words of their own.
PEAKS = (
    ("B200", 2250e12, 1100e12),
    ("H200 NVL", 835e12, 417.5e12),
    ("H200", 989.4e12, 494.7e12),
    ("GH200", 989.4e12, 494.7e12),
    ("H100 PCIe", 756e12, 378e12),
    ("H100 NVL", 835e12, 417.5e12),
    ("H100", 989.4e12, 494.7e12),
    ("A100", 312e12, 156e12),
    ("L40S", 362e12, 183e12),
    ("L40", 181e12, 90.5e12),
    ("L4", 121e12, 60e12),
    ("A10G", 70e12, 35e12),
    ("A10", 125e12, 62.5e12),
)
_RECENT = 20


def peak(device: Device) -> float | None:
    """FLOP/s that a device can reach at most in the job's precision, or None where that is not known."""
    if not device.is_cuda:
        return None
    column = 2 if device.reduced is None else 1
    return next((row[column] for row in PEAKS if re.search(rf"\b{row[0]}\b", device.name)), None)


def memory(device: Device) -> int:
    """Bytes: the most that PyTorch has held on a GPU, or what the process holds now on the CPU."""
    if device.is_cuda:
        return torch.cuda.max_memory_allocated(device.torch)
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        # Outside Linux: the most it has held. macOS counts bytes.
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


class Pace:
    """Speed over the last steps; validations and checkpoints are not counted."""

    def __init__(self, flops_per_token: float, peak_flops: float | None) -> None:
        """`peak_flops`: of all devices of the job together."""
        self._flops = flops_per_token
        self._peak = peak_flops
        self._recent: deque[tuple[int, float]] = deque(maxlen=_RECENT)

    def step(self, tokens: int, seconds: float) -> tuple[float, float | None]:
        """Take a step into account; returns its tokens/s and MFU (Chowdhery et al., 2022), None without a peak."""
        self._recent.append((tokens, seconds))
        speed = tokens / seconds
        return speed, None if self._peak is None else speed * self._flops / self._peak

    def note(self, line: dict[str, float]) -> str:
        """The progress of a step for people; whoever shows it tells the time left."""
        tokens, seconds = (sum(each) for each in zip(*self._recent, strict=True))
        figures = {
            "loss": f"{line['loss']:.3g}",
            "rate": f"{line['rate']:.1e}".replace("e-0", "e-"),
            "norm": f"{line['norm']:.2g}",
            "speed": f"{tokens / seconds:,.0f}",
            "memory": f"{line['memory'] / 1e9:.1f}",
        }
        if line["mfu"] is None:
            return say(
                "trainer.pace", "loss {loss}, rate {rate}, norm {norm}, {speed} tokens/s, {memory} GB", **figures
            )
        return say(
            "trainer.pace-mfu",
            "loss {loss}, rate {rate}, norm {norm}, {speed} tokens/s, MFU {mfu}, {memory} GB",
            mfu=f"{line['mfu']:.0%}",
            **figures,
        )
