"""Describes a Transformer made here as the Llama model that it is, for transformers and what reads its format."""

from typing import Any

from towpath_trainer.job import Model
from towpath_trainer.models.norm import EPSILON
from towpath_trainer.models.rotary import BASE


def llama_config(shape: Model, context: int) -> dict[str, Any]:
    """The `config.json` of a model of `shape` that reads up to `context` tokens."""
    config = {
        "architectures": ["LlamaForCausalLM"],
        "attention_bias": False,
        "attention_dropout": 0.0,
        "dtype": "float32",
        "head_dim": shape.width // shape.heads,
        "hidden_act": "silu",
        "hidden_size": shape.width,
        "intermediate_size": shape.inner,
        "max_position_embeddings": context,
        "mlp_bias": False,
        "model_type": "llama",
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.kv_heads,
        "rms_norm_eps": EPSILON,
        "rope_parameters": {"rope_theta": BASE, "rope_type": "default"},
        "rope_theta": BASE,
        "tie_word_embeddings": True,
        "use_cache": True,
        "vocab_size": shape.vocabulary,
    }
    if shape.head == "score":
        config |= {
            "architectures": ["LlamaForSequenceClassification"],
            "id2label": {"0": "score"},
            "label2id": {"score": 0},
            "problem_type": "regression",
        }
    return config
