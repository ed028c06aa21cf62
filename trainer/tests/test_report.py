import copy
import json
import pickle

import pytest

from towpath_trainer.phrases import listed, of_trial
from towpath_trainer.report import TrainError, Unfit, fail, heard, progress, say, text_of


def test_what_is_said_is_english_with_the_text_that_it_was_said_by() -> None:
    inner = say("trainer.missing", "{file} is missing", file="a.json")
    said = say("trainer.of-file", "{path}: {why}", path="out", why=inner)
    assert said == "out: a.json is missing"
    assert text_of(said) == {
        "id": "trainer.of-file",
        "values": {"path": "out", "why": {"id": "trainer.missing", "values": {"file": "a.json"}}},
    }
    assert text_of("out") is None


def test_names_are_listed_and_braces_in_them_are_no_places() -> None:
    said = say("trainer.vocabulary-lacks", "the vocabulary lacks {tokens}", tokens=["{tokens}", "[CLS]"])
    assert said == "the vocabulary lacks {tokens}, [CLS]"
    assert text_of(said) == {"id": "trainer.vocabulary-lacks", "values": {"tokens": ["{tokens}", "[CLS]"]}}


@pytest.mark.parametrize("again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_it_stays_with_its_words(again: object) -> None:
    said = say("trainer.line", "{file}:{line}: {why}", file="a", line=2, why="b")
    assert callable(again)
    other = again(said)
    assert (other, text_of(other)) == (said, text_of(said))


def test_parts_follow_one_another() -> None:
    said = listed([of_trial(1, "a"), "b", "c"])
    assert said == "trial 1: a; b; c"
    assert listed(["a"]) == "a"


def test_an_error_and_progress_cross_as_words_and_texts(capsys: pytest.CaptureFixture) -> None:
    message, hint = say("trainer.rank", "adapter_config.json has rank {rank}", rank=0), "Ask."
    assert fail(TrainError("TOW_TRAIN_EXPORT_UNFIT", message, hint)) == 3
    assert fail(Unfit("no")) == 3
    progress(1, 2, message)
    output = capsys.readouterr()
    first, second = (json.loads(line.removeprefix("error: ")) for line in output.err.splitlines())
    text = {"id": "trainer.rank", "values": {"rank": 0}}
    words = "adapter_config.json has rank 0"
    assert first == {"code": "TOW_TRAIN_EXPORT_UNFIT", "message": words, "hint": hint, "texts": {"message": text}}
    assert second == {"code": "TOW_TRAIN_MODEL_UNFIT", "message": "no", "hint": None, "texts": {}}
    assert json.loads(output.out) == {"done": 1, "total": 2, "unit": "files", "note": words, "text": text}
    assert text_of(heard(words, text)) == text
