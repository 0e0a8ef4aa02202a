"""How well propositions are read: the protocol of CaRB (Bhardwaj, Aggarwal and Mausam, EMNLP 2019, D19-1651).

    python -m training.carb --corpora FOLDER

prints precision, recall and F1 of the reader's propositions on the development part. A proposition becomes a tuple as
CaRB writes them: subject, predicate, then the object and the other arguments in the order of the text. Gold and predicted
tuples are compared word by word and part by part, all arguments after the first taken together ("binary lenient"); a word
counts once for each time that both have it. Relations must share a word, as in the scorer that the authors published after
the paper (its first version was some four points more lenient). A gold tuple's recall is that of its best match, which several
gold tuples may share; precision is that of a greedy one-to-one matching, over all predicted tuples. The figures are sums
over all sentences. A tuple without a second argument matches nothing.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEV = Path("openie") / "carb-dev.tsv.gz"

SAYING = frozenset("say says said saying tell tells told telling add adds added adding".split())
BEING = frozenset("am are is was were been being".split())
"""What "be" in a predicted relation stands for."""

Predictor = Callable[[str], "list[Triple]"]


@dataclass(frozen=True, slots=True)
class Triple:
    """Words of the relation, of its first argument, and of all its other arguments."""

    relation: tuple[str, ...]
    first: tuple[str, ...]
    rest: tuple[str, ...]

    @classmethod
    def of(cls, relation: str, arguments: Sequence[str]) -> Triple:
        """A tuple from texts whose words are separated by white space."""
        return cls(tuple(relation.split()), tuple(arguments[0].split()), tuple(" ".join(arguments[1:]).split()))

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        return self.relation, self.first, self.rest


@dataclass(frozen=True, slots=True)
class Score:
    """Sums of matched shares and of tuples, from which the figures are made (each 0 to 1)."""

    matched_precision: float = 0.0
    predicted: int = 0
    matched_recall: float = 0.0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.matched_precision + other.matched_precision,
            self.predicted + other.predicted,
            self.matched_recall + other.matched_recall,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return self.matched_precision / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.matched_recall / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def match(gold: Triple, predicted: Triple) -> tuple[float, float]:
    """Token precision and recall of one predicted tuple against one gold tuple.

    Nothing matches where the relations share no word. Tuples of saying may have their arguments the other way round.
    """
    found = _overlap(gold, predicted)
    if SAYING.isdisjoint(gold.relation):
        return found
    return max(found, _overlap(gold, Triple(predicted.relation, predicted.rest, predicted.first)))


def _overlap(gold: Triple, predicted: Triple) -> tuple[float, float]:
    if not predicted.rest or not predicted.first:
        return 0.0, 0.0
    shared = [_shared(ours, theirs) for ours, theirs in zip(predicted.parts, gold.parts, strict=True)]
    if "be" in predicted.relation and "be" not in gold.relation and not BEING.isdisjoint(gold.relation):
        shared[0] += 1
    if not shared[0]:
        return 0.0, 0.0
    said, meant = (sum(map(len, one.parts)) for one in (predicted, gold))
    return sum(shared) / said, sum(shared) / meant


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    return (Counter(ours) & Counter(theirs)).total()


def score_sentence(gold: Sequence[Triple], predicted: Sequence[Triple]) -> Score:
    """The score of one sentence's tuples."""
    table = [[match(one, other) for other in predicted] for one in gold]
    recall = sum(max((recall for _, recall in row), default=0.0) for row in table)
    return Score(_greedy(table), len(predicted), recall, len(gold))


def _greedy(table: Sequence[Sequence[tuple[float, float]]]) -> float:
    """The sum of precisions of a one-to-one matching that takes the best pair first."""
    pairs = sorted(
        ((precision, i, j) for i, row in enumerate(table) for j, (precision, _) in enumerate(row)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    rows: set[int] = set()
    columns: set[int] = set()
    total = 0.0
    for precision, i, j in pairs:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            total += precision
    return total


def score(gold: Mapping[str, Sequence[Triple]], predict: Predictor) -> Score:
    """The score over all sentences of a gold standard."""
    return sum((score_sentence(tuples, predict(sentence)) for sentence, tuples in gold.items()), Score())


def read_gold(path: Path) -> dict[str, list[Triple]]:
    """Sentence (words separated by blanks) → its gold tuples, from lines of sentence, relation, arguments."""
    gold: dict[str, list[Triple]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            sentence, relation, *arguments = line.rstrip("\n").split("\t")
            gold.setdefault(" ".join(sentence.split()), []).append(Triple.of(relation, arguments))
    return gold


def triples(propositions: Iterable[Mapping[str, Any]], text: str) -> Iterator[Triple]:
    """Propositions, as `sentence_propositions` returns them, as CaRB's tuples; those with one argument are left out."""
    for one in propositions:
        rest = [part for part in (one["object"], *(a["spans"] for a in one["arguments"])) if part]
        if one["subject"] and rest:
            words = [" ".join(text[s:e] for s, e in part) for part in (one["subject"], *sorted(rest))]
            yield Triple.of(one["predicate"]["text"], words)


def reader() -> Predictor:
    """The reader of the package, given words as they stand between blanks."""
    from kg.claims.propositions import sentence_propositions
    from kg.reader import load

    component: Any = load().get_pipe("kg_reader")

    def predict(sentence: str) -> list[Triple]:
        return list(triples(sentence_propositions(component.pretokenized(sentence)), sentence))

    return predict


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Score the reader's propositions as CaRB does.")
    parser.add_argument("--corpora", type=Path, required=True, help="Folder of the corpora.")
    found = score(read_gold(parser.parse_args().corpora / DEV), reader())
    print(f"precision {found.precision:.1%}, recall {found.recall:.1%}, F1 {found.f1:.1%}")
    print(f"{found.predicted:,} predicted tuples, {found.gold:,} gold tuples")


if __name__ == "__main__":
    main()
