"""The peer of cpu-vs-trainer.mjs: Hugging Face Trainer on the same model, tokens, batch and precision.

    python peer_trainer.py MODEL TOKENS --steps N --sequences B [--lora RANK] [--learning-rate LR] --warm-up W --threads N

Prints one line of JSON: tokens and rows per second over the steps after the warm-up.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import torch
import transformers
from towpath_trainer.data.order import batch_indices
from towpath_trainer.data.shards import Tokens


class Clock(transformers.TrainerCallback):
    """Notes when each optimiser step ends."""

    def __init__(self) -> None:
        self.ends: list[float] = []

    def on_step_end(self, *_: object, **__: object) -> None:
        self.ends.append(time.perf_counter())


class Sequences(torch.utils.data.Dataset):
    """The very sequences, in the very order, that the job takes."""

    def __init__(self, tokens: Tokens, count: int, seed: int, size: int) -> None:
        split = tokens.split("train")
        numbers = [int(i) for b in range(count // size) for i in batch_indices(seed, b, len(split), size)]
        batch = split.batch(numbers)
        self.tokens, self.targets, self.mask, self.segments = batch.tokens, batch.targets, batch.mask, batch.segments

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, at: int) -> dict[str, torch.Tensor]:
        # The models shift labels themselves: position t + 1 of the labels is the target of position t.
        labels = torch.full((self.tokens.shape[1] + 1,), -100)
        labels[1:] = torch.where(self.mask[at], self.targets[at], -100)
        return {"input_ids": self.tokens[at], "labels": labels[:-1]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("tokens", type=Path)
    for name in ("steps", "sequences", "warm-up", "threads"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--lora", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = transformers.AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32)
    if options.lora:
        import peft

        targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
        config = peft.LoraConfig(r=options.lora, lora_alpha=2 * options.lora, target_modules=targets)
        model = peft.get_peft_model(model, config)
    data = Sequences(Tokens(options.tokens), options.steps * options.sequences, options.seed, options.sequences)
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        arguments = transformers.TrainingArguments(
            output_dir=folder,
            per_device_train_batch_size=options.sequences,
            max_steps=options.steps,
            learning_rate=3e-4,
            lr_scheduler_type="cosine",
            use_cpu=True,
            save_strategy="no",
            report_to="none",
            logging_steps=10,
            disable_tqdm=True,
            seed=options.seed,
        )
        trainer = transformers.Trainer(model=model, args=arguments, train_dataset=data, callbacks=[clock])
        # Their own sampler would shuffle: the order is the job's.
        trainer._get_train_sampler = lambda *_: torch.utils.data.SequentialSampler(data)
        trainer.train()
    seconds = clock.ends[-1] - clock.ends[options.warm_up - 1]
    steps = options.steps - options.warm_up
    tokens = steps * options.sequences * data.tokens.shape[1]
    print(json.dumps({"tokens_per_second": tokens / seconds, "loss": trainer.state.log_history[-1].get("train_loss")}))


if __name__ == "__main__":
    sys.exit(main())
