"""The head that gives a claim its vector: claims about one matter point the same way, in whatever words they are told.

    python -m training.claim_vectors --weights kg/reader/weights --corpora ../shared/corpora [--claims training/claims]

Attention pooling over the wordpieces of the reader's encoder, which stays as it is, and a linear map; trained with a supervised
contrastive loss (Khosla et al. 2020, "Supervised Contrastive Learning", equation 2) on the claims of two invented events and
sentences of real texts: claims about one matter, whether they agree or not, attract each other, all others repel. Among
themselves real sentences keep the cosines of their sentence vectors: the head must not learn that all of one topic is one matter.
(Without them the vectors are better inside a story and no better than sentence vectors in a year of news.) The head is put
into the ONNX model as its output "claim". Fitted on the quantised encoder, so that it knows what it will see.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.reader.model import CLAIM, CLS, LONGEST_SENTENCE, SENTENCE, SEP
from training.corpora import conllu, lines

CLAIMS = Path(__file__).parent / "claims"
PREFIX = "claim."
"""How names of the head's weights and values begin in the ONNX graph."""
HIDDEN = 128
EPOCHS = 7
RATE = 1e-3
SEED = 1
KEPT = 10.0
"""Weight of how far cosines of real sentences are from those of their sentence vectors."""
TEXTS, SENTENCES = 8, 192
"""Real texts of a step, and how many of their sentences at most."""
HELD_OUT = 600
"""First articles of PolNeAR's training part, which are left out: what is found in them tells how the vectors do in news."""
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
WORDS = range(5, 36)
"""Words of a real sentence."""
EACH = 40
"""Sentences of a real text."""


@dataclass(frozen=True, slots=True)
class Event:
    """The claims of one event: wordpiece vectors (claims, pieces, SENTENCE), which of them are there, and the matter of each."""

    kind: str
    pieces: Tensor
    there: Tensor
    matters: Tensor


@dataclass(frozen=True, slots=True)
class Sentence:
    """A real sentence: its wordpieces' vectors (pieces, SENTENCE), in 16 bits; its sentence vector (SENTENCE,), of length 1."""

    pieces: Tensor
    vector: Tensor


class ClaimHead(nn.Module):
    """One vector (B, CLAIM), of length 1, for wordpieces (B, L, SENTENCE) of which `there` (B, L) says which exist."""

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Linear(SENTENCE, HIDDEN)
        self.weigh = nn.Linear(HIDDEN, 1)
        self.value = nn.Linear(SENTENCE, CLAIM)
        self.dropout = nn.Dropout(0.1)
        self.scale = nn.Parameter(torch.tensor(2.5))
        """Logarithm of what cosines are multiplied by in the loss."""

    def forward(self, pieces: Tensor, there: Tensor) -> Tensor:
        weight = self.weigh(torch.tanh(self.look(pieces))).squeeze(-1).masked_fill(~there, -1e4).softmax(1)
        return F.normalize(self.value((self.dropout(pieces) * weight.unsqueeze(-1)).sum(1)), dim=-1)


def contrastive_loss(vectors: Tensor, matters: Tensor, scale: Tensor) -> Tensor:
    """How far claims (B, CLAIM) are from others of their matter (B), compared with those of other matters."""
    alone = torch.eye(len(vectors), dtype=torch.bool)
    likely = F.log_softmax((vectors @ vectors.T * scale.exp()).masked_fill(alone, -1e4), dim=1)
    same = (matters[:, None] == matters[None]) & ~alone
    has = same.any(1)
    mean: Tensor = -((likely * same).sum(1)[has] / same.sum(1)[has]).mean()
    return mean


def read_claims(folder: Path) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(File, event) → its claims: (matter, words). Raises ValueError, naming file and line, for a row of other than 4 cells."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if len(row) != 4:
                    raise ValueError(
                        f"{path}, line {number}: {len(row)} cells instead of event, matter, relation, words"
                    )
                found[path.stem, row[0]].append((row[1], row[3]))
    return dict(found)


