"""Claim vectors: claims about one matter point the same way, in whatever words they are told.

    python -m training.claim_vectors --weights kg/reader/weights --corpora ../shared/corpora --encoder FOLDER \
        [--claims training/claims] [--stories training/stories/train] [--checkpoint build/claims.pt]

The reader's encoder with low-rank adapters (`training.adapters`), attention pooling over its wordpieces and a linear map; trained
with a supervised contrastive loss (Khosla et al. 2020, "Supervised Contrastive Learning", equation 2) on the claims of two
invented events (lists of claims, or stories whose claims `kg` reads) and sentences of real texts: claims about one matter,
whether they agree or not, attract each other, all others repel. Among themselves real sentences keep the cosines of their
sentence vectors: not all of one topic is one matter. (Without them the vectors are better inside a story and no better than
sentence vectors in a year of news.)

Written to `claims.onnx` beside the reader, whose weights it shares (`training.claim_export`).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from kg.reader.network import CLS, SEP
from training.adapters import encoder_of
from training.claim_export import export
from training.claim_model import ClaimEncoder
from training.claim_texts import read_claims, real_texts
from training.fitting import fit, parts_of
from training.stories import STORIES, stories, told

CLAIMS: Final = Path(__file__).parent / "claims"
EPOCHS: Final = 0.7
"""How often each event comes first in a step; as often it comes beside another."""
STORY_TIMES: Final = 2
"""How often a story comes for once that an event comes. (The shipped file learnt from the first 136 stories.)"""
RATE: Final = 1e-3
"""Of the adapters; half of it of the head."""
SEED: Final = 1
KEPT: Final = 20.0
"""Weight of how far cosines of real sentences are from those of their sentence vectors."""
TEXTS, SENTENCES = 6, 64
"""Real texts of a step, and how many of their sentences at most."""
LONGEST: Final = 128
"""Wordpieces of a text in training."""


@dataclass(frozen=True, slots=True)
class Event:
    """The claims of one event: wordpieces of each, and the matter (claims,) of each."""

    kind: str
    claims: list[list[int]]
    matters: Tensor


@dataclass(frozen=True, slots=True)
class Sentence:
    """A real sentence: its wordpieces, and its sentence vector (SENTENCE,), of length 1."""

    pieces: list[int]
    vector: Tensor


def contrastive_loss(vectors: Tensor, matters: Tensor, scale: Tensor) -> Tensor:
    """How far claims (B, CLAIM) are from others of their matter (B), compared with those of other matters."""
    alone = torch.eye(len(vectors), dtype=torch.bool)
    likely = F.log_softmax((vectors @ vectors.T * scale.exp()).masked_fill(alone, -1e4), dim=1)
    same = (matters[:, None] == matters[None]) & ~alone
    has = same.any(1)
    mean: Tensor = -((likely * same).sum(1)[has] / same.sum(1)[has]).mean()
    return mean


def pieces_of(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """The wordpieces of texts, as the encoder takes them."""
    return [
        [CLS, *one.ids[: LONGEST - 2], SEP] for one in tokenizer.encode_batch(list(texts), add_special_tokens=False)
    ]


def sentences_of(weights: Path, tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[Sentence]:
    """Sentences with the sentence vectors that the reader gives them."""
    session = onnxruntime.InferenceSession(str(weights / "reader.onnx"), providers=["CPUExecutionProvider"])
    one = np.ones((1, 1), np.int64)
    for pieces in pieces_of(tokenizer, texts):
        feeds = {"ids": np.asarray([pieces], np.int64), "first": one, "shape": one * 0, "gap": one}
        yield Sentence(pieces, F.normalize(torch.from_numpy(session.run(["sentence"], feeds)[0][0]), dim=0))


def event(kind: str, claims: Sequence[tuple[str, str]], tokenizer: Tokenizer) -> Event:
    """An event's claims, as the encoder takes them."""
    places = {matter: place for place, matter in enumerate(dict.fromkeys(matter for matter, _ in claims))}
    matters = torch.tensor([places[matter] for matter, _ in claims])
    return Event(kind, pieces_of(tokenizer, [words for _, words in claims]), matters)


