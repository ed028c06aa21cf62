import json
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from gguf_llama import GgufLlama
from rows_file import change_json
from safetensors.torch import load_file, save_file
from tiny_gguf import write_piece_gguf, write_tiny_gguf
from tiny_llama import HEADS, VOCABULARY, write_adapter, write_tiny_llama
from transformers import AutoTokenizer, Gemma3ForCausalLM, Gemma3TextConfig, LlamaForCausalLM

from towpath_trainer.export.weights import permute
from towpath_trainer.export_model import export_model, main
from towpath_trainer.report import TrainError

TOKENS = [3, 1, 200, 45, 45, 299, 7, 120, 64, 5, 17, 250]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return write_tiny_llama(tmp_path_factory.mktemp("llama") / "model")


def torch_logits(folder: Path, adapter: Path | None = None) -> np.ndarray:
    model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
    if adapter is not None:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, adapter)
    with torch.inference_mode():
        return model(input_ids=torch.tensor([TOKENS])).logits[0].double().numpy()


def test_rows_of_a_head_are_interleaved() -> None:
    # Two heads of four: halves (0 1 | 2 3) become neighbours (0 2 1 3).
    rows = np.arange(8)[:, None]
    assert permute(rows, 2)[:, 0].tolist() == [0, 2, 1, 3, 4, 6, 5, 7]


@pytest.mark.parametrize("tied", [True, False])
def test_f16_computes_what_pytorch_computes(tmp_path: Path, tied: bool) -> None:
    folder = write_tiny_llama(tmp_path / "model", tied=tied)
    export_model(folder, tmp_path / "out.gguf", "f16", "tiny")
    ours = GgufLlama(tmp_path / "out.gguf")
    assert np.abs(ours.logits(TOKENS) - torch_logits(folder)).max() < 0.02
    assert ("output.weight" in ours.types) is not tied
    kinds = {kind for name, kind in ours.types.items() if not name.endswith("norm.weight")}
    assert kinds == {"F16"}
    assert {kind for name, kind in ours.types.items() if name.endswith("norm.weight")} == {"F32"}


@pytest.mark.parametrize(("quantisation", "bits", "off"), [("q8_0", "Q8_0", 0.05), ("q4_0", "Q4_0", 0.5)])
def test_blocks_come_near(model: Path, tmp_path: Path, quantisation: str, bits: str, off: float) -> None:
    export_model(model, tmp_path / "out.gguf", quantisation, "tiny")
    ours = GgufLlama(tmp_path / "out.gguf")
    theirs = torch_logits(model)
    assert np.std(ours.logits(TOKENS) - theirs) < off * np.std(theirs)
    assert ours.types["blk.0.attn_q.weight"] == bits
    # Words are what a small model can least afford to lose.
    assert ours.types["token_embd.weight"] == "Q8_0"
    assert ours.types["output_norm.weight"] == "F32"


def test_rows_that_fill_no_block_stay_f16(tmp_path: Path) -> None:
    from towpath_trainer.export.quantise import type_of

    assert type_of("blk.0.ffn_down.weight", (64, 48), "q8_0").name == "F16"


def test_the_header_and_the_tokenizer_are_the_models(model: Path, tmp_path: Path) -> None:
    export_model(model, tmp_path / "out.gguf", "f16", "tiny")
    keys = GgufLlama(tmp_path / "out.gguf").keys
    assert keys["general.name"] == "tiny"
    assert keys["llama.attention.head_count"] == HEADS
    assert keys["tokenizer.ggml.model"] == "gpt2"
    assert keys["tokenizer.ggml.pre"] == "gpt-2"
    tokenizer = AutoTokenizer.from_pretrained(model)
    assert len(keys["tokenizer.ggml.tokens"]) == VOCABULARY
    numbers = range(len(tokenizer))
    assert keys["tokenizer.ggml.tokens"][: len(tokenizer)] == tokenizer.convert_ids_to_tokens(list(numbers))
    types = keys["tokenizer.ggml.token_type"]
    assert types[0] == gguf.TokenType.CONTROL
    assert types[1] == gguf.TokenType.NORMAL
    assert types[-1] == gguf.TokenType.UNUSED
    # llama.cpp's defaults for this kind of tokenizer are token 11: none may be left to them.
    for name in ("bos", "eos", "padding"):
        assert keys[f"tokenizer.ggml.{name}_token_id"] == tokenizer.eos_token_id
    assert keys["tokenizer.ggml.add_bos_token"] is False
    assert keys["tokenizer.chat_template"] == tokenizer.chat_template
    merges = json.loads((model / "tokenizer.json").read_text())["model"]["merges"]
    assert keys["tokenizer.ggml.merges"] == [" ".join(pair) for pair in merges]


def test_the_tokenizer_of_the_base_is_taken_over_key_by_key(model: Path, tmp_path: Path) -> None:
    base = write_tiny_gguf(tmp_path / "base.gguf", model)
    with pytest.raises(TrainError, match="tokens"):
        export_model(model, tmp_path / "out.gguf", "f16", "tiny", like=base)
    other = write_tiny_llama(tmp_path / "other")
    _shrink(other, len(GgufLlama(base).keys["tokenizer.ggml.tokens"]))
    export_model(other, tmp_path / "out.gguf", "f16", "tiny", like=base)
    before, after = GgufLlama(base).keys, GgufLlama(tmp_path / "out.gguf").keys
    ours = {key: value for key, value in after.items() if key.startswith("tokenizer.ggml")}
    assert ours == {key: value for key, value in before.items() if key.startswith("tokenizer.ggml")}
    assert ours["tokenizer.ggml.pre"] == "smollm"
    assert after["tokenizer.chat_template"] == (other / "chat_template.jinja").read_text()


