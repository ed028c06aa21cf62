"""A BERT encoder in plain NumPy, at 32 bits: slow, and what conversions are checked against.

    python -m towpath_trainer.reference IN < texts.json > vectors.json

Reads a JSON list of texts from standard input and writes a JSON list of vectors of length one.
"""

import json
import math
import sys
import unicodedata
from pathlib import Path

import numpy as np

from towpath_trainer.bert_files import BertFiles, read_bert

_erf = np.vectorize(math.erf, otypes=[np.float32])


def word_pieces(text: str, model: BertFiles) -> list[int]:
    """Token numbers of a text, [CLS] and [SEP] around them."""
    numbers = {token: number for number, token in enumerate(model.tokens)}
    found = [model.special["cls"]]
    for word in _words(text, model.lower_case):
        found.extend(_pieces(word, numbers, model.special["unk"]))
    return [*found[: model.config.context - 1], model.special["sep"]]


def _words(text: str, lower_case: bool) -> list[str]:
    if lower_case:
        folded = unicodedata.normalize("NFD", text.lower())
        text = "".join(mark for mark in folded if unicodedata.category(mark) != "Mn")
    spaced = []
    for mark in text:
        category = unicodedata.category(mark)
        is_han = 0x4E00 <= ord(mark) <= 0x9FFF or 0x3400 <= ord(mark) <= 0x4DBF
        is_symbol = category.startswith("P") or (ord(mark) < 127 and category.startswith("S"))
        spaced.append(f" {mark} " if is_han or is_symbol else mark)
    return "".join(spaced).split()


def _pieces(word: str, numbers: dict[str, int], unknown: int) -> list[int]:
    if len(word) > 100:
        return [unknown]
    found: list[int] = []
    start = 0
    while start < len(word):
        for stop in range(len(word), start, -1):
            piece = word[start:stop] if start == 0 else f"##{word[start:stop]}"
            if piece in numbers:
                found.append(numbers[piece])
                start = stop
                break
        else:
            return [unknown]
    return found


def embed(text: str, model: BertFiles) -> np.ndarray:
    """The vector of a text, of length one."""
    config, tensors = model.config, model.tensors

    def linear(values: np.ndarray, name: str) -> np.ndarray:
        return values @ tensors[f"{name}.weight"].astype(np.float32).T + tensors[f"{name}.bias"]

    def norm(values: np.ndarray, name: str) -> np.ndarray:
        centred = values - values.mean(-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(-1, keepdims=True) + config.epsilon)
        return centred / scale * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]

    def heads(values: np.ndarray) -> np.ndarray:
        return values.reshape(len(values), config.heads, -1).transpose(1, 0, 2)

    tokens = word_pieces(text, model)
    state = tensors["embeddings.word_embeddings.weight"][tokens].astype(np.float32)
    state = state + tensors["embeddings.position_embeddings.weight"][: len(tokens)]
    state = state + tensors["embeddings.token_type_embeddings.weight"][0]
    state = norm(state, "embeddings.LayerNorm")
    for layer in range(config.layers):
        at = f"encoder.layer.{layer}"
        query, key, value = (heads(linear(state, f"{at}.attention.self.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        mixed = (weights @ value).transpose(1, 0, 2).reshape(state.shape)
        mixed = linear(mixed, f"{at}.attention.output.dense")
        state = norm(state + mixed, f"{at}.attention.output.LayerNorm")
        inner = linear(state, f"{at}.intermediate.dense")
        inner = inner * (1 + _erf(inner / np.sqrt(2))) / 2
        state = norm(state + linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
    pooled = state.mean(0) if model.pooling == "mean" else state[0]
    return pooled / np.linalg.norm(pooled)


def main() -> int:
    """Run the program."""
    model = read_bert(Path(sys.argv[1]))
    json.dump([embed(text, model).tolist() for text in json.load(sys.stdin)], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