def stories_of(folder: Path, tokenizer: Tokenizer) -> Iterator[Event]:
    """Each story of a folder as one event."""
    for story in stories(folder):
        yield event("story", [(one.answer.rpartition(".")[0], one.words) for one in told(story)], tokenizer)


def train(
    model: ClaimEncoder, events: Sequence[Event], real: Sequence[Sequence[Sentence]], epochs: float, checkpoint: Path
) -> None:
    """Fit adapters and head to the claims of events, each beside another of its kind and sentences of some `real` texts.

    Goes on from `checkpoint`, if there is one.
    """
    draw = random.Random(SEED)
    thin = parts_of(model.encoder)
    optimizer = torch.optim.AdamW([
        {"params": thin, "weight_decay": 0.01},
        {"params": list(model.head.parameters()), "weight_decay": 0.05},
    ])  # fmt: skip
    steps = int(epochs * len(events))
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE, RATE / 2], total_steps=steps, pct_start=0.08)
    order = [one for _ in range(int(epochs) + 1) for one in draw.sample(events, len(events))]
    drawn = (_drawn(one, events, real, draw) for one in order)
    fit(model, thin, optimizer, rate, drawn, partial(_loss, model), steps, checkpoint)


Step = tuple[tuple[Event, Event], list[Sentence]]
"""Two events of one kind, and real sentences beside them."""


def _drawn(one: Event, events: Sequence[Event], real: Sequence[Sequence[Sentence]], draw: random.Random) -> Step:
    beside = draw.choice([other for other in events if other.kind == one.kind and other is not one])
    some = [sentence for text in draw.sample(real, TEXTS) for sentence in text]
    return (one, beside), draw.sample(some, min(SENTENCES, len(some)))


def _loss(model: ClaimEncoder, drawn: Step) -> Tensor:
    events, some = drawn
    texts = [claim for one in events for claim in one.claims]
    matters, first = [], 0
    for one in events:
        matters.append(one.matters + first)
        first += int(one.matters.max()) + 1
    matters.append(torch.arange(first, first + len(some)))
    vectors = model([*texts, *(one.pieces for one in some)])
    real, general = vectors[len(texts) :], torch.stack([one.vector for one in some])
    moved = ((real @ real.T - general @ general.T)[~torch.eye(len(some), dtype=torch.bool)] ** 2).mean()
    return contrastive_loss(vectors, torch.cat(matters), model.head.scale) + KEPT * moved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the exported reader")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the original encoder's configuration")
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder of the corpora, for sentences of real texts"
    )
    parser.add_argument("--claims", type=Path, default=CLAIMS)
    parser.add_argument("--stories", type=Path, default=STORIES / "train")
    parser.add_argument("--checkpoint", type=Path, default=Path("build/claims.pt"))
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    tokenizer = Tokenizer.from_file(str(options.weights / "tokenizer.json"))
    events = [event(kind, claims, tokenizer) for (kind, _), claims in read_claims(options.claims).items()]
    told = list(stories_of(options.stories, tokenizer))
    kinds = Counter(one.kind for one in events)
    if few := sorted(kind for kind, count in kinds.items() if count < 2):
        parser.error(
            f"{options.claims}: one event only in {', '.join(few)}; each is trained beside another of its file"
        )
    if len(told) < 2:
        parser.error(f"{options.stories}: {len(told)} stories; each is trained beside another")
    events += told * STORY_TIMES
    real = [list(sentences_of(options.weights, tokenizer, text)) for text in real_texts(options.corpora)]
    if len(real) < TEXTS:
        parser.error(f"{options.corpora}: {len(real)} real texts, at least {TEXTS} are needed")
    print(f"{len(events)} events, {sum(len(one.claims) for one in events)} claims, {len(real)} real texts", flush=True)
    model = ClaimEncoder(encoder_of(options.weights, options.encoder))
    options.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    train(model, events, real, options.epochs, options.checkpoint)
    export(options.weights, model.encoder, model.head)


if __name__ == "__main__":
    main()
