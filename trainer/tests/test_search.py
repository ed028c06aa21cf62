"""Whole searches over tiny jobs: real processes, real signals."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil
from tiny_job import SOURCES, error_of, tiny_job, write_tokens

from towpath_trainer.job import Checkpoint, Job, Validate

RATE = {"from": 1e-4, "to": 1e-1, "scale": "log", "whole": False}


@dataclass
class Searching:
    """A search in a folder, run by the real program."""

    folder: Path
    job: Job = field(
        default_factory=lambda: tiny_job(steps=18, validate=Validate(every=2), checkpoint=Checkpoint(every=4))
    )
    ranges: dict[str, Any] = field(default_factory=lambda: {"optimiser.learning_rate": RATE})
    trials: int = 3
    parallel: int = 1
    validation: int = 6

    def start(self) -> subprocess.Popen[str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "tokens").exists():
            write_tokens(self.folder / "tokens", validation=self.validation)
        (self.folder / "job.json").write_text(json.dumps(asdict(self.job)))
        search = {"job": "tiny", "trials": self.trials, "parallel": self.parallel, "reduction": 3, "rungs": 2}
        (self.folder / "search.json").write_text(json.dumps({**search, "ranges": self.ranges}))
        command = [sys.executable, "-m", "towpath_trainer.search", str(self.folder / "job.json")]
        for name in ("tokens", "work", "out", "history", "trials-out"):
            command += [f"--{name}", str(self.folder / name)]
        command += ["--threads", "1", "--search", str(self.folder / "search.json")]
        environment = {**os.environ, "PYTHONPATH": str(SOURCES), "HF_HUB_OFFLINE": "1"}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)

    def finish(self) -> subprocess.CompletedProcess[str]:
        process = self.start()
        out, err = process.communicate(timeout=180)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def events(self) -> list[dict[str, Any]]:
        path = self.folder / "work" / "trials.jsonl"
        text = path.read_text() if path.exists() else ""
        return [json.loads(line) for line in text.split("\n")[:-1]]

    def wait_for(self, process: subprocess.Popen[str], wanted: Callable[[list[dict[str, Any]]], bool]) -> None:
        until = time.monotonic() + 90
        while process.poll() is None and not wanted(self.events()) and time.monotonic() < until:
            time.sleep(0.01)

    def result(self) -> dict[str, Any]:
        return json.loads((self.folder / "trials-out" / "trials.json").read_text())

    def trials_made(self) -> list[dict[str, Any]]:
        return [{key: value for key, value in each.items() if key != "seconds"} for each in self.result()["trials"]]

    def summary(self) -> dict[str, Any]:
        return json.loads((self.folder / "history" / "summary.json").read_text())


def metrics(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [line["metric"] for line in lines if "metric" in line]


def gone(processes: list[psutil.Process]) -> bool:
    """Whether all have ended within seconds; one that its parent has not asked after counts as ended."""
    _, alive = psutil.wait_procs(processes, timeout=20)
    return all(each.status() == psutil.STATUS_ZOMBIE for each in alive)


def test_killed_in_the_middle_it_makes_the_trials_of_an_undisturbed_search(tmp_path: Path) -> None:
    whole, killed = Searching(tmp_path / "whole"), Searching(tmp_path / "killed")
    result = whole.finish()
    assert result.returncode == 0, result.stderr

    process = killed.start()
    # In the second trial, after its first rung.
    killed.wait_for(process, lambda events: any(e["event"] == "validated" and e["number"] == 2 for e in events))
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert children
    assert gone(children), "a trial outlived the search"
    again = killed.finish()
    assert again.returncode == 0, again.stderr
    assert "trial 1: optimiser" not in again.stderr, "a trial that had ended was made again"

    assert killed.trials_made() == whole.trials_made()
    assert killed.summary()["best"] == whole.summary()["best"]
    assert [each["step"] for each in metrics(again)] == [1, 2, 3], "its curve is whole in every run"

    trials = {each["number"]: each for each in whole.result()["trials"]}
    best = trials[whole.result()["best"]]
    losses = [each["validation_loss"] for each in trials.values() if each["state"] == "complete"]
    assert best["validation_loss"] == min(losses) == whole.summary()["best"]["validation_loss"]
    assert trials[1]["settings"] == {"optimiser.learning_rate": 3e-3}, "the job as it stands comes first"
    assert whole.summary()["job"]["optimiser"]["learning_rate"] == best["settings"]["optimiser.learning_rate"]
    assert (whole.folder / "out" / "model" / "model.safetensors").exists()
    kept = [each.name for each in (whole.folder / "work").iterdir() if each.is_dir()]
    assert kept == [f"trial-{best['number']:04}"], "only the best trial's result takes room"


def test_asked_to_stop_its_trials_leave_checkpoints_and_go_on_from_them(tmp_path: Path) -> None:
    job = tiny_job(steps=400, validate=Validate(every=400), checkpoint=Checkpoint(every=10_000))
    search = Searching(tmp_path, job, trials=2, parallel=2)
    process = search.start()
    curves = [tmp_path / "work" / f"trial-000{number}" / "work" / "metrics.jsonl" for number in (1, 2)]
    until = time.monotonic() + 90
    while process.poll() is None and time.monotonic() < until:
        if all(each.exists() and each.stat().st_size > 0 for each in curves):
            break
        time.sleep(0.02)
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 143, errors
    steps = [int(each.name.removeprefix("step-")) for each in tmp_path.glob("work/trial-*/work/step-*")]
    assert len(steps) == 2
    assert all(0 < step < 400 for step in steps)
    again = search.finish()
    assert again.returncode == 0, again.stderr
    assert len(search.result()["trials"]) == 2


def test_a_trial_that_fails_is_no_failed_search_and_has_its_reason(tmp_path: Path) -> None:
    # Three heads do not share a width of 16.
    search = Searching(tmp_path, ranges={"model.heads": [2, 3]}, trials=2)
    result = search.finish()
    assert result.returncode == 0, result.stderr
    states = {each["settings"]["model.heads"]: each for each in search.result()["trials"]}
    assert states[2]["state"] == "complete"
    assert states[3]["state"] == "failed"
    assert "TOW_TRAIN_JOB_UNFIT" in states[3]["reason"]


def test_when_all_fail_the_search_does_with_every_reason(tmp_path: Path) -> None:
    error = error_of(Searching(tmp_path, ranges={"model.heads": [3, 5]}, trials=2).finish())
    assert error["code"] == "TOW_TRAIN_SEARCH_EMPTY"
    assert "trial 1: TOW_TRAIN_JOB_UNFIT" in error["message"]
    assert "trial 2: TOW_TRAIN_JOB_UNFIT" in error["message"]


def test_without_anything_to_validate_with_there_is_nothing_to_compare(tmp_path: Path) -> None:
    error = error_of(Searching(tmp_path, validation=0).finish())
    assert error["code"] == "TOW_TRAIN_NO_DATA"


def test_what_no_other_settings_would_mend_ends_the_search(tmp_path: Path) -> None:
    search = Searching(tmp_path)
    search.folder.mkdir(exist_ok=True)
    tokens = write_tokens(tmp_path / "tokens")
    (tokens / "train-0.bin").write_bytes(bytes((tokens / "train-0.bin").stat().st_size))
    error = error_of(search.finish())
    assert error["code"] == "TOW_TRAIN_SHARD_CORRUPT"
    assert error["message"].startswith("trial 1: ")
