"""Judgements of the sample document, of every sort, made by hand."""

from __future__ import annotations

from kg.document import Span
from kg.judgement.entries import Entry, Place, Selector, make, withdraw
from kg.judgement.graph import to_quads
from kg.records import Claim, Entity, Reading
from tests.samples import sample_reading

AT = "2031-04-12T09:30:00Z"


def claim_place(reading: Reading, claim: Claim) -> Place:
    return _place(reading, claim.id, claim.quote, claim.spans)


def entity_place(reading: Reading, entity: Entity) -> Place:
    return _place(reading, entity.id, entity.name, entity.mentions[:1])


def _place(reading: Reading, id: str, words: str, spans: tuple[Span, ...]) -> Place:
    document = reading.document
    selectors = tuple(
        Selector(at.start, at.end, at.of(document.text), document.prefix(at), document.suffix(at)) for at in spans
    )
    return Place(id, document.id, document.sha256, document.file, words, selectors)


def sample_entries() -> list[Entry]:
    """One of each sort: two claims, two entities, a claim, a speaker, one that takes another's place, one taken back."""
    reading = sample_reading("the road is open")
    first, second = (claim_place(reading, claim) for claim in reading.claims[:2])
    board, moreno = (entity_place(reading, entity) for entity in reading.entities[:2])
    same = make("claims", "same", [first, second], by="Cleo Hart", why="the board repeats her", at=AT)
    return [
        same,
        make("claims", "different", [second, first], by="Bo Lind", at=AT, supersedes=[same.id]),
        make("entities", "different", [board, moreno], by="Cleo Hart", at=AT),
        make("speaker", "wrong", [second], by="Cleo Hart", name="Ivo Hale", at=AT),
        withdraw(make("claim", "wrong", [first], by="Bo Lind", at=AT), by="Bo Lind", why="I misread", at=AT),
        make("claim", "wrong", [first], by="Bo Lind", at=AT),
    ]


def judgement_lines(base: str = "urn:kg:") -> list[str]:
    """The sample's graph of judgements."""
    return to_quads(sample_entries(), base)
