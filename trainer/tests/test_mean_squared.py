import torch
from torch import Tensor

from towpath_trainer.objective.mean_squared import mean_squared


class FirstElement:
    """Scores a vector by its first element."""

    def score(self, hidden: Tensor) -> Tensor:
        return hidden[:, 0]


def test_sums_squared_errors_at_the_last_position_of_every_row() -> None:
    hidden = torch.arange(12.0).reshape(2, 6, 1).requires_grad_()
    mask = torch.zeros(2, 6, dtype=torch.bool)
    mask[0, 1] = mask[0, 4] = mask[1, 5] = True
    scores = torch.tensor([[0.5, 6.0], [9.0, 0.0]])
    value = mean_squared(FirstElement(), hidden, mask, scores)
    value.backward()
    assert value.item() == (1 - 0.5) ** 2 + (4 - 6) ** 2 + (11 - 9) ** 2
    expected = torch.zeros(2, 6)
    expected[0, 1], expected[0, 4], expected[1, 5] = 1.0, -4.0, 4.0
    assert torch.equal(hidden.grad.squeeze(-1), expected)
