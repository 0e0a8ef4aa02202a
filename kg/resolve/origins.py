"""How many independent sources a group of same claims has: who repeats whom, who confirms on their own word.

Claims share an origin where they go back to the same ultimate speaker, where one is told on the other speaker's word, where the
words are reused text, and where a document's own voice is the same publisher's. A speaker who confirms is an origin of their own.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import Indel

from kg.claims.names import key
from kg.document import Span
from kg.resolve.records import ClaimGroup, Link, Origin, ResolvedEntity
from kg.resolve.statement import Statement, voice_of
from kg.resolve.table import Table

_CONFIRMS: Final = re.compile(
    r"\b(?:confirm|verif|corroborat|vouch|agree|certif|attest|substantiat|bear out|bore out|stands? by)\w*",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"(?:\b(?:not(?! only\b)|never|nor|neither|cannot|unable to|refus\w* to|declin\w* to|fail\w* to|without)|n['’]t)"
    r"(?:\s+\w+){0,2}\s*\Z",
    re.IGNORECASE,
)
"""Words right before one for vouching that turn it round."""
_CITING: Final = re.compile(
    r"\b(?:citing|quoting|cited|quoted|referring to|reading (?:again |aloud |out )?from|relying on|on the word of|"
    r"according to|as reported by)\s+"
    r"(?P<who>[^,;.:()“”\"]{2,80})"
    r"|\bas\s+(?P<told>[^,;.:()“”\"]{2,60}?)\s+(?:has|had|have)?\s*(?:already\s+|repeatedly\s+|also\s+)?"
    r"(?:stated|said|told|announced|reported|noted|put it)\b",
    re.IGNORECASE,
)
_OF: Final = re.compile(
    r"\b(?:given|announced|published|reported|released|issued|stated|put forward|named|found|made public|claimed|provided)\s+"
    r"(?:earlier |yesterday |by )*by\s+(?P<by>[^,;.()“”\"]{2,80})"
    r"|(?P<whose>[\w'’ .-]{2,60}?)['’]s?\s+(?:own\s+)?(?:toll|figure|count|number|estimate|margin|turnout|total|tally|account|"
    r"version|statement|report|claim|words|finding|findings)\b"
    r"|\bwhat\s+(?P<what>[^,;.()“”\"]{2,60}?)\s+(?:had|has|have)\s+(?:found|said|announced|reported|stated)"
    r"|,\s*as\s+(?P<as>[^,;.()“”\"]{2,60}?)\s+(?:announced|said|reported|stated|found|put it)",
    re.IGNORECASE,
)
_MAYBE: Final = re.compile(r"['’]|\bby\b|\bwhat\b|\bas\b", re.IGNORECASE)
"""What `_OF` cannot do without, and is sooner looked for."""
_SENTENCE: Final = re.compile(r"\n\s*\n|(?<=[.!?][”\"’' ])\s*(?=[A-Z“\"])")
SENTENCE: Final = 8
"""Words from which a sentence is nobody else's by chance."""
REPRINT: Final = 0.72
"""Likeness of two sentences, word for word, from which one is a reprint of the other."""
_BEFORE: Final = 200
"""Characters before a content in which its sentence may say on whose word it is."""

_FOR: Final = re.compile(
    r"\b(?:spokes\w+|lawyer|counsel|attorney|representative|speaker|press office\w*)\s+for\b", re.IGNORECASE
)
"""Who says what another wants said."""
UNKNOWN: Final = "unnamed source"
"""Who says it, where a person said that it is not the one that was read and nobody knows who it is."""

Relation = Literal["confirms", "repeats", ""]


@dataclass(frozen=True, slots=True)
class Grounds:
    """On whose word a claim is made: the key of its ultimate speaker, their name, and whether its speaker confirms or repeats."""

    ultimate: str
    name: str
    entity: str
    relation: Relation
    of: str


