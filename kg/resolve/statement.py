"""Claims as they are compared: what they are about, with what figures, when, on whose word."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.claims.names import key
from kg.records import Kind
from kg.resolve.clock import exact, hours, named_days, named_weekdays
from kg.resolve.dates import Days, days
from kg.resolve.figures import Figure, figure
from kg.resolve.records import ResolvedEntity
from kg.resolve.table import ClaimRow, FigureRow, SpeakerRow, Table
from kg.resolve.words import CONTRASTS, ORDINALS, kinds_of_event, meaning, meanings, negations, opposite, placed, words

_CONTRASTED: Final = frozenset().union(*CONTRASTS)
_DIRECTIVE: Final = frozenset({"demand", "order", "question"})
FEW: Final = 10
"""Documents below which no word is common."""
MANY: Final = 60
"""Documents above which a name that they share does not say that two of them are about one story."""
COMMON: Final = 0.2
"""Weight of a word or name that half of all documents have."""
HALF: Final = 0.6
"""Weight of one that a quarter of them have."""
_QUOTED: Final = re.compile(r"“([^“”]+)(?:”|$)|\"([^\"]+)(?:\"|$)|«([^«»]+)»")
WORDS: Final = 4
"""Words of a quotation that has a wording."""
_HOUR: Final = r"in the (?:morning|afternoon|evening)|at night|o['’]clock|[ap]\.?m\b"
_REFERS: Final = re.compile(r"\b(?:figure|toll|count|number|total|tally|estimate|margin|turnout)s? of\b", re.IGNORECASE)
_PLANNED: Final = re.compile(
    r"\b(?:will|would|shall|going to|(?:is|are|was|were) (?:(?:due|expected|scheduled|set|about) )?to|(?:plans?|planned|hopes?|"
    r"intends?) to)\b",
    re.IGNORECASE,
)
_FULL_STOP: Final = re.compile(r"(?<=[a-z][.!?])[”\"']?\s+(?=[“\"'A-Z])")
_HANGING: Final = re.compile(
    r"[,;–—]?\s+(?:if|unless|because|although|though|while|whereas|which|who|whose|whom|when|until|despite|so that|since)\b",
    re.IGNORECASE,
)
_INSIDE: Final = frozenset({"of", "the", "for", "and", "in", "on", "de", "la", "le", "du", "di", "da"})
"""Small words that names have in them."""
_DENIES: Final = re.compile(r"(?:\bnot|n['’]t)\b")
_RATHER: Final = re.compile(r"\b(?:but|rather)\b")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a document's claims are looked up in: resolved entities, types and words of its own, organizations by name."""

    resolved: Mapping[str, str]
    types: Mapping[str, str]
    forms: Mapping[str, frozenset[str]]
    voices: _Voices
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """What a document is about, for telling whether two are about the same: entities across documents (`common` ones are in many
    documents), its day, and the vector of its text."""

    number: int
    document: str
    file: str
    publisher: str
    names: frozenset[str]
    common: frozenset[str]
    day: Days | None
    theme: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A claim as it is compared. `number` is its place among all; `vector` its claim vector, of length 1.

    `meanings` are stems or senses of its words without names and figures; `names` ids of resolved entities in it by type;
    `negated` says whether an odd number of words deny; `directive` whether it asks or orders instead of stating; `planned`
    whether it is of what is to come; `refers` whether it speaks of a figure that somebody gave.
    `hours` are those of the day, in minutes; `exact` says whether one is told to the minute.
    `opposites` are what the words mean that its words deny, as "unlicensed" does "licensed".
    `events` are kinds of what happens that its words name (`kg.resolve.words.kinds_of_event`).
    `predicates` are what its statements say happens, compared as words are; `own_words` those that are a speaker's own.
    `speaker` is the key of who says it (`speaker_key`), `chain` those of all who tell it, from the document inwards; `voice` that
    of the document's publisher. `judged` is who says it by a person's word: "" for not known, None where nobody judged.
    """

    number: int
    id: str
    row: ClaimRow
    story: Story
    vector: npt.NDArray[np.float32]
    meanings: frozenset[str]
    words: tuple[str, ...]
    names: Mapping[str, frozenset[str]]
    figures: tuple[Figure, ...]
    dates: tuple[Days, ...]
    hours: tuple[tuple[int, bool], ...]
    exact: bool
    opposites: frozenset[str]
    planned: bool
    refers: bool
    weekdays: frozenset[str]
    negated: bool
    instead: bool
    directive: bool
    speaker: str
    chain: tuple[str, ...]
    voice: str
    own_words: tuple[str, ...]
    predicates: frozenset[str]
    events: frozenset[int]
    all_names: frozenset[str] = field(default=frozenset())
    weights: Mapping[str, float] = field(default_factory=dict)
    resolved: Mapping[str, str] = field(default_factory=dict)
    judged: str | None = None

    def entity(self, id: str) -> str:
        """The resolved entity of a document's entity; "" for none."""
        return self.resolved.get(id, id)

    @property
    def kind(self) -> Kind:
        return self.row.kind

    @property
    def unnamed(self) -> bool:
        """Whether its speaker is no entity: a description, or nobody; so is whom a document quotes in its own voice."""
        if self.judged:
            return False
        quoting = self.speaker == self.voice and bool(self.own_words)
        return quoting or (" " in self.speaker and not self.speaker.startswith("voice "))

    def denies(self, other: Statement) -> bool:
        """Whether one denies what the other says, as far as their words go: "without a licence", "unlicensed" deny the same."""
        turned = not self.opposites.isdisjoint(other.meanings) or not other.opposites.isdisjoint(self.meanings)
        return (self.negated != other.negated) != turned

    def contrasts(self, other: Statement) -> frozenset[str]:
        """Words of this that exclude words of the other: "red" against "green", dead against injured."""
        found: set[str] = set()
        some, others = self.meanings & _CONTRASTED, other.meanings & _CONTRASTED
        for group in CONTRASTS if some and others else ():
            ours, theirs = some & group, others & group
            if ours and theirs and not ours & theirs:
                found |= ours
        if ORDINALS.isdisjoint(self.words) or ORDINALS.isdisjoint(other.words):
            return frozenset(found)
        mine, yours = placed(self.words), placed(other.words)
        for noun in mine.keys() & yours.keys():
            if not mine[noun] & yours[noun]:
                found |= mine[noun]
        return frozenset(found)


