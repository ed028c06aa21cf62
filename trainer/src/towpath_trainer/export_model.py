"""Writes a trained model as a GGUF file that llama.cpp loads.

    python -m towpath_trainer.export_model MODEL OUT.gguf --quantisation f16|q8_0|q4_0 --name NAME
        [--like BASE.gguf] [--merge ADAPTER]

MODEL is a folder in Hugging Face's format: Llama's architecture (which models from scratch have too) or Gemma 3.
--like takes the tokenizer over from the GGUF file that the training began with; without it the folder's own is written.
--merge adds a LoRA adapter to MODEL first. The same input gives the same bytes.
"""

import argparse
import sys
from pathlib import Path

import gguf

from towpath_trainer.export.adapter import read_adapter
from towpath_trainer.export.config import read_config
from towpath_trainer.export.file import Tensor, whole, write_tensors
from towpath_trainer.export.header import add_model, add_own_vocabulary, add_vocabulary_of
from towpath_trainer.export.quantise import FILE_TYPES, Quantisation, quantised, size_of, type_of
from towpath_trainer.export.weights import Weights
from towpath_trainer.report import TrainError, fail, say


def export_model(
    folder: Path,
    out: Path,
    quantisation: Quantisation,
    name: str,
    *,
    like: Path | None = None,
    merge: Path | None = None,
) -> None:
    """Write the model in `folder` to `out`, which is whole or not there.

    Raises TrainError TOW_TRAIN_EXPORT_UNFIT for what has no GGUF form.
    """
    config = read_config(folder)
    adapter = None if merge is None else read_adapter(merge)
    with Weights(folder, config, adapter) as weights, whole(out) as half:
        writer = gguf.GGUFWriter(half, config.architecture)
        add_model(writer, config, name)
        writer.add_file_type(FILE_TYPES[quantisation])
        writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
        if like is None:
            add_own_vocabulary(writer, folder, config)
        else:
            add_vocabulary_of(writer, like, folder, config)
        write_tensors(
            writer,
            _planned(weights, quantisation),
            say("trainer.exporting-at", "exporting {name} at {quantisation}", name=name, quantisation=quantisation),
        )


def _planned(weights: Weights, quantisation: Quantisation) -> list[Tensor]:
    planned = []
    for source, name, shape in weights.shapes():
        kind = type_of(name, shape, quantisation)

        def make(source: str = source, kind: gguf.GGMLQuantizationType = kind) -> object:
            return quantised(source, weights.read(source), kind)

        planned.append(Tensor(name, shape, kind, size_of(shape, kind), make))
    return planned


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status: 0, or 3 when the model has no GGUF form."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, metavar="MODEL")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--quantisation", choices=list(FILE_TYPES), required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--like", type=Path)
    parser.add_argument("--merge", type=Path)
    options = parser.parse_args(arguments)
    try:
        export_model(
            options.model,
            options.out,
            options.quantisation,
            options.name,
            like=options.like,
            merge=options.merge,
        )
    except TrainError as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
