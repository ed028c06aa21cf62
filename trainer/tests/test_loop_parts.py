"""The parts of the loop by themselves."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from tiny_job import BEYOND_MEMORY, CONTEXT, VOCABULARY, tiny_job, write_tokens
from torch import nn

from towpath_trainer.data.batch import Batch
from towpath_trainer.data.shards import Tokens
from towpath_trainer.distributed import Group
from towpath_trainer.job import Batch as BatchSizes
from towpath_trainer.job import Job, Loss, Optimiser, Spikes
from towpath_trainer.loop.device import Device
from towpath_trainer.loop.early import is_over, judge
from towpath_trainer.loop.energy import Energy
from towpath_trainer.loop.health import Skipped, diverged, trouble
from towpath_trainer.loop.history import LINES, History, is_logged
from towpath_trainer.loop.identity import differences
from towpath_trainer.loop.lock import locked
from towpath_trainer.loop.measure import PEAKS, Pace, memory, peak
from towpath_trainer.loop.memory import Micro, is_out_of_memory
from towpath_trainer.loop.random_state import every_state, restore_every, seed_every
from towpath_trainer.loop.state import State
from towpath_trainer.loop.step import Stepper
from towpath_trainer.loop.stop import Stop
from towpath_trainer.loop.tensor_file import read_tensors, sha256, write_tensors
from towpath_trainer.loop.training import steps_of
from towpath_trainer.loop.validate import Validation
from towpath_trainer.report import TrainError

CPU = Device(torch.device("cpu"), None, 1)


class Bigram(nn.Module):
    """Logits that depend on the token alone: its loss can be worked out by hand."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.table = nn.Parameter(torch.randn(VOCABULARY, VOCABULARY) * 0.5)

    def forward(self, batch: Batch, loss: Loss) -> tuple[torch.Tensor, int]:
        logits = self.table[batch.tokens[batch.mask]]
        return nn.functional.cross_entropy(logits, batch.targets[batch.mask], reduction="sum"), batch.count


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    return Tokens(write_tokens(tmp_path_factory.mktemp("tokens")))


def test_a_step_is_the_mean_over_targets_of_the_whole_batch_however_it_is_cut_up(
    tokens: Tokens, tmp_path: Path
) -> None:
    batch = tokens.split("train").batch([3, 1, 4, 15, 9])
    # Uneven: a mean of means would weigh these targets wrongly.
    batch.mask[0, 2:] = False
    job = tiny_job(clip=0.1, optimiser=Optimiser(name="gradient_descent", learning_rate=0.5))
    model = Bigram()
    table = model.table.detach().double()
    optimiser = torch.optim.SGD(model.parameters(), lr=1.0)
    micro = Micro(tmp_path, wanted=2, share=5, processes=1)
    stepper = Stepper(job, model, [model.table], optimiser, CPU, Group(), micro, Stop())
    outcome = stepper.step(batch, batch.count, rate=0.5)

    # By hand: the gradient of a row is the sum of softmax - one-hot over its places, over all targets.
    places = list(zip(batch.tokens[batch.mask].tolist(), batch.targets[batch.mask].tolist(), strict=True))
    loss = -sum(table[t].log_softmax(0)[y].item() for t, y in places) / len(places)
    gradient = torch.zeros_like(table)
    for t, y in places:
        gradient[t] += table[t].softmax(0)
        gradient[t, y] -= 1
    gradient /= len(places)
    norm = gradient.square().sum().sqrt().item()
    moved = table - 0.5 * gradient * min(1, 0.1 / norm)
    assert len(places) == 4 * CONTEXT + 2
    assert outcome.loss == pytest.approx(loss, rel=1e-6)
    assert outcome.norm == pytest.approx(norm, rel=1e-5)
    assert norm > 0.1
    assert torch.allclose(model.table.detach().double(), moved, atol=1e-6)


def test_validation_is_the_mean_over_all_targets_whatever_the_micro_batch(tokens: Tokens, tmp_path: Path) -> None:
    model = Bigram()
    split = tokens.split("validation")
    whole = split.batch(range(len(split)))
    expected = model(whole, Loss())[0].item() / whole.count
    for size in (1, 4, 100):
        micro = Micro(tmp_path, size, size, 1)
        measured = Validation(model, split, Job("tiny"), CPU, Group(), micro, Stop()).measure(lambda done, of: None)
        assert measured == pytest.approx(expected, rel=1e-6)


