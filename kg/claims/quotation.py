"""Direct, indirect or mixed: where the quotation marks stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.document import Span
from kg.records import Directness

OPENERS: Final = "“‘\"'«„"

# Single marks count only where they cannot be apostrophes.
_QUOTED: Final = re.compile(
    r"“[^“”\n]*(?:”|$|\n)|\"[^\"\n]*(?:\"|$|\n)|«[^«»\n]*»|„[^„“”\n]*[“”]|‘‘.*?’’"
    r"|(?<!\w)(?:‘’|’’|'')(?=\w)[^\n]*?(?:’’|'')(?!\w)"
    r"|(?<!\w)‘(?:[^‘’\n]|’(?=\w))*’(?!\w)|(?<!\w)'(?:[^'\n]|'(?=\w))*'(?!\w)",
    re.MULTILINE,
)


def quoted_spans(text: str) -> list[Span]:
    """Stretches between quotation marks, marks included; an unclosed one runs to the end of its line."""
    return [Span(m.start(), m.end()) for m in _QUOTED.finditer(text) if m.end() - m.start() > 2]


def directness_of(text: str, contents: Sequence[Span], quoted: Sequence[Span]) -> Directness:
    """`direct` where quotation marks hold all words of the contents, `mixed` where they hold some, else `indirect`."""
    inside = outside = 0
    for content in contents:
        for match in re.finditer(r"\w+", content.of(text)):
            at = content.start + match.start()
            if any(q.start <= at < q.end for q in quoted):
                inside += 1
            else:
                outside += 1
    # "that", "as" and the like before a quotation do not make it less direct.
    return "indirect" if not inside else "direct" if outside <= 1 else "mixed"
