"""Writes a model's folder: a configuration in JSON and weights in safetensors, each by a temporary name."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import save_file
from torch import Tensor


def write_folder(
    folder: Path,
    config: Mapping[str, Any],
    tensors: Mapping[str, Tensor],
    names: tuple[str, str] = ("config.json", "model.safetensors"),
) -> None:
    """Write both files into `folder`, which is made where absent. The same values give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    settings, weights = (folder / name for name in names)
    temporary = settings.with_name(f"{settings.name}.part")
    temporary.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", "utf-8")
    temporary.replace(settings)
    temporary = weights.with_name(f"{weights.name}.part")
    held = {name: tensor.detach().to("cpu").contiguous() for name, tensor in tensors.items()}
    save_file(held, temporary, metadata={"format": "pt"})
    temporary.replace(weights)
