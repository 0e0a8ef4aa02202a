"""Names that the reader cut short or missed, made whole by what the text shows: articles, particles, datelines, bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from kg.claims import names
from kg.claims.mentions import Name, in_order, name_at
from kg.claims.roles.lexicon import HONORIFICS, nouns
from kg.claims.spans import SpanIndex
from kg.document import Span

_ARTICLE: Final = re.compile(r"\s(?:al|el|ul|a[nrstdz]|ash|AL|EL|UL|A[NRSTDZ]|ASH)[-‐‑][^\W\d_a-z][\w’'-]*")
"""How an Arabic name goes on: "Qasr | al-Nahar"."""
_PARTICLE: Final = re.compile(r"\s(?:da|de|do|dos|das|del|della|di|du|des)\s")
"""What stands between two halves of a Romance name: "Correio | da | Serra"."""
_WORD: Final = r"[^\W\d_a-z][\w’'-]*"
_DATELINE: Final = re.compile(
    r"^(?P<city>[^\W\d_a-z][^\W\d_a-z]+(?:[ '’-][^\W\d_a-z]+){0,3})(?:,[^()\n]{2,30})?"
    rf"\s\((?P<agency>{_WORD}(?:\s{_WORD}){{0,3}})\)\s?[-‐‑–—]\s",
    re.MULTILINE,
)
"""How agencies begin: "WESTMARK (Harbour News) - "."""
_AGENCY: Final = re.compile(
    r"^(?P<city>[^\W\d_a-z][\w’'-]+(?:\s(?:al-)?[^\W\d_a-z][\w’'-]+){0,2})(?:,[^()\n]{2,30})?\s\((?P<agency>[A-Z]{2,6})\)\s?[-‐‑–—]\s",
    re.MULTILINE,
)
"""How agencies begin: "Westmark, 12 October (HNA) – "."""
_OUTLET: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|its|local|daily|weekly)\s(?:blog|website|newspaper|magazine|broadcaster|news agency|podcast|"
    rf"newsletter|tabloid|daily|weekly)\s({_WORD}(?:\s(?:(?:and|of|de|da|do|du)\s)?{_WORD}){{0,4}})"
)
"""A medium by its name: "the blog Harbour and Home"."""
_BODY: Final = re.compile(
    rf"(?<=[\w,]\s)the\s((?:[A-Z][a-z]+\s){{0,3}}(?:{'|'.join(sorted(names.BODIES))})"
    r"(?:\s(?:of|for|on)\s(?:the\s)?[A-Z][a-z]+(?:\s(?:and\s)?[A-Z][a-z]+){0,3})?)(?![\w-])"
)
"""A body by its name in running text: "to the Board of Pilots"."""
_CALLED: Final = re.compile(
    r",?\s(?:\([^()\n]{1,30}\),?\s)?(?:which\sis\s)?"
    r"(?:(?:also|better|formerly|previously|locally|widely|commonly|once|now|still)\s)*"
    r"(?:(?:known|referred\sto)\s(?:[^.;:\n]{1,45}\s)?as|a\.k\.a\.|aka|alias)"
    r"\s(?:the\s)?[“\"‘']?"
    r"|,?\sas\s[^.;:,\n]{1,40}\scall(?:s|ed)?\s(?:it\s|her\s|him\s|them\s)?(?:the\s)?[“\"‘']?"
)
"""What stands between two names of one thing: ", known to sailors as the"; ", as people here still call the"."""
_SUFFIXES: Final = frozenset("jr sr ii iii iv v qc kc mp".split())
APART: Final = 100
"""Characters that may stand between the two."""
ASIDE: Final = 3
"""Names that may stand between the two ("known to people in Westmark as")."""


def grown(text: str, doc: Any, found: Sequence[Name]) -> list[Name]:
    """Names with the rest of those that were cut, with agencies, media and bodies that the reader did not mark, in order."""
    whole = _with_datelines(text, found)
    whole = _with_unmarked(text, whole, _OUTLET, over=True)
    whole = _with_unmarked(text, whole, _BODY, over=False)
    whole = _joined(text, [_stretched(text, doc, name, whole) for name in in_order(whole)])
    return [replace(name, kind="person") if _is_person(name, whole, doc) else name for name in whole]


def _replacing(found: Sequence[Name], added: Sequence[Name]) -> list[Name]:
    """Names with others in the place of all that share characters with them."""
    index = SpanIndex((name.span, name) for name in added)
    return in_order([*(n for n in found if not any(True for _ in index.overlapping(n.span))), *added])


def _with_datelines(text: str, found: Sequence[Name]) -> list[Name]:
    added = []
    for match in (*_DATELINE.finditer(text), *_AGENCY.finditer(text)):
        added.append(name_at(text, Span(*match.span("city")), "place"))
        added.append(name_at(text, Span(*match.span("agency")), "organization"))
    return _replacing(found, added) if added else list(found)


def _with_unmarked(text: str, found: Sequence[Name], pattern: re.Pattern[str], over: bool) -> list[Name]:
    """Names with those of a pattern; where the reader marked a part of one, only if `over`."""
    index = SpanIndex((name.span, name) for name in found)
    added = []
    for match in pattern.finditer(text):
        span = Span(*match.span(1))
        inside = all(over and span.holds(other.span) for _, other in index.overlapping(span))
        if inside and (over or len(span.of(text).split()) > 1):
            added.append(name_at(text, span, "organization"))
    return _replacing(found, added) if added else list(found)


def _stretched(text: str, doc: Any, name: Name, found: Sequence[Name]) -> Name:
    """A name with the article and word that follow, and the words that the parser reads as part of it."""
    start, end = name.span.start, name.span.end
    while match := _ARTICLE.match(text, end):
        end = match.end()
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is None or name.kind == "group" or names.is_acronym(name.text):
        return name if end == name.span.end else name_at(text, Span(start, end), name.kind)
    others = SpanIndex((other.span, other) for other in found if other is not name)
    first, last = tokens[0].i, tokens[-1].i
    while last + 1 < len(doc) and _goes_on(doc, first, last, others):
        last += 1
    alone = name.kind == "person" and first == last  # a surname: the given name before it was missed
    while first > 0 and _begins(doc, first, others, alone and first == last):
        first -= 1
    span = Span(min(start, doc[first].idx), max(end, doc[last].idx + len(doc[last])))
    return name if span == name.span else name_at(text, span, name.kind)


def _goes_on(doc: Any, first: int, last: int, others: SpanIndex[Name]) -> bool:
    """Whether the word after a name is flat on it: "Ksar | Nouar"."""
    after = doc[last + 1]
    return _is_free(after, doc[last], others) and after.dep_ == "flat" and first <= after.head.i <= last


def _begins(doc: Any, first: int, others: SpanIndex[Name], surname: bool = False) -> bool:
    """Whether a name is flat on the word before it ("Rádio | Mar Alto"), or a surname after what opens its line."""
    before, word = doc[first - 1], doc[first]
    return (
        _is_free(before, before, others)
        and bool(before.whitespace_)
        and ((word.dep_ == "flat" and word.head.i == first - 1) or (surname and _opens_line(before)))
    )


def _opens_line(word: Any) -> bool:
    """Whether a word is the first of its line, where the reader is surest to miss a given name."""
    return word.i == 0 or "\n" in word.doc[word.i - 1].text


def _is_free(word: Any, before: Any, others: SpanIndex[Name]) -> bool:
    """Whether a word may be part of a name beside it: a proper noun on the same line, no title, in no other name."""
    plain = word.lower_.rstrip(".")
    if plain in _SUFFIXES:
        return False
    if word.pos_ != "PROPN" or not word.text[:1].isupper() or not word.text.isalpha() or not before.whitespace_:
        return False
    if plain in names.TITLES or plain in names.OFFICE_ADJECTIVES or plain in HONORIFICS or plain in nouns():
        return False
    return not any(True for _ in others.overlapping(Span(word.idx, word.idx + len(word))))


def _joined(text: str, found: Sequence[Name]) -> list[Name]:
    """Names with the halves of one joined: about a Romance particle, and after the possessive of a body of many."""
    made: list[Name] = []
    for name in in_order(found):
        before = made[-1] if made else None
        between = text[before.span.end : name.span.start] if before else ""
        romance = before is not None and _PARTICLE.fullmatch(between) and len(before.text.split()) == 1
        bodies = before is not None and {before.kind, name.kind} == {"organization"}
        if before is not None and (romance or (bodies and between in ("' ", "’ ") and before.text.endswith("s"))):
            made[-1] = name_at(text, Span(before.span.start, name.span.end), before.kind)
        else:
            made.append(name)
    return made


def _is_person(name: Name, found: Sequence[Name], doc: Any) -> bool:
    """Whether what the reader took for a place or body is a given name and what is a person's name by itself elsewhere."""
    if name.kind not in ("place", "organization") or len(name.text.split()) != 2:
        return False
    words = doc.char_span(name.span.start, name.span.end, alignment_mode="expand")
    if words is None or len(words) != 2 or words[1].dep_ != "flat" or words[1].head.i != words[0].i:
        return False
    alone = words[1].text
    return any(other.kind == "person" and other.text == alone for other in found)


def other_names(text: str, found: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Pairs of names of which the text says that they are names of one thing, no person: "the Grand Hall, known as the Shed"."""
    for at, first in enumerate(found):
        for second in found[at + 1 : at + 2 + ASIDE]:
            between = text[first.span.end : second.span.start]
            fits = first.kind != "person" and (second.kind != "person" or len(second.text.split()) == 1)
            if fits and len(between) < APART and "\n" not in between and _CALLED.fullmatch(between):
                yield first, second
                break
