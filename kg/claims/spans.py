"""Look up spans by place, so that the work on a long document grows with its length and not with its square."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from kg.document import Span

Value = TypeVar("Value")


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that share characters made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.overlaps(found[-1]):
            span = Span(found[-1].start, max(found.pop().end, span.end))
        found.append(span)
    return tuple(found)


class SpanIndex(Generic[Value]):
    """(span, value) pairs in order of their spans, found by place."""

    def __init__(self, pairs: Iterable[tuple[Span, Value]]) -> None:
        self.pairs = sorted(pairs, key=lambda pair: pair[0])
        self.starts = [span.start for span, _ in self.pairs]
        self.longest = max((span.end - span.start for span, _ in self.pairs), default=0)

    def between(self, start: int, end: int) -> list[tuple[Span, Value]]:
        """Pairs whose span begins at `start` or later and before `end`."""
        return self.pairs[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def inside(self, span: Span) -> Iterator[tuple[Span, Value]]:
        """Pairs whose span lies within `span`."""
        return (pair for pair in self.between(span.start, span.end) if pair[0].end <= span.end)

    def overlapping(self, span: Span) -> Iterator[tuple[Span, Value]]:
        """Pairs whose span shares a character with `span`."""
        return (pair for pair in self.between(span.start - self.longest, span.end) if pair[0].end > span.start)

    def before(self, end: int, count: int = 40) -> list[tuple[Span, Value]]:
        """The last pairs, `count` at most, whose span begins before `end`, the nearest last."""
        at = bisect_left(self.starts, end)
        return self.pairs[max(0, at - count) : at]
