import json
import random
from pathlib import Path

import pytest
from rows_file import CORPUS, small_tokenizer, write_rows
from tokenizers import Tokenizer

from towpath_trainer.chat_template import DEFAULT_TEMPLATE
from towpath_trainer.tokenizer import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_tokenizer(tmp_path_factory.mktemp("tokenizer"))


def test_any_text_comes_back_whole(folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    draw = random.Random(4)
    texts = [*CORPUS, "水", "𠮷野家", "👩‍💻 ok", " \n\t ", "e\u0301", "\u3000全角　空格", "\x00\x7f"]
    for _ in range(300):
        points = [draw.choice((draw.randrange(1, 0xD800), draw.randrange(0xE000, 0x30000))) for _ in range(12)]
        texts.append("".join(map(chr, points)))
    for text in texts:
        assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


def test_chinese_of_the_text_becomes_fewer_tokens_than_bytes(folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert len(tokenizer.encode("水位").ids) < len("水位".encode())
    # A character that the text never had is three bytes, three tokens.
    assert len(tokenizer.encode("鯉").ids) == 3


def test_the_end_of_text_is_number_0_and_padding_too(folder: Path) -> None:
    config = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
    assert config["eos_token"] == config["pad_token"] == "<|endoftext|>"
    assert Tokenizer.from_file(str(folder / "tokenizer.json")).token_to_id("<|endoftext|>") == 0
    assert (folder / "chat_template.jinja").read_text("utf-8") == DEFAULT_TEMPLATE


def test_the_same_rows_give_the_same_bytes_and_other_splits_do_not_count(tmp_path: Path, folder: Path) -> None:
    rows = [*({"text": text} for text in CORPUS), {"split": "validation", "text": "zebra zebra zebra zebra"}]
    source = write_rows(tmp_path / "rows.jsonl", rows)
    assert main([str(source), str(tmp_path / "out"), "--vocabulary", "300"]) == 0
    for name in ("tokenizer.json", "tokenizer_config.json"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()


def test_messages_are_text_too(tmp_path: Path) -> None:
    messages = [{"role": "user", "content": "kayak kayak kayak"}, {"role": "assistant", "content": "kayak kayak"}]
    source = write_rows(tmp_path / "rows.jsonl", [{"messages": messages}])
    assert main([str(source), str(tmp_path / "out"), "--vocabulary", "270"]) == 0
    assert len(Tokenizer.from_file(str(tmp_path / "out" / "tokenizer.json")).encode(" kayak").ids) == 1


def test_a_text_too_small_for_the_vocabulary_is_told(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    source = write_rows(tmp_path / "rows.jsonl", [{"text": "ab ab"}])
    assert main([str(source), str(tmp_path / "out"), "--vocabulary", "5000"]) == 0
    assert "not 5000" in capsys.readouterr().err


def test_an_empty_training_split_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    source = write_rows(tmp_path / "rows.jsonl", [{"split": "validation", "text": "only here"}])
    assert main([str(source), str(tmp_path / "out"), "--vocabulary", "300"]) == 3
    assert "TOW_TRAIN_NO_DATA" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
