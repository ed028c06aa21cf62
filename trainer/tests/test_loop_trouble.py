"""Losses that jump, memory and disks that run out, data and machines that do not fit."""

import dataclasses
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny_job import BEYOND_MEMORY, Run, error_of, same_weights, tiny_job, write_tokens

from towpath_trainer import train
from towpath_trainer.data.batch import Batch
from towpath_trainer.data.order import batch_indices
from towpath_trainer.job import Batch as Sizes
from towpath_trainer.job import Checkpoint, Model, Optimiser, Schedule, Spikes, Validate
from towpath_trainer.loop.step import Stepper
from towpath_trainer.loop.stop import Interrupted
from towpath_trainer.loop.training import Training
from towpath_trainer.report import TrainError

PLAIN = Model(layers=2, width=16, heads=2, kv_heads=1, inner=32, vocabulary=64)
BAD = 17
"""The sequence of noise in data that otherwise repeats one token."""


def spiky_run(folder: Path, tokens: Path, action: str) -> Run:
    spikes = Spikes(action=action, threshold=4.0, window=10)
    job = tiny_job(
        model=PLAIN,
        steps=30,
        spikes=spikes,
        optimiser=Optimiser(learning_rate=2e-2),
        schedule=Schedule(name="constant"),
        validate=Validate(every=100),
    )
    return Run(folder, job, tokens=tokens)


@pytest.fixture(scope="module")
def spiky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tokens(tmp_path_factory.mktemp("spiky"), bad=BAD)


def test_a_loss_that_is_no_number_stops_naming_step_batch_and_documents(tmp_path: Path) -> None:
    job = tiny_job(optimiser=Optimiser(learning_rate=3e38), schedule=Schedule())
    with pytest.raises(TrainError, match="step 2, batch 1: the loss is nan") as caught:
        Run(tmp_path, job).here()
    assert caught.value.code == "TOW_TRAIN_DIVERGED"
    # The batch's own four documents, by the order that the data has.
    documents = {f"train-{number}.md" for number in batch_indices(0, 1, 40, 4)}
    assert set(str(caught.value).split("documents of the batch: ")[1].split(", ")) == documents
    assert caught.value.hint is not None and "learning_rate" in caught.value.hint


def test_a_spike_stops_naming_the_document_that_caused_it(tmp_path: Path, spiky: Path) -> None:
    with pytest.raises(TrainError) as caught:
        spiky_run(tmp_path, spiky, "stop").here()
    assert caught.value.code == "TOW_TRAIN_DIVERGED"
    assert f"train-{BAD}.md" in str(caught.value)
    assert "times the median of the 10 steps before it" in str(caught.value)


def test_a_spike_is_rolled_back_and_its_batch_left_out_also_after_a_kill(tmp_path: Path, spiky: Path) -> None:
    whole, killed = (spiky_run(tmp_path / name, spiky, "skip") for name in ("whole", "killed"))
    whole.here()
    skipped = whole.summary()["skipped"]
    assert skipped and all(f"train-{BAD}.md" in each["documents"] for each in skipped)
    left_out = {each["batch"] for each in skipped}
    assert [line["step"] for line in whole.curve()] == list(range(1, 31))
    assert [line["batch"] for line in whole.curve()] == [n for n in range(30 + len(left_out)) if n not in left_out]
    assert max(whole.losses()[15:]) < 4 * np.median(whole.losses()[5:15])
    # Killed the moment the batch was written down, before anything else happened.
    dying = (
        "import os, signal, sys\n"
        "from towpath_trainer import train\n"
        "from towpath_trainer.loop.health import Skips\n"
        "add = Skips.add\n"
        "Skips.add = lambda *given: [add(*given), os.kill(os.getpid(), signal.SIGKILL)]\n"
        "sys.exit(train.main())\n"
    )
    assert killed.finish(sys.executable, "-c", dying).returncode == -signal.SIGKILL
    killed.here()
    assert killed.curve() == whole.curve()
    assert killed.summary()["skipped"] == skipped
    assert same_weights(killed.weights(), whole.weights())


