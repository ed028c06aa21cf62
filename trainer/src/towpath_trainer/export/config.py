"""Reads a model's config.json: whether llama.cpp knows such a model, and the figures that shape it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from towpath_trainer.phrases import either, no_setting, not_json, unreadable, wrong_activation
from towpath_trainer.report import TrainError, say

LARGEST_JSON = 256 * 1024 * 1024
"""Bytes; a tokenizer.json of 260,000 tokens has 35 MB."""


@dataclass(frozen=True)
class ModelConfig:
    """The figures of a decoder that a GGUF header carries."""

    architecture: str
    """As GGUF names it: `llama` or `gemma3`."""
    vocabulary: int
    layers: int
    width: int
    inner: int
    heads: int
    kv_heads: int
    head: int
    """Width of one attention head."""
    context: int
    epsilon: float
    rope_base: float
    window: int | None
    """Positions that a layer of sliding attention sees; None: every layer sees all."""
    tied: bool
    """The output layer is the embedding table."""


def unfit(why: str, hint: str | None = None) -> TrainError:
    """The error of a model that cannot become GGUF."""
    return TrainError("TOW_TRAIN_EXPORT_UNFIT", why, hint)


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object. Raises TrainError TOW_TRAIN_EXPORT_UNFIT for what is missing, too large or none."""
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise unfit(say("trainer.large", "{file} has more than {most} bytes", file=path.name, most=LARGEST_JSON))
        values = json.loads(path.read_text("utf-8"))
    except OSError as cause:
        raise unfit(unreadable(path.name, cause.strerror)) from cause
    except ValueError as cause:
        raise unfit(not_json(path, cause)) from cause
    if not isinstance(values, dict):
        raise unfit(say("trainer.no-object", "{file} holds no object", file=path.name))
    return values


def read_config(folder: Path) -> ModelConfig:
    """The config of the model in `folder`.

    Raises TrainError TOW_TRAIN_EXPORT_UNFIT for a model that llama.cpp would not compute as PyTorch does: recurrent
    networks, scoring heads, biases, rotary embeddings other than plain ones.
    """
    raw = read_json(folder / "config.json")
    kind = raw.get("model_type")
    readers = {"llama": _llama, "gemma3_text": _gemma3}
    if kind not in readers:
        raise unfit(
            say(
                "trainer.no-gguf",
                "a model of type {kind} has no GGUF form here; those of type {known} have one",
                kind=repr(kind),
                known=either(*readers),
            ),
            say(
                "trainer.train-transformer",
                "Train a Transformer where the service is to load the result; others stay PyTorch models.",
            ),
        )
    heads = raw.get("architectures") or []
    if not all(str(name).endswith("ForCausalLM") for name in heads):
        raise unfit(
            say("trainer.writes-nothing", "{heads} writes no text: only language models are exported", heads=heads)
        )
    try:
        return readers[kind](raw)
    except KeyError as cause:
        raise unfit(no_setting(cause)) from None


def _common(raw: dict[str, Any]) -> dict[str, Any]:
    for key in ("attention_bias", "mlp_bias"):
        if raw.get(key):
            raise unfit(say("trainer.gguf-lacks", "config.json has {key}, which the GGUF form lacks", key=key))
    heads = int(raw["num_attention_heads"])
    return {
        "vocabulary": int(raw["vocab_size"]),
        "layers": int(raw["num_hidden_layers"]),
        "width": int(raw["hidden_size"]),
        "inner": int(raw["intermediate_size"]),
        "heads": heads,
        "kv_heads": int(raw.get("num_key_value_heads") or heads),
        "head": int(raw.get("head_dim") or int(raw["hidden_size"]) // heads),
        "context": int(raw["max_position_embeddings"]),
        "epsilon": float(raw["rms_norm_eps"]),
    }


def _llama(raw: dict[str, Any]) -> ModelConfig:
    if raw.get("hidden_act", "silu") != "silu":
        raise unfit(wrong_activation(raw["hidden_act"], "silu"))
    return ModelConfig(
        architecture="llama",
        **_common(raw),
        rope_base=_rope_base(raw.get("rope_parameters") or raw, raw),
        window=None,
        tied=bool(raw.get("tie_word_embeddings", False)),
    )


def _gemma3(raw: dict[str, Any]) -> ModelConfig:
    common = _common(raw)
    pattern = ["full_attention" if layer % 6 == 5 else "sliding_attention" for layer in range(common["layers"])]
    if raw.get("layer_types", pattern) != pattern:
        raise unfit(
            say("trainer.layer-types", "config.json has layer_types other than every sixth layer of full attention")
        )
    if float(raw.get("query_pre_attn_scalar", common["head"])) != common["head"]:
        raise unfit(say("trainer.query-scalar", "config.json has a query_pre_attn_scalar other than head_dim"))
    if raw.get("final_logit_softcapping") or raw.get("attn_logit_softcapping"):
        raise unfit(say("trainer.caps-logits", "config.json caps logits, which the GGUF form lacks"))
    ropes = raw.get("rope_parameters") or {}
    local = _rope_base(ropes.get("sliding_attention") or {"rope_theta": raw.get("rope_local_base_freq", 1e4)}, {})
    if local != 1e4:
        raise unfit(say("trainer.sliding", "sliding layers turn by {found} instead of 10000", found=f"{local:g}"))
    return ModelConfig(
        architecture="gemma3",
        **common,
        rope_base=_rope_base(ropes.get("full_attention") or raw, raw),
        window=int(raw["sliding_window"]),
        tied=bool(raw.get("tie_word_embeddings", True)),
    )


def _rope_base(rope: dict[str, Any], raw: dict[str, Any]) -> float:
    kind = rope.get("rope_type", "default")
    if kind != "default" or raw.get("rope_scaling") not in (None, {}):
        raise unfit(say("trainer.rotary", "config.json scales its rotary embedding, which is not exported"))
    return float(rope.get("rope_theta", 1e4))
