"""Writes a LoRA adapter as a GGUF adapter that llama.cpp applies to its base.

    python -m towpath_trainer.export_adapter ADAPTER BASE OUT.gguf --name NAME

ADAPTER is a folder that peft saved, BASE the model in Hugging Face's format that it was trained on. Its matrices stay
32-bit floats: they are small, and what was trained is served unrounded. The same input gives the same bytes.
"""

import argparse
import sys
from pathlib import Path

import gguf
import numpy as np

from towpath_trainer.export.adapter import Adapter, read_adapter
from towpath_trainer.export.config import ModelConfig, read_config
from towpath_trainer.export.file import Tensor, whole, write_tensors
from towpath_trainer.export.weights import NameMap, Weights, arranged
from towpath_trainer.report import TrainError, fail, say


def export_adapter(folder: Path, base: Path, out: Path, name: str) -> Adapter:
    """Write the adapter in `folder` to `out`, which is whole or not there; returns what was read.

    Raises TrainError TOW_TRAIN_EXPORT_UNFIT for an adapter that has no GGUF form or does not fit the base.
    """
    config = read_config(base)
    adapter = read_adapter(folder)
    with Weights(base, config, adapter):
        pass  # Opening them together compares every module's shape.
    with whole(out) as half:
        writer = gguf.GGUFWriter(half, config.architecture)
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, adapter.alpha)
        writer.add_name(name)
        write_tensors(writer, _planned(adapter, config), say("trainer.exporting", "exporting {name}", name=name))
    return adapter


def _planned(adapter: Adapter, config: ModelConfig) -> list[Tensor]:
    names = NameMap(config)
    planned = []
    for module, (a, b) in adapter.pairs.items():
        for half, matrix in (("lora_a", a), ("lora_b", arranged(module, b, config))):
            matrix = np.ascontiguousarray(matrix, dtype=np.float32)
            name = f"{names[module]}.weight.{half}"
            kind = gguf.GGMLQuantizationType.F32
            planned.append(Tensor(name, matrix.shape, kind, matrix.nbytes, lambda matrix=matrix: matrix))
    return planned


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status: 0, or 3 when the adapter has no GGUF form."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("adapter", type=Path, metavar="ADAPTER")
    parser.add_argument("base", type=Path, metavar="BASE")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--name", required=True)
    options = parser.parse_args(arguments)
    try:
        export_adapter(options.adapter, options.base, options.out, options.name)
    except TrainError as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
