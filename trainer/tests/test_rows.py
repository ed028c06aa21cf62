import pytest
import tiny_models as tiny
import torch

from towpath_trainer.data.batch import Batch
from towpath_trainer.job import Loss
from towpath_trainer.models.build import build_model
from towpath_trainer.models.rows import Rows


def test_finds_rows_where_they_lie() -> None:
    rows = Rows.find(tiny.SEGMENTS)
    assert rows.lengths.tolist() == [5, 10, 6, 20]
    assert rows.places.tolist() == [*range(21), *range(24, 44)]
    assert rows.positions.tolist() == [*range(5), *range(10), *range(6), *range(20)]


def test_neighbours_of_one_number_in_two_sequences_are_two_rows() -> None:
    assert Rows.find(torch.ones(3, 4, dtype=torch.int32)).lengths.tolist() == [4, 4, 4]


def test_groups_hold_rows_of_similar_length_and_give_back_what_they_took() -> None:
    segments = torch.tensor([[1] * 100 + [2] * 40 + [3] * 3 + [4] * 33 + [5] * 7 + [0] * 17])
    rows = Rows.find(segments)
    assert rows.groups.shapes == ((2, 7), (2, 40), (1, 100))
    values = torch.arange(183.0).unsqueeze(1).requires_grad_()
    parts = rows.groups.pad(values)
    assert parts[1][0, :, 0].tolist() == list(range(100, 140))
    weights = torch.arange(183.0).square().unsqueeze(1)
    back = rows.groups.unpad(parts)
    assert torch.equal(back, values)
    (back * weights).sum().backward()
    assert torch.equal(values.grad, weights)


def test_padding_is_zero_in_what_is_put_back() -> None:
    rows = Rows.find(tiny.SEGMENTS)
    put = rows.put(rows.take(torch.ones(2, 24, 3)))
    assert torch.equal(put[..., 0] == 1, tiny.SEGMENTS > 0)


@pytest.mark.parametrize("architecture", ["transformer", "lstm", "rnn"])
def test_a_batch_of_padding_alone_has_no_loss_and_gradients_of_zero(architecture: str) -> None:
    model = build_model(tiny.scratch(architecture), vocabulary=64, base=None)
    read, none = tiny.tokens(), torch.zeros(2, 24, dtype=torch.int32)
    loss, count = model(Batch(read, read, none > 0, none), Loss())
    loss.backward()
    assert (loss.item(), count) == (0.0, 0)
    assert all(each.grad.abs().max() == 0 for each in model.parameters())


@pytest.mark.parametrize("architecture", ["transformer", "lstm", "rnn"])
def test_the_same_batch_gives_the_same_bits(architecture: str) -> None:
    model = build_model(tiny.scratch(architecture), vocabulary=64, base=None)
    read = tiny.tokens()
    batch = Batch(read, read.roll(-1, 1), tiny.SEGMENTS > 0, tiny.SEGMENTS)
    seen = []
    for _ in range(2):
        model.zero_grad()
        loss, _ = model(batch, Loss(label_smoothing=0.1, z_loss=0.01))
        loss.backward()
        seen.append([loss.detach(), *(each.grad for each in model.parameters())])
    assert all(torch.equal(one, other) for one, other in zip(*seen, strict=True))