def test_trouble_is_a_number_that_is_none_or_far_above_the_median() -> None:
    spikes = Spikes(threshold=3, window=50)
    before = [2.0, 1.0, 3.0] * 4
    assert trouble(5.9, 1, before, spikes) is None
    assert trouble(6.1, 1, before, spikes) == "the loss is 6.1, 3.05 times the median of the 12 steps before it"
    assert trouble(math.nan, 1, [], spikes) == "the loss is nan"
    assert trouble(math.inf, 1, [], spikes) == "the loss is inf"
    assert trouble(2.0, math.inf, [], spikes) is not None
    # Too few to judge by.
    assert trouble(100, 1, [1.0] * 7, spikes) is None
    assert trouble(100, 1, [1.0] * 5, Spikes(threshold=3, window=5)) is not None


def test_a_message_names_twenty_documents_and_counts_the_rest() -> None:
    told = str(diverged(Skipped(3, 4, "the loss is nan", [f"d{n}" for n in range(25)])))
    assert "step 4, batch 3" in told and "d19 and 5 more" in told and "d20" not in told


def test_early_stopping_counts_validations_without_a_better_one() -> None:
    state = State()
    for step, loss, over in ((5, 3.0, False), (10, 2.0, False), (15, 2.0, False), (20, 2.5, True)):
        state.step = step
        judge(state, loss)
        assert is_over(state, 2) is over
    assert state.best is not None and (state.best.step, state.best.validation_loss) == (10, 2.0)
    assert not is_over(state, 0)


def test_tensor_files_are_what_the_safetensors_library_reads(tmp_path: Path) -> None:
    tensors = {
        "a": torch.arange(6, dtype=torch.float32).reshape(2, 3).t(),
        "b": torch.randn(5).bfloat16(),
        "empty": torch.zeros(0, 3),
        "scalar": torch.tensor(7, dtype=torch.int64),
        "bytes": torch.tensor([1, 255], dtype=torch.uint8),
    }
    path = tmp_path / "x.safetensors"
    assert write_tensors(path, tensors, lambda tensor: tensor) == sha256(path)
    for read in (load_file(path), read_tensors(path)):
        assert list(read.keys()) and read.keys() == tensors.keys()
        assert all(torch.equal(read[name], tensors[name]) and read[name].dtype == tensors[name].dtype for name in read)


def test_every_generator_draws_again_what_it_drew() -> None:
    seed_every(3, 0)
    random.gauss(0, 1)
    np.random.standard_normal()
    kept = {name: torch.stack([state, state]) for name, state in every_state(CPU).items()}

    def draw() -> list[float]:
        of_numpy = [np.random.standard_normal(), np.random.rand()]
        return [torch.rand(1).item(), *of_numpy, random.gauss(0, 1), random.random()]

    first = draw()
    restore_every({name: states[1] for name, states in kept.items()}, CPU)
    assert draw() == first
    seed_every(3, 1)
    assert draw() != first


def test_a_history_has_no_doubles_and_no_broken_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = History(tmp_path, report_from=1)
    for step in (1, 2, 3):
        history.add({"step": step, "loss": 1.0, "validation_loss": 2.0}, logged=True)
    with (tmp_path / "metrics.jsonl").open("a") as file:
        file.write('{"step": 4, "lo')
    history = History(tmp_path, report_from=1)
    history.back_to(9)
    assert [json.loads(line)["step"] for line in history.read().splitlines()] == [1, 2, 3]
    history.back_to(2)
    history.add({"step": 3, "loss": 5.0}, logged=True)
    history.add({"step": 4, "loss": 5.0}, logged=False)
    assert [json.loads(line)["step"] for line in history.read().splitlines()] == [1, 2, 3]
    published = [json.loads(line)["metric"]["step"] for line in capsys.readouterr().out.splitlines()]
    assert published == [2, 3, 3]


def test_long_runs_write_some_twenty_thousand_lines() -> None:
    assert all(is_logged(step, 500) for step in range(1, 501))
    logged = sum(is_logged(step, 1_000_000) for step in range(1, 1_000_001))
    assert LINES / 2 < logged <= LINES + 1
    assert is_logged(1_000_000, 1_000_000)


