"""Which pairs can be about one matter at all: the most that their signs can come to, for many pairs together.

What is beneath `kg.resolve.compare.POSSIBLE` even so would be compared in vain. As documents grow, most that blocking proposes is
of this kind: claims of other events in the same words.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.resolve.aboutness import BIAS, EMPTY, WEIGHTS
from kg.resolve.compare import POSSIBLE
from kg.resolve.pairwise import Codes, Flags, Floats, Held
from kg.resolve.statement import Statement
from kg.resolve.words import OUTCOMES

_LEAST: Final = math.log((POSSIBLE - 0.006) / (1 - POSSIBLE + 0.006)) - 1e-3
"""What the signs must come to: likelihoods are rounded to two places."""
BITS: Final = 62
"""Bits of a claim's predicates."""
CHUNK: Final = 1 << 17
"""Pairs that are looked at together: what bounds the memory."""


class _Weighed:
    """Terms of claims, and what those that two have in common weigh."""

    def __init__(self, rows: Sequence[frozenset[str]], weights: Mapping[str, float]) -> None:
        self._held = Held(rows)
        self._weights = np.asarray([weights.get(term, 1.0) for some in rows for term in some], np.float64)
        owners = np.repeat(np.arange(len(rows)), [len(some) for some in rows])
        self.all = np.bincount(owners, self._weights, len(rows))

    def common(self, first: Codes, second: Codes) -> npt.NDArray[np.float64]:
        pair, entry = self._held.common(first, second)
        return np.bincount(pair, self._weights[entry], len(first)).astype(np.float64)


def _bits(terms: frozenset[str]) -> int:
    """A set of terms as bits, several terms to one: sets with a term in common have a bit in common."""
    found = 0
    for term in terms:
        found |= 1 << zlib.crc32(term.encode()) % BITS
    return found


class Reach:
    """The most that the signs of two claims can come to."""

    def __init__(self, claims: Sequence[Statement]) -> None:
        weights = claims[0].weights
        self._meanings = _Weighed([one.meanings for one in claims], weights)
        self._names = _Weighed([one.all_names for one in claims], weights)
        bits = {outcome: 1 << place for place, outcome in enumerate(sorted(OUTCOMES))}
        self._outcomes = np.asarray([sum(bits[o] for o in one.meanings & OUTCOMES) for one in claims], np.int64)
        self._counts = np.asarray([bool(one.figures) for one in claims], bool)
        self._dated = np.asarray([bool(one.dates) for one in claims], bool)
        self._hours = np.asarray([bool(one.hours) for one in claims], bool)
        self._predicates = np.asarray([_bits(one.predicates - EMPTY) for one in claims], np.int64)
        self._quoted = np.asarray([bool(one.own_words) for one in claims], bool)
        self._refers = np.asarray([one.refers for one in claims], bool)

    def of(self, first: Codes, second: Codes, cosine: Floats) -> Flags:
        """For pairs of claims, with the cosines of their vectors, whether comparing them may give anything."""
        found = np.zeros(len(first), bool)
        for at in range(0, len(first), CHUNK):
            some = slice(at, at + CHUNK)
            found[some] = self._some(first[some], second[some], cosine[some])
        return found

    def _some(self, a: Codes, b: Codes, cosine: Floats) -> Flags:
        counts = self._counts[a] & self._counts[b]
        elsewhere = (self._quoted[a] & self._quoted[b]) | (counts & (self._refers[a] != self._refers[b]))
        return np.asarray(elsewhere | (self._most(a, b, cosine, counts) >= _LEAST), bool)

    def _most(self, a: Codes, b: Codes, cosine: Floats, counts: Flags) -> npt.NDArray[np.float64]:
        common, names = self._meanings.common(a, b), self._names.common(a, b)
        ours, theirs = self._meanings.all[a], self._meanings.all[b]
        x, y = self._outcomes[a], self._outcomes[b]
        alike = (x & y) > 0
        outcome = np.where(alike, 1.0, np.where((x > 0) & (y > 0), -1.0, np.where(((x | y) > 0) & counts, -0.5, 0.0)))
        w = WEIGHTS
        known = w.meaning * cosine + w.shared * np.minimum(4.0, common) / 4 + w.names * np.minimum(2.0, names) / 2
        known += w.overlap * common / np.maximum(np.minimum(ours, theirs), 1e-9)
        known += w.coverage * common / np.maximum(np.maximum(ours, theirs), 1e-9)
        known += w.outcome * outcome + max(0.0, w.toll) * (counts & alike) + max(0.0, w.figures) * counts
        known += max(0.0, w.dates) * (self._dated[a] & self._dated[b])
        known += max(0.0, w.counted) * counts + max(0.0, w.hours) * (self._hours[a] & self._hours[b])
        known += max(0.0, w.predicate) * ((self._predicates[a] & self._predicates[b]) > 0)
        rest = (w.other_names, w.one_sided, w.story, w.speaker, w.gap, w.other_dates, w.elsewhen, w.other_figures)
        return np.asarray(known + BIAS + sum(max(0.0, one) for one in rest))
