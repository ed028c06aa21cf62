"""Makes the model that a job describes."""

import json
from dataclasses import replace
from pathlib import Path

import torch

from towpath_trainer.job import Job
from towpath_trainer.models.interface import LanguageModel
from towpath_trainer.models.recurrent import Recurrent
from towpath_trainer.models.transformer import Transformer
from towpath_trainer.report import TrainError, say


def build_model(job: Job, *, vocabulary: int, base: Path | None) -> LanguageModel:
    """The model of `job`, on the CPU, in float32, in training mode; the same job gives the same weights.

    `vocabulary` is that of the tokens; `base` the folder of the base model, required unless the model is made from
    scratch. PyTorch's random numbers are left as they were.

    Raises:
        TrainError: TOW_TRAIN_VOCABULARY when the tokens are of another vocabulary than the model,
            TOW_TRAIN_JOB_UNFIT when the job asks for what the model cannot do.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(job.seed)
        model = _from_scratch(job, vocabulary) if job.source == "scratch" else _from_base(job, vocabulary, base)
    return model.train()


def _from_scratch(job: Job, vocabulary: int) -> LanguageModel:
    if job.method == "lora":
        raise TrainError(
            "TOW_TRAIN_JOB_UNFIT",
            say("trainer.nothing-to-adapt", "a model from scratch has nothing to adapt"),
            "method: full",
        )
    # A short text yields a smaller tokenizer than was asked for.
    if job.model.vocabulary < vocabulary:
        raise _vocabulary(vocabulary, job.model.vocabulary)
    shape = replace(job.model, vocabulary=vocabulary)
    return (Transformer if shape.architecture == "transformer" else Recurrent)(shape, job.context)


def _from_base(job: Job, vocabulary: int, base: Path | None) -> LanguageModel:
    # Reading transformers and peft takes seconds that a model from scratch need not wait for.
    from towpath_trainer.models.lora import Adapted
    from towpath_trainer.models.pretrained import Pretrained, load_base

    if base is None:
        raise TrainError(
            "TOW_TRAIN_JOB_UNFIT",
            say("trainer.base-missing", "the job trains a base model further, but none was given"),
        )
    score = job.model.head == "score"
    inner = load_base(base, score=score)
    config = inner.config.get_text_config()
    longest = getattr(config, "max_position_embeddings", None)
    if longest is not None and job.context > longest:
        raise TrainError(
            "TOW_TRAIN_JOB_UNFIT",
            say(
                "trainer.context-long",
                "a context of {context} tokens is more than the base model's {most}",
                context=job.context,
                most=longest,
            ),
            say("trainer.context-most", "context: {most} at most", most=longest),
        )
    rows = inner.get_input_embeddings().num_embeddings
    if vocabulary != rows and not (vocabulary < rows and vocabulary == _tokenizer_size(base)):
        raise _vocabulary(vocabulary, rows)
    if job.method == "lora":
        return Adapted(inner, job.lora, job.context, score=score)
    return Pretrained(inner, job.context)


def _tokenizer_size(base: Path) -> int | None:
    """How many tokens the base's own tokenizer has: embeddings are often padded to a rounder number."""
    try:
        described = json.loads((base / "tokenizer.json").read_text("utf-8"))
        pieces = described["model"]["vocab"]
        names = set(pieces) if isinstance(pieces, dict) else {piece for piece, _ in pieces}
        return len(names.union(each["content"] for each in described.get("added_tokens", [])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _vocabulary(tokens: int, model: int) -> TrainError:
    return TrainError(
        "TOW_TRAIN_VOCABULARY",
        say(
            "trainer.other-vocabulary",
            "the tokens are of a vocabulary of {tokens}, the model's has {model}",
            tokens=tokens,
            model=model,
        ),
        say(
            "trainer.own-tokenizer",
            "make the tokens with the model's own tokenizer, or give the model their vocabulary",
        ),
    )
