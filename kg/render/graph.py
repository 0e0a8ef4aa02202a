"""What a page shows: documents, speakers, entities and claims, and the lines between them. Plain values only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

NodeKind = Literal["document", "speaker", "entity", "claim", "group"]
EdgeKind = Literal["says", "about", "in", "within", "conflict"]


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


@dataclass(frozen=True, slots=True)
class OriginValue:
    """A source that claims of a group go back to: who, why they are one, and the ids of the claims."""

    name: str
    reasons: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageValue:
    """Words that stand in two documents, `a` and `b` (ids), at characters of each, end exclusive."""

    a: str
    a_span: tuple[int, int]
    a_words: str
    b: str
    b_span: tuple[int, int]
    b_words: str


@dataclass(frozen=True, slots=True)
class GroupNode:
    """Claims that say the same, which are drawn as one. `documents`, `speakers` and `publishers` are how many."""

    id: str
    label: str
    documents: int = 0
    speakers: int = 0
    publishers: int = 0
    origins: tuple[OriginValue, ...] = ()
    passages: tuple[PassageValue, ...] = ()
    kind: Literal["group"] = "group"

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all its claims."""
        return tuple(claim for origin in self.origins for claim in origin.claims)


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """What holds between two claims (ids): `kind` as in `kg.resolve.records.Link`; `what` differs in a conflict."""

    id: str
    source: str
    target: str
    kind: str
    what: str = ""
    severity: str = ""
    score: str = ""
    reasons: tuple[str, ...] = ()


Node = DocumentNode | SpeakerNode | EntityNode | ClaimNode | GroupNode


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes: speaker says claim; claim about entity or speaker; claim (or an entity that no claim
    is about) in document; claim within the claim that reports it; claims in conflict (`links`: their places among the
    graph's). A group has the lines of all its claims."""

    source: str
    target: str
    kind: EdgeKind
    links: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderGraph:
    """All that a page shows, in the order in which it is listed."""

    documents: tuple[DocumentNode, ...] = ()
    speakers: tuple[SpeakerNode, ...] = ()
    entities: tuple[EntityNode, ...] = ()
    claims: tuple[ClaimNode, ...] = ()
    groups: tuple[GroupNode, ...] = ()
    links: tuple[ClaimLink, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node: documents, speakers, entities, claims, groups."""
        return (*self.documents, *self.speakers, *self.entities, *self.claims, *self.groups)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every line between two nodes that are both in the graph."""
        known = {node.id for node in self.nodes}
        group = {claim: one.id for one in self.groups for claim in one.claims}
        found: dict[Edge, None] = {}
        linked: set[str] = set()
        for claim in self.claims:
            linked.update(claim.about)
            for edge in _edges_of(claim, group.get(claim.id, "")):
                if edge.source in known and edge.target in known:
                    found[edge] = None
        for entity in self.entities:
            if entity.id not in linked:
                found.update((Edge(entity.id, d, "in"), None) for d in entity.documents if d in known)
        return (*found, *_conflicts(self.links, known, group))


def _conflicts(links: Sequence[ClaimLink], known: set[str], group: Mapping[str, str]) -> Iterator[Edge]:
    """Lines between claims in conflict, and between the groups that stand for them; one line for any number of links."""
    pairs: dict[tuple[str, str], list[int]] = {}
    for number, link in enumerate(links):
        if link.kind == "conflict" and link.source in known and link.target in known:
            drawn = (group.get(link.source, link.source), group.get(link.target, link.target))
            for a, b in dict.fromkeys(((link.source, link.target), drawn)):
                if a != b:
                    pairs.setdefault((min(a, b), max(a, b)), []).append(number)
    for (a, b), numbers in pairs.items():
        yield Edge(a, b, "conflict", tuple(numbers))


def _edges_of(claim: ClaimNode, group: str = "") -> list[Edge]:
    edges = [Edge(claim.speaker, claim.id, "says"), Edge(claim.id, claim.document, "in")]
    edges += [Edge(claim.id, entity, "about") for entity in claim.about]
    if claim.within:
        edges.append(Edge(claim.id, claim.within, "within"))
    if group:
        edges += [Edge(claim.speaker, group, "says"), Edge(group, claim.document, "in")]
        edges += [Edge(group, entity, "about") for entity in claim.about]
    return edges