def real_texts(corpora: Path) -> Iterator[list[str]]:
    """Sentences of real texts, a list a text: articles of PolNeAR's training part, EWT's and GUM's training parts."""
    for line in islice(lines(corpora / "attribution/polnear-train.jsonl.gz"), HELD_OUT, None):
        paragraphs = json.loads(line)["text"].split("\n")
        yield _usable(one for paragraph in paragraphs for one in _SENTENCE_END.split(paragraph))
    for part in ("ewt", "gum"):
        for text in conllu(corpora / f"syntax/{part}-train.conllu.gz"):
            cuts = [*np.flatnonzero(text.starts or [1]).tolist(), len(text.words)]
            yield _usable(" ".join(text.words[a:b]) for a, b in pairwise(cuts))


def _usable(sentences: Iterable[str]) -> list[str]:
    return list(islice((s.strip() for s in sentences if len(s.split()) in WORDS), EACH))


class Encoder:
    """The encoder of an exported reader."""

    def __init__(self, weights: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
        model = onnx.load(str(weights / "reader.onnx"))
        self.name = _pieces(model.graph)
        model.graph.output.append(helper.make_tensor_value_info(self.name, TensorProto.FLOAT, None))
        self.session = onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )

    def __call__(self, texts: Sequence[str]) -> Iterator[Sentence]:
        one = np.ones((1, 1), np.int64)
        for encoding in self.tokenizer.encode_batch(list(texts), add_special_tokens=False):
            ids = np.asarray([[CLS, *encoding.ids[: LONGEST_SENTENCE - 2], SEP]], np.int64)
            feeds = {"ids": ids, "first": one, "shape": one * 0, "gap": one}
            pieces, vector = map(torch.from_numpy, self.session.run([self.name, "sentence"], feeds))
            yield Sentence(pieces[0].half(), F.normalize(vector[0], dim=0))


def padded(sentences: Sequence[Sentence]) -> tuple[Tensor, Tensor]:
    """Wordpiece vectors (sentences, pieces, SENTENCE) of sentences, and which of them are there."""
    pieces = nn.utils.rnn.pad_sequence([one.pieces for one in sentences], batch_first=True).float()
    lengths = torch.tensor([len(one.pieces) for one in sentences])
    return pieces, torch.arange(pieces.shape[1])[None] < lengths[:, None]


def event(kind: str, claims: Sequence[tuple[str, str]], encoder: Encoder) -> Event:
    """An event's claims, as the encoder sees them."""
    places = {matter: place for place, matter in enumerate(dict.fromkeys(matter for matter, _ in claims))}
    pieces, there = padded(list(encoder([words for _, words in claims])))
    return Event(kind, pieces, there, torch.tensor([places[matter] for matter, _ in claims]))


def train(events: Sequence[Event], real: Sequence[Sequence[Sentence]], epochs: int = EPOCHS) -> ClaimHead:
    """A head fitted to the claims of events, each beside another of its kind and sentences of some `real` texts."""
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    head = ClaimHead().train()
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.05)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=epochs * len(events))
    for epoch in range(epochs):
        total = 0.0
        for one in draw.sample(events, len(events)):
            beside = draw.choice([other for other in events if other.kind == one.kind and other is not one])
            some = [sentence for text in draw.sample(real, TEXTS) for sentence in text]
            loss = _loss(head, (one, beside), draw.sample(some, min(SENTENCES, len(some))))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            rate.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: {total / len(events):.3f}", flush=True)
    return head.eval()


def _loss(head: ClaimHead, events: Sequence[Event], some: Sequence[Sentence]) -> Tensor:
    vectors, matters, first = [], [], 0
    for one in events:
        vectors.append(head(one.pieces, one.there))
        matters.append(one.matters + first)
        first += int(one.matters.max()) + 1
    real = head(*padded(some))
    matters.append(torch.arange(first, first + len(some)))
    general = torch.stack([one.vector for one in some])
    moved = ((real @ real.T - general @ general.T)[~torch.eye(len(some), dtype=torch.bool)] ** 2).mean()
    return contrastive_loss(torch.cat([*vectors, real]), torch.cat(matters), head.scale) + KEPT * moved


