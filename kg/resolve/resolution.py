"""The whole work across documents, in one pure function."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.document import Span
from kg.reader import pair_outcomes
from kg.resolve.compare import METHOD, METHOD_READ
from kg.resolve.comparing import Pair, Together, best, compared
from kg.resolve.entities import resolve_entities
from kg.resolve.groups import components
from kg.resolve.judged import judged_claims, judged_pairs
from kg.resolve.memory import Memory
from kg.resolve.origins import Sources, group_of, relations
from kg.resolve.reading import READ
from kg.resolve.records import Judgement, Link, LinkKind, Resolution, ResolvedEntity, Reuse
from kg.resolve.reuse import reuses
from kg.resolve.statement import Statement, statements
from kg.resolve.table import Table
from kg.resolve.verdict import Comparison

FEW: Final = 4
"""Links of a group, or of a claim in none, that people are asked about."""
JUDGED: Final = "judged by a person"


def resolve(
    tables: Iterable[Table],
    judgements: Sequence[Judgement] = (),
    memory: Memory | None = None,
    together: Together = pair_outcomes,
) -> Resolution:
    """What follows from all documents together; neither their order nor that of the judgements changes it.

    `judgements` are those in force. `together` reads two claims that may be about one matter. `memory` keeps comparisons from one
    call to the next; it changes no result where both calls read with the same `together`.
    """
    collecting = gc.isenabled()
    gc.disable()  # nothing here goes in circles, and looking for circles among so many rows costs an eighth of the time
    try:
        return _resolved(tables, judgements, memory, together)
    finally:
        if collecting:
            gc.enable()


def _resolved(
    tables: Iterable[Table], judgements: Sequence[Judgement], memory: Memory | None, together: Together
) -> Resolution:
    ordered = sorted(tables, key=lambda table: table.document)
    entities, joined, possible = resolve_entities(ordered, judgements)
    claims = list(judged_claims(statements(ordered, entities), judgements, entities))
    reused = reuses(ordered)
    found, doubtful = compared(claims, together, memory)
    ids = {one.id for one in claims}
    said = {pair: one for pair, one in judged_pairs(judgements).items() if ids.issuperset(pair)}
    rest = _resolution(ordered, entities, claims, reused, (found, doubtful), said)
    return replace(rest, entities=tuple(entities), entity_links=tuple(joined), possible_entities=tuple(possible))


def _resolution(
    tables: Sequence[Table],
    entities: Sequence[ResolvedEntity],
    claims: Sequence[Statement],
    reused: Sequence[Reuse],
    both: tuple[Mapping[Pair, Comparison], Mapping[Pair, Comparison]],
    said: Mapping[Pair, Comparison | None],
) -> Resolution:
    found, doubtful = both
    by_id = {one.id: one for one in claims}
    sure = {pair: one for pair, one in found.items() if pair not in said}
    sure |= {pair: one for pair, one in said.items() if one}
    same = sorted(
        (p for p, one in sure.items() if one.outcome == "same"), key=lambda p: (p not in said, -sure[p].score, p)
    )
    together, edges = [p for p in same if p in said], [p for p in same if p not in said]
    apart = (p for p, one in sure.items() if one.outcome != "same")
    never = [p for p, one in said.items() if one is None]
    grouped = components(by_id, edges, apart, together, never, {one.id: one.words for one in claims})
    place = {claim: members[0] for members in grouped for claim in members}
    sources = Sources(tables, entities)
    shared = _both_ways(reused)
    groups = [group_of([by_id[c] for c in members], sources, shared) for members in grouped if len(members) > 1]
    links = [*_inner(same, sure, place), *_outer(sure, place)]
    links += [link for group in groups for link in relations(group, by_id, sources)]
    open_ones = {pair: one for pair, one in doubtful.items() if pair not in said}
    return Resolution(
        groups=tuple(sorted(groups, key=lambda one: one.id)),
        links=tuple(sorted(links, key=lambda one: (one.kind, one.a, one.b))),
        possible=tuple(sorted(_possible(open_ones, place), key=lambda one: (one.kind, one.a, one.b))),
        reuses=tuple(reused),
    )


def _inner(same: Sequence[Pair], sure: Mapping[Pair, Comparison], place: Mapping[str, str]) -> list[Link]:
    """The links that hold groups together: the surest that join them, no more."""
    root: dict[str, str] = {}

    def find(one: str) -> str:
        while root.get(one, one) != one:
            one = root[one]
        return one

    kept = []
    for a, b in same:
        if place[a] == place[b] and find(a) != find(b):
            root[find(a)] = find(b)
            kept.append(_link((a, b), sure[a, b]))
    return kept


def _outer(sure: Mapping[Pair, Comparison], place: Mapping[str, str]) -> list[Link]:
    """What holds between groups, or claims in none: of what their claims say of each other the surest, once for two groups."""
    between: dict[Pair, list[Link]] = defaultdict(list)
    for pair, one in sure.items():
        a, b = sorted((place[pair[0]], place[pair[1]]))
        if a != b and one.outcome != "same":
            between[a, b].append(_link(pair, one))
    kept = []
    for links in between.values():
        total: dict[str, float] = defaultdict(float)
        for link in links:
            total[link.kind] += link.score
        # as scores are, to two places; where as much speaks for two kinds, people should look at the conflict
        kind = max(sorted(total), key=lambda k: (round(total[k], 2), k == "conflict"))
        kept.append(min((one for one in links if one.kind == kind), key=lambda one: (-one.score, one.a, one.b)))
    return kept


def _possible(doubtful: Mapping[Pair, Comparison], place: Mapping[str, str]) -> list[Link]:
    """What people should look at: between two groups, or claims in none, the likeliest of what may hold; of each group few."""
    between: dict[Pair, Pair] = {}
    for pair in sorted(doubtful, key=lambda p: (-doubtful[p].score, p)):
        a, b = sorted((place[pair[0]], place[pair[1]]))
        if a != b:
            between.setdefault((a, b), pair)
    few = best({ends: doubtful[pair] for ends, pair in between.items()}, FEW)
    return [_link(between[ends], one) for ends, one in few.items()]


def _link(pair: Pair, one: Comparison) -> Link:
    a, b = pair if one.outcome != "supported" else (pair[1], pair[0])
    kind: LinkKind = "support" if one.outcome == "supported" else one.outcome
    method = METHOD if READ.isdisjoint(one.reasons) else METHOD_READ
    method = JUDGED if one.reasons and one.reasons[0].startswith("judged by ") else method
    return Link(kind, a, b, one.score, method, one.reasons, one.conflict, one.severity)


def _both_ways(reused: Iterable[Reuse]) -> dict[Pair, list[tuple[Span, Span]]]:
    found: dict[Pair, list[tuple[Span, Span]]] = {}
    for one in reused:
        found[one.a, one.b] = [(p.a.span, p.b.span) for p in one.passages]
        found[one.b, one.a] = [(p.b.span, p.a.span) for p in one.passages]
    return found
