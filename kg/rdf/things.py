"""Quads of what a document names: entities, roles, speakers, quantities and times."""

from __future__ import annotations

from kg.rdf import vocabulary as v
from kg.rdf.document import Page
from kg.rdf.nquads import decimal
from kg.records import Entity, Nested, Quantity, Role, Speaker, Time


def write_entity(page: Page, entity: Entity) -> None:
    """An entity with its names and every mention of it."""
    sink, node = page.sink, page.names.entity(entity.id)
    sink.types(node, v.KG_ENTITY, v.CLASSES[entity.type])
    sink.text(node, v.ENTITY_TYPE, entity.type)
    sink.text(node, v.PREF_LABEL, entity.name)
    for alias in entity.aliases:
        if alias != entity.name:  # SKOS: a preferred label is not an alternative one as well
            sink.text(node, v.ALT_LABEL, alias)
    page.origin(node)
    for span in entity.mentions:
        mention = page.span(span)
        sink.link(node, v.MENTIONED_AT, mention)
        sink.types(mention, v.KG_MENTION)
        sink.link(mention, v.MENTIONS, node)


def write_nested(page: Page, nested: Nested) -> None:
    """A name inside a longer name or a role: which entity it names, and what it stands in."""
    sink, mention = page.sink, page.span(nested.span)
    sink.types(mention, v.KG_NESTED)
    sink.link(mention, v.NESTED_IN, page.span(nested.within))
    sink.link(page.names.entity(nested.entity), v.NESTED_AT, mention)


def write_role(page: Page, role: Role) -> None:
    """An office as the document words it. What it says of its holder is tied to these words, never to the person: no triple
    has the person as its subject."""
    sink, names, node = page.sink, page.names, page.names.role(role.id)
    sink.types(node, v.KG_ROLE, v.PROV_ENTITY)
    sink.text(node, v.ROLE_NAME, role.title)
    sink.text(node, v.LEMMA, role.lemma)
    sink.text(node, v.TEXT, role.text)
    sink.link(node, v.FOUND_AT, page.span(role.span))
    sink.link(node, v.TITLE_AT, page.span(role.title_span))
    sink.link(node, v.SENTENCE_AT, page.span(role.sentence))
    for predicate, entity in ((v.HOLDER, role.holder), (v.OFFICE_OF, role.of)):
        if entity:
            sink.link(node, predicate, names.entity(entity))
    if role.qualifier:
        sink.text(node, v.QUALIFIER, role.qualifier)
    parts = ((v.HOLDER_AT, role.holder_span), (v.OFFICE_OF_AT, role.of_span), (v.QUALIFIER_AT, role.qualifier_span))
    for predicate, span in parts:
        if span is not None:
            sink.link(node, predicate, page.span(span))
    sink.link(node, v.DERIVED_FROM, page.iri)
    sink.link(node, v.GENERATED_BY, names.run)
    page.origin(node)


def write_speaker(page: Page, speaker: Speaker) -> None:
    """Who says it, as the document calls them."""
    sink, node = page.sink, page.names.speaker(speaker.id)
    sink.types(node, v.KG_SPEAKER, v.PROV_AGENT)
    sink.text(node, v.NAME, speaker.name)
    sink.text(node, v.SPEAKER_KIND, speaker.kind)
    if speaker.entity:
        sink.link(node, v.SPEAKER_ENTITY, page.names.entity(speaker.entity))
    if speaker.mention:
        sink.text(node, v.MENTION_TEXT, speaker.mention)
    page.link_spans(node, v.STATED_AT, speaker.spans)
    page.origin(node)


def write_quantity(page: Page, quantity: Quantity) -> None:
    """An amount: its range and what is counted."""
    sink, node = page.sink, page.names.quantity(quantity.id)
    sink.types(node, v.QUANTITATIVE_VALUE, v.KG_QUANTITY)
    sink.text(node, v.TEXT, quantity.text)
    sink.flag(node, v.APPROXIMATE, quantity.approximate)
    for predicate, number in ((v.MIN_VALUE, quantity.minimum), (v.MAX_VALUE, quantity.maximum)):
        if number is not None:
            sink.typed(node, predicate, decimal(number), v.XSD_DECIMAL)
    if quantity.of:
        sink.text(node, v.UNIT_TEXT, quantity.of)
    sink.link(node, v.FOUND_AT, page.span(quantity.span))
    page.origin(node)


def write_time(page: Page, time: Time) -> None:
    """A time expression, with its EDTF value where it could be resolved."""
    sink, node = page.sink, page.names.time(time.id)
    sink.types(node, v.KG_TIME)
    sink.text(node, v.TEXT, time.text)
    if time.edtf:
        sink.typed(node, v.HAS_EDTF, time.edtf, v.EDTF)
    sink.link(node, v.FOUND_AT, page.span(time.span))
    page.origin(node)
