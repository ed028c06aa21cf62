"""Trains a tokenizer: byte-level BPE over the words of GPT-2, which llama.cpp calls "gpt-2".

    python -m towpath_trainer.tokenizer ROWS.jsonl OUT --vocabulary N

Only the training split is read. OUT is a new folder in the Hugging Face format: tokenizer.json, tokenizer_config.json
and chat_template.jinja. The same rows give the same bytes. <|endoftext|> is number 0: the end of text, and padding.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from towpath_trainer.chat_template import DEFAULT_TEMPLATE
from towpath_trainer.data.rows import read_rows
from towpath_trainer.json_file import write_json
from towpath_trainer.report import TrainError, Unfit, fail, progress, say

END = "<|endoftext|>"
SMALLEST = 257
"""Every byte, and the end of text."""


def train(source: Path, out: Path, vocabulary: int) -> int:
    """Write the folder, whole or not there; returns how many tokens there are, fewer than asked for in a small text.

    Raises Unfit for broken lines, TrainError TOW_TRAIN_NO_DATA when the training split holds no text.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    with source.open("rb") as lines:
        total = sum(1 for _ in lines)
    tokenizer.train_from_iterator(_texts(source, total), trainer)
    half = out.with_name(f"{out.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    tokenizer.save(str(half / "tokenizer.json"))
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": END, "pad_token": END}
    write_json(
        half / "tokenizer_config.json", {**config, "add_bos_token": False, "clean_up_tokenization_spaces": False}
    )
    (half / "chat_template.jinja").write_text(DEFAULT_TEMPLATE, "utf-8")
    half.rename(out)
    return tokenizer.get_vocab_size()


def _texts(source: Path, total: int) -> Iterator[str]:
    is_empty = True
    for row in read_rows(source):
        if row.number % 1000 == 0 or row.number == total:
            progress(row.number, total, say("trainer.counting", "counting words"), "rows")
        if row.split != "train":
            continue
        for text in [row.text] if row.messages is None else [each["content"] for each in row.messages]:
            if text:
                is_empty = False
                yield text
    if is_empty:
        raise TrainError(
            "TOW_TRAIN_NO_DATA", say("trainer.no-text", "the training split holds no text to make a tokenizer from")
        )


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status: 0, or 3 for what a person can mend."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, metavar="ROWS")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--vocabulary", type=int, required=True)
    options = parser.parse_args(arguments)
    if options.vocabulary < SMALLEST:
        parser.error(f"--vocabulary is at least {SMALLEST}")
    try:
        made = train(options.source, options.out, options.vocabulary)
    except (Unfit, TrainError) as error:
        return fail(error)
    if made < options.vocabulary:
        print(f"the text gives {made} tokens, not {options.vocabulary}: no more pairs in it", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
