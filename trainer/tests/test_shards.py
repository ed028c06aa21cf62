import json
from pathlib import Path

import pytest
import torch
from rows_file import CORPUS, change_json, small_tokenizer, write_rows

from towpath_trainer.data.shards import Tokens
from towpath_trainer.report import TrainError
from towpath_trainer.tokenise import Options, tokenise


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = write_rows(tmp_path / "rows.jsonl", ({"text": text} for text in CORPUS * 8))
    tokenise(source, tmp_path / "tokens", small_tokenizer(tmp_path), Options(16, "rows", shard_bytes=256))
    return tmp_path / "tokens"


def refused(folder: Path, *, verify: bool = True) -> str:
    with pytest.raises(TrainError) as caught:
        Tokens(folder, verify=verify)
    assert caught.value.code == "TOW_TRAIN_SHARD_CORRUPT"
    return str(caught.value)


@pytest.mark.parametrize("ending", ["bin", "mask", "segments"])
def test_a_flipped_byte_is_found_and_its_file_named(folder: Path, ending: str) -> None:
    path = folder / f"train-00001.{ending}"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert path.name in refused(folder)


@pytest.mark.parametrize("verify", [True, False])
def test_a_cut_or_missing_file_is_found_even_without_reading_it(folder: Path, verify: bool) -> None:
    path = folder / "train-00000.bin"
    path.write_bytes(path.read_bytes()[:-2])
    assert "train-00000.bin" in refused(folder, verify=verify)
    path.unlink()
    assert "train-00000.bin" in refused(folder, verify=verify)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"context": 0},
        {"shape": "pictures"},
        {"dtype": "object"},
        {"splits": {"train": {"sequences": 3, "shards": []}}},
        {"more": 1},
    ],
)
def test_a_changed_description_is_refused(folder: Path, change: dict[str, object]) -> None:
    change_json(folder / "tokens.json", **change)
    assert "tokens.json" in refused(folder)


def test_a_description_that_points_outside_its_folder_is_refused(folder: Path) -> None:
    path = folder / "tokens.json"
    path.write_text(path.read_text().replace("train-00000.bin", "../train-00000.bin"))
    assert "no file name" in refused(folder)
    path.write_text("[]")
    assert "tokens.json" in refused(folder)
    path.unlink()
    assert "tokens.json" in refused(folder)


def test_a_context_that_the_files_do_not_have_is_found(folder: Path) -> None:
    change_json(folder / "tokens.json", context=17)
    assert "instead of" in refused(folder)


def test_batches_are_of_the_sequences_asked_for_in_their_order(folder: Path) -> None:
    split = Tokens(folder).split("train")
    assert len(split.facts.shards) > 2
    everything = split.batch(range(len(split)))
    indices = [len(split) - 1, 0, 3, 3]
    batch = split.batch(indices)
    assert torch.equal(batch.tokens, everything.tokens[indices])
    assert batch.segments is not None and everything.segments is not None
    assert torch.equal(batch.segments, everything.segments[indices])
    assert batch.tokens.dtype == batch.targets.dtype == torch.int64
    assert (batch.mask.dtype, batch.segments.dtype) == (torch.bool, torch.int32)
    with pytest.raises(IndexError):
        split.batch([len(split)])
    with pytest.raises(IndexError):
        split.batch([-1])


def test_parts_of_a_batch_are_the_batch(folder: Path) -> None:
    batch = Tokens(folder).split("train").batch([0, 1, 2, 3, 4])
    parts = [batch.part(start, start + 2) for start in (0, 2, 4)]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert sum(part.count for part in parts) == batch.count
    assert torch.equal(torch.cat([part.targets for part in parts]), batch.targets)
    assert torch.equal(batch.to("cpu").mask, batch.mask)


def test_the_description_says_what_there_is(folder: Path) -> None:
    values = json.loads((folder / "tokens.json").read_text())
    train = values["splits"]["train"]
    assert (values["shape"], values["context"], values["dtype"], values["packed"]) == ("rows", 16, "uint16", True)
    assert values["vocabulary"] > values["eos"] == values["pad"] == 0
    assert train["sequences"] == sum(shard["sequences"] for shard in train["shards"])
    assert values["splits"]["validation"]["sequences"] == 0
