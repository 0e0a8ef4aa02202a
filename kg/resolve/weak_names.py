"""Names that stand for nobody by themselves, tied to the one entity that the documents around them tell of.

A surname, initials or an acronym joins the one candidate that fits and whose documents share enough with its own: names,
days, a publisher, an office. Where two fit, neither is taken unless one has several times the other's evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.resolve.candidates import TYPED, Index
from kg.resolve.clusters import Clusters, Edge
from kg.resolve.context import Context, Feature, own_features
from kg.resolve.weighing import Candidate, Weighing, shared_office

NEIGHBOURS: Final = 6
"""Later documents with the same feature that a document is compared with."""


def resolve_weak(
    clusters: Clusters, context: Context, kinds: Iterable[str]
) -> Iterator[tuple[Edge | None, Edge | None]]:
    """For each cluster whose names are all of some weak kinds, or short: the edge to what it stands for, or a possible one."""
    weighing = Weighing(clusters, context)
    index = Index(weighing)
    wanted = frozenset(kinds)
    for root in sorted(weighing.members):
        some = {unit.name: unit for unit in weighing.units(root)}
        if any(name.kind not in wanted for name in some):
            continue
        found = (one for unit in some.values() for one in index.candidates(root, unit) if one.root != root)
        best: dict[int, Candidate] = {}
        for one in found:
            if one.root not in best or one.score > best[one.root].score:
                best[one.root] = one
        candidates = list(best.values())
        if candidates:
            yield weighing.choose(root, candidates)


def same_weak(clusters: Clusters, context: Context, kinds: Mapping[str, float]) -> Iterator[Edge]:
    """Edges between documents' records of one weak name (kind → the evidence needed), where the documents share enough.

    Documents are met through the features that they share: for each, neighbours in the order of documents; no pair of
    documents is looked at that shares nothing.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for root, members in clusters.members().items():
        names = {clusters.units[at].name for at in members}
        kinds_here = {name.kind for name in names}
        if len({name.key for name in names}) == 1 and len(kinds_here) == 1 and kinds_here <= kinds.keys():
            name = clusters.units[members[0]].name
            groups[name.kind, name.key].append(root)
    for (kind, name_key), roots in sorted(groups.items()):
        if len(roots) > 1:
            yield from _same(clusters, context, sorted(roots), kinds[kind], name_key)


def _same(clusters: Clusters, context: Context, roots: list[int], needed: float, name: str) -> Iterator[Edge]:
    but = own_features(clusters.units[root] for root in roots)
    holders: dict[Feature, list[int]] = defaultdict(list)
    for root in roots:
        for feature in context.around(sorted(clusters.documents[root])):
            if feature not in but:
                holders[feature].append(root)
    shared: Counter[tuple[int, int]] = Counter()
    for feature in sorted(holders):
        some = holders[feature]
        for n, a in enumerate(some):
            for b in some[n + 1 : n + 1 + NEIGHBOURS]:
                shared[a, b] += 1
    for (a, b), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        company = context.company(clusters.documents[a], clusters.documents[b], but)
        office = shared_office(clusters.units[a].offices(), clusters.units[b].offices())
        if company.worth >= needed or (office and company.worth >= needed / 2):
            reasons = ("same name", *((f"the same office: {office}",) if office else ()), *company.words())
            score = round(min(0.9, 0.7 + 0.05 * company.worth), 3)
            yield Edge(a, b, score, TYPED, reasons)
