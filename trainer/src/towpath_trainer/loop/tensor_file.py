"""Writes tensors in the safetensors format one after the other, so that a checkpoint never needs its size again in
memory, and a full disk is an OSError that names itself.

The format (github.com/huggingface/safetensors): 8 bytes little-endian length, that many bytes of JSON
`{name: {dtype, shape, data_offsets}}`, then the data.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

TYPES = {
    torch.float32: "F32",
    torch.float64: "F64",
    torch.bfloat16: "BF16",
    torch.float16: "F16",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


def write_tensors(path: Path, tensors: Mapping[str, Tensor], whole: Callable[[Tensor], Tensor]) -> str:
    """Write `tensors`, each made `whole` when its turn comes, down to the disk; returns the file's SHA-256.

    Raises OSError when the disk takes no more.
    """
    header: dict[str, object] = {}
    at = 0
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header, separators=(",", ":")).encode()
    # Data begin at a multiple of 8 bytes, as readers that map the file expect.
    text += b" " * (-len(text) % 8)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in (len(text).to_bytes(8, "little"), text):
            file.write(piece)
            digest.update(piece)
        for tensor in tensors.values():
            data = memoryview(whole(tensor).contiguous().reshape(-1).view(torch.uint8).numpy())
            file.write(data)
            digest.update(data)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def consume(tensors: Mapping[str, Tensor], whole: Callable[[Tensor], Tensor]) -> None:
    """Take part in making the tensors whole, in a process that does not write them."""
    for tensor in tensors.values():
        whole(tensor)


def read_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a file on the CPU, in memory of their own: not mapped, so that the file may go."""
    return {name: tensor.clone() for name, tensor in load_file(path).items()}


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make renames in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, value: object) -> None:
    """Write JSON so that the file is whole or as it was, down to the disk."""
    half = path.with_name(f"{path.name}.half")
    with half.open("w", encoding="utf-8") as file:
        file.write(f"{json.dumps(value, ensure_ascii=False, indent=1)}\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    sync_folder(path.parent)
