import json
from pathlib import Path

import gguf
import numpy as np
import pytest
from tiny_bert import CONTEXT, LAYERS, TOKENS, tensors, write_tiny_bert

from towpath_trainer.bert_files import read_bert
from towpath_trainer.convert_embedder import main, phantom


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tiny_bert(tmp_path / "bert")


def converted(folder: Path, out: Path) -> gguf.GGUFReader:
    assert main([str(folder), str(out), "--name", "tiny"]) == 0
    return gguf.GGUFReader(out)


def test_every_weight_is_there_under_the_name_llama_cpp_knows(folder: Path, tmp_path: Path) -> None:
    reader = converted(folder, tmp_path / "out.gguf")
    found = {tensor.name: tensor for tensor in reader.tensors}
    assert len(found) == 5 + LAYERS * 16
    original = tensors()["encoder.layer.1.attention.self.query.weight"]
    assert np.allclose(found["blk.1.attn_q.weight"].data, original, atol=1e-3)
    assert found["blk.1.attn_q.weight"].tensor_type == gguf.GGMLQuantizationType.F16
    assert found["position_embd.weight"].tensor_type == gguf.GGMLQuantizationType.F32


def test_the_header_tells_the_shape_and_the_special_tokens(folder: Path, tmp_path: Path) -> None:
    reader = converted(folder, tmp_path / "out.gguf")

    def value(key: str) -> object:
        field = reader.get_field(key)
        assert field is not None, key
        return field.contents()

    assert value("general.architecture") == "bert"
    assert value("bert.context_length") == CONTEXT
    assert value("bert.attention.causal") is False
    assert value("bert.pooling_type") == gguf.PoolingType.MEAN
    assert value("tokenizer.ggml.bos_token_id") == TOKENS.index("[CLS]")
    assert value("tokenizer.ggml.eos_token_id") == TOKENS.index("[SEP]")
    tokens = value("tokenizer.ggml.tokens")
    assert isinstance(tokens, list)
    assert tokens[TOKENS.index("##s")] == "s"
    assert tokens[TOKENS.index("水")] == "▁水"


def test_the_same_model_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    converted(folder, tmp_path / "a.gguf")
    converted(folder, tmp_path / "b.gguf")
    assert (tmp_path / "a.gguf").read_bytes() == (tmp_path / "b.gguf").read_bytes()


def test_progress_is_lines_of_json(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    converted(folder, tmp_path / "out.gguf")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1]["done"] == lines[-1]["total"]


@pytest.mark.parametrize(
    ("token", "is_special", "expected"),
    [
        ("lock", False, "▁lock"),
        ("##s", False, "s"),
        ("[CLS]", True, "[CLS]"),
        ("[x]", False, "▁[x]"),
    ],
)
def test_tokens_are_spelt_as_llama_cpp_does(token: str, is_special: bool, expected: str) -> None:
    assert phantom(token, is_special) == expected


def test_pooling_from_cls_is_read_from_its_own_file(folder: Path) -> None:
    (folder / "1_Pooling").mkdir()
    modes = {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(modes))
    assert read_bert(folder).pooling == "cls"


def refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> str:
    assert main([str(folder), str(tmp_path / "out.gguf")]) == 3
    assert not (tmp_path / "out.gguf").exists()
    return capsys.readouterr().err


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file_is_named(name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (folder / name).unlink()
    told = json.loads(refused(folder, tmp_path, capsys).removeprefix("error: "))
    assert (told["code"], told["message"]) == ("TOW_TRAIN_MODEL_UNFIT", f"{name} is missing")


def test_another_kind_of_model_is_refused_by_name(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (folder / "config.json").write_text('{"model_type": "llama"}')
    assert "'llama'" in refused(folder, tmp_path, capsys)


def test_damaged_weights_are_refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (folder / "model.safetensors").write_bytes(b"not tensors at all")
    assert "cannot be read" in refused(folder, tmp_path, capsys)
