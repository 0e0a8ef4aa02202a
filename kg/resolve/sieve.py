"""Which candidate pairs are worth a comparison: of kindred documents, with vectors or words alike; and twins of any.

On arrays: what is proposed is several times what is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kg.resolve.aboutness import NAMES, OTHER_DAYS, STRANGE, UNNAMED
from kg.resolve.pairwise import AT_ONCE, Codes, Flags, Floats, Held, products
from kg.resolve.reach import Reach
from kg.resolve.statement import Statement, Story

LEAST: Final = 0.36
"""Cosine below which two claims are compared only if they share most of their words."""
TWINS: Final = 0.9
"""Cosine from which claims are compared even of documents that have nothing else in common."""
GLANCE: Final = 96
"""Components of two vectors that are looked at first: where they are too far apart, so are the vectors."""


class Sieve:
    """Lets pairs pass that are worth a comparison."""

    def __init__(self, claims: Sequence[Statement]) -> None:
        self._claims = claims
        self._vectors = np.stack([one.vector for one in claims])
        self._glance = np.ascontiguousarray(self._vectors[:, :GLANCE])
        self._story = np.asarray([one.story.number for one in claims], np.int64)
        self._reach = Reach(claims)
        self._kin = Kin(list({one.story.number: one.story for one in claims}.values()))

    def promising(self, codes: Codes) -> Codes:
        """Of ascending pairs those of kindred documents whose vectors are alike, or that share most of their words; and twins."""
        if not len(codes):
            return codes
        first, second = np.divmod(codes, len(self._claims))
        kin = self._of_one_story(first, second)
        far, near = codes[~kin], codes[kin]
        return np.concatenate([self._alike(near), self._twins(far)])

    def _alike(self, codes: Codes) -> Codes:
        first, second = np.divmod(codes, len(self._claims))
        cosine = products(self._vectors, first, second)
        alike = cosine >= LEAST
        for at in np.flatnonzero(~alike).tolist():
            a, b = self._claims[first[at]].meanings, self._claims[second[at]].meanings
            alike[at] = 2 * len(a & b) > min(len(a), len(b)) > 0
        codes, first, second, cosine = codes[alike], first[alike], second[alike], cosine[alike]
        return codes[self._reach.of(first, second, cosine)]

    def _twins(self, codes: Codes) -> Codes:
        first, second = np.divmod(codes, len(self._claims))
        most = 2 - 2 * TWINS + 1e-3  # what the square of their distance is at most
        near = np.concatenate(
            [np.zeros(0, bool)]
            + [
                _squares(self._glance[first[at : at + AT_ONCE]] - self._glance[second[at : at + AT_ONCE]]) <= most
                for at in range(0, len(codes), AT_ONCE)
            ]
        )
        codes, first, second = codes[near], first[near], second[near]
        return codes[products(self._vectors, first, second) >= TWINS]

    def _of_one_story(self, first: Codes, second: Codes) -> Flags:
        """Which pairs stand in documents that are about one story; every pair of documents is looked at once."""
        size = int(self._story.max()) + 1
        stories = self._story[first] * size + self._story[second]
        order = np.argsort(stories, kind="stable")
        ordered = stories[order]
        new = np.diff(ordered, prepend=ordered[:1] - 1) > 0
        known = self._kin.of(*np.divmod(ordered[new], size))
        found = np.empty(len(stories), bool)
        found[order] = known[np.cumsum(new) - 1]
        return found


class Kin:
    """Which documents are about one story at all, as `kg.resolve.aboutness.kinship` says, for many pairs together."""

    def __init__(self, stories: Sequence[Story]) -> None:
        number = max(one.number for one in stories) + 1
        width = max(one.theme.size for one in stories)
        self._themes = np.zeros((number, width), np.float32)
        listed: list[list[str]] = [[] for _ in range(number)]
        for one in stories:
            self._themes[one.number, : one.theme.size] = one.theme
            listed[one.number] = sorted(one.names)
        common = frozenset(name for one in stories for name in one.common)
        self._held = Held(listed)
        self._common = np.asarray([name in common for some in listed for name in some], bool)
        self._day = np.full((number, 2), -1, np.int64)
        for one in stories:
            if one.day:
                self._day[one.number] = one.day.first, one.day.last

    def of(self, first: Codes, second: Codes) -> Flags:
        """For pairs of documents' numbers whether they are of one story; a document is of one with itself."""
        found = np.zeros(len(first), bool)
        for at in range(0, len(first), 1 << 17):
            found[at : at + (1 << 17)] = self._some(first[at : at + (1 << 17)], second[at : at + (1 << 17)])
        return found

    def _some(self, first: Codes, second: Codes) -> Flags:
        rare, common = self._shared(first, second)
        known = np.minimum(2.0, rare + 0.2 * common) / 2
        strange = np.where(rare > 0, STRANGE, STRANGE + UNNAMED)
        theme = products(self._themes, first, second)
        near = (rare > 0) | self._of_near_days(first, second)
        return np.asarray(((theme + NAMES * known > strange) & near) | (first == second), bool)

    def _of_near_days(self, first: Codes, second: Codes) -> Flags:
        """Which pairs of documents are not so many days apart that, without a name of few in common, they are strangers."""
        a, b = self._day[first], self._day[second]
        gap = np.maximum(a[:, 0] - b[:, 1], b[:, 0] - a[:, 1])
        return np.asarray((gap <= OTHER_DAYS) | (a[:, 0] < 0) | (b[:, 0] < 0), bool)

    def _shared(self, first: Codes, second: Codes) -> tuple[Codes, Codes]:
        """How many names two documents share that few documents have, and how many others."""
        pair, name = self._held.common(first, second)
        usual = self._common[name]
        rare, common = (np.bincount(pair[some], minlength=len(first)) for some in (~usual, usual))
        return rare, common


def _squares(rows: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", rows, rows), np.float32)
