"""Pairs of claims of invented stories, as `kg` reads them out of the documents, and what holds between them.

    python -m training.story_pairs

prints what the shipped model says of those that it was not trained on.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from kg.reader import pair_outcomes, text_vectors
from training.news_pairs import area
from training.pair_texts import AGREE, CONFLICT, OTHER, Pair
from training.stories import STORIES, Story, stories, told

OUTCOMES: Final = {"same": AGREE, "support": AGREE, "compatible": AGREE, "conflict": CONFLICT, "other": OTHER}
"""What the network is to say of two claims of one story."""
NEAREST: Final = 5
"""Claims of other matters, nearest by claim vector, that each claim is paired with."""


def story_pairs(story: Story, nearest: int = NEAREST) -> Iterator[Pair]:
    """All pairs of one matter, and of different ones those that look alike."""
    claims = list(told(story))
    _, vectors = text_vectors("", [one.words for one in claims])
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
