"""Reads what a page shows from a case's store: a few flat queries on the default graph, joined here by key.

The default graph holds who says what and where; what is claimed stands in graphs of its own and is never read. The
same speaker or entity found several times is one node: by the entity that it was resolved to, else within a document
by its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from kg.render.across import collect_groups, collect_links
from kg.render.graph import (
    ClaimNode,
    DocumentNode,
    EntityNode,
    QuantityValue,
    RenderGraph,
    SpeakerNode,
    TimeValue,
)

if TYPE_CHECKING:
    from pyoxigraph import Store

PREFIXES = """
PREFIX kg: <urn:kg:ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
DOCUMENTS = """
SELECT ?id ?title ?publisher ?author ?date ?url ?file ?sha256 ?length WHERE {
  ?id a kg:Document .
  OPTIONAL { ?id schema:name ?title } OPTIONAL { ?id schema:publisher ?publisher }
  OPTIONAL { ?id schema:author ?author } OPTIONAL { ?id schema:datePublished ?date }
  OPTIONAL { ?id schema:url ?url } OPTIONAL { ?id kg:file ?file }
  OPTIONAL { ?id kg:sha256 ?sha256 } OPTIONAL { ?id kg:length ?length }
} ORDER BY ?id"""
ENTITIES = """
SELECT ?id ?name ?type ?document ?resolved WHERE {
  ?id a kg:Entity ; skos:prefLabel ?name ; dcterms:source ?document .
  OPTIONAL { ?id kg:entityType ?type }
  OPTIONAL { ?id prov:specializationOf ?resolved . ?resolved a kg:ResolvedEntity }
} ORDER BY ?id ?name"""
RESOLVED = """
SELECT ?id ?name ?type WHERE {
  ?id a kg:ResolvedEntity ; skos:prefLabel ?name . OPTIONAL { ?id kg:entityType ?type }
} ORDER BY ?id ?name"""
ALIASES = """
SELECT ?id ?name WHERE { ?id skos:altLabel ?name } ORDER BY ?id ?name"""
SPEAKERS = """
SELECT ?id ?name ?kind ?document ?entity ?mention WHERE {
  ?id a kg:Speaker ; schema:name ?name ; dcterms:source ?document .
  OPTIONAL { ?id kg:speakerKind ?kind } OPTIONAL { ?id kg:entity ?entity } OPTIONAL { ?id kg:mentionText ?mention }
} ORDER BY ?id ?mention"""
CLAIMS = """
SELECT ?id ?quote ?speaker ?document ?kind ?directness ?polarity ?cue ?chain ?within WHERE {
  ?id a kg:Claim ; kg:quote ?quote ; prov:wasAttributedTo ?speaker ; dcterms:source ?document .
  OPTIONAL { ?id kg:kind ?kind } OPTIONAL { ?id kg:directness ?directness } OPTIONAL { ?id kg:polarity ?polarity }
  OPTIONAL { ?id kg:cue ?cue } OPTIONAL { ?id kg:chain ?chain } OPTIONAL { ?id kg:within ?within }
} ORDER BY ?id"""
SPANS = """
SELECT ?id ?role ?start ?end WHERE {
  VALUES ?role { kg:contentAt kg:cueAt }
  ?id ?role ?span . ?span oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end .
} ORDER BY ?id"""
SENTENCES = """
SELECT ?id ?text ?start WHERE {
  ?id kg:sentenceAt ?span . ?span oa:hasSelector ?selector . ?selector oa:exact ?text ; oa:start ?start .
} ORDER BY ?id ?start"""
ABOUT = """
SELECT ?id ?entity WHERE { ?id a kg:Claim ; schema:about ?entity } ORDER BY ?id ?entity"""
QUANTITIES = """
SELECT ?id ?quantity ?text ?min ?max ?approximate ?of WHERE {
  ?id kg:quantity ?quantity . ?quantity kg:text ?text .
  OPTIONAL { ?quantity schema:minValue ?min } OPTIONAL { ?quantity schema:maxValue ?max }
  OPTIONAL { ?quantity kg:approximate ?approximate } OPTIONAL { ?quantity schema:unitText ?of }
} ORDER BY ?id ?quantity"""
TIMES = """
SELECT ?id ?time ?text ?edtf WHERE {
  ?id kg:time ?time . ?time kg:text ?text . OPTIONAL { ?time kg:edtf ?edtf }
} ORDER BY ?id ?time"""

Row = dict[str, str]


class HasStore(Protocol):
    """A case, as far as this module needs it."""

    @property
    def store(self) -> Store: ...


def collect_store(store: Store) -> RenderGraph:
    """What the default graph of `store` says, as records to show; the order does not depend on the store's."""
    documents = tuple(
        DocumentNode(
            row["id"], row["title"] or row["file"] or row["id"], row["publisher"], row["author"], row["date"],
            row["url"], row["file"], row["sha256"], int(row["length"] or 0),
        )
        for row in _first(_rows(store, DOCUMENTS))
    )  # fmt: skip
    names = _Names(store)
    speakers = names.speakers(_rows(store, SPEAKERS))
    claims = _claims(store, names)
    taken = {claim.speaker for claim in claims}
    # who stands only in a chain (a document's voice that says nothing of its own) is named in the panel
    speakers = tuple(speaker for speaker in speakers if speaker.id in taken)
    entities = tuple(entity for entity in names.entities() if entity.id not in taken)
    groups, links = collect_groups(partial(_rows, store), claims), collect_links(partial(_rows, store))
    return RenderGraph(_by_label(documents), _by_label(speakers), _by_label(entities), claims, groups, links)


