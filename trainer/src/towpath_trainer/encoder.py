"""Turns the text of rows into token numbers, as serving does, many rows at once."""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from towpath_trainer.chat_template import DEFAULT_TEMPLATE, ChatTemplate, Message
from towpath_trainer.phrases import unreadable
from towpath_trainer.report import TrainError, Unfit, say

# A longer text is encoded in parts, so that memory stays bounded.
_LONGEST = 1 << 20
_LINE_END = re.compile(r"\S(?=\n\S)")


@dataclass(frozen=True)
class Encoded:
    """A row: `tokens` (int64 [n]) and `targets` (bool [n]), true where a token is to be predicted."""

    tokens: np.ndarray
    targets: np.ndarray


class Encoder:
    """A tokenizer folder in the Hugging Face format: tokenizer.json, tokenizer_config.json, chat_template.jinja.

    Of a message's text no control token is ever read: a passage cannot end its own turn.
    """

    def __init__(self, folder: Path) -> None:
        """Read it. A missing chat template or padding token is replaced, which standard error tells.

        Raises Unfit when it is no tokenizer or has no end-of-text token, TrainError TOW_TRAIN_VOCABULARY when the
        model beside it has fewer tokens.
        """
        self._marked = _tokenizer(folder)
        self._plain = _tokenizer(folder)
        self._plain.encode_special_tokens = True
        config = _json(folder / "tokenizer_config.json")
        special = {key: _content(value) for key, value in config.items() if key.endswith("_token")}
        self._special = {key: value for key, value in special.items() if isinstance(value, str)}
        eos = self._number("eos_token")
        if eos is None:
            raise Unfit(say("trainer.names-no-end", "the tokenizer names no end-of-text token"))
        self.eos = eos
        pad = self._number("pad_token")
        if pad is None:
            print("the tokenizer has no padding token; the end of text pads, and never counts there", file=sys.stderr)
        self.pad = eos if pad is None else pad
        bos = self._number("bos_token")
        self._start = [bos] if bos is not None and config.get("add_bos_token") is True else []
        self.vocabulary = _vocabulary(folder, self._marked)
        self._control = np.array(sorted(n for n, t in self._marked.get_added_tokens_decoder().items() if t.special))
        self.template = ChatTemplate(_template(folder, config), self._special)
        self._rendered: dict[str, np.ndarray] = {}

    def texts(self, texts: Sequence[str]) -> list[Encoded]:
        """Plain texts, each ended by the end of text: everything but the first token is a target."""
        result: list[Encoded] = []
        for tokens in self._encode(texts):
            whole = np.concatenate([self._start, tokens, [self.eos]]).astype(np.int64)
            targets = np.ones(len(whole), np.bool_)
            targets[0] = False
            result.append(Encoded(whole, targets))
        return result

    def chats(self, chats: Sequence[Sequence[Message]], answers_only: bool) -> list[Encoded]:
        """Chats: the targets are the assistant's turns with what ends them, or everything but the first token.

        Raises BadTemplate when the template refuses the messages.
        """
        pieces = [self.template.pieces(chat) for chat in chats]
        encoded = iter(self._encode([piece.text for row in pieces for piece in row if piece.role is not None]))
        result: list[Encoded] = []
        for row in pieces:
            tokens: list[np.ndarray] = [np.array(self._start, np.int64)] if self._start else []
            marks: list[np.ndarray] = [np.zeros(len(self._start), np.bool_)] if self._start else []
            is_answer = False
            for piece in row:
                if piece.role is not None:
                    is_answer = piece.role == "assistant"
                    part = next(encoded)
                    mark = np.full(len(part), is_answer)
                else:
                    part = self._of_template(piece.text)
                    mark = np.zeros(len(part), np.bool_)
                    # What ends an answer is learnt with it, or the model would not stop.
                    mark[: self._end(part)] = is_answer
                    is_answer = False
                tokens.append(part)
                marks.append(mark)
            result.append(self._row(np.concatenate(tokens), np.concatenate(marks), answers_only))
        return result

    def _row(self, tokens: np.ndarray, marks: np.ndarray, answers_only: bool) -> Encoded:
        if self._start and len(tokens) > 1 and tokens[1] == tokens[0]:
            tokens, marks = tokens[1:], marks[1:]  # the template begins with it too
        if marks.any():
            # What follows the end of the last answer is never asked for.
            last = int(np.flatnonzero(marks)[-1]) + 1
            tokens, marks = tokens[:last], marks[:last]
            if not np.isin(tokens[-1], self._control):
                tokens, marks = np.append(tokens, self.eos), np.append(marks, True)
        targets = marks if answers_only else np.ones(len(tokens), np.bool_)
        targets[:1] = False
        return Encoded(tokens.astype(np.int64), targets)

    def _end(self, part: np.ndarray) -> int:
        """How many tokens of the template after an answer end it: up to the first control token."""
        places = np.flatnonzero(np.isin(part, self._control))
        return int(places[0]) + 1 if len(places) > 0 else 0

    def _of_template(self, text: str) -> np.ndarray:
        known = self._rendered.get(text)
        if known is None:
            known = np.array(self._marked.encode(text, add_special_tokens=False).ids, np.int64)
            if len(self._rendered) < 10_000:
                self._rendered[text] = known
        return known

    def _encode(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Token numbers of each text; the batch is spread over the tokenizer's own threads."""
        parts = [_parts(text) for text in texts]
        encoded = iter(self._plain.encode_batch_fast([p for each in parts for p in each], add_special_tokens=False))
        return [np.concatenate([np.array(next(encoded).ids, np.int64) for _ in each]) for each in parts]

    def _number(self, name: str) -> int | None:
        token = self._special.get(name)
        return None if token is None else self._marked.token_to_id(token)


def _parts(text: str) -> list[str]:
    """Cut a very long text before line ends between visible characters, where byte-level words end anyway."""
    parts: list[str] = []
    start = 0
    while len(text) - start > _LONGEST:
        at = start + _LONGEST
        ends = _LINE_END.finditer(text, start + _LONGEST // 2, at + 1)
        at = max((match.start() + 1 for match in ends), default=at)
        parts.append(text[start:at])
        start = at
    return [*parts, text[start:]]


def _tokenizer(folder: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as cause:  # tokenizers raises nothing narrower
        raise Unfit(
            say("trainer.no-tokenizer", "{file} is no tokenizer: {why}", file=folder / "tokenizer.json", why=cause)
        ) from cause


def _vocabulary(folder: Path, tokenizer: Tokenizer) -> int:
    """The model's number of tokens where one lies beside the tokenizer: it may be larger, never smaller."""
    own = max(tokenizer.get_vocab(with_added_tokens=True).values()) + 1
    config = _json(folder / "config.json")
    size = config.get("vocab_size", own)
    if not isinstance(size, int) or size < own:
        raise TrainError(
            "TOW_TRAIN_VOCABULARY",
            say(
                "trainer.tokenizer-larger",
                "the tokenizer has {tokens} tokens, the model in {folder} {size}",
                tokens=own,
                folder=folder,
                size=size,
            ),
        )
    return size


def _template(folder: Path, config: dict[str, object]) -> str:
    path = folder / "chat_template.jinja"
    if path.exists():
        return path.read_text("utf-8")
    template = config.get("chat_template")
    if isinstance(template, str) and template:
        return template
    print("the tokenizer has no chat template; the plain default is used", file=sys.stderr)
    return DEFAULT_TEMPLATE


def _content(value: object) -> object:
    return value.get("content") if isinstance(value, dict) else value


def _json(path: Path) -> dict[str, object]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as cause:
        raise Unfit(unreadable(path, cause)) from cause
    return values if isinstance(values, dict) else {}