def attach(path: Path, head: ClaimHead) -> None:
    """Give the ONNX model the output "claim" (1, CLAIM), not yet of length 1; the one that it has is replaced."""
    model = onnx.load(str(path))
    graph = model.graph
    for field in (graph.node, graph.initializer):
        kept = [one for one in field if not one.name.startswith(PREFIX)]
        del field[:]
        field.extend(kept)
    outputs = [one for one in graph.output if one.name != "claim"]
    del graph.output[:]
    graph.output.extend([*outputs, helper.make_tensor_value_info("claim", TensorProto.FLOAT, [1, CLAIM])])
    for place, array in _arrays(head):
        graph.initializer.append(numpy_helper.from_array(array, f"{PREFIX}{place}"))
    graph.initializer.append(numpy_helper.from_array(np.asarray([1], np.int64), f"{PREFIX}axis"))
    value = _pieces(graph)
    for kind, other, made in (
        ("MatMul", "look", "looked"),
        ("Add", "look_bias", "seen"),
        ("Tanh", None, "bent"),
        ("MatMul", "weigh", "score"),
    ):
        value = _node(graph, kind, [value, *([f"{PREFIX}{other}"] if other else [])], made)
    value = _node(graph, "Softmax", [value], "weight", axis=1)
    value = _node(graph, "Mul", [value, _pieces(graph)], "weighed")
    value = _node(graph, "ReduceSum", [value, f"{PREFIX}axis"], "pooled", keepdims=0)
    value = _node(graph, "MatMul", [value, f"{PREFIX}value"], "mapped")
    graph.node.append(helper.make_node("Add", [value, f"{PREFIX}value_bias"], ["claim"], name=f"{PREFIX}claim"))
    path.write_bytes(model.SerializeToString())


def _node(graph: onnx.GraphProto, kind: str, inputs: Sequence[str], made: str, **attributes: int) -> str:
    name = f"{PREFIX}{made}"
    graph.node.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
    return name


def _arrays(head: ClaimHead) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """The head's weights as the graph multiplies them; what is added to every score alike changes nothing and is left out."""
    for name, layer in (("look", head.look), ("value", head.value)):
        yield name, layer.weight.detach().numpy().T.copy()
        yield f"{name}_bias", layer.bias.detach().numpy()
    yield "weigh", head.weigh.weight.detach().numpy().T.copy()


def _pieces(graph: onnx.GraphProto) -> str:
    """The value that holds the wordpieces' vectors: what the sentence vector is a mean of."""
    found = [
        n for node in graph.node for n in node.output if n.endswith("output/LayerNorm/LayerNormalization_output_0")
    ]
    return max(found, key=lambda name: int(name.split("layer.")[1].split("/")[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the exported reader")
    parser.add_argument("--claims", type=Path, default=CLAIMS)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder of the corpora, for sentences of real texts"
    )
    options = parser.parse_args()
    encoder = Encoder(options.weights)
    events = [event(kind, claims, encoder) for (kind, _), claims in read_claims(options.claims).items()]
    real = [list(encoder(text)) for text in real_texts(options.corpora) if text]
    kinds = Counter(one.kind for one in events)
    if few := sorted(kind for kind, count in kinds.items() if count < 2):
        parser.error(
            f"{options.claims}: one event only in {', '.join(few)}; each is trained beside another of its file"
        )
    if len(real) < TEXTS:
        parser.error(f"{options.corpora}: {len(real)} real texts, at least {TEXTS} are needed")
    print(f"{len(events)} events, {sum(len(one.matters) for one in events)} claims, {len(real)} real texts", flush=True)
    attach(options.weights / "reader.onnx", train(events, real))


if __name__ == "__main__":
    main()
