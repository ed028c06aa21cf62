"""Two processes that train one model over gloo: the same curve as one, and one end for all of them."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from tiny_job import BEYOND_MEMORY, Run, error_of, lives, tiny_job

from towpath_trainer.distributed import Group
from towpath_trainer.job import Batch, Checkpoint, Model, Penalty, Validate
from towpath_trainer.loop.device import choose_device
from towpath_trainer.loop.stop import Stop
from towpath_trainer.loop.training import Folders, Training
from towpath_trainer.report import TrainError

# Without dropout: every process draws its own.
JOB = tiny_job(
    model=Model(layers=2, width=16, heads=2, kv_heads=1, inner=32, vocabulary=64),
    steps=60,
    penalty=Penalty(l1=1e-4, l2=1e-3),
    clip=0.5,
    validate=Validate(every=20),
    checkpoint=Checkpoint(every=7),
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Run:
    run = Run(tmp_path_factory.mktemp("alone"), JOB)
    run.here()
    return run


def two(folder: Path, sharding: str) -> Run:
    return Run(folder, dataclasses.replace(JOB, processes=2, sharding=sharding))


def children(pid: int) -> list[int]:
    """The processes that a process has started and that have not ended."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def all_end(pids: list[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while any(lives(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(lives(pid) for pid in pids)


def assert_same(run: Run, alone: Run) -> None:
    assert [line["batch"] for line in run.curve()] == [line["batch"] for line in alone.curve()]
    for key in ("loss", "norm", "rate"):
        assert [line[key] for line in run.curve()] == pytest.approx([line[key] for line in alone.curve()], rel=1e-4)
    validated = [[line.get("validation_loss", 0) for line in each.curve()] for each in (run, alone)]
    assert validated[0] == pytest.approx(validated[1], rel=1e-4)
    ours, theirs = run.weights(), alone.weights()
    assert ours.keys() == theirs.keys()
    assert all(np.allclose(ours[name], theirs[name], rtol=1e-3, atol=1e-5) for name in ours)


def test_sharded_processes_stop_when_asked_and_go_on_to_the_curve_of_one(tmp_path: Path, alone: Run) -> None:
    run = two(tmp_path, "fsdp")
    process = run.start()
    run.wait_for_lines(process, 12)
    workers = children(process.pid)
    assert len(workers) == 2
    asked = time.monotonic()
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 143
    assert time.monotonic() - asked < 10
    assert all_end(workers, 1)
    assert run.steps_kept()[-1] >= 12
    result = run.finish()
    assert result.returncode == 0, result.stderr
    assert_same(run, alone)


def test_a_lost_process_ends_the_whole_job_within_seconds(tmp_path: Path) -> None:
    run = two(tmp_path, "ddp")
    process = run.start()
    run.wait_for_lines(process, 12)
    workers = children(process.pid)
    killed = time.monotonic()
    os.kill(workers[1], signal.SIGKILL)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - killed < 10
    error = error_of(subprocess.CompletedProcess([], process.returncode, out, err))
    assert error["code"] == "TOW_TRAIN_WORKER_LOST"
    assert "SIGKILL" in error["message"]
    assert all_end(workers, 1)


def test_the_processes_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    run = two(tmp_path, "ddp")
    run.job = dataclasses.replace(run.job, steps=1_000_000)
    # As torchrun would be by hand.
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2", "-m", "towpath_trainer.train"]
    process = run.start(sys.executable, *torchrun)
    run.wait_for_lines(process, 5)
    workers = children(process.pid)
    assert len(workers) == 2
    process.kill()
    assert all_end(workers, 10)
    process.communicate(timeout=10)


def test_processes_that_run_out_of_memory_all_start_again_with_half_the_micro_batch(tmp_path: Path, alone: Run) -> None:
    run = two(tmp_path, "ddp")
    # The second process meets the allocator's own error while it computes with more than one sequence.
    greedy = (
        "import sys, torch\n"
        "from towpath_trainer import train\n"
        "from towpath_trainer.loop.step import Stepper\n"
        "accumulate = Stepper._accumulate\n"
        "def greedy(self, *given):\n"
        "    if self._micro.size > 1 and self._group.rank == 1:\n"
        f"        torch.empty({BEYOND_MEMORY}, dtype=torch.uint8)\n"
        "    return accumulate(self, *given)\n"
        "Stepper._accumulate = greedy\n"
        "train._exit(train.main())\n"
    )
    program = tmp_path / "greedy.py"
    program.write_text(greedy)
    launcher = (
        "import sys\n"
        "from towpath_trainer.loop import launch\n"
        "from towpath_trainer import train\n"
        "run = launch._run\n"
        "launch._run = lambda module, arguments, processes: run('greedy', arguments, processes)\n"
        "sys.exit(train.main())\n"
    )
    run.environment = {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1] / "src"), str(tmp_path)])}
    result = run.finish(sys.executable, "-c", launcher)
    assert result.returncode == 0, result.stderr
    assert "start again with smaller micro-batches" in result.stderr
    assert run.summary()["micro"] == 1
    assert_same(run, alone)


def test_sequences_that_cannot_be_shared_evenly_are_an_error(tmp_path: Path) -> None:
    run = two(tmp_path, "ddp")
    run.job = dataclasses.replace(run.job, batch=Batch(sequences=3))
    run.command()
    folders = Folders(tmp_path / "tokens", None, None, tmp_path, tmp_path, tmp_path)
    with pytest.raises(TrainError, match=r"batch\.sequences 3") as caught:
        Training(run.job, folders, "", choose_device(run.job, 0, 1), Group(0, 2), Stop(), 0)
    assert caught.value.code == "TOW_TRAIN_JOB_UNFIT"
