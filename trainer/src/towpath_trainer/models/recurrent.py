"""LSTM (Hochreiter and Schmidhuber, 1997) and plain RNN (Elman, 1990) language models, with tied embeddings.

No model of transformers is like these, so the folder that `save` writes says what it is in its `config.json`, and
only this package reads it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from towpath_trainer.job import Model
from towpath_trainer.models.arithmetic import training_flops
from towpath_trainer.models.folder import write_folder
from towpath_trainer.models.interface import LanguageModel, TiedHead
from towpath_trainer.models.rows import Rows

_GATES = {"lstm": 4, "rnn": 1}


class Recurrence(nn.Module):
    """Layers of LSTM or tanh cells, each as wide as what it reads; PyTorch's kernels on parameters of its own.

    `nn.LSTM` keeps its parameters in a second list besides, which sharding leaves behind.
    """

    def __init__(self, shape: Model) -> None:
        """Make and initialise weights by PyTorch's random numbers.

        Uniform within 1 / sqrt(width); recurrent matrices orthogonal (Saxe et al., 2014); an LSTM begins by keeping
        what it holds, its forget gate's bias being 1 (Jozefowicz et al., 2015).
        """
        super().__init__()
        self.kind, self.layers, self.dropout, self.width = shape.architecture, shape.layers, shape.dropout, shape.width
        gates = _GATES[self.kind]
        for layer in range(shape.layers):
            read, kept = torch.empty(gates * self.width, self.width), torch.empty(gates * self.width, self.width)
            nn.init.uniform_(read, -(self.width**-0.5), self.width**-0.5)
            for part in kept.chunk(gates):
                nn.init.orthogonal_(part)
            bias = torch.zeros(gates * self.width)
            if self.kind == "lstm":
                bias[self.width : 2 * self.width] = 1
            for name, values in (("read", read), ("keep", kept), ("bias", bias)):
                self.register_parameter(f"{name}_{layer}", nn.Parameter(values))

    def forward(self, states: Tensor) -> Tensor:
        """Run over [B, T, width], each sequence from a state of zeros."""
        # The kernels add two biases; one is enough to learn.
        second = torch.zeros_like(self.bias_0, requires_grad=False)
        weights = []
        for layer in range(self.layers):
            weights += [*(self.get_parameter(f"{name}_{layer}") for name in ("read", "keep", "bias")), second]
        start = states.new_zeros(self.layers, len(states), self.width)
        settings = (weights, True, self.layers, self.dropout, self.training, False, True)
        if self.kind == "lstm":
            return torch.lstm(states, (start, start), *settings)[0]
        return torch.rnn_tanh(states, start, *settings)[0]


class Recurrent(LanguageModel):
    """Embedding, recurrence and a head."""

    def __init__(self, shape: Model, context: int) -> None:
        """Make and initialise weights by PyTorch's random numbers."""
        super().__init__()
        self.shape, self.vocabulary, self.context = shape, shape.vocabulary, context
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.recurrence = Recurrence(shape)
        self.drop = nn.Dropout(shape.dropout)
        self.output = nn.Linear(shape.width, 1, bias=False) if shape.head == "score" else TiedHead(self.embedding)

    def hidden(self, tokens: Tensor, segments: Tensor | None = None) -> Tensor:
        """See `LanguageModel.hidden`."""
        if segments is None:
            return self.drop(self.recurrence(self.drop(self.embedding(tokens))))
        rows = Rows.find(segments)
        groups = rows.groups
        padded = groups.pad(self.drop(self.embedding(rows.take(tokens))))
        return rows.put(self.drop(groups.unpad([self.recurrence(each) for each in padded])))

    def head(self) -> nn.Module:
        """See `LanguageModel.head`."""
        return self.output

    def blocks(self) -> Sequence[nn.Module]:
        """None: all layers run in one kernel."""
        return []

    def flops_per_token(self) -> float:
        """See `LanguageModel.flops_per_token`."""
        looked_up = self.embedding.weight.numel() if self.shape.head == "score" else 0
        return training_flops(self, looked_up, 0, self.context)

    def save(self, folder: Path, weights: Mapping[str, Tensor] | None = None) -> None:
        """See `LanguageModel.save`."""
        config = {
            "architectures": [f"Towpath{self.shape.architecture.upper()}"],
            "model_type": f"towpath_{self.shape.architecture}",
            "dtype": "float32",
            "hidden_size": self.shape.width,
            "max_position_embeddings": self.context,
            "num_hidden_layers": self.shape.layers,
            "tie_word_embeddings": self.shape.head == "language",
            "vocab_size": self.vocabulary,
            "head": self.shape.head,
        }
        write_folder(folder, config, {**self.trainable(), **(weights or {})})
