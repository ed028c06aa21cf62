import json
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny
from safetensors.torch import load_file

from towpath_trainer.models.build import build_model


@pytest.mark.parametrize("architecture", ["lstm", "rnn"])
def test_packed_rows_give_what_each_gives_alone(architecture: str) -> None:
    model = build_model(tiny.scratch(architecture), vocabulary=64, base=None).double()
    assert tiny.gap_to_rows_alone(model) < 1e-12


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-values))


@pytest.mark.parametrize("architecture", ["lstm", "rnn"])
def test_follows_the_formula_of_its_cell(architecture: str) -> None:
    model = build_model(tiny.scratch(architecture, width=16), vocabulary=64, base=None).double()
    weights = {name: each.detach().numpy() for name, each in model.trainable().items()}
    read = tiny.tokens()[:1]
    states = list(weights["embedding.weight"][read[0].numpy()])
    for layer in range(2):
        read_by, kept_by, bias = (weights[f"recurrence.{name}_{layer}"] for name in ("read", "keep", "bias"))
        held, cell = np.zeros(16), np.zeros(16)
        for step, state in enumerate(states):
            total = read_by @ state + kept_by @ held + bias
            if architecture == "rnn":
                held = np.tanh(total)
            else:
                taken, kept, fresh, shown = np.split(total, 4)
                cell = _sigmoid(kept) * cell + _sigmoid(taken) * np.tanh(fresh)
                held = _sigmoid(shown) * np.tanh(cell)
            states[step] = held
    assert np.allclose(model.hidden(read)[0].detach().numpy(), np.stack(states), atol=1e-12)


def test_an_lstm_begins_by_keeping_what_it_holds() -> None:
    bias = build_model(tiny.scratch("lstm"), vocabulary=64, base=None).trainable()["recurrence.bias_0"]
    assert bias.tolist() == [0.0] * 32 + [1.0] * 32 + [0.0] * 64


def test_its_folder_says_what_it_is(tmp_path: Path) -> None:
    model = build_model(tiny.scratch("rnn"), vocabulary=64, base=None)
    model.save(tmp_path)
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["model_type"] == "towpath_rnn"
    assert set(load_file(tmp_path / "model.safetensors")) == set(model.trainable())
