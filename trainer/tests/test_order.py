import random

import numpy as np
import pytest

from towpath_trainer.data.order import batch_indices


def test_every_epoch_reads_every_sequence_once_whatever_the_batch() -> None:
    draw = random.Random(1)
    for _ in range(60):
        seed, sequences, size = draw.randrange(2**31), draw.randrange(1, 40), draw.randrange(1, 60)
        epochs = 3
        batches = -(-epochs * sequences // size)
        read = np.concatenate([batch_indices(seed, number, sequences, size) for number in range(batches)])
        for epoch in range(epochs):
            part = read[epoch * sequences : (epoch + 1) * sequences]
            assert sorted(part) == list(range(sequences))


def test_a_batch_follows_from_its_number_alone() -> None:
    forward = [batch_indices(5, number, 17, 4).tolist() for number in range(20)]
    backward = [batch_indices(5, number, 17, 4).tolist() for number in reversed(range(20))]
    assert forward == backward[::-1]
    assert all(len(batch) == 4 for batch in forward)


def test_the_batch_size_does_not_change_the_order() -> None:
    whole = batch_indices(9, 0, 23, 46)
    assert np.concatenate([batch_indices(9, number, 23, 2) for number in range(23)]).tolist() == whole.tolist()


def test_seeds_and_epochs_have_orders_of_their_own() -> None:
    first, second = np.split(batch_indices(3, 0, 50, 100), 2)
    assert first.tolist() != second.tolist()
    assert batch_indices(4, 0, 50, 50).tolist() != first.tolist()


def test_the_order_is_pinned() -> None:
    # NumPy keeps the words of Philox between versions; a change here would change every result.
    words = np.random.Philox(key=np.array([7, 0], dtype=np.uint64)).random_raw(6).tolist()
    assert batch_indices(7, 0, 6, 6).tolist() == sorted(range(6), key=words.__getitem__) == [4, 1, 3, 2, 5, 0]


def test_places_are_even() -> None:
    counts = np.zeros((5, 5))
    for seed in range(2000):
        for place, sequence in enumerate(batch_indices(seed, 0, 5, 5)):
            counts[place, sequence] += 1
    # 400 expected in each, standard deviation 18.
    assert np.abs(counts - 400).max() < 90


@pytest.mark.parametrize(("number", "sequences", "size"), [(-1, 4, 2), (0, 0, 2), (0, 4, 0)])
def test_what_is_no_batch_is_refused(number: int, sequences: int, size: int) -> None:
    with pytest.raises(ValueError, match="no batch"):
        batch_indices(0, number, sequences, size)
