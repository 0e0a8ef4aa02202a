"""What the documents of a case name, across documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import get_args

from kg.errors import KgError
from kg.query.result import Result, Value
from kg.query.source import Source
from kg.query.tables import Names, read, values
from kg.records import EntityType

COLUMNS = ["name", "type", "aliases", "documents", "mentions", "claims_about", "claims_by", "roles", "id"]
"""Columns of the table of entities."""


def entities(case: Source, type: str | None = None) -> Result:
    """The entities of the case, those that are one across documents in one row, the most spoken of first.

    Columns: `name`, `type`, `aliases` (other forms, joined with "; "), `documents` and `mentions` (how many),
    `claims_about` and `claims_by` (claims that mention it, and that it makes), `roles` (what documents call it, as they word
    it, joined with "; "), `id`. `type` limits the table to one
    type, such as "person". Raises `KgError` for a type that does not exist.
    """
    known = get_args(EntityType)
    if type is not None and type.lower() not in known:
        raise KgError(f"no type of entity is called {type!r}; there are: {', '.join(known)}")
    names = Names(case)
    counts = _counts(case, names.resolved)
    roles = _roles(case, names.resolved)
    kinds = dict(sorted(values(case, "kg:entityType")))
    rows: list[list[Value]] = []
    for node in sorted({names.resolved.get(e, e) for e in kinds}):
        if type is None or kinds.get(node) == type.lower():
            rows.append(_row(case, node, kinds.get(node, ""), names, counts, roles))
    rows.sort(key=lambda row: (-int(row[5] or 0), -int(row[4] or 0), str(row[0]).casefold(), str(row[-1])))
    return Result.of(COLUMNS, rows, case.base)


def _row(
    case: Source, node: str, kind: str, names: Names, counts: dict[str, Counter[str]], roles: dict[str, set[str]]
) -> list[Value]:
    known = names.labels.get(node, [""])
    for member in names.members.get(node, []):
        known = known + names.labels.get(member, [])
    others = [name for name in dict.fromkeys(known) if name != known[0]]
    numbers: list[Value] = [counts[what][node] for what in ("documents", "mentions", "about", "by")]
    return [
        known[0],
        kind,
        "; ".join(sorted(others)),
        *numbers,
        "; ".join(sorted(roles.get(node, ()), key=str.casefold)),
        node.removeprefix(case.base),
    ]


def _roles(case: Source, resolved: dict[str, str]) -> dict[str, set[str]]:
    """The words of the roles that documents give each person."""
    found: dict[str, set[str]] = defaultdict(set)
    for holder, text in read(case, "SELECT ?e ?t { ?r a kg:Role ; kg:holder ?e ; kg:text ?t }"):
        found[resolved.get(holder, holder)].add(text)
    return found


def _counts(case: Source, resolved: dict[str, str]) -> dict[str, Counter[str]]:
    """How many documents, mentions, claims about and claims by, for each resolved entity."""
    speakers = dict(values(case, "kg:entity"))
    by = ([speakers[s], claim] for claim, s in values(case, "prov:wasAttributedTo") if s in speakers)
    about = ([entity, claim] for claim, entity in values(case, "schema:about"))
    pairs: dict[str, Iterable[list[str]]] = {
        "documents": read(case, "SELECT ?e ?d { ?e a kg:Entity ; dcterms:source ?d }"),
        "mentions": values(case, "kg:mentionedAt"),
        "about": about,
        "by": by,
    }
    counts: dict[str, Counter[str]] = {}
    for what, rows in pairs.items():
        found: dict[str, set[str]] = defaultdict(set)
        for entity, other in rows:
            found[resolved.get(entity, entity)].add(other)
        counts[what] = Counter({entity: len(others) for entity, others in found.items()})
    return counts
