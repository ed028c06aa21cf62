"""Writes a GGUF file tensor by tensor, whole or not at all."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np

from towpath_trainer.report import progress


@dataclass(frozen=True)
class Tensor:
    """A tensor to come: what the header says of it, and where its bytes are had from."""

    name: str
    shape: tuple[int, ...]
    kind: gguf.GGMLQuantizationType
    bytes: int
    make: Callable[[], np.ndarray]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name to write to instead of `path`: renamed to it when all went well, removed otherwise."""
    half = path.with_name(f"{path.name}.half")
    try:
        yield half
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)


def write_tensors(writer: gguf.GGUFWriter, tensors: Iterable[Tensor], note: str) -> None:
    """Write header and tensors and close the file. Each tensor is made when its turn comes, so that only one lies in
    memory."""
    planned = list(tensors)
    for each in planned:
        writer.add_tensor_info(each.name, each.shape, np.dtype(np.float32), each.bytes, raw_dtype=each.kind)
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for done, each in enumerate(planned):
            progress(done, len(planned), note)
            writer.write_tensor_data(each.make())
    finally:
        writer.close()
    progress(len(planned), len(planned), note)