def test_a_spike_right_after_a_resume_is_told_by_the_losses_before_it(
    tmp_path: Path, spiky: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = spiky_run(tmp_path, spiky, "stop")
    with pytest.raises(TrainError, match="step 25,"):
        spiky_run(tmp_path / "whole", spiky, "stop").here()
    run.stop_in_step(24, monkeypatch)
    with pytest.raises(TrainError, match=r"step 25, .* of the 10 steps before it"):
        run.here()


def test_a_job_that_goes_on_diverging_is_stopped_after_ten_batches(tmp_path: Path) -> None:
    job = tiny_job(optimiser=Optimiser(learning_rate=1e30), schedule=Schedule(), spikes=Spikes(action="skip"))
    with pytest.raises(TrainError, match="10 batches were left out already") as caught:
        Run(tmp_path, job).here()
    assert caught.value.code == "TOW_TRAIN_DIVERGED"


def test_out_of_memory_halves_the_micro_batch_and_keeps_the_effective_one(tmp_path: Path) -> None:
    job = tiny_job(model=PLAIN, batch=Sizes(sequences=4096, micro=4096), steps=3, validate=Validate(every=100))
    tokens = write_tokens(tmp_path / "tokens", train=4096)
    roomy, tight = Run(tmp_path / "roomy", job, tokens=tokens), Run(tmp_path / "tight", job, tokens=tokens)
    roomy.here()
    # The limit is set when the program is loaded: what it needs for that differs between machines.
    limited = (
        "import pathlib, resource, sys\n"
        "from towpath_trainer import train\n"
        "from towpath_trainer.loop.training import Training\n"
        "run = Training.run\n"
        "def tightly(self):\n"
        "    import torch._dynamo\n"
        "    lines = pathlib.Path('/proc/self/status').read_text().splitlines()\n"
        "    held = next(int(line.split()[1]) for line in lines if line.startswith('VmData:'))\n"
        "    resource.setrlimit(resource.RLIMIT_DATA, (held * 1024 + 100_000_000,) * 2)\n"
        "    run(self)\n"
        "Training.run = tightly\n"
        "sys.exit(train.main())\n"
    )
    result = tight.finish(sys.executable, "-c", limited)
    assert result.returncode == 0, result.stderr
    assert "memory ran out in a training step: going on with micro-batches of" in result.stderr
    assert tight.summary()["micro"] < 4096
    assert roomy.summary()["micro"] == 4096
    assert tight.losses() == pytest.approx(roomy.losses(), rel=1e-5)
    # What was learnt outlasts the run.
    assert json.loads((tight.folder / "work/micro.json").read_text()) == {"micro": tight.summary()["micro"]}


def test_out_of_memory_with_a_single_sequence_says_what_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    accumulate = Stepper._accumulate

    def greedy(self: Stepper, batch: Batch, targets: float) -> torch.Tensor:
        sizes.append(self._micro.size)
        torch.empty(BEYOND_MEMORY, dtype=torch.uint8)
        return accumulate(self, batch, targets)

    monkeypatch.setattr(Stepper, "_accumulate", greedy)
    with pytest.raises(TrainError) as caught:
        Run(tmp_path, tiny_job(batch=Sizes(sequences=4, micro=4))).here()
    assert caught.value.code == "TOW_TRAIN_OUT_OF_MEMORY"
    assert sizes == [4, 2, 1]
    assert caught.value.hint is not None and "context" in caught.value.hint and "lora" in caught.value.hint


def disk_run(folder: Path) -> Run:
    """One of five steps with room for more: checkpoints of about 70 kB."""
    return Run(folder, tiny_job(steps=12, validate=Validate(every=100), checkpoint=Checkpoint(every=4, keep=3)))


def stop_at_four(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    save = Training._save

    def asked(self: Training) -> None:
        save(self)
        self._stop.asked = True

    with monkeypatch.context() as patch, pytest.raises(Interrupted):
        patch.setattr(Training, "_save", asked)
        run.here()
    assert run.steps_kept() == [4]


def goes_on_with_room(run: Run, whole: Run) -> None:
    assert run.steps_kept() == [4]
    assert not list((run.folder / "work").glob("*.half"))
    run.here()
    assert run.curve() == whole.curve()
    assert same_weights(run.weights(), whole.weights())


def test_a_file_that_may_not_grow_further_leaves_the_earlier_checkpoint_and_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, run = disk_run(tmp_path / "whole"), disk_run(tmp_path / "run")
    whole.here()
    stop_at_four(run, monkeypatch)
    # Weights fit, the optimiser's state does not.
    result = run.finish(before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)))
    assert error_of(result)["code"] == "TOW_TRAIN_DISK_FULL"
    goes_on_with_room(run, whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a megabyte."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small file system takes root")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_leaves_the_earlier_checkpoint_and_goes_on_later(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = disk_run(tmp_path / "whole")
    whole.here()
    run = disk_run(small_disk / "run")
    stop_at_four(run, monkeypatch)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - 60_000))
    assert error_of(run.finish())["code"] == "TOW_TRAIN_DISK_FULL"
    ballast.unlink()
    goes_on_with_room(run, whole)


