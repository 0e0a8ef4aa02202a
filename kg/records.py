"""What reading one document yields: entities, claims, quantities and times, each with the characters it came from.

Every record is frozen, holds spans and plain values only, and is a pure function of the document, the version and the
options. Identifiers are made of the document's id and offsets, so the same document gives the same identifiers anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.document import Document, Span

EntityType = Literal["person", "organization", "place", "event", "work", "group"]
Directness = Literal["direct", "indirect", "mixed", "author"]
Polarity = Literal["positive", "negative"]
Kind = Literal[
    "assertion",
    "opinion",
    "demand",
    "order",
    "denial",
    "doubt",
    "belief",
    "concern",
    "warning",
    "prediction",
    "question",
]
Modality = Literal["certain", "probable", "possible", "necessary", "hypothetical"]
SpeakerKind = Literal["entity", "description", "implicit", "document"]
Qualifier = Literal["", "former", "then", "acting", "late", "current", "incoming", "outgoing"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that the document names: one record for all of its mentions in the document.

    `id` is "{document id}-e{start of the first mention}". `name` is the fullest name found; `aliases` are the other
    forms, sorted. `mentions` are the spans that name it (names only, not pronouns), in order. `nested` are the spans that
    name it inside a longer name or a role: what is named only so ("Oslo" in "University of Oslo") has no mention of its own,
    and its id is "{document id}-e{start}-{end}".
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    nested: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Nested:
    """A name inside a longer name or a role: "Oslo" in "University of Oslo", "UN" in "UN Secretary-General".

    `entity` is the id of what it names, of type `type`; `within` the span that it stands in, a mention of the entity
    `outer` or the role `outer` (an id). What the longer name names is not touched by it.
    """

    id: str  # "{document id}-n{start}-{end}"
    span: Span
    text: str
    type: EntityType
    entity: str
    within: Span
    outer: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office, title or occupation as a document words it: "the former chair of the Lake Board".

    `span` covers its words without the article, `title_span` those of the office alone ("chair"); `title` and `text` are
    these words, `lemma` the title's words in lower case without marks ("secretary general"). `holder` is the id of the person
    of whom the document says it, with the name's span, or empty: the words may stand for somebody whom it does not name
    there. `of_span` is what it is an office of ("Lake Board", "the judiciary"), `of` the id of the entity named there, or
    empty. `qualifier` says when it is held, where `qualifier_span` says so.
    """

    id: str  # "{document id}-r{start}-{end}"
    span: Span
    text: str
    title: str
    title_span: Span
    lemma: str
    sentence: Span
    holder: str = ""
    holder_span: Span | None = None
    of: str = ""
    of_span: Span | None = None
    qualifier: Qualifier = ""
    qualifier_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: at least `minimum`, at most `maximum` (None: open), of what. `span` covers the number and its noun.

    "more than 30,000 political prisoners" is [30001, None) of "political prisoners".
    """

    id: str  # "{document id}-q{start}-{end}"
    span: Span
    text: str
    minimum: float | None
    maximum: float | None
    approximate: bool
    of: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression; `edtf` is empty where it cannot be resolved without guessing."""

    id: str  # "{document id}-t{start}-{end}"
    span: Span
    text: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it. `name` is how to show them; `entity` the id of the `Entity` meant, or empty.

    kind `entity`: resolved to a named entity; `description`: a source without a name ("seven experts", "some
    survivors"); `implicit`: a cue without a source ("it was reported"); `document`: the document's own voice, named
    by its author, else its publisher, else its file stem. `spans` are the source span(s) in the document ("we" of a
    document's own voice among them), empty for implicit speakers and where the document just speaks. `mention` is the words
    of the source as written.
    """

    id: str  # "{document id}-s{start}-{end}" of the source span; "{document id}-s" where the document just speaks
    name: str
    kind: SpeakerKind
    entity: str = ""
    mention: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """A part of a proposition: its words, where they stand, and the id of the entity they mention, or empty.

    `role` is "subject", "object", or a qualifier: "time", "place", "quantity", "recipient", "instrument", "topic", "manner",
    "condition", "agent" or "other". `text` is the characters of `spans`, with single blanks for white space and between
    spans; prepositions are not among them.
    """

    role: str
    text: str
    spans: tuple[Span, ...]
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Proposition:
    """Subject, predicate, object with qualifiers, read inside a claim.

    `predicate` is a lemma such as "execute", the same for "executed", "were executed" and "the execution of"; the verbs of a
    chain stand side by side ("want leave"). `text` is the predicate's words as written, with its auxiliaries and negation:
    the characters of `spans`, which may be apart. Where the text leaves out a copula ("Ada Moreno, the director") `text` is
    "is" and there are no spans. `negated`: the statement is denied.
    """

    predicate: str
    text: str
    spans: tuple[Span, ...]
    arguments: tuple[Argument, ...]
    negated: bool = False

    def get(self, role: str) -> Argument | None:
        """The first argument with a role, or None."""
        return next((a for a in self.arguments if a.role == role), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """A content that a speaker is credited with.

    `id` is "{document id}-c{start of the first span}-{end of the last}", followed by "-{start of the cue}" where there is
    a cue. `spans` are the content's characters, in order; `quote` their words joined with " … ". `sentence` is the
    span of the sentence(s) around content, cue and source. `speaker` is the last of `chain`, which starts with the
    document's own voice. `within` is the id of the claim whose content holds this attribution, or empty. `cue` is
    empty for author claims. `about` are ids of entities mentioned in the content; `quantities` and `times` ids of
    records inside the content.
    """

    id: str
    spans: tuple[Span, ...]
    quote: str
    sentence: Span
    speaker: Speaker
    chain: tuple[Speaker, ...]
    kind: Kind
    directness: Directness
    polarity: Polarity
    modality: Modality = "certain"
    cue: str = ""
    cue_spans: tuple[Span, ...] = ()
    within: str = ""
    about: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    propositions: tuple[Proposition, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document yields, each tuple in the order of the text."""

    document: Document
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    roles: tuple[Role, ...] = ()
    nested: tuple[Nested, ...] = ()
