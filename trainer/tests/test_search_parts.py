"""The parts of a search: ranges, the ledger, proposals and what a machine holds. No model is trained."""

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import pytest

from towpath_trainer.hyper import capacity as machine
from towpath_trainer.hyper.capacity import Capacity, capacity
from towpath_trainer.hyper.ledger import Ledger
from towpath_trainer.hyper.proposals import Proposals
from towpath_trainer.hyper.space import Search, Settings, own_settings, read_search, with_settings
from towpath_trainer.hyper.trials import Trial, Trials
from towpath_trainer.job import Job, Model
from towpath_trainer.report import TrainError

RATE = {"from": 1e-4, "to": 1e-1, "scale": "log", "whole": False}
LAYERS = {"from": 1, "to": 9, "scale": "linear", "whole": False}


def search_of(folder: Path, **changes: object) -> Search:
    values = {"job": "tiny", "trials": 9, "parallel": 1, "reduction": 3, "rungs": 2}
    ranges = {"optimiser.learning_rate": RATE, "model.layers": LAYERS, "schedule.name": ["cosine", "linear"]}
    path = folder / "search.json"
    path.write_text(json.dumps({**values, "ranges": ranges, **changes}))
    return read_search(path, Job("tiny"))


def test_settings_go_where_their_dotted_names_say(tmp_path: Path) -> None:
    job = with_settings(Job("tiny"), {"optimiser.learning_rate": 0.5, "clip": 2.0, "model.layers": 7})
    assert (job.optimiser.learning_rate, job.clip, job.model.layers) == (0.5, 2.0, 7)
    assert job == dataclasses.replace(
        Job("tiny"),
        clip=2.0,
        model=Model(layers=7),
        optimiser=dataclasses.replace(Job("tiny").optimiser, learning_rate=0.5),
    )


def test_what_counts_something_is_whole_whatever_its_range_says(tmp_path: Path) -> None:
    ranges = search_of(tmp_path).ranges
    assert ranges["model.layers"].whole  # type: ignore[union-attr]
    assert not ranges["optimiser.learning_rate"].whole  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["optimiser", "optimiser.speed", "lora.targets", "speed.of.light"])
def test_a_range_of_what_is_no_single_setting_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(TrainError) as caught:
        search_of(tmp_path, ranges={name: ["a", "b"]})
    assert caught.value.code == "TOW_TRAIN_JOB_UNREADABLE"


def test_the_job_as_it_stands_counts_only_inside_the_ranges(tmp_path: Path) -> None:
    search = search_of(tmp_path)
    assert own_settings(Job("tiny"), search) == {
        "optimiser.learning_rate": 3e-4,
        "model.layers": 4,
        "schedule.name": "cosine",
    }
    assert own_settings(Job("tiny", model=Model(layers=10)), search) is None


