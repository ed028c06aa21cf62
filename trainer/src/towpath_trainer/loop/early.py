"""Keeps the best validation and tells when to stop."""

import math

from towpath_trainer.loop.state import Best, State


def judge(state: State, validation_loss: float) -> bool:
    """Take a validation of `state.step` into account; returns whether it is the best so far."""
    # A loss that is no number is never the best one, and no later one would be below it.
    if math.isfinite(validation_loss) and (state.best is None or validation_loss < state.best.validation_loss):
        state.best = Best(state.step, validation_loss)
        state.stale = 0
        return True
    state.stale += 1
    return False


def is_over(state: State, patience: int) -> bool:
    """Whether as many validations as there is patience for were no better than the best one."""
    return patience > 0 and state.stale >= patience
