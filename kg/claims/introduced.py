"""Attributions with a colon before what is said: "He turned to the cameras: “…”", "The log has another entry: the gate was shut".

Only where the words before the colon show that somebody speaks: a verb of saying, a gesture before a quotation, an account or an
entry that is given, a name that stands alone. To whom words are put that are not theirs is wronged, so all else is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kg.claims.conjuncts import UNTRUE
from kg.claims.extent import text_of, tokens_in
from kg.claims.heads import is_passive
from kg.claims.lexicon import FINITE, is_reporting, lookup
from kg.claims.spans import SpanIndex
from kg.claims.turns import is_label
from kg.document import Span
from kg.reader.attribution import Attribution

LONGEST: Final = 30
"""Words before the colon."""
LEAST: Final = 3
"""Words of what is behind it."""
_WORDS: Final = frozenset("word sentence message answer reply response motto phrase text advice order remark".split())
"""Nouns of what somebody says: the speaker is whose they are."""
_ACCOUNTS: Final = frozenset(
    "account version point figure toll number count tally entry reckoning finding story view answer reply verdict explanation "
    "message conclusion evidence testimony estimate result".split()
)
_TEXTS: Final = frozenset(
    "log register list minute report record protocol book file letter journal archive entry ledger manifest survey inquiry "
    "commission court panel judgment judgement sheet diary".split()
)
"""Nouns of what says something without being a person."""
_PRONOUNS: Final = frozenset({"he", "she", "they", "we", "i"})
_GIVING: Final = frozenset("have give offer confirm repeat present hold keep submit publish".split())
"""Verbs with which an account is somebody's own: not withdrawn, overturned, missed or forged."""
_GESTURES: Final = frozenset(
    "turn add shout laugh smile nod shrug sigh whisper interrupt continue begin start conclude end finish close step look point "
    "wave shake cry exclaim call write spare".split()
)
"""Verbs after which whoever does it may be quoted."""
_SWORN: Final = frozenset("oath sworn witness counsel testifying".split())
_TURNING: Final = frozenset({"denial", "doubt", "question", "demand", "order"})


def introduced(doc: Any, found: Sequence[Attribution], quoted: Sequence[Span]) -> Iterator[Attribution]:
    """Attributions outside all contents that were `found`. `quoted` are the document's quotations."""
    covered = SpanIndex((s, one) for one in found for s in one.content)
    cues = SpanIndex((s, one) for one in found for s in one.cue)
    quotations = {span.start: span for span in quoted}
    for colon in doc:
        lead = _lead(colon) if colon.text == ":" else []
        after = doc[colon.i + 1] if lead and colon.i + 1 < len(doc) else None
        if after is None:
            continue
        quotation = _sentence(quotations.get(after.idx), doc)
        content = quotation or _clause(colon)
        verb = _main(lead)
        source = _source(lead, verb)
        if quotation is None and is_label(text_of(doc), lead[0].idx, colon.idx):
            continue
        if content is None or source is None or any(True for _ in covered.overlapping(content)):
            continue
        if not _tells(lead, verb, quotation is not None):
            continue
        mark = Span(verb.idx, verb.idx + len(verb)) if verb is not None and lookup(verb) else None
        if mark is None or any(True for _ in cues.overlapping(mark)):
            mark = Span(colon.idx, colon.idx + 1)
        if not any(True for _ in cues.overlapping(mark)):
            yield Attribution((source,), (mark,), (content,))


def _lead(colon: Any) -> list[Any]:
    """The words of the sentence before a colon; none where there are too many, or another colon or a semicolon among them."""
    lead = [t for t in colon.doc[colon.sent.start : colon.i] if not t.is_space]
    begin = max((n + 1 for n, t in enumerate(lead) if t.text in ";:"), default=0)
    return lead[begin:] if len(lead) - begin <= LONGEST else []


def _sentence(quotation: Span | None, doc: Any) -> Span | None:
    """A quotation, if it is more than a title or a name: with a verb, and a word or two."""
    words = [t for t in tokens_in(doc, quotation) if t.text[:1].isalnum()] if quotation else []
    return quotation if len(words) >= LEAST and any(t.tag_ in FINITE or t.tag_ == "VB" for t in words) else None