class Sources:
    """Looks up on whose word claims are made, in their sentences and among those who say the same."""

    def __init__(self, tables: Sequence[Table], entities: Iterable[ResolvedEntity]) -> None:
        self._tables = tables
        self._asked: frozenset[str] = frozenset()
        self._answer: dict[str, Grounds] = {}
        self._publishers = {voice_of(table): table.publisher or table.author for table in tables}
        self._names: dict[str, str] = {}
        self._forms: dict[str, frozenset[str]] = {}
        resolved: dict[str, str] = {}
        for one in entities:
            self._names[one.id] = one.name
            self._forms[one.id] = frozenset(key(form) for form in (one.name, *one.aliases))
            resolved.update(dict.fromkeys(one.members, one.id))
        for forms in list(self._forms.values()):
            for form in forms:
                if (voice := f"voice {form}") in self._publishers:  # what else the publisher is called
                    self._forms[voice] = self._forms.get(voice, frozenset({form})) | forms
        self._offices: dict[str, set[str]] = defaultdict(set)
        for table in tables:
            for role in table.roles:
                if role.holder:
                    self._offices[resolved.get(role.holder, role.holder)].update(role.lemma.split())

    def grounds(self, claims: Sequence[Statement]) -> dict[str, Grounds]:
        """On whose word each of the claims of a group is made, by their ids. What was asked last is remembered."""
        asked = frozenset(one.id for one in claims)
        if asked != self._asked:
            self._asked, self._answer = asked, self._all_grounds(claims)
        return self._answer

    def _all_grounds(self, claims: Sequence[Statement]) -> dict[str, Grounds]:
        known = {speaker: self._known_by(speaker) for one in claims for speaker in (one.speaker, one.voice)}
        return {one.id: self._grounds(one, known) for one in claims}

    def _grounds(self, one: Statement, known: Mapping[str, tuple[frozenset[str], frozenset[str]]]) -> Grounds:
        before = self._before(one)
        cited = self._cited(one, before, known) or self._described(one, known)
        if _confirms(one.row.cue) or _confirms(before):
            return self._of(one, one.speaker, "confirms", cited)
        if cited and cited != one.speaker:
            return self._of(one, cited, "repeats", cited)
        return self._of(one, one.speaker, "", "")

    def shown(self, one: Statement) -> str:
        """The name of who says a claim, across documents; the one that a person gave, where somebody did."""
        if one.judged is not None:
            return self._name(one.speaker) or one.judged or UNKNOWN
        speaker = self._tables[one.story.number].speakers[one.row.chain[-1]]
        return self._name(one.speaker) or speaker.name

    def _name(self, speaker: str) -> str:
        return self._names.get(speaker, "") or self._publishers.get(speaker, "")

    def _of(self, one: Statement, ultimate: str, relation: Relation, of: str) -> Grounds:
        name = self.shown(one) if ultimate == one.speaker else self._name(ultimate) or ultimate
        return Grounds(ultimate, name, ultimate if ultimate in self._names else "", relation, of)

    def _before(self, one: Statement) -> str:
        """The words of its sentence before a claim."""
        table = self._tables[one.story.number]
        outer = next(
            (row.start for row in table.claims if row.id == one.row.within), 0
        )  # what is before is said by another
        text = table.text[max(0, one.row.start - _BEFORE, outer) : one.row.start]
        return " ".join(_SENTENCE.split(text)[-1].split())  # runs of blanks would make the patterns slow

    def _known_by(self, speaker: str) -> tuple[frozenset[str], frozenset[str]]:
        """The full forms of a speaker's name; and the nouns that stand for it: words of its name, offices held."""
        forms = self._forms.get(speaker, frozenset({key(self._name(speaker))} - {""}))
        nouns = {word for form in forms for word in form.split() if len(word) > 3}
        return forms, frozenset(nouns | self._offices.get(speaker, set()))

    def _described(self, one: Statement, known: Mapping[str, tuple[frozenset[str], frozenset[str]]]) -> str:
        """The one of those who say the same that a description fits: "the superintendent" holds that office; "" for none."""
        speaker = self._tables[one.story.number].speakers[one.row.chain[-1]]
        if one.judged is not None or not one.unnamed:
            return ""
        if speaker.mention.lower().split()[:1] in (["a"], ["an"], ["one"], ["some"], ["another"]):
            return self._spoken_for(speaker.name, one, known)
        said = {word.removesuffix("'s") for word in key(speaker.name).split()}
        fits = {who for who, (_, nouns) in known.items() if who != one.speaker and who in self._names and said & nouns}
        return min(fits) if len(fits) == 1 else ""

    def _spoken_for(self, name: str, one: Statement, known: Mapping[str, tuple[frozenset[str], frozenset[str]]]) -> str:
        """The one of those who say the same for whom a description speaks: "a lawyer for Harbour Works"; "" for none."""
        behind = key(name).partition(" for ")[2] if _FOR.search(name) else ""
        fits = {who for who, (forms, _) in known.items() if who != one.speaker and behind in forms}
        return min(fits) if behind and len(fits) == 1 else ""

    def _cited(self, one: Statement, before: str, known: Mapping[str, tuple[frozenset[str], frozenset[str]]]) -> str:
        """The key of whoever else a claim is credited to in passing; "" for nobody that is known."""
        found = [m["who"] or m["told"] for m in _CITING.finditer(before)]
        if _MAYBE.search(one.row.quote):
            found += [m["by"] or m["whose"] or m["what"] or m["as"] for m in _OF.finditer(one.row.quote)]
        for credited in found:
            plain = key(credited)
            named = {who for who, (forms, _) in known.items() if any(f" {form} " in f" {plain} " for form in forms)}
            if not named:
                held = {word.removesuffix("'s") for word in plain.split()}
                named = {who for who, (_, nouns) in known.items() if who != one.speaker and held & nouns}
            if named - {one.speaker}:
                return min(named - {one.speaker})
        return ""


def _confirms(words: str) -> bool:
    """Whether words say that somebody vouches for something; not that they do not, or will not."""
    return any(not _NOT.search(words, 0, found.start()) for found in _CONFIRMS.finditer(words))


