"""Writes what PyTorch makes of a model in float32, for another runtime to be compared with.

    python -m towpath_trainer.reference_tokens MODEL OUT.json (--tokens TOKENS | --prompts PROMPTS.jsonl)
        [--adapter ADAPTER] [--count 50] [--new 32] [--scored 2000] [--rounded]

MODEL is a folder in Hugging Face's format, ADAPTER a LoRA adapter that peft saved. Prompts and texts come from the
folder that `towpath_trainer.tokenise` wrote, or from lines `{"tokens": [...]}` or `{"text": "..."}`. OUT holds
{"schema": 1, "prompts": [{"tokens", "next", "gaps"}], "texts": [[token, ...]], "surprise": nats a token, "scored"}.

Texts are scored by the model as it was trained. With --rounded prompts are continued by the numbers that an f16 file
holds: which of two nearly equal tokens comes first then depends on no rounding of weights, and any other token is a
fault of the export.
"""

import argparse
import json
import sys
from pathlib import Path

from towpath_trainer.export.config import read_config
from towpath_trainer.export.file import whole
from towpath_trainer.export.material import Material, from_lines, from_tokens
from towpath_trainer.export.reference import continuations, load_reference, rounded, surprise
from towpath_trainer.report import TrainError, fail, progress, say

# Comparing reads the probability of every token of the vocabulary at every place: so many of them in all.
MOST_PROBABILITIES = 100_000_000


def write_reference(folder: Path, adapter: Path | None, material: Material, new: int, out: Path, as_f16: bool) -> None:
    """Continue the prompts, score the texts and write both to `out`, which is whole or not there."""
    model = load_reference(folder, adapter)
    progress(0, len(material.prompts), say("trainer.scoring", "scoring texts with PyTorch"), "rows")
    total, scored = surprise(model, material.texts)
    model = rounded(model) if as_f16 else model
    prompts = []
    for prompt, found in zip(material.prompts, continuations(model, material.prompts, new), strict=True):
        prompts.append({"tokens": prompt, "next": found.tokens, "gaps": found.gaps})
        progress(
            len(prompts), len(material.prompts), say("trainer.continuing", "continuing prompts with PyTorch"), "rows"
        )
    reference = {
        "schema": 1,
        "prompts": prompts,
        "texts": material.texts,
        "surprise": total / max(1, scored),
        "scored": scored,
    }
    with whole(out) as half:
        half.write_text(f"{json.dumps(reference)}\n", "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status: 0, or 3 when the input is at fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, metavar="MODEL")
    parser.add_argument("out", type=Path, metavar="OUT")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--tokens", type=Path)
    source.add_argument("--prompts", type=Path)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--new", type=int, default=32)
    parser.add_argument("--scored", type=int, default=2000)
    parser.add_argument("--rounded", action="store_true")
    options = parser.parse_args(arguments)
    try:
        vocabulary = read_config(options.model).vocabulary
        if options.tokens is not None:
            scored = min(options.scored, MOST_PROBABILITIES // vocabulary)
            material = from_tokens(options.tokens, prompts=options.count, scored=scored)
        else:
            material = from_lines(options.prompts, options.model)
        write_reference(
            options.model, options.adapter, material.checked(vocabulary), options.new, options.out, options.rounded
        )
    except TrainError as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
