"""Small models and packed batches for tests."""

from pathlib import Path

import torch
from torch import Tensor
from transformers import Gemma3ForCausalLM, Gemma3TextConfig, LlamaConfig, LlamaForCausalLM, PreTrainedModel

from towpath_trainer.job import Job, Model

torch.set_num_threads(1)
VOCABULARY = 64
CONTEXT = 32
SEGMENTS = torch.tensor([[1] * 5 + [2] * 10 + [3] * 6 + [0] * 3, [1] * 20 + [0] * 4], dtype=torch.int32)
SPANS = [(0, 0, 5), (0, 5, 15), (0, 15, 21), (1, 0, 20)]


def scratch(architecture: str = "transformer", **settings: object) -> Job:
    """A job that makes a model of width 32 from scratch."""
    shape = {"layers": 2, "width": 32, "heads": 4, "kv_heads": 2, "inner": 48, "vocabulary": VOCABULARY}
    model = Model(architecture=architecture, **{**shape, **settings})
    return Job("tiny", source="scratch", method="full", model=model, context=CONTEXT)


def tokens() -> Tensor:
    """Two sequences of 24 tokens."""
    return torch.randint(0, VOCABULARY, (2, 24), generator=torch.Generator().manual_seed(1))


def gap_to_rows_alone(model: torch.nn.Module) -> float:
    """The largest difference between the vectors of packed rows and those of each row alone."""
    read = tokens()
    with torch.no_grad():
        packed = model.hidden(read, SEGMENTS)
        alone = [model.hidden(read[b : b + 1, start:stop])[0] for b, start, stop in SPANS]
    gaps = [packed[b, start:stop] - each for (b, start, stop), each in zip(SPANS, alone, strict=True)]
    return max(gap.abs().max().item() for gap in gaps)


def llama(**settings: object) -> PreTrainedModel:
    """A random Llama of width 32."""
    torch.manual_seed(3)
    sizes = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}
    config = {"vocab_size": VOCABULARY, "num_key_value_heads": 2, "max_position_embeddings": 64, **sizes, **settings}
    return LlamaForCausalLM(LlamaConfig(tie_word_embeddings=True, initializer_range=0.3, **config))


def gemma() -> PreTrainedModel:
    """A random Gemma 3 whose first layer sees four tokens back."""
    torch.manual_seed(3)
    return Gemma3ForCausalLM(
        Gemma3TextConfig(
            vocab_size=VOCABULARY,
            hidden_size=32,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=1,
            head_dim=8,
            query_pre_attn_scalar=8,
            sliding_window=4,
            layer_types=["sliding_attention", "full_attention"],
            max_position_embeddings=64,
            initializer_range=0.3,
        )
    )


def saved(model: PreTrainedModel, folder: Path) -> Path:
    """The folder `base` in `folder`, with `model` in it."""
    model.save_pretrained(folder / "base")
    return folder / "base"
