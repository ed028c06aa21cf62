"""A model in the Hugging Face format, trained further: `AutoModelForCausalLM`, or a classifier of one class to score.

Its attention is replaced by ours (`attention.py`), so that packed rows cost no mask, and padding costs nothing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import (
    AttentionInterface,
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    PreTrainedModel,
)
from transformers.utils.logging import disable_progress_bar

from towpath_trainer.models.arithmetic import training_flops
from towpath_trainer.models.attention import NAME, attend_for_transformers
from towpath_trainer.models.interface import LanguageModel
from towpath_trainer.models.rows import Rows
from towpath_trainer.report import TrainError, say

# Progress is the loop's to report.
disable_progress_bar()
AttentionInterface.register(NAME, attend_for_transformers)


class Pretrained(LanguageModel):
    """Wraps a model of transformers; every weight is trained unless it was frozen before."""

    def __init__(self, inner: PreTrainedModel, context: int) -> None:
        """Take `inner` as it is; it must have been loaded by `load_base`."""
        super().__init__()
        self.inner = inner
        self.context = context
        self.vocabulary = inner.get_input_embeddings().num_embeddings

    @property
    def _backbone(self) -> nn.Module:
        return self.inner.base_model

    def hidden(self, tokens: Tensor, segments: Tensor | None = None) -> Tensor:
        """See `LanguageModel.hidden`."""
        if segments is None:
            return self._backbone(input_ids=tokens, use_cache=False).last_hidden_state
        rows = Rows.find(segments)
        states = self._backbone(
            input_ids=rows.take(tokens).unsqueeze(0),
            position_ids=rows.positions.unsqueeze(0),
            use_cache=False,
            rows=rows,
        ).last_hidden_state
        return rows.put(states[0])

    def head(self) -> nn.Module:
        """See `LanguageModel.head`."""
        return self.inner.score if hasattr(self.inner, "score") else self.inner.get_output_embeddings()

    def blocks(self) -> Sequence[nn.Module]:
        """See `LanguageModel.blocks`."""
        lists = [each for each in self._backbone.modules() if isinstance(each, nn.ModuleList)]
        return list(max(lists, key=len))

    def flops_per_token(self) -> float:
        """See `LanguageModel.flops_per_token`."""
        config = self.inner.config.get_text_config()
        size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        makes_logits = config.tie_word_embeddings and not hasattr(self.inner, "score")
        looked_up = 0 if makes_logits else self.inner.get_input_embeddings().weight.numel()
        attention = config.num_hidden_layers * config.num_attention_heads * size
        return training_flops(self, looked_up, attention, self.context)

    def save(self, folder: Path, weights: Mapping[str, Tensor] | None = None) -> None:
        """See `LanguageModel.save`."""
        given = {name.removeprefix("inner."): each for name, each in (weights or {}).items()}
        held = {**dict(self.inner.named_parameters()), **given}
        self.inner.save_pretrained(folder, state_dict={name: each.detach() for name, each in held.items()})


def load_base(base: Path, *, score: bool) -> PreTrainedModel:
    """Read the model in folder `base`, in float32, with a language head or a new score head.

    Reads nothing but this folder, no code and no pickles.

    Raises:
        TrainError: TOW_TRAIN_JOB_UNFIT when transformers cannot read it, or it computes what ours would not.
    """
    kind = AutoModelForSequenceClassification if score else AutoModelForCausalLM
    settings = {"num_labels": 1, "problem_type": "regression"} if score else {}
    try:
        inner = kind.from_pretrained(
            base,
            dtype=torch.float32,
            attn_implementation=NAME,
            local_files_only=True,
            use_safetensors=True,
            **settings,
        )
    except (OSError, ValueError, RuntimeError, KeyError) as cause:
        raise TrainError(
            "TOW_TRAIN_JOB_UNFIT", say("trainer.base-unreadable", "the base model cannot be read: {why}", why=cause)
        ) from cause
    _try_out(inner, score=score)
    return inner


def _try_out(inner: PreTrainedModel, *, score: bool) -> None:
    """Refuse a model whose logits are more than its head's product, or whose attention is not plain."""
    tokens = torch.arange(4).unsqueeze(0) % inner.get_input_embeddings().num_embeddings
    inner.eval()
    try:
        with torch.no_grad():
            states = inner.base_model(input_ids=tokens, use_cache=False).last_hidden_state
            head = inner.score if score else inner.get_output_embeddings()
            agrees = score or torch.allclose(
                inner(input_ids=tokens, use_cache=False).logits, head(states), rtol=1e-3, atol=1e-3
            )
    except (NotImplementedError, AttributeError, TypeError) as cause:
        raise TrainError(
            "TOW_TRAIN_JOB_UNFIT",
            say("trainer.base-kind", "this kind of base model cannot be trained here: {why}", why=cause),
        ) from cause
    finally:
        inner.train()
    if not agrees:
        kind = inner.config.model_type
        raise TrainError(
            "TOW_TRAIN_JOB_UNFIT",
            say("trainer.base-logits", "a base model of kind {kind} changes its logits after the head", kind=kind),
        )
