"""Pairs of claims of real articles, labelled (see `training/news`).

    python -m training.news_pairs --corpora ../shared/corpora

prints what the shipped model says of those that it was not trained on.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.reader import pair_outcomes
from training.claim_texts import HELD_OUT
from training.corpora import lines
from training.pair_texts import AGREE, CONFLICT, OTHER, Pair

NEWS: Final = Path(__file__).parent / "news" / "pairs.tsv"
OUTCOMES: Final = {"same": AGREE, "support": AGREE, "conflict": CONFLICT, "other": OTHER}
"""What the network is to say; of what is compatible it learns nothing."""


class Labelled(NamedTuple):
    """The words of two claims of articles of which one part is trained on, and what holds between them."""

    part: str
    a: str
    b: str
    relation: str


def labelled(corpora: Path, file: Path = NEWS) -> Iterator[Labelled]:
    """The pairs, with the words that their characters stand for. Raises ValueError, naming file and line, for a damaged row."""
    articles = islice(lines(corpora / "attribution/polnear-train.jsonl.gz"), HELD_OUT)
    texts = {one["id"]: one["text"] for one in map(json.loads, articles)}
    with file.open(encoding="utf-8", newline="") as rows:
        for number, row in enumerate(csv.reader(rows, delimiter="\t"), 1):
            try:
                part, *places, relation = row
                first, second = (
                    " ".join(texts[places[n]][int(places[n + 1]) : int(places[n + 2])].split()) for n in (0, 3)
                )
            except (ValueError, KeyError, IndexError):
                raise ValueError(f"{file}, line {number}: no pair of places in known articles") from None
            yield Labelled(part, first, second, relation)


def news_pairs(corpora: Path) -> Iterator[Pair]:
    """The pairs to train on."""
    for one in labelled(corpora):
        if one.part == "train" and one.relation in OUTCOMES:
            yield Pair(one.a, one.b, OUTCOMES[one.relation])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora, for the articles")
    some = [one for one in labelled(parser.parse_args().corpora) if one.part == "held-out"]
    found = pair_outcomes([(one.a, one.b) for one in some])
    relation = np.asarray([one.relation for one in some])
    for name in dict.fromkeys((*OUTCOMES, "compatible")):
        means = ", ".join(f"{mean:.2f}" for mean in found[relation == name].mean(axis=0))
        print(f"{name}, {(relation == name).sum()} pairs: other, agree, conflict {means}")
    other = relation == "other"
    for name, scores, which in (
        ("one matter (same, conflict)", 1 - found[:, OTHER], np.isin(relation, ["same", "conflict"])),
        ("same", found[:, AGREE], relation == "same"),
        ("conflict", found[:, CONFLICT], relation == "conflict"),
    ):
        print(f"{name} against other: AUC {area(scores[which], scores[other]):.3f}")


def area(these: npt.NDArray[np.float32], those: npt.NDArray[np.float32]) -> float:
    """The area under the ROC curve: how often one of these scores is higher than one of those."""
    above = (these[:, None] > those[None]).mean() + (these[:, None] == those[None]).mean() / 2
    return float(above)


if __name__ == "__main__":
    main()
