"""Records → quads: the graph of a document as canonical N-Quads lines, with vocabulary and validation.

Layout: one provenance graph a document, which says who claims what, where; one graph a claim for what is claimed.
No triple of the latter is in the former. See `ontology/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.document import Span
from kg.rdf.authority import Attached, AuthorityLink, authority_links, authority_quads
from kg.rdf.claim import CHAIN_MARK, write_claim, write_content
from kg.rdf.derived import derived_quads
from kg.rdf.document import Page, write_document
from kg.rdf.names import Names
from kg.rdf.nquads import canonical, check_base, clean
from kg.rdf.run import run_quads
from kg.rdf.things import write_entity, write_nested, write_quantity, write_role, write_speaker, write_time
from kg.rdf.vocabulary import BASE, PREFIXES
from kg.records import Reading, Speaker

__all__ = [
    "BASE",
    "CHAIN_MARK",
    "PREFIXES",
    "Attached",
    "AuthorityLink",
    "Names",
    "authority_links",
    "authority_quads",
    "check_base",
    "clean",
    "derived_quads",
    "quads",
    "run_quads",
    "validate",
]


def quads(reading: Reading, base: str = BASE) -> list[str]:
    """All that a document yields, as sorted unique canonical N-Quads lines without newlines and without blank nodes.

    A pure function: the same reading and base give the same lines. Raises KgError where `base` is not a base IRI.
    """
    names = Names(check_base(base))
    page = Page(reading.document, names)
    write_document(page)
    values: dict[Span, str] = {}
    for entity in reading.entities:
        write_entity(page, entity)
    for nested in reading.nested:
        write_nested(page, nested)
    for role in reading.roles:
        write_role(page, role)
    for time in reading.times:
        write_time(page, time)
        values[time.span] = names.time(time.id)
    for quantity in reading.quantities:
        write_quantity(page, quantity)
        values[quantity.span] = names.quantity(quantity.id)
    for speaker in _speakers(reading):
        write_speaker(page, speaker)
    for claim in reading.claims:
        write_claim(page, claim)
        write_content(page, claim, values)
    return canonical(page.sink.lines)


def _speakers(reading: Reading) -> Iterable[Speaker]:
    """Every speaker of the claims and of their chains, once each."""
    return dict.fromkeys(speaker for claim in reading.claims for speaker in (*claim.chain, claim.speaker))


def validate(lines: Iterable[str]) -> list[str]:
    """Problems found in N-Quads lines, one line each: see `kg.rdf.validation`."""
    from kg.rdf.validation import problems  # rdflib and pyshacl take a second to import

    return problems(lines)
