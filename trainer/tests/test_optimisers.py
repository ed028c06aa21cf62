from collections.abc import Callable

import numpy as np
import pytest
import torch

from towpath_trainer.job import Optimiser
from towpath_trainer.optim.optimisers import make_optimiser, restore_state, state_tensors

torch.set_num_threads(1)
RATES = [0.1, 0.05, 0.2]
NAMES = ["gradient_descent", "sgd", "adam", "adamw"]


def _start() -> tuple[np.ndarray, np.ndarray, list[list[np.ndarray]]]:
    made = np.random.default_rng(2)
    matrix, scale = made.normal(size=(3, 4)), made.normal(size=4)
    return matrix, scale, [[made.normal(size=(3, 4)), made.normal(size=4)] for _ in RATES]


def _descent(o: Optimiser) -> Callable[[dict, np.ndarray, int], np.ndarray]:
    return lambda held, gradient, step: gradient


def _momentum(o: Optimiser) -> Callable[[dict, np.ndarray, int], np.ndarray]:
    def move(held: dict, gradient: np.ndarray, step: int) -> np.ndarray:
        held["v"] = gradient if step == 1 else o.momentum * held["v"] + gradient
        return held["v"]

    return move


def _adam(o: Optimiser) -> Callable[[dict, np.ndarray, int], np.ndarray]:
    def move(held: dict, gradient: np.ndarray, step: int) -> np.ndarray:
        held["m"] = o.beta1 * held.get("m", 0) + (1 - o.beta1) * gradient
        held["s"] = o.beta2 * held.get("s", 0) + (1 - o.beta2) * gradient**2
        mean, square = held["m"] / (1 - o.beta1**step), held["s"] / (1 - o.beta2**step)
        return mean / (np.sqrt(square) + o.epsilon)

    return move


RULES = dict(zip(NAMES, (_descent, _momentum, _adam, _adam), strict=True))


def _take(optimiser: torch.optim.Optimizer, parameters: list, gradients: list[np.ndarray], rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = torch.from_numpy(gradient.copy())
    optimiser.step()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_moves_by_its_formula_and_decays_matrices_apart_from_the_gradient(name: str, decay: float) -> None:
    o = Optimiser(name=name, weight_decay=decay, epsilon=1e-3)
    matrix, scale, gradients = _start()
    parameters = [torch.nn.Parameter(torch.from_numpy(each.copy())) for each in (matrix, scale)]
    optimiser, rule, held = make_optimiser(parameters, o), RULES[name](o), ({}, {})
    for step, (rate, given) in enumerate(zip(RATES, gradients, strict=True), 1):
        _take(optimiser, parameters, given, rate)
        matrix = matrix - rate * decay * matrix - rate * rule(held[0], given[0], step)
        scale = scale - rate * rule(held[1], given[1], step)
    assert np.allclose(parameters[0].detach().numpy(), matrix, rtol=1e-12, atol=1e-12)
    assert np.allclose(parameters[1].detach().numpy(), scale, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_goes_on_from_its_flat_state_bit_for_bit(name: str) -> None:
    o = Optimiser(name=name, weight_decay=0.1)
    matrix, scale, gradients = _start()

    def begin(values: list[np.ndarray]) -> tuple[dict, torch.optim.Optimizer]:
        named = {key: torch.nn.Parameter(torch.from_numpy(each.copy())) for key, each in zip("ab", values, strict=True)}
        return named, make_optimiser(named.values(), o)

    named, whole = begin([matrix, scale])
    for given in gradients[:2]:
        _take(whole, list(named.values()), given, 0.1)
    kept = {key: value.clone() for key, value in state_tensors(whole, named).items()}
    other, resumed = begin([each.detach().numpy() for each in named.values()])
    restore_state(resumed, other, kept)
    for parameters, optimiser in ((named, whole), (other, resumed)):
        _take(optimiser, list(parameters.values()), gradients[2], 0.1)
    assert all(torch.equal(named[key], other[key]) for key in named)
    assert all("/" in key for key in kept)


def test_nothing_is_remembered_before_the_first_step() -> None:
    named = {"a": torch.nn.Parameter(torch.ones(2, 2))}
    assert state_tensors(make_optimiser(named.values(), Optimiser()), named) == {}
