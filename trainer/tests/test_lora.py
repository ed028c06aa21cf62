import json
from pathlib import Path

import pytest
import tiny_models as tiny
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM

from towpath_trainer.data.batch import Batch
from towpath_trainer.job import Job, Lora, Loss, Model
from towpath_trainer.models.build import build_model
from towpath_trainer.models.interface import LanguageModel
from towpath_trainer.report import TrainError

TARGETS = ("q_proj", "down_proj")


def _job(**settings: object) -> Job:
    return Job("tiny", context=tiny.CONTEXT, lora=Lora(**{"rank": 4, "alpha": 6.0, "targets": TARGETS, **settings}))


def _moved(tmp_path: Path, **settings: object) -> LanguageModel:
    model = build_model(_job(**settings), vocabulary=64, base=tiny.saved(tiny.llama(), tmp_path))
    with torch.no_grad():
        for each in model.trainable().values():
            each.normal_(std=0.3, generator=torch.Generator().manual_seed(each.numel()))
    return model


def test_only_adapters_are_trained_and_start_by_changing_nothing(tmp_path: Path) -> None:
    base = tiny.saved(tiny.llama(), tmp_path)
    model = build_model(_job(), vocabulary=64, base=base)
    assert len(model.trainable()) == 2 * 2 * len(TARGETS)
    read = tiny.tokens()
    with torch.no_grad():
        theirs = AutoModelForCausalLM.from_pretrained(base)(read).logits
        assert torch.allclose(model.logits(model.hidden(read)), theirs, atol=1e-4)
    model(Batch(read, read.roll(-1, 1), tiny.SEGMENTS > 0, tiny.SEGMENTS), Loss())[0].backward()
    assert {name for name, each in model.named_parameters() if each.grad is not None} == set(model.trainable())


def test_gradients_are_those_of_the_formula(tmp_path: Path) -> None:
    model = _moved(tmp_path).double()
    read = tiny.tokens()
    model.hidden(read).square().sum().backward()
    got = {name: each.grad for name, each in model.trainable().items()}
    plain = tiny.llama().double()
    factors = {name: each.detach().clone().requires_grad_() for name, each in model.trainable().items()}
    merged = dict(plain.named_parameters())
    for name, down in factors.items():
        if "lora_A" in name:
            place = name.removeprefix("inner.").replace("lora_A.default.", "")
            merged[place] = merged[place].detach() + 6 / 4 * factors[name.replace("lora_A", "lora_B")] @ down
    backbone = {name.removeprefix("model."): each for name, each in merged.items() if name.startswith("model.")}
    torch.func.functional_call(plain.model, backbone, (read,)).last_hidden_state.square().sum().backward()
    for name, each in factors.items():
        assert torch.allclose(got[name], each.grad, rtol=1e-6, atol=1e-6 * each.grad.abs().max().item()), name


def test_its_folder_is_an_adapter_that_peft_reads(tmp_path: Path) -> None:
    model = _moved(tmp_path).eval()
    model.save(tmp_path / "adapter")
    config = json.loads((tmp_path / "adapter" / "adapter_config.json").read_text("utf-8"))
    assert config["target_modules"] == sorted(TARGETS)
    assert str(tmp_path) not in json.dumps(config)
    base = AutoModelForCausalLM.from_pretrained(tmp_path / "base")
    theirs = PeftModel.from_pretrained(base, tmp_path / "adapter").eval()
    with torch.no_grad():
        ours = model.logits(model.hidden(tiny.tokens()))
        assert torch.allclose(ours, theirs(tiny.tokens()).logits, atol=1e-3, rtol=1e-3)


def test_a_score_head_is_trained_and_saved_with_the_adapter(tmp_path: Path) -> None:
    job = Job("tiny", context=tiny.CONTEXT, lora=Lora(targets=TARGETS), model=Model(head="score"))
    model = build_model(job, vocabulary=64, base=tiny.saved(tiny.llama(), tmp_path))
    read = tiny.tokens()
    last = torch.zeros_like(read, dtype=torch.bool)
    last[:, -1] = True
    batch = Batch(read, read, last, scores=torch.ones(2, 1))
    model(batch, Loss(name="mean_squared_error"))[0].backward()
    assert any("score" in name for name in model.trainable())
    model.save(tmp_path / "adapter")
    assert (tmp_path / "adapter" / "adapter_model.safetensors").read_bytes().find(b"base_model.model.score.weight") > 0


def test_packed_rows_give_what_each_gives_alone(tmp_path: Path) -> None:
    assert tiny.gap_to_rows_alone(_moved(tmp_path).double()) < 1e-6


def test_dropout_takes_pefts_own_path(tmp_path: Path) -> None:
    model = _moved(tmp_path, dropout=0.5)
    torch.manual_seed(1)
    first, other = model.hidden(tiny.tokens()), model.hidden(tiny.tokens())
    torch.manual_seed(1)
    assert torch.equal(model.hidden(tiny.tokens()), first)
    assert not torch.equal(first, other)


def test_targets_that_name_nothing_are_refused_with_the_names_there_are(tmp_path: Path) -> None:
    base = tiny.saved(tiny.llama(), tmp_path)
    with pytest.raises(TrainError) as caught:
        build_model(_job(targets=("q_proj", "query")), vocabulary=64, base=base)
    assert caught.value.code == "TOW_TRAIN_JOB_UNFIT"
    assert "query" in str(caught.value)
    assert "gate_proj" in str(caught.value.hint)


def test_a_frozen_weight_counts_four_operations_a_token(tmp_path: Path) -> None:
    model = build_model(_job(), vocabulary=64, base=tiny.saved(tiny.llama(), tmp_path))
    adapters = sum(each.numel() for each in model.trainable().values())
    frozen = sum(each.numel() for each in model.parameters()) - adapters
    assert model.flops_per_token() == 4 * frozen + 6 * adapters + 12 * 2 * 4 * 8 * tiny.CONTEXT
