import math

import pytest

from towpath_trainer.job import Optimiser, Schedule
from towpath_trainer.optim.schedules import rate

PEAK = Optimiser(learning_rate=2.0)


def _curve(schedule: Schedule, steps: int) -> list[float]:
    return [rate(step, steps, PEAK, schedule) for step in range(steps)]


def test_warms_up_in_equal_parts_and_then_falls_in_a_line_to_the_floor() -> None:
    curve = _curve(Schedule(name="linear", warmup=4, floor=0.25), 10)
    assert curve == pytest.approx([0.5, 1.0, 1.5, 2.0, 1.75, 1.5, 1.25, 1.0, 0.75, 0.5])


def test_cosine_is_half_way_down_half_way_through() -> None:
    curve = _curve(Schedule(name="cosine", warmup=0, floor=0.1), 5)
    half = 0.5 * math.sqrt(0.5)
    expected = [2.0, 0.2 + 1.8 * (0.5 + half), 1.1, 0.2 + 1.8 * (0.5 - half), 0.2]
    assert curve == pytest.approx(expected)


def test_constant_stays_after_its_warm_up() -> None:
    assert _curve(Schedule(name="constant", warmup=2), 4) == pytest.approx([1.0, 2.0, 2.0, 2.0])


@pytest.mark.parametrize("name", ["linear", "cosine"])
def test_short_jobs_and_steps_past_the_end_have_a_rate(name: str) -> None:
    assert rate(0, 1, PEAK, Schedule(name=name, floor=0.5)) == 2.0
    assert _curve(Schedule(name=name, warmup=8), 3) == pytest.approx([0.25, 0.5, 0.75])
    assert rate(99, 10, PEAK, Schedule(name=name, floor=0.5)) == pytest.approx(1.0)
