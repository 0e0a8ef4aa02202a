"""Cut a document's words into overlapping windows, so that no word is read without its context and nothing is lost at a seam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.reader.features import IntArray

SIZE: Final = 192
"""Wordpieces of a window; training drew 48 to 256. Longer ones cost more (attention grows with the square) and gain nothing."""
OVERLAP: Final = 8
"""Wordpieces that neighbouring windows share, at least; mostly it is a sentence."""

CLOSERS: Final = frozenset("”’\"')]»")


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `end` (exclusive)."""

    first: int
    end: int


def likely_starts(words: Sequence[str], gaps: IntArray) -> npt.NDArray[np.bool_]:
    """Words that look like the first of a sentence: good places to cut a window, though not yet sentence boundaries."""
    starts = np.asarray(gaps >= 2)
    ended = False
    for i, word in enumerate(words):
        if ended and (word[:1].isupper() or not word[:1].isalnum()):
            starts[i] = True
        ended = word in {".", "!", "?", "…"} or (ended and word in CLOSERS)
    if len(words):
        starts[0] = True
    return starts


def windows(begins: IntArray, starts: npt.NDArray[np.bool_], size: int = SIZE, overlap: int = OVERLAP) -> list[Window]:
    """Windows of at most `size` wordpieces (or one word) over all words, cut at likely sentence starts where there are any.

    `begins` (words + 1,) holds where each word's wordpieces begin. Neighbours share at least `overlap` wordpieces.
    """
    count = len(begins) - 1
    cuts = np.append(np.flatnonzero(starts), count)
    found: list[Window] = []
    first = reached = 0
    while first < count:
        limit = max(int(np.searchsorted(begins, begins[first] + size, "right")) - 1, first + 1)
        if limit >= count:
            found.append(Window(first, count))
            break
        end = int(cuts[np.searchsorted(cuts, limit, "right") - 1])
        if end <= reached or begins[end] - begins[first] < size // 2:
            end = limit  # no sentence ends in the window's second half
        if end <= reached:
            first += 1  # a long word left no room: less overlap instead
            continue
        found.append(Window(first, end))
        reached = end
        back = int(np.searchsorted(begins, begins[end] - overlap, "right")) - 1
        following = int(cuts[max(int(np.searchsorted(cuts, back, "right")) - 1, 0)])
        if following <= first or begins[end] - begins[following] > size // 2:
            following = max(back, first + 1)
        first = following
    return found


def windows_between(first: int, end: int, begins: IntArray, starts: npt.NDArray[np.bool_]) -> list[Window]:
    """Windows over the words `first` to `end` only."""
    inside = windows(begins[first : end + 1] - begins[first], starts[first:end])
    return [Window(one.first + first, one.end + first) for one in inside]


def weights(window: Window, begins: IntArray) -> npt.NDArray[np.float32]:
    """How far each word of a window can be trusted: it grows with the context on its poorer side; a text's end is no seam."""
    count = len(begins) - 1
    length = window.end - window.first
    left = np.arange(1, length + 1) if window.first else np.full(length, 32)
    right = np.arange(length, 0, -1) if window.end < count else np.full(length, 32)
    return np.asarray(np.minimum(np.minimum(left, right), 32), np.float32)
