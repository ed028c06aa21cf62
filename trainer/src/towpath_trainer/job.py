"""A training job as `towpath.yaml` describes it, resolved: the same keys, every default filled in by Towpath."""

import dataclasses
import json
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, get_args, get_origin, get_type_hints

from towpath_trainer.phrases import of_file
from towpath_trainer.report import TrainError, say


@dataclass(frozen=True)
class Model:
    """A model made from scratch. `kv_heads` and `inner` are the Transformer's alone."""

    architecture: Literal["transformer", "lstm", "rnn"] = "transformer"
    layers: int = 4
    width: int = 256
    heads: int = 4
    kv_heads: int = 2
    inner: int = 688
    dropout: float = 0.0
    vocabulary: int = 4096
    head: Literal["language", "score"] = "language"


@dataclass(frozen=True)
class Lora:
    """Low-rank adapters (Hu et al., 2021) and where they sit."""

    rank: int = 16
    alpha: float = 32.0
    dropout: float = 0.0
    targets: tuple[str, ...] = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class Data:
    """What is learnt from. `isolate` keeps packed rows from seeing each other."""

    loss_on: Literal["answers", "all"] = "answers"
    pack: bool = True
    isolate: bool = True


@dataclass(frozen=True)
class Loss:
    """Cross-entropy with label smoothing and z-loss, or the mean squared error of a scoring head."""

    name: Literal["cross_entropy", "mean_squared_error"] = "cross_entropy"
    label_smoothing: float = 0.0
    z_loss: float = 0.0


@dataclass(frozen=True)
class Penalty:
    """Added to the loss: l1 * sum |w| + l2 * sum w^2; both together are the elastic net."""

    l1: float = 0.0
    l2: float = 0.0


@dataclass(frozen=True)
class Optimiser:
    """`weight_decay` is decoupled from the gradient (Loshchilov and Hutter, 2019) for every optimiser."""

    name: Literal["gradient_descent", "sgd", "adam", "adamw"] = "adamw"
    learning_rate: float = 3e-4
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.95
    epsilon: float = 1e-8
    weight_decay: float = 0.0


@dataclass(frozen=True)
class Schedule:
    """Warm-up in optimiser steps, then the curve down to `floor` times the learning rate."""

    name: Literal["constant", "linear", "cosine"] = "cosine"
    warmup: int = 0
    floor: float = 0.1


@dataclass(frozen=True)
class Batch:
    """Sequences per optimiser step over all processes, and per forward pass of one process."""

    sequences: int = 8
    micro: int = 8


@dataclass(frozen=True)
class Validate:
    """Every so many steps; stops after `patience` validations without a better loss (0: never)."""

    every: int = 50
    patience: int = 0


@dataclass(frozen=True)
class Checkpoint:
    """Every so many steps; the last `keep` stay beside the best one."""

    every: int = 50
    keep: int = 2


@dataclass(frozen=True)
class Spikes:
    """A loss above `threshold` times the median of the last `window` steps, or one that is no number, stops the job or
    is skipped with its batch."""

    action: Literal["stop", "skip"] = "stop"
    threshold: float = 4.0
    window: int = 50


@dataclass(frozen=True)
class Job:
    """A whole job."""

    name: str
    source: Literal["generator", "scratch"] = "generator"
    method: Literal["lora", "full"] = "lora"
    model: Model = field(default_factory=Model)
    lora: Lora = field(default_factory=Lora)
    data: Data = field(default_factory=Data)
    context: int = 512
    loss: Loss = field(default_factory=Loss)
    penalty: Penalty = field(default_factory=Penalty)
    optimiser: Optimiser = field(default_factory=Optimiser)
    schedule: Schedule = field(default_factory=Schedule)
    batch: Batch = field(default_factory=Batch)
    steps: int = 0
    """Optimiser steps; 0 takes `epochs`."""
    epochs: float = 1.0
    clip: float = 1.0
    """Largest norm of the gradient; 0 does not clip."""
    validate: Validate = field(default_factory=Validate)
    checkpoint: Checkpoint = field(default_factory=Checkpoint)
    spikes: Spikes = field(default_factory=Spikes)
    seed: int = 0
    device: Literal["auto", "cpu", "cuda"] = "auto"
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    compile: bool = False
    processes: int = 1
    sharding: Literal["ddp", "fsdp"] = "ddp"

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a job file; what is not a job is refused, naming the key."""
        try:
            values = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as cause:
            raise TrainError("TOW_TRAIN_JOB_UNREADABLE", of_file(path, cause)) from cause
        return _build(cls, values, "")


def digestible(job: Job) -> dict[str, Any]:
    """Everything of a job that decides its result, as plain values: what a checkpoint is compared with."""
    values = dataclasses.asdict(job)
    for key in ("name", "checkpoint"):
        del values[key]
    del values["batch"]["micro"]
    return values


def _build(kind: type, values: object, where: str) -> Any:  # noqa: ANN401
    if not isinstance(values, dict):
        what = where or say("trainer.the-job", "the job")
        raise TrainError("TOW_TRAIN_JOB_UNREADABLE", say("trainer.not-object", "{what} is not an object", what=what))
    hints = get_type_hints(kind)
    unknown = sorted(set(values) - set(hints))
    if unknown:
        name = f"{where}{unknown[0]}"
        message = say("trainer.no-setting-of-job", "{name} is not a setting of a job", name=name)
        raise TrainError("TOW_TRAIN_JOB_UNREADABLE", message)
    return kind(**{key: _value(hints[key], value, f"{where}{key}") for key, value in values.items()})


def _value(hint: Any, value: object, where: str) -> Any:  # noqa: ANN401
    if dataclasses.is_dataclass(hint):
        return _build(typing.cast(type, hint), value, f"{where}.")
    origin = get_origin(hint)
    if origin is Literal:
        fits = value in get_args(hint)
    elif origin is tuple:
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        value = tuple(value) if fits else value  # type: ignore[arg-type]
    elif origin is types.UnionType:
        fits = value is None or isinstance(value, get_args(hint))
    elif hint is float:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        value = float(value) if fits else value  # type: ignore[arg-type]
    elif hint is int:
        fits = isinstance(value, int) and not isinstance(value, bool)
    else:
        fits = isinstance(value, hint)
    if not fits:
        raise TrainError(
            "TOW_TRAIN_JOB_UNREADABLE",
            say("trainer.does-not-fit", "{name}: {value} does not fit", name=where, value=repr(value)),
        )
    return value
