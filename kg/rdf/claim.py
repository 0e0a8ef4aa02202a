"""Quads of a claim: who says it, where, in the document's graph; what it says, in a graph of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.document import Span
from kg.rdf import vocabulary as v
from kg.rdf.document import Page
from kg.rdf.nquads import Sink
from kg.records import Argument, Claim, Proposition

STANDING: Final = frozenset({"assertion", "opinion", "belief", "warning"})
"""Kinds of claims whose speaker says that it is so. A concern may be about what has not happened; the others ask, doubt, deny."""
CHAIN_MARK = " › "
"""Between the speakers of a chain, the document's own voice first."""


def write_claim(page: Page, claim: Claim) -> None:
    """The claim as something said: its speaker, its words, its place. What it says is not here."""
    sink, names = page.sink, page.names
    node = names.claim(claim.id)
    sink.types(node, v.KG_CLAIM, v.SCHEMA_CLAIM, v.PROV_ENTITY)
    sink.text(node, v.QUOTE, claim.quote)
    page.link_spans(node, v.CONTENT_AT, claim.spans)
    sink.link(node, v.SENTENCE_AT, page.span(claim.sentence))
    _write_source(page, node, claim)
    sink.link(node, v.KIND, v.KINDS[claim.kind])
    sink.link(node, v.DIRECTNESS, v.DIRECTNESSES[claim.directness])
    sink.link(node, v.POLARITY, v.POLARITIES[claim.polarity])
    sink.link(node, v.MODALITY, v.MODALITIES[claim.modality])
    if claim.cue:
        sink.text(node, v.CUE, claim.cue)
    page.link_spans(node, v.CUE_AT, claim.cue_spans)
    sink.links(node, v.ABOUT, map(names.entity, claim.about))
    sink.links(node, v.HAS_QUANTITY, map(names.quantity, claim.quantities))
    sink.links(node, v.HAS_TIME, map(names.time, claim.times))
    sink.link(node, v.CONTENT, names.content(claim.id))
    sink.link(node, v.DERIVED_FROM, page.iri)
    sink.link(node, v.GENERATED_BY, names.run)
    page.origin(node)


def _write_source(page: Page, node: str, claim: Claim) -> None:
    """On whose word: the speaker, those in between, and the claim that this one is told in."""
    sink, names = page.sink, page.names
    sink.link(node, v.ATTRIBUTED_TO, names.speaker(claim.speaker.id))
    sink.text(node, v.CHAIN, CHAIN_MARK.join(speaker.name for speaker in claim.chain))
    sink.count(node, v.DEPTH, max(0, len(claim.chain) - 1))
    sink.links(node, v.RELAYED_BY, (names.speaker(speaker.id) for speaker in claim.chain[:-1]))
    if claim.within:
        sink.link(node, v.WITHIN, names.claim(claim.within))


def write_content(page: Page, claim: Claim, values: Mapping[Span, str]) -> None:
    """What the claim says, in its own named graph, which is never empty.

    `values` are the IRIs of the quantities and times that stand at a span.
    """
    names = page.names
    sink = Sink(names.content(claim.id), page.sink.lines)
    for number, proposition in enumerate(claim.propositions, start=1):
        target = names.proposition(claim.id, number)
        _write_proposition(page, sink, target, proposition, values, stands_behind(claim))
    if not claim.propositions:
        node = names.proposition(claim.id, 1)
        sink.types(node, v.KG_PROPOSITION)
        sink.text(node, v.TEXT, claim.quote)
        sink.links(node, v.ABOUT, map(names.entity, claim.about))


def stands_behind(claim: Claim) -> bool:
    """Whether the speaker of a claim says that its content is so: no denial, doubt, question, demand, and no "may"."""
    return claim.kind in STANDING and claim.polarity == "positive" and claim.modality == "certain"


def _write_proposition(
    page: Page, sink: Sink, node: str, proposition: Proposition, values: Mapping[Span, str], stands: bool
) -> None:
    """The statement as a node with its parts, and as a plain triple where it is whole, not negated and not conditional, and
    the speaker `stands` behind it."""
    predicate = page.names.predicate(proposition.predicate)
    sink.types(node, v.KG_PROPOSITION)
    sink.text(node, v.TEXT, proposition.text)
    sink.flag(node, v.NEGATED, proposition.negated)
    for span in proposition.spans or _ends(proposition):
        sink.link(node, v.FOUND_AT, page.span(span))
    sink.link(node, v.RDF_PREDICATE, predicate)
    sink.types(predicate, v.RDF_PROPERTY)
    sink.text(predicate, v.LABEL, proposition.predicate)
    sink.text(predicate, v.LEMMA, proposition.predicate)
    parts: dict[str, list[str]] = {"subject": [], "object": []}
    for argument in proposition.arguments:
        target = _part(page, sink, argument, values)
        if argument.role in parts:
            parts[argument.role].append(target)
            continue
        sink.link(node, v.ARGUMENT, target)
        if argument.role in v.QUALIFIERS:
            sink.link(node, v.QUALIFIERS[argument.role], target)
    sink.links(node, v.RDF_SUBJECT, parts["subject"])
    sink.links(node, v.RDF_OBJECT, parts["object"])
    # A plain triple can say neither "not" nor "if" nor "may": it would say the opposite of the text, or more.
    if stands and not proposition.negated and not proposition.get("condition"):
        for subject in parts["subject"]:
            sink.links(subject, predicate, parts["object"])


def _ends(proposition: Proposition) -> tuple[Span, ...]:
    """Where a statement stands whose copula the text leaves out: at its parts."""
    return tuple(sorted({span for argument in proposition.arguments for span in argument.spans}))


def _part(page: Page, sink: Sink, argument: Argument, values: Mapping[Span, str]) -> str:
    """The IRI for an argument: its entity, else the quantity or time at its span, else a node for its words."""
    if argument.entity:
        return page.names.entity(argument.entity)
    known = values.get(argument.spans[0]) if len(argument.spans) == 1 else None
    if known is not None:
        return known
    node = page.names.term(page.document.id, argument.spans)
    sink.types(node, v.KG_TERM)
    sink.text(node, v.LABEL, argument.text)
    for span in argument.spans:
        sink.link(node, v.FOUND_AT, page.span(span))
    return node
