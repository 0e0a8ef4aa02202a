"""Which of the reader's mentions and claims are which of the gold's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from benchmarks.across.gold import Gold, GoldClaim, GoldMention
from kg.claims.names import key
from kg.document import Span
from kg.records import Claim, Reading

JACCARD: Final = 0.5
"""Least share of common words of two contents that are one claim."""
HELD: Final = 0.6
"""Or: one holds the other, whose characters are at least this share of its own."""

INSIDE: Final = 0.9
"""Share of a gold claim's words that a claim must have to hold it among others."""

_WORD: Final = re.compile(r"\w+")


def mentions(gold: Gold, readings: Mapping[str, Reading]) -> dict[GoldMention, str]:
    """For every gold mention that the reader found, the id of the reader's entity.

    First by exact span (mentions before names inside longer names or roles), then by overlap with the same last word;
    each mention of the reader stands for one of the gold's at most.
    """
    wanted: dict[str, list[GoldMention]] = defaultdict(list)
    for one in gold.mentions:
        wanted[one.file].append(one)
    found: dict[GoldMention, str] = {}
    for file, some in wanted.items():
        found.update(_in_file(some, readings[file]))
    return found


def _in_file(some: Sequence[GoldMention], reading: Reading) -> dict[GoldMention, str]:
    exact: dict[Span, str] = {}
    for entity in reading.entities:
        exact.update(dict.fromkeys(entity.mentions, entity.id))
    inside = {span: entity.id for entity in reading.entities for span in entity.nested}
    found = {one: exact.pop(one.span) for one in some if one.span in exact}
    found.update({one: inside[one.span] for one in some if one not in found and one.span in inside})
    for one in some:
        if one not in found:
            fits = [s for s in exact if s.overlaps(one.span) and _last(s.of(reading.document.text)) == _last(one.text)]
            if fits:
                found[one] = exact.pop(max(fits, key=lambda s: (_common(s, one.span), -s.start)))
    return found


def claims(gold: Gold, readings: Mapping[str, Reading]) -> dict[str, str]:
    """For every gold claim that the reader found, the id of the reader's claim: the best fits first, one to one."""
    wanted: dict[str, list[GoldClaim]] = defaultdict(list)
    for one in gold.claims.values():
        wanted[one.file].append(one)
    found: dict[str, str] = {}
    for file, some in wanted.items():
        reading = readings[file]
        fits = [(_fit(one, claim, reading), one.id, claim.id) for one in some for claim in reading.claims]
        taken: set[str] = set()
        for (likeness, _), one_id, claim_id in sorted(fits, key=lambda f: (-f[0][0], -f[0][1], f[1], f[2])):
            if likeness and one_id not in found and claim_id not in taken:
                found[one_id] = claim_id
                taken.add(claim_id)
    return found


def holders(gold: Gold, readings: Mapping[str, Reading], known: Mapping[str, str]) -> dict[str, str]:
    """The reader's claims that are none of the gold's, but hold one among other words: the gold claim for each.

    ("He was told that the gate had been shut", of which the gold has "the gate had been shut".) `known`: see `claims`.
    """
    taken, found = set(known.values()), dict[str, str]()
    for one in gold.claims.values():
        reading = readings[one.file]
        ours = _words(reading, [one.span])
        for claim in reading.claims:
            if claim.id not in taken and len(ours & _words(reading, claim.spans)) >= INSIDE * len(ours):
                found.setdefault(claim.id, one.id)
    return found


def _fit(one: GoldClaim, claim: Claim, reading: Reading) -> tuple[float, bool]:
    """How alike the contents are (0: not one claim), and whether the speakers' names end alike."""
    ours, theirs = _words(reading, [one.span]), _words(reading, claim.spans)
    share = len(ours & theirs) / max(1, len(ours | theirs))
    hull = Span(claim.spans[0].start, claim.spans[-1].end)
    inner, outer = sorted((one.span, hull), key=lambda s: s.end - s.start)
    held = outer.holds(inner) and inner.end - inner.start >= HELD * (outer.end - outer.start)
    if share < JACCARD and not held:
        return 0.0, False
    speakers = {_last(speaker.name) for speaker in claim.chain[-2:]}
    return share, _last(one.speaker) in speakers


def _words(reading: Reading, spans: Iterable[Span]) -> set[int]:
    return {at for span in spans for at in words_in(reading.document.text, span)}


def words_in(text: str, span: Span) -> set[int]:
    """Where the words begin that stand in a span."""
    return {m.start() for m in _WORD.finditer(text, span.start, span.end)}


def _last(name: str) -> str:
    return (key(name).split() or [""])[-1]


def _common(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)
