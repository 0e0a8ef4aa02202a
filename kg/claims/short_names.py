"""Short names by the full ones of their document: "the Authority", a firm's first word, a surname."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.claims import names
from kg.claims.mentions import Name, in_order
from kg.claims.roles.lexicon import HONORIFICS
from kg.claims.spans import SpanIndex
from kg.document import Span

_OF: Final = re.compile(r"[ \u00a0](?:of|for|on|des|de|du)[ \u00a0]")
_GOES_ON: Final = re.compile(
    r"(?:['’]s)?[ \u00a0](?:(?:of|for|on|des|de|du)[ \u00a0]|(?!Mr|Ms|Mrs|Dr)[^\W\d_a-z])|[-\w]"
)
"""What makes a longer name of "the Authority": "the Authority for roads", "the Authority Board"."""
_BEFORE: Final = re.compile(r"(\w+)\.?[ \u00a0]$")
FEW: Final = 6
"""Names with one noun among which spellings of one body are looked for."""
NEAR: Final = 20
"""Characters before a name in which its title or article stands."""
_NOUNS: Final = names.BODIES | frozenset(
    (
        "Academy Administration Alliance Bank Brigade Cabinet Cathedral Centre Center Chamber Church Club Coalition College "
        "Company Congress Convention Cooperative Corporation Foundation Front Fund Group Guard Guild Hospital Inspectorate "
        "League Mission Movement Museum Network Observatory Organisation Organization Parliament Party Police Secretariat "
        "Senate Society Survey Syndicate Trust University"
    ).split()
)
"""Nouns that by themselves stand for the body whose name they head."""


def with_bodies(text: str, found: Sequence[Name]) -> list[Name]:
    """Names with those of bodies that were named in full before and are now called by their noun: "the Authority".

    Where two bodies of the document have the noun, it is neither's.
    """
    full = _by_noun(found)
    if not full:
        return list(found)
    nouns = "|".join(map(re.escape, sorted(full)))
    spans = SpanIndex((name.span, name) for name in found)
    added = []
    for match in re.finditer(rf"(?<!\w)[Tt]he\s({nouns})(?!\w)", text):
        span, body = Span(*match.span(1)), full[match[1]]
        taken = any(other.span != span for _, other in spans.overlapping(span))
        if span.start > body.span.start and not taken and not _GOES_ON.match(text, span.end):
            added.append(Name(span, body.kind, body.text))
    here = {name.span for name in added}
    return in_order([*(name for name in found if name.span not in here), *added])


def _by_noun(found: Iterable[Name]) -> dict[str, Name]:
    """The noun that heads a body's name → the first mention of the one body that it heads the name of."""
    full: dict[str, dict[str, Name]] = defaultdict(dict)
    for name in found:
        head = _OF.split(name.text)[0].split()[-1]
        if name.kind == "organization" and head != name.text and head in _NOUNS:
            full[head].setdefault(names.key(name.text), name)
    return {head: bodies[0] for head, some in full.items() if len(bodies := _longest(some)) == 1}


def _longest(some: Mapping[str, Name]) -> list[Name]:
    """Names of bodies by key, less those that are the end of another one: "Water Authority" of "Norby Water Authority".

    Of more than `FEW` all are left, so that a page of bodies does not take long: they are not one.
    """
    if len(some) > FEW:
        return list(some.values())
    return [name for key, name in some.items() if not any(other.endswith(f" {key}") for other in some)]


def of_one_kind(text: str, found: Sequence[Name], sources: Sequence[Span]) -> list[Name]:
    """Names of one word with the kind of the full name of which they are short.

    A firm's first word is no person ("Norby Holdings Ltd … we have rung Norby"), a surname no body; and no town speaks that has
    the name of who was told of before ("Ivo Sacramento is the head of the ward. … 24 nurses have fallen ill, Sacramento said").
    """
    speaking = SpanIndex((source, source) for source in sources)
    firms, parts = _first_words(found), _words_of_persons(found)
    told: set[str] = set()
    kinds: dict[tuple[str, str], str] = {}
    for name in found:
        word, before = names.key(name.text), _BEFORE.search(text, max(0, name.span.start - NEAR), name.span.start)
        after = before[1].lower() if before else ""
        if " " in name.text:
            told |= {names.key(name.text.split()[-1])} if name.kind == "person" else set()
        elif name.kind == "person" and word in firms and word not in parts:
            titled = after in names.TITLES or after in HONORIFICS
            kinds[word, "person"] = "person" if titled else kinds.get((word, "person"), "organization")
        elif name.kind in ("organization", "place") and word in told and len(parts[word]) == 1 and word not in firms:
            speaks = any(source == name.span for source, _ in speaking.overlapping(name.span))
            if speaks or (name.kind == "organization" and after != "the"):
                kinds[word, name.kind] = "person"
    return [replace(name, kind=kinds.get((names.key(name.text), name.kind), name.kind)) for name in found]


def _first_words(found: Iterable[Name]) -> frozenset[str]:
    """First words of names that end in the legal form of a firm."""
    firms = (name.text.split() for name in found if name.kind == "organization")
    return frozenset(names.key(words[0]) for words in firms if len(words) > 1 and names.key(words[-1]) in names.LEGAL)


def _words_of_persons(found: Iterable[Name]) -> dict[str, set[str]]:
    """Word of a person's full name → the names that have it."""
    words: dict[str, set[str]] = defaultdict(set)
    for name in found:
        if name.kind == "person" and " " in name.text:
            for word in name.text.split():
                words[names.key(word)].add(names.key(name.text))
    return words
