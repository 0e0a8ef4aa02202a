"""Quotations: the stretches between quotation marks, and whether a content is quoted directly, in part or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from kg.document import Span
from kg.records import Directness

OPENERS: Final = "“‘\"'«„"
CLOSERS: Final = "”’\"'»“"

_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n|\Z")
_MARK: Final = re.compile(r"‘‘|’’|''|‘’|[“”\"«»„‘’']")
_HARD_END: Final = re.compile(r"[.!?:;”\"’')\]][^\S\n]*\n")
"""The end of a line that is likely to end what is said as well: not a line cut at a column."""
_DOUBLED: Final = frozenset({"‘’", "’’", "''", "‘‘"})
_CLOSING: Final = {
    "“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'", "‘‘": ("’’",), **dict.fromkeys(("‘’", "’’", "''"), ("’’", "''"))
}  # fmt: skip
"""What closes a quotation, by the mark that opens it."""
MARKS: Final = frozenset('“”"«»') | {"``", "''"}
"""Marks around quotations, as tokens; without single ones, which are apostrophes too."""
_STOPPING: Final = {"“": "“”", "«": "«»", "„": "„“”", "‘": "‘’"}
"""Marks at which a quotation ends for certain, closed or not."""


def quoted_spans(text: str) -> list[Span]:
    """Stretches between quotation marks, marks included, in order; none overlaps another.

    A quotation may run over the ends of lines, but not over a blank one. One in double marks that is not closed runs to the
    end of its paragraph, or to the end of the line where that ends a sentence; single marks count only where they cannot be
    apostrophes.
    """
    found: list[Span] = []
    start = 0
    for match in _PARAGRAPH_END.finditer(text):
        found += _Paragraph(text, start, match.start()).quotations()
        start = match.end()
    return found


class _Paragraph:
    """The quotation marks of one paragraph; what closes each is worked out from the end, in one pass."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.end = text, end
        self.marks = list(_MARK.finditer(text, start, end))
        self.lines = [start + at for at, character in enumerate(text[start:end]) if character == "\n"]
        # Lines that end more than the line: a quotation that is not closed, and one in single marks, goes no further.
        self.hard = [match.end() - 1 for match in _HARD_END.finditer(text, start, end)]

    def quotations(self) -> Iterator[Span]:
        closes = self._closes()
        position = 0
        for number, mark in enumerate(self.marks):
            if mark.start() < position or not self._opens(mark):
                continue
            end = self._end(mark, closes[number])
            position = max(position, end)
            if end - mark.start() > 2:
                yield Span(mark.start(), end)

    def _closes(self) -> list[re.Match[str] | None]:
        """For each mark the next one after it that closes or stops what it may open."""
        nearest: dict[str, re.Match[str]] = {}
        found: list[re.Match[str] | None] = []
        for mark in reversed(self.marks):
            found.append(nearest.get(mark[0]))
            for opening, closing in _CLOSING.items():
                if mark[0] in _STOPPING.get(opening, closing) and self._may_close(mark, opening):
                    nearest[opening] = mark
        return found[::-1]

    def _may_close(self, mark: re.Match[str], opening: str) -> bool:
        """Whether a mark is no apostrophe: no letter follows it."""
        return opening in '“"«„' or mark[0] == "‘" or not self._is_word(mark.end())

    def _is_word(self, at: int) -> bool:
        return at < self.end and (self.text[at].isalnum() or self.text[at] == "_")

    def _opens(self, mark: re.Match[str]) -> bool:
        kind = mark[0]
        if kind not in _CLOSING:
            return False
        if kind in '“"«„' or kind == "‘‘":
            return True
        before = mark.start() > 0 and (self.text[mark.start() - 1].isalnum() or self.text[mark.start() - 1] == "_")
        return not before and (kind not in _DOUBLED or self._is_word(mark.end()))

    def _end(self, mark: re.Match[str], close: re.Match[str] | None) -> int:
        """Where the quotation ends that a mark opens; where it begins, if it opens none."""
        kind, line, reach = mark[0], self._next(self.lines, mark.end()), self._next(self.hard, mark.end())
        near = close is not None and close.start() < line
        if close and close[0] in _CLOSING[kind]:
            faces = kind in "“«„" or (self._faces(mark, close) if kind == '"' else close.start() < reach)
            if near or faces:
                return close.end()
        if kind not in '“"' or near:
            return mark.start()
        return min(reach, close.start()) if close else reach

    def _faces(self, opening: re.Match[str], closing: re.Match[str]) -> bool:
        """Whether two straight marks on two lines stand as an opening and a closing one do."""
        follows = self.text[opening.end()].isspace()
        return not follows and not self.text[closing.start() - 1].isspace() and not self._is_word(closing.end())

    def _next(self, ends: Sequence[int], at: int) -> int:
        """The first of some ends of lines from a position on; else the end of the paragraph."""
        number = bisect_left(ends, at)
        return ends[number] if number < len(ends) else self.end


def is_quoted(quoted: Sequence[Span], at: int) -> bool:
    """Whether a position lies in one of the stretches, which are in order and apart."""
    number = bisect_right(quoted, at, key=lambda span: span.start) - 1
    return number >= 0 and at < quoted[number].end


def directness_of(text: str, contents: Sequence[Span], quoted: Sequence[Span]) -> Directness:
    """`direct` where quotation marks hold all words of the contents, `mixed` where they hold some, else `indirect`.

    `quoted` are stretches as `quoted_spans` gives them.
    """
    inside = outside = 0
    for content in contents:
        for match in re.finditer(r"\w+", content.of(text)):
            if is_quoted(quoted, content.start + match.start()):
                inside += 1
            else:
                outside += 1
    # "that", "as" and the like before a quotation do not make it less direct.
    return "indirect" if not inside else "direct" if outside <= 1 else "mixed"
