"""Reads the tensors of a Hugging Face model and gives them the names and the layout that llama.cpp wants."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import gguf
import numpy as np
from safetensors import safe_open

from towpath_trainer.export.adapter import Adapter
from towpath_trainer.export.config import ModelConfig, read_json, unfit
from towpath_trainer.phrases import no_place
from towpath_trainer.report import say


def permute(rows: np.ndarray, heads: int) -> np.ndarray:
    """The rows of a query or key projection, [heads * head, n], from Hugging Face's order to llama.cpp's.

    Hugging Face turns dimension i of a head together with i + head/2, llama.cpp's `llama` turns 2i with 2i + 1: both
    give the same products when the rows are interleaved so.
    """
    halves = rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(rows.shape))


def arranged(name: str, tensor: np.ndarray, config: ModelConfig) -> np.ndarray:
    """A tensor of module `name` as llama.cpp computes with it; also the `lora_B` of an adapter of that module."""
    if config.architecture == "llama" and name.endswith(".q_proj"):
        return permute(tensor, config.heads)
    if config.architecture == "llama" and name.endswith(".k_proj"):
        return permute(tensor, config.kv_heads)
    if config.architecture == "gemma3" and name.endswith("norm"):
        # Gemma multiplies by 1 + weight; llama.cpp by the weight.
        return tensor + np.float32(1)
    return tensor


class NameMap:
    """Names of modules to names in a GGUF file, both without `.weight`."""

    def __init__(self, config: ModelConfig) -> None:
        """The names of this architecture's layers."""
        arch = next(key for key, name in gguf.MODEL_ARCH_NAMES.items() if name == config.architecture)
        self._map = gguf.get_tensor_name_map(arch, config.layers)

    def __getitem__(self, module: str) -> str:
        """Raises TrainError TOW_TRAIN_EXPORT_UNFIT for a module that the GGUF form has no place for."""
        name = self._map.get_name(module)
        if name is None:
            raise unfit(no_place(module))
        return name


class Weights:
    """The tensors of a model folder, read one at a time: the whole never lies in memory."""

    def __init__(self, folder: Path, config: ModelConfig, adapter: Adapter | None = None) -> None:
        """Open every file of the folder; `adapter` is merged into what is read."""
        self._config = config
        self._adapter = adapter
        self._names = NameMap(config)
        self._open = ExitStack()
        self._files = {}
        try:
            for file in _files_of(folder):
                opened = self._open.enter_context(safe_open(folder / file, framework="pt"))
                self._files.update(dict.fromkeys(opened.keys(), opened))
        except Exception as cause:
            self._open.close()
            raise unfit(say("trainer.weights-unreadable", "the weights cannot be read: {why}", why=cause)) from cause
        self._check()

    def __enter__(self) -> "Weights":
        """Leaves the files open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes them."""
        self._open.close()

    def shapes(self) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        """For each tensor: its name here, its name in the GGUF file, its shape. The order is always the same."""
        for name in sorted(self._wanted()):
            yield name, f"{self._names[name.removesuffix('.weight')]}.weight", self._shape(name)

    def read(self, name: str) -> np.ndarray:
        """A tensor as float32, merged and arranged for llama.cpp.

        Raises TrainError TOW_TRAIN_EXPORT_UNFIT when it holds something that is no finite number.
        """
        tensor = self._files[name].get_tensor(name).float().numpy()
        module = name.removesuffix(".weight")
        if self._adapter is not None and module in self._adapter.pairs:
            tensor = tensor + self._adapter.delta(module)
        if not np.isfinite(tensor).all():
            raise unfit(
                say(
                    "trainer.no-numbers",
                    "{name} holds values that are no numbers: the training went wrong before",
                    name=name,
                )
            )
        return arranged(module, tensor, self._config)

    def _wanted(self) -> list[str]:
        tied = self._config.tied
        return [name for name in self._files if not (tied and name == "lm_head.weight")]

    def _shape(self, name: str) -> tuple[int, ...]:
        return tuple(self._files[name].get_slice(name).get_shape())

    def _check(self) -> None:
        for name in self._files:
            if not name.endswith(".weight"):
                raise unfit(no_place(name))
        table = "model.embed_tokens.weight"
        expected = (self._config.vocabulary, self._config.width)
        if table not in self._files or self._shape(table) != expected:
            raise unfit(
                say(
                    "trainer.no-table",
                    "the weights hold no {table} of shape {shape}",
                    table=table,
                    shape=str(list(expected)),
                )
            )
        if not self._config.tied and "lm_head.weight" not in self._files:
            raise unfit(
                say(
                    "trainer.no-head",
                    "the weights hold no lm_head.weight, and config.json does not tie it to the embeddings",
                )
            )
        for module in self._adapter.pairs if self._adapter is not None else ():
            if f"{module}.weight" not in self._files:
                raise unfit(
                    say(
                        "trainer.adapter-beyond",
                        "the adapter changes {module}, which the model does not have",
                        module=module,
                    )
                )
            if self._adapter is not None and self._adapter.shape(module) != self._shape(f"{module}.weight"):
                raise unfit(
                    say(
                        "trainer.adapter-shape",
                        "the adapter's {module} is of another shape than the model's: it belongs to another base",
                        module=module,
                    )
                )


def _files_of(folder: Path) -> list[str]:
    if (folder / "model.safetensors").exists():
        return ["model.safetensors"]
    index = read_json(folder / "model.safetensors.index.json")
    files = sorted(set(index.get("weight_map", {}).values()))
    if not files or any(Path(file).name != file for file in files):
        raise unfit(say("trainer.no-files", "model.safetensors.index.json names no files beside it"))
    return files
