"""Pairs of claims of invented stories, as `kg` reads them out of the documents, and what holds between them.

    python -m training.story_pairs

prints what the shipped model says of those that it was not trained on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.document import Span
from kg.reader import pair_outcomes, text_vectors
from training.news_pairs import area
from training.pair_texts import AGREE, CONFLICT, OTHER, Pair
from training.stories import STORIES, Mark, Story, read_tables, stories

OUTCOMES: Final = {"same": AGREE, "support": AGREE, "compatible": AGREE, "conflict": CONFLICT, "other": OTHER}
"""What the network is to say of two claims of one story."""
MATCHED: Final = 0.6
"""Least share of common words of a claim that is read and of a mark, for it to be the mark's."""
NEAREST: Final = 5
"""Claims of other matters, nearest by claim vector, that each claim is paired with."""
_WORD: Final = re.compile(r"\w+")


class Told(NamedTuple):
    """A claim of a story: its words, its answer, its vector."""

    words: str
    answer: str
    vector: npt.NDArray[np.float32]


def story_pairs(story: Story, nearest: int = NEAREST) -> Iterator[Pair]:
    """All pairs of one matter, and of different ones those that look alike."""
    claims = list(told(story))
    vectors = np.stack([one.vector for one in claims])
    cosines = vectors @ vectors.T
    hard = set[tuple[int, int]]()
    for n, one in enumerate(claims):
        order = np.argsort(-cosines[n], kind="stable").tolist()
        others = [m for m in order if story.relation(one.answer, claims[m].answer) == "other"]
        hard.update((min(n, m), max(n, m)) for m in others[:nearest])
    for n, m in combinations(range(len(claims)), 2):
        a, b = claims[n].words.lower(), claims[m].words.lower()
        relation = story.relation(claims[n].answer, claims[m].answer)
        again = relation == "same" and (a in b or b in a)
        if not again and (relation != "other" or (n, m) in hard):
            yield Pair(claims[n].words, claims[m].words, OUTCOMES[relation])


def told(story: Story) -> Iterator[Told]:
    """The claims that are marked, by the words of their marks; and by those that are read, where these say one and no more."""
    for document, table in zip(story.documents, read_tables(story.documents), strict=True):
        rows = [(one.answer, one.span.of(document.text)) for one in document.marks]
        for row in table.claims:
            found = marks_of(document.text, Span(row.start, row.end), document.marks)
            if len(found) == 1:
                rows.append((found[0].answer, row.quote))
        unlike = dict.fromkeys((answer, " ".join(words.split())) for answer, words in rows)
        _, vectors = text_vectors("", [words for _, words in unlike])
        yield from (Told(words, answer, vector) for (answer, words), vector in zip(unlike, vectors, strict=True))


def marks_of(text: str, span: Span, marks: Iterable[Mark]) -> list[Mark]:
    """The marks that a claim stands for: the one that it matches, or else all that it holds."""
    ours = _words(text, span)
    held = []
    for mark in marks:
        theirs = _words(text, mark.span)
        if len(ours & theirs) >= MATCHED * len(ours | theirs):
            return [mark]
        if theirs <= ours:
            held.append(mark)
    return held


def _words(text: str, span: Span) -> set[int]:
    return {one.start() for one in _WORD.finditer(text, span.start, span.end)}


def main() -> None:
    pairs = [pair for story in stories(STORIES / "held-out") for pair in story_pairs(story)]
    found = pair_outcomes([(one.a, one.b) for one in pairs])
    outcome = np.asarray([one.outcome for one in pairs])
    matter, conflict = 1 - found[:, OTHER], found[:, CONFLICT]
    contrary = conflict / np.maximum(matter, 0.01)
    print(f"{len(pairs)} pairs: other, agree, conflict {np.bincount(outcome)}")
    for name, scores, these, those in (
        ("one matter against others", matter, outcome != OTHER, outcome == OTHER),
        ("agreement against others", found[:, AGREE], outcome == AGREE, outcome == OTHER),
        ("conflict against others", conflict, outcome == CONFLICT, outcome == OTHER),
        ("conflict against agreement", contrary, outcome == CONFLICT, outcome == AGREE),
    ):
        print(f"{name}: AUC {area(scores[these], scores[those]):.3f}")


if __name__ == "__main__":
    main()
