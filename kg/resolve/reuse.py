"""Which documents share words: candidates by rare fingerprints, passages by winnowing (see `kg.resolve.winnowing`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from kg.document import CONTEXT, Span
from kg.resolve.records import Reuse, Selector, SharedPassage
from kg.resolve.table import Table
from kg.resolve.winnowing import Fingerprint, passages

COMMON: Final = 40
"""Documents that hold a fingerprint from which it is boilerplate: a menu, a footer, a standing phrase."""
HITS: Final = 2
"""Fingerprints that two documents must share to be looked at."""


def reuses(tables: Sequence[Table]) -> list[Reuse]:
    """The words that documents share, for every pair that shares a passage, sorted by their ids."""
    holders: dict[int, set[int]] = defaultdict(set)
    for number, table in enumerate(tables):
        for one in table.fingerprints:
            holders[one.hash].add(number)
    hits: Counter[tuple[int, int]] = Counter()
    for some in holders.values():
        if 1 < len(some) <= COMMON:
            hits.update(combinations(sorted(some), 2))
    boilerplate = {value for value, some in holders.items() if len(some) > COMMON}
    del holders
    found = (_reuse(tables[a], tables[b], boilerplate) for (a, b), n in hits.items() if n >= HITS)
    return sorted((one for one in found if one), key=lambda one: (one.a, one.b))


def _reuse(a: Table, b: Table, boilerplate: set[int]) -> Reuse | None:
    if (b.date or "9", b.document) < (a.date or "9", a.document):
        a, b = b, a
    theirs: dict[int, list[Fingerprint]] = defaultdict(list)
    for one in b.fingerprints:
        if one.hash not in boilerplate:
            theirs[one.hash].append(one)
    shared = passages(a.fingerprints, theirs)
    if not shared:
        return None
    ours, others = a.text, b.text
    words = sum(count for _, _, count in shared)
    return Reuse(
        a.document,
        b.document,
        tuple(SharedPassage(_selected(ours, x), _selected(others, y)) for x, y, _ in shared),
        round(min(1.0, words / max(1, min(a.words, b.words))), 2),
    )


def _selected(text: str, span: Span) -> Selector:
    return Selector(
        span, span.of(text), text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    )
