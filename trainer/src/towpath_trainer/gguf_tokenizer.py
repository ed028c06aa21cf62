"""The tokenizer inside a GGUF file as a `tokenizers` one that gives the numbers llama.cpp gives."""

from typing import Any

import gguf
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers

from towpath_trainer.report import Unfit, say

# How each `tokenizer.ggml.pre` cuts text before the words of GPT-2. transformers takes GPT-2's alone for all of them,
# and so gives other numbers than llama.cpp for digits.
_BEFORE: dict[str, list[pre_tokenizers.PreTokenizer]] = {
    "gpt-2": [],
    "smollm": [pre_tokenizers.Digits(individual_digits=True)],
}


def read_tokenizer(reader: gguf.GGUFReader) -> tuple[Tokenizer, dict[str, Any]]:
    """The tokenizer and what `tokenizer_config.json` says of it.

    Raises Unfit for a kind of tokenizer that is not known to agree with llama.cpp's.
    """
    kind = _field(reader, "model")
    tokens: list[str] = _field(reader, "tokens")
    types: list[int] = _field(reader, "token_type")
    if kind == "gpt2":
        tokenizer = _byte_level(reader, tokens)
    elif kind == "llama":
        tokenizer = _sentence_piece(reader, tokens, types)
    else:
        raise Unfit(
            say(
                "trainer.tokenizer-kind",
                "its tokenizer is of kind {kind}; gpt2 and llama can be trained",
                kind=repr(kind),
            )
        )
    # Control tokens are never read out of a message; user-defined ones always are.
    special = [AddedToken(t, special=True, normalized=False) for t, k in zip(tokens, types, strict=True) if k == 3]
    defined = [AddedToken(t, special=False, normalized=False) for t, k in zip(tokens, types, strict=True) if k == 4]
    tokenizer.add_special_tokens(special)
    tokenizer.add_tokens(defined)
    if tokenizer.get_vocab_size() != len(tokens):
        raise Unfit(
            say(
                "trainer.tokens-twice",
                "its tokenizer lists {tokens} tokens, {different} of them different",
                tokens=len(tokens),
                different=tokenizer.get_vocab_size(),
            )
        )
    return tokenizer, _config(reader, tokens)


def _byte_level(reader: gguf.GGUFReader, tokens: list[str]) -> Tokenizer:
    pre = _field(reader, "pre", "gpt-2")
    if pre not in _BEFORE:
        raise Unfit(
            say(
                "trainer.cuts-words",
                "its tokenizer cuts words as {found} does; known are {known}",
                found=repr(pre),
                known=list(_BEFORE),
            )
        )
    merges = [tuple(each.split(" ")) for each in _field(reader, "merges")]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    words = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*_BEFORE[pre], words])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _sentence_piece(reader: gguf.GGUFReader, tokens: list[str], types: list[int]) -> Tokenizer:
    """Merges by score: of two neighbours whose join is a token, the one with the best score is joined first."""
    if _field(reader, "add_space_prefix", True):
        raise Unfit(
            say("trainer.space-before", "its tokenizer puts a space before every text, which is not known here")
        )
    scores = _field(reader, "scores")
    vocabulary = {token: number for number, token in enumerate(tokens)}
    merges: list[tuple[float, int, int, int, str, str]] = []
    for number, (token, kind) in enumerate(zip(tokens, types, strict=True)):
        if kind != 1:
            continue
        for at in range(1, len(token)):
            left, right = token[:at], token[at:]
            if left in vocabulary and right in vocabulary:
                merges.append((-scores[number], number, vocabulary[left], vocabulary[right], left, right))
    merges.sort()
    unknown = tokens[_field(reader, "unknown_token_id", 0)]
    pairs = [(left, right) for *_, left, right in merges]
    model = models.BPE(vocab=vocabulary, merges=pairs, unk_token=unknown, fuse_unk=True, byte_fallback=True)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Replace(" ", "\u2581")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse()])
    return tokenizer


def _config(reader: gguf.GGUFReader, tokens: list[str]) -> dict[str, Any]:
    config: dict[str, Any] = {"tokenizer_class": "PreTrainedTokenizerFast"}
    for ours, theirs in (("bos", "bos"), ("eos", "eos"), ("unk", "unknown"), ("pad", "padding")):
        number = _field(reader, f"{theirs}_token_id", None)
        if number is not None and number < len(tokens):
            config[f"{ours}_token"] = tokens[number]
    is_piece = _field(reader, "model") == "llama"
    config["add_bos_token"] = bool(_field(reader, "add_bos_token", is_piece)) and "bos_token" in config
    config["model_max_length"] = int(_value(reader, f"{_value(reader, 'general.architecture')}.context_length"))
    config["clean_up_tokenization_spaces"] = False
    return config


def chat_template(reader: gguf.GGUFReader) -> str | None:
    """The model's own chat template."""
    return _value(reader, "tokenizer.chat_template", None) or None


_NONE = object()


def _field(reader: gguf.GGUFReader, name: str, default: Any = _NONE) -> Any:  # noqa: ANN401
    return _value(reader, f"tokenizer.ggml.{name}", default)


def _value(reader: gguf.GGUFReader, name: str, default: Any = _NONE) -> Any:  # noqa: ANN401
    field = reader.fields.get(name)
    if field is not None:
        return field.contents()
    if default is _NONE:
        raise Unfit(say("trainer.header-lacks", "its header lacks {key}", key=name))
    return default
