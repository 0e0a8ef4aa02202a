"""Spans made one where they share characters."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.claims.spans import merged
from kg.document import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda at: Span(at[0], at[0] + at[1])), max_size=8
)


@given(SPANS)
def test_merged_spans_hold_the_same_characters_in_order_and_apart(spans: list[Span]) -> None:
    found = merged(spans)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert {i for s in found for i in range(s.start, s.end)} == {i for s in spans for i in range(s.start, s.end)}
    assert merged(found) == found


def test_spans_that_only_touch_stay_apart() -> None:
    assert merged([Span(4, 8), Span(0, 4)]) == (Span(0, 4), Span(4, 8))
