"""Which candidate pairs are worth a comparison: of kindred documents, with vectors or words alike; and twins of any.

On arrays: what is proposed is several times what is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.resolve.aboutness import NAMES, STRANGE, UNNAMED
from kg.resolve.statement import Statement, Story

Codes = npt.NDArray[np.int64]
"""Pairs as one number each: the lesser's number times how many there are, plus the greater's."""
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

LEAST: Final = 0.36
"""Cosine below which two claims are compared only if they share most of their words."""
TWINS: Final = 0.9
"""Cosine from which claims are compared even of documents that have nothing else in common."""
GLANCE: Final = 96
"""Components of two vectors that are looked at first: where they are too far apart, so are the vectors."""
AT_ONCE: Final = 4096
"""Pairs whose vectors are gathered together: what fits a core's cache."""


def distinct(codes: Codes) -> Codes:
    """The numbers, ascending, each once. (Sorting is several times quicker than the hash table of `numpy.unique`.)"""
    ordered = np.sort(codes)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]


class Sieve:
    """Lets pairs pass that are worth a comparison."""

    def __init__(self, claims: Sequence[Statement]) -> None:
        self._claims = claims
        self._vectors = np.stack([one.vector for one in claims])
        self._glance = np.ascontiguousarray(self._vectors[:, :GLANCE])
        self._story = np.asarray([one.story.number for one in claims], np.int64)
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
        alike = _products(self._vectors, first, second) >= LEAST
        for at in np.flatnonzero(~alike).tolist():
            a, b = self._claims[first[at]].meanings, self._claims[second[at]].meanings
            alike[at] = 2 * len(a & b) > min(len(a), len(b)) > 0
        return codes[alike]

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
        return codes[_products(self._vectors, first, second) >= TWINS]

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
    """Which documents are about one story at all, as `kg.resolve.aboutness.story` says, for many pairs together."""

    def __init__(self, stories: Sequence[Story]) -> None:
        number = max(one.number for one in stories) + 1
        width = max(one.theme.size for one in stories)
        self._themes = np.zeros((number, width), np.float32)
        listed: list[list[str]] = [[] for _ in range(number)]
        for one in stories:
            self._themes[one.number, : one.theme.size] = one.theme
            listed[one.number] = sorted(one.names)
        code = {name: at for at, name in enumerate(sorted(set(chain.from_iterable(listed))))}
        common = frozenset(name for one in stories for name in one.common)
        self._names = np.asarray([code[name] for some in listed for name in some], np.int64)
        self._common = np.asarray([name in common for some in listed for name in some], bool)
        self._ends = np.cumsum([len(some) for some in listed])
        self._starts = self._ends - np.asarray([len(some) for some in listed])
        self._size = len(code) + 1
        owners = np.repeat(np.arange(number), self._ends - self._starts)
        self._held = np.append(owners * self._size + self._names, np.iinfo(np.int64).max)

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
        theme = _products(self._themes, first, second)
        return np.asarray((theme + NAMES * known > strange) | (first == second), bool)

    def _shared(self, first: Codes, second: Codes) -> tuple[Codes, Codes]:
        """How many names two documents share that few documents have, and how many others."""
        lengths = self._ends[second] - self._starts[second]
        before = np.cumsum(lengths) - lengths
        at = np.repeat(self._starts[second] - before, lengths) + np.arange(int(lengths.sum()))
        pair = np.repeat(np.arange(len(first)), lengths)
        wanted = first[pair] * self._size + self._names[at]
        both = self._held[np.searchsorted(self._held, wanted)] == wanted
        usual = self._common[at]
        rare, common = (np.bincount(pair[both & some], minlength=len(first)) for some in (~usual, usual))
        return rare, common


def _products(rows: Floats, first: Codes, second: Codes) -> Floats:
    """The inner products of pairs of rows."""
    found = np.empty(len(first), np.float32)
    for at in range(0, len(first), AT_ONCE):
        some = slice(at, at + AT_ONCE)
        np.einsum("ij,ij->i", rows[first[some]], rows[second[some]], out=found[some])
    return found


def _squares(rows: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", rows, rows), np.float32)
