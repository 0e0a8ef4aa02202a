"""Pairs of claims that agree, that conflict, or that are of different matters: of invented events, and of real texts."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from kg.reader.claims import ClaimModel
from training.claim_texts import read_rows

OTHER, AGREE, CONFLICT = 0, 1, 2
"""Places in `kg.reader.pairs.OUTCOMES`."""
OTHERS: Final = 90
"""Pairs of different matters of an event."""
LIKE: Final = 0.25
"""Part of the shorter claim's words that most such pairs share: others are told apart at a glance."""
UNLIKE: Final = 0.15
"""Part of the pairs that share less which are taken all the same."""
NEAR: Final = (0.3, 0.75)
"""Cosines of claim vectors between which sentences of two real articles are taken to be of different matters: below nobody will
compare them, above the two may be one."""
NEIGHBOURS: Final = 1
"""Such sentences for each; another one is the nearest of its own text, which seldom says a thing twice."""
_FIGURE: Final = re.compile(r"(?<![\w.,$€£/:-])\d{1,3}(?:,\d{3})*(?![\w/:]|[.,]\d)")
_CLAUSE: Final = re.compile(r",\s+(?:and|but|which|who|while|after|as|because|although|when)\b")
_FEWEST: Final = 7
"""Words that must be left of a sentence without its last clause."""


Row = tuple[str, str, str]
"""A claim of an invented event: its matter, its relation to it, its words."""


class Pair(NamedTuple):
    """The words of two claims, and which of OTHER, AGREE, CONFLICT they are."""

    a: str
    b: str
    outcome: int


def invented_pairs(folder: Path, draw: random.Random) -> Iterator[Pair]:
    """Pairs of claims of invented events (see `training/claims`): those that agree twice, so that there are as many of either."""
    for event in read_rows(folder).values():
        yield from told_pairs(event)
        yield from islice(other_pairs(event, draw), OTHERS)


def told_pairs(event: Sequence[Row]) -> Iterator[Pair]:
    """Pairs of the claims of an event that are of one matter."""
    matters: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for matter, relation, words in event:
        matters[matter][relation].append(words)
    for told in matters.values():
        yield from (Pair(a, b, AGREE) for _ in range(2) for a, b in combinations(told["same"], 2))
        yield from (Pair(a, b, CONFLICT) for a in told["same"] for b in told["conflict"])


def other_pairs(event: Sequence[Row], draw: random.Random) -> Iterator[Pair]:
    """Pairs of the claims of an event that are of different matters, without end; none where all are of one."""
    while len({matter for matter, *_ in event}) > 1:
        (one, _, a), (other, _, b) = draw.sample(event, 2)
        if one != other and (_overlap(a, b) > LIKE or draw.random() < UNLIKE):
            yield Pair(a, b, OTHER)


def _overlap(a: str, b: str) -> float:
    ours, theirs = (set(re.findall(r"\w+", text.lower())) for text in (a, b))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def real_pairs(texts: Sequence[Sequence[str]], model: ClaimModel, draw: random.Random) -> Iterator[Pair]:
    """Sentences of two real texts that look alike, of different matters; and sentences beside themselves with another figure, or
    without their last clause: what is nearly the same in the words of the news conflicts, or agrees."""
    rows = [(number, sentence) for number, text in enumerate(texts) for sentence in text]
    of = np.asarray([number for number, _ in rows])
    vectors = model.vectors([sentence for _, sentence in rows])
    for at, (number, sentence) in enumerate(rows):
        cosines = vectors @ vectors[at]
        own = of == number
        if own.sum() > 1:
            nearest = np.argsort(-np.where(own & (np.arange(len(rows)) != at), cosines, -1), kind="stable")[0]
            yield Pair(sentence, rows[int(nearest)][1], OTHER)
        cosines[own] = -1
        fit = np.flatnonzero((cosines > NEAR[0]) & (cosines < NEAR[1]))
        for other in fit[np.argsort(-cosines[fit], kind="stable")][:NEIGHBOURS]:
            yield Pair(sentence, rows[int(other)][1], OTHER)
        yield from _changed(sentence, draw)


def _changed(sentence: str, draw: random.Random) -> Iterator[Pair]:
    """A sentence without its last clause beside itself, and beside itself with another figure."""
    clauses = [one.start() for one in _CLAUSE.finditer(sentence)]
    short = sentence[: clauses[-1]] + "." if clauses else sentence
    if len(short.split()) < _FEWEST:
        return
    if short != sentence:
        yield Pair(short, sentence, AGREE)
    figure = _FIGURE.search(short)
    if figure:
        yield Pair(short[: figure.start()] + _other(figure.group(), draw) + short[figure.end() :], sentence, CONFLICT)


def _other(figure: str, draw: random.Random) -> str:
    number = int(figure.replace(",", ""))
    if 1900 <= number <= 2100 and "," not in figure:
        return str(number + draw.choice((-3, -2, -1, 1, 2, 3)))
    other = max(1, round(number * draw.choice((0.4, 0.6, 0.8, 0.9, 1.2, 1.4, 2, 3)))) + (number < 5)
    return f"{other:,}" if "," in figure else str(other)
