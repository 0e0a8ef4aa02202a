"""Where a content begins and ends beside what surrounds saying: when, where and to whom something is said is not what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from kg.claims.extent import text_of, tokens_in
from kg.claims.lexicon import FINITE, is_reporting, lookup
from kg.document import Span
from kg.reader.attribution import Attribution

_VENUES: Final = frozenset(
    (
        "speech address report statement interview letter tweet post article op-ed column book message memo briefing "
        "conference testimony lecture sermon remarks note email editorial essay broadcast blog"
    ).split()
)
"""What something is said in."""
_POSSESSIVES: Final = frozenset({"his", "her", "its", "their", "my", "our"})
_MOST: Final = re.compile(
    r", (?:mostly|mainly|chiefly|largely|primarily|predominantly) (?!because|as|since|when|if|by|to|due)[^,;:.()\n–—]{3,120}"
    r"(?:\([^()\n]{1,40}\))?(?=[,;.–—\n]|\.?$)"
)
"""What limits the noun at the end of a content: ", mostly those who …"."""


def without_circumstances(contents: tuple[Span, ...], cue: Sequence[Span], doc: Any) -> tuple[Span, ...]:
    """Contents less what is no part of them: prepositional phrases around a that-clause, and clauses about the venue.

    "warned | in June | that …" tells when; in "As to the port, she said that …" the phrase belongs to "said", for nothing
    is moved out of a that-clause; in "named the port in its report | dealing with boats" it is the report that deals.
    """
    clause = next((c for c in contents if tokens_in(doc, c)[0].lower_ == "that"), None)
    kept = [c for c in contents if not (_modifies_venue(c, cue, contents, doc) and len(contents) > 1)]
    if clause is None:
        return tuple(kept)

    def circumstance(span: Span) -> bool:
        tokens = tokens_in(doc, span)
        loose = tokens[0].pos_ == "ADP" and span.end <= clause.start
        inside = any(t.pos_ in ("VERB", "AUX") for t in tokens)
        finite = any(t.tag_ in FINITE for t in tokens)
        return loose and not (finite if span.end <= cue[0].start else inside)

    return tuple(c for c in kept if not circumstance(c))


def _modifies_venue(span: Span, cue: Sequence[Span], contents: Sequence[Span], doc: Any) -> bool:
    """Whether a content is a participle's clause on a noun outside all contents that says where something was said."""
    first = tokens_in(doc, span)[0]
    noun = first.head
    if first.dep_ != "acl" or first.tag_ not in ("VBG", "VBN") or any(c.start <= noun.idx < c.end for c in contents):
        return False
    return noun.dep_ == "obl" and any(mark.start <= noun.head.idx < mark.end for mark in cue)


def without_venue(span: Span, doc: Any) -> Span:
    """A content cut before where it was said: "that figure | in his speech, as part of a plea"."""
    tokens = tokens_in(doc, span)
    for at, token in enumerate(tokens[:-2]):
        if token.tag_ in FINITE or (token.lower_ == "that" and token.pos_ != "DET"):
            return span
        if token.lower_ in ("in", "during", "at") and at and tokens[at + 1].lower_ in _POSSESSIVES:
            noun = next((t for t in tokens[at + 2 : at + 6] if t.pos_ == "NOUN"), None)
            if noun is not None and noun.lemma_.lower() in _VENUES:
                return Span(span.start, tokens[at - 1].idx + len(tokens[at - 1]))
    return span


def with_limits(span: Span, cue: Sequence[Any], doc: Any) -> Span:
    """A content after its cue, grown to what limits its last noun: "all prisoners, mostly those held in May"."""
    tokens = tokens_in(doc, span)
    if tokens[-1].pos_ not in ("NOUN", "PROPN") or any(t.i > tokens[-1].i for t in cue):
        return span
    match = _MOST.match(text_of(doc), span.end)
    if match is None or any(t.tag_ in ("MD", "VBD") for t in tokens_in(doc, Span(span.end, match.end()))[:2]):
        return span
    return Span(span.start, match.end())


def within_phrase(span: Span, cue: Sequence[Any], doc: Any) -> Span | None:
    """A content of a noun cut to what hangs on it: "the decree against | the port is in force" is not what it decrees."""
    if any(t.pos_ in ("VERB", "AUX") for t in cue):
        return span
    noun = next((t for t in cue if t.pos_ == "NOUN"), None)
    tokens = tokens_in(doc, span)
    if noun is None or noun.i > tokens[0].i or tokens[0].lower_ == "that" or not noun.is_ancestor(tokens[0]):
        return span
    if not any(t.pos_ in ("VERB", "AUX") and not noun.is_ancestor(t) for t in tokens):
        return span
    beyond = next(t.i for t in tokens if not t.is_punct and not noun.is_ancestor(t))
    kept = [t for t in tokens if t.i < beyond]
    return Span(span.start, kept[-1].idx + len(kept[-1])) if kept else None


def without_predicate(span: Span, cue: Sequence[Any], doc: Any) -> Span:
    """A content of "ask for", "complain about" cut before the verb of the clause around it: "who ask for boats | meet delays".

    A preposition governs no finite clause; where one follows its noun, the relative clause with the cue is over.
    """
    tokens = tokens_in(doc, span)
    if not cue or cue[-1].pos_ != "ADP" or cue[-1].i != tokens[0].i - 1 or not _in_relative(cue):
        return span
    for n, token in enumerate(tokens):
        if token.tag_ in ("WDT", "WP", "WRB", "IN") and token.dep_ in ("mark", "nsubj", "obj", "advmod"):
            return span
        if n and token.tag_ in FINITE and token.dep_ != "acl":
            return Span(span.start, tokens[n - 1].idx + len(tokens[n - 1]))
    return span


def _in_relative(cue: Sequence[Any]) -> bool:
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    return verb is not None and verb.dep_ == "acl" and any(c.tag_ in ("WP", "WDT") for c in verb.lefts)


def joined(found: Sequence[Attribution], doc: Any) -> list[Attribution]:
    """Attributions with a content that is somebody written to and what they are urged, made one with the nested one there.

    "wrote to | the ministry urging it to pay" and, inside, "the ministry | urging | it to pay" is one writer who urges.
    """
    nested = {one.cue[0]: one for one in found if one.nested and one.cue and len(one.content) == 1}
    gone: set[Span] = set()
    kept: list[Attribution] = []
    for one in found:
        inner = _urged(one, nested, doc)
        if inner is not None:
            gone.add(inner.cue[0])
            cue = (Span(one.cue[0].start, inner.cue[0].end),)
            one = Attribution(one.source, cue, inner.content)
        kept.append(one)
    return [one for one in kept if not (one.nested and one.cue and one.cue[0] in gone)]


def _urged(one: Attribution, nested: dict[Span, Attribution], doc: Any) -> Attribution | None:
    if one.nested or len(one.cue) != 1 or len(one.content) != 1:
        return None
    cue, content = tokens_in(doc, one.cue[0]), tokens_in(doc, one.content[0])
    participle = next((t for t in content[1:8] if t.tag_ == "VBG" and is_reporting([t])), None)
    if participle is None or content[0].i != cue[-1].i + 1 or content[-1].i == participle.i:
        return None
    recipient = [t for t in content if t.i < participle.i]
    plain = all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "PRON", "PART") for t in recipient)
    inner = nested.get(Span(participle.idx, participle.idx + len(participle)))
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    if inner is None or verb is None or not plain or inner.content[0].end != one.content[0].end or lookup(verb) is None:
        return None
    return inner if cue[-1].lower_ == "to" or participle.head == verb else None
