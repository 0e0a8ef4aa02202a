"""Quads of what is derived across documents: recomputable, with method, score and reasons, apart from any document's own."""

from __future__ import annotations

from collections.abc import Iterable

from kg.rdf import vocabulary as v
from kg.rdf.document import selector
from kg.rdf.names import Names
from kg.rdf.nquads import Sink, canonical, check_base
from kg.rdf.vocabulary import BASE
from kg.resolve.records import ClaimGroup, EntityLink, Link, Resolution, ResolvedEntity, Reuse


def derived_quads(found: Resolution, base: str = BASE) -> list[str]:
    """Canonical N-Quads of the derived graph. Raises KgError where `base` is not a base IRI."""
    names = Names(check_base(base))
    sink = Sink(names.derived_graph)
    for entity in found.entities:
        _entity(sink, names, entity)
    for kind, some in ((v.KG_ENTITY_LINK, found.entity_links), (v.KG_POSSIBLE_ENTITY_LINK, found.possible_entities)):
        for one in some:
            _entity_link(sink, names, one, kind)
    for group in found.groups:
        _group(sink, names, group)
    for link in found.links:
        _link(sink, names, link)
        sink.link(names.claim(link.a), v.LINKED[link.kind][1], names.claim(link.b))
    for link in found.possible:
        _link(sink, names, link, possible=True)
    for reuse in found.reuses:
        _reuse(sink, names, reuse)
    return canonical(sink.lines)


def _entity(sink: Sink, names: Names, thing: ResolvedEntity) -> None:
    node = names.resolved(thing.id)
    sink.types(node, v.KG_RESOLVED, v.CLASSES[thing.type])
    sink.text(node, v.ENTITY_TYPE, thing.type)
    sink.text(node, v.PREF_LABEL, thing.name)
    for alias in thing.aliases:
        if alias != thing.name:
            sink.text(node, v.ALT_LABEL, alias)
    sink.text(node, v.METHOD, thing.method)
    for member in thing.members:
        sink.link(names.entity(member), v.SPECIALIZATION_OF, node)


def _reasoned(sink: Sink, node: str, score: float, method: str, reasons: Iterable[str]) -> None:
    sink.decimal(node, v.SCORE, score)
    sink.text(node, v.METHOD, method)
    for reason in reasons:
        sink.text(node, v.REASON, reason)


def _entity_link(sink: Sink, names: Names, link: EntityLink, kind: str) -> None:
    node = names.entity_link(link.a, link.b)
    sink.types(node, kind)
    sink.link(node, v.FROM, names.entity(link.a))
    sink.link(node, v.TO, names.entity(link.b))
    _reasoned(sink, node, link.score, link.method, link.reasons)


def _group(sink: Sink, names: Names, group: ClaimGroup) -> None:
    node = names.group(group.id)
    sink.types(node, v.KG_CLAIM_GROUP)
    sink.text(node, v.PREF_LABEL, group.label)
    sink.count(node, v.DOCUMENTS, len(group.documents))
    sink.count(node, v.SPEAKERS, len(group.speakers))
    sink.count(node, v.PUBLISHERS, len(group.publishers))
    sink.count(node, v.ORIGINS, len(group.origins))
    for claim in group.claims:
        sink.link(names.claim(claim), v.IN_GROUP, node)
    for origin in group.origins:
        source = names.origin(origin.id)
        sink.types(source, v.KG_ORIGIN)
        sink.link(source, v.ORIGIN_OF, node)
        sink.text(source, v.NAME, origin.speaker)
        if origin.entity:
            sink.link(source, v.SPEAKER_ENTITY, names.resolved(origin.entity))
        for reason in origin.reasons:
            sink.text(source, v.REASON, reason)
        for claim in origin.claims:
            sink.link(names.claim(claim), v.HAS_ORIGIN, source)


def _link(sink: Sink, names: Names, link: Link, possible: bool = False) -> None:
    node = names.claim_link(link.kind, link.a, link.b)
    sink.types(node, v.KG_POSSIBLE_LINK if possible else v.LINKED[link.kind][0])
    sink.text(node, v.LINK_KIND, link.kind)
    sink.link(node, v.FROM, names.claim(link.a))
    sink.link(node, v.TO, names.claim(link.b))
    if link.conflict:
        sink.text(node, v.CONFLICT_KIND, link.conflict)
    if link.severity:
        sink.text(node, v.SEVERITY, link.severity)
    _reasoned(sink, node, link.score, link.method, link.reasons)


def _reuse(sink: Sink, names: Names, reuse: Reuse) -> None:
    node = names.reuse(reuse.a, reuse.b)
    sink.types(node, v.KG_REUSE)
    sink.link(node, v.FROM, names.document(reuse.a))
    sink.link(node, v.TO, names.document(reuse.b))
    sink.decimal(node, v.SHARE, reuse.share)
    for shared in reuse.passages:
        passage = names.passage(reuse.a, shared.a.span, reuse.b, shared.b.span)
        sink.types(passage, v.KG_SHARED_PASSAGE)
        sink.link(node, v.PASSAGE, passage)
        for document, one, at in ((reuse.a, shared.a, v.FROM_AT), (reuse.b, shared.b, v.TO_AT)):
            place = names.span(document, one.span)
            sink.link(passage, at, place)
            selector(sink, place, names.document(document), one.span, one.exact, one.prefix, one.suffix)
