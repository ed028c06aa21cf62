import itertools
import threading
import time

import pytest

from towpath_trainer.data.loader import Loader


def test_results_come_in_order_with_their_numbers() -> None:
    with Loader(lambda number: number * 2, range(50), depth=3) as loader:
        assert list(loader) == [(number, number * 2) for number in range(50)]


def test_it_reads_ahead_but_no_further_than_its_depth() -> None:
    read: list[int] = []

    def take(number: int) -> int:
        read.append(number)
        return number

    with Loader(take, itertools.count(), depth=3) as loader:
        next(iter(loader))
        time.sleep(0.1)
        # One was taken, three wait, one is held by the thread.
        assert len(read) == 5


def test_an_error_of_reading_comes_to_the_taker_and_ends_it() -> None:
    def read(number: int) -> int:
        if number == 2:
            raise ValueError("broken")
        return number

    taken: list[int] = []
    with pytest.raises(ValueError, match="broken"), Loader(read, range(9)) as loader:
        for number, _ in loader:
            taken.append(number)
    assert taken == [0, 1]


def test_closing_ends_the_thread_even_while_it_waits_for_room() -> None:
    loader = Loader(lambda number: number, itertools.count(), depth=1)
    next(iter(loader))
    loader.close()
    assert not any(thread.name == "loader" for thread in threading.enumerate())


def test_waiting_is_measured() -> None:
    def slow(number: int) -> int:
        time.sleep(0.05)
        return number

    with Loader(slow, range(4)) as loader:
        list(loader)
        assert 0.15 < loader.waited < 2
    with Loader(lambda number: number, range(4)) as loader:
        time.sleep(0.1)
        list(loader)
        assert loader.waited < 0.05