def _rows(store: Store, query: str) -> Iterator[Row]:
    """Rows as text; an unbound variable is ""."""
    found: Any = store.query(PREFIXES + query)
    names = [variable.value for variable in found.variables]
    for solution in found:
        yield {name: "" if solution[name] is None else solution[name].value for name in names}


def _first(rows: Iterable[Row], *also: str) -> Iterator[Row]:
    """The first row of each id (and of what `also` names): an optional value given twice makes no second node."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = (row["id"], *(row[name] for name in also))
        if key not in seen:
            seen.add(key)
            yield row


def _by_label(nodes: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(nodes, key=lambda n: (getattr(n, "title", None) or getattr(n, "name", ""), n.id)))


class _Names:
    """Which node each entity and speaker of the store is shown as."""

    def __init__(self, store: Store) -> None:
        self.node: dict[str, str] = {}
        self._label: dict[str, Row] = {row["id"]: row for row in _first(_rows(store, RESOLVED))}
        self._aliases: dict[str, set[str]] = defaultdict(set)
        self._documents: dict[str, set[str]] = defaultdict(set)
        for row in _first(_rows(store, ENTITIES)):
            node = row["resolved"] or row["id"]
            self.node[row["id"]] = node
            self._label.setdefault(node, row)
            self._aliases[node].add(row["name"])
            self._documents[node].add(row["document"])
        for row in _rows(store, ALIASES):
            self._aliases[self.node.get(row["id"], row["id"])].add(row["name"])

    def entities(self) -> list[EntityNode]:
        """Every entity that some document names."""
        return [
            EntityNode(node, label["name"], label["type"], self._others(node), tuple(sorted(self._documents[node])))
            for node, label in self._label.items()
            if node in self._documents
        ]

    def speakers(self, rows: Iterable[Row]) -> tuple[SpeakerNode, ...]:
        """One node for all places where the same speaker is found; also notes them in `node`."""
        groups: dict[str, list[Row]] = defaultdict(list)
        keys: dict[tuple[str, ...], str] = {}
        for row in _first(rows):
            entity = self.node.get(row["entity"], "")
            if row["kind"] == "document":
                node = row["id"]  # every document has a voice of its own
            elif entity:
                node = entity
            else:
                node = keys.setdefault((row["document"], row["kind"], row["name"].casefold()), row["id"])
            self.node[row["id"]] = node
            groups[node].append(row)
        return tuple(self._speaker(node, found) for node, found in groups.items())

    def _speaker(self, node: str, rows: list[Row]) -> SpeakerNode:
        label = self._label.get(node, {})
        mentions = tuple(sorted({row["mention"] for row in rows if row["mention"]}))
        documents = tuple(sorted({row["document"] for row in rows} | self._documents.get(node, set())))
        name = label.get("name") or rows[0]["name"]
        return SpeakerNode(node, name, rows[0]["kind"], label.get("type", ""), self._others(node), mentions, documents)

    def _others(self, node: str) -> tuple[str, ...]:
        label = self._label.get(node, {})
        return tuple(sorted(self._aliases.get(node, set()) - {label.get("name", "")}))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on each claim, by the claim's id."""

    spans: dict[tuple[str, str], set[tuple[int, int]]]
    sentences: dict[str, Row]
    about: dict[str, list[str]]
    quantities: dict[str, list[QuantityValue]]
    times: dict[str, list[TimeValue]]


def _parts(store: Store, names: _Names) -> _Parts:
    parts = _Parts(defaultdict(set), {}, defaultdict(list), defaultdict(list), defaultdict(list))
    for row in _rows(store, SPANS):
        parts.spans[row["id"], _local(row["role"])].add((int(row["start"]), int(row["end"])))
    parts.sentences.update((row["id"], row) for row in _first(_rows(store, SENTENCES)))
    for row in _rows(store, ABOUT):
        node = names.node.get(row["entity"], row["entity"])
        if node not in parts.about[row["id"]]:
            parts.about[row["id"]].append(node)
    for row in _first(_rows(store, QUANTITIES), "quantity"):
        value = QuantityValue(row["text"], row["min"], row["max"], row["approximate"] in ("true", "1"), row["of"])
        parts.quantities[row["id"]].append(value)
    for row in _first(_rows(store, TIMES), "time"):
        parts.times[row["id"]].append(TimeValue(row["text"], row["edtf"]))
    return parts


def _claims(store: Store, names: _Names) -> tuple[ClaimNode, ...]:
    parts = _parts(store, names)
    found = [_claim(row, names, parts) for row in _first(_rows(store, CLAIMS))]
    return tuple(sorted(found, key=lambda c: (c.document, c.spans[:1], c.id)))


def _claim(row: Row, names: _Names, parts: _Parts) -> ClaimNode:
    key = row["id"]
    sentence = parts.sentences.get(key, {})
    return ClaimNode(
        id=key,
        quote=row["quote"],
        speaker=names.node.get(row["speaker"], row["speaker"]),
        document=row["document"],
        claim_kind=_local(row["kind"]) or "assertion",
        directness=_local(row["directness"]),
        polarity=_local(row["polarity"]) or "positive",
        sentence=sentence.get("text", ""),
        sentence_start=int(sentence.get("start", 0)),
        spans=tuple(sorted(parts.spans[key, "contentat"])),
        cue=row["cue"],
        cue_spans=tuple(sorted(parts.spans[key, "cueat"])),
        chain=tuple(part for part in row["chain"].split(" › ") if part),
        within=row["within"],
        about=tuple(parts.about[key]),
        quantities=tuple(parts.quantities[key]),
        times=tuple(parts.times[key]),
    )


def _local(iri: str) -> str:
    """The last part of a concept's IRI in lower case: kg:Assertion is "assertion"."""
    return iri.rpartition("#")[2].lower()
