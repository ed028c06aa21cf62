"""The state of every random generator as tensors, so that a resumed run draws what an undisturbed one would."""

import random

import numpy as np
import torch
from torch import Tensor

from towpath_trainer.loop.device import Device

# Any number that is no draw stands for "none kept".
_NONE = float("nan")


def drawn(device: Device) -> dict[str, Tensor]:
    """The states now. PyTorch's own are all that a step draws from; they cost microseconds."""
    states = {"torch": torch.get_rng_state()}
    if device.is_cuda:
        states["cuda"] = torch.cuda.get_rng_state(device.torch)
    return states


def redraw(states: dict[str, Tensor], device: Device) -> None:
    """Go back to what `drawn` gave."""
    # A copy: PyTorch 2.13 reads a state from where its memory begins, and crashes on a row of a matrix.
    torch.set_rng_state(states["torch"].clone())
    if device.is_cuda:
        torch.cuda.set_rng_state(states["cuda"].clone(), device.torch)


def every_state(device: Device) -> dict[str, Tensor]:
    """PyTorch's, NumPy's and Python's states."""
    version, words, gauss = random.getstate()
    kind, keys, place, has_gauss, cached = np.random.get_state(legacy=True)
    assert version == 3 and kind == "MT19937"
    return {
        **drawn(device),
        "python": torch.tensor(words, dtype=torch.int64),
        "python_gauss": torch.tensor([_NONE if gauss is None else gauss], dtype=torch.float64),
        "numpy": torch.tensor([*keys.tolist(), place, has_gauss], dtype=torch.int64),
        "numpy_gauss": torch.tensor([cached], dtype=torch.float64),
    }


def restore_every(states: dict[str, Tensor], device: Device) -> None:
    """Put back what `every_state` gave."""
    redraw(states, device)
    gauss = states["python_gauss"].item()
    random.setstate((3, tuple(states["python"].tolist()), None if gauss != gauss else gauss))
    *keys, place, has_gauss = states["numpy"].tolist()
    np.random.set_state(("MT19937", np.array(keys, dtype=np.uint32), place, has_gauss, states["numpy_gauss"].item()))


def seed_every(seed: int, rank: int) -> None:
    """Start every generator from the job's seed; each process has draws of its own, so that dropout differs."""
    value = (seed * 1_000_003 + rank) % 2**32
    torch.manual_seed(value)
    np.random.seed(value)
    random.seed(value)
