"""A llama of a few thousand random weights in Hugging Face's format, its tokenizer, and a LoRA adapter over it.

    python tiny_llama.py FOLDER

writes FOLDER/model, FOLDER/adapter and FOLDER/tokens for tests outside Python.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch
from rows_file import small_tokenizer
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from towpath_trainer.data.manifest import File, Manifest, Shard, SplitFacts

VOCABULARY, WIDTH, LAYERS, HEADS, KV_HEADS, INNER, CONTEXT = 320, 64, 2, 4, 2, 96, 128
RANK, ALPHA = 4, 8.0
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def write_tiny_llama(folder: Path, *, tied: bool = True) -> Path:
    """Weights larger than usual, so that every part of the network tells; norms that are not one."""
    torch.manual_seed(5)
    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=WIDTH,
        intermediate_size=INNER,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=KV_HEADS,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=tied,
        initializer_range=0.2,
        eos_token_id=0,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("norm.weight"):
                parameter.uniform_(0.5, 1.5)
    model.save_pretrained(folder)
    tokenizer = small_tokenizer(folder, VOCABULARY - 20)
    for file in tokenizer.iterdir():
        file.rename(folder / file.name)
    tokenizer.rmdir()
    (folder / "corpus.jsonl").unlink()
    return folder


def write_adapter(folder: Path, **changes: object) -> Path:
    """An adapter of every projection with weights that are not nought."""
    folder.mkdir(parents=True)
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": RANK, "lora_alpha": ALPHA, "bias": "none"}
    config |= {"target_modules": list(TARGETS), "base_model_name_or_path": None, **changes}
    (folder / "adapter_config.json").write_text(json.dumps(config))
    random = torch.Generator().manual_seed(6)
    head = WIDTH // HEADS
    rows = {"q_proj": WIDTH, "o_proj": WIDTH, "down_proj": WIDTH, "gate_proj": INNER, "up_proj": INNER}
    tensors = {}
    for layer in range(LAYERS):
        for target in TARGETS:
            part = "self_attn" if target[0] in "qkvo" else "mlp"
            at = f"base_model.model.model.layers.{layer}.{part}.{target}"
            columns = INNER if target == "down_proj" else WIDTH
            a = torch.randn(RANK, columns, generator=random) * 0.1
            b = torch.randn(rows.get(target, KV_HEADS * head), RANK, generator=random) * 0.1
            tensors |= {f"{at}.lora_A.weight": a, f"{at}.lora_B.weight": b}
    save_file(tensors, folder / "adapter_model.safetensors")
    return folder


def write_tiny_tokens(folder: Path, sequences: int = 60, context: int = 40) -> Path:
    """Plain text of random tokens, all of it for validation."""
    folder.mkdir(parents=True)
    tokens = np.random.default_rng(7).integers(0, VOCABULARY - 20, sequences * context + 1).astype("<u2")
    (folder / "validation-0.bin").write_bytes(tokens.tobytes())
    digest = hashlib.sha256(tokens.tobytes()).hexdigest()
    shard = Shard(sequences, {"tokens": File("validation-0.bin", digest, tokens.nbytes)})
    count = sequences * context
    facts = SplitFacts(sequences, count, count, sequences, 0, 0, 1, (shard,))
    Manifest("text", context, VOCABULARY, 0, 0, "uint16", True, {"validation": facts}).write(folder)
    return folder


if __name__ == "__main__":
    where = Path(sys.argv[1])
    write_tiny_llama(where / "model")
    write_adapter(where / "adapter")
    write_tiny_tokens(where / "tokens")
