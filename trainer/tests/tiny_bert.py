"""Writes a BERT encoder of a few thousand random weights, as publishers lay it out: python tiny_bert.py FOLDER."""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

WIDTH, INNER, LAYERS, HEADS, CONTEXT = 32, 64, 2, 2, 64
WORDS = ["lock", "##s", "open", "boat", "the", "level", ".", "水", "位", "a", "##gree"]
TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]


def write_tiny_bert(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": WIDTH,
        "intermediate_size": INNER,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "max_position_embeddings": CONTEXT,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
    }
    tokenizer = {
        "normalizer": {"type": "BertNormalizer", "lowercase": True},
        "model": {"type": "WordPiece", "vocab": {token: at for at, token in enumerate(TOKENS)}},
    }
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    save_file(tensors(), folder / "model.safetensors")
    return folder


def tensors() -> dict[str, np.ndarray]:
    random = np.random.default_rng(7)

    def of(*shape: int) -> np.ndarray:
        return random.normal(0, 0.3, shape).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": of(len(TOKENS), WIDTH),
        "embeddings.position_embeddings.weight": of(CONTEXT, WIDTH),
        "embeddings.token_type_embeddings.weight": of(2, WIDTH),
    }
    shapes = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        for name, shape in shapes.items():
            found[f"{at}.{name}.weight"] = of(*shape)
            found[f"{at}.{name}.bias"] = of(shape[0])
        norms += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
    for norm in norms:
        found[f"{norm}.weight"] = 1 + of(WIDTH)
        found[f"{norm}.bias"] = of(WIDTH)
    return found


if __name__ == "__main__":
    write_tiny_bert(Path(sys.argv[1]))
