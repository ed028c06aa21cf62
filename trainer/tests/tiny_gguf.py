"""Writes a llama of a few thousand weights as GGUF, with the tokenizer of a folder."""

import json
from pathlib import Path

import gguf
import numpy as np

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 16, 2, 4, 32, 64


def write_tiny_gguf(path: Path, tokenizer: Path, *, pre: str = "smollm", template: str | None = None) -> Path:
    """Byte-level BPE; the tokenizer's first token is the end of text."""
    values = json.loads((tokenizer / "tokenizer.json").read_text("utf-8"))
    tokens = list(values["model"]["vocab"])
    writer = _writer(path, len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL] + [gguf.TokenType.NORMAL] * (len(tokens) - 1))
    writer.add_token_merges([" ".join(pair) for pair in values["model"]["merges"]])
    writer.add_eos_token_id(0)
    if template is not None:
        writer.add_chat_template(template)
    return _write(writer, len(tokens), path)


def write_piece_gguf(path: Path, *, add_space_prefix: bool = False) -> Path:
    """A tokenizer of pieces with scores; what none covers falls back to bytes."""
    pieces = {"\u2581": -9.0, "a": -1.0, "b": -2.0, "ab": -3.0, "\u2581ab": -4.0, "ba": -2.5, "水": -5.0, "水ab": -1.5}
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *pieces, "<|tool|>"]
    kinds = gguf.TokenType
    types = [kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256, *[kinds.NORMAL] * len(pieces)]
    writer = _writer(path, len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_types([*types, kinds.USER_DEFINED])
    writer.add_token_scores([0.0] * 259 + [*pieces.values(), 0.0])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_space_prefix(add_space_prefix)
    return _write(writer, len(tokens), path)


def _writer(path: Path, vocabulary: int) -> gguf.GGUFWriter:
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(vocabulary)
    return writer


def _write(writer: gguf.GGUFWriter, vocabulary: int, path: Path) -> Path:
    random = np.random.default_rng(8)
    shapes = {"token_embd": (vocabulary, WIDTH), "output_norm": (WIDTH,)}
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        shapes |= {f"{block}attn_{name}": (WIDTH, WIDTH) for name in ("q", "k", "v", "output")}
        shapes |= {f"{block}ffn_gate": (INNER, WIDTH), f"{block}ffn_up": (INNER, WIDTH)}
        shapes |= {f"{block}ffn_down": (WIDTH, INNER), f"{block}attn_norm": (WIDTH,), f"{block}ffn_norm": (WIDTH,)}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", random.normal(0, 0.1, shape).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
