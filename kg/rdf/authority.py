"""Quads of the authority graph: which records of an authority, such as Wikidata, an entity may be.

What a service answered cannot be computed again from the documents, so the graph is kept from build to build. Each link
hangs on entities of documents; what follows for the entities across documents is written beside it, and written anew by
every build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.rdf import vocabulary as v
from kg.rdf.names import Names
from kg.rdf.nquads import Sink, canonical, check_base, decimal
from kg.rdf.vocabulary import BASE


@dataclass(frozen=True, slots=True)
class AuthorityLink:
    """What a service said of a name.

    `members` are ids of `kg.records.Entity`, sorted: those that were one entity when it was asked for by the name `sent`.
    `record` is the IRI of the record, `name`, `description` and `types` (words, sorted) what the service says of it.
    `score` is on the service's own scale (None: it gave none), `matched` its own decision, `threshold` the least score that
    was asked for (None: any). `service` is its URL, `at` when it was asked (xsd:dateTime in UTC), `method` the protocol.
    """

    id: str
    members: tuple[str, ...]
    sent: str
    record: str
    name: str
    description: str
    types: tuple[str, ...]
    score: float | None
    matched: bool
    threshold: float | None
    service: str
    at: str
    method: str

    @property
    def sure(self) -> bool:
        """Whether the service decided that this is it, with a score as high as was asked for."""
        return self.matched and (self.threshold is None or (self.score is not None and self.score >= self.threshold))


@dataclass(frozen=True, slots=True)
class Attached:
    """A link and the ids of the resolved entities that it speaks of now; `exact`: it is taken to be the same."""

    link: AuthorityLink
    entities: tuple[str, ...]
    exact: bool


def authority_quads(attached: Iterable[Attached], base: str = BASE) -> list[str]:
    """Canonical N-Quads of the authority graph. Raises KgError where `base` is not a base IRI."""
    names = Names(check_base(base))
    sink = Sink(names.authority_graph)
    for one in attached:
        _write(sink, names, one)
    return canonical(sink.lines)


def _write(sink: Sink, names: Names, attached: Attached) -> None:
    link = attached.link
    node = names.authority_link(link.id)
    sink.types(node, v.KG_AUTHORITY_LINK if attached.exact else v.KG_POSSIBLE_AUTHORITY_LINK)
    sink.links(node, v.MADE_FOR, map(names.entity, link.members))
    sink.link(node, v.RECORD, link.record)
    sink.types(link.record, v.KG_AUTHORITY_RECORD)
    texts = {v.NAME_SENT: link.sent, v.NAME: link.name, v.DESCRIPTION: link.description, v.METHOD: link.method}
    for predicate, text in texts.items():
        if text:
            sink.text(node, predicate, text)
    for type in link.types:
        sink.text(node, v.RECORD_TYPE, type)
    for predicate, number in ((v.SERVICE_SCORE, link.score), (v.THRESHOLD, link.threshold)):
        if number is not None:
            sink.typed(node, predicate, decimal(number), v.XSD_DECIMAL)
    sink.flag(node, v.SERVICE_MATCH, link.matched)
    sink.typed(node, v.SERVICE, link.service, v.XSD_ANY_URI)
    sink.typed(node, v.GENERATED_AT, link.at, v.XSD_DATE_TIME)
    for entity in map(names.resolved, attached.entities):
        sink.link(node, v.LINKS_ENTITY, entity)
        sink.link(entity, v.EXACT_MATCH if attached.exact else v.CANDIDATE_MATCH, link.record)


def authority_links(lines: Iterable[str], base: str) -> list[AuthorityLink]:
    """The links of an authority graph, read back from its lines, by id. Raises ValueError where they are not N-Quads."""
    import pyoxigraph as ox

    head, found = Names(base).authority_link(""), defaultdict[str, dict[str, list[str]]](lambda: defaultdict(list))
    data = "".join(f"{line}\n" for line in lines if line.startswith(f"<{head}"))
    try:
        quads = list(ox.parse(data.encode(), ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise ValueError(str(error)) from None
    for quad in quads:
        found[str(getattr(quad.subject, "value", ""))][quad.predicate.value].append(
            str(getattr(quad.object, "value", ""))
        )
    return [_link(node.removeprefix(head), values, Names(base).entity("")) for node, values in sorted(found.items())]


def _link(id: str, values: dict[str, list[str]], entity: str) -> AuthorityLink:
    def one(predicate: str) -> Any:
        return next(iter(values.get(predicate, ())), "")

    def number(predicate: str) -> float | None:
        return float(one(predicate)) if predicate in values else None

    return AuthorityLink(
        id=id,
        members=tuple(sorted(iri.removeprefix(entity) for iri in values.get(v.MADE_FOR, ()))),
        sent=one(v.NAME_SENT),
        record=one(v.RECORD),
        name=one(v.NAME),
        description=one(v.DESCRIPTION),
        types=tuple(sorted(values.get(v.RECORD_TYPE, ()))),
        score=number(v.SERVICE_SCORE),
        matched=one(v.SERVICE_MATCH) == "true",
        threshold=number(v.THRESHOLD),
        service=one(v.SERVICE),
        at=one(v.GENERATED_AT),
        method=one(v.METHOD),
    )
