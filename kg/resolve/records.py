"""What the work across documents yields: entities, groups of claims with their origins, and links with method and reasons.

All of it is derived: a pure function of the documents' tables and of people's judgements, so it can be computed anew at any
time. Every link says by which method it was made, how sure it is, and why, in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.document import Span
from kg.records import EntityType

LinkKind = Literal["same", "support", "conflict", "compatible", "confirmation", "repetition"]
ConflictKind = Literal["figure", "date", "place", "role", "polarity", "wording"]
Severity = Literal["low", "medium", "high"]
Subject = Literal["claims", "entities", "speaker", "claim"]
Verdict = Literal["same", "different", "right", "wrong"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, which no machine overwrites.

    `subject` says of what: two "claims" or two "entities" are the "same" or "different"; a claim's "speaker" is "right" or
    "wrong" (`b` is then who it is, as a name, or empty); a "claim" is "right", or "wrong": no claim at all. `a`, `b` are ids of
    `kg.records` (an entity across documents is named by one of its members); a < b where the order says nothing. `by` is who,
    `at` when (xsd:dateTime in UTC), `why` in the person's words. The last judgement on a matter holds; those before it are kept.
    """

    id: str
    subject: Subject
    a: str
    b: str
    verdict: Verdict
    by: str
    at: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class EntityLink:
    """Why two documents' entities are one, or may be. `a` and `b` are ids of `kg.records.Entity`, a < b; `score` is 0 to 1."""

    a: str
    b: str
    score: float
    method: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One entity across documents. `members` are ids of `Entity` records, sorted; `method` says what made them one."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    method: str


@dataclass(frozen=True, slots=True)
class Link:
    """What holds between two claims. `a` and `b` are ids of claims; `score` is 0 to 1, to two places; `reasons` are words.

    "same": they state the same proposition. "support": a entails or narrows b. "conflict": they cannot both be exactly right;
    `conflict` says in what they differ and `severity` how much it matters. "compatible": they look like a conflict, but are
    none ("30,000" and "tens of thousands"). "confirmation": a second speaker, in a, vouches for what b says, on their own word.
    "repetition": a gives what b says on the word of b's speaker. For "same", "conflict" and "compatible" a < b.
    """

    kind: LinkKind
    a: str
    b: str
    score: float
    method: str
    reasons: tuple[str, ...]
    conflict: ConflictKind | Literal[""] = ""
    severity: Severity | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Selector:
    """Characters of a document with those around them (W3C Web Annotation, section 4.2)."""

    span: Span
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Words that stand in two documents, `a` and `b` of a `Reuse`; case, punctuation and a few words between may differ."""

    a: Selector
    b: Selector


@dataclass(frozen=True, slots=True)
class Reuse:
    """Words that two documents share. `a` is the earlier where dates tell, else that with the lesser id.

    `share` is the part of the shorter document's words that the `passages` cover, 0 to 1, to two places.
    """

    a: str
    b: str
    passages: tuple[SharedPassage, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Claims of a group that go back to one source. `speaker` is who, as a name; `entity` the id of the resolved entity or "".

    `reasons` say why they are one: the same ultimate speaker, one relays the other, reused text, the same publisher.
    """

    id: str
    speaker: str
    entity: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims of any documents that state the same proposition, by id, sorted. `label` is the quote of the one shown for all.

    `documents`, `speakers` (names) and `publishers` are sorted; `origins` are how many independent sources there are.
    """

    id: str
    label: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    speakers: tuple[str, ...]
    publishers: tuple[str, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that is derived across documents, sorted by id.

    `possible` are links that the method is not sure of, and `possible_entities` the same for entities: for people to judge.
    They take part in nothing.
    """

    entities: tuple[ResolvedEntity, ...] = ()
    entity_links: tuple[EntityLink, ...] = ()
    possible_entities: tuple[EntityLink, ...] = ()
    groups: tuple[ClaimGroup, ...] = ()
    links: tuple[Link, ...] = ()
    possible: tuple[Link, ...] = ()
    reuses: tuple[Reuse, ...] = ()
