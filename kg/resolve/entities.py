"""Entities across documents: which records of different documents are one person, body, place, and why.

Nothing is merged on a shared title, surname or place alone. Full names join where they are the same, or two spellings of one
name in documents that share more than the name; weak names (surnames, initials, acronyms, bodies named by common words) join
the one entity that the documents around them point to. What people judged is kept whatever the names say.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.claims.names import is_acronym, key
from kg.records import EntityType
from kg.resolve.clusters import Clusters, Edge
from kg.resolve.context import Context
from kg.resolve.full_names import edges_of_full_names
from kg.resolve.naming import NameForm, persons_relation
from kg.resolve.offices import edges_of_offices
from kg.resolve.records import EntityLink, Judgement, ResolvedEntity
from kg.resolve.table import Table
from kg.resolve.units import Record, Unit, main_type, records_of, units_of
from kg.resolve.weak_names import resolve_weak, same_weak

__all__ = ["resolve_entities"]

SAME_NAME: Final = "same full name"
ALONE: Final = "one record"
JUDGED: Final = "judgement"
Found = tuple[list[ResolvedEntity], list[EntityLink], list[EntityLink]]


def resolve_entities(tables: Sequence[Table], judgements: Sequence[Judgement] = ()) -> Found:
    """The entities of documents; the links that made them of the documents' records; links that people should judge.

    Pure: the order of tables and judgements changes nothing. Entities are sorted by id, links by the records they tie. All
    links of an entity together tie its members. `judgements` of the subject "entities" hold: "same" joins the entities that
    hold the two records, "different" keeps the two records apart; the last one on a pair counts.
    """
    tables = sorted(tables, key=lambda table: table.document)
    records = records_of(tables)
    same, apart = _judged(judgements, {record.row.id for record in records})
    units = units_of(records, frozenset(one for pair in apart for one in pair))
    home = {record.row.id: unit.at for unit in units for record in unit.records}
    clusters = Clusters(units, [(home[a], home[b]) for a, b in apart], _fits)
    for (a, b), judgement in sorted(same.items()):
        words = (f"judged the same by {judgement.by}", *((judgement.why,) if judgement.why else ()))
        clusters.join(Edge(home[a], home[b], 1.0, JUDGED, words, within=True), judged=True)
    possible = _join(clusters, Context(tables, records), units, records)
    entities = _entities(clusters)
    return entities, _links(clusters), _possible(clusters, possible)


def _judged(
    judgements: Sequence[Judgement], known: set[str]
) -> tuple[dict[tuple[str, str], Judgement], list[tuple[str, str]]]:
    """Pairs of records judged the same, with the judgement, and pairs judged different."""
    last: dict[tuple[str, str], Judgement] = {}
    for one in sorted(judgements, key=lambda j: (j.at, j.id)):
        if one.subject == "entities" and one.a in known and one.b in known and one.a != one.b:
            last[min(one.a, one.b), max(one.a, one.b)] = one
    same = {pair: one for pair, one in last.items() if one.verdict == "same"}
    return same, sorted(pair for pair, one in last.items() if one.verdict == "different")


def _join(clusters: Clusters, context: Context, units: Sequence[Unit], records: Sequence[Record]) -> list[Edge]:
    """Join all that the evidence says is one; the rest of what may be one."""
    for edge in _set_apart(units):
        clusters.join(edge)
    sure, unsure = edges_of_full_names(units, context)
    refused = [edge for edge in sorted(sure, key=_strength) if not clusters.join(edge)]
    for edge in same_weak(clusters, context, {"common": 1.0}):
        clusters.join(edge)
    for kinds in (("acronym",), ("initials", "surname", "full", "common")):
        chosen = list(resolve_weak(clusters, context, kinds))
        edges = [edge for edge, _ in chosen if edge]
        refused += [edge for edge in sorted(edges, key=_strength) if not clusters.join(edge)]
        unsure += [edge for _, edge in chosen if edge]
    for edge in list(edges_of_offices(clusters, context)):
        clusters.join(edge)
    for edge in same_weak(clusters, context, {"acronym": 1.0, "initials": 2.0, "surname": 2.0}):
        clusters.join(edge)
    return [*refused, *unsure]


def _set_apart(units: Sequence[Unit]) -> Iterator[Edge]:
    """Edges from records that a judgement keeps from another to the unit of the same name, which most of them still are of."""
    largest: dict[tuple[bool, str], Unit] = {}
    for unit in sorted(units, key=lambda u: (-len(u.records), u.at)):
        if not unit.weak:
            home = largest.setdefault((unit.name.person, unit.name.key), unit)
            if home is not unit:
                yield Edge(home.at, unit.at, 1.0, SAME_NAME, (SAME_NAME,))


def _strength(edge: Edge) -> tuple[float, int, int]:
    return -edge.score, min(edge.a, edge.b), max(edge.a, edge.b)


def _fits(a: NameForm, b: NameForm) -> bool:
    """Whether two full names may stand in one entity: no two persons' names that differ."""
    if a.person and b.person:
        return bool(persons_relation(a, b)[0])
    return True


