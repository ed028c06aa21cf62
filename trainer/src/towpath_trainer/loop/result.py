"""What a finished run leaves: the model in the Hugging Face format, its curves and a summary."""

import dataclasses
import json
import platform
import shutil
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from torch import Tensor

from towpath_trainer.job import Job
from towpath_trainer.loop.health import Skipped
from towpath_trainer.loop.history import FILE
from towpath_trainer.loop.state import State
from towpath_trainer.models.interface import LanguageModel

# What transformers and llama.cpp's converter read of a tokenizer.
TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
    "generation_config.json",
)


def write_model(
    out: Path, model: LanguageModel, weights: Mapping[str, Tensor], kind: str, tokenizer: Path | None
) -> None:
    """Write `model/` (with the tokenizer's files) or `adapter/` into `out`; it is whole or not there."""
    target = out / kind
    half = out / f"{kind}.half"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    model.save(half, weights)
    if kind == "model" and tokenizer is not None:
        for name in TOKENIZER_FILES:
            if (tokenizer / name).is_file():
                shutil.copyfile(tokenizer / name, half / name)
    shutil.rmtree(target, ignore_errors=True)
    half.rename(target)


def write_history(history: Path, lines: bytes, summary: dict[str, Any]) -> None:
    """Write the curves, then the summary: where it is, all is."""
    history.mkdir(parents=True, exist_ok=True)
    (history / FILE).write_bytes(lines)
    (history / "summary.json").write_text(f"{json.dumps(summary, ensure_ascii=False, indent=1)}\n", "utf-8")


def summary_of(job: Job, state: State, stopped: str, skipped: list[Skipped], facts: dict[str, Any]) -> dict[str, Any]:
    """The summary; `facts` are those of the model and the machine."""
    return {
        "schema": 1,
        "job": dataclasses.asdict(job),
        "steps": state.step,
        "best": None if state.best is None else dataclasses.asdict(state.best),
        # Which weights are the result: the best validation's, or the last ones where nothing was validated.
        "result": "last" if state.best is None else "best",
        "stopped": stopped,
        "tokens": state.tokens,
        "seconds": round(state.seconds, 3),
        "waited_seconds": round(state.waited, 3),
        "energy_joules": None if state.energy is None else round(state.energy, 1),
        "skipped": [{"batch": each.batch, "documents": each.documents} for each in skipped],
        **facts,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}},
    }


_PACKAGES = ("torch", "transformers", "peft")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
