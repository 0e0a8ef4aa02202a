"""Pairs of claims: whether two agree, conflict, or are of different matters, read together.

    python -m training.pairs --weights kg/reader/weights --corpora ../shared/corpora --encoder FOLDER \
        [--claims training/claims] [--checkpoint build/pairs.pt]

A cross-encoder (Reimers and Gurevych 2019, "Sentence-BERT", section 1, on what it does better than vectors): both claims in one
run of the reader's encoder, with low-rank adapters of its own (`training.adapters`). Trained on pairs of the claims of invented
events and on like sentences of real texts (`training.pair_texts`); then on claims as they are read out of whole documents:
those of invented stories (`training.story_pairs`), so that not all of one event is one matter, and labelled ones of the news
(`training.news_pairs`), so that not all of a year's news is.

Written to `pairs.onnx` beside the reader, whose weights it shares (`training.pair_export`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from kg.reader.claims import ClaimModel
from kg.reader.pairs import LONGEST, OUTCOMES
from training.adapters import encoder_of
from training.claim_texts import real_texts
from training.claim_vectors import CLAIMS
from training.fitting import fit, parts_of
from training.news_pairs import news_pairs
from training.pair_export import export
from training.pair_model import PairEncoder
from training.pair_texts import OTHER, Pair, invented_pairs, real_pairs
from training.stories import STORIES, stories
from training.story_pairs import story_pairs

STEPS: Final = 1300
LATER_STEPS: Final = 1800
"""Steps of the second stage, with claims of stories and of the news."""
TOGETHER: Final = 64
"""Pairs of a step."""
POOLED: Final = 16
"""Steps whose pairs are drawn together and then dealt out by length, so that little is filled up."""
RATE: Final = 1e-3
LATER_RATE: Final = 5e-4
NEWS: Final = 5
"""How often each pair of claims of the news comes, ..."""
TOLD: Final = 2
"""... and each pair of claims of stories that are of one matter; pairs of different matters come once."""
REST: Final = 0.2
"""Pairs of invented claims beside them, as a part of those that the second stage takes."""
REAL: Final = 250
"""Real texts."""
EACH: Final = 16
"""Sentences of each."""
SMOOTH: Final = 0.05
"""How far the loss is from being sure of a label."""
SEED: Final = 1

Coded = tuple[list[int], list[int], int]


def coded(pairs: Sequence[Pair], tokenizer: Tokenizer) -> list[Coded]:
    """Wordpieces of pairs, and their outcomes."""
    first, second = (
        [one.ids[:LONGEST] for one in tokenizer.encode_batch(texts, add_special_tokens=False)]
        for texts in ([p.a for p in pairs], [p.b for p in pairs])
    )
    return [(a, b, pair.outcome) for a, b, pair in zip(first, second, pairs, strict=True)]


def batches(pairs: Sequence[Coded], draw: random.Random) -> Iterator[list[Coded]]:
    """Batches without end, of pairs of like length, each the one way round or the other."""
    while True:
        order = draw.sample(range(len(pairs)), len(pairs))
        for at in range(0, len(order) - TOGETHER * POOLED + 1, TOGETHER * POOLED):
            pool = [pairs[n] for n in order[at : at + TOGETHER * POOLED]]
            pool.sort(key=lambda pair: len(pair[0]) + len(pair[1]))
            dealt = [pool[n : n + TOGETHER] for n in range(0, len(pool), TOGETHER)]
            for some in draw.sample(dealt, len(dealt)):
                yield [pair if draw.random() < 0.5 else (pair[1], pair[0], pair[2]) for pair in some]


def train(model: PairEncoder, pairs: Sequence[Coded], steps: int, highest: float, checkpoint: Path) -> None:
    """Fit adapters, places and head to pairs, with a rate that rises to the `highest` and falls to none.

    Goes on from `checkpoint`, if there is one.
    """
    thin = [*parts_of(model.encoder), model.place]
    optimizer = torch.optim.AdamW([{"params": thin}, {"params": list(model.head.parameters())}], weight_decay=0.01)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, highest, total_steps=steps, pct_start=0.08)
    drawn = batches(pairs, random.Random(SEED))
    fit(model, thin, optimizer, rate, drawn, partial(_loss, model), steps, checkpoint)


def _loss(model: PairEncoder, some: Sequence[Coded]) -> Tensor:
    logits, outcomes = model([(a, b) for a, b, _ in some]), torch.tensor([one for *_, one in some])
    return F.cross_entropy(logits, outcomes, label_smoothing=SMOOTH)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the exported reader")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the original encoder's configuration")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora, for real sentences")
    parser.add_argument("--claims", type=Path, default=CLAIMS)
    parser.add_argument("--checkpoint", type=Path, default=Path("build/pairs.pt"))
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--later-steps", type=int, default=LATER_STEPS)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    invented = list(invented_pairs(options.claims, draw))
    real = [text[:EACH] for text in islice(real_texts(options.corpora), REAL)]
    first = [*invented, *real_pairs(real, ClaimModel(options.weights), draw)]
    told = [pair for story in stories(STORIES / "train") for pair in story_pairs(story)]
    told += [pair for pair in told if pair.outcome != OTHER] * (TOLD - 1)
    some = draw.sample(invented, min(len(invented), int(TOGETHER * options.later_steps * REST)))
    second = [*some, *told, *list(news_pairs(options.corpora)) * NEWS]
    if (fewest := min(len(first), len(second))) < TOGETHER * POOLED:
        parser.error(f"{fewest} pairs in a stage; at least {TOGETHER * POOLED} are needed")
    tokenizer = Tokenizer.from_file(str(options.weights / "tokenizer.json"))
    model = PairEncoder(encoder_of(options.weights, options.encoder))
    options.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    later = options.checkpoint.with_suffix(".later.pt")
    for pairs, steps, rate, checkpoint in (
        (first, options.steps, RATE, options.checkpoint),
        (second, options.later_steps, LATER_RATE, later),
    ):
        counts = ", ".join(f"{sum(p.outcome == n for p in pairs)} {name}" for n, name in enumerate(OUTCOMES))
        print(f"{len(pairs)} pairs: {counts}", flush=True)
        train(model, coded(pairs, tokenizer), steps, rate, checkpoint)
    export(options.weights, model)


if __name__ == "__main__":
    main()
