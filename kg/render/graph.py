"""What a page shows: documents, speakers, entities and claims, and the lines between them. Plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NodeKind = Literal["document", "speaker", "entity", "claim"]
EdgeKind = Literal["says", "about", "in", "within"]


@dataclass(frozen=True, slots=True)
class DocumentNode:
    """A document; `id` is its IRI, `date` an EDTF string, `length` its characters (0: unknown). Empty where unknown."""

    id: str
    title: str
    publisher: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    file: str = ""
    sha256: str = ""
    length: int = 0
    kind: Literal["document"] = "document"


@dataclass(frozen=True, slots=True)
class SpeakerNode:
    """Who says something: one node for all the places where the same speaker is found.

    `speaker_kind` is entity, description, implicit or document (the document's own voice, which belongs to
    `documents[0]`). `type` is the entity type where the speaker is a named entity, else empty: such a speaker can
    also be what a claim is about. `mentions` are the words that name the speaker in the texts, sorted.
    """

    id: str
    name: str
    speaker_kind: str = "entity"
    type: str = ""
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: Literal["speaker"] = "speaker"


@dataclass(frozen=True, slots=True)
class EntityNode:
    """A person, organization, place, event, work or group that the documents name, and the documents that do."""

    id: str
    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: Literal["entity"] = "entity"


@dataclass(frozen=True, slots=True)
class QuantityValue:
    """An amount as written, at least `minimum`, at most `maximum` (empty: open), of what; numbers as decimal text."""

    text: str
    minimum: str = ""
    maximum: str = ""
    approximate: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A time as written and its EDTF value, empty where it is not resolved."""

    text: str
    edtf: str = ""


@dataclass(frozen=True, slots=True)
class ClaimNode:
    """What a speaker is credited with. `speaker`, `document`, `within` and `about` are ids of other nodes.

    `sentence` is the text around the claim and `sentence_start` its first character in the document; `spans` (the
    content) and `cue_spans` are character offsets in the document, end exclusive.
    """

    id: str
    quote: str
    speaker: str
    document: str
    claim_kind: str = "assertion"
    directness: str = ""
    polarity: str = "positive"
    sentence: str = ""
    sentence_start: int = 0
    spans: tuple[tuple[int, int], ...] = ()
    cue: str = ""
    cue_spans: tuple[tuple[int, int], ...] = ()
    chain: tuple[str, ...] = ()
    within: str = ""
    about: tuple[str, ...] = ()
    quantities: tuple[QuantityValue, ...] = ()
    times: tuple[TimeValue, ...] = ()
    kind: Literal["claim"] = "claim"


Node = DocumentNode | SpeakerNode | EntityNode | ClaimNode


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes: speaker says claim; claim about entity or speaker; claim (or an entity that no claim
    is about) in document; claim within the claim that reports it."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class RenderGraph:
    """All that a page shows, in the order in which it is listed."""

    documents: tuple[DocumentNode, ...] = ()
    speakers: tuple[SpeakerNode, ...] = ()
    entities: tuple[EntityNode, ...] = ()
    claims: tuple[ClaimNode, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node: documents, speakers, entities, claims."""
        return (*self.documents, *self.speakers, *self.entities, *self.claims)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every line between two nodes that are both in the graph."""
        known = {node.id for node in self.nodes}
        found: dict[Edge, None] = {}
        linked: set[str] = set()
        for claim in self.claims:
            linked.update(claim.about)
            for edge in _edges_of(claim):
                if edge.source in known and edge.target in known:
                    found[edge] = None
        for entity in self.entities:
            if entity.id not in linked:
                found.update((Edge(entity.id, d, "in"), None) for d in entity.documents if d in known)
        return tuple(found)


def _edges_of(claim: ClaimNode) -> list[Edge]:
    edges = [Edge(claim.speaker, claim.id, "says"), Edge(claim.id, claim.document, "in")]
    edges += [Edge(claim.id, entity, "about") for entity in claim.about]
    if claim.within:
        edges.append(Edge(claim.id, claim.within, "within"))
    return edges
