import numpy as np
import pytest
from tiny_bert import TOKENS, write_tiny_bert

from towpath_trainer.bert_files import BertFiles, read_bert
from towpath_trainer.reference import embed, word_pieces


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BertFiles:
    return read_bert(write_tiny_bert(tmp_path_factory.mktemp("bert")))


def pieces(text: str, model: BertFiles) -> list[str]:
    return [TOKENS[number] for number in word_pieces(text, model)]


def test_words_come_apart_into_the_longest_known_pieces(model: BertFiles) -> None:
    expected = ["[CLS]", "lock", "##s", "a", "##gree", ".", "[SEP]"]
    assert pieces("Locks  agree.", model) == expected


def test_chinese_characters_are_words_of_their_own(model: BertFiles) -> None:
    assert pieces("水位", model) == ["[CLS]", "水", "位", "[SEP]"]


def test_an_unknown_word_is_one_unknown_token(model: BertFiles) -> None:
    assert pieces("zebra lock", model) == ["[CLS]", "[UNK]", "lock", "[SEP]"]


def test_a_long_text_is_cut_to_the_context(model: BertFiles) -> None:
    assert len(word_pieces("lock " * 500, model)) == model.config.context


def test_vectors_have_length_one_and_tell_texts_apart(model: BertFiles) -> None:
    one, two = embed("the lock", model), embed("a boat", model)
    assert np.isclose(np.linalg.norm(one), 1)
    assert one @ two < 0.999
