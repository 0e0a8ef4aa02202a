"""Reads what links claims across documents from a case's store: groups with their origins, conflicts, shared passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from kg.render.graph import ClaimLink, ClaimNode, GroupNode, OriginValue, PassageValue

GROUPS = """
SELECT ?id ?label ?documents ?speakers ?publishers WHERE {
  ?id a kg:ClaimGroup ; skos:prefLabel ?label ; kg:documents ?documents ; kg:speakers ?speakers ; kg:publishers ?publishers
} ORDER BY ?id"""
ORIGINS = """
SELECT ?id ?group ?name ?claim WHERE {
  ?id a kg:Origin ; kg:originOf ?group ; schema:name ?name . ?claim kg:hasOrigin ?id
} ORDER BY ?id ?claim"""
REASONS = """
SELECT ?id ?reason WHERE { ?id kg:reason ?reason } ORDER BY ?id ?reason"""
LINKS = """
SELECT ?id ?kind ?from ?to ?score ?what ?severity WHERE {
  VALUES ?type { kg:ConflictLink kg:SupportLink kg:CompatibleLink kg:ConfirmationLink kg:RepetitionLink }
  ?id a ?type ; kg:linkKind ?kind ; kg:from ?from ; kg:to ?to ; kg:score ?score .
  OPTIONAL { ?id kg:conflictKind ?what } OPTIONAL { ?id kg:severity ?severity }
} ORDER BY ?id"""
PASSAGES = """
SELECT ?id ?from ?to ?a ?aStart ?aEnd ?b ?bStart ?bEnd WHERE {
  ?reuse a kg:Reuse ; kg:from ?from ; kg:to ?to ; kg:passage ?id .
  ?id kg:fromAt/oa:hasSelector ?here ; kg:toAt/oa:hasSelector ?there .
  ?here oa:exact ?a ; oa:start ?aStart ; oa:end ?aEnd . ?there oa:exact ?b ; oa:start ?bStart ; oa:end ?bEnd
} ORDER BY ?id"""

Row = dict[str, str]
Ask = Callable[[str], Iterator[Row]]
"""Asks the store: rows as text by the names of variables."""


def collect_links(ask: Ask) -> tuple[ClaimLink, ...]:
    """Every link between claims but "same", which a group says; sorted by IRI."""
    reasons = _reasons(ask)
    return tuple(
        ClaimLink(r["id"], r["from"], r["to"], r["kind"], r["what"], r["severity"], r["score"], tuple(reasons[r["id"]]))
        for r in ask(LINKS)
    )


def collect_groups(ask: Ask, claims: Sequence[ClaimNode]) -> tuple[GroupNode, ...]:
    """The groups, each with its origins, the one with the most claims first, and the passages that hold its claims."""
    known = {claim.id: claim for claim in claims}
    reasons, passages = _reasons(ask), list(ask(PASSAGES))
    origins: dict[str, dict[str, tuple[str, list[str]]]] = defaultdict(dict)
    for row in ask(ORIGINS):
        if row["claim"] in known:
            origins[row["group"]].setdefault(row["id"], (row["name"], []))[1].append(row["claim"])
    found = []
    for row in ask(GROUPS):
        values = [OriginValue(n, tuple(reasons[id]), tuple(c)) for id, (n, c) in sorted(origins[row["id"]].items())]
        values.sort(key=lambda one: (-len(one.claims), one.name, one.claims))
        members = [known[claim] for one in values for claim in one.claims]
        documents, speakers, publishers = (int(row[name]) for name in ("documents", "speakers", "publishers"))
        shared = tuple(_passage(p) for p in passages if _holds(p, members))
        if members:
            found.append(GroupNode(row["id"], row["label"], documents, speakers, publishers, tuple(values), shared))
    return tuple(found)


def _reasons(ask: Ask) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in ask(REASONS):
        found[row["id"]].append(row["reason"])
    return found


def _passage(row: Row) -> PassageValue:
    ours, theirs = (int(row["aStart"]), int(row["aEnd"])), (int(row["bStart"]), int(row["bEnd"]))
    return PassageValue(row["from"], ours, row["a"], row["to"], theirs, row["b"])


def _holds(row: Row, members: Sequence[ClaimNode]) -> bool:
    """Whether a claim of the group stands in the passage, in both documents."""
    return all(
        any(
            claim.document == row[home] and any(a < int(row[end]) and int(row[start]) < b for a, b in claim.spans)
            for claim in members
        )
        for home, start, end in (("from", "aStart", "aEnd"), ("to", "bStart", "bEnd"))
    )
