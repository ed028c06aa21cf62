import json
from collections.abc import Callable
from pathlib import Path

import pytest
import tiny_models as tiny
import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, PreTrainedModel

from towpath_trainer.data.batch import Batch
from towpath_trainer.job import Job, Loss, Model
from towpath_trainer.models.build import build_model
from towpath_trainer.report import TrainError

FULL = Job("tiny", method="full", context=tiny.CONTEXT)


@pytest.mark.parametrize("made", [tiny.llama, tiny.gemma])
def test_packed_rows_give_what_each_gives_alone(tmp_path: Path, made: Callable[[], PreTrainedModel]) -> None:
    model = build_model(FULL, vocabulary=64, base=tiny.saved(made(), tmp_path)).double().eval()
    assert tiny.gap_to_rows_alone(model) < 1e-6


@pytest.mark.parametrize("made", [tiny.llama, tiny.gemma])
def test_gives_the_logits_that_transformers_gives(tmp_path: Path, made: Callable[[], PreTrainedModel]) -> None:
    base = tiny.saved(made(), tmp_path)
    model = build_model(FULL, vocabulary=64, base=base).eval()
    theirs = AutoModelForCausalLM.from_pretrained(base, attn_implementation="eager").eval()
    with torch.no_grad():
        ours = model.logits(model.hidden(tiny.tokens()))
        assert torch.allclose(ours, theirs(tiny.tokens()).logits, atol=1e-4, rtol=1e-4)


def test_every_weight_moves_and_is_saved(tmp_path: Path) -> None:
    model = build_model(FULL, vocabulary=64, base=tiny.saved(tiny.llama(), tmp_path))
    read = tiny.tokens()
    loss, count = model(Batch(read, read.roll(-1, 1), tiny.SEGMENTS > 0, tiny.SEGMENTS), Loss())
    loss.backward()
    assert count == 41
    assert all(each.grad is not None for each in model.trainable().values())
    given = {name: each.detach() + 1 for name, each in model.trainable().items()}
    model.save(tmp_path / "saved", given)
    theirs = dict(AutoModelForCausalLM.from_pretrained(tmp_path / "saved").named_parameters())
    assert all(torch.equal(theirs[name.removeprefix("inner.")], each) for name, each in given.items())
    assert "towpath" not in (tmp_path / "saved" / "config.json").read_text("utf-8")


def test_a_score_head_is_saved_as_a_classifier_of_one_class(tmp_path: Path) -> None:
    job = Job("tiny", method="full", context=tiny.CONTEXT, model=Model(head="score"))
    model = build_model(job, vocabulary=64, base=tiny.saved(tiny.llama(), tmp_path)).eval()
    model.save(tmp_path / "saved")
    theirs = AutoModelForSequenceClassification.from_pretrained(tmp_path / "saved", pad_token_id=0).eval()
    read = tiny.tokens().clamp(min=1)
    with torch.no_grad():
        assert torch.allclose(model.score(model.hidden(read)[:, -1]), theirs(read).logits[:, 0], atol=1e-5)


def _refusal(job: Job, vocabulary: int, base: Path | None) -> TrainError:
    with pytest.raises(TrainError) as caught:
        build_model(job, vocabulary=vocabulary, base=base)
    return caught.value


def test_refuses_what_does_not_fit_the_base(tmp_path: Path) -> None:
    base = tiny.saved(tiny.llama(), tmp_path)
    assert _refusal(FULL, 60, base).code == "TOW_TRAIN_VOCABULARY"
    assert _refusal(FULL, 65, base).code == "TOW_TRAIN_VOCABULARY"
    longer = _refusal(Job("tiny", method="full", context=65), 64, base)
    assert longer.code == "TOW_TRAIN_JOB_UNFIT"
    assert "64" in str(longer)
    assert _refusal(FULL, 64, None).code == "TOW_TRAIN_JOB_UNFIT"
    assert _refusal(FULL, 64, tmp_path / "absent").code == "TOW_TRAIN_JOB_UNFIT"


def test_padded_embeddings_are_known_by_the_base_models_own_tokenizer(tmp_path: Path) -> None:
    base = tiny.saved(tiny.llama(), tmp_path)
    vocabulary = {str(number): number for number in range(59)}
    described = {"model": {"vocab": vocabulary}, "added_tokens": [{"content": "<end>", "id": 59}]}
    (base / "tokenizer.json").write_text(json.dumps(described), "utf-8")
    assert build_model(FULL, vocabulary=60, base=base).vocabulary == 64
    assert _refusal(FULL, 59, base).code == "TOW_TRAIN_VOCABULARY"
