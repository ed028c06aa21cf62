import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rows_file import CORPUS, change_json, chat_tokenizer, write_rows

from towpath_trainer.data.shards import Tokens
from towpath_trainer.encoder import Encoder
from towpath_trainer.tokenise import Options, main, tokenise

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    return chat_tokenizer(tmp_path)


def made(tmp_path: Path, rows: Iterable[dict[str, Any]], tokenizer: Path, options: Options) -> Tokens:
    out = tmp_path / "tokens"
    tokenise(write_rows(tmp_path / "rows.jsonl", rows), out, tokenizer, options)
    return Tokens(out)


def chat(question: str, answer: str, **more: object) -> dict[str, Any]:
    messages = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return {"messages": messages, **more}


def test_plain_text_is_one_stream_cut_into_overlapping_sequences(tmp_path: Path, tokenizer: Path) -> None:
    draw = random.Random(5)
    texts = [draw.choice(CORPUS)[: draw.randrange(1, 60)] for _ in range(60)]
    context = 16
    tokens = made(tmp_path, ({"text": text} for text in texts), tokenizer, Options(context, "text", shard_bytes=300))
    encoder = Encoder(tokenizer)
    stream = np.concatenate([row.tokens for row in encoder.texts(texts)])
    split = tokens.split("train")
    assert len(split) == (len(stream) - 1) // context
    assert len(split.facts.shards) > 3
    batch = split.batch(range(len(split)))
    for number in range(len(split)):
        place = number * context
        assert batch.tokens[number].tolist() == stream[place : place + context].tolist()
        assert batch.targets[number].tolist() == stream[place + 1 : place + context + 1].tolist()
    assert batch.mask.all()
    assert batch.segments is None and batch.scores is None
    assert batch.count == split.facts.targets
    assert split.facts.tokens == len(stream)


def test_a_text_shorter_than_a_sequence_is_one_padded_sequence(tmp_path: Path, tokenizer: Path) -> None:
    rows = [{"text": "\n".join(CORPUS)}, {"split": "validation", "text": "boat"}]
    tokens = made(tmp_path, rows, tokenizer, Options(24, "text"))
    row = Encoder(tokenizer).texts(["boat"])[0].tokens
    batch = tokens.split("validation").batch([0])
    assert batch.tokens.shape == (1, 24)
    assert batch.tokens[0, : len(row)].tolist() == row.tolist()
    assert batch.mask[0].tolist() == [True] * (len(row) - 1) + [False] * (25 - len(row))
    assert batch.count == tokens.split("validation").facts.targets == len(row) - 1


def test_an_empty_validation_split_is_empty(tmp_path: Path, tokenizer: Path) -> None:
    tokens = made(tmp_path, [{"text": CORPUS[0]}], tokenizer, Options(8, "text"))
    assert len(tokens.split("validation")) == 0
    assert len(tokens.split("train")) > 0


@pytest.mark.parametrize("pack", [True, False])
def test_packed_rows_hold_each_row_once_with_its_targets(tmp_path: Path, tokenizer: Path, pack: bool) -> None:
    draw = random.Random(6)
    pairs = [(draw.choice(CORPUS)[:20], draw.choice(CORPUS)[: draw.randrange(1, 30)]) for _ in range(50)]
    rows = [chat(*pair) for pair in pairs]
    options = Options(128, "rows", pack=pack, shard_bytes=2000)
    tokens = made(tmp_path, rows, tokenizer, options)
    split = tokens.split("train")
    expected = Encoder(tokenizer).chats([row["messages"] for row in rows], True)
    batch = split.batch(range(len(split)))
    assert batch.count == split.facts.targets == sum(int(row.targets.sum()) for row in expected)
    assert (len(split) < 50) == pack
    listed = [json.loads(line) for line in (tokens.folder / "rows.jsonl").read_text("utf-8").splitlines()]
    assert sorted(entry["n"] for entry in listed) == list(range(1, 51))
    places: dict[int, int] = {}
    for entry in listed:
        number, row = entry["sequence"], expected[entry["n"] - 1]
        segment = places[number] = places.get(number, 0) + 1
        if batch.segments is None:
            at = np.arange(len(row.tokens) - 1)
        else:
            # Whether a row's last token is among the positions depends on where it lies.
            at = np.flatnonzero(batch.segments[number].numpy() == segment)[: len(row.tokens) - 1]
        assert batch.tokens[number, at].tolist() == row.tokens[:-1].tolist()
        assert batch.targets[number, at].tolist() == row.tokens[1:].tolist()
        assert batch.mask[number, at].tolist() == row.targets[1:].tolist()


