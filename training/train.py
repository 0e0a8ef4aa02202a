"""Train the reader from the corpora to a checkpoint.

    python -m training.train --corpora ../shared/corpora --encoder FOLDER --out build/reader [--epochs 6]

FOLDER holds all-MiniLM-L6-v2 (model.safetensors, config.json, tokenizer.json). After each epoch the weights, their
running average and the optimiser are saved, so that `--resume` continues where a run stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from training.batches import Prepared, Window, batches, collate, prepare, windows
from training.corpora import Text, training_texts
from training.losses import WEIGHTS, losses
from training.model import Reader

ALTERNATE = ("ewt", "gum")
REPEAT = {"crossner": 3, "re3d": 2}
AVERAGE = 0.998


def lemma_scripts(texts: list[Text], least: int = 3) -> list[str]:
    """The edit scripts that occur at least `least` times, most frequent first."""
    seen = Counter(script for text in texts if text.lemmas for script in text.lemmas if script)
    return [script for script, n in sorted(seen.items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]


def optimiser(model: Reader, encoder_rate: float, rate: float) -> torch.optim.AdamW:
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.")]
    rest = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    return torch.optim.AdamW([{"params": encoder, "lr": encoder_rate}, {"params": rest, "lr": rate}], weight_decay=0.01)


def epoch_batches(prepared: dict[str, list[Prepared]], epoch: int, seed: int, budget: int) -> list[list[Window]]:
    """The steps of one epoch: every text of most corpora, the treebanks' documents every other epoch."""
    chance = random.Random(seed * 1000 + epoch)
    found: list[Window] = []
    for name, texts in prepared.items():
        part = texts[epoch % 2 :: 2] if name in ALTERNATE else texts * REPEAT.get(name, 1)
        found += [window for text in part for window in windows(text, chance)]
    return batches(found, budget, chance)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=int, default=4096, help="wordpieces a step")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)

    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = training_texts(options.corpora)
    scripts = lemma_scripts([*texts["ewt"], *texts["gum"]])
    (options.out / "lemmas.json").write_text(json.dumps(scripts, ensure_ascii=False))
    index = {script: i for i, script in enumerate(scripts)}
    prepared = {name: [prepare(t, tokenizer) for t in found if t.words] for name, found in texts.items()}

    encoder = BertModel.from_pretrained(str(options.encoder), add_pooling_layer=False, attention_probs_dropout_prob=0.0)
    model = Reader(encoder, len(scripts))
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    adam = optimiser(model, 2e-4, 1e-3)
    planned = [len(epoch_batches(prepared, e, options.seed, options.budget)) for e in range(options.epochs)]
    total, warm = sum(planned), int(0.08 * sum(planned))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda s: (s + 1) / warm if s < warm else max(0.0, (total - s) / (total - warm))
    )
    begin, step = 0, 0
    saved = options.out / "checkpoint.pt"
    if options.resume and saved.exists():
        state = torch.load(saved)
        model.load_state_dict(state["model"])
        adam.load_state_dict(state["adam"])
        schedule.load_state_dict(state["schedule"])
        average, begin, step = state["average"], state["epoch"], state["step"]
    print(f"{total} steps, {len(scripts)} lemma scripts", flush=True)

    for epoch in range(begin, options.epochs):
        model.train()
        chance = random.Random(options.seed * 77 + epoch)
        seen: Counter[str] = Counter()
        clock = time.time()
        for number, group in enumerate(epoch_batches(prepared, epoch, options.seed, options.budget)):
            batch = collate(group, index, chance)
            out = model(batch.ids, batch.mask, batch.first, batch.shape, batch.gap, batch.lengths)
            found = losses(model, batch, out)
            loss = sum(WEIGHTS[name] * value for name, value in found.items())
            adam.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            schedule.step()
            step += 1
            decay = min(AVERAGE, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    if value.is_floating_point():
                        average[name].lerp_(value, 1 - decay)
            for name, value in found.items():
                seen[name] += value.item()
                seen[name + "#"] += 1
            if number % 25 == 24:
                shown = " ".join(f"{n} {seen[n] / seen[n + '#']:.3f}" for n in WEIGHTS if seen[n + "#"])
                print(
                    f"epoch {epoch} step {step}/{total} {(time.time() - clock) / (number + 1):.2f} s/step  {shown}",
                    flush=True,
                )
                if number % 100 == 99:
                    seen.clear()
            if options.steps and step >= options.steps:
                break
        torch.save(
            {"model": model.state_dict(), "average": average, "adam": adam.state_dict(), "epoch": epoch + 1, "step": step,
             "schedule": schedule.state_dict(), "lemmas": scripts}, saved.with_suffix(".tmp"),
        )  # fmt: skip
        saved.with_suffix(".tmp").replace(saved)
        if options.steps and step >= options.steps:
            break


if __name__ == "__main__":
    main()
