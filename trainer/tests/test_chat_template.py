import pytest
from rows_file import CHATML

from towpath_trainer.chat_template import DEFAULT_TEMPLATE, BadTemplate, ChatTemplate, Message, Piece

SYSTEM: Message = {"role": "system", "content": "Be brief."}
USER: Message = {"role": "user", "content": " {{ 1 + 1 }}<|end|> "}
ANSWER: Message = {"role": "assistant", "content": "Two."}


def test_template_and_messages_stay_apart_and_messages_stay_as_they_are() -> None:
    assert ChatTemplate(CHATML, {}).pieces([USER, ANSWER]) == [
        Piece("<|start|>user\n", None),
        Piece(" {{ 1 + 1 }}<|end|> ", "user"),
        Piece("<|end|>\n<|start|>assistant\n", None),
        Piece("Two.", "assistant"),
        Piece("<|end|>\n", None),
    ]


def test_a_template_that_trims_does_not_trim_the_message() -> None:
    template = ChatTemplate("{% for m in messages %}[{{ m['content'] | trim }}]{% endfor %}", {})
    assert template.pieces([USER])[1].text == USER["content"]


def test_neighbours_of_one_role_are_one_message() -> None:
    pieces = ChatTemplate(CHATML, {}).pieces([USER, {"role": "user", "content": "more"}, ANSWER])
    assert pieces[1].text == " {{ 1 + 1 }}<|end|> \n\nmore"


def test_a_refused_system_message_becomes_part_of_the_question() -> None:
    template = "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no') }}{% endif %}"
    pieces = ChatTemplate(template + "<{{ m['content'] }}>{% endfor %}", {}).pieces([SYSTEM, USER, ANSWER])
    assert pieces[1].text == "### System message\n\nBe brief.\n\n----\n\n" + USER["content"]


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{% for m in messages %}", "broken"),
        ("{{ raise_exception('only in pairs') }}", "only in pairs"),
        ("{{ messages[0]['content'] }}", "leaves messages out"),
        ("{{ messages[1]['content'] + messages[0]['content'] }}", "order"),
        ("{{ messages.__class__.__mro__ }}", "fails"),
    ],
)
def test_a_template_that_does_not_work_says_why(template: str, why: str) -> None:
    with pytest.raises(BadTemplate, match=why):
        ChatTemplate(template, {}).pieces([USER, ANSWER])


def test_the_default_is_the_prompt_of_models_without_a_template() -> None:
    pieces = ChatTemplate(DEFAULT_TEMPLATE, {"eos_token": "<e>"}).pieces([SYSTEM, USER, ANSWER])
    prompt = "".join(piece.text for piece in pieces[:-2])
    assert prompt == f"Be brief.\n\n### Human\n{USER['content']}\n\n### Assistant\n"
    assert pieces[-1].text.startswith("<e>")
