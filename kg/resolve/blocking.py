"""Which claims are worth comparing: those that share two of their rarest words, names or figures, or whose documents are kin.

Work by key only. A key that too many claims share is not dropped: they are put in an order in which like ones stand together, and
each is compared with its neighbours (sorted neighbourhood, Hernández and Stolfo 1995). So the number of pairs grows with the
number of claims, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.resolve.aboutness import story
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
LEAST: Final = 0.36
"""Cosine below which two claims are compared only if they share most of their words."""
TWINS: Final = 0.9
"""Cosine from which claims are compared even of documents that have nothing else in common."""


def terms(one: Statement) -> list[str]:
    """What a claim is found by: stems, names, figures."""
    figures = (f"#{f.minimum:g}-{f.maximum:g}" for f in one.figures)
    return [*one.meanings, *(f"@{name}" for name in one.all_names), *figures]


def pairs(claims: Sequence[Statement]) -> Pairs:
    """Pairs (pairs, 2) of numbers of claims to be compared, the lesser first, sorted; each once."""
    if len(claims) < 2:
        return np.zeros((0, 2), np.int64)
    found = [np.asarray(list(_within(block, claims)), np.int64) for block in _blocks(claims)]
    codes = [block[:, 0] * len(claims) + block[:, 1] for block in found if len(block)]
    if not codes:
        return np.zeros((0, 2), np.int64)
    unique = np.unique(np.concatenate(codes))
    return _promising(np.stack([unique // len(claims), unique % len(claims)], axis=1), claims)


def _blocks(claims: Sequence[Statement]) -> Iterator[list[int]]:
    said = [terms(one) for one in claims]
    often = Counter(term for some in said for term in some)
    keyed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, some in enumerate(said):
        rarest = sorted(some, key=lambda term: (often[term], term))[:RAREST]
        for key in combinations(sorted(rarest), 2):
            if min(often[key[0]], often[key[1]]) > 1:
                keyed[key].append(number)
    yield from (block for block in keyed.values() if len(block) > 1)
    keyed.clear()
    yield from _kin(claims)


def _kin(claims: Sequence[Statement]) -> Iterator[list[int]]:
    """Claims of two documents that share two names which few documents have."""
    of: dict[int, list[int]] = defaultdict(list)
    named: dict[str, list[int]] = defaultdict(list)
    for one in claims:
        if one.story.number not in of:
            for name in one.story.names:
                named[name].append(one.story.number)
        of[one.story.number].append(one.number)
    shared: Counter[tuple[int, int]] = Counter()
    for documents in named.values():
        if len(documents) <= KIN:
            shared.update(combinations(sorted(documents), 2))
    for (a, b), names in shared.items():
        if names > 1:
            yield [*of[a], *of[b]]


def _within(block: list[int], claims: Sequence[Statement]) -> Iterable[tuple[int, int]]:
    if len(block) <= BLOCK:
        return combinations(block, 2)
    ordered = sorted(block, key=lambda n: _order(claims[n]))
    near = ((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 : i + 1 + NEIGHBOURS])
    return ((a, b) if a < b else (b, a) for a, b in near)


def _order(one: Statement) -> tuple[float, int, str]:
    """An order in which claims of one figure and time stand together."""
    figure = one.figures[0].minimum if one.figures else -1.0
    day = one.story.day.first if one.story.day else 0
    return (figure, day, one.id)


def _promising(found: Pairs, claims: Sequence[Statement], chunk: int = 1 << 16) -> Pairs:
    """The pairs of kindred documents whose vectors are alike, or that share most of their words; or all but the same ones."""
    vectors = np.stack([one.vector for one in claims])
    story_of = np.asarray([one.story.number for one in claims])
    kin: dict[tuple[int, int], bool] = {}
    kept = []
    for start in range(0, len(found), chunk):
        part = found[start : start + chunk]
        cosine = np.einsum("ij,ij->i", vectors[part[:, 0]], vectors[part[:, 1]])
        alike = cosine >= LEAST
        for at in np.flatnonzero(~alike):
            a, b = claims[int(part[at, 0])], claims[int(part[at, 1])]
            alike[at] = 2 * len(a.meanings & b.meanings) > min(len(a.meanings), len(b.meanings)) > 0
        part, cosine = part[alike], cosine[alike]
        kept.append(part[(cosine >= TWINS) | _of_one_story(part, claims, story_of, kin)])
    return np.concatenate(kept) if kept else np.zeros((0, 2), np.int64)


def _of_one_story(
    part: Pairs, claims: Sequence[Statement], story_of: npt.NDArray[np.int64], known: dict[tuple[int, int], bool]
) -> npt.NDArray[np.bool_]:
    """Which pairs stand in documents that are about one story; every pair of documents is looked at once."""
    stories = story_of[part]
    for at, pair in zip(*_first_of(stories), strict=True):
        if pair not in known:
            a, b = part[at]
            known[pair] = story(claims[int(a)].story, claims[int(b)].story) > 0
    return np.asarray([known[(int(a), int(b))] for a, b in stories], bool)


def _first_of(stories: Pairs) -> tuple[list[int], list[tuple[int, int]]]:
    """The distinct rows, and where each stands first."""
    rows, first = np.unique(stories, axis=0, return_index=True) if len(stories) else (stories, np.zeros(0, int))
    return [int(at) for at in first], [(int(a), int(b)) for a, b in rows]