def statements(tables: Sequence[Table], entities: Iterable[ResolvedEntity]) -> Iterator[Statement]:
    """The claims of all tables, in their order."""
    found = sorted(entities, key=lambda one: one.id)
    resolved = {member: one.id for one in found for member in one.members}
    voices = _Voices(tables)
    said = [[tuple(map(sys.intern, words(row.quote))) for row in table.claims] for table in tables]
    weights, usual = _weights(tables, said, resolved)
    number = 0
    for place, table in enumerate(tables):
        names = frozenset(resolved.get(e.id, e.id) for e in table.entities)
        matrix = table.matrix()
        common = names & usual
        story = Story(
            place, table.document, table.file, key(table.publisher), names, common, days(table.date), table.direction()
        )
        types = {e.id: e.type for e in table.entities}
        forms = {e.id: _form_words((e.name, *e.aliases)) for e in table.entities}
        known = _Known(resolved, types, forms, voices, weights)
        for row, spoken, vector in zip(table.claims, said[place], matrix, strict=True):
            yield _statement(number, row, spoken, table, story, vector, known)
            number += 1


def _weights(
    tables: Sequence[Table], said: Sequence[Sequence[Sequence[str]]], resolved: Mapping[str, str]
) -> tuple[dict[str, float], frozenset[str]]:
    """What words and names say less than others, since so many documents have them: weights below 1; and the terms of many.

    Coarse on purpose: a document more moves few words from one weight to the next.
    """
    often: Counter[str] = Counter()
    for table, spoken in zip(tables, said, strict=True):
        often.update(meanings(chain.from_iterable(spoken)) | {resolved.get(e.id, e.id) for e in table.entities})
    shares = ((term, documents / len(tables)) for term, documents in often.items() if documents >= FEW)
    found = {term: COMMON if share >= 0.5 else HALF for term, share in shares if share >= 0.25}
    return found, frozenset(found) | {term for term, documents in often.items() if documents > MANY}


