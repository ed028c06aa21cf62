"""Which tensor gets which type, and its bytes."""

from typing import Literal

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

from towpath_trainer.export.config import unfit
from towpath_trainer.report import say

Quantisation = Literal["f16", "q8_0", "q4_0"]

FILE_TYPES = {
    "f16": gguf.LlamaFileType.MOSTLY_F16,
    "q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
    "q4_0": gguf.LlamaFileType.MOSTLY_Q4_0,
}
_MATRICES = {"f16": Type.F16, "q8_0": Type.Q8_0, "q4_0": Type.Q4_0}


def type_of(name: str, shape: tuple[int, ...], quantisation: Quantisation) -> Type:
    """The type of a tensor of the GGUF file.

    Vectors (norms) stay float32: they are few and sensitive. At q4_0 the embeddings and the output layer are q8_0: in a
    small model they are most of the quality and, at that, of the words it knows. Rows that fill no block are f16.
    """
    if len(shape) == 1:
        return Type.F32
    kind = _MATRICES[quantisation]
    if kind is Type.Q4_0 and name in ("token_embd.weight", "output.weight"):
        kind = Type.Q8_0
    per_block, _ = gguf.GGML_QUANT_SIZES[kind]
    return kind if shape[-1] % per_block == 0 else Type.F16


def size_of(shape: tuple[int, ...], kind: Type) -> int:
    """Bytes of a tensor."""
    per_block, block_bytes = gguf.GGML_QUANT_SIZES[kind]
    return int(np.prod(shape, dtype=np.int64)) // per_block * block_bytes


def quantised(name: str, tensor: np.ndarray, kind: Type) -> np.ndarray:
    """A float32 tensor in another type.

    Raises TrainError TOW_TRAIN_EXPORT_UNFIT for values that a 16-bit float cannot hold.
    """
    if kind is Type.F32:
        return np.ascontiguousarray(tensor, dtype=np.float32)
    # A block's scale is a 16-bit float too, so this bounds the quantised types as well.
    if np.abs(tensor).max(initial=0) > np.finfo(np.float16).max:
        raise unfit(say("trainer.above-16", "{name} holds values above 65504, which 16 bits cannot hold", name=name))
    return gguf.quants.quantize(np.ascontiguousarray(tensor, dtype=np.float32), kind)