def test_no_target_crosses_from_one_row_to_the_next(tmp_path: Path, tokenizer: Path) -> None:
    rows = [{"text": text} for text in CORPUS * 5]
    batch = (split := made(tmp_path, rows, tokenizer, Options(200, "rows")).split("train")).batch(range(len(split)))
    assert batch.segments is not None
    same = batch.segments[:, 1:] == batch.segments[:, :-1]
    assert (~batch.mask[:, :-1] | same).all()
    assert not batch.mask[batch.segments == 0].any()
    assert int(batch.segments.max()) > 1


def test_unpacked_batches_are_as_long_as_their_longest_row(tmp_path: Path, tokenizer: Path) -> None:
    rows = [{"text": "boat"}, {"text": CORPUS[0]}]
    split = made(tmp_path, rows, tokenizer, Options(100, "rows", pack=False)).split("train")
    lengths = [len(row.tokens) for row in Encoder(tokenizer).texts([row["text"] for row in rows])]
    assert split.batch([0]).tokens.shape == (1, lengths[0] - 1)
    assert split.batch([0, 1]).tokens.shape == (2, max(lengths) - 1)


def test_a_row_longer_than_the_context_is_cut_and_said(tmp_path: Path, tokenizer: Path, capsys: Captured) -> None:
    rows = [chat("Hm?", CORPUS[0] * 9), chat("Hm?", "Yes.")]
    facts = made(tmp_path, rows, tokenizer, Options(64, "rows")).split("train").facts
    assert (facts.rows, facts.cut, facts.refused) == (2, 1, 0)
    assert "row 1 (train, r0) is cut to 65 of its" in capsys.readouterr().err


def test_a_row_whose_answer_would_be_cut_off_is_left_out_and_said(
    tmp_path: Path, tokenizer: Path, capsys: Captured
) -> None:
    silent = {"messages": [{"role": "user", "content": "Hm?"}]}
    rows = [chat(CORPUS[0] * 9, "Yes."), chat("Hm?", "Yes."), silent]
    facts = made(tmp_path, rows, tokenizer, Options(64, "rows")).split("train").facts
    assert (facts.rows, facts.cut, facts.refused) == (1, 0, 2)
    told = capsys.readouterr().err
    assert "row 1 (train, r0) is left out" in told and "begins after the 65 that fit" in told
    assert "row 3 (train, r2) is left out" in told and "no answer" in told


def test_scores_lie_by_their_rows_and_are_read_at_their_last_tokens(tmp_path: Path, tokenizer: Path) -> None:
    draw = random.Random(7)
    texts = [f"{number} {draw.choice(CORPUS)[: draw.randrange(1, 40)]}" for number in range(40)]
    scores = [draw.uniform(-1, 1) for _ in texts]
    rows = [{"text": text, "score": score} for text, score in zip(texts, scores, strict=True)]
    tokens = made(tmp_path, rows, tokenizer, Options(128, "scores", shard_bytes=1000))
    split = tokens.split("train")
    batch = split.batch(range(len(split)))
    assert batch.scores is not None and batch.segments is not None
    assert batch.scores.shape == (len(split), split.facts.widest)
    assert batch.count == 40
    found: dict[tuple[int, ...], float] = {}
    for number in range(len(split)):
        ends = np.flatnonzero(batch.mask[number].numpy())
        for segment, end in enumerate(ends, 1):
            positions = np.flatnonzero(batch.segments[number].numpy() == segment)
            assert positions[-1] == end
            found[tuple(batch.tokens[number, positions].tolist())] = float(batch.scores[number, segment - 1])
    encoded = Encoder(tokenizer).texts(texts)
    assert found == {
        tuple(row.tokens.tolist()): pytest.approx(score, abs=1e-6) for row, score in zip(encoded, scores, strict=True)
    }


