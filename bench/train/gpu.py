"""Training speed on a GPU: a 124M-parameter GPT at sequence length 1024 beside nanoGPT's own, and the largest model
that fits.

    PYTHONPATH=trainer/src python bench/train/gpu.py [--nanogpt FOLDER] [--steps 60] [--largest]

It needs an environment with trainer/requirements-train.txt and nothing from outside: tokens are random, which matters to
no speed. --nanogpt is a checkout of karpathy/nanoGPT, whose bench.py is measured in turn with ours at the same batch.
--largest tries shapes from the largest down until one trains. The table and the device's name go to standard output.
MFU counts the floating-point operations of the PaLM paper's appendix B against the device's dense bfloat16 peak.
"""

import argparse
import dataclasses
import hashlib
import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from towpath_trainer.data.manifest import File, Manifest, Shard, SplitFacts
from towpath_trainer.loop.measure import PEAKS

VOCABULARY, CONTEXT = 50304, 1024
GPT = {"layers": 12, "width": 768, "heads": 12, "kv_heads": 12, "inner": 2048}
# Largest first; all with grouped keys and values, as models of that size have.
SHAPES = (
    {"layers": 32, "width": 3072, "heads": 24, "kv_heads": 8, "inner": 8192},
    {"layers": 28, "width": 2560, "heads": 20, "kv_heads": 5, "inner": 6912},
    {"layers": 24, "width": 2048, "heads": 16, "kv_heads": 4, "inner": 5504},
    {"layers": 24, "width": 1536, "heads": 12, "kv_heads": 4, "inner": 4096},
    {"layers": 24, "width": 1024, "heads": 16, "kv_heads": 4, "inner": 2736},
)


def write_tokens(folder: Path, sequences: int) -> None:
    """A tokens folder of random text, with nothing held back."""
    folder.mkdir()
    data = np.random.default_rng(1).integers(0, VOCABULARY, sequences * CONTEXT + 1, dtype=np.uint16).tobytes()
    (folder / "train-00000.bin").write_bytes(data)
    file = File("train-00000.bin", hashlib.sha256(data).hexdigest(), len(data))
    size = sequences * CONTEXT
    train = SplitFacts(sequences, size + 1, size, 1, 0, 0, 1, (Shard(sequences, {"tokens": file}),))
    empty = dataclasses.replace(train, sequences=0, tokens=0, targets=0, rows=0, shards=())
    Manifest("text", CONTEXT, VOCABULARY, 0, 0, "uint16", True, {"train": train, "validation": empty}).write(folder)


def ours(folder: Path, tokens: Path, shape: dict[str, int], steps: int, sequences: int, micro: int) -> dict | None:
    """A job of the trainer; None when it does not fit the device."""
    never = 10**9
    job = {
        "name": "gpu",
        "source": "scratch",
        "method": "full",
        "model": {"architecture": "transformer", "vocabulary": VOCABULARY, **shape},
        "context": CONTEXT,
        "batch": {"sequences": sequences, "micro": micro},
        "steps": steps,
        "optimiser": {"name": "adamw", "learning_rate": 1e-4, "weight_decay": 0.01},
        "spikes": {"threshold": 1000},
        "validate": {"every": never},
        "checkpoint": {"every": never},
        "device": "cuda",
        "precision": "bfloat16",
        "compile": True,
    }
    place = Path(tempfile.mkdtemp(dir=folder))
    (place / "job.json").write_text(json.dumps(job))
    command = [sys.executable, "-m", "towpath_trainer.train", str(place / "job.json"), "--tokens", str(tokens)]
    places = [f"--{name}={place / name}" for name in ("work", "out", "history")]
    done = subprocess.run([*command, *places], capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stderr[-1500:], file=sys.stderr)
        return None
    points = [json.loads(line) for line in (place / "history" / "metrics.jsonl").read_text().splitlines()]
    settled = points[len(points) // 3 :]
    summary = json.loads((place / "history" / "summary.json").read_text())
    return {
        "tokens/s": statistics.median(point["tokens_per_second"] for point in settled),
        "MFU": statistics.median(point["mfu"] or 0 for point in settled),
        "GB": max(point["memory"] for point in settled) / 1e9,
        "waiting": summary["waited_seconds"] / summary["seconds"],
        "parameters": summary["parameters"]["all"],
        "micro": summary["micro"],
    }


def nanogpt(folder: Path, sequences: int) -> float:
    """Tokens per second of nanoGPT's bench.py."""
    command = [sys.executable, "bench.py", f"--batch_size={sequences}", "--real_data=False"]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    return sequences * CONTEXT / (float(re.findall(r"time per iteration: ([\d.]+)ms", told)[-1]) / 1000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nanogpt", type=Path)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--sequences", type=int, default=32)
    parser.add_argument("--largest", action="store_true")
    options = parser.parse_args()
    if not torch.cuda.is_available():
        sys.exit("no CUDA device: this measures a GPU")
    name = torch.cuda.get_device_name()
    top = next((row[1] for row in PEAKS if re.search(rf"\b{row[0]}\b", name)), None)
    print(f"{name}, PyTorch {torch.__version__}, sequence length {CONTEXT}, bfloat16, compiled\n")
    print("| model | batch | tokens/s | MFU | memory | waiting for data |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        tokens = folder / "tokens"
        write_tokens(tokens, 2048)
        for round_ in range(2 if options.nanogpt else 1):
            show(
                f"Towpath 124M, round {round_ + 1}",
                options.sequences,
                ours(folder, tokens, GPT, options.steps, options.sequences, options.sequences),
            )
            if options.nanogpt:
                rate = nanogpt(options.nanogpt, options.sequences)
                # nanoGPT's 124M at this context by the same count of operations.
                flops = 6 * 123.7e6 + 12 * 12 * 768 * CONTEXT
                mfu = f"{100 * rate * flops / top:.1f} %" if top else "-"
                print(f"| nanoGPT 124M, round {round_ + 1} | {options.sequences} | {rate:,.0f} | {mfu} | - | - |")
        for shape in SHAPES if options.largest else ():
            told = ours(folder, tokens, shape, 20, 8, 8)
            if told is not None:
                show(f"largest that fits, {told['parameters'] / 1e9:.2f}B", 8, told)
                break


def show(name: str, batch: int, told: dict | None) -> None:
    """One row of the table."""
    if told is None:
        print(f"| {name} | {batch} | does not fit | - | - | - |")
        return
    print(
        f"| {name} | {batch} | {told['tokens/s']:,.0f} | {100 * told['MFU']:.1f} % | {told['GB']:.1f} GB "
        f"| {100 * told['waiting']:.2f} % |",
        flush=True,
    )


if __name__ == "__main__":
    main()