def _clause(colon: Any) -> Span | None:
    """What follows a colon in its sentence, where it is a clause with a subject and a finite verb."""
    words = [t for t in colon.doc[colon.i + 1 : colon.sent.end] if not t.is_space]
    while words and words[-1].is_punct:
        words = words[:-1]
    inside = {t.i for t in words}
    verbs = [t.head if t.dep_ in ("aux", "cop") else t for t in words if t.tag_ in FINITE]
    told = any(c.dep_ in ("nsubj", "expl", "csubj") and c.i in inside for v in verbs for c in v.children)
    return Span(words[0].idx, words[-1].idx + len(words[-1])) if told and len(words) >= LEAST else None


def _main(lead: Sequence[Any]) -> Any | None:
    """The verb of the words before a colon that none of their others stands above; none where they have no finite one."""
    verbs = [t.head if t.dep_ in ("aux", "cop") else t for t in lead if t.tag_ in FINITE]
    inside = {t.i for t in lead}
    verbs = [v for v in verbs if v.i in inside and any(c.dep_ == "nsubj" for c in v.children)]
    return next((v for v in verbs if not any(o != v and o.is_ancestor(v) for o in verbs)), None)


def _source(lead: Sequence[Any], verb: Any | None) -> Span | None:
    """Who is before a colon: the subject; of somebody's "last words" whose they are; or a name that stands there alone."""
    if verb is None:
        return _named(lead) if not any(t.tag_ in FINITE for t in lead) else None
    subject = next((c for c in reversed(list(verb.lefts)) if c.dep_ == "nsubj"), None)
    passive = is_passive(verb)
    if subject is None or passive:
        return None
    if subject.lemma_.lower() in _WORDS:
        owner = next((c for c in subject.children if c.dep_ == "nmod"), None)
        return _phrase(owner, verb.i) if owner is not None else None
    known = subject.pos_ == "PROPN" or subject.lower_ in _PRONOUNS or subject.ent_type_ in ("person", "organization")
    if known or subject.lemma_.lower() in _TEXTS or (subject.pos_ == "NOUN" and _is_person(subject)):
        return _phrase(subject, verb.i)
    return None


def _is_person(subject: Any) -> bool:
    """Whether a noun is that of a person: one that stands beside a person's name, or that says something."""
    beside = [*subject.children, *(c for child in subject.children for c in child.children)]
    return (
        any(t.ent_type_ == "person" and t.dep_ in ("appos", "flat") for t in beside) or lookup(subject.head) is not None
    )


def _phrase(noun: Any, end: int) -> Span:
    words = [t for t in noun.doc[noun.left_edge.i : noun.right_edge.i + 1] if t.i < end and not t.is_space]
    while words[0].dep_ == "case" and words[0].head == noun and len(words) > 1:
        words = words[1:]
    while len(words) > 1 and words[-1].is_punct:
        words = words[:-1]
    return Span(words[0].idx, words[-1].idx + len(words[-1]))


def _named(lead: Sequence[Any]) -> Span | None:
    """A person's name that stands alone before a colon, or between commas; nothing where a preposition governs it."""
    for n, token in enumerate(lead):
        if token.ent_type_ != "person" or (n and lead[n - 1].ent_type_ == "person"):
            continue
        end = next((m for m in range(n, len(lead)) if lead[m].ent_type_ != "person"), len(lead))
        comma = max((m + 1 for m in range(n) if lead[m].text == ","), default=0)
        titles = all(t.pos_ in ("NOUN", "PROPN", "DET", "ADJ", "NUM") for t in lead[comma:n])
        if titles and (end == len(lead) or lead[end].text == ","):
            return Span(token.idx, lead[end - 1].idx + len(lead[end - 1]))
    return None


def _tells(lead: Sequence[Any], verb: Any | None, quoted: bool) -> bool:
    """Whether the words before a colon say that somebody says what follows, and not that it is untrue, or asked for."""
    kinds = {hit[1] for t in lead if (hit := lookup(t)) is not None}
    if kinds & _TURNING or any(t.lower_ in UNTRUE or t.lower_.endswith(("n't", "n’t")) for t in lead):
        return False
    if verb is None:
        return quoted or any(t.lower_ in _SWORN for t in lead)
    word = verb.lemma_.lower()
    account = word in _GIVING and any(c.dep_ == "obj" and c.lemma_.lower() in _ACCOUNTS for c in verb.children)
    borne_out = word == "bear" and any(c.lower_ == "out" for c in verb.children)
    words = any(c.dep_ == "nsubj" and c.lemma_.lower() in _WORDS for c in verb.children)
    said = is_reporting([verb]) or (word == "read" and any(c.dep_ == "obl" for c in verb.children))
    return said or account or borne_out or (quoted and (words or word in _GESTURES))