def _form_words(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(word for form in forms for word in _name_words(form))


@lru_cache(maxsize=1 << 14)
def _name_words(form: str) -> frozenset[str]:
    return frozenset(words(form))


def _statement(
    number: int,
    row: ClaimRow,
    said: tuple[str, ...],
    table: Table,
    story: Story,
    vector: npt.NDArray[np.float32],
    known: _Known,
) -> Statement:
    names, own = _names(row, known)
    main = _main(row.quote)
    tellers = tuple(speaker_key(table.speakers[i], table, known.resolved, known.voices) for i in row.chain)
    senses = meanings(word for word in said if word not in own)
    named_hours = hours(row.quote)
    return Statement(
        number=number,
        id=row.id,
        row=row,
        story=story,
        vector=vector,
        meanings=senses,
        events=kinds_of_event(senses),
        words=said,
        names=names,
        figures=tuple(figure(one, row) for one in row.figures if not _is_hour(one, row.quote)),
        dates=_days(row, story.day),
        hours=named_hours,
        exact=bool(named_hours) and exact(row.quote),
        opposites=frozenset(map(opposite, senses)) - {""},
        planned=bool(_PLANNED.search(main)),
        refers=bool(_REFERS.search(row.quote)),
        weekdays=named_weekdays(row.quote),
        negated=(negations(said if main == row.quote else words(main)) + (row.kind == "denial")) % 2 == 1,
        instead=_instead(row.quote),
        directive=row.kind in _DIRECTIVE,
        speaker=tellers[-1],
        chain=tellers,
        voice=voice_of(table),
        own_words=_own_words(row),
        predicates=frozenset(meaning(word) for one in row.propositions for word in one.predicate.split()),
        all_names=frozenset(one for some in names.values() for one in some),
        resolved=known.resolved,
        weights=known.weights,
    )


def _names(row: ClaimRow, known: _Known) -> tuple[dict[str, frozenset[str]], set[str]]:
    """The resolved entities of a claim by type, and the words that name them."""
    names: dict[str, set[str]] = {}
    own: set[str] = set()
    for entity in {*row.about, *(part.entity for one in row.propositions for part in one.parts if part.entity)}:
        if entity in known.types:
            names.setdefault(known.types[entity], set()).add(known.resolved.get(entity, entity))
            own |= known.forms[entity]
    return {kind: frozenset(some) for kind, some in names.items()}, own


def _own_words(row: ClaimRow) -> tuple[str, ...]:
    """The words of a claim that are a speaker's own, WORDS or more: those in quotation marks, or all of a direct quotation."""
    parts = ["".join(groups) for groups in _QUOTED.findall(row.quote)]
    found = tuple(words(" ".join(parts) if parts else row.quote if row.directness == "direct" else ""))
    return found if len(found) >= WORDS else ()


def _days(row: ClaimRow, day: Days | None) -> tuple[Days, ...]:
    """The days that a claim names."""
    return tuple(d for text in row.dates if (d := days(text)) is not None) or named_days(row.quote, day)


def _main(quote: str) -> str:
    """The words of a claim's sentences up to the first clause that hangs on each: what that denies the claim does not deny."""
    sentences = _FULL_STOP.split(quote)
    return " ".join(one[: m.start()] if (m := _HANGING.search(one, min(len(one), 12))) else one for one in sentences)


def _instead(quote: str) -> bool:
    """Whether a claim denies one thing and gives another in its place: "not at A but at B"."""
    denied = _DENIES.search(quote)
    return bool(denied and _RATHER.search(quote, denied.end()))


def _is_hour(figure: FigureRow, quote: str) -> bool:
    """Whether a number is no amount: the time, "about two in the morning", an age, "not one"."""
    if re.search(rf"\bnot (?:even )?{re.escape(figure.text)}", quote, re.IGNORECASE):
        return True  # "not one soldier" counts nothing
    hour = not figure.of and bool(re.search(rf"{re.escape(figure.text)}\s+(?:{_HOUR})", quote))
    return hour or "year-old" in figure.text


def voice_of(table: Table) -> str:
    """The key of a document's own voice: its publisher's, or else its author's, or else its own."""
    return f"voice {key(table.publisher or table.author) or table.document}"


class _Voices:
    """Publishers of documents, found again where other documents credit them."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._known = {name for table in tables if (name := key(table.publisher or table.author))}
        self._longest = max((name.count(" ") + 1 for name in self._known), default=0)
        self._found: dict[str, str] = {}

    def of(self, mention: str) -> str:
        """The key of the publisher that words name ("the blog Downstream Notes"); "" for none.

        What is no name is none: an "independent observer" is not the paper The Independent.
        """
        if mention not in self._found:
            names = (word for word in mention.split() if not word[0].islower() or word in _INSIDE)
            self._found[mention] = self._look(key(" ".join(names)).split(), key(mention).split()[-1:])
        return self._found[mention]

    def _look(self, said: Sequence[str], last: Sequence[str]) -> str:
        for length in range(min(self._longest, len(said)), 0, -1):
            for start in range(len(said) - length + 1):
                words = said[start : start + length]
                if (name := " ".join(words)) in self._known and (length > 1 or words == last):
                    return f"voice {name}"
        return ""


def speaker_key(speaker: SpeakerRow, table: Table, resolved: Mapping[str, str], voices: _Voices) -> str:
    """Under which a speaker is the same in any document: the resolved entity, else the name.

    A publisher of some document is that document's voice, however it is named elsewhere, and so are "our reporters". Who is only
    described ("a resident") is another in every document; so is who is not named at all.
    """
    if speaker.kind == "document" or (speaker.kind == "description" and speaker.mention.lower().startswith("our ")):
        return voice_of(table)
    if speaker.kind != "implicit" and (voice := voices.of(speaker.mention or speaker.name) or voices.of(speaker.name)):
        return voice
    if speaker.entity:
        return resolved.get(speaker.entity, speaker.entity)
    return f"{table.document} {speaker.kind} {key(speaker.name)}"
