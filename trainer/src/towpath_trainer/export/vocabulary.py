"""Reads a byte-level BPE tokenizer from tokenizer.json and tokenizer_config.json."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gguf import TokenType

from towpath_trainer.export.config import read_json, unfit
from towpath_trainer.report import say


@dataclass(frozen=True)
class Vocabulary:
    """Tokens by number, the kinds they are of, merges in order, and the numbers of special ones."""

    tokens: list[str]
    types: list[int]
    merges: list[str]
    bos: int
    eos: int
    pad: int


def read_vocabulary(folder: Path, size: int) -> Vocabulary:
    """The tokenizer of a folder, filled up to `size` tokens with ones that never occur.

    Raises TrainError TOW_TRAIN_EXPORT_UNFIT for a tokenizer that llama.cpp would not follow: only byte-level BPE with
    GPT-2's way of cutting words can be written from its file alone.
    """
    raw = read_json(folder / "tokenizer.json")
    model = raw.get("model") or {}
    _check_kind(raw, model)
    numbers = dict(model["vocab"])
    added = {int(each["id"]): each for each in raw.get("added_tokens") or []}
    numbers.update({each["content"]: number for number, each in added.items()})
    by_number = {number: token for token, number in numbers.items()}
    if by_number and max(by_number) >= size:
        raise unfit(
            say(
                "trainer.token-beyond",
                "the tokenizer has a token {token}, the model only {size} tokens",
                token=max(by_number),
                size=size,
            )
        )
    tokens, types = [], []
    for number in range(size):
        tokens.append(by_number.get(number, f"<|unused_{number}|>"))
        types.append(_type_of(number, by_number, added))
    settings = read_json(folder / "tokenizer_config.json")
    eos = _special(settings, "eos_token", numbers)
    if eos is None:
        raise unfit(say("trainer.no-eos", "tokenizer_config.json names no eos_token: nothing would end an answer"))
    bos, pad = (_special(settings, key, numbers) for key in ("bos_token", "pad_token"))
    return Vocabulary(
        tokens=tokens,
        types=types,
        merges=[each if isinstance(each, str) else " ".join(each) for each in model["merges"]],
        bos=eos if bos is None else bos,
        eos=eos,
        pad=eos if pad is None else pad,
    )


def chat_template(folder: Path) -> str | None:
    """The chat template that was saved with a tokenizer, if any."""
    path = folder / "chat_template.jinja"
    if path.exists():
        return path.read_text("utf-8")
    config = folder / "tokenizer_config.json"
    template = read_json(config).get("chat_template") if config.exists() else None
    return template if isinstance(template, str) else None


def _check_kind(raw: dict[str, Any], model: dict[str, Any]) -> None:
    hint = say(
        "trainer.give-like", "Give --like with the GGUF file that the training began with: its tokenizer is taken over."
    )
    before = raw.get("pre_tokenizer") or {}
    is_gpt2 = before.get("type") == "ByteLevel" and before.get("use_regex", True) and not before.get("add_prefix_space")
    if model.get("type") != "BPE" or not is_gpt2 or model.get("byte_fallback") or raw.get("normalizer") is not None:
        raise unfit(say("trainer.no-bpe", "the tokenizer is no byte-level BPE that cuts words as GPT-2 does"), hint)
    if model.get("continuing_subword_prefix") or model.get("end_of_word_suffix") or model.get("ignore_merges"):
        raise unfit(say("trainer.marks-parts", "the tokenizer marks parts of words, which GPT-2's does not"), hint)


def _type_of(number: int, by_number: dict[int, str], added: dict[int, dict[str, Any]]) -> TokenType:
    if number in added:
        return TokenType.CONTROL if added[number].get("special") else TokenType.USER_DEFINED
    return TokenType.NORMAL if number in by_number else TokenType.UNUSED


def _special(settings: dict[str, Any], key: str, numbers: dict[str, int]) -> int | None:
    token = settings.get(key)
    if isinstance(token, dict):
        token = token.get("content")
    if token is None:
        return None
    if token not in numbers:
        raise unfit(
            say(
                "trainer.no-such-token",
                "tokenizer_config.json names the {key} {token}, which the tokenizer does not have",
                key=key,
                token=repr(token),
            )
        )
    return numbers[token]
