"""Fit coreference on GUM's training part with the network frozen: its two heads, and the tables of `kg.reader.coreference`.

    python -m training.antecedents --corpora ../shared/corpora --checkpoint build/reader/checkpoint.pt --encoder FOLDER \
        --weights kg/reader/weights

In training, a window sees few antecedents and other heads need the gradient more; here whole documents are seen. WEIGHTS is
the exported model, which says what is a noun, its tree and its names, as it will when the fitted heads are used. The
result goes into the checkpoint, to be exported again. Every eighth document is held out and says when to stop.
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from kg.reader import coreference
from kg.reader.analysis import Analysis
from kg.reader.coreference import ALONE, REACH, TABLES
from kg.reader.features import shape, wordpieces
from kg.reader.model import CLS, SEP, Model
from kg.reader.windows import likely_starts, weights, windows
from training.corpora import Text, conllu
from training.export import load_reader
from training.model import COREFERENCE, Reader

EPOCHS, TABLE_RATE, HEAD_RATE, DECAY, DROPOUT, HELD_OUT = 20, 0.02, 5e-4, 1e-4, 0.3, 8


def states(text: Text, reader: Reader, network: Model) -> Tensor:
    """What the first BiLSTM makes of each word, (words, 512), from the window that knows the word best."""
    gaps = np.asarray(text.gaps, np.int64)
    ids, begins = wordpieces(network.tokenizer, text.words)
    shapes = np.asarray([shape(word) for word in text.words], np.int64)
    found = torch.zeros(len(text.words), 2 * reader.lstm.hidden_size)
    best = np.zeros(len(text.words), np.float32)
    for window in windows(begins, likely_starts(text.words, gaps)):
        a, b = window.first, window.end
        layout = gaps[a:b].copy()
        layout[0] = max(layout[0], 1)
        given = np.concatenate(([CLS], ids[begins[a] : begins[b]], [SEP]))
        arrays = (given, begins[a:b] - begins[a] + 1, shapes[a:b], layout)
        pieces, first, form, gap = (torch.from_numpy(x).unsqueeze(0) for x in arrays)
        with torch.no_grad():
            words = reader.words(reader.pieces(pieces, torch.ones_like(pieces)), first, form, gap)
            seen = reader.lstm(words)[0][0]
        weight = weights(window, begins)
        better = torch.from_numpy(weight > best[a:b])
        found[a:b][better] = seen[better]
        best[a:b] = np.maximum(best[a:b], weight)
    return found


class Example:
    """A document: states of its nominals, indices into the tables for each pair, and which pairs are right."""

    def __init__(self, text: Text, network: Model, reader: Reader) -> None:
        of = Analysis(text.words, np.asarray(text.gaps, np.int64), network).nominals
        assert text.clusters is not None
        count = len(of.at)
        everything = np.arange(count)
        self.states = states(text, reader, network)[torch.from_numpy(of.at)]
        near = (everything[None] < everything[:, None]) & (everything[None] >= everything[:, None] - REACH)
        self.rows, self.columns = (torch.from_numpy(x) for x in np.nonzero(near))
        index = coreference.pairs(of, everything, everything)
        self.pairs = {
            n: _flat([torch.from_numpy(np.broadcast_to(x, near.shape)[near]) for x in i], TABLES[n])
            for n, i in index.items()
        }
        self.alone = {n: _flat([torch.from_numpy(x) for x in i], ALONE[n]) for n, i in of.alone().items()}
        cluster = torch.tensor([text.clusters[i] for i in of.at])
        self.right = (cluster[self.rows] == cluster[self.columns]) & (cluster[self.rows] >= 0)
        self.first = torch.ones(count, dtype=torch.bool)
        self.first[self.rows[self.right]] = False


def _flat(indices: list[Tensor], sizes: tuple[int, ...]) -> Tensor:
    found = torch.zeros_like(indices[0])
    for index, size in zip(indices, sizes, strict=True):
        found = found * size + index
    return found.int()


class Scorer(nn.Module):
    """The heads of mention and antecedent, and the tables."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.mention = copy.deepcopy(reader.grammar_heads["mention"])
        self.antecedent = copy.deepcopy(reader.grammar_heads["antecedent"])
        self.no_antecedent = nn.Parameter(reader.no_antecedent.detach().clone())
        shapes = {**TABLES, **ALONE}
        self.tables = nn.ParameterDict({n: nn.Parameter(torch.zeros(shape)) for n, shape in shapes.items()})
        self.dropout = nn.Dropout(DROPOUT)

    def loss(self, one: Example) -> Tensor:
        """Negative log likelihood of a document's antecedents, a word (marginal: Lee et al. 2017)."""
        seen = self.dropout(one.states)
        asker, key = self.mention(seen), self.antecedent(seen)
        scores = (asker @ key.T * COREFERENCE**-0.5)[one.rows, one.columns]
        for name, index in one.pairs.items():
            scores = scores + self.tables[name].flatten().index_select(0, index)
        alone = asker @ self.no_antecedent
        for name, index in one.alone.items():
            alone = alone + self.tables[name].flatten().index_select(0, index)
        top = scores.max().detach().clamp(min=float(alone.max().detach()))
        weight = torch.exp(scores - top)
        total = torch.exp(alone - top).index_add(0, one.rows, weight)
        right = (torch.exp(alone - top) * one.first).index_add(0, one.rows[one.right], weight[one.right])
        return -(torch.log(right.clamp(min=1e-30)) - torch.log(total)).mean()


