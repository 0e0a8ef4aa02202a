"""The IRIs of things, made from the identifiers in the records: see `Names`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.document import Span
from kg.rdf.nquads import part
from kg.rdf.vocabulary import BASE


@dataclass(frozen=True, slots=True)
class Names:
    """IRIs under one base. Identifiers are those of the records; results are plain IRIs without brackets."""

    base: str = BASE

    def document(self, document: str) -> str:
        return f"{self.base}document/{part(document)}"

    def graph(self, document: str) -> str:
        """The provenance graph of a document."""
        return f"{self.base}graph/{part(document)}"

    def source(self, sha256: str) -> str:
        """The original bytes."""
        return f"{self.base}source/{part(sha256)}"

    def entity(self, entity: str) -> str:
        return f"{self.base}entity/{part(entity)}"

    def role(self, role: str) -> str:
        return f"{self.base}role/{part(role)}"

    def speaker(self, speaker: str) -> str:
        return f"{self.base}speaker/{part(speaker)}"

    def claim(self, claim: str) -> str:
        return f"{self.base}claim/{part(claim)}"

    def content(self, claim: str) -> str:
        """The named graph of what a claim says."""
        return f"{self.base}claim/{part(claim)}/content"

    def quantity(self, quantity: str) -> str:
        return f"{self.base}quantity/{part(quantity)}"

    def time(self, time: str) -> str:
        return f"{self.base}time/{part(time)}"

    def span(self, document: str, span: Span) -> str:
        return f"{self.base}span/{part(document)}-{span.start}-{span.end}"

    def term(self, document: str, spans: Iterable[Span]) -> str:
        """Words that name no entity, as a part of a proposition; words that stand apart have all their offsets."""
        return f"{self.base}term/{part(document)}-{'-'.join(f'{span.start}-{span.end}' for span in spans)}"

    def proposition(self, claim: str, number: int) -> str:
        """The `number`th proposition of a claim, counted from 1."""
        return f"{self.base}proposition/{part(claim)}-{number}"

    def predicate(self, lemma: str) -> str:
        return f"{self.base}predicate/{part(lemma)}"

    def resolved(self, resolved: str) -> str:
        """An entity across documents."""
        return f"{self.base}resolved/{part(resolved)}"

    def entity_link(self, a: str, b: str) -> str:
        """Why two documents' entities are one, or may be."""
        return f"{self.base}link/entity/{part(a)}/{part(b)}"

    def claim_link(self, kind: str, a: str, b: str) -> str:
        """What holds between two claims."""
        return f"{self.base}link/{part(kind)}/{part(a)}/{part(b)}"

    def group(self, group: str) -> str:
        """Claims that state the same."""
        return f"{self.base}group/{part(group)}"

    def origin(self, origin: str) -> str:
        """A source to which claims of a group go back."""
        return f"{self.base}origin/{part(origin)}"

    def reuse(self, a: str, b: str) -> str:
        """Words that two documents share."""
        return f"{self.base}reuse/{part(a)}/{part(b)}"

    def passage(self, a: str, ours: Span, b: str, theirs: Span) -> str:
        return f"{self.reuse(a, b)}/{ours.start}-{ours.end}-{theirs.start}-{theirs.end}"

    def judgement(self, judgement: str) -> str:
        return f"{self.base}judgement/{part(judgement)}"

    def person(self, name: str) -> str:
        """Somebody who judges, by name."""
        return f"{self.base}person/{part(name)}"

    def authority_link(self, link: str) -> str:
        """What a service said of an entity."""
        return f"{self.base}authority/{part(link)}"

    def software(self, version: str) -> str:
        return f"{self.base}software/kg-{part(version)}"

    def option(self, key: str) -> str:
        return f"{self.base}run/option/{part(key)}"

    @property
    def run(self) -> str:
        return f"{self.base}run"

    @property
    def run_graph(self) -> str:
        return f"{self.base}graph/run"

    @property
    def derived_graph(self) -> str:
        return f"{self.base}graph/derived"

    @property
    def authority_graph(self) -> str:
        return f"{self.base}graph/authority"

    @property
    def judgements_graph(self) -> str:
        return f"{self.base}graph/judgements"