def test_a_row_that_fills_the_context_still_has_a_place_for_its_score(tmp_path: Path, tokenizer: Path) -> None:
    split = made(tmp_path, [{"text": "x" * 500, "score": 0.5}], tokenizer, Options(32, "scores")).split("train")
    batch = split.batch([0])
    assert batch.count == 1 and bool(batch.mask[0, 31])
    assert split.facts.cut == 1


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, tokenizer: Path) -> None:
    source = write_rows(tmp_path / "rows.jsonl", (chat(text, "是。") for text in CORPUS))
    folders = []
    for name in ("one", "two"):
        tokenise(source, tmp_path / name, tokenizer, Options(64, "rows"))
        folders.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert folders[0] == folders[1]


def test_rows_of_a_batch_are_found_with_their_documents(tmp_path: Path, tokenizer: Path) -> None:
    rows = [{"text": text, "document": f"d{number}"} for number, text in enumerate(CORPUS)]
    tokens = made(tmp_path, rows, tokenizer, Options(16, "text"))
    stream = Encoder(tokenizer).texts(CORPUS)
    assert [row["document"] for row in tokens.rows("train", [0])] == ["d0"]
    border = len(stream[0].tokens) // 16
    assert {"d0", "d1"} <= {row["document"] for row in tokens.rows("train", [border])}


@pytest.mark.parametrize(
    ("rows", "shape", "message"),
    [
        ([], "text", "TOW_TRAIN_NO_DATA"),
        ([{"split": "validation", "text": CORPUS[0]}], "text", "TOW_TRAIN_NO_DATA"),
        ([chat(CORPUS[0] * 9, "Yes.")], "rows", "TOW_TRAIN_NO_DATA"),
        ([chat("a", "b")], "text", "holds messages"),
        ([{"text": "a"}], "scores", "has no score"),
        ([{"split": "test", "text": "a"}], "text", "rows.jsonl:1"),
        ([{"text": "a"}, {"messages": [{"role": "judge", "content": ""}]}], "rows", "rows.jsonl:2"),
        ([{"no": "text"}], "rows", "neither text nor messages"),
    ],
)
def test_what_cannot_be_tokenised_is_told_and_leaves_nothing(
    tmp_path: Path, tokenizer: Path, capsys: Captured, rows: list[dict[str, Any]], shape: str, message: str
) -> None:
    source = write_rows(tmp_path / "rows.jsonl", rows)
    out = tmp_path / "out"
    told = ["--tokenizer", str(tokenizer), "--context", "32", "--shape", shape]
    assert main([str(source), str(out), *told]) == 3
    assert message in capsys.readouterr().err
    assert not out.exists() and not out.with_name("out.half").exists()


def test_a_tokenizer_larger_than_the_model_is_an_error(tmp_path: Path, tokenizer: Path, capsys: Captured) -> None:
    change_json(tokenizer / "config.json", vocab_size=100)
    source = write_rows(tmp_path / "rows.jsonl", [{"text": "a"}])
    told = ["--tokenizer", str(tokenizer), "--context", "32", "--shape", "text"]
    assert main([str(source), str(tmp_path / "out"), *told]) == 3
    assert "TOW_TRAIN_VOCABULARY" in capsys.readouterr().err


def test_progress_and_a_summary_are_told(tmp_path: Path, tokenizer: Path, capsys: Captured) -> None:
    source = write_rows(tmp_path / "rows.jsonl", [chat("a", "b"), chat("c", "d", split="validation")])
    told = ["--tokenizer", str(tokenizer), "--context", "64", "--shape", "rows", "--loss-on", "all", "--no-pack"]
    assert main([str(source), str(tmp_path / "out"), *told]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out.splitlines()[-1]) == {
        "done": 2,
        "total": 2,
        "unit": "rows",
        "note": "tokenising",
        "text": {"id": "trainer.tokenising"},
    }
    assert "train: 1 rows" in output.err and "validation: 1 rows" in output.err
