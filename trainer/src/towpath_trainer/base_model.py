"""Reads a GGUF model into the Hugging Face format, once, so that it can be trained.

    python -m towpath_trainer.base_model MODEL.gguf OUT

OUT is a new folder: config.json, generation_config.json, model.safetensors (32-bit floats), tokenizer.json,
tokenizer_config.json and chat_template.jinja. The same file gives the same bytes. A model without a chat template gets
the default one, one without a padding token pads with its end of text.
"""

import argparse
import shutil
import sys
from pathlib import Path

import gguf

from towpath_trainer.chat_template import DEFAULT_TEMPLATE
from towpath_trainer.gguf_tokenizer import chat_template, read_tokenizer
from towpath_trainer.json_file import write_json
from towpath_trainer.phrases import either, no_gguf
from towpath_trainer.report import Unfit, fail, progress, say

# Those whose weights and tokenizers are checked against llama.cpp.
ARCHITECTURES = ("llama", "gemma3")


def convert(source: Path, out: Path) -> None:
    """Write the folder, which is whole or not there.

    Raises Unfit for what is no GGUF file, an architecture that is not known, or a tokenizer that would differ.
    """
    try:
        reader = gguf.GGUFReader(source)
    except (OSError, ValueError, IndexError) as cause:
        raise Unfit(no_gguf(source, cause)) from cause
    field = reader.fields.get("general.architecture")
    architecture = None if field is None else field.contents()
    if architecture not in ARCHITECTURES:
        raise Unfit(
            say(
                "trainer.architecture",
                "its architecture is {found}; {known} can be trained",
                found=repr(architecture),
                known=either(*ARCHITECTURES),
            )
        )
    half = out.with_name(f"{out.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        _write_tokenizer(reader, half)
        progress(1, 3, say("trainer.reading-weights", "reading the weights"))
        _write_weights(source, half)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    half.rename(out)
    progress(3, 3, say("trainer.converted", "converted"))


def _write_tokenizer(reader: gguf.GGUFReader, folder: Path) -> None:
    progress(0, 3, say("trainer.reading-tokenizer", "reading the tokenizer"))
    tokenizer, config = read_tokenizer(reader)
    template = chat_template(reader)
    if template is None:
        print("the model has no chat template; it gets the plain default", file=sys.stderr)
        template = DEFAULT_TEMPLATE
    if "eos_token" not in config:
        raise Unfit(say("trainer.no-end-token", "its tokenizer has no end-of-text token"))
    if "pad_token" not in config:
        print("the tokenizer has no padding token; the end of text pads", file=sys.stderr)
        config["pad_token"] = config["eos_token"]
    tokenizer.save(str(folder / "tokenizer.json"))
    write_json(folder / "tokenizer_config.json", config)
    (folder / "chat_template.jinja").write_text(template, "utf-8")


def _write_weights(source: Path, folder: Path) -> None:
    # Imported here: these take seconds, and a file that is not fit is refused before.
    import torch
    import transformers

    transformers.utils.logging.disable_progress_bar()
    where = {"pretrained_model_name_or_path": str(source.parent), "gguf_file": source.name}
    try:
        model = transformers.AutoModelForCausalLM.from_pretrained(**where, dtype=torch.float32)
    except (ValueError, KeyError, RuntimeError, NotImplementedError) as cause:
        raise Unfit(say("trainer.its-weights", "its weights cannot be read: {why}", why=cause)) from cause
    progress(2, 3, say("trainer.writing-weights", "writing the weights"))
    # The weights are whole floats now, which the object does not know of itself.
    model.hf_quantizer = None
    del model.config.quantization_config
    model.config.name_or_path = ""
    model.save_pretrained(folder, max_shard_size="1000GB")
    (folder / "model.safetensors").chmod(0o644)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status: 0, or 3 for a model that cannot be trained."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, metavar="MODEL")
    parser.add_argument("out", type=Path, metavar="OUT")
    options = parser.parse_args(arguments)
    try:
        convert(options.source, options.out)
    except Unfit as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
