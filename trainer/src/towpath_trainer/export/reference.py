"""What PyTorch says in float32: the greedy continuation of prompts, and how likely texts are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import cross_entropy

from towpath_trainer.export.config import unfit
from towpath_trainer.report import say

TOGETHER = 10
"""Prompts decoded at once: one step reads all weights however many there are."""


@dataclass(frozen=True)
class Continuation:
    """The likeliest tokens after a prompt, one after the other, the end of the text not stopping it."""

    tokens: list[int]
    gaps: list[float]
    """How far the likeliest token's logit is above the second one's."""


def load_reference(folder: Path, adapter: Path | None) -> Any:  # noqa: ANN401
    """The model in `folder` in float32 on the CPU, with a LoRA adapter over it if one is given."""
    from transformers import AutoModelForCausalLM

    try:
        model = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, use_safetensors=True
        )
    except (OSError, ValueError) as cause:
        raise unfit(say("trainer.unloadable", "PyTorch cannot load the model: {why}", why=cause)) from cause
    if adapter is not None:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, adapter)
    return model.eval()


@torch.no_grad()
def rounded(model: Any) -> Any:  # noqa: ANN401
    """The model as an f16 file holds it: an adapter merged into its base, matrices rounded to 16 bits, in place."""
    if hasattr(model, "merge_and_unload"):
        model = model.merge_and_unload()
    for parameter in model.parameters():
        if parameter.ndim >= 2:
            parameter.copy_(parameter.half())
    return model


@torch.inference_mode()
def continuations(model: Any, prompts: Sequence[list[int]], count: int) -> Iterator[Continuation]:  # noqa: ANN401
    """`count` greedy tokens after each prompt, in the prompts' order."""
    for start in range(0, len(prompts), TOGETHER):
        yield from _together(model, prompts[start : start + TOGETHER], count)


def _together(model: Any, prompts: Sequence[list[int]], count: int) -> list[Continuation]:  # noqa: ANN401
    longest = max(len(each) for each in prompts)
    # Padded on the left, so that every prompt ends in the same column; padding is masked and positions begin after it.
    tokens = torch.tensor([[0] * (longest - len(each)) + each for each in prompts])
    mask = torch.tensor([[0] * (longest - len(each)) + [1] * len(each) for each in prompts])
    positions = (mask.cumsum(-1) - 1).clamp(min=0)
    found: list[tuple[list[int], list[float]]] = [([], []) for _ in prompts]
    cache = None
    for _ in range(count):
        answer = model(
            input_ids=tokens,
            attention_mask=mask,
            position_ids=positions,
            cache=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        cache = answer.cache
        best, order = answer.logits[:, -1].float().topk(2)
        for row, (taken, gaps) in enumerate(found):
            taken.append(int(order[row, 0]))
            gaps.append(float(best[row, 0] - best[row, 1]))
        tokens = order[:, :1]
        mask = torch.cat([mask, torch.ones_like(tokens)], dim=1)
        positions = positions[:, -1:] + 1
    return [Continuation(*each) for each in found]


@torch.inference_mode()
def surprise(model: Any, texts: Sequence[list[int]]) -> tuple[float, int]:  # noqa: ANN401
    """Sum of the negative log-likelihoods (nats) of every token but the first of each text, and how many they are."""
    total, count = 0.0, 0
    for text in texts:
        tokens = torch.tensor([text])
        logits = model(input_ids=tokens).logits[0, :-1].float()
        total += float(cross_entropy(logits, tokens[0, 1:], reduction="sum").double())
        count += len(text) - 1
    return total, count