def test_a_ledger_drops_the_line_that_a_kill_cut_off_and_goes_on_after_it(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    Ledger(path, {"a": (1, 2)}).append({"event": "asked", "number": 1})
    with path.open("ab") as file:
        file.write(b'{"event": "end')
    ledger = Ledger(path, {"a": (1, 2)})
    assert ledger.events == [{"event": "asked", "number": 1}]
    ledger.append({"event": "asked", "number": 2})
    assert [each["number"] for each in Ledger(path, {"a": (1, 2)}).events] == [1, 2]


def test_a_ledger_of_another_search_is_refused_naming_the_difference(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    Ledger(path, {"job": {"steps": 5}})
    with pytest.raises(TrainError, match=r"job\.steps is 5 there and 6 here") as caught:
        Ledger(path, {"job": {"steps": 6}})
    assert caught.value.code == "TOW_TRAIN_CHECKPOINT_FOREIGN"


def loss_of(settings: Settings) -> float:
    """Smallest at a learning rate of 0.01 and many layers."""
    return abs(math.log10(float(settings["optimiser.learning_rate"])) + 2) + 1 / float(settings["model.layers"])


def play(search: Search, path: Path, upto: int = 10**9) -> list[dict[str, Any]]:
    """A search whose trials take no time, broken off after so many events; returns the trials."""
    ledger = Ledger(path, {})
    left = upto - len(ledger.events)
    trials = Trials(
        ledger,
        Proposals(search, 5, own_settings(Job("tiny"), search)),
        lambda number, settings: Trial(number, settings, 9, Job("tiny"), path.parent),
    )
    doomed = [*trials.doomed]
    waiting = trials.running()
    while waiting or len(trials.every) < search.trials:
        if left <= 0:
            break
        if not waiting:
            asked = trials.ask()
            assert asked is not None
            waiting, left = [asked], left - 1
            continue
        trial, at = waiting[0], len(waiting[0].validations)
        pruned = trial in doomed
        if not pruned and at < 9:
            pruned = trials.validated(trial, at + 1, loss_of(trial.settings) + 1 / (at + 1), 1.0)
            left -= 1
            if left <= 0:
                break
        if pruned or len(trial.validations) == 9:
            trials.ended(trial, "pruned" if pruned else "complete", trial.steps, trial.loss, 1.0, None)
            waiting, left = [], left - 1
    return [each.plain() for each in trials.every.values()]


def test_broken_off_after_any_event_a_search_proposes_and_prunes_as_an_undisturbed_one(tmp_path: Path) -> None:
    search = search_of(tmp_path)
    whole = play(search, tmp_path / "whole.jsonl")
    assert {each["state"] for each in whole} == {"complete", "pruned"}
    events = len((tmp_path / "whole.jsonl").read_text().splitlines()) - 1
    for moment in range(1, events, 5):
        path = tmp_path / f"cut-{moment}.jsonl"
        play(search, path, moment)
        assert play(search, path) == whole


def test_trials_behind_at_a_rung_end_there_and_the_best_of_the_first_ones_never_does(tmp_path: Path) -> None:
    search = search_of(tmp_path, trials=30)
    trials = play(search, tmp_path / "trials.jsonl")
    # A third of nine steps and a ninth: the rungs. The end is none.
    assert {each["steps"] for each in trials if each["state"] == "pruned"} <= {1, 3}
    assert trials[0]["state"] == "complete"
    complete = [each["validation_loss"] for each in trials if each["state"] == "complete"]
    pruned = [each["validation_loss"] for each in trials if each["state"] == "pruned"]
    assert len(pruned) > len(complete)
    assert min(complete) < min(pruned)


def test_without_rungs_every_trial_runs_to_its_end(tmp_path: Path) -> None:
    trials = play(search_of(tmp_path, rungs=0), tmp_path / "trials.jsonl")
    assert {each["state"] for each in trials} == {"complete"}


def test_settings_are_proposed_once_and_the_search_ends_when_there_are_no_others(tmp_path: Path) -> None:
    search = search_of(tmp_path, ranges={"schedule.name": ["cosine", "linear"], "compile": [True, False]})
    proposals = Proposals(search, 0, None)
    asked = [proposals.ask(number) for number in range(1, 6)]
    assert asked[4] is None
    assert len({tuple(each.values()) for each in asked if each is not None}) == 4


def test_a_machine_holds_a_trial_for_every_two_cores_or_what_was_asked_for() -> None:
    job = Job("tiny", device="cpu")
    assert [capacity(job, 0, 12, cores).places for cores in (1, 2, 3, 8)] == [1, 1, 1, 4]
    assert [capacity(job, 0, 12, cores).threads for cores in (1, 2, 3, 8)] == [1, 2, 3, 2]
    assert capacity(job, 0, 3, 64).places == 3
    assert capacity(job, 5, 12, 2) == Capacity(5, 1, (), guarded=False)
    assert capacity(dataclasses.replace(job, processes=2), 0, 12, 8) == Capacity(2, 2, (), guarded=True)


def test_a_further_trial_waits_until_memory_would_hold_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Capacity(3, 1, (), guarded=True)
    monkeypatch.setattr(machine, "available_memory", lambda: 1000)
    assert room.has_room(0, 0, None)
    assert not room.has_room(1, 1, None), "nobody knows yet how large a trial is"
    assert room.has_room(1, 0, 800)
    assert not room.has_room(1, 0, 801)
    assert not room.has_room(2, 1, 800), "the one that has just started will take as much"
    assert not room.has_room(3, 0, 1)
    assert dataclasses.replace(room, guarded=False).has_room(1, 1, None)


def test_gpus_are_shared_out_among_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "device_type", lambda job: "cuda")
    monkeypatch.setattr("torch.cuda.device_count", lambda: 4)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    job = Job("tiny")
    assert capacity(job, 0, 12, 16).devices == ("0", "1", "2", "3")
    assert capacity(dataclasses.replace(job, processes=2), 0, 12, 16).devices == ("0,1", "2,3")
    assert capacity(job, 5, 12, 16).environment(4)["CUDA_VISIBLE_DEVICES"] == "0"
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "4,5,6,7")
    assert capacity(job, 2, 12, 16).devices == ("4", "5")
