"""A range told by its two ends: "at least 30 and at most 40 tonnes" is one amount, and not two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.document import Span
from kg.records import Quantity

WIDE: Final = 4
"""How many times its lower end the upper end of a range may be: "at least 5 and fewer than 40" may be of two things."""
_BETWEEN: Final = re.compile(r",?\s(?:and|but)\s", re.IGNORECASE)


def between_bounds(found: Iterable[Quantity], text: str) -> Iterator[Quantity]:
    """The quantities of a text, in order; where one is open upwards and its neighbour downwards, of one thing, they are one."""
    before: Quantity | None = None
    for one in found:
        if before and (whole := _whole(before, one, text)):
            before = whole
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _whole(a: Quantity, b: Quantity, text: str) -> Quantity | None:
    """Two neighbours as one, if they are the two ends of a range."""
    if not _BETWEEN.fullmatch(text, a.span.end, b.span.start) or (a.of and b.of and a.of != b.of):
        return None
    low, high = (a, b) if a.maximum is None else (b, a)
    if low.minimum is None or high.maximum is None or high.minimum is not None or low.maximum is not None:
        return None
    if not low.minimum < high.maximum <= WIDE * low.minimum:
        return None
    span = Span(a.span.start, b.span.end)
    return replace(
        b,
        id=f"{b.id.rpartition('-q')[0]}-q{span.start}-{span.end}",
        span=span,
        text=span.of(text),
        minimum=low.minimum,
        maximum=high.maximum,
        approximate=a.approximate or b.approximate,
        of=a.of or b.of,
    )