def fit(examples: list[Example], reader: Reader) -> Scorer:
    """The scorer at the epoch that does best on the held-out documents."""
    torch.manual_seed(1)
    held, learnt = examples[::HELD_OUT], [e for i, e in enumerate(examples) if i % HELD_OUT]
    scorer = Scorer(reader)
    tables = list(scorer.tables.parameters())
    heads = [p for n, p in scorer.named_parameters() if not n.startswith("tables.")]
    adam = torch.optim.AdamW(
        [{"params": tables, "lr": TABLE_RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=DECAY
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda s: 1 - s / (EPOCHS * len(learnt)))
    best, least = copy.deepcopy(scorer), float("inf")
    for epoch in range(EPOCHS):
        scorer.train()
        total = 0.0
        for i in torch.randperm(len(learnt)).tolist():
            adam.zero_grad()
            loss = scorer.loss(learnt[i])
            loss.backward()
            adam.step()
            schedule.step()
            total += loss.item()
        scorer.eval()
        with torch.no_grad():
            unseen = sum(scorer.loss(e).item() for e in held) / len(held)
        if unseen < least:
            best, least = copy.deepcopy(scorer), unseen
        print(f"epoch {epoch} loss {total / len(learnt):.4f}, held out {unseen:.4f}", flush=True)
    return best


def put(state: dict[str, Any], scorer: Scorer) -> None:
    """The fitted heads into a checkpoint's averaged weights, its tables beside them; the old distance scores are in these."""
    average = state["average"]
    for name in ("mention", "antecedent"):
        for part, value in getattr(scorer, name).state_dict().items():
            average[f"grammar_heads.{name}.{part}"] = value
    average["no_antecedent"] = scorer.no_antecedent.detach()
    state["coreference"] = {n: t.detach() for n, t in scorer.tables.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    options = parser.parse_args()
    network, (reader, _) = Model(options.weights), load_reader(options.checkpoint, options.encoder)
    texts = list(conllu(options.corpora / "syntax/gum-train.conllu.gz", entities=True))
    scorer = fit([Example(text, network, reader) for text in texts], reader)
    state = torch.load(options.checkpoint, map_location="cpu")
    put(state, scorer)
    torch.save(state, options.checkpoint.with_suffix(".tmp"))
    options.checkpoint.with_suffix(".tmp").replace(options.checkpoint)


if __name__ == "__main__":
    main()
