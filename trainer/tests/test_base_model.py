import json
from pathlib import Path

import gguf
import numpy as np
import pytest
from rows_file import CHATML, small_tokenizer
from safetensors.numpy import load_file
from tiny_gguf import LAYERS, WIDTH, write_piece_gguf, write_tiny_gguf
from tokenizers import Tokenizer

from towpath_trainer.base_model import main
from towpath_trainer.chat_template import DEFAULT_TEMPLATE
from towpath_trainer.encoder import Encoder


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    return small_tokenizer(tmp_path)


def converted(source: Path, out: Path) -> Path:
    assert main([str(source), str(out)]) == 0
    assert not out.with_name(f"{out.name}.half").exists()
    return out


def test_a_model_becomes_a_folder_of_the_hugging_face_format(tmp_path: Path, tokenizer: Path) -> None:
    source = write_tiny_gguf(tmp_path / "tiny.gguf", tokenizer, template=CHATML)
    out = converted(source, tmp_path / "out")
    config = json.loads((out / "config.json").read_text())
    assert (config["model_type"], config["hidden_size"], config["num_hidden_layers"]) == ("llama", WIDTH, LAYERS)
    assert config["dtype"] == "float32"
    assert "quantization_config" not in config
    weights = load_file(out / "model.safetensors")
    raw = {each.name: each.data for each in gguf.GGUFReader(source).tensors}
    np.testing.assert_array_equal(weights["model.layers.1.mlp.up_proj.weight"], raw["blk.1.ffn_up.weight"])
    np.testing.assert_array_equal(weights["model.embed_tokens.weight"], raw["token_embd.weight"])
    # GGUF interleaves the halves of each head's rotation: row 2i there is row i of the head's first half here.
    head = raw["blk.0.attn_q.weight"][:4]
    np.testing.assert_array_equal(weights["model.layers.0.self_attn.q_proj.weight"][:4], head[[0, 2, 1, 3]])
    assert (out / "chat_template.jinja").read_text() == CHATML
    assert (out / "generation_config.json").exists()
    assert Encoder(out).vocabulary == config["vocab_size"]


def test_a_missing_template_and_padding_token_are_replaced_and_said(
    tmp_path: Path, tokenizer: Path, capsys: pytest.CaptureFixture
) -> None:
    out = converted(write_tiny_gguf(tmp_path / "tiny.gguf", tokenizer), tmp_path / "out")
    assert (out / "chat_template.jinja").read_text() == DEFAULT_TEMPLATE
    assert json.loads((out / "tokenizer_config.json").read_text())["pad_token"] == "<|endoftext|>"
    told = capsys.readouterr().err
    assert "no chat template" in told and "no padding token" in told


def test_digits_are_cut_as_the_model_says(tmp_path: Path, tokenizer: Path) -> None:
    plain = Tokenizer.from_file(str(tokenizer / "tokenizer.json"))
    for pre, words in (("smollm", ["a", "Ġ", "2", "0", "2", "6"]), ("gpt-2", ["a", "Ġ2026"])):
        out = converted(write_tiny_gguf(tmp_path / f"{pre}.gguf", tokenizer, pre=pre), tmp_path / pre)
        made = Tokenizer.from_file(str(out / "tokenizer.json"))
        assert [word for word, _ in made.pre_tokenizer.pre_tokenize_str("a 2026")] == words
        assert made.encode("水位一致 boat").ids == plain.encode("水位一致 boat").ids
        assert made.decode(made.encode("闸门 2026 🚤").ids) == "闸门 2026 🚤"


def test_pieces_are_joined_best_score_first(tmp_path: Path) -> None:
    out = converted(write_piece_gguf(tmp_path / "piece.gguf"), tmp_path / "out")
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    # "ba" (-2.5) is joined before "ab" (-3); "水ab" (-1.5) only once its halves stand beside each other.
    assert tokenizer.encode("aba").tokens == ["a", "ba"]
    assert tokenizer.encode("ab ab").tokens == ["ab", "\u2581ab"]
    assert tokenizer.encode("水ab").tokens == ["水ab"]
    assert tokenizer.encode("é").tokens == ["<0xC3>", "<0xA9>"]
    assert tokenizer.encode("<s><|tool|>").tokens == ["<s>", "<|tool|>"]
    assert tokenizer.decode(tokenizer.encode("水 aé").ids) == "水 aé"
    # Of a message's text, control tokens are never read, user-defined ones always are.
    row = Encoder(out).texts(["<s><|tool|>"])[0].tokens.tolist()
    assert row[0] == 1 and row.count(1) == 1
    assert tokenizer.token_to_id("<|tool|>") in row


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("nothing", "no GGUF file"),
        ("encoder", "its architecture is 'bert'"),
        ("pre", "cuts words as 'tekken' does"),
        ("prefix", "a space before every text"),
    ],
)
def test_what_cannot_be_trained_is_refused(
    tmp_path: Path, tokenizer: Path, capsys: pytest.CaptureFixture, what: str, message: str
) -> None:
    source = tmp_path / "model.gguf"
    if what == "nothing":
        source.write_bytes(b"GGML and nothing else, for a while")
    elif what == "encoder":
        writer = gguf.GGUFWriter(source, "bert")
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.close()
    elif what == "pre":
        write_tiny_gguf(source, tokenizer, pre="tekken")
    else:
        write_piece_gguf(source, add_space_prefix=True)
    assert main([str(source), str(tmp_path / "out")]) == 3
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists() and not (tmp_path / "out.half").exists()
