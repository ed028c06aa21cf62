"""Texts that several programs say."""

from collections.abc import Iterable
from pathlib import Path

from towpath_trainer.report import say


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence as one."""
    first, *rest = parts
    return say("trainer.and", "{first}; {rest}", first=first, rest=listed(rest)) if rest else first


def either(one: str, other: str) -> str:
    """Two names."""
    return say("trainer.two", "{one} and {other}", one=one, other=other)


def of_file(path: Path, why: object) -> str:
    """What is wrong with a file."""
    return say("trainer.of-file", "{path}: {why}", path=path, why=why)


def of_line(path: Path, number: int, why: object) -> str:
    """What is wrong with a line of a file."""
    return say("trainer.line", "{file}:{line}: {why}", file=path.name, line=number, why=why)


def unreadable(file: str | Path, why: object) -> str:
    """A file that the system, or a library, does not read."""
    return say("trainer.unreadable", "{file} cannot be read: {why}", file=file, why=why)


def not_json(path: Path, why: object) -> str:
    """A file that should be JSON."""
    return say("trainer.not-json", "{file} is not JSON: {why}", file=path.name, why=why)


def no_gguf(path: Path, why: object) -> str:
    """A file that should be GGUF."""
    return say("trainer.not-gguf", "{file} is no GGUF file: {why}", file=path.name, why=why)


def missing_file(path: Path) -> str:
    """A file that should be there."""
    return say("trainer.missing", "{file} is missing", file=path.name)


def no_setting(key: KeyError) -> str:
    """A key that config.json should have."""
    return say("trainer.no-key", "config.json has no {key}", key=key.args[0])


def no_place(name: str) -> str:
    """A tensor that GGUF does not know."""
    return say("trainer.no-place", "the GGUF form has no place for {name}", name=name)


def wrong_activation(found: object, known: str) -> str:
    """An activation other than the one that the program takes."""
    return say("trainer.activation", "the activation {found} is not {known}", found=repr(found), known=known)


def free_space() -> str:
    """What to do when the disk is full."""
    return say("trainer.free-space", "Free some space and run again: it goes on from there.")


def go_back() -> str:
    """What to do about a work folder that is another's."""
    return say("trainer.go-back", "Point --work at an empty folder, or go back to the settings that made it.")


def of_trial(number: int, said: str) -> str:
    """What is said of a trial."""
    return say("trainer.of-trial", "trial {number}: {said}", number=number, said=said)