def group_of(
    claims: Sequence[Statement], sources: Sources, reused: Mapping[tuple[str, str], Sequence[tuple[Span, Span]]]
) -> ClaimGroup:
    """The group that claims make, with its origins. `reused` are passages that documents share, by ids in both orders."""
    claims = sorted(claims, key=lambda one: one.id)
    grounds = sources.grounds(claims)
    parts = _parts(claims, grounds, reused)
    origins = tuple(
        sorted((_origin(part, reasons, grounds) for part, reasons in parts), key=lambda o: (-len(o.claims), o.id))
    )
    label = min(claims, key=lambda one: (abs(len(one.row.quote) - 80), one.id)).row.quote
    return ClaimGroup(
        id=_digest(claims[0].id),
        label=label,
        claims=tuple(one.id for one in claims),
        documents=tuple(sorted({one.story.document for one in claims})),
        speakers=tuple(sorted({sources.shown(one) for one in claims})),
        publishers=tuple(sorted({one.story.publisher for one in claims if one.story.publisher})),
        origins=origins,
    )


def _parts(
    claims: Sequence[Statement],
    grounds: Mapping[str, Grounds],
    reused: Mapping[tuple[str, str], Sequence[tuple[Span, Span]]],
) -> list[tuple[list[Statement], set[str]]]:
    """The claims by source, with why they are of one."""
    whole = {one.id: ([one], set[str]()) for one in claims}
    part = {one.id: one.id for one in claims}
    for i, a in enumerate(claims):
        for b in claims[i + 1 :]:
            x, y = part[a.id], part[b.id]
            if x == y or not (reason := _one_source(a, b, grounds, reused)):
                continue
            members, reasons = whole.pop(y)
            for one in members:
                part[one.id] = x
            whole[x][0].extend(members)
            whole[x][1].update(reasons, {reason})
    return list(whole.values())


def _one_source(
    a: Statement,
    b: Statement,
    grounds: Mapping[str, Grounds],
    reused: Mapping[tuple[str, str], Sequence[tuple[Span, Span]]],
) -> str:
    """Why two claims go back to one source; "" where they do not."""
    ours, theirs = grounds[a.id], grounds[b.id]
    if ours.ultimate == theirs.ultimate:
        return f"the same ultimate speaker: {ours.name}"
    passages = reused.get((a.story.document, b.story.document), ())
    if "confirms" not in (ours.relation, theirs.relation) and any(_shared(a, b, passage) for passage in passages):
        return "reused text"
    if all(one.speaker == one.voice for one in (a, b)) and _reprinted(a, b):
        return "the same sentence, or nearly"
    for one, other, credited in ((a, b, ours), (b, a, theirs)):
        if credited.relation != "confirms" and credited.ultimate == other.voice and one.story is not other.story:
            return f"told on the word of the other's publisher: {credited.name}"
    return ""


def _reprinted(a: Statement, b: Statement) -> bool:
    """Whether two documents say the same in their own voice in so nearly the same words that one has them from the other."""
    if min(len(a.words), len(b.words)) < SENTENCE:
        return False
    return float(Indel.normalized_similarity(a.words, b.words)) >= REPRINT


def _shared(a: Statement, b: Statement, passage: tuple[Span, Span]) -> bool:
    """Whether a shared passage covers most of both claims."""
    return all(
        2 * (min(one.row.end, span.end) - max(one.row.start, span.start)) > one.row.end - one.row.start
        for one, span in zip((a, b), passage, strict=True)
    )


def _origin(part: Sequence[Statement], reasons: set[str], grounds: Mapping[str, Grounds]) -> Origin:
    ids = sorted(one.id for one in part)
    first = min(part, key=lambda one: (grounds[one.id].relation != "", one.story.day or (0, 0), one.id))
    source = grounds[first.id]
    return Origin(
        id=_digest(*ids),
        speaker=source.name,
        entity=source.entity,
        claims=tuple(ids),
        documents=tuple(sorted({one.story.document for one in part})),
        reasons=tuple(sorted(reasons)) or ("a source of its own",),
    )


def relations(group: ClaimGroup, claims: Mapping[str, Statement], sources: Sources) -> Iterator[Link]:
    """Who in a group confirms or repeats whom."""
    origin = {claim: one.id for one in group.origins for claim in one.claims}
    grounds = sources.grounds([claims[claim] for claim in group.claims])
    for claim, said in grounds.items():
        if not said.relation:
            continue
        others = [
            c for c in group.claims if c != claim and (origin[c] == origin[claim]) == (said.relation == "repeats")
        ]
        named = [c for c in others if said.of and said.of in (grounds[c].ultimate, claims[c].speaker)]
        plain = [c for c in (named or others) if not grounds[c].relation] or named or others
        if not plain:
            continue
        target = min(plain, key=lambda c: (claims[c].story.day or (0, 0), c))
        kind: Literal["confirmation", "repetition"] = "confirmation" if said.relation == "confirms" else "repetition"
        word = "vouches for it on their own word" if kind == "confirmation" else f"says it on the word of {said.name}"
        yield Link(kind, claim, target, 0.9 if named else 0.6, METHOD, (f"{sources.shown(claims[claim])} {word}",))


METHOD: Final = "cue and credit in the sentence"


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
