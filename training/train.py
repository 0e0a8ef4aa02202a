"""Train the reader from the corpora to a checkpoint.

    python -m training.train --corpora ../shared/corpora --encoder FOLDER --out build/reader [--epochs 6]

FOLDER holds all-MiniLM-L6-v2 (model.safetensors, config.json, tokenizer.json). After each epoch the weights, their
running average and the optimiser are saved, so that `--resume` continues where a run stopped. `--start WEIGHTS` begins with
an exported reader instead of the bare encoder, at six tenths of the rates.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from training.batches import Batch, Prepared, Window, batches, collate, prepare, windows
from training.corpora import Text, training_texts
from training.exported import exported_scripts, load_exported
from training.losses import WEIGHTS, losses, sentence_loss
from training.model import Reader

REPEAT = {"crossner": 3, "re3d": 2, "uner": 2, "ewt": 2, "gum": 2}
AVERAGE = 0.998
ENCODER_RATE, RATE, LATER = 2e-4, 1e-3, 0.6
"""Learning rates of the encoder and of the rest; the share of both for a network that is already trained."""


def lemma_scripts(texts: list[Text], least: int = 3) -> list[str]:
    """The edit scripts that occur at least `least` times, most frequent first."""
    seen = Counter(script for text in texts if text.lemmas for script in text.lemmas if script)
    return [script for script, n in sorted(seen.items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]


def optimiser(model: Reader, encoder_rate: float, rate: float) -> torch.optim.AdamW:
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.")]
    rest = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    return torch.optim.AdamW([{"params": encoder, "lr": encoder_rate}, {"params": rest, "lr": rate}], weight_decay=0.01)


def epoch_batches(prepared: dict[str, list[Prepared]], epoch: int, seed: int, budget: int) -> list[list[Window]]:
    """The steps of one epoch: every text, those of the small corpora several times."""
    chance = random.Random(seed * 1000 + epoch)
    found: list[Window] = []
    for name, texts in prepared.items():
        found += [window for text in texts * REPEAT.get(name, 1) for window in windows(text, chance)]
    return batches(found, budget, chance)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--nested", type=Path, help="silver attributions inside contents (training.nested)")
    parser.add_argument("--start", type=Path, help="weights of an exported reader to begin with")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=int, default=4096, help="wordpieces a step")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    parser.add_argument("--resume", action="store_true", help="go on from the last epoch that was saved")
    return parser.parse_args()


@dataclass
class Run:
    """A model in training: all that a checkpoint holds, and how one step goes."""

    model: Reader
    original: BertModel
    scripts: list[str]
    adam: torch.optim.AdamW
    schedule: torch.optim.lr_scheduler.LambdaLR
    average: dict[str, Tensor]
    epoch: int = 0
    step: int = 0

    def train(self, batch: Batch) -> dict[str, Tensor]:
        """One step; the losses it found, by head."""
        out = self.model(batch.ids, batch.mask, batch.first, batch.shape, batch.gap, batch.lengths)
        found = losses(self.model, batch, out)
        alone = torch.tensor([w.alone for w in batch.windows])
        if alone.sum() > 1:
            found["sentence"] = sentence_loss(out.sentence[alone], self._original(batch, alone))
        loss = sum(WEIGHTS[name] * value for name, value in found.items())
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.adam.step()
        self.schedule.step()
        self.step += 1
        decay = min(AVERAGE, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.model.state_dict().items():
                if value.is_floating_point():
                    self.average[name].lerp_(value, 1 - decay)
        return found

    def _original(self, batch: Batch, rows: Tensor) -> Tensor:
        """Sentence vectors of the encoder as it was published: the mean of its wordpieces."""
        mask = batch.mask[rows]
        with torch.no_grad():
            pieces = self.original(input_ids=batch.whole[rows], attention_mask=mask).last_hidden_state
            weight = mask.unsqueeze(-1).float()
            vectors: Tensor = (pieces * weight).sum(1) / weight.sum(1)
        return vectors

    def save(self, path: Path) -> None:
        state = {
            "model": self.model.state_dict(), "average": self.average, "adam": self.adam.state_dict(), "epoch": self.epoch,
            "step": self.step, "schedule": self.schedule.state_dict(), "lemmas": self.scripts,
        }  # fmt: skip
        torch.save(state, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def resume(self, path: Path) -> None:
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        self.adam.load_state_dict(state["adam"])
        self.schedule.load_state_dict(state["schedule"])
        self.average, self.epoch, self.step = state["average"], state["epoch"], state["step"]


def half_precision() -> bool:
    """Whether this processor multiplies in bfloat16; on others its emulation is three times slower than 32 bits."""
    found: bool = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return found and "bf16" in Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else False


def begin(encoder: Path, scripts: list[str], total: int, start: Path | None = None) -> Run:
    """A fresh run of `total` steps, from the encoder or from an exported reader: 8 % warm-up, then linear decay."""
    bert, original = (
        BertModel.from_pretrained(
            str(encoder), add_pooling_layer=False, attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        for _ in range(2)
    )
    model = Reader(bert, len(scripts))
    if start:
        load_exported(start, model)
    model.half = half_precision()
    scale = LATER if start else 1.0
    adam, warm = optimiser(model, scale * ENCODER_RATE, scale * RATE), max(1, int(0.08 * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda s: (s + 1) / warm if s < warm else max(0.0, (total - s) / (total - warm))
    )
    return Run(
        model, original.eval(), scripts, adam, schedule, {k: v.detach().clone() for k, v in model.state_dict().items()}
    )


def main() -> None:
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = training_texts(options.corpora, options.nested)
    scripts = lemma_scripts([*texts["ewt"], *texts["gum"]]) if not options.start else exported_scripts(options.start)
    index = {script: i for i, script in enumerate(scripts)}
    prepared = {name: [prepare(t, tokenizer) for t in found if t.words] for name, found in texts.items()}
    total = sum(len(epoch_batches(prepared, e, options.seed, options.budget)) for e in range(options.epochs))
    run, saved = begin(options.encoder, scripts, total, options.start), options.out / "checkpoint.pt"
    if options.resume and saved.exists():
        run.resume(saved)
    print(f"{total} steps, {len(scripts)} lemma scripts", flush=True)
    while run.epoch < options.epochs:
        run.model.train()
        chance, clock, seen = random.Random(options.seed * 77 + run.epoch), time.time(), Counter[str]()
        for number, group in enumerate(epoch_batches(prepared, run.epoch, options.seed, options.budget), start=1):
            for name, value in run.train(collate(group, index, chance)).items():
                seen[name] += value.item()  # type: ignore[assignment]
                seen[name + "#"] += 1
            if number % 25 == 0:
                shown = " ".join(f"{n} {seen[n] / seen[n + '#']:.3f}" for n in WEIGHTS if seen[n + "#"])
                pace = (time.time() - clock) / number
                print(f"epoch {run.epoch} step {run.step}/{total} {pace:.2f} s/step  {shown}", flush=True)
                seen.clear()
            if run.step == options.steps:
                return
        run.epoch += 1
        run.save(saved)


if __name__ == "__main__":
    main()
