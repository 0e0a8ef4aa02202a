"""Windows: every word is read, none without context, whatever the text."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.reader.windows import likely_starts, weights, windows

PIECES = st.lists(st.integers(1, 12), min_size=1, max_size=400)


@given(PIECES, st.randoms(use_true_random=False), st.integers(30, 120))
def test_windows_cover_all_words_within_their_size_and_overlap(pieces, chance, size) -> None:
    begins = np.cumsum([0, *pieces])
    starts = np.asarray([True, *(chance.random() < 0.05 for _ in pieces[1:])])
    found = windows(begins, starts, size=size, overlap=size // 4)
    assert found[0].first == 0 and found[-1].end == len(pieces)
    for window in found:
        assert window.end > window.first
        assert begins[window.end] - begins[window.first] <= size or window.end == window.first + 1
    for one, following in pairwise(found):
        assert one.first < following.first <= one.end
        assert one.end < following.end


@given(PIECES)
def test_every_word_counts_in_some_window(pieces) -> None:
    begins = np.cumsum([0, *pieces])
    total = np.zeros(len(pieces))
    for window in windows(begins, np.zeros(len(pieces), bool), size=60, overlap=15):
        total[window.first : window.end] += weights(window, begins)
    assert (total > 0).all()


def test_likely_starts_follow_full_stops_and_line_breaks() -> None:
    words = ["Rain", "fell", ".", "”", "The", "U.S.", "team", "left", ".", "all", "Heading"]
    starts = likely_starts(words, np.asarray([3, 1, 0, 0, 1, 1, 1, 1, 0, 1, 3]))
    assert [w for w, s in zip(words, starts, strict=True) if s] == ["Rain", "”", "The", "Heading"]