def test_the_micro_batch_is_remembered_and_never_larger_than_the_share(tmp_path: Path) -> None:
    assert Micro(tmp_path, wanted=8, share=3, processes=1).size == 3
    micro = Micro(tmp_path, wanted=8, share=8, processes=1)
    micro.halve("a step")
    assert Micro(tmp_path, wanted=8, share=8, processes=1).size == 4
    assert Micro(tmp_path, wanted=2, share=8, processes=1).size == 2


def test_the_real_allocator_is_understood_and_other_errors_are_not_taken_for_it() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(BEYOND_MEMORY, dtype=torch.uint8)
    assert is_out_of_memory(caught.value)
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB"))
    assert is_out_of_memory(MemoryError())
    assert not is_out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    assert not is_out_of_memory(ValueError("out of memory"))


def test_energy_adds_the_packages_and_survives_a_counter_that_starts_over(tmp_path: Path) -> None:
    assert Energy([], tmp_path).joules() is None
    for name, at in (("intel-rapl:0", 9_000_000), ("intel-rapl:1", 0), ("intel-rapl:0:0", 5)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "energy_uj").write_text(str(at))
        (tmp_path / name / "max_energy_range_uj").write_text("10000000")
    energy = Energy([], tmp_path)
    # 2 J up to the end of the first counter and past it, 3 J in the second; parts of a package do not count again.
    (tmp_path / "intel-rapl:0/energy_uj").write_text("1000000")
    (tmp_path / "intel-rapl:1/energy_uj").write_text("3000000")
    (tmp_path / "intel-rapl:0:0/energy_uj").write_text("99")
    assert energy.joules() == pytest.approx(5.0)
    assert energy.joules() == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("name", "flops"),
    [
        ("NVIDIA H100 80GB HBM3", 989.4e12),
        ("NVIDIA H100 PCIe", 756e12),
        ("NVIDIA H200", 989.4e12),
        ("NVIDIA A100-SXM4-40GB", 312e12),
        ("NVIDIA L40", 181e12),
        ("NVIDIA L4", 121e12),
        ("NVIDIA RTX A1000", None),
        ("NVIDIA GeForce GTX 1080", None),
    ],
)
def test_peaks_are_known_by_the_device_name(name: str, flops: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: name)
    assert peak(Device(torch.device("cuda"), torch.bfloat16, 1)) == flops
    assert peak(CPU) is None
    assert all(bf16 > tf32 for _, bf16, tf32 in PEAKS)


def test_mfu_is_the_flops_done_over_the_flops_possible() -> None:
    speed, mfu = Pace(flops_per_token=6e9, peak_flops=1e12).step(tokens=1000, seconds=10.0)
    assert speed == 100
    assert mfu == pytest.approx(0.6)
    assert Pace(6e9, None).step(1000, 10.0) == (100, None)


def test_progress_is_told_in_a_line_for_people() -> None:
    pace = Pace(1.0, None)
    pace.step(3200, 10.0)
    line = {"loss": 2.314, "rate": 2e-4, "norm": 0.81, "mfu": None, "memory": 4_100_000_000}
    assert pace.note(line) == "loss 2.31, rate 2.0e-4, norm 0.81, 320 tokens/s, 4.1 GB"
    assert memory(CPU) > 10_000_000


def test_epochs_become_steps() -> None:
    sizes = BatchSizes(sequences=4)
    assert steps_of(tiny_job(steps=0, epochs=1.0, batch=sizes), 40) == 10
    assert steps_of(tiny_job(steps=0, epochs=1.5, batch=sizes), 41) == 16
    assert steps_of(tiny_job(steps=0, epochs=1.0, batch=sizes), 1) == 1
    assert steps_of(tiny_job(steps=7, batch=sizes), 41) == 7


def test_differences_name_their_places() -> None:
    told = differences({"a": {"b": 1, "c": [1]}, "d": None}, {"a": {"b": 2, "c": [1]}, "d": "x"})
    assert told == ["a.b is 1 there and 2 here", 'd is null there and "x" here']


def test_a_folder_in_which_another_run_trains_is_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(TrainError) as caught, locked(tmp_path, wait=0.1):
        pass
    assert caught.value.code == "TOW_TRAIN_WORK_BUSY"
    with locked(tmp_path, wait=0):
        pass
