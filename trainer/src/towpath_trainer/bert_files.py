"""Reads a BERT encoder as its publishers lay it out: config.json, model.safetensors, tokenizer.json, 1_Pooling/."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from towpath_trainer.report import Unfit


@dataclass(frozen=True)
class BertConfig:
    """The figures that shape the network."""

    layers: int
    heads: int
    width: int
    inner: int
    context: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class BertFiles:
    """A BERT encoder in memory."""

    config: BertConfig
    tensors: dict[str, np.ndarray]
    tokens: list[str]
    special: dict[str, int]
    lower_case: bool
    pooling: str


def read_bert(folder: Path) -> BertFiles:
    """Read the folder, or raise Unfit with what is missing or different from BERT."""
    config = _config(_json(folder / "config.json"))
    tokens, special, lower_case = _tokenizer(_json(folder / "tokenizer.json"))
    return BertFiles(
        config=config,
        tensors=_tensors(folder / "model.safetensors", config),
        tokens=tokens,
        special=special,
        lower_case=lower_case,
        pooling=_pooling(folder),
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unfit(f"{path.name} is missing") from None
    except ValueError as error:
        raise Unfit(f"{path.name} is not JSON: {error}") from error


def _config(raw: dict[str, Any]) -> BertConfig:
    if raw.get("model_type") != "bert":
        raise Unfit(f"the model is of type {raw.get('model_type')!r}; only bert is converted")
    if raw.get("hidden_act", "gelu") != "gelu":
        raise Unfit(f"the activation {raw['hidden_act']!r} is not gelu")
    if raw.get("position_embedding_type", "absolute") != "absolute":
        raise Unfit(f"positions of type {raw['position_embedding_type']!r} are not absolute")
    try:
        return BertConfig(
            layers=int(raw["num_hidden_layers"]),
            heads=int(raw["num_attention_heads"]),
            width=int(raw["hidden_size"]),
            inner=int(raw["intermediate_size"]),
            context=int(raw["max_position_embeddings"]),
            token_types=int(raw.get("type_vocab_size", 2)),
            epsilon=float(raw.get("layer_norm_eps", 1e-12)),
        )
    except KeyError as error:
        raise Unfit(f"config.json has no {error.args[0]}") from None


def _tokenizer(raw: dict[str, Any]) -> tuple[list[str], dict[str, int], bool]:
    model = raw.get("model", {})
    if model.get("type", "WordPiece") != "WordPiece" or not isinstance(model.get("vocab"), dict):
        raise Unfit(f"the tokenizer is {model.get('type')!r}, not WordPiece")
    vocab: dict[str, int] = model["vocab"]
    tokens = sorted(vocab, key=vocab.__getitem__)
    if [vocab[token] for token in tokens] != list(range(len(tokens))):
        raise Unfit("the vocabulary's numbers have gaps")
    names = {"unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "pad": "[PAD]", "mask": "[MASK]"}
    special = {name: vocab[token] for name, token in names.items() if token in vocab}
    missing = {"unk", "cls", "sep"} - special.keys()
    if missing:
        raise Unfit(f"the vocabulary lacks {', '.join(sorted(names[name] for name in missing))}")
    return tokens, special, bool((raw.get("normalizer") or {}).get("lowercase", True))


def _tensors(path: Path, config: BertConfig) -> dict[str, np.ndarray]:
    if not path.exists():
        raise Unfit(f"{path.name} is missing")
    tensors: dict[str, np.ndarray] = {}
    try:
        with safe_open(path, framework="numpy") as file:
            for name in file.keys():  # noqa: SIM118 - it is no dict
                bare = name.removeprefix("bert.").replace(".gamma", ".weight")
                tensors[bare.replace(".beta", ".bias")] = file.get_tensor(name)
    except Exception as error:
        raise Unfit(f"{path.name} cannot be read: {error}") from error
    words = tensors.get("embeddings.word_embeddings.weight")
    if words is None or words.shape[1] != config.width:
        raise Unfit(f"{path.name} holds no word embeddings of width {config.width}")
    return tensors


def _pooling(folder: Path) -> str:
    path = folder / "1_Pooling" / "config.json"
    if not path.exists():
        return "mean"
    modes = _json(path)
    if modes.get("pooling_mode_mean_tokens"):
        return "mean"
    if modes.get("pooling_mode_cls_token"):
        return "cls"
    raise Unfit("vectors are pooled neither by mean nor from [CLS]")
