"""Many pairs of rows at once: inner products of vectors, terms in common. Work on arrays, by key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
"""Numbers of rows, or of pairs: the lesser's number times how many there are, plus the greater's."""
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

AT_ONCE: Final = 4096
"""Pairs whose vectors are gathered together: what fits a core's cache."""


def distinct(codes: Codes) -> Codes:
    """The numbers, ascending, each once. (Sorting is several times quicker than the hash table of `numpy.unique`.)"""
    ordered = np.sort(codes)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]


def products(rows: Floats, first: Codes, second: Codes) -> Floats:
    """The inner products of pairs of rows."""
    found = np.empty(len(first), np.float32)
    for at in range(0, len(first), AT_ONCE):
        some = slice(at, at + AT_ONCE)
        np.einsum("ij,ij->i", rows[first[some]], rows[second[some]], out=found[some])
    return found


class Held:
    """Which terms each row holds, for finding what two rows have in common."""

    def __init__(self, rows: Sequence[Collection[str]]) -> None:
        """`rows` are the terms of each row, each once; an entry is the place of a term when the rows are laid end to end."""
        code = {term: at for at, term in enumerate(sorted(set(chain.from_iterable(rows))))}
        self._terms = np.asarray([code[term] for some in rows for term in some], np.int64)
        lengths = np.asarray([len(some) for some in rows], np.int64)
        self._ends = np.cumsum(lengths)
        self._starts = self._ends - lengths
        self._size = len(code) + 1
        held = np.repeat(np.arange(len(rows)), lengths) * self._size + self._terms
        self._held = np.append(np.sort(held), np.iinfo(np.int64).max)

    def common(self, first: Codes, second: Codes) -> tuple[Codes, Codes]:
        """For every term that two rows have in common the place of the pair among the pairs, and the second row's entry."""
        lengths = self._ends[second] - self._starts[second]
        before = np.cumsum(lengths) - lengths
        entry = np.repeat(self._starts[second] - before, lengths) + np.arange(int(lengths.sum()))
        pair = np.repeat(np.arange(len(first)), lengths)
        wanted = first[pair] * self._size + self._terms[entry]
        both = self._held[np.searchsorted(self._held, wanted)] == wanted
        return pair[both], entry[both]
