"""Whose work a work folder holds: what decides a job's result, and how two of them differ."""

import hashlib
import json
from pathlib import Path
from typing import Any

from towpath_trainer.data.manifest import MANIFEST
from towpath_trainer.job import Job, digestible
from towpath_trainer.loop.tensor_file import sha256, write_json
from towpath_trainer.phrases import go_back, listed
from towpath_trainer.report import TrainError, say

FILE = "work.json"


def claim(work: Path, job: Job, tokens: Path, base: Path | None) -> str:
    """Take the work folder for a job over these tokens and this base; returns the digest that its checkpoints carry.

    Raises TrainError TOW_TRAIN_CHECKPOINT_FOREIGN, naming what differs, when the folder is another job's.
    """
    mine: dict[str, Any] = {
        "job": digestible(job),
        "tokens": sha256(tokens / MANIFEST),
        "base": None if base is None else _folder_digest(base),
    }
    # Tuples are lists once they were written.
    mine = json.loads(json.dumps(mine))
    path = work / FILE
    try:
        theirs = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        theirs = None
        write_json(path, mine)
    if theirs is not None and theirs != mine:
        raise TrainError(
            "TOW_TRAIN_CHECKPOINT_FOREIGN",
            say(
                "trainer.other-job",
                "{work} holds the work of another job: {differences}",
                work=work,
                differences=listed(differences(theirs, mine)[:5]),
            ),
            go_back(),
        )
    return hashlib.sha256(json.dumps(mine, sort_keys=True).encode()).hexdigest()


def differences(theirs: object, mine: object, where: str = "") -> list[str]:
    """Every value that differs between two JSON values, with its place."""
    if isinstance(theirs, dict) and isinstance(mine, dict):
        keys = sorted({*theirs, *mine})
        return [
            line
            for key in keys
            for line in differences(theirs.get(key), mine.get(key), f"{where}.{key}".removeprefix("."))
        ]
    if theirs == mine:
        return []
    values = {"setting": where, "there": _short(theirs), "here": _short(mine)}
    return [say("trainer.difference", "{setting} is {there} there and {here} here", **values)]


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:36]} …"


def _folder_digest(folder: Path) -> str:
    files = sorted(each for each in folder.iterdir() if each.is_file())
    return hashlib.sha256("".join(f"{each.name} {sha256(each)}\n" for each in files).encode()).hexdigest()
