"""What stands on a page and is no text of its author: headings, menus, paths, links to share and to follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from kg.document import Span

LEAST: Final = 4
"""Words of a statement."""
PATH: Final = 2
"""Dashes between the parts of a line from which on it is a path or a row of links; of bars and arrows one is enough."""
LONGEST: Final = 30
"""Words of a line that leads elsewhere, at most."""
_TERMINAL: Final = ".!?…:;”’\"')"
_LINE: Final = re.compile(r"[^\n]*[^\s][^\n]*")
_SAID: Final = re.compile(
    r"\b(?:follow|like|find) (?:us|me|him|her|them|@\w+) on\b|\bshare (?:this|on|via)\b"
    r"|^\W*(?:subscribe\b|sign (?:up|in)\b|log ?in\b|click here\b|read (?:more|next|also)\s*(?:$|[:»>…])|see also\b"
    r"|related (?:posts|articles|stories|news)\b|skip to (?:main )?content|(?:exit|view) (?:mobile|desktop) version"
    r"|leave a (?:comment|reply)|all rights reserved|copyright\W*(?:©|\(c\)|\d{4})|©|advertisement\W*$|tags?:|filed under\b"
    r"|posted (?:in|by|on)\b)",
    re.IGNORECASE,
)
_BAR: Final = re.compile(r"\s[|»›·•>]\s")
_DASH: Final = re.compile(r"\s[–—-]\s")


def furniture(doc: Any, text: str) -> list[Span]:
    """The lines of a page that only lead elsewhere: "Follow us on …", "Home » News", a path that ends in the page's title.

    A line with a full stop at its end, or with a finite verb between bars, is left alone.
    """
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text)]
    shown = [" ".join(line.of(text).split()) for line in lines]
    found = [line for line, words in zip(lines, shown, strict=True) if _leads_elsewhere(doc, line, words)]
    for (line, words), (_, title) in pairwise(zip(lines, shown, strict=True)):
        if words != title and words.endswith(" " + title) and len(title.split()) >= LEAST and title[-1] not in ".!?":
            found.append(line)
    return sorted(found)


def _leads_elsewhere(doc: Any, line: Span, words: str) -> bool:
    if words[-1] in ".!?…”" or len(words.split()) > LONGEST:
        return False
    bars = bool(_BAR.search(words)) or len(_DASH.findall(words)) >= PATH
    if not bars and not _SAID.search(words):
        return False
    tokens = [t for t in doc.char_span(line.start, line.end, alignment_mode="expand") or () if not t.is_space]
    if not tokens or tokens[0].sent.start < tokens[0].i or any(not t.is_space for t in _after(tokens[-1])):
        return False  # part of a sentence whose lines are broken
    return not bars or not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens)


def _after(token: Any) -> Sequence[Any]:
    """What follows a token in its sentence."""
    following: Sequence[Any] = token.doc[token.i + 1 : token.sent.end]
    return following


def is_heading(text: str, tokens: Sequence[Any]) -> bool:
    """A line of its own, most of its words capitalised: a heading, a menu, a byline. With a full stop, nearly all of them."""
    words = [t for t in tokens if t.is_alpha]
    capitals = sum(t.text[0].isupper() for t in words)
    stopped = tokens[-1].text[-1] in _TERMINAL and not tokens[-1].text.endswith(")")
    if stopped and (len(words) < 6 or capitals < 0.75 * len(words)):
        return False
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t\r":
        end += 1
    alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    return alone and (len(words) < LEAST or capitals >= 0.5 * len(words))


def headings(doc: Any, text: str) -> Iterator[Span]:
    """The sentences that are headings."""
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        if tokens and is_heading(text, tokens):
            yield Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
