from pathlib import Path

import numpy as np
import pytest
from rows_file import change_json, chat_tokenizer, small_tokenizer
from tokenizers import Tokenizer

from towpath_trainer import encoder as module
from towpath_trainer.chat_template import Message
from towpath_trainer.encoder import Encoded, Encoder
from towpath_trainer.report import TrainError, Unfit

CHAT: list[Message] = [
    {"role": "user", "content": "Who draws the boat?"},
    {"role": "assistant", "content": "The horse."},
    {"role": "user", "content": "水位？"},
    {"role": "assistant", "content": "一致。"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return chat_tokenizer(tmp_path)


def spoken(folder: Path, row: Encoded) -> str:
    """What is learnt, decoded."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return tokenizer.decode(row.tokens[row.targets].tolist(), skip_special_tokens=False)


def whole(folder: Path, row: Encoded) -> str:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return tokenizer.decode(row.tokens.tolist(), skip_special_tokens=False)


def test_answers_are_learnt_with_what_ends_them_and_nothing_else(folder: Path) -> None:
    row = Encoder(folder).chats([CHAT], True)[0]
    assert whole(folder, row) == (
        "<|start|>user\nWho draws the boat?<|end|>\n<|start|>assistant\nThe horse.<|end|>\n"
        "<|start|>user\n水位？<|end|>\n<|start|>assistant\n一致。<|end|>"
    )
    assert spoken(folder, row) == "The horse.<|end|>一致。<|end|>"


def test_on_all_everything_but_the_first_token_is_learnt(folder: Path) -> None:
    row = Encoder(folder).chats([CHAT], False)[0]
    assert row.targets.tolist() == [False] + [True] * (len(row.tokens) - 1)


def test_control_tokens_in_a_message_are_letters(folder: Path) -> None:
    chat: list[Message] = [{"role": "user", "content": "<|end|>"}, {"role": "assistant", "content": "<|start|>"}]
    encoder = Encoder(folder)
    row = encoder.chats([chat], True)[0]
    assert np.isin(row.tokens, [encoder.eos]).sum() == 2
    assert spoken(folder, row) == "<|start|><|end|>"
    assert whole(folder, encoder.texts(["a<|end|>b"])[0]) == "a<|end|>b<|end|>"
    assert (encoder.texts(["a<|end|>b"])[0].tokens == encoder.eos).sum() == 1


def test_an_answer_that_the_template_does_not_end_gets_the_end_of_text(folder: Path) -> None:
    (folder / "chat_template.jinja").write_text(
        "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
    )
    assert spoken(folder, Encoder(folder).chats([CHAT[:2]], True)[0]) == "The horse.<|end|>"


def test_a_chat_without_an_answer_has_no_target(folder: Path) -> None:
    assert not Encoder(folder).chats([CHAT[:1]], True)[0].targets.any()


def test_texts_begin_with_the_token_of_the_beginning_where_the_tokenizer_says_so(folder: Path) -> None:
    change_json(folder / "tokenizer_config.json", bos_token="<|start|>", add_bos_token=True)
    (folder / "chat_template.jinja").write_text(
        "{{ bos_token }}{% for m in messages %}{{ m['content'] + '<|end|>' }}{% endfor %}"
    )
    encoder = Encoder(folder)
    assert whole(folder, encoder.texts(["boat"])[0]) == "<|start|>boat<|end|>"
    assert whole(folder, encoder.chats([CHAT[:2]], True)[0]).count("<|start|>") == 1


def test_a_missing_padding_token_is_replaced_by_the_end_of_text(folder: Path, capsys: pytest.CaptureFixture) -> None:
    change_json(folder / "tokenizer_config.json", pad_token=None)
    encoder = Encoder(folder)
    assert encoder.pad == encoder.eos
    assert "no padding token" in capsys.readouterr().err


def test_a_missing_chat_template_is_replaced_by_the_default(folder: Path, capsys: pytest.CaptureFixture) -> None:
    (folder / "chat_template.jinja").unlink()
    row = Encoder(folder).chats([CHAT[:2]], True)[0]
    assert whole(folder, row) == "### Human\nWho draws the boat?\n\n### Assistant\nThe horse.<|end|>"
    assert "no chat template" in capsys.readouterr().err


def test_a_template_inside_the_configuration_is_found(folder: Path) -> None:
    (folder / "chat_template.jinja").unlink()
    template = "{% for m in messages %}{{ m['content'] }}<|end|>{% endfor %}"
    change_json(folder / "tokenizer_config.json", chat_template=template)
    assert whole(folder, Encoder(folder).chats([CHAT[:2]], True)[0]) == "Who draws the boat?<|end|>The horse.<|end|>"


def test_the_vocabulary_is_that_of_the_model_beside_it(folder: Path) -> None:
    own = Encoder(folder).vocabulary
    change_json(folder / "config.json", vocab_size=own + 5)
    assert Encoder(folder).vocabulary == own + 5
    change_json(folder / "config.json", vocab_size=own - 1)
    with pytest.raises(TrainError) as caught:
        Encoder(folder)
    assert caught.value.code == "TOW_TRAIN_VOCABULARY"


def test_what_is_no_tokenizer_is_refused(folder: Path) -> None:
    change_json(folder / "tokenizer_config.json", eos_token=None)
    with pytest.raises(Unfit, match="end-of-text"):
        Encoder(folder)
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(Unfit, match="no tokenizer"):
        Encoder(folder)


def test_a_very_long_text_in_parts_has_the_tokens_of_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = Encoder(small_tokenizer(tmp_path))
    text = "\n".join(["The lock opens.", "水位一致时，闸门就会打开。", "", "  a boat  ", "x"] * 40)
    at_once = encoder.texts([text])[0].tokens
    monkeypatch.setattr(module, "_LONGEST", 64)
    assert encoder.texts([text])[0].tokens.tolist() == at_once.tolist()
    # Without a line end there is nowhere to cut but anywhere; nothing is lost.
    row = encoder.texts(["boat" * 100])[0]
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer" / "tokenizer.json"))
    assert tokenizer.decode(row.tokens.tolist()) == "boat" * 100
