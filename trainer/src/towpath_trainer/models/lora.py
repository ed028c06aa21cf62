"""Low-rank adapters (Hu et al., 2021) on a pretrained model, by peft; the base's weights stay as they are."""

import warnings
from collections.abc import Mapping
from pathlib import Path

from peft import LoraConfig, TaskType, get_peft_model, get_peft_model_state_dict
from torch import Tensor, nn
from transformers import PreTrainedModel

from towpath_trainer.job import Lora
from towpath_trainer.models.folder import write_folder
from towpath_trainer.models.lora_linear import LoraLinear
from towpath_trainer.models.pretrained import Pretrained
from towpath_trainer.report import TrainError, say

FILES = ("adapter_config.json", "adapter_model.safetensors")


class Adapted(Pretrained):
    """A pretrained model of which only adapters (and a score head) are trained."""

    def __init__(self, inner: PreTrainedModel, lora: Lora, context: int, *, score: bool) -> None:
        """Put adapters into `inner`, initialised by PyTorch's random numbers.

        Raises:
            TrainError: TOW_TRAIN_JOB_UNFIT when a target names no layer of the model.
        """
        super().__init__(inner, context)
        _check_targets(inner, lora.targets)
        config = LoraConfig(
            task_type=TaskType.SEQ_CLS if score else TaskType.CAUSAL_LM,
            r=lora.rank,
            lora_alpha=lora.alpha,
            lora_dropout=lora.dropout,
            target_modules=list(lora.targets),
        )
        config._register_custom_module({nn.Linear: LoraLinear})
        # In a list, so that its parameters keep the one name that they have as parts of `inner`.
        with warnings.catch_warnings():
            # peft asks transformers for a property by its former name.
            warnings.simplefilter("ignore", FutureWarning)
            self._adapted = [get_peft_model(inner, config)]

    def save(self, folder: Path, weights: Mapping[str, Tensor] | None = None) -> None:
        """Write the adapters in peft's format. The path of the base is left out: it means nothing elsewhere."""
        held = {**self.trainable(), **(weights or {})}
        state = {f"base_model.model.{name.removeprefix('inner.')}": each for name, each in held.items()}
        (adapted,) = self._adapted
        settings = {**adapted.peft_config["default"].to_dict(), "base_model_name_or_path": None, "inference_mode": True}
        config = {key: sorted(value) if isinstance(value, set) else value for key, value in settings.items()}
        write_folder(folder, config, get_peft_model_state_dict(adapted, state_dict=state), FILES)


def _check_targets(inner: PreTrainedModel, targets: tuple[str, ...]) -> None:
    linear = [name for name, module in inner.named_modules() if isinstance(module, nn.Linear)]
    missing = [each for each in targets if not any(name == each or name.endswith(f".{each}") for name in linear)]
    if missing:
        there = sorted({name.rsplit(".", 1)[-1] for name in linear})
        raise TrainError(
            "TOW_TRAIN_JOB_UNFIT",
            say("trainer.no-layer", "LoRA targets that name no layer of the base model: {targets}", targets=missing),
            say("trainer.layers-are", "its layers are named {layers}", layers=there),
        )