def test_an_adapter_is_merged(model: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "adapter")
    export_model(model, tmp_path / "out.gguf", "f16", "tiny", merge=adapter)
    with_adapter = torch_logits(model, adapter)
    assert np.abs(with_adapter - torch_logits(model)).max() > 1
    assert np.abs(GgufLlama(tmp_path / "out.gguf").logits(TOKENS) - with_adapter).max() < 0.05


def test_gemma_norms_count_from_one(tmp_path: Path) -> None:
    base = tmp_path / "base.gguf"
    write_piece_gguf(base)
    vocabulary = len(GgufLlama(base).keys["tokenizer.ggml.tokens"])
    config = Gemma3TextConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=7,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=16,
        query_pre_attn_scalar=16,
        max_position_embeddings=64,
        sliding_window=32,
    )
    folder = tmp_path / "gemma"
    Gemma3ForCausalLM(config).save_pretrained(folder)
    with pytest.raises(TrainError, match="of architecture llama, the model of gemma3"):
        export_model(folder, tmp_path / "out.gguf", "f16", "gemma", like=base)
    _rename_architecture(base)
    export_model(folder, tmp_path / "out.gguf", "f16", "gemma", like=base)
    found = {tensor.name: tensor for tensor in gguf.GGUFReader(tmp_path / "out.gguf").tensors}
    theirs = load_file(folder / "model.safetensors")
    assert len(found) == len(theirs)
    norm = theirs["model.layers.6.self_attn.q_norm.weight"].numpy()
    assert np.allclose(found["blk.6.attn_q_norm.weight"].data, 1 + norm)
    query = theirs["model.layers.6.self_attn.q_proj.weight"].half().numpy()
    assert np.array_equal(found["blk.6.attn_q.weight"].data, query)


def test_the_same_model_gives_the_same_bytes(model: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export_model(model, tmp_path / name, "q8_0", "tiny")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"model_type": "towpath_lstm", "architectures": ["TowpathLSTM"]}, "towpath_lstm"),
        ({"architectures": ["LlamaForSequenceClassification"]}, "writes no text"),
        ({"rope_parameters": {"rope_type": "yarn", "rope_theta": 1e4}}, "rotary"),
        ({"attention_bias": True}, "attention_bias"),
        ({"vocab_size": 12}, "embed_tokens"),
        ({"num_hidden_layers": 1}, "no place"),
        ({"rms_norm_eps": None}, "rms_norm_eps"),
    ],
)
def test_what_llama_cpp_would_not_compute_alike_is_refused(tmp_path: Path, change: dict, why: str) -> None:
    folder = write_tiny_llama(tmp_path / "model")
    change_json(folder / "config.json", **change)
    with pytest.raises(TrainError, match=why) as raised:
        export_model(folder, tmp_path / "out.gguf", "f16", "tiny")
    assert raised.value.code == "TOW_TRAIN_EXPORT_UNFIT"
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("value", [float("nan"), 1e6])
def test_weights_that_16_bits_cannot_hold_are_refused(tmp_path: Path, value: float) -> None:
    folder = write_tiny_llama(tmp_path / "model")
    tensors = load_file(folder / "model.safetensors")
    tensors["model.layers.1.mlp.up_proj.weight"][3, 3] = value
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(TrainError, match="up_proj"):
        export_model(folder, tmp_path / "out.gguf", "f16", "tiny")
    assert list(tmp_path.iterdir()) == [folder]


def test_another_kind_of_tokenizer_needs_the_bases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_tiny_llama(tmp_path / "model")
    change_json(folder / "tokenizer.json", pre_tokenizer={"type": "Whitespace"})
    out = str(tmp_path / "out.gguf")
    assert main([str(folder), out, "--quantisation", "f16", "--name", "tiny"]) == 3
    told = json.loads(capsys.readouterr().err.splitlines()[-1].removeprefix("error: "))
    assert told["code"] == "TOW_TRAIN_EXPORT_UNFIT"
    assert "--like" in told["hint"]


def _shrink(folder: Path, vocabulary: int) -> None:
    tensors = load_file(folder / "model.safetensors")
    table = "model.embed_tokens.weight"
    save_file({**tensors, table: tensors[table][:vocabulary].clone()}, folder / "model.safetensors")
    change_json(folder / "config.json", vocab_size=vocabulary)


def _rename_architecture(path: Path) -> None:
    """The same header with `general.architecture` gemma3; its other keys keep their names, which nothing reads."""
    reader = gguf.GGUFReader(path)
    writer = gguf.GGUFWriter(path.with_suffix(".new"), "gemma3")
    for key, field in reader.fields.items():
        if key.startswith("tokenizer."):
            kind = field.types[0]
            writer.add_key_value(key, field.contents(), kind, field.types[-1] if len(field.types) > 1 else None)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    path.with_suffix(".new").rename(path)
