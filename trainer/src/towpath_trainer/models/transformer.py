"""A decoder Transformer made from scratch: RoPE, RMSNorm, SwiGLU, grouped-query attention, tied embeddings.

The architecture is Llama's (Touvron et al., 2023), and so are the names of the weights, which are saved as
`LlamaForCausalLM`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch.nn.functional as F
from torch import Tensor, nn

from towpath_trainer.job import Model
from towpath_trainer.models.arithmetic import training_flops
from towpath_trainer.models.attention import attend
from towpath_trainer.models.folder import write_folder
from towpath_trainer.models.interface import LanguageModel, TiedHead
from towpath_trainer.models.llama_config import llama_config
from towpath_trainer.models.norm import RmsNorm
from towpath_trainer.models.rotary import Rotary, rotate
from towpath_trainer.models.rows import Rows
from towpath_trainer.report import TrainError, say


class Attention(nn.Module):
    """Grouped-query attention (Ainslie et al., 2023) with rotary positions."""

    def __init__(self, shape: Model) -> None:
        """Make weights for `shape`, not yet initialised."""
        super().__init__()
        self.size = shape.width // shape.heads
        self.q_proj = nn.Linear(shape.width, shape.heads * self.size, bias=False)
        self.k_proj = nn.Linear(shape.width, shape.kv_heads * self.size, bias=False)
        self.v_proj = nn.Linear(shape.width, shape.kv_heads * self.size, bias=False)
        self.o_proj = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, states: Tensor, turns: tuple[Tensor, Tensor], rows: Rows | None) -> Tensor:
        """[..., width] to [..., width]."""
        projected = (each(states).unflatten(-1, (-1, self.size)) for each in (self.q_proj, self.k_proj, self.v_proj))
        query, key, value = projected
        mixed = attend(rotate(query, *turns), rotate(key, *turns), value, rows)
        return self.o_proj(mixed.flatten(-2))


class FeedForward(nn.Module):
    """SwiGLU (Shazeer, 2020)."""

    def __init__(self, shape: Model) -> None:
        """Make weights for `shape`, not yet initialised."""
        super().__init__()
        self.gate_proj = nn.Linear(shape.width, shape.inner, bias=False)
        self.up_proj = nn.Linear(shape.width, shape.inner, bias=False)
        self.down_proj = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, states: Tensor) -> Tensor:
        """[..., width] to [..., width]."""
        return self.down_proj(F.silu(self.gate_proj(states)) * self.up_proj(states))


class Block(nn.Module):
    """Attention, then a feed-forward part, each added to what it read (normalised)."""

    def __init__(self, shape: Model) -> None:
        """Make weights for `shape`, not yet initialised."""
        super().__init__()
        self.input_layernorm, self.self_attn = RmsNorm(shape.width), Attention(shape)
        self.post_attention_layernorm, self.mlp = RmsNorm(shape.width), FeedForward(shape)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, turns: tuple[Tensor, Tensor], rows: Rows | None) -> Tensor:
        """[..., width] to [..., width]."""
        states = states + self.drop(self.self_attn(self.input_layernorm(states), turns, rows))
        return states + self.drop(self.mlp(self.post_attention_layernorm(states)))


class Decoder(nn.Module):
    """Embedding, blocks and the last norm."""

    def __init__(self, shape: Model, context: int) -> None:
        """Make weights for `shape`, not yet initialised."""
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RmsNorm(shape.width)
        self.rotary = Rotary(shape.width // shape.heads, context)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, tokens: Tensor, rows: Rows | None) -> Tensor:
        """Vectors [..., width] of `tokens`: [B, T], or [M] with `rows`."""
        turns = self.rotary.first(tokens.shape[1]) if rows is None else self.rotary.at(rows.positions)
        states = self.drop(self.embed_tokens(tokens))
        for layer in self.layers:
            states = layer(states, turns, rows)
        return self.norm(states)


class Transformer(LanguageModel):
    """The whole decoder, with a language or a score head."""

    def __init__(self, shape: Model, context: int) -> None:
        """Make and initialise weights by PyTorch's random numbers.

        Matrices are normal with deviation 0.02, those that end a residual branch smaller by sqrt(2 * layers), as GPT-2
        (Radford et al., 2019) has them.
        """
        super().__init__()
        if shape.width % shape.heads or shape.width // shape.heads % 2 or shape.heads % shape.kv_heads:
            raise TrainError(
                "TOW_TRAIN_JOB_UNFIT",
                say(
                    "trainer.heads-unfit",
                    "width {width}, heads {heads} and kv_heads {kvHeads} do not fit together",
                    width=shape.width,
                    heads=shape.heads,
                    kvHeads=shape.kv_heads,
                ),
                say("trainer.heads-must", "heads must divide width into even parts, and kv_heads must divide heads"),
            )
        self.shape, self.vocabulary, self.context = shape, shape.vocabulary, context
        self.model = Decoder(shape, context)
        scores = shape.head == "score"
        self.score_head = nn.Linear(shape.width, 1, bias=False) if scores else None
        self.language_head = TiedHead(self.model.embed_tokens)
        for name, parameter in self.named_parameters():
            if parameter.ndim == 2:
                ends = name.endswith(("o_proj.weight", "down_proj.weight"))
                nn.init.normal_(parameter, std=0.02 / (2 * shape.layers) ** 0.5 if ends else 0.02)

    def hidden(self, tokens: Tensor, segments: Tensor | None = None) -> Tensor:
        """See `LanguageModel.hidden`."""
        if segments is None:
            return self.model(tokens, None)
        rows = Rows.find(segments)
        return rows.put(self.model(rows.take(tokens), rows))

    def head(self) -> nn.Module:
        """See `LanguageModel.head`."""
        return self.language_head if self.score_head is None else self.score_head

    def blocks(self) -> Sequence[nn.Module]:
        """See `LanguageModel.blocks`."""
        return list(self.model.layers)

    def flops_per_token(self) -> float:
        """See `LanguageModel.flops_per_token`."""
        looked_up = 0 if self.score_head is None else self.model.embed_tokens.weight.numel()
        return training_flops(self, looked_up, self.shape.layers * self.shape.width, self.context)

    def save(self, folder: Path, weights: Mapping[str, Tensor] | None = None) -> None:
        """See `LanguageModel.save`."""
        held = {**self.trainable(), **(weights or {})}
        named = {"score.weight" if name == "score_head.weight" else name: each for name, each in held.items()}
        write_folder(folder, llama_config(self.shape, self.context), named)
