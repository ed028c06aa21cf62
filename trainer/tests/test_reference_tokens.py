import json
import math
from pathlib import Path

import pytest
import torch
from rows_file import chat_tokenizer, write_rows
from tiny_llama import VOCABULARY, write_adapter, write_tiny_llama, write_tiny_tokens
from transformers import LlamaForCausalLM

from towpath_trainer.export.material import LONGEST_PROMPT, from_tokens
from towpath_trainer.reference_tokens import main
from towpath_trainer.tokenise import main as tokenise


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return write_tiny_llama(tmp_path_factory.mktemp("llama") / "model")


def prompts_file(path: Path, prompts: list[list[int]]) -> Path:
    path.write_text("".join(f"{json.dumps({'tokens': each})}\n" for each in prompts))
    return path


def reference(model: Path, out: Path, *more: str) -> dict:
    assert main([str(model), str(out), *more]) == 0
    return json.loads(out.read_text())


def test_prompts_of_any_length_are_continued_as_each_alone(model: Path, tmp_path: Path) -> None:
    prompts = [[9], [3, 1, 200], list(range(1, 30)), [45] * 11]
    found = reference(model, tmp_path / "out.json", "--prompts", str(prompts_file(tmp_path / "p", prompts)), "--new=6")
    llama = LlamaForCausalLM.from_pretrained(model, dtype=torch.float32)
    for prompt, each in zip(prompts, found["prompts"], strict=True):
        tokens = list(prompt)
        for token, gap in zip(each["next"], each["gaps"], strict=True):
            with torch.inference_mode():
                best, order = llama(input_ids=torch.tensor([tokens])).logits[0, -1].topk(2)
            assert token == int(order[0])
            assert gap == pytest.approx(float(best[0] - best[1]), abs=1e-3)
            tokens.append(token)


def test_surprise_is_the_mean_of_minus_log_probability(model: Path, tmp_path: Path) -> None:
    prompts = [[3, 1, 200], [5, 6]]
    found = reference(model, tmp_path / "out.json", "--prompts", str(prompts_file(tmp_path / "p", prompts)), "--new=1")
    llama = LlamaForCausalLM.from_pretrained(model, dtype=torch.float64)
    total = 0.0
    for text in prompts:
        with torch.inference_mode():
            chances = llama(input_ids=torch.tensor([text])).logits[0].softmax(-1)
        total -= sum(math.log(chances[at, token]) for at, token in enumerate(text[1:]))
    assert found["scored"] == 3
    assert found["surprise"] == pytest.approx(total / 3, rel=1e-5)


def test_rounded_prompts_are_continued_by_what_a_16_bit_file_holds(tmp_path: Path) -> None:
    torch.manual_seed(3)
    folder = write_tiny_llama(tmp_path / "model")
    adapter = write_adapter(tmp_path / "adapter")
    prompts = str(prompts_file(tmp_path / "p", [[3, 1, 200], [9, 9]]))
    plain = reference(folder, tmp_path / "plain.json", "--prompts", prompts, "--adapter", str(adapter))
    found = reference(folder, tmp_path / "out.json", "--prompts", prompts, "--adapter", str(adapter), "--rounded")
    assert found["surprise"] == plain["surprise"]
    from peft import PeftModel

    merged = PeftModel.from_pretrained(LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32), adapter)
    llama = merged.merge_and_unload()
    with torch.no_grad():
        for name, parameter in llama.named_parameters():
            if "norm" not in name:
                parameter.copy_(parameter.half().float())
    for prompt, each in zip([[3, 1, 200], [9, 9]], found["prompts"], strict=True):
        with torch.inference_mode():
            best = llama(input_ids=torch.tensor([prompt])).logits[0, -1].topk(2)[0]
        assert each["gaps"][0] == pytest.approx(float(best[0] - best[1]), abs=1e-4)


def test_an_adapter_changes_both(model: Path, tmp_path: Path) -> None:
    prompts = str(prompts_file(tmp_path / "p", [[3, 1, 200]]))
    plain = reference(model, tmp_path / "plain.json", "--prompts", prompts)
    adapter = str(write_adapter(tmp_path / "adapter"))
    changed = reference(model, tmp_path / "changed.json", "--prompts", prompts, "--adapter", adapter)
    assert plain["surprise"] != changed["surprise"]
    assert plain["prompts"][0]["next"] != changed["prompts"][0]["next"]


def test_material_is_spread_over_plain_text(tmp_path: Path) -> None:
    tokens = write_tiny_tokens(tmp_path / "tokens", sequences=60, context=40)
    material = from_tokens(tokens, prompts=50, scored=500)
    assert len(material.prompts) == 50
    assert all(len(each) == 20 for each in material.prompts)
    assert sum(len(each) - 1 for each in material.texts) == 500
    assert material == from_tokens(tokens, prompts=50, scored=500)


def test_a_prompt_of_a_conversation_ends_where_the_answer_begins(tmp_path: Path) -> None:
    tokenizer = chat_tokenizer(tmp_path)
    talks = [
        ("The lock opens?", "Yes, it opens."),
        ("水位一致时，" * 40, "闸门就会打开。"),
        ("The boat?", "It floats."),
    ]
    rows = [
        {
            "split": "validation" if number else "train",
            "messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": told}],
        }
        for number, (asked, told) in enumerate(talks)
    ]
    source = write_rows(tmp_path / "rows.jsonl", rows)
    for pack in ("--pack", "--no-pack"):
        out = tmp_path / f"tokens{pack}"
        arguments = [str(source), str(out), f"--tokenizer={tokenizer}", "--context=600", "--shape=rows"]
        assert tokenise([*arguments, "--loss-on=answers", pack]) == 0
        material = from_tokens(out, prompts=50, scored=10_000)
        from transformers import AutoTokenizer

        known = AutoTokenizer.from_pretrained(tokenizer)
        texts = [known.decode(prompt) for prompt in material.prompts]
        assert len(texts) == 3
        assert all(text.endswith("<|start|>assistant\n") for text in texts)
        assert all(len(prompt) <= LONGEST_PROMPT for prompt in material.prompts)
        # The validation rows come first, and the training row is the last.
        assert "The lock opens?" in texts[-1]
        assert all("<|end|>" in known.decode(text) for text in material.texts)


def test_data_of_another_vocabulary_is_refused(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prompts = str(prompts_file(tmp_path / "p", [[3, VOCABULARY]]))
    assert main([str(model), str(tmp_path / "out.json"), "--prompts", prompts]) == 3
    assert (
        json.loads(capsys.readouterr().err.splitlines()[-1].removeprefix("error: "))["code"] == "TOW_TRAIN_VOCABULARY"
    )


def test_data_without_a_sequence_is_refused(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tokens = write_tiny_tokens(tmp_path / "tokens", sequences=2)
    manifest = json.loads((tokens / "tokens.json").read_text())
    facts = manifest["splits"]["validation"]
    manifest["splits"]["validation"] = {**facts, "sequences": 0, "shards": []}
    (tokens / "tokens.json").write_text(json.dumps(manifest))
    assert main([str(model), str(tmp_path / "out.json"), "--tokens", str(tokens)]) == 3
    assert json.loads(capsys.readouterr().err.splitlines()[-1].removeprefix("error: "))["code"] == "TOW_TRAIN_NO_DATA"
