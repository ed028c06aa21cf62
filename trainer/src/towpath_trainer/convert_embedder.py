"""Converts a BERT encoder to a GGUF file that llama.cpp loads for embeddings.

    python -m towpath_trainer.convert_embedder IN OUT [--name NAME]

IN is a folder with config.json, model.safetensors and tokenizer.json; OUT is the GGUF file to write. The same input
gives the same bytes. Matrices become 16-bit floats, the rest stays at 32 bits.
"""

import argparse
import sys
from pathlib import Path

import gguf
import numpy as np

from towpath_trainer.bert_files import BertFiles, read_bert
from towpath_trainer.report import Unfit, fail, progress, say

# The order is the order in the file.
EMBEDDINGS = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
}
LAYER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
# llama.cpp adds these to what it computes in 32 bits.
KEEP_32 = {"position_embd", "token_types"}


def tensor_names(layers: int) -> dict[str, str]:
    """Names in the published file to names in the GGUF file, without .weight and .bias."""
    names = dict(EMBEDDINGS)
    for layer in range(layers):
        for theirs, ours in LAYER.items():
            names[f"encoder.layer.{layer}.{theirs}"] = f"blk.{layer}.{ours}"
    return names


def phantom(token: str, is_special: bool) -> str:
    """A WordPiece token as llama.cpp spells it: what begins a word is marked, not what continues one."""
    if is_special:
        return token
    return token[2:] if token.startswith("##") else f"\u2581{token}"


def add_vocabulary(writer: gguf.GGUFWriter, model: BertFiles) -> None:
    """Write the tokens, their types and the numbers of the special ones."""
    special = set(model.special.values())
    texts: list[str] = []
    types: list[int] = []
    for number, token in enumerate(model.tokens):
        is_special = number in special
        texts.append(phantom(token, is_special))
        if number == model.special["unk"]:
            types.append(gguf.TokenType.UNKNOWN)
        else:
            types.append(gguf.TokenType.CONTROL if is_special else gguf.TokenType.NORMAL)
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(texts)
    writer.add_token_types(types)
    writer.add_token_type_count(model.config.token_types)
    writer.add_bos_token_id(model.special["cls"])
    writer.add_eos_token_id(model.special["sep"])
    writer.add_sep_token_id(model.special["sep"])
    writer.add_unk_token_id(model.special["unk"])
    if "pad" in model.special:
        writer.add_pad_token_id(model.special["pad"])
    if "mask" in model.special:
        writer.add_mask_token_id(model.special["mask"])
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)


def convert(model: BertFiles, out: Path, name: str) -> None:
    """Write the model to `out`, which is whole or not there."""
    config = model.config
    half = out.with_suffix(".half")
    writer = gguf.GGUFWriter(half, "bert")
    writer.add_name(name)
    writer.add_context_length(config.context)
    writer.add_embedding_length(config.width)
    writer.add_feed_forward_length(config.inner)
    writer.add_block_count(config.layers)
    writer.add_head_count(config.heads)
    writer.add_layer_norm_eps(config.epsilon)
    writer.add_causal_attention(False)
    is_mean = model.pooling == "mean"
    writer.add_pooling_type(gguf.PoolingType.MEAN if is_mean else gguf.PoolingType.CLS)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    add_vocabulary(writer, model)
    names = tensor_names(config.layers)
    for done, (theirs, ours) in enumerate(names.items()):
        progress(done, len(names), say("trainer.converting", "converting tensors"))
        for part in ("weight", "bias"):
            tensor = model.tensors.get(f"{theirs}.{part}")
            if tensor is None:
                if part == "bias" and theirs.endswith("_embeddings"):
                    continue
                raise Unfit(say("trainer.weights-lack", "model.safetensors lacks {name}", name=f"{theirs}.{part}"))
            wide = tensor.ndim == 2 and ours not in KEEP_32
            tensor = np.ascontiguousarray(tensor, dtype=np.float16 if wide else np.float32)
            writer.add_tensor(f"{ours}.{part}", tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    half.rename(out)
    progress(len(names), len(names), say("trainer.converting", "converting tensors"))


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status: 0, or 3 when the input is no BERT encoder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--name", default="embedder")
    options = parser.parse_args(arguments)
    try:
        convert(read_bert(options.source), options.out, options.name)
    except Unfit as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
