"""Reads a BERT encoder as its publishers lay it out: config.json, model.safetensors, tokenizer.json, 1_Pooling/."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from towpath_trainer.phrases import missing_file, no_setting, not_json, unreadable, wrong_activation
from towpath_trainer.report import Unfit, say


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
        raise Unfit(missing_file(path)) from None
    except ValueError as error:
        raise Unfit(not_json(path, error)) from error


def _config(raw: dict[str, Any]) -> BertConfig:
    if raw.get("model_type") != "bert":
        raise Unfit(
            say(
                "trainer.not-bert",
                "the model is of type {kind}; only bert is converted",
                kind=repr(raw.get("model_type")),
            )
        )
    if raw.get("hidden_act", "gelu") != "gelu":
        raise Unfit(wrong_activation(raw["hidden_act"], "gelu"))
    if raw.get("position_embedding_type", "absolute") != "absolute":
        raise Unfit(
            say(
                "trainer.positions",
                "positions of type {kind} are not absolute",
                kind=repr(raw["position_embedding_type"]),
            )
        )
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
        raise Unfit(no_setting(error)) from None


def _tokenizer(raw: dict[str, Any]) -> tuple[list[str], dict[str, int], bool]:
    model = raw.get("model", {})
    if model.get("type", "WordPiece") != "WordPiece" or not isinstance(model.get("vocab"), dict):
        raise Unfit(
            say("trainer.not-wordpiece", "the tokenizer is {kind}, not WordPiece", kind=repr(model.get("type")))
        )
    vocab: dict[str, int] = model["vocab"]
    tokens = sorted(vocab, key=vocab.__getitem__)
    if [vocab[token] for token in tokens] != list(range(len(tokens))):
        raise Unfit(say("trainer.gaps", "the vocabulary's numbers have gaps"))
    names = {"unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "pad": "[PAD]", "mask": "[MASK]"}
    special = {name: vocab[token] for name, token in names.items() if token in vocab}
    missing = {"unk", "cls", "sep"} - special.keys()
    if missing:
        raise Unfit(
            say(
                "trainer.vocabulary-lacks",
                "the vocabulary lacks {tokens}",
                tokens=sorted(names[name] for name in missing),
            )
        )
    return tokens, special, bool((raw.get("normalizer") or {}).get("lowercase", True))


def _tensors(path: Path, config: BertConfig) -> dict[str, np.ndarray]:
    if not path.exists():
        raise Unfit(missing_file(path))
    tensors: dict[str, np.ndarray] = {}
    try:
        with safe_open(path, framework="numpy") as file:
            for name in file.keys():  # noqa: SIM118 - it is no dict
                bare = name.removeprefix("bert.").replace(".gamma", ".weight")
                tensors[bare.replace(".beta", ".bias")] = file.get_tensor(name)
    except Exception as error:
        raise Unfit(unreadable(path.name, error)) from error
    words = tensors.get("embeddings.word_embeddings.weight")
    if words is None or words.shape[1] != config.width:
        raise Unfit(
            say(
                "trainer.no-embeddings",
                "{file} holds no word embeddings of width {width}",
                file=path.name,
                width=config.width,
            )
        )
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
    raise Unfit(say("trainer.pooling", "vectors are pooled neither by mean nor from [CLS]"))
