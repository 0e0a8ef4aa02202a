"""Quads of a document and of the parts of it that are pointed at (W3C Web Annotation selectors)."""

from __future__ import annotations

from kg.document import Document, Span
from kg.language import language_of
from kg.rdf import vocabulary as v
from kg.rdf.names import Names
from kg.rdf.nquads import Sink


class Page:
    """One document being written: its names, its provenance graph, and the spans that were already described."""

    __slots__ = ("_spans", "document", "iri", "names", "sink")

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names
        self.iri = names.document(document.id)
        self.sink = Sink(names.graph(document.id))
        self._spans: dict[Span, str] = {}

    def span(self, span: Span) -> str:
        """The IRI of a part of the document; its selector is written when it is first asked for."""
        known = self._spans.get(span)
        if known is None:
            known = self._spans[span] = self.names.span(self.document.id, span)
            self._select(known, span)
        return known

    def link_spans(self, subject: str, predicate: str, spans: tuple[Span, ...]) -> None:
        """Tie a thing to the parts of the document where it stands."""
        for span in spans:
            self.sink.link(subject, predicate, self.span(span))

    def origin(self, subject: str) -> None:
        """Say which document a thing was read in."""
        self.sink.link(subject, v.DCTERMS_SOURCE, self.iri)

    def _select(self, node: str, span: Span) -> None:
        document = self.document
        selector(self.sink, node, self.iri, span, span.of(document.text), document.prefix(span), document.suffix(span))


def selector(sink: Sink, node: str, document: str, span: Span, exact: str, prefix: str, suffix: str) -> None:
    """Describe the part `node` of a document, an IRI (W3C Web Annotation, section 4.2)."""
    inner = node + "/selector"
    sink.types(node, v.SPECIFIC_RESOURCE)
    sink.link(node, v.HAS_SOURCE, document)
    sink.link(node, v.HAS_SELECTOR, inner)
    sink.types(inner, v.QUOTE_SELECTOR, v.POSITION_SELECTOR)
    sink.text(inner, v.EXACT, exact)
    sink.text(inner, v.PREFIX, prefix)
    sink.text(inner, v.SUFFIX, suffix)
    sink.count(inner, v.START, span.start)
    sink.count(inner, v.END, span.end)


def write_document(page: Page) -> None:
    """The document itself: what it is called, where it comes from, and the hashes that pin it down."""
    sink, node, document, names = page.sink, page.iri, page.document, page.names
    metadata = document.metadata
    source = names.source(document.sha256)
    sink.types(node, v.ARTICLE, v.PROV_ENTITY, v.KG_DOCUMENT)
    sink.text(node, v.NAME, metadata.title or document.stem)
    sink.text(node, v.IDENTIFIER, document.stem)
    sink.text(node, v.FILE, document.file)
    sink.text(node, v.DCTERMS_FORMAT, document.media_type)
    sink.text(node, v.SHA256, document.sha256)
    sink.text(node, v.TEXT_SHA256, document.text_sha256)
    sink.count(node, v.LENGTH, len(document.text))
    sink.link(node, v.DERIVED_FROM, source)
    sink.link(node, v.GENERATED_BY, names.run)
    sink.types(source, v.PROV_ENTITY)
    known = ((v.PUBLISHER, metadata.publisher), (v.AUTHOR, metadata.author), (v.IN_LANGUAGE, language_of(document)))
    for predicate, text in known:
        if text:
            sink.text(node, predicate, text)
    if metadata.date:
        sink.typed(node, v.DATE_PUBLISHED, metadata.date, v.EDTF)
    if metadata.url:
        sink.typed(node, v.URL, metadata.url, v.XSD_ANY_URI)
