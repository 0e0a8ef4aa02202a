"""Which claims are worth comparing: those that share two of their rarest words, names or figures, or whose documents are kin.

Work by key only, on arrays. A key that too many claims share is not dropped: they are put in an order in which like ones stand
together, and each is compared with its neighbours (sorted neighbourhood, Hernández and Stolfo 1995). So the number of pairs grows
with the number of claims, not with its square.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.resolve.pairwise import Codes, distinct
from kg.resolve.sieve import Sieve
from kg.resolve.statement import Statement

Pairs = npt.NDArray[np.int64]

RAREST: Final = 7
"""Terms of a claim whose pairs are its keys."""
BLOCK: Final = 60
"""Claims of a key that are all compared with each other."""
NEIGHBOURS: Final = 20
"""Claims of a larger key that each is compared with."""
KIN: Final = 40
"""Documents of a name up to which sharing two such names makes kin of two of them."""
WEEK: Final = 7
"""Days between documents within which sharing one such name is enough."""
CHUNK: Final = 1 << 21
"""Pairs that are looked at together: what bounds the memory."""


def terms(one: Statement) -> list[str]:
    """What a claim is found by: stems, names, figures; each once."""
    figures = {f"#{f.minimum:g}-{f.maximum:g}" for f in one.figures}
    return [*one.meanings, *(f"@{name}" for name in one.all_names), *figures]


def pairs(claims: Sequence[Statement]) -> Pairs:
    """Pairs (pairs, 2) of numbers of claims to be compared, the lesser first, sorted; each once."""
    if len(claims) < 2:
        return np.zeros((0, 2), np.int64)
    sieve = Sieve(claims)
    kept = [sieve.promising(distinct(codes)) for codes in _chunks(claims)]
    codes = distinct(np.concatenate(kept)) if kept else np.zeros(0, np.int64)
    return np.stack([codes // len(claims), codes % len(claims)], axis=1)


def _chunks(claims: Sequence[Statement]) -> Iterator[Codes]:
    """The candidates, some at a time; a pair may come more than once."""
    held: list[Codes] = []
    size = 0
    for some in chain(_by_terms(claims), _by_kin(claims)):
        held.append(some)
        size += len(some)
        if size >= CHUNK:
            yield np.concatenate(held)
            held, size = [], 0
    if held:
        yield np.concatenate(held)


def _by_terms(claims: Sequence[Statement]) -> Iterator[Codes]:
    """Claims that share two of their rarest terms. Terms that one claim only has are no use."""
    said = [terms(one) for one in claims]
    often = Counter(term for some in said for term in some)
    shared = sorted((term for term, count in often.items() if count > 1), key=lambda term: (often[term], term))
    rank = {term: place for place, term in enumerate(shared)}
    keys, owners = array("q"), array("q")
    for number, some in enumerate(said):
        rarest = sorted(rank[term] for term in some if term in rank)[:RAREST]
        for i, a in enumerate(rarest):
            for b in rarest[i + 1 :]:
                keys.append(a * len(shared) + b)
                owners.append(number)
    place = _places(claims)
    for block in _equal(np.asarray(keys, np.int64), np.asarray(owners, np.int64)):
        yield _within(block, place)


def _equal(keys: npt.NDArray[np.int64], owners: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """The owners of each key that has more than one, in order."""
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    bounds = np.flatnonzero(np.diff(keys)) + 1
    starts, ends = np.concatenate(([0], bounds)), np.concatenate((bounds, [len(keys)]))
    for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
        yield owners[start:end]


def _places(claims: Sequence[Statement]) -> npt.NDArray[np.int64]:
    """For each claim its place in the order in which like ones stand together."""
    place = np.empty(len(claims), np.int64)
    place[sorted(range(len(claims)), key=lambda n: _order(claims[n]))] = np.arange(len(claims))
    return place


@lru_cache(maxsize=BLOCK + 1)
def _each(size: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    i, j = np.triu_indices(size, 1)
    return i, j


def _within(block: npt.NDArray[np.int64], place: npt.NDArray[np.int64]) -> Codes:
    """The pairs of a block, ascending; of a large one those that stand near each other."""
    number = len(place)
    if len(block) <= BLOCK:
        i, j = _each(len(block))
        return block[i] * number + block[j]
    ordered = block[np.argsort(place[block])]
    near = [(ordered[:-step], ordered[step:]) for step in range(1, NEIGHBOURS + 1)]
    a, b = (np.concatenate(side) for side in zip(*near, strict=True))
    return np.asarray(np.minimum(a, b) * number + np.maximum(a, b), np.int64)


def _order(one: Statement) -> tuple[float, int, str]:
    """An order in which claims of one figure and time stand together."""
    figure = one.figures[0].minimum if one.figures else -1.0
    day = one.story.day.first if one.story.day else 0
    return (figure, day, one.id)


def _by_kin(claims: Sequence[Statement]) -> Iterator[Codes]:
    """Claims of two documents that share two names which few documents have, or one and are of one week."""
    of: dict[int, list[int]] = defaultdict(list)
    named: dict[str, list[int]] = defaultdict(list)
    for one in claims:
        if one.story.number not in of:
            for name in one.story.names:
                named[name].append(one.story.number)
        of[one.story.number].append(one.number)
    stories = max(of) + 1
    found = []
    for documents in named.values():
        if 1 < len(documents) <= KIN:
            block = np.asarray(sorted(documents), np.int64)
            i, j = np.triu_indices(len(block), 1)
            found.append(block[i] * stories + block[j])
    if not found:
        return
    codes, counts = np.unique(np.concatenate(found), return_counts=True)
    numbers = {story: np.asarray(some, np.int64) for story, some in of.items()}
    day = np.full((stories, 2), -1, np.int64)
    for one in claims:
        if one.story.day:
            day[one.story.number] = one.story.day.first, one.story.day.last
    a, b = day[codes // stories], day[codes % stories]
    gap = np.maximum(a[:, 0] - b[:, 1], b[:, 0] - a[:, 1])
    week = (gap < WEEK) & (a[:, 0] >= 0) & (b[:, 0] >= 0)
    for code in codes[(counts > 1) | week].tolist():
        ours, theirs = numbers[code // stories], numbers[code % stories]
        yield (np.minimum.outer(ours, theirs) * len(claims) + np.maximum.outer(ours, theirs)).ravel()
