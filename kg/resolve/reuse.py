"""Which documents share words: candidates by rare fingerprints, passages by winnowing (see `kg.resolve.winnowing`)."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence, Set
from itertools import combinations
from typing import Final

from kg.document import CONTEXT, Span
from kg.resolve.records import Reuse, Selector, SharedPassage
from kg.resolve.table import Table
from kg.resolve.winnowing import Fingerprint, passages

COMMON: Final = 40
"""Documents that hold a fingerprint from which it is common: a menu, a footer, a standing phrase, or a story that all printed."""
NEIGHBOURS: Final = 3
"""Documents of a common fingerprint in a claim that each is looked at with: so all of them hang together, at no square cost."""
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
    common = {value for value, some in holders.items() if len(some) > COMMON}
    reprinted = _neighbours(tables, common)
    del holders
    found = [
        _reuse(tables[a], tables[b], common) for (a, b), n in hits.items() if n >= HITS and (a, b) not in reprinted
    ]
    found += [_reuse(tables[a], tables[b], set()) for a, b in reprinted]
    return sorted((one for one in found if one), key=lambda one: (one.a, one.b))


def _neighbours(tables: Sequence[Table], common: Set[int]) -> set[tuple[int, int]]:
    """Pairs of documents that share common words in which claims stand, each document with the next few that have them.

    A footer in which nobody claims anything is no reuse; a story that a hundred papers printed has one origin all the same.
    """
    told: dict[int, list[int]] = defaultdict(list)
    for number, table in enumerate(tables):
        for value in _in_claims(table, common):
            told[value].append(number)
    hits: Counter[tuple[int, int]] = Counter()
    for some in told.values():
        for at, number in enumerate(some):
            hits.update((number, other) for other in some[at + 1 : at + 1 + NEIGHBOURS])
    return {pair for pair, n in hits.items() if n >= HITS}


def _in_claims(table: Table, common: Set[int]) -> set[int]:
    """Those of the `common` hashes of which a document has words in a claim."""
    found: set[int] = set()
    claims = deque(sorted((one.start, one.end) for one in table.claims))
    end = -1  # up to which the claims passed by reach
    for one in table.fingerprints:
        while claims and claims[0][0] < one.end:
            end = max(end, claims.popleft()[1])
        if one.start < end and one.hash in common:
            found.add(one.hash)
    return found


def _reuse(a: Table, b: Table, common: Set[int]) -> Reuse | None:
    if (b.date or "9", b.document) < (a.date or "9", a.document):
        a, b = b, a
    theirs: dict[int, list[Fingerprint]] = defaultdict(list)
    for one in b.fingerprints:
        if one.hash not in common:
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
