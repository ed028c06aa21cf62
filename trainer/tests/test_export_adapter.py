import json
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from gguf_llama import GgufLlama
from rows_file import change_json
from safetensors.torch import load_file, save_file
from test_export_model import TOKENS, torch_logits
from tiny_llama import ALPHA, LAYERS, RANK, TARGETS, write_adapter, write_tiny_llama

from towpath_trainer.export.adapter import read_adapter
from towpath_trainer.export_adapter import export_adapter, main
from towpath_trainer.export_model import export_model
from towpath_trainer.report import TrainError


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return write_tiny_llama(tmp_path_factory.mktemp("llama") / "model")


def test_over_its_base_it_computes_what_peft_computes(base: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "adapter")
    export_model(base, tmp_path / "base.gguf", "f16", "base")
    export_adapter(adapter, base, tmp_path / "adapter.gguf", "change")
    ours = GgufLlama(tmp_path / "base.gguf", tmp_path / "adapter.gguf").logits(TOKENS)
    assert np.abs(ours - torch_logits(base, adapter)).max() < 0.05


def test_the_file_says_what_llama_cpp_asks(base: Path, tmp_path: Path) -> None:
    export_adapter(write_adapter(tmp_path / "adapter"), base, tmp_path / "adapter.gguf", "change")
    reader = gguf.GGUFReader(tmp_path / "adapter.gguf")
    keys = {key: field.contents() for key, field in reader.fields.items()}
    assert keys["general.architecture"] == "llama"
    assert keys["general.type"] == "adapter"
    assert keys["adapter.type"] == "lora"
    assert keys["adapter.lora.alpha"] == ALPHA
    names = {tensor.name for tensor in reader.tensors}
    assert len(names) == 2 * LAYERS * len(TARGETS)
    assert {"blk.1.attn_q.weight.lora_a", "blk.1.ffn_down.weight.lora_b"} <= names


def test_a_rank_stabilised_adapter_keeps_its_scale(tmp_path: Path) -> None:
    adapter = read_adapter(write_adapter(tmp_path / "adapter", use_rslora=True))
    assert adapter.scale == pytest.approx(ALPHA / RANK**0.5)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"peft_type": "IA3"}, "IA3"),
        ({"use_dora": True}, "use_dora"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save"),
        ({"bias": "all"}, "biases"),
        ({"r": RANK + 1}, "rank"),
        ({"r": None}, "rank"),
    ],
)
def test_what_a_gguf_adapter_cannot_hold_is_refused(base: Path, tmp_path: Path, change: dict, why: str) -> None:
    adapter = write_adapter(tmp_path / "adapter")
    change_json(adapter / "adapter_config.json", **change)
    with pytest.raises(TrainError, match=why) as raised:
        export_adapter(adapter, base, tmp_path / "out.gguf", "change")
    assert raised.value.code == "TOW_TRAIN_EXPORT_UNFIT"


def test_an_adapter_of_another_base_is_refused(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adapter = write_adapter(tmp_path / "adapter")
    tensors = load_file(adapter / "adapter_model.safetensors")
    name = "base_model.model.model.layers.0.self_attn.k_proj.lora_B.weight"
    save_file({**tensors, name: torch.cat([tensors[name]] * 2)}, adapter / "adapter_model.safetensors")
    out = tmp_path / "out.gguf"
    assert main([str(adapter), str(base), str(out), "--name", "change"]) == 3
    assert "another base" in json.loads(capsys.readouterr().err.splitlines()[-1].removeprefix("error: "))["message"]
    assert not out.exists()


def test_tensors_of_another_method_are_refused(base: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "adapter")
    tensors = load_file(adapter / "adapter_model.safetensors")
    extra = {"base_model.model.lm_head.modules_to_save.weight": torch.zeros(1)}
    save_file({**tensors, **extra}, adapter / "adapter_model.safetensors")
    with pytest.raises(TrainError, match="modules_to_save"):
        export_adapter(adapter, base, tmp_path / "out.gguf", "change")
