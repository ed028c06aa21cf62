"""A llama computed in NumPy from the tensors of a GGUF file as llama.cpp does it: what exports are checked against."""

from pathlib import Path

import gguf
import numpy as np
from gguf.quants import dequantize


class GgufLlama:
    """The network of one file, with an adapter's file over it if given."""

    def __init__(self, path: Path, adapter: Path | None = None) -> None:
        reader = gguf.GGUFReader(path)
        self.keys = {key: field.contents() for key, field in reader.fields.items()}
        self.types = {tensor.name: tensor.tensor_type.name for tensor in reader.tensors}
        self._tensors = {
            tensor.name: dequantize(tensor.data, tensor.tensor_type).astype(np.float64) for tensor in reader.tensors
        }
        self._changes: dict[str, np.ndarray] = {}
        if adapter is not None:
            self._changes = {tensor.name: tensor.data.astype(np.float64) for tensor in gguf.GGUFReader(adapter).tensors}
            alpha = gguf.GGUFReader(adapter).fields["adapter.lora.alpha"].contents()
            self._scale = alpha / next(a.shape[0] for name, a in self._changes.items() if name.endswith("lora_a"))

    def logits(self, tokens: list[int]) -> np.ndarray:
        """Logits [T, vocabulary]."""
        state = self._tensors["token_embd.weight"][tokens]
        for layer in range(self.keys["llama.block_count"]):
            at = f"blk.{layer}."
            state = state + self._attention(self._norm(state, f"{at}attn_norm"), at)
            inner = self._norm(state, f"{at}ffn_norm")
            gate = self._linear(inner, f"{at}ffn_gate")
            state = state + self._linear(
                gate / (1 + np.exp(-gate)) * self._linear(inner, f"{at}ffn_up"), f"{at}ffn_down"
            )
        state = self._norm(state, "output_norm")
        return self._linear(state, "output" if "output.weight" in self._tensors else "token_embd")

    def _linear(self, values: np.ndarray, name: str) -> np.ndarray:
        found = values @ self._tensors[f"{name}.weight"].T
        a = self._changes.get(f"{name}.weight.lora_a")
        if a is not None:
            found = found + self._scale * (values @ a.T) @ self._changes[f"{name}.weight.lora_b"].T
        return found

    def _norm(self, values: np.ndarray, name: str) -> np.ndarray:
        epsilon = self.keys["llama.attention.layer_norm_rms_epsilon"]
        scale = np.sqrt((values**2).mean(-1, keepdims=True) + epsilon)
        return values / scale * self._tensors[f"{name}.weight"]

    def _attention(self, values: np.ndarray, at: str) -> np.ndarray:
        heads, kv_heads = (self.keys[f"llama.attention.{name}"] for name in ("head_count", "head_count_kv"))
        query = self._turned(self._linear(values, f"{at}attn_q"), heads)
        key = self._turned(self._linear(values, f"{at}attn_k"), kv_heads)
        value = self._linear(values, f"{at}attn_v").reshape(len(values), kv_heads, -1)
        mixed = []
        for head in range(heads):
            group = head // (heads // kv_heads)
            scores = query[:, head] @ key[:, group].T / np.sqrt(query.shape[-1])
            scores[np.triu_indices(len(values), 1)] = -np.inf
            weights = np.exp(scores - scores.max(-1, keepdims=True))
            mixed.append(weights / weights.sum(-1, keepdims=True) @ value[:, group])
        return self._linear(np.concatenate(mixed, axis=-1), f"{at}attn_output")

    def _turned(self, values: np.ndarray, heads: int) -> np.ndarray:
        """Rotary embedding over neighbours (2i, 2i + 1), as llama.cpp turns the `llama` architecture."""
        pairs = values.reshape(len(values), heads, -1, 2)
        size = pairs.shape[2] * 2
        rates = self.keys["llama.rope.freq_base"] ** (-np.arange(0, size, 2) / size)
        angles = np.arange(len(values))[:, None, None] * rates
        even, odd = pairs[..., 0], pairs[..., 1]
        turned = np.stack(
            [even * np.cos(angles) - odd * np.sin(angles), even * np.sin(angles) + odd * np.cos(angles)], axis=-1
        )
        return turned.reshape(len(values), heads, size)