def test_an_empty_training_split_is_refused(tmp_path: Path) -> None:
    tokens = write_tokens(tmp_path / "tokens", train=0)
    with pytest.raises(TrainError) as caught:
        Run(tmp_path / "run", tiny_job(), tokens=tokens).here()
    assert caught.value.code == "TOW_TRAIN_NO_DATA"


def test_one_sequence_without_validation_is_trained_on_and_the_last_weights_are_the_result(tmp_path: Path) -> None:
    tokens = write_tokens(tmp_path / "tokens", train=1, validation=0)
    run = Run(tmp_path / "run", tiny_job(steps=6, checkpoint=Checkpoint(every=100)), tokens=tokens)
    run.here()
    assert run.summary()["best"] is None
    assert run.summary()["result"] == "last"
    assert run.losses()[-1] < run.losses()[0]
    assert not any("validation_loss" in line for line in run.curve())


def test_cuda_that_is_asked_for_and_absent_is_an_error(tmp_path: Path) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    run = Run(tmp_path, tiny_job(device="cuda"))
    with pytest.raises(TrainError) as caught:
        run.here()
    assert caught.value.code == "TOW_TRAIN_NO_CUDA"
    assert torch.__version__ in str(caught.value)
    # Several processes are not even started.
    run.job = tiny_job(device="cuda", processes=2)
    assert train.main(run.command()[3:]) == 3


def test_early_stopping_takes_the_best_validation(tmp_path: Path) -> None:
    # A rate this high learns the training split by heart and gets worse on the other.
    job = tiny_job(
        model=dataclasses.replace(PLAIN, width=32),
        steps=400,
        optimiser=Optimiser(learning_rate=2e-2),
        schedule=Schedule(name="constant"),
        validate=Validate(every=5, patience=3),
        checkpoint=Checkpoint(every=1000, keep=1),
    )
    run = Run(tmp_path / "run", job, tokens=write_tokens(tmp_path / "tokens", train=8))
    run.here()
    measured = {line["step"]: line["validation_loss"] for line in run.curve() if "validation_loss" in line}
    best = min(measured, key=lambda step: measured[step])
    summary = run.summary()
    assert summary["stopped"] == "early"
    assert summary["best"] == {"step": best, "validation_loss": measured[best]}
    assert summary["steps"] == best + 15 < 400
    # The result is what an identical job gives that ends at the best step (its rate is constant).
    short = Run(tmp_path / "short", dataclasses.replace(job, steps=best), tokens=tmp_path / "tokens")
    short.here()
    assert same_weights(run.weights(), short.weights())
