"""The learning rate at each step."""

import math

from towpath_trainer.job import Optimiser, Schedule


def rate(step: int, steps: int, o: Optimiser, s: Schedule) -> float:
    """The learning rate of `step`, counted from 0, of `steps` in all; a pure function.

    The first `warmup` steps rise in equal parts, rate/warmup in step 0 and the whole rate in step warmup - 1. From
    there `linear` and `cosine` (Loshchilov and Hutter, 2017, without restarts) fall to `floor` times the rate, which
    the last step has. A warm-up as long as the job never falls.
    """
    if step < s.warmup:
        return o.learning_rate * (step + 1) / s.warmup
    if s.name == "constant":
        return o.learning_rate
    peak = max(s.warmup - 1, 0)
    progress = min(1.0, (step - peak) / max(steps - 1 - peak, 1))
    left = 1 - progress if s.name == "linear" else (1 + math.cos(math.pi * progress)) / 2
    return o.learning_rate * (s.floor + (1 - s.floor) * left)
