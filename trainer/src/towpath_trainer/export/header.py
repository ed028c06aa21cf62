"""The keys of a GGUF file's header: what the model is, and its tokenizer."""

from pathlib import Path

import gguf

from towpath_trainer.export.config import ModelConfig, unfit
from towpath_trainer.export.vocabulary import chat_template, read_vocabulary
from towpath_trainer.phrases import no_gguf
from towpath_trainer.report import say

_TEMPLATE = "tokenizer.chat_template"


def add_model(writer: gguf.GGUFWriter, config: ModelConfig, name: str) -> None:
    """The figures of the network."""
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name(name)
    writer.add_context_length(config.context)
    writer.add_embedding_length(config.width)
    writer.add_block_count(config.layers)
    writer.add_feed_forward_length(config.inner)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.kv_heads)
    writer.add_key_length(config.head)
    writer.add_value_length(config.head)
    writer.add_layer_norm_rms_eps(config.epsilon)
    writer.add_rope_freq_base(config.rope_base)
    writer.add_vocab_size(config.vocabulary)
    if config.window is None:
        writer.add_rope_dimension_count(config.head)
    else:
        writer.add_sliding_window(config.window)


def add_own_vocabulary(writer: gguf.GGUFWriter, folder: Path, config: ModelConfig) -> None:
    """The tokenizer of the model's own folder: byte-level BPE as GPT-2 cuts words."""
    vocabulary = read_vocabulary(folder, config.vocabulary)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(vocabulary.tokens)
    writer.add_token_types(vocabulary.types)
    writer.add_token_merges(vocabulary.merges)
    # Left out, llama.cpp takes token 11 for both, as in GPT-2's own vocabulary.
    writer.add_bos_token_id(vocabulary.bos)
    writer.add_eos_token_id(vocabulary.eos)
    writer.add_pad_token_id(vocabulary.pad)
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)
    template = chat_template(folder)
    if template is not None:
        writer.add_chat_template(template)


def add_vocabulary_of(writer: gguf.GGUFWriter, base: Path, folder: Path, config: ModelConfig) -> None:
    """The tokenizer of the GGUF file that the training began with, key by key; the chat template is the model's own
    where it has one.

    Raises TrainError TOW_TRAIN_EXPORT_UNFIT when the file is of another architecture or vocabulary.
    """
    try:
        fields = gguf.GGUFReader(base).fields
    except (OSError, ValueError) as cause:
        raise unfit(no_gguf(base, cause)) from cause
    architecture = fields["general.architecture"].contents() if "general.architecture" in fields else None
    if architecture != config.architecture:
        raise unfit(
            say(
                "trainer.other-architecture",
                "{file} is of architecture {found}, the model of {expected}",
                file=base.name,
                found=architecture,
                expected=config.architecture,
            )
        )
    template = chat_template(folder)
    for key, field in fields.items():
        if not key.startswith("tokenizer.") or (key == _TEMPLATE and template is not None):
            continue
        if key == "tokenizer.ggml.tokens" and len(field.data) != config.vocabulary:
            raise unfit(
                say(
                    "trainer.other-tokens",
                    "{file} has {found} tokens, the model {expected}",
                    file=base.name,
                    found=len(field.data),
                    expected=config.vocabulary,
                )
            )
        kind = field.types[0]
        # An empty list cannot be written, and says nothing.
        if kind is gguf.GGUFValueType.ARRAY and len(field.data) == 0:
            continue
        writer.add_key_value(key, field.contents(), kind, field.types[-1] if len(field.types) > 1 else None)
    if template is not None:
        writer.add_chat_template(template)
