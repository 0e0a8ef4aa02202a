"""What surrounds a time: the document's own date, the sentence, quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kg.claims.dates import Date, ymd
from kg.claims.extent import sentence_starts
from kg.claims.quotation import is_quoted, quoted_spans
from kg.document import Document, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Unit = Literal["year", "month", "day"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?=\Z|T)")
_AHEAD = re.compile(
    r"\b(?:will|shall|would|(?:is|are|was|were) to|next|upcoming|forthcoming|scheduled|due|plans?|"
    r"planned|planning|expect(?:s|ed)?|set to|hopes?|tomorrow)\b|[’']ll\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Context:
    """A document as times are resolved in it; `years` is where its absolute years stand, in order.

    Each property is worked out when it is first asked for: few times need them.
    """

    document: Document
    doc: Doc
    years: list[int] = field(default_factory=list)

    @cached_property
    def today(self) -> tuple[int, int, int]:
        """Year, month and day of the document, each 0 where unknown."""
        match = _DATE.match(self.document.metadata.date)
        if not match or not 1000 <= int(match[1]) < 3000:
            return (0, 0, 0)
        year, month, day = (int(part or 0) for part in match.groups())
        return (year, month, day) if ymd(year, month or 1, day or 1) else (year, 0, 0)

    @cached_property
    def _day(self) -> Day | None:
        year, month, day = self.today
        return Day(year, month, day) if day else None

    @cached_property
    def _starts(self) -> list[int]:
        return sentence_starts(self.doc) or [0]

    @cached_property
    def _quotations(self) -> list[Span]:
        return quoted_spans(self.document.text)

    def _sentence(self, at: int) -> tuple[int, int, int]:
        """Start of the sentence before, start and end of the sentence at a position."""
        starts = self._starts
        i = max(0, bisect_right(starts, at) - 1)
        end = starts[i + 1] if i + 1 < len(starts) else len(self.document.text)
        return starts[max(0, i - 1)], starts[i], end

    def quoted(self, at: int) -> bool:
        """Whether a position is in a quotation."""
        return is_quoted(self._quotations, at)

    def open(self, at: int) -> bool:
        """Whether a date without a year at a position may be of another year than the document's date tells.

        So it is where its sentence or the one before names a year, where the sentence looks ahead, and in a quotation.
        """
        before, start, end = self._sentence(at)
        i = bisect_right(self.years, before - 1)
        dated = i < len(self.years) and self.years[i] < end
        return dated or self.quoted(at) or bool(_AHEAD.search(self.document.text, start, end))

    def last(self, found: Date, strictly: bool = False) -> str:
        """The last month, day or weekday of this name that is not after the document's date, as EDTF; or empty.

        `strictly` is for "last Monday" and "last July": empty where this week's or this year's may be meant.
        """
        year, month, day = self.today
        if found.kind == "weekday":
            if not self._day or (strictly and found.weekday <= self._day.weekday()):
                return ""
            return (self._day - timedelta(days=(self._day.weekday() - found.weekday) % 7)).isoformat()
        if (found.month, found.day) == (9, 11):
            return ""  # the day of 2001, whatever the year of the document
        if not month or (found.kind == "day" and (not found.day or (not day and found.month == month))):
            return ""
        later = (found.month, found.day) > (month, day if found.kind == "day" else 0)
        if strictly and not later:
            return ""
        return ymd(year - later, found.month, found.day)

    def moved(self, unit: Unit, count: int) -> str:
        """The document's year, month or day moved by a count of them, as EDTF; empty where it is not known."""
        year, month, _ = self.today
        if unit == "day":
            return (self._day + timedelta(days=count)).isoformat() if self._day else ""
        if unit == "month":
            index = year * 12 + month - 1 + count
            return ymd(index // 12, index % 12 + 1) if month else ""
        return f"{year + count:04d}" if year and 1000 <= year + count < 3000 else ""
