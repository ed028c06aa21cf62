import numpy as np
import pytest
import torch

from towpath_trainer.job import Penalty
from towpath_trainer.objective.penalty import add_penalty_gradient

KINDS = [Penalty(), Penalty(l1=0.3), Penalty(l2=0.2), Penalty(l1=0.3, l2=0.2)]


def _weights() -> list[torch.nn.Parameter]:
    made = np.random.default_rng(7)
    arrays = [made.normal(size=(3, 4)), made.normal(size=(4, 2)), made.normal(size=5)]
    arrays[0][0, 0] = 0
    return [torch.nn.Parameter(torch.from_numpy(each)) for each in arrays]


@pytest.mark.parametrize("kind", KINDS)
def test_its_gradient_is_added_to_what_is_there(kind: Penalty) -> None:
    weights = _weights()
    for each in weights[1:]:
        each.grad = torch.ones_like(each)
    weights[0].grad = torch.zeros_like(weights[0])
    add_penalty_gradient(weights, kind)
    for each, before in zip(weights[:2], (0, 1), strict=True):
        values = each.detach().numpy()
        expected = before + kind.l1 * np.sign(values) + 2 * kind.l2 * values
        assert np.allclose(each.grad.numpy(), expected, rtol=1e-12)
    assert torch.equal(weights[2].grad, torch.ones(5, dtype=torch.float64))


def test_what_has_no_gradient_is_left_alone() -> None:
    weights = _weights()
    add_penalty_gradient(weights, KINDS[-1])
    assert all(each.grad is None for each in weights)
