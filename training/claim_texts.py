"""What claim vectors are fitted on: claims of invented events, and sentences of real texts."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Final

import numpy as np

from training.corpora import conllu, lines

HELD_OUT: Final = 600
"""First articles of PolNeAR's training part, which are left out: what is found in them tells how the vectors do in news."""
WORDS: Final = range(5, 36)
"""Words of a real sentence."""
EACH: Final = 40
"""Sentences of a real text, at most."""
FEWEST: Final = 10
"""The same, at least."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


def read_rows(folder: Path) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """(File, event) → its claims: (matter, relation, words). Raises ValueError, naming file and line, for a row of other than 4
    cells."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if len(row) != 4:
                    raise ValueError(
                        f"{path}, line {number}: {len(row)} cells instead of event, matter, relation, words"
                    )
                found[path.stem, row[0]].append((row[1], row[2], row[3]))
    return dict(found)


def read_claims(folder: Path) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(File, event) → its claims: (matter, words). Raises as `read_rows` does."""
    return {event: [(matter, words) for matter, _, words in rows] for event, rows in read_rows(folder).items()}


def real_texts(corpora: Path) -> Iterator[list[str]]:
    """Sentences of real texts, a list a text: articles of PolNeAR's training part, EWT's and GUM's training parts."""
    return (text for text in _texts(corpora) if len(text) >= FEWEST)


def _texts(corpora: Path) -> Iterator[list[str]]:
    for line in islice(lines(corpora / "attribution/polnear-train.jsonl.gz"), HELD_OUT, None):
        paragraphs = json.loads(line)["text"].split("\n")
        yield _usable(one for paragraph in paragraphs for one in _SENTENCE_END.split(paragraph))
    for part in ("ewt", "gum"):
        for text in conllu(corpora / f"syntax/{part}-train.conllu.gz"):
            cuts = [*np.flatnonzero(text.starts or [1]).tolist(), len(text.words)]
            yield _usable(" ".join(text.words[a:b]) for a, b in pairwise(cuts))


def _usable(sentences: Iterable[str]) -> list[str]:
    return list(islice((s.strip() for s in sentences if len(s.split()) in WORDS), EACH))
