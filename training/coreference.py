"""Coreference on GUM dev: MUC, B³, CEAF-e and their mean (the CoNLL-2012 score), mentions matched exactly.

    python -m training.coreference --corpora ../shared/corpora [--weights FOLDER]

Clusters of one mention are left out on both sides, as CorefUD's scorer does by default. Tokens are given; everything else,
sentences included, is the reader's.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.reader.analysis import Analysis
from kg.reader.model import Model
from training.corpora import Mention, Text, mentions_of

Span = tuple[int, int]
Clusters = Sequence[frozenset[Span]]


@dataclass(frozen=True, slots=True)
class CoreferenceScores:
    """F1 in percent: mentions, MUC (Vilain et al. 1995), B³ (Bagga, Baldwin 1998), CEAF-e (Luo 2005), the mean of the three."""

    mentions: float
    muc: float
    b3: float
    ceafe: float
    conll: float


def coreference_scores(path: Path, network: Model) -> CoreferenceScores:
    """The reader's clusters against a treebank's."""
    pairs = [(_gold(mentions), read(text, network)) for text, mentions in mentions_of(path)]
    sums = {name: np.zeros(4) for name in ("mentions", "muc", "b3", "ceafe")}
    for gold, ours in pairs:
        known, found = frozenset().union(*gold), frozenset().union(*ours)
        both = len(known & found)
        sums["mentions"] += (both, len(known), both, len(found))
        sums["muc"] += (*_muc(gold, ours), *_muc(ours, gold))
        sums["b3"] += (*_b3(gold, ours), *_b3(ours, gold))
        sums["ceafe"] += _ceafe(gold, ours)
    f1 = {name: _f1(*values) for name, values in sums.items()}
    return CoreferenceScores(**f1, conll=(f1["muc"] + f1["b3"] + f1["ceafe"]) / 3)


def _gold(mentions: Sequence[Mention]) -> list[frozenset[Span]]:
    size = Counter(m.cluster for m in mentions)
    kept = sorted({m.cluster for m in mentions if size[m.cluster] > 1})
    return [frozenset((m.first, m.end) for m in mentions if m.cluster == c) for c in kept]


def read(text: Text, network: Model) -> list[frozenset[Span]]:
    """The reader's clusters on given tokens."""
    return [frozenset(cluster) for cluster in Analysis(text.words, np.asarray(text.gaps, np.int64), network).clusters]


def _f1(right: float, gold: float, correct: float, found: float) -> float:
    recall, precision = right / max(gold, 1e-9), correct / max(found, 1e-9)
    return 200 * recall * precision / max(recall + precision, 1e-9)


def _where(clusters: Clusters) -> dict[Span, int]:
    return {span: i for i, cluster in enumerate(clusters) for span in cluster}


def _muc(keys: Clusters, others: Clusters) -> tuple[float, float]:
    """Links of `keys` that `others` keep, and all of them."""
    where = _where(others)
    kept = sum(len(k) - len({where.get(s, (s,)) for s in k}) for k in keys)
    return kept, sum(len(k) - 1 for k in keys)


def _b3(keys: Clusters, others: Clusters) -> tuple[float, float]:
    """The share of each mention's cluster that `others` hold together, summed over mentions; and the mentions."""
    where = _where(others)
    total = sum(sum(n * n for n in Counter(where[s] for s in k if s in where).values()) / len(k) for k in keys)
    return total, sum(len(k) for k in keys)


def _ceafe(gold: Clusters, ours: Clusters) -> tuple[float, float, float, float]:
    """Similarity of the best one-to-one alignment of clusters, with the number of clusters on either side."""
    if not gold or not ours:
        return 0, len(gold), 0, len(ours)
    alike = np.asarray([[2 * len(g & o) / (len(g) + len(o)) for o in ours] for g in gold])
    rows, columns = linear_sum_assignment(-alike)
    best = float(alike[rows, columns].sum())
    return best, len(gold), best, len(ours)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="another model than the shipped one")
    options = parser.parse_args()
    network = Model(options.weights) if options.weights else Model()
    s = coreference_scores(options.corpora / "syntax/gum-dev.conllu.gz", network)
    print(f"GUM dev mentions {s.mentions:.1f} MUC {s.muc:.1f} B3 {s.b3:.1f} CEAFe {s.ceafe:.1f} CoNLL {s.conll:.1f}")


if __name__ == "__main__":
    main()
