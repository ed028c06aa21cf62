import numpy as np
import pytest
import torch
from torch import Tensor, nn

from towpath_trainer.job import Loss
from towpath_trainer.objective import cross_entropy as module
from towpath_trainer.objective import projected
from towpath_trainer.objective.cross_entropy import cross_entropy

torch.set_num_threads(1)
LOSSES = [Loss(), Loss(label_smoothing=0.1), Loss(z_loss=0.01), Loss(label_smoothing=0.2, z_loss=0.05)]


class Head(nn.Module):
    """A predictor that is nothing but its head."""

    def __init__(self, weight: Tensor, plain: bool) -> None:
        super().__init__()
        self.weight, self.plain = nn.Parameter(weight), plain
        self.vocabulary = len(weight)
        self.asked: list[int] = []

    def logits(self, hidden: Tensor) -> Tensor:
        self.asked.append(len(hidden))
        return hidden @ self.weight.T

    def plain_head(self) -> Tensor | None:
        return self.weight if self.plain else None


def _example() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    made = np.random.default_rng(4)
    hidden, weight = made.normal(size=(2, 6, 8)), made.normal(size=(11, 8)) * 2
    return hidden, weight, made.integers(0, 11, (2, 6)), made.random((2, 6)) < 0.6


def _by_hand(loss: Loss) -> tuple[float, np.ndarray, np.ndarray]:
    """The formula of the module, and its gradients in vectors and matrix, position by position."""
    hidden, weight, targets, mask = _example()
    total, by_hidden, by_weight = 0.0, np.zeros_like(hidden), np.zeros_like(weight)
    for place in np.argwhere(mask):
        vector, target = hidden[tuple(place)], targets[tuple(place)]
        logits = weight @ vector
        whole = np.log(np.exp(logits).sum())
        e, z = loss.label_smoothing, loss.z_loss
        total += (1 - e) * (whole - logits[target]) + e * (whole - logits.mean()) + z * whole**2
        slope = (1 + 2 * z * whole) * np.exp(logits - whole) - e / len(logits)
        slope[target] -= 1 - e
        by_hidden[tuple(place)] = weight.T @ slope
        by_weight += np.outer(slope, vector)
    return total, by_hidden, by_weight


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("rows", [2, 100])
def test_is_the_formula_with_its_gradients(loss: Loss, plain: bool, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (module, projected):
        monkeypatch.setattr(each, "chunk_rows", lambda *_: rows)
    hidden, weight, targets, mask = (torch.from_numpy(each) for each in _example())
    model, vectors = Head(weight, plain), hidden.requires_grad_()
    value = cross_entropy(model, vectors, targets, mask, loss)
    (value * 0.5).backward()
    expected, by_hidden, by_weight = _by_hand(loss)
    assert np.isclose(value.item(), expected, rtol=1e-6)
    assert np.allclose(vectors.grad.numpy(), by_hidden / 2, rtol=1e-5, atol=1e-7)
    assert np.allclose(model.weight.grad.numpy(), by_weight / 2, rtol=1e-5, atol=1e-6)


def test_logits_are_asked_for_at_targets_only_and_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "chunk_rows", lambda *_: 3)
    hidden, weight, targets, mask = (torch.from_numpy(each) for each in _example())
    model = Head(weight, plain=False)
    with torch.no_grad():
        cross_entropy(model, hidden, targets, mask, Loss())
    assert sum(model.asked) == int(mask.sum())
    assert max(model.asked) == 3


def test_a_frozen_matrix_gets_no_gradient() -> None:
    hidden, weight, targets, mask = (torch.from_numpy(each) for each in _example())
    model, vectors = Head(weight, plain=True), hidden.requires_grad_()
    model.weight.requires_grad_(False)
    cross_entropy(model, vectors, targets, mask, Loss()).backward()
    assert model.weight.grad is None
    assert np.allclose(vectors.grad.numpy(), _by_hand(Loss())[1], rtol=1e-5)


@pytest.mark.parametrize("plain", [True, False])
def test_a_batch_without_targets_is_zero_with_a_gradient_of_zero(plain: bool) -> None:
    hidden, weight, targets, mask = (torch.from_numpy(each) for each in _example())
    vectors = hidden.requires_grad_()
    value = cross_entropy(Head(weight, plain), vectors, targets, mask & False, Loss())
    value.backward()
    assert value.item() == 0
    assert vectors.grad.abs().max().item() == 0


def test_logits_far_from_zero_stay_finite() -> None:
    weight = torch.tensor([[1000.0], [-1000.0]])
    one = torch.ones(1, 1, 1)
    value = cross_entropy(Head(weight, True), one, torch.ones(1, 1, dtype=torch.long), torch.ones(1, 1) > 0, Loss())
    assert value.item() == 2000
