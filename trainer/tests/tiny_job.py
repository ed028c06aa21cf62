"""A job small enough for a test: its files, and the program that trains it in a process of its own."""

import dataclasses
import hashlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from towpath_trainer.data.manifest import File, Manifest, Shard, SplitFacts
from towpath_trainer.job import Batch, Checkpoint, Job, Model, Optimiser, Schedule, Validate
from towpath_trainer.loop.stop import Interrupted, Stop
from towpath_trainer.loop.training import Folders
from towpath_trainer.train import train

VOCABULARY = 64
CONTEXT = 16
SOURCES = Path(__file__).parents[1] / "src"
BEYOND_MEMORY = 2**60
"""Bytes that no allocator grants: more than a process can address, so that a kernel that promises any amount
(vm.overcommit_memory 1) has no place for them either."""
# What must repeat bit for bit; speed and memory do not.
REPEATED = ("step", "batch", "loss", "rate", "norm", "validation_loss")


def write_tokens(folder: Path, train: int = 40, validation: int = 6, bad: int | None = None) -> Path:
    """Plain text of so many sequences: a noisy cycle through the vocabulary, so that there is something to learn.

    With `bad`, one token without end, and noise in the training sequence of that number.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    splits, rows = {}, []
    for name, sequences in (("train", train), ("validation", validation)):
        length = sequences * CONTEXT + 1
        tokens = (np.arange(length) * 3 + (rng.random(length) < 0.1) * rng.integers(0, 9, length)) % VOCABULARY
        if bad is not None:
            tokens[:] = 5
            if name == "train":
                start = bad * CONTEXT + 1
                tokens[start : start + CONTEXT - 1] = rng.integers(6, VOCABULARY, CONTEXT - 1)
        shards: tuple[Shard, ...] = ()
        if sequences:
            data = tokens.astype("<u2").tobytes()
            path = folder / f"{name}-0.bin"
            path.write_bytes(data)
            shards = (Shard(sequences, {"tokens": File(path.name, hashlib.sha256(data).hexdigest(), len(data))}),)
        positions = sequences * CONTEXT
        splits[name] = SplitFacts(sequences, positions, positions, sequences, 0, 0, 1, shards)
        for number in range(sequences):
            row = {"n": len(rows), "id": f"row-{number}", "split": name, "document": f"{name}-{number}.md"}
            rows.append({**row, "sequence": number, "last": number})
    Manifest("text", CONTEXT, VOCABULARY, 0, 0, "uint16", True, splits).write(folder)
    (folder / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return folder


def tiny_job(**changes: object) -> Job:
    """A Transformer of two layers with dropout, accumulating two micro-batches a step."""
    job = Job(
        name="tiny",
        source="scratch",
        method="full",
        model=Model(layers=2, width=16, heads=2, kv_heads=1, inner=32, dropout=0.1, vocabulary=VOCABULARY),
        context=CONTEXT,
        batch=Batch(sequences=4, micro=2),
        steps=24,
        optimiser=Optimiser(learning_rate=3e-3),
        schedule=Schedule(warmup=3),
        validate=Validate(every=8),
        checkpoint=Checkpoint(every=5, keep=2),
        device="cpu",
    )
    return dataclasses.replace(job, **changes)  # type: ignore[arg-type]


@dataclass
class Run:
    """A job in a folder, run by the real program."""

    folder: Path
    job: Job
    base: Path | None = None
    tokens: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, *prefix: str) -> list[str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        tokens = self.tokens or self.folder / "tokens"
        if not tokens.exists():
            write_tokens(tokens)
        (self.folder / "job.json").write_text(json.dumps(dataclasses.asdict(self.job)))
        program = list(prefix) or [sys.executable, "-m", "towpath_trainer.train"]
        folders = [f"--{name}={self.folder / name}" for name in ("work", "out", "history")]
        base = [] if self.base is None else [f"--base={self.base}"]
        return [*program, str(self.folder / "job.json"), f"--tokens={tokens}", *base, *folders, "--threads=1"]

    def start(self, *prefix: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONPATH": str(SOURCES), "HF_HUB_OFFLINE": "1", **self.environment}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command(*prefix), env=environment, stdout=pipe, stderr=pipe, text=True, preexec_fn=before
        )

    def here(self) -> None:
        """The same in this process, which is quicker to start."""
        self.command()
        names = (self.folder / name for name in ("work", "out", "history"))
        train(self.job, Folders(self.tokens or self.folder / "tokens", self.base, None, *names), Stop(), threads=1)

    def stop_in_step(self, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Train here until somebody asks to stop between the two micro-batches of a step."""
        # Asked once when a step begins, and before each of its micro-batches; no validation may come before.
        calls = itertools.count(1)
        check = Stop.check

        def counted(stop: Stop, may: bool = True) -> None:
            stop.asked = stop.asked or next(calls) == 3 * step
            check(stop, may)

        with monkeypatch.context() as patch, pytest.raises(Interrupted):
            patch.setattr(Stop, "check", counted)
            self.here()
        assert self.steps_kept()[-1] == step - 1

    def finish(self, *prefix: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
        process = self.start(*prefix, before=before)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def kill_after(self, lines: int) -> bool:
        """SIGKILL the program once the curves have more lines than so many; returns whether it was still running."""
        process = self.start()
        self.wait_for_lines(process, lines)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def wait_for_lines(self, process: subprocess.Popen[str], lines: int) -> None:
        until = time.monotonic() + 60
        while process.poll() is None and len(self.lines()) < lines and time.monotonic() < until:
            time.sleep(0.002)

    def lines(self) -> list[dict[str, Any]]:
        path = self.folder / "work" / "metrics.jsonl"
        whole = [line for line in path.read_text().split("\n")[:-1]] if path.exists() else []
        return [json.loads(line) for line in whole]

    def curve(self) -> list[dict[str, Any]]:
        lines = (self.folder / "history" / "metrics.jsonl").read_text().splitlines()
        return [{key: line[key] for key in REPEATED if key in line} for line in map(json.loads, lines)]

    def losses(self) -> list[float]:
        return [line["loss"] for line in self.curve()]

    def summary(self) -> dict[str, Any]:
        return json.loads((self.folder / "history" / "summary.json").read_text())

    def weights(self, kind: str = "model") -> dict[str, np.ndarray]:
        name = "adapter_model" if kind == "adapter" else "model"
        return load_file(self.folder / "out" / kind / f"{name}.safetensors")

    def steps_kept(self) -> list[int]:
        return sorted(int(each.name[5:]) for each in (self.folder / "work").glob("step-*"))


def error_of(result: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The error that the program named on its last line of that kind."""
    told = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert result.returncode == 3, result.stderr
    return json.loads(told[-1].removeprefix("error: "))


def same_weights(one: dict[str, np.ndarray], two: dict[str, np.ndarray]) -> bool:
    return one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)


def lives(pid: int) -> bool:
    """Whether a process runs: a zombie that nobody waits for has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
