"""Chat templates: the default for a tokenizer that has none, and rendering that keeps template and messages apart.

What is trained must be what is served, so this follows node-llama-cpp's JinjaTemplateChatWrapper (3.21), which turns
requests into tokens: messages of one role that follow each other are one, a system message that a template refuses
becomes a user message, and template and messages are tokenised piece by piece.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypedDict

from jinja2 import Template, TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from towpath_trainer.report import say

DEFAULT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ '### Human\\n' }}{% elif message['role'] == 'assistant' %}"
    "{{ '### Assistant\\n' }}{% endif %}{{ message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\\n\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '### Assistant\\n' }}{% endif %}"
)
"""Needs no token of its own but the end of text. A question gets the prompt that node-llama-cpp's GeneralChatWrapper
makes for a model without a template, so that an adapter may be served over such a base."""

# What becomes of a system message where the template knows none.
_SYSTEM = "### System message\n\n{}\n\n----"


class Message(TypedDict):
    """A turn of a chat: `role` is system, user or assistant."""

    role: str
    content: str


class Piece(NamedTuple):
    """Text of the template (`role` None), in which special tokens count, or the content of a message of that role."""

    text: str
    role: str | None


class BadTemplate(Exception):
    """The template cannot render these messages; the message says why."""

    def __init__(self, message: str) -> None:
        """Keep the text of the message."""
        super().__init__(message)
        self.message = message


class ChatTemplate:
    """A tokenizer's chat template."""

    def __init__(self, source: str, special: dict[str, str]) -> None:
        """Compile it; `special` are its variables: `bos_token`, `eos_token` and so on.

        Raises BadTemplate when it is no template.
        """
        self.source = source
        self._special = special
        self._template = _compile(source)

    def pieces(self, messages: Sequence[Message]) -> list[Piece]:
        """The chat in order, without empty pieces of the template; what follows the last message is the last piece.

        Raises BadTemplate when the template refuses the messages or loses one.
        """
        try:
            return self._render(_joined(messages))
        except BadTemplate:
            if all(message["role"] != "system" for message in messages):
                raise
        users: list[Message] = [
            {"role": "user", "content": _SYSTEM.format(each["content"])} if each["role"] == "system" else each
            for each in messages
        ]
        return self._render(_joined(users))

    def _render(self, messages: Sequence[Message]) -> list[Piece]:
        # Placeholders stand for the contents, so that a template neither trims nor reads them.
        marks = [f"W{number}towpath{number}W" for number in range(len(messages))]
        stand_ins = [{"role": each["role"], "content": mark} for each, mark in zip(messages, marks, strict=True)]
        try:
            text = self._template.render(
                messages=stand_ins, add_generation_prompt=False, enable_thinking=True, **self._special
            )
        except (TemplateError, TypeError, ValueError, KeyError) as cause:
            raise BadTemplate(say("trainer.template-fails", "the chat template fails: {why}", why=cause)) from cause
        pieces: list[Piece] = []
        found: list[int] = []
        for part in re.split(r"(W\d+towpath\d+W)", text):
            if part in marks:
                number = marks.index(part)
                found.append(number)
                pieces.append(Piece(messages[number]["content"], messages[number]["role"]))
            elif part:
                pieces.append(Piece(part, None))
        if found != list(range(len(messages))):
            raise BadTemplate(
                say("trainer.template-leaves-out", "the chat template leaves messages out or changes their order")
            )
        return pieces


def _joined(messages: Sequence[Message]) -> list[Message]:
    """Neighbours of one role as one message."""
    result: list[Message] = []
    for message in messages:
        if result and result[-1]["role"] == message["role"]:
            result[-1]["content"] += f"\n\n{message['content']}"
        else:
            result.append({"role": message["role"], "content": message["content"]})
    return result


@lru_cache(maxsize=8)
def _compile(source: str) -> Template:
    """The environment is the one transformers renders templates in, sandboxed because templates come with models."""
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    environment.globals["raise_exception"] = _refuse
    try:
        return environment.from_string(source)
    except TemplateError as cause:
        raise BadTemplate(say("trainer.template-broken", "the chat template is broken: {why}", why=cause)) from cause


def _refuse(message: object) -> Any:  # noqa: ANN401
    raise TemplateError(str(message))
