"""Who is meant by a source: a name, a description with a name in it, a pronoun, or nobody that the text names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.claims import names
from kg.claims.descriptions import RELATIVE, description
from kg.claims.extent import sentence_starts, tokens_in
from kg.claims.heads import base_head, depth, in_title, prominence, reads
from kg.claims.spans import SpanIndex
from kg.claims.turns import Turns
from kg.document import Document, Span
from kg.records import Entity, Speaker

SINGULAR: Final = frozenset({"he", "she", "him", "her", "his"})
THING: Final = frozenset({"it", "its", "this", "that"})
PLURAL: Final = frozenset({"they", "them", "their", "these", "those", "both"})
FIRST: Final = frozenset({"i", "we", "me", "us", "my", "our"})
_FEMALE: Final = frozenset({"she", "her"})
_BODIES: Final = frozenset(
    (
        "organization organisation group agency council committee commission ministry government "
        "party company court union association movement body institute network panel board department "
        "police army force charity coalition campaign ngo"
    ).split()
)
_PEOPLE: Final = frozenset({"person"})
_THINGS: Final = frozenset({"organization", "work", "place", "group"})
_RANK: Final = {"nsubj": 3, "obj": 2, "conj": 1}
RECENT: Final = 40
"""Attributions that a pronoun may look back over."""
TRUST: Final = 1.0
"""What the reader's coreference counts for, where a sentence nearer counts 1."""
EXAMPLES: Final = ("such as", " like ", "including", "among them", "among whom")
"""Words after which names are examples of a source, not the source."""
READS: Final = 1.0
"""What a verb of what texts do, in the present, counts for a text as its subject."""
BACK: Final = 3
"""Sentences that a pronoun may look back over."""


