"""Causal attention within rows, by PyTorch's fused kernels and without a mask wherever none is needed."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from towpath_trainer.models.rows import Rows

NAME = "towpath_rows"
"""What transformers knows `attend_for_transformers` by."""


def attend(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    rows: Rows | None,
    *,
    scale: float | None = None,
    window: int | None = None,
    dropout: float = 0.0,
) -> Tensor:
    """Mix values by causal attention; several query heads may share a key head.

    Without `rows`: [B, T, heads, size] each, every sequence one row. With them: [M, heads, size]. `window` is how
    far back a position sees, itself included. The result has the query's shape.
    """
    if rows is None:
        return _causal(query, key, value, scale, window, dropout)
    groups = rows.groups
    padded = zip(*(groups.pad(each) for each in (query, key, value)), strict=True)
    return groups.unpad([_causal(*each, scale, window, dropout) for each in padded])


def _causal(
    query: Tensor, key: Tensor, value: Tensor, scale: float | None, window: int | None, dropout: float
) -> Tensor:
    length = query.shape[1]
    seen = None
    if window is not None and window < length:
        steps = torch.arange(length, device=query.device)
        behind = steps[:, None] - steps
        seen = (behind >= 0) & (behind < window)
    mixed = F.scaled_dot_product_attention(
        *(each.transpose(1, 2) for each in (query, key, value)),
        attn_mask=seen,
        is_causal=seen is None,
        scale=scale,
        dropout_p=dropout,
        enable_gqa=query.shape[2] != key.shape[2],
    )
    return mixed.transpose(1, 2)


def attend_for_transformers(
    module: torch.nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    rows: Rows | None = None,
    dropout: float = 0.0,
    scaling: float | None = None,
    sliding_window: int | None = None,
    softcap: float | None = None,
    **_: Any,  # noqa: ANN401
) -> tuple[Tensor, None]:
    """The same for models of transformers: [B, heads, T, size] in, [B, T, heads, size] out.

    With `rows` the batch is one sequence of their M positions. Capped scores are not supported (`pretrained.py`
    refuses such models).
    """
    if softcap is not None or attention_mask is not None:
        raise NotImplementedError("attention with a cap or a mask of its own")
    turned = [each.transpose(1, 2) for each in (query, key, value)]
    if rows is None:
        return attend(*turned, None, scale=scaling, window=sliding_window, dropout=dropout), None
    mixed = attend(*(each[0] for each in turned), rows, scale=scaling, window=sliding_window, dropout=dropout)
    return mixed.unsqueeze(0), None