def _entities(clusters: Clusters) -> list[ResolvedEntity]:
    made: list[tuple[EntityType, str, bool, list[Record]]] = []
    for members in clusters.members().values():
        records = sorted((r for at in members for r in clusters.units[at].records), key=lambda r: r.row.id)
        kind = main_type(records)
        made.append((kind, _best(records, kind), all(clusters.units[at].weak for at in members), records))
    first: dict[tuple[str, str], str] = {}
    for kind, name, weak, records in made:
        if not weak:
            first[kind, key(name)] = min(records[0].row.id, first.get((kind, key(name)), records[0].row.id))
    methods = _methods(clusters)
    found = []
    for kind, name, weak, records in made:
        member = records[0].row.id
        plain = not weak and first[kind, key(name)] == member
        digest = hashlib.sha256(f"{kind}|{key(name)}{'' if plain else '|' + member}".encode()).hexdigest()[:16]
        others = tuple(sorted({text for r in records for text in (r.row.name, *r.row.aliases)} - {name}))
        ids = tuple(record.row.id for record in records)
        found.append(ResolvedEntity(digest, kind, name, others, ids, methods[member]))
    return sorted(found, key=lambda one: one.id)


def _methods(clusters: Clusters) -> dict[str, str]:
    """First record of a cluster → the methods that made it, the most used first."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for edge in clusters.joined:
        counts[clusters.root(edge.a)][edge.method] += 1
    found = {}
    for root, members in clusters.members().items():
        inside = sum(len(clusters.units[at].records) - 1 for at in members)
        if inside:
            counts[root][SAME_NAME] += inside
        some = sorted(counts[root], key=lambda method: (-counts[root][method], method))
        first = min(record.row.id for at in members for record in clusters.units[at].records)
        found[first] = "; ".join(some) or ALONE
    return found


def _best(records: Sequence[Record], kind: str) -> str:
    """The name to show: the fullest one of a person or body, the most used one of anything else; no acronym, no capitals."""
    used: Counter[str] = Counter()
    forms: dict[str, NameForm] = {}
    for record in records:
        used[record.row.name] += 1 + record.row.mentions
        forms[record.row.name] = record.name
    names = [name for name in used if not is_acronym(name)] or list(used)
    words = {name: len(forms[name].words if forms[name].person else name.split()) for name in names}
    length = words if kind in ("person", "organization") else dict.fromkeys(names, 0)
    titled = {name: len(name.split()) > len(forms[name].words) and forms[name].person for name in names}
    return min(names, key=lambda name: (-length[name], titled[name], name.isupper(), -used[name], name))


def _links(clusters: Clusters) -> list[EntityLink]:
    found = []
    for unit in clusters.units:
        first = unit.first.row.id
        found += [EntityLink(first, other.row.id, 1.0, SAME_NAME, (SAME_NAME,)) for other in unit.records[1:]]
    found += [_link(clusters, edge) for edge in clusters.joined]
    return sorted(found, key=lambda link: (link.a, link.b))


def _link(clusters: Clusters, edge: Edge) -> EntityLink:
    a, b = sorted((clusters.units[edge.a].first.row.id, clusters.units[edge.b].first.row.id))
    return EntityLink(a, b, round(edge.score, 2), edge.method, edge.reasons)


def _possible(clusters: Clusters, edges: Iterable[Edge]) -> list[EntityLink]:
    """The best link between any two entities that may be one."""
    best: dict[tuple[int, int], Edge] = {}
    for edge in sorted(edges, key=_strength):
        a, b = sorted((clusters.root(edge.a), clusters.root(edge.b)))
        if a != b and b not in clusters.enemies.get(a, ()):
            best.setdefault((a, b), edge)
    return sorted((_link(clusters, edge) for edge in best.values()), key=lambda link: (link.a, link.b))
