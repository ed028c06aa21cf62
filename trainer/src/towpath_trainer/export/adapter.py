"""Reads a LoRA adapter as peft saves it: adapter_config.json and adapter_model.safetensors."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from towpath_trainer.export.config import read_json, unfit
from towpath_trainer.phrases import unreadable
from towpath_trainer.report import say

_PREFIX = "base_model.model."
# Each changes what an adapter computes, and a GGUF adapter cannot say it.
_UNKNOWN = (
    "use_dora",
    "rank_pattern",
    "alpha_pattern",
    "modules_to_save",
    "fan_in_fan_out",
    "lora_bias",
    "layer_replication",
    "target_parameters",
)


@dataclass(frozen=True)
class Adapter:
    """Low-rank changes: module m of the base computes (W + scale * B A) x."""

    rank: int
    alpha: float
    """What GGUF stores: the scale is alpha / rank."""
    pairs: dict[str, tuple[np.ndarray, np.ndarray]]
    """By module of the base (`model.layers.0.self_attn.q_proj`): A [rank, in] and B [out, rank], float32."""

    @property
    def scale(self) -> float:
        """The factor of B A."""
        return self.alpha / self.rank

    def delta(self, module: str) -> np.ndarray:
        """What is added to the module's weight, [out, in]."""
        a, b = self.pairs[module]
        return np.float32(self.scale) * (b @ a)

    def shape(self, module: str) -> tuple[int, int]:
        """Shape of the weight that a module must have, (out, in)."""
        a, b = self.pairs[module]
        return b.shape[0], a.shape[1]


def read_adapter(folder: Path) -> Adapter:
    """Read an adapter folder.

    Raises TrainError TOW_TRAIN_EXPORT_UNFIT for what is no plain LoRA adapter of linear layers.
    """
    config = read_json(folder / "adapter_config.json")
    _refuse_unknown(config)
    try:
        rank, alpha = int(config["r"]), float(config["lora_alpha"])
    except (KeyError, TypeError, ValueError) as cause:
        raise unfit(say("trainer.no-rank", "adapter_config.json lacks a rank or an alpha: {why}", why=cause)) from cause
    if rank < 1:
        raise unfit(say("trainer.rank", "adapter_config.json has rank {rank}", rank=rank))
    if config.get("use_rslora"):
        # Rank-stabilised: the scale is alpha / sqrt(rank) (Kalajdzievski, 2023).
        alpha *= math.sqrt(rank)
    return Adapter(rank, alpha, _pairs(folder / "adapter_model.safetensors", rank))


def _refuse_unknown(config: dict[str, Any]) -> None:
    if config.get("peft_type") != "LORA":
        raise unfit(
            say(
                "trainer.not-lora",
                "the adapter is of type {kind}; only LORA is exported",
                kind=repr(config.get("peft_type")),
            )
        )
    for key in _UNKNOWN:
        if config.get(key):
            raise unfit(
                say("trainer.adapter-uses", "the adapter uses {key}, which a GGUF adapter cannot hold", key=key)
            )
    if config.get("bias", "none") != "none":
        raise unfit(say("trainer.adapter-biases", "the adapter trains biases, which a GGUF adapter cannot hold"))


def _pairs(path: Path, rank: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    halves: dict[str, dict[str, np.ndarray]] = {}
    try:
        with safe_open(path, framework="pt") as file:
            for name in file.keys():  # noqa: SIM118 - it is no dict
                module, _, half = name.removeprefix(_PREFIX).removesuffix(".weight").rpartition(".")
                if half not in ("lora_A", "lora_B") or not name.startswith(_PREFIX):
                    raise unfit(
                        say(
                            "trainer.adapter-part",
                            "the adapter holds {name}, which is no part of a LoRA of a linear layer",
                            name=name,
                        )
                    )
                halves.setdefault(module, {})[half] = file.get_tensor(name).float().numpy()
    except OSError as cause:
        raise unfit(unreadable(path.name, cause)) from cause
    pairs = {}
    for module in sorted(halves):
        a, b = halves[module].get("lora_A"), halves[module].get("lora_B")
        if a is None or b is None or a.shape[0] != rank or b.shape[1] != rank:
            raise unfit(
                say(
                    "trainer.no-pair",
                    "the adapter's {module} is no pair of matrices of rank {rank}",
                    module=module,
                    rank=rank,
                )
            )
        pairs[module] = (a, b)
    if not pairs:
        raise unfit(say("trainer.adapter-empty", "the adapter changes nothing: it holds no tensors"))
    return pairs
