"""Rows and a small byte-level tokenizer for tests."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from towpath_trainer.tokenizer import train

CORPUS = [
    "The lock opens when the levels agree, and the boat goes on.",
    "A boat is drawn along a towpath by a horse; the horse walks, the boat floats.",
    "水位一致时，闸门就会打开，船可以继续前进。",
    "马沿着纤道拉船，船在水上漂。闸门关闭时，船等待水位。",
]
CHATML = (
    "{% for m in messages %}{{ '<|start|>' + m['role'] + '\n' + m['content'] + '<|end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start|>assistant\n' }}{% endif %}"
)


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    """Write rows; what a row does not say is filled in."""
    with path.open("w", encoding="utf-8") as lines:
        for number, row in enumerate(rows):
            lines.write(json.dumps({"id": f"r{number}", "split": "train", **row}, ensure_ascii=False) + "\n")
    return path


def small_tokenizer(folder: Path, vocabulary: int = 300) -> Path:
    """Train a tokenizer on the corpus above."""
    source = write_rows(folder / "corpus.jsonl", ({"text": text} for text in CORPUS))
    train(source, folder / "tokenizer", vocabulary)
    return folder / "tokenizer"


def chat_tokenizer(folder: Path) -> Path:
    """The same with turns of their own tokens: <|start|> and <|end|>, which is the end of text too."""
    tokenizer = small_tokenizer(folder)
    path = tokenizer / "tokenizer.json"
    values = json.loads(path.read_text("utf-8"))
    size = len(values["model"]["vocab"])
    for number, token in enumerate(("<|start|>", "<|end|>")):
        entry = {**values["added_tokens"][0], "id": size + number, "content": token}
        values["added_tokens"].append(entry)
    path.write_text(json.dumps(values), "utf-8")
    change_json(tokenizer / "tokenizer_config.json", eos_token="<|end|>")
    (tokenizer / "chat_template.jinja").write_text(CHATML, "utf-8")
    return tokenizer


def change_json(path: Path, **values: object) -> None:
    """Set keys of a JSON file; None removes one."""
    old = json.loads(path.read_text("utf-8")) if path.exists() else {}
    new = {key: value for key, value in {**old, **values}.items() if value is not None}
    path.write_text(json.dumps(new), "utf-8")
