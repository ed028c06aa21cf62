import random

import pytest

from towpath_trainer.data import packing
from towpath_trainer.data.packing import Bin, Packer


def pack(lengths: list[int], capacity: int, *, together: bool = True) -> list[Bin[int]]:
    packer: Packer[int] = Packer(capacity, together=together)
    bins: list[Bin[int]] = []
    for number, length in enumerate(lengths):
        bins.extend(packer.add(number, length))
    return [*bins, *packer.finish()]


def first_fit(lengths: list[int], capacity: int, window: int) -> list[list[int]]:
    """The same written plainly: open sequences in a list, the first with room takes the row."""
    closed: list[list[int]] = []
    opened: list[list[int]] = []
    for number, length in enumerate(lengths):
        chosen = next((each for each in opened if sum(lengths[n] for n in each) + length <= capacity), None)
        if chosen is None:
            if len(opened) == window:
                closed.append(opened.pop(0))
            chosen = []
            opened.append(chosen)
        chosen.append(number)
    return closed + opened


def test_it_is_first_fit_over_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(2)
    for window in (1, 2, 7, 256):
        monkeypatch.setattr(packing, "WINDOW", window)
        for _ in range(30):
            capacity = draw.randrange(1, 40)
            lengths = [draw.randint(1, capacity) for _ in range(draw.randrange(0, 120))]
            found = [[item for _, item in each.items] for each in pack(lengths, capacity)]
            assert found == first_fit(lengths, capacity, window)


def test_rows_lie_side_by_side_and_every_row_is_there_once() -> None:
    draw = random.Random(3)
    for _ in range(50):
        capacity = draw.randrange(1, 64)
        lengths = [draw.randint(1, capacity) for _ in range(200)]
        bins = pack(lengths, capacity)
        seen: list[int] = []
        for each in bins:
            at = 0
            for start, item in each.items:
                assert start == at
                at += lengths[item]
                seen.append(item)
            assert at == each.used <= capacity
        assert sorted(seen) == list(range(200))


def test_without_packing_every_row_has_a_sequence_of_its_own() -> None:
    assert [each.items for each in pack([1, 5, 2], 9, together=False)] == [[(0, 0)], [(0, 1)], [(0, 2)]]


@pytest.mark.parametrize("length", [0, 10])
def test_a_row_that_fits_no_sequence_is_a_fault(length: int) -> None:
    with pytest.raises(ValueError, match="an item"):
        pack([length], 9)
