"""What a search may vary, and a job with settings put into it."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from towpath_trainer.job import Job
from towpath_trainer.report import TrainError, say

Setting = float | int | str | bool
Settings = dict[str, Setting]


@dataclass(frozen=True)
class Interval:
    """Numbers from `low` to `high`, both included."""

    low: float
    high: float
    log: bool
    whole: bool

    def holds(self, value: Setting) -> bool:
        """Whether a value lies in it."""
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high


@dataclass(frozen=True)
class Choice:
    """One of some values."""

    values: tuple[Setting, ...]

    def holds(self, value: Setting) -> bool:
        """Whether a value is one of them."""
        return value in self.values


@dataclass(frozen=True)
class Search:
    """A search as `towpath.yaml` describes it, every default filled in."""

    job: str
    trials: int
    parallel: int
    """Trials at a time; 0 takes what the machine holds."""
    reduction: int
    rungs: int
    ranges: dict[str, Interval | Choice]
    described: dict[str, Any]
    """The ranges as they were written."""


def read_search(path: Path, job: Job) -> Search:
    """Read a search of a job's settings; one that is no search of them is refused, naming the key."""
    try:
        values = json.loads(path.read_text("utf-8"))
        described = values["ranges"]
        ranges = {name: _range(each, _setting(job, name)) for name, each in described.items()}
        numbers = {name: int(values[name]) for name in ("trials", "parallel", "reduction", "rungs")}
        return Search(job=str(values["job"]), ranges=ranges, described=described, **numbers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise TrainError(
            "TOW_TRAIN_JOB_UNREADABLE",
            say("trainer.no-search", "{path} is no search of this job: {why}", path=path, why=repr(cause)),
        ) from cause


def with_settings(job: Job, settings: Settings) -> Job:
    """The job with settings, by their dotted names, put in."""
    for name, setting in settings.items():
        group, _, key = name.rpartition(".")
        changed = {key: setting}
        job = dataclasses.replace(
            job, **({group: dataclasses.replace(getattr(job, group), **changed)} if group else changed)
        )
    return job


def own_settings(job: Job, search: Search) -> Settings | None:
    """What the job itself says of the settings that vary, or None where that lies outside their ranges."""
    settings = {name: _setting(job, name) for name in search.ranges}
    return settings if all(search.ranges[name].holds(value) for name, value in settings.items()) else None


def _setting(job: Job, name: str) -> Setting:
    value: Any = dataclasses.asdict(job)
    for key in name.split("."):
        value = value[key]
    if not isinstance(value, float | int | str | bool):
        raise ValueError(f"{name} is no single setting")
    return value


def _range(values: Any, current: Setting) -> Interval | Choice:  # noqa: ANN401
    if isinstance(values, list):
        return Choice(tuple(values))
    # A setting that counts something has no values between whole numbers, whether the range says so or not.
    whole = bool(values["whole"]) or (isinstance(current, int) and not isinstance(current, bool))
    return Interval(values["from"], values["to"], values["scale"] == "log", whole)
