"""Runs that are killed or stopped, and go on as if nothing had happened. Real processes, real signals."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from tiny_job import VOCABULARY, Run, lives, same_weights, tiny_job, write_tokens
from transformers import LlamaConfig, LlamaForCausalLM

from towpath_trainer.job import Batch, Checkpoint, Lora, Validate
from towpath_trainer.loop.stop import Interrupted
from towpath_trainer.loop.validate import Validation
from towpath_trainer.report import TrainError

MOMENTS = random.Random(4)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Llama of random weights in the Hugging Face format."""
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=64,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def test_killed_at_any_moment_it_repeats_an_undisturbed_run_bit_for_bit(tmp_path: Path) -> None:
    job = tiny_job(steps=80)
    whole, killed = Run(tmp_path / "whole", job), Run(tmp_path / "killed", job)
    whole.here()
    assert killed.kill_after(0), "before its first step"
    for moment in sorted(MOMENTS.sample(range(1, 70), 3)):
        assert killed.kill_after(moment)
    assert killed.finish().returncode == 0
    assert killed.curve() == whole.curve()
    assert len(whole.curve()) == 80
    assert same_weights(killed.weights(), whole.weights())
    assert killed.summary()["best"] == whole.summary()["best"]


def test_lora_with_dropout_and_accumulation_goes_on_exactly_after_a_kill(tmp_path: Path, base: Path) -> None:
    adapters = Lora(rank=2, alpha=4, dropout=0.2, targets=("q_proj", "v_proj"))
    job = tiny_job(source="generator", method="lora", lora=adapters, steps=40)
    whole, killed = Run(tmp_path / "whole", job, base), Run(tmp_path / "killed", job, base)
    whole.here()
    assert killed.kill_after(MOMENTS.randrange(8, 30))
    assert killed.finish().returncode == 0
    assert killed.curve() == whole.curve()
    assert same_weights(killed.weights("adapter"), whole.weights("adapter"))


def test_asked_to_stop_it_leaves_a_checkpoint_within_seconds_and_goes_on_exactly(tmp_path: Path) -> None:
    # No checkpoint is due, so the one that is there was made for the stop.
    job = tiny_job(steps=200, checkpoint=Checkpoint(every=1000), validate=Validate(every=1000))
    whole, stopped = Run(tmp_path / "whole", job), Run(tmp_path / "stopped", job)
    whole.here()
    process = stopped.start()
    stopped.wait_for_lines(process, 20)
    asked = time.monotonic()
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 143
    assert time.monotonic() - asked < 10
    [step] = stopped.steps_kept()
    assert 20 <= step < 200
    stopped.here()
    assert stopped.curve() == whole.curve()
    assert same_weights(stopped.weights(), whole.weights())


def test_a_step_that_is_broken_off_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Dropout has drawn for the first micro-batch, and gradients are there.
    job = tiny_job(steps=16, validate=Validate(every=100), checkpoint=Checkpoint(every=100))
    whole, stopped = Run(tmp_path / "whole", job), Run(tmp_path / "stopped", job)
    whole.here()
    stopped.stop_in_step(11, monkeypatch)
    stopped.here()
    assert stopped.curve() == whole.curve()
    assert same_weights(stopped.weights(), whole.weights())


def test_a_validation_that_is_broken_off_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = tiny_job(steps=8, validate=Validate(every=4))
    whole, stopped = Run(tmp_path / "whole", job), Run(tmp_path / "stopped", job)
    whole.here()

    def asked(self: Validation, told: object) -> float:
        """Somebody asks to stop in the first validation, after the weights have moved."""
        self._stop.asked = True
        self._stop.check()
        raise AssertionError

    with monkeypatch.context() as patch, pytest.raises(Interrupted):
        patch.setattr(Validation, "_mean", asked)
        stopped.here()
    assert stopped.steps_kept() == [4]
    assert len(stopped.lines()) == 3
    stopped.here()
    assert stopped.curve() == whole.curve()


def test_it_stops_when_the_process_that_started_it_ends(tmp_path: Path) -> None:
    run = Run(tmp_path / "run", tiny_job(steps=1_000_000))
    parent = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:]); print(p.pid, flush=True); p.wait()"
    started = subprocess.Popen(
        [sys.executable, "-c", parent, *run.command()],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")},
    )
    assert started.stdout is not None
    child = int(started.stdout.readline())
    run.wait_for_lines(started, 3)
    started.send_signal(signal.SIGKILL)
    started.wait()
    until = time.monotonic() + 10
    while lives(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not lives(child)
    assert run.steps_kept()


def test_a_damaged_checkpoint_is_told_and_the_one_before_it_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = tiny_job(steps=12, validate=Validate(every=100), checkpoint=Checkpoint(every=4, keep=3))
    run = Run(tmp_path, job)
    run.here()
    before, weights = run.curve(), run.weights()
    cut, changed = (tmp_path / f"work/step-{step}.safetensors" for step in ("00000012/optimiser", "00000008/weights"))
    cut.write_bytes(cut.read_bytes()[:-7])
    content = bytearray(changed.read_bytes())
    content[-3] ^= 1
    changed.write_bytes(content)
    run.here()
    told = capsys.readouterr().err
    assert "checkpoint of step 12 is damaged (optimiser.safetensors has" in told
    assert "checkpoint of step 8 is damaged (weights.safetensors is not what was written)" in told
    assert run.curve() == before
    assert same_weights(run.weights(), weights)


def test_work_of_another_job_is_refused_naming_what_differs(tmp_path: Path) -> None:
    run = Run(tmp_path, tiny_job(steps=2))
    run.here()
    # How often checkpoints are made does not decide the result; the micro-batch does not either.
    run.job = tiny_job(steps=2, name="renamed", checkpoint=Checkpoint(every=1), batch=Batch(4, 1))
    run.here()
    run.job = tiny_job(steps=3)
    with pytest.raises(TrainError, match="steps is 2 there and 3 here") as caught:
        run.here()
    assert caught.value.code == "TOW_TRAIN_CHECKPOINT_FOREIGN"


def test_work_over_other_data_is_refused(tmp_path: Path) -> None:
    run = Run(tmp_path, tiny_job(steps=2))
    run.here()
    shutil.rmtree(tmp_path / "tokens")
    write_tokens(tmp_path / "tokens", train=30)
    with pytest.raises(TrainError, match="tokens is ") as caught:
        run.here()
    assert caught.value.code == "TOW_TRAIN_CHECKPOINT_FOREIGN"


def test_a_checkpoint_that_was_carried_into_another_work_folder_is_refused(tmp_path: Path) -> None:
    one, two = Run(tmp_path / "one", tiny_job(steps=2)), Run(tmp_path / "two", tiny_job(steps=2, seed=1))
    one.here()
    two.here()
    facts = "work/step-00000002/checkpoint.json"
    (two.folder / facts).write_text((one.folder / facts).read_text())
    with pytest.raises(TrainError) as caught:
        two.here()
    assert caught.value.code == "TOW_TRAIN_CHECKPOINT_FOREIGN"


def test_checkpoints_beyond_the_last_ones_and_the_best_are_removed(tmp_path: Path) -> None:
    job = tiny_job(steps=14, validate=Validate(every=100), checkpoint=Checkpoint(every=3, keep=2))
    run = Run(tmp_path / "run", job)
    run.here()
    assert run.steps_kept() == [12, 14]
    facts = json.loads((run.folder / "work/step-00000014/checkpoint.json").read_text())
    assert facts["state"]["best"]["step"] == 14
