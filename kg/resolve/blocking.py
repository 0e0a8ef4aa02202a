"""Which claims are worth comparing: those that share two of their rarest words, names or figures, or whose documents are kin.

Work by key only, on arrays. A key that too many claims share is not dropped: they are put in an order in which like ones stand
together, and each is compared with its neighbours (sorted neighbourhood, Hernández and Stolfo 1995). So the number of pairs grows
with the number of claims, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.resolve.aboutness import story
from kg.resolve.statement import Statement

Pairs = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int64]
"""Pairs of claims as one number each: the lesser's number times how many there are, plus the greater's."""

RAREST: Final = 7
"""Terms of a claim whose pairs are its keys."""
BLOCK: Final = 60
"""Claims of a key that are all compared with each other."""
NEIGHBOURS: Final = 20
"""Claims of a larger key that each is compared with."""
KIN: Final = 40
"""Documents of a name up to which sharing two such names makes kin of two of them."""
LEAST: Final = 0.36
"""Cosine below which two claims are compared only if they share most of their words."""
TWINS: Final = 0.9
"""Cosine from which claims are compared even of documents that have nothing else in common."""
CHUNK: Final = 1 << 18
"""Pairs that are looked at together: what bounds the memory."""


def terms(one: Statement) -> list[str]:
    """What a claim is found by: stems, names, figures; each once."""
    figures = {f"#{f.minimum:g}-{f.maximum:g}" for f in one.figures}
    return [*one.meanings, *(f"@{name}" for name in one.all_names), *figures]


def pairs(claims: Sequence[Statement]) -> Pairs:
    """Pairs (pairs, 2) of numbers of claims to be compared, the lesser first, sorted; each once."""
    if len(claims) < 2:
        return np.zeros((0, 2), np.int64)
    sieve = _Sieve(claims)
    kept = [sieve.promising(np.unique(codes)) for codes in _chunks(claims)]
    codes = np.unique(np.concatenate(kept)) if kept else np.zeros(0, np.int64)
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
    keys: list[int] = []
    owners: list[int] = []
    for number, some in enumerate(said):
        rarest = sorted(rank[term] for term in some if term in rank)[:RAREST]
        for i, a in enumerate(rarest):
            for b in rarest[i + 1 :]:
                keys.append(a * len(shared) + b)
                owners.append(number)
    for block in _equal(np.asarray(keys, np.int64), np.asarray(owners, np.int64)):
        yield _within(block, claims)


def _equal(keys: npt.NDArray[np.int64], owners: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """The owners of each key that has more than one, in order."""
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    bounds = np.flatnonzero(np.diff(keys)) + 1
    starts, ends = np.concatenate(([0], bounds)), np.concatenate((bounds, [len(keys)]))
    for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
        yield owners[start:end]


def _within(block: npt.NDArray[np.int64], claims: Sequence[Statement]) -> Codes:
    """The pairs of a block, ascending; of a large one those that stand near each other."""
    if len(block) <= BLOCK:
        i, j = np.triu_indices(len(block), 1)
        return block[i] * len(claims) + block[j]
    ordered = np.asarray(sorted(block.tolist(), key=lambda n: _order(claims[n])), np.int64)
    near = [(ordered[:-step], ordered[step:]) for step in range(1, NEIGHBOURS + 1)]
    a, b = (np.concatenate(side) for side in zip(*near, strict=True))
    return np.asarray(np.minimum(a, b) * len(claims) + np.maximum(a, b), np.int64)


def _order(one: Statement) -> tuple[float, int, str]:
    """An order in which claims of one figure and time stand together."""
    figure = one.figures[0].minimum if one.figures else -1.0
    day = one.story.day.first if one.story.day else 0
    return (figure, day, one.id)


def _by_kin(claims: Sequence[Statement]) -> Iterator[Codes]:
    """Claims of two documents that share two names which few documents have."""
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
    for code in codes[counts > 1].tolist():
        ours, theirs = numbers[code // stories], numbers[code % stories]
        yield (np.minimum.outer(ours, theirs) * len(claims) + np.maximum.outer(ours, theirs)).ravel()


class _Sieve:
    """Lets pairs pass that are worth a comparison: of kindred documents, with vectors or words alike."""

    def __init__(self, claims: Sequence[Statement]) -> None:
        self._claims = claims
        self._vectors = np.stack([one.vector for one in claims])
        self._story = np.asarray([one.story.number for one in claims])
        self._kin: dict[int, bool] = {}

    def promising(self, codes: Codes) -> Codes:
        """The pairs of kindred documents whose vectors are alike, or that share most of their words; and twins of any."""
        kept = [self._some(codes[start : start + CHUNK]) for start in range(0, len(codes), CHUNK)]
        return np.concatenate(kept) if kept else codes

    def _some(self, codes: Codes) -> Codes:
        first, second = codes // len(self._claims), codes % len(self._claims)
        cosine = np.concatenate(
            [
                np.einsum("ij,ij->i", self._vectors[first[at : at + 4096]], self._vectors[second[at : at + 4096]])
                for at in range(0, len(codes), 4096)
            ]
        )
        alike = cosine >= LEAST
        for at in np.flatnonzero(~alike):
            a, b = self._claims[int(first[at])].meanings, self._claims[int(second[at])].meanings
            alike[at] = 2 * len(a & b) > min(len(a), len(b)) > 0
        codes, first, second, cosine = codes[alike], first[alike], second[alike], cosine[alike]
        return codes[(cosine >= TWINS) | self._of_one_story(first, second)]

    def _of_one_story(self, first: Codes, second: Codes) -> npt.NDArray[np.bool_]:
        """Which pairs stand in documents that are about one story; every pair of documents is looked at once."""
        size = int(self._story.max()) + 1
        stories = self._story[first] * size + self._story[second]
        distinct, at, back = np.unique(stories, return_index=True, return_inverse=True)
        known = np.zeros(len(distinct), bool)
        for place, (code, where) in enumerate(zip(distinct.tolist(), at.tolist(), strict=True)):
            if code not in self._kin:
                a, b = self._claims[int(first[where])].story, self._claims[int(second[where])].story
                self._kin[code] = story(a, b) > 0
            known[place] = self._kin[code]
        return np.asarray(known[back], bool)
