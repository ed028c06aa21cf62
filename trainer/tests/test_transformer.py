import json
from pathlib import Path

import pytest
import tiny_models as tiny
import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

from towpath_trainer.data.batch import Batch
from towpath_trainer.job import Loss
from towpath_trainer.models.build import build_model
from towpath_trainer.report import TrainError


def test_its_folder_is_a_llama_that_gives_the_same_logits(tmp_path: Path) -> None:
    model = build_model(tiny.scratch(), vocabulary=64, base=None)
    model.save(tmp_path)
    theirs = AutoModelForCausalLM.from_pretrained(tmp_path)
    with torch.no_grad():
        expected = theirs(tiny.tokens()).logits
        assert torch.allclose(model.logits(model.hidden(tiny.tokens())), expected, atol=1e-6)
    assert type(theirs).__name__ == "LlamaForCausalLM"


def test_its_gradients_are_those_of_the_llama(tmp_path: Path) -> None:
    model = build_model(tiny.scratch(), vocabulary=64, base=None)
    model.save(tmp_path)
    theirs = AutoModelForCausalLM.from_pretrained(tmp_path)
    read = tiny.tokens()
    targets = read.roll(-1, 1)
    model(Batch(read, targets, torch.ones_like(read, dtype=torch.bool)), Loss())[0].backward()
    logits = theirs(read).logits
    (-logits.log_softmax(-1).gather(-1, targets.unsqueeze(-1))).sum().backward()
    expected = dict(theirs.named_parameters())
    for name, parameter in model.trainable().items():
        assert torch.allclose(parameter.grad, expected[name].grad, atol=1e-4, rtol=1e-4), name


def test_a_score_head_is_saved_as_a_classifier_of_one_class(tmp_path: Path) -> None:
    model = build_model(tiny.scratch(head="score"), vocabulary=64, base=None)
    model.save(tmp_path)
    theirs = AutoModelForSequenceClassification.from_pretrained(tmp_path, pad_token_id=0)
    read = tiny.tokens().clamp(min=1)
    with torch.no_grad():
        assert torch.allclose(model.score(model.hidden(read)[:, -1]), theirs(read).logits[:, 0], atol=1e-6)


def test_packed_rows_give_what_each_gives_alone() -> None:
    model = build_model(tiny.scratch(), vocabulary=64, base=None).double()
    assert tiny.gap_to_rows_alone(model) < 1e-12


def test_gradients_of_packed_rows_are_the_sum_of_each_alone() -> None:
    model = build_model(tiny.scratch(), vocabulary=64, base=None).double()
    read = tiny.tokens()
    model.hidden(read, tiny.SEGMENTS)[tiny.SEGMENTS > 0].square().sum().backward()
    packed = {name: each.grad.clone() for name, each in model.trainable().items()}
    model.zero_grad()
    for sequence, start, stop in tiny.SPANS:
        model.hidden(read[sequence : sequence + 1, start:stop]).square().sum().backward()
    for name, each in model.trainable().items():
        assert torch.allclose(packed[name], each.grad, atol=1e-10), name


def test_the_seed_alone_decides_the_weights_and_the_random_numbers_outside_stay() -> None:
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    first = build_model(tiny.scratch(), vocabulary=64, base=None)
    assert torch.equal(torch.rand(1), expected)
    second = build_model(tiny.scratch(), vocabulary=64, base=None)
    pairs = zip(first.parameters(), second.parameters(), strict=True)
    assert all(torch.equal(one, other) for one, other in pairs)


def test_saves_the_weights_that_it_is_given_in_place_of_its_own(tmp_path: Path) -> None:
    model = build_model(tiny.scratch(), vocabulary=64, base=None)
    model.save(tmp_path, {name: torch.full_like(each, 2.0) for name, each in model.trainable().items()})
    theirs = AutoModelForCausalLM.from_pretrained(tmp_path)
    assert all(bool((each == 2).all()) for each in theirs.parameters())
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["max_position_embeddings"] == tiny.CONTEXT


def test_counts_arithmetic_as_palm_does() -> None:
    model = build_model(tiny.scratch(), vocabulary=64, base=None)
    attention, inner, norms = 32 * 32 * 2 + 2 * 16 * 32, 3 * 32 * 48, 2 * 32
    parameters = 64 * 32 + 2 * (attention + inner + norms) + 32
    assert model.flops_per_token() == 6 * parameters + 12 * 2 * 4 * 8 * tiny.CONTEXT


def test_dropout_follows_pytorchs_random_numbers_and_rests_in_evaluation() -> None:
    model = build_model(tiny.scratch(dropout=0.5), vocabulary=64, base=None)
    torch.manual_seed(1)
    first, other = model.hidden(tiny.tokens()), model.hidden(tiny.tokens())
    torch.manual_seed(1)
    assert torch.equal(model.hidden(tiny.tokens()), first)
    assert not torch.equal(first, other)
    model.eval()
    assert torch.equal(model.hidden(tiny.tokens()), model.hidden(tiny.tokens()))


@pytest.mark.parametrize("settings", [{"heads": 5}, {"heads": 32, "kv_heads": 32}, {"kv_heads": 3}])
def test_heads_that_do_not_fit_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(TrainError) as caught:
        build_model(tiny.scratch(**settings), vocabulary=64, base=None)
    assert caught.value.code == "TOW_TRAIN_JOB_UNFIT"


def test_tokens_of_another_vocabulary_are_refused() -> None:
    with pytest.raises(TrainError) as caught:
        build_model(tiny.scratch(), vocabulary=65, base=None)
    assert caught.value.code == "TOW_TRAIN_VOCABULARY"


def test_bfloat16_under_autocast_is_near() -> None:
    model = build_model(tiny.scratch(), vocabulary=64, base=None)
    read = tiny.tokens()
    batch = Batch(read, read.roll(-1, 1), tiny.SEGMENTS > 0, tiny.SEGMENTS)
    exact, count = model(batch, Loss())
    with torch.autocast("cpu", torch.bfloat16):
        near, _ = model(batch, Loss())
    near.backward()
    assert near.dtype == torch.float32
    assert abs(near.item() - exact.item()) < 0.02 * count
    assert all(each.grad is not None and each.grad.dtype == torch.float32 for each in model.parameters())
