"""JSON files that people read too."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Write plain values with their keys in order: the same values give the same bytes."""
    path.write_text(f"{json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True)}\n", "utf-8")