@dataclass
class Discourse:
    """What the text has said so far: who spoke last, and which names, in order, a pronoun can mean."""

    document: Document
    doc: Any
    entities: Sequence[Entity]
    turns: Turns = field(init=False)
    known: dict[str, Speaker] = field(
        default_factory=dict
    )  # by id: one source is one speaker, whatever it is asked for
    at: SpanIndex[Entity] = field(init=False)
    gender: dict[str, str] = field(init=False)
    roles: dict[str, dict[Entity, int]] = field(init=False)
    spoken: list[tuple[int, Speaker, bool]] = field(default_factory=list)  # (where, who, several of them)

    starts: list[int] = field(init=False)
    types: dict[str, str] = field(init=False)
    clusters: dict[Span, tuple[Span, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.turns = Turns(self.document, self.entities)
        self.starts = sentence_starts(self.doc)
        self.at = SpanIndex((m, e) for e in self.entities for m in e.mentions)
        self.types = {e.id: e.type for e in self.entities}
        self.clusters = {mention: cluster for cluster in self.doc._.clusters or () for mention in cluster}
        self.gender, self.roles = {}, {}
        for mention, entity in self.at.pairs:
            if entity.type in ("person", "organization"):
                self._titles(mention, entity)

    def _titles(self, mention: Span, entity: Entity) -> None:
        """Gender by title, and the words for an office before a name or right after it."""
        token = _token_at(self.doc, mention.start)
        words: list[str] = []
        before = token.i - 1
        comma = before > token.sent.start and self.doc[before].text == "," and token.sent[0].lower_ != "according"
        if comma and _apposed(self.doc, mention):
            before -= 1  # "the aid group, Name"
        while before >= 0 and len(words) < 6 and not self.doc[before].is_space and in_title(self.doc[before]):
            words.append(self.doc[before].lower_.rstrip("."))
            before -= 1
        last = _token_at(self.doc, mention.end - 1)
        if last.i + 2 < len(self.doc) and self.doc[last.i + 1].text == ",":
            for after in self.doc[last.i + 2 : last.i + 9]:
                if after.text == "," or after.pos_ == "VERB":
                    break
                if after.pos_ == "NOUN":
                    words.append(after.lower_)
        for word in words:
            if word in names.FEMALE:
                self.gender[entity.id] = "f"
            elif word in names.MALE:
                self.gender[entity.id] = "m"
            self.roles.setdefault(word, {}).setdefault(entity, mention.start)

    def document_speaker(self) -> Speaker:
        """The document's own voice."""
        meta = self.document.metadata
        return Speaker(f"{self.document.id}-s", meta.author or meta.publisher or self.document.stem, "document")

    def voice(self, position: int) -> tuple[Speaker, ...]:
        """Whose words a character is, from the document inwards: its own, or those of a speaker whose turn it prints."""
        turn = self.turns.at(position)
        return (self.document_speaker(), turn.speaker) if turn else (self.document_speaker(),)

    def speaker(self, sources: Sequence[Span], where: Span, inside: Speaker | None = None) -> Speaker:
        """The speaker of an attribution with these source spans; `where` its cue; `inside` the speaker whose words hold it."""
        if not sources:
            return Speaker(f"{self.document.id}-s{where.start}-{where.end}", "unnamed source", "implicit")
        sources = [self._without_label(span) for span in sources]
        tokens = [t for span in sources for t in tokens_in(self.doc, span)]
        mention = " ".join(" ".join(span.of(self.document.text).split()) for span in sources)
        first, last = sources[0].start, sources[-1].end
        identifier = f"{self.document.id}-s{first}-{last}"
        if identifier in self.known:
            return self.known[identifier]
        found, several = self._resolve(tokens, sources, inside)
        if isinstance(found, Entity):
            speaker = Speaker(identifier, found.name, "entity", found.id, mention, tuple(sources))
        elif isinstance(found, Speaker):
            speaker = Speaker(identifier, found.name, found.kind, found.entity, mention, tuple(sources))
        else:
            speaker = Speaker(identifier, found, "description", "", mention, tuple(sources))
        if inside is None:  # who speaks inside a quotation is not taken up outside it
            self.spoken.append((first, speaker, several))
        self.known[identifier] = speaker
        return speaker

    def _without_label(self, source: Span) -> Span:
        """A source without the label or heading before its colon: "(HBW) and others: The experts" is the experts."""
        tokens = tokens_in(self.doc, source)
        colon = max((n for n, t in enumerate(tokens) if t.text == ":"), default=-1)
        after = tokens[colon + 1 :]
        if colon < 0 or not any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in after):
            return source
        return Span(after[0].idx, source.end)

    def _resolve(
        self, tokens: list[Any], sources: Sequence[Span], inside: Speaker | None
    ) -> tuple[Entity | Speaker | str, bool]:
        words = [t.lower_ for t in tokens if t.text.isalnum()]
        head = base_head(tokens)
        several = head is not None and head.tag_ in ("NNS", "NNPS")
        if len(words) == 1 and head is not None:
            pronoun = self._pronoun(words[0], head, inside)
            if pronoun is not None:
                return pronoun, words[0] in PLURAL
        named = self._named(tokens, head, sources)
        if len(named) == 1:
            return named[0], False
        if len(named) > 1:
            return Speaker("", " and ".join(e.name for e in named), "description"), True
        if head is not None and not several and words and words[0] in ("the", "this", "that"):
            known = self._definite(head, sources[0].start)
            if known is not None:
                return known, False
            first = self._introduced(head, sources[0].start) if len(words) == 2 else ""
            if first:
                return first, False
        return description(tokens) or "unnamed source", several

    def _named(self, tokens: list[Any], head: Any | None, sources: Sequence[Span]) -> list[Entity]:
        """The named entities that the source is, not those it merely mentions ("experts from the United Nations")."""
        inside = [pair for source in sources for pair in self.at.inside(source)]
        if not inside or head is None:
            return []
        direct = [e for m, e in inside if m.start <= head.idx < m.end]
        people = [(m, e) for m, e in inside if e.type == "person" and not _in_phrase_of(self.doc, m, tokens)]
        if direct and direct[0].type == "person":
            joined = [e for m, e in people if e != direct[0] and _joined(self.doc, m, sources)]
            return _unique([direct[0], *joined])
        if people:  # a title or a description, then the name: "spokesperson A. Name", "the president of X, A. Name"
            first = people[0]
            gap = self.document.text[head.idx + len(head) : first[0].start] if head.idx < first[0].start else ""
            example = any(words in gap for words in EXAMPLES)
            if len(people) > 1 and not example:
                return _unique(e for _, e in people)
            if not example and (direct or head.tag_ not in ("NNS",) or "," not in gap):
                return [first[1]]
        return [e for e in direct[:1] if e.type in ("organization", "place", "group", "work")]

    def _pronoun(self, word: str, token: Any, inside: Speaker | None) -> Entity | Speaker | None:
        if word in FIRST:
            return inside or self.voice(token.idx)[-1]
        if word in RELATIVE or token.tag_ == "WDT":
            return self._antecedent(token)
        if word in SINGULAR:
            return self._person(word, token)
        if word in THING:
            body = self._body(token)
            text = body if reads(token) and isinstance(body, Entity) and body.type == "work" else None
            return text or self._taken_up(token, _THINGS) or body
        if word in PLURAL:
            return self._taken_up(token, _THINGS) or self._several(token)
        return None

    def _taken_up(self, token: Any, types: Collection[str], gender: str = "") -> Entity | None:
        """The entity that the reader's coreference gives a pronoun: the one named last among what it refers to."""
        cluster = self.clusters.get(Span(token.idx, token.idx + len(token)), ())
        for mention in reversed([m for m in cluster if m.start < token.idx]):
            tokens = tokens_in(self.doc, mention)
            named = self._named(tokens, base_head(tokens), [mention])
            if len(named) == 1 and named[0].type in types:
                known = self.gender.get(named[0].id, gender)
                return named[0] if known == gender else None
        return None

    def _antecedent(self, token: Any) -> Entity | Speaker | None:
        """The noun before "who"."""
        before = [(m, e) for m, e in self.at.before(token.idx, 4) if 0 <= token.idx - m.end <= 3]
        if before:
            return before[-1][1]
        noun = next(
            (t for t in reversed(list(self.doc[max(0, token.i - 4) : token.i])) if t.pos_ in ("NOUN", "PROPN")), None
        )
        if noun is None:
            return None
        first = noun
        while first.dep_ == "conj" and first.head.i < first.i and first.head.pos_ in ("NOUN", "PROPN"):
            first = first.head  # "countries, groups and people who …"
        phrase = [t for t in self.doc[first.left_edge.i : noun.i + 1] if not t.is_space]
        return Speaker("", description(phrase), "description") if description(phrase) else None

    def _introduced(self, head: Any, before: int) -> str:
        """What "the statement" takes up, in full: "joint statement from 21 groups"; empty where the text has not said more."""
        since = self._since(head)
        for noun in reversed([t for t in self.doc if since <= t.idx < before and t.pos_ == "NOUN"]):
            if noun.lemma_.lower() == head.lemma_.lower():
                children = [c for c in noun.children if c.dep_ in ("det", "amod", "compound", "nmod")]
                if not any(c.lower_ in ("a", "an") for c in children):
                    return ""
                last = max((c.right_edge.i for c in children if c.dep_ == "nmod" and c.i > noun.i), default=noun.i)
                words = description([t for t in self.doc[noun.left_edge.i : last + 1] if not t.is_space])
                return words if len(words.split()) > 1 else ""
        return ""

    def _since(self, token: Any) -> int:
        at = bisect_right(self.starts, token.idx) - 1
        return self.starts[max(0, at - BACK)] if self.starts else 0

    def _person(self, word: str, token: Any) -> Entity | Speaker | None:
        """The person whom "he" or "she" most likely means: who spoke last, who is a subject, who was named last."""
        since, gender = self._since(token), "f" if word in _FEMALE else "m"
        scores: dict[str, float] = {}
        known: dict[str, Entity] = {}
        for mention, entity in self.at.between(since, token.idx):
            if entity.type != "person":
                continue
            if self.gender.get(entity.id, gender) != gender:
                continue
            head = _token_at(self.doc, mention.end - 1)
            distance = self._sentences(mention.start, token.idx)
            score = 2.0 - distance + prominence(head) + (0.5 if self.gender.get(entity.id) == gender else 0)
            known[entity.id] = entity
            scores[entity.id] = max(scores.get(entity.id, -9.0), score)
        for _, speaker, _ in [s for s in self.spoken[-RECENT:] if since <= s[0] < token.idx][-1:]:
            if speaker.entity in scores:
                scores[speaker.entity] += 1.5
        taken_up = self._taken_up(token, _PEOPLE, gender)
        if taken_up is not None:  # the reader's coreference is one voice among these
            known[taken_up.id] = taken_up
            scores[taken_up.id] = scores.get(taken_up.id, 0.0) + TRUST
        if scores:
            return known[max(scores, key=lambda k: (scores[k], -known[k].mentions[0].start))]
        last = [s for s in self.spoken[-RECENT:] if s[0] < token.idx and s[1].kind != "implicit" and not s[2]]
        last = [s for s in last if self.types.get(s[1].entity, "person") == "person"]
        return last[-1][1] if last and last[-1][0] >= since else None

    def _body(self, token: Any) -> Entity | Speaker | None:
        """The organization, document or body that "it" most likely means."""
        since = self._since(token)
        found: list[tuple[float, int, Entity | Speaker]] = []
        for where, speaker, several in self.spoken[-RECENT:]:
            if (
                since <= where < token.idx
                and not several
                and speaker.kind != "implicit"
                and self.types.get(speaker.entity) != "person"
            ):
                found.append((2.5 - self._sentences(where, token.idx), where, speaker))
        for mention, entity in self.at.between(since, token.idx):
            if entity.type in ("organization", "work", "place"):
                score = prominence(_token_at(self.doc, mention.end - 1)) + (1 if entity.type != "place" else 0)
                score += READS if entity.type == "work" and reads(token) else 0
                found.append((score - self._sentences(mention.start, token.idx), mention.start, entity))
        return max(found, key=lambda one: one[:2])[2] if found else None

    def _sentences(self, start: int, end: int) -> int:
        """Sentence starts between two characters."""
        return bisect_right(self.starts, end) - bisect_right(self.starts, start)

    def _several(self, token: Any) -> Entity | Speaker | None:
        """Whom "they" most likely means: several who spoke last, else the body that did."""
        since = self._since(token)
        spoke = [s for s in self.spoken[-RECENT:] if since <= s[0] < token.idx and s[1].kind != "implicit"]
        plural = [s for s in spoke if s[2]]
        if plural and plural[-1] is spoke[-1]:
            return plural[-1][1]
        bodies = [s for s in spoke if self.types.get(s[1].entity) != "person"]
        if bodies:
            return bodies[-1][1]
        return plural[-1][1] if plural else self._subject(token, since)

    def _subject(self, token: Any, since: int) -> Entity | Speaker | None:
        """The plural noun that "they" most likely takes up: in the nearest sentence that has one, a subject before an object."""
        before = self.doc[_token_at(self.doc, since).i : token.i]
        nouns = [t for t in before if t.tag_ in ("NNS", "NNPS") and _rank(t)]
        if nouns:
            sentence = nouns[-1].sent
            best = max((t for t in nouns if t.sent == sentence), key=lambda t: (_rank(t) - depth(t), t.i))
            last = max([best.i, *(c.i for c in best.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN"))])
            phrase = [t for t in self.doc[best.left_edge.i : last + 1] if not t.is_space]
            text = description(phrase)
            return Speaker("", text, "description") if text else None
        bodies = [e for _, e in self.at.between(since, token.idx) if e.type == "organization"]
        return bodies[-1] if bodies else None

    def _definite(self, head: Any, before: int) -> Entity | Speaker | None:
        """Whom "the organization" or "the minister" means: the last body named, or the one person with that office."""
        holders = self.roles.get(head.lower_, {})
        earlier = [e for e, first in holders.items() if first < before]
        if len(earlier) == 1:
            return earlier[0]
        if head.lemma_.lower() not in _BODIES or any(
            t.i < head.i and t.dep_ in ("amod", "compound", "nmod") for t in head.children
        ):
            return None
        said = [s for s in self.spoken[-RECENT:] if s[0] < before and not s[2]]
        if said and self.types.get(said[-1][1].entity) == "organization":
            return next(e for _, e in self.at.pairs if e.id == said[-1][1].entity)
        named = [e for m, e in self.at.before(before) if m.end <= before and e.type == "organization"]
        return named[-1] if named else None


def _apposed(doc: Any, mention: Span) -> bool:
    """Whether a name stands in apposition to the noun before its comma."""
    return any(t.dep_ == "appos" and t.head.i < t.i for t in tokens_in(doc, mention))


def _in_phrase_of(doc: Any, mention: Span, tokens: Sequence[Any]) -> bool:
    """Whether a name stands in a prepositional phrase or possessive of the source: "the lawyer of A", "A's lawyer"."""
    first, last = _token_at(doc, mention.start), _token_at(doc, mention.end - 1)
    if last.i + 1 < len(doc) and doc[last.i + 1].tag_ == "POS":
        return True
    before = first.i - 1
    while before >= tokens[0].i and (doc[before].pos_ in ("DET", "ADJ", "NOUN", "PROPN")):
        before -= 1
    return bool(before >= tokens[0].i and doc[before].pos_ == "ADP")


def _joined(doc: Any, mention: Span, sources: Sequence[Span]) -> bool:
    """Whether a name is joined to what comes before by "and"."""
    before = _token_at(doc, mention.start).i - 1
    while before > 0 and doc[before].pos_ in ("DET", "ADJ", "NOUN", "PROPN"):
        before -= 1
    return doc[before].lower_ in ("and", "&")


def _unique(entities: Iterable[Entity]) -> list[Entity]:
    found: dict[str, Entity] = {}
    for entity in entities:
        found.setdefault(entity.id, entity)
    return list(found.values())


def _rank(noun: Any) -> int:
    """How likely "they" takes up a noun; one on which the parser hung its sentence's verb is a subject: "Guests who left met"."""
    if noun.dep_ == "ROOT":
        return _RANK["nsubj"] if any(t.tag_ in ("VBD", "VBZ", "VBP") and t.dep_ == "acl" for t in noun.sent) else 0
    return _RANK.get(noun.dep_, 0)


def _token_at(doc: Any, character: int) -> Any:
    return doc.char_span(character, character + 1, alignment_mode="expand")[0]
