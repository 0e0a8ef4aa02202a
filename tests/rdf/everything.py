"""A graph in which every term of the ontology is used: the sample document in variations, links and a run."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from kg.document import Span
from kg.rdf import Attached, AuthorityLink, authority_quads, derived_quads, quads, run_quads
from kg.rdf import vocabulary as v
from kg.records import Argument, Entity, Nested, Reading, Role
from kg.resolve.records import (
    ClaimGroup,
    ConflictKind,
    EntityLink,
    Link,
    LinkKind,
    Origin,
    Resolution,
    ResolvedEntity,
    Reuse,
    Selector,
    Severity,
    SharedPassage,
)
from tests.rdf.judged import judgement_lines
from tests.samples import sample_reading


def with_roles(reading: Reading) -> Reading:
    """The sample with a role and a nested name; its words are no office, but spans are all that the writer looks at."""
    board, moreno, bridge = reading.entities[:3]
    text, id = reading.document.text, reading.document.id
    (whole,), part = board.mentions, Span(board.mentions[0].start, board.mentions[0].start + 4)
    role = Role(
        id=f"{id}-r{whole.start}-{whole.end}",
        span=whole,
        text=whole.of(text),
        title=whole.of(text),
        title_span=whole,
        lemma="lake board",
        sentence=reading.claims[0].sentence,
        holder=moreno.id,
        holder_span=moreno.mentions[0],
        of=bridge.id,
        of_span=bridge.mentions[0],
        qualifier="former",
        qualifier_span=part,
    )
    lake = Nested(f"{id}-n{part.start}-{part.end}", part, "Lake", "place", f"{id}-e4-8", whole, board.id)
    named = Entity(lake.entity, "place", "Lake", (), (), (part,))
    return replace(reading, entities=(*reading.entities, named), roles=(role,), nested=(lake,))


def document_lines() -> list[str]:
    """The sample document's graphs."""
    return quads(with_roles(sample_reading("the road is open")))


def links() -> Resolution:
    """The sample and a copy of it tied together in every way; what ties them is made up."""
    first, second = sample_reading("the road is open"), twin()
    ada = tuple(sorted(reading.entities[1].id for reading in (first, second)))
    board = tuple(sorted(reading.entities[0].id for reading in (first, second)))
    (a, b), others = sorted(reading.claims[0].id for reading in (first, second)), first.claims
    who = ("Ada Moreno", "Lake Board")
    one = Origin("o1", "Ada Moreno", "r1", (a,), (a[:16],), ())
    two = Origin("o2", "Lake Board", "", (b,), (b[:16],), ("reused text", "the same publisher"))
    group = ClaimGroup(
        "g1", first.claims[0].quote, (a, b), tuple(sorted((a[:16], b[:16]))), who, ("Courier",), (one, two)
    )
    kinds: tuple[LinkKind, ...] = get_args(LinkKind)
    tied = tuple(
        Link(kind, a, b, 0.93, "made up", ("they are worded alike", "no other says so"), *_conflict(kind))
        for kind in kinds
    )
    maybe = (
        Link("same", others[1].id, others[2].id, 0.5, "made up", ("they share words",)),
        Link("conflict", others[0].id, others[2].id, 0.4, "made up", ("one is negative",), "polarity", "low"),
    )
    return Resolution(
        entities=(ResolvedEntity("r1", "person", "Ada Moreno", ("Moreno",), ada, "same full name"),),
        entity_links=(EntityLink(*ada, 1.0, "same full name", ("both are called Ada Moreno",)),),
        possible_entities=(EntityLink(*board, 0.5, "like names", ("the names share a word", "no full name")),),
        groups=(group,),
        links=tied,
        possible=maybe,
        reuses=(reuse(first, second),),
    )


def _conflict(kind: LinkKind) -> tuple[ConflictKind, Severity] | tuple[()]:
    return ("figure", "high") if kind == "conflict" else ()


def twin() -> Reading:
    """The sample under another name, with other words at its end."""
    return sample_reading("the road is shut", file="twin.txt")


def reuse(first: Reading, second: Reading) -> Reuse:
    """The first words that two readings of the sample share."""
    words = Span(0, 40)
    ours, theirs = (
        Selector(words, words.of(d.text), d.prefix(words), d.suffix(words)) for d in (first.document, second.document)
    )
    return Reuse(first.document.id, second.document.id, (SharedPassage(ours, theirs),), 0.25)


def link_lines() -> list[str]:
    """A derived graph in which every sort of link is used."""
    return derived_quads(links())


def authority_lines() -> list[str]:
    """What a service answered of the sample's entities: one record that it is sure of, one that it is not."""
    members = tuple(entity.id for entity in sample_reading("the road is open").entities[:2])
    record, service = "https://authority.example/record/", "https://authority.example/reconcile"
    asked = (service, "2026-03-01T12:00:00Z", "OpenRefine Reconciliation API 0.2")
    told = ("Ada Moreno", "engineer, born 1961", ("Person",))
    sure = AuthorityLink("a1", members, "Ada Moreno", f"{record}7", *told, 98.5, True, 90.0, *asked)
    other = AuthorityLink("a2", members, "Ada Moreno", f"{record}8", "Ada Moreno", "", (), None, False, None, *asked)
    return authority_quads([Attached(sure, ("r1",), True), Attached(other, ("r1",), False)])


def run_lines() -> list[str]:
    return run_quads("urn:kg:", "0.1.0", "a" * 64, {"base": "urn:kg:"})


def all_lines() -> list[str]:
    """Every kind of entity, claim and argument once."""
    reading = sample_reading("the road is open")
    lines = [*document_lines(), *link_lines(), *authority_lines(), *run_lines(), *judgement_lines(), *quads(twin())]
    entity, claim, quoted = reading.entities[0], reading.claims[0], reading.claims[2]
    lines += quads(Reading(reading.document, tuple(replace(entity, id=kind, type=kind) for kind in v.CLASSES)))
    lines += quads(replace(reading, claims=tuple(replace(claim, id=kind, kind=kind) for kind in v.KINDS)))
    for directness in v.DIRECTNESSES:
        lines += quads(replace(reading, claims=(replace(claim, id=directness, directness=directness),)))
    for polarity in v.POLARITIES:
        lines += quads(replace(reading, claims=(replace(claim, id=polarity, polarity=polarity),)))
    for modality in v.MODALITIES:
        lines += quads(replace(reading, claims=(replace(claim, id=modality, modality=modality),)))
    proposition = quoted.propositions[0]
    arguments = tuple(Argument(role, "the road", proposition.spans) for role in (*v.QUALIFIERS, "other"))
    apart = Argument("object", "The the road", (Span(117, 120), *arguments[0].spans))
    told = (
        replace(proposition, arguments=arguments),
        replace(proposition, text="is", spans=(), arguments=(apart,)),
        replace(proposition, spans=apart.spans),
    )
    changed = replace(quoted, propositions=told)
    return lines + quads(replace(reading, claims=(changed,)))
