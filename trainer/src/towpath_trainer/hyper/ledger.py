"""What a search has done, one line of JSON for each event, on the disk before anything follows from it.

    {"event": "search", "schema": 1, "of": {...}}                   first: whose ledger it is
    {"event": "asked", "number", "settings"}                        a trial is to be made
    {"event": "validated", "number", "step", "loss", "seconds"}     it was validated
    {"event": "ended", "number", "state", "steps", "loss", "seconds", "reason", "text"}

Played again in order, the events bring a search to where it was when it was killed.
"""

import json
import os
from pathlib import Path
from typing import Any

from towpath_trainer.loop.identity import differences
from towpath_trainer.phrases import go_back, listed
from towpath_trainer.report import TrainError, say

Event = dict[str, Any]


class Ledger:
    """The ledger of a search in its work folder."""

    def __init__(self, path: Path, of: Event) -> None:
        """Open it, or begin it for the search that `of` describes.

        Raises TrainError TOW_TRAIN_CHECKPOINT_FOREIGN, naming what differs, when it is another search's.
        """
        self.events: list[Event] = []
        """What earlier runs wrote."""
        of = json.loads(json.dumps(of))
        end = 0
        if path.exists():
            with path.open("rb") as lines:
                for line in lines:
                    event = _whole(line)
                    if event is None:
                        break
                    self.events.append(event)
                    end += len(line)
        self._file = path.open("r+b" if path.exists() else "wb")
        # A line that was cut off when the last run was killed: nothing followed from it.
        self._file.truncate(end)
        self._file.seek(end)
        if not self.events:
            self.append({"event": "search", "schema": 1, "of": of})
            return
        first = self.events.pop(0)
        if first.get("of") != of:
            raise TrainError(
                "TOW_TRAIN_CHECKPOINT_FOREIGN",
                say(
                    "trainer.other-search",
                    "{path} is of another search: {differences}",
                    path=path,
                    differences=listed(differences(first.get("of"), of)[:5]),
                ),
                go_back(),
            )

    def append(self, event: Event) -> None:
        """Write an event; it is on the disk when this returns."""
        self._file.write(f"{json.dumps(event, ensure_ascii=False)}\n".encode())
        self._file.flush()
        os.fsync(self._file.fileno())


def _whole(line: bytes) -> Event | None:
    if not line.endswith(b"\n"):
        return None
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
