"""Energy from the counters of the machine: Intel and AMD packages through powercap (RAPL), and NVIDIA's NVML.

They count what the whole package or card takes, other programs included.
"""

from pathlib import Path

POWERCAP = Path("/sys/class/powercap")


class Energy:
    """Joules since it was made. Ask often: a package's counter starts over after minutes of full load."""

    def __init__(self, cuda: list[int], powercap: Path = POWERCAP) -> None:
        """Read the packages' counters, and those of the CUDA devices of these numbers."""
        self._packages = [each for each in sorted(powercap.glob("intel-rapl:*")) if each.name.count(":") == 1]
        self._last = [_microjoules(each) for each in self._packages]
        self._joules = 0.0
        self._cards = _Cards(cuda)

    def joules(self) -> float | None:
        """Joules so far, or None where no counter can be read."""
        values = [_microjoules(each) for each in self._packages]
        for package, before, now in zip(self._packages, self._last, values, strict=True):
            if before is None or now is None:
                continue
            if now < before:
                now += int((package / "max_energy_range_uj").read_text())
            self._joules += (now - before) / 1e6
        self._last = values
        cards = self._cards.joules()
        if cards is None and all(each is None for each in values):
            return None
        return self._joules + (cards or 0.0)


class _Cards:
    """NVML's counters, where nvidia-ml-py is installed and the cards have them."""

    def __init__(self, numbers: list[int]) -> None:
        self._handles: list[object] = []
        self._start = 0.0
        if not numbers:
            return
        try:
            import pynvml

            pynvml.nvmlInit()
            self._read = pynvml.nvmlDeviceGetTotalEnergyConsumption
            self._handles = [pynvml.nvmlDeviceGetHandleByIndex(each) for each in numbers]
            self._start = self._sum()
        except Exception:  # No module, no driver, no counter: all mean that it is not known.
            self._handles = []

    def joules(self) -> float | None:
        return self._sum() - self._start if self._handles else None

    def _sum(self) -> float:
        return sum(self._read(each) for each in self._handles) / 1e3


def _microjoules(package: Path) -> int | None:
    try:
        return int((package / "energy_uj").read_text())
    except (OSError, ValueError):
        return None
