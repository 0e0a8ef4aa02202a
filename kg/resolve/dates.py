"""EDTF dates as ranges of days, and how two of them stand to each other (Library of Congress, EDTF 2019, levels 0 to 2)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Relation = Literal["equal", "within", "around", "apart", "overlap"]
"""Of a to b: the same days; a within b; b within a; no day in common; some in common."""


class Days(NamedTuple):
    """Days from `first` to `last`, both included, as `date.toordinal` counts them."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


FIRST, LAST = date.min.toordinal(), date.max.toordinal()
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
"""Months of a season of the northern half, 24 into the next year."""
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T.*)?")
_ANY_YEAR = "0004"
"""Stands for a year that is not said; it has a 29 February."""
_YEARS = date(10, 1, 1).toordinal()
"""Days before this are of any year."""
_DECADE = re.compile(r"(?P<known>\d{2,3})X{1,2}")


@lru_cache(maxsize=1 << 14)
def days(edtf: str) -> Days | None:
    """The days that an EDTF string may mean; None where it is empty, or of a form that says nothing exact."""
    text = re.sub(r"[?~%]", "", edtf.strip())
    if "/" in text:
        first, _, last = text.partition("/")
        a, b = _open(first, FIRST), _open(last, LAST)
        return Days(a.first, b.last) if a and b and a.first <= b.last else None
    return _whole(text)


def _open(text: str, edge: int) -> Days | None:
    return Days(edge, edge) if text in ("..", "") else _whole(text)


def _whole(text: str) -> Days | None:
    if text.startswith("XXXX-"):
        text = _ANY_YEAR + text[4:]
    if decade := _DECADE.fullmatch(text):
        low = int(decade["known"].ljust(4, "0"))
        high = int(decade["known"].ljust(4, "9"))
        return Days(date(max(1, low), 1, 1).toordinal(), date(high, 12, 31).toordinal()) if high else None
    match = _DAY.fullmatch(text)
    if not match or not 1 <= int(match["year"]) < 9999:
        return None
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    try:
        if month in _SEASONS:
            a, b = _SEASONS[month]
            end = (year, b) if b <= 12 else (year + 1, b - 12)
            return Days(date(year, a, 1).toordinal(), date(*end, monthrange(*end)[1]).toordinal())
        if not month:
            return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
        if not day:
            return Days(date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal())
        return Days(*[date(year, month, day).toordinal()] * 2)
    except ValueError:
        return None


def shown(some: Days) -> str:
    """Days as an EDTF string."""
    ends = [date.fromordinal(day).isoformat() for day in (some.first, some.last)]
    text = ends[0] if some.first == some.last else "/".join(ends)
    return text.replace(f"{_ANY_YEAR}-", "XXXX-")


def relation(a: Days, b: Days) -> Relation:
    """How days a stand to days b."""
    if (a.last < _YEARS) != (b.last < _YEARS):
        a, b = _of_any_year(a), _of_any_year(b)
    if a == b:
        return "equal"
    if a.last < b.first or b.last < a.first:
        return "apart"
    if b.first <= a.first and a.last <= b.last:
        return "within"
    return "around" if a.first <= b.first and b.last <= a.last else "overlap"


def apart(a: Days, b: Days) -> int:
    """Days between a and b; 0 where they touch or overlap. Where one is of any year, both are taken to be of one."""
    if (a.last < _YEARS) != (b.last < _YEARS):
        a, b = _of_any_year(a), _of_any_year(b)
    return max(0, a.first - b.last, b.first - a.last)


def _of_any_year(some: Days) -> Days:
    first, year = date.fromordinal(some.first), int(_ANY_YEAR)
    start = date(year, first.month, first.day).toordinal()
    return Days(start, start + min(some.length, 366) - 1)
