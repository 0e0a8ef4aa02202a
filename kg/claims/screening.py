"""Which attributions are claims: who says, thinks, asks or fears what, with source and content made whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kg.claims.boundaries import (
    joined,
    with_limits,
    within_phrase,
    without_circumstances,
    without_predicate,
    without_venue,
)
from kg.claims.deeds import is_deed
from kg.claims.extent import antecedent, around, governed, sourced, text_of, tokens_in, trimmed, whole
from kg.claims.heads import base_head, is_passive
from kg.claims.lexicon import FINITE, is_reporting, lookup
from kg.claims.propositions.events import verb_of
from kg.claims.quotation import OPENERS
from kg.claims.spans import SpanIndex, merged
from kg.claims.stance import kind_of
from kg.document import Span
from kg.reader.attribution import Attribution

_EMPTY: Final = frozenset(
    {"who", "whom", "it", "that", "this", "so", "what", "them", "these", "those", "which", "such", "him", "her"}
)
_SHOWING: Final = frozenset({"show", "indicate", "imply", "reveal", "signal", "suggest", "determine", "confirm"})
_ABSTRACT: Final = tuple("ion ions ment ments ness ity ance ence ing ings fact ship ure ures".split())
_TEXTS: Final = frozenset(
    "investigation resolution declaration publication communication document documentation declaration convention constitution "
    "testimony evidence commission statement recording filing finding ruling briefing hearing government parliament "
    "department institution organization organisation association administration coalition delegation opposition".split()
)
"""Nouns that look abstract but are texts and bodies, which do say things."""
_DEMANDED: Final = frozenset(
    "ceasefire truce justice release peace calm restraint boycott ban embargo referendum talk dialogue reform democracy "
    "accountability transparency amnesty asylum probe trial retrial recount halt stop end freedom equality".split()
)
"""What is demanded by its name alone, besides nouns of acts that come from verbs."""
_HEARSAY: Final = frozenset({"reportedly", "allegedly", "supposedly", "purportedly", "according"})
_NAMING: Final = frozenset({"called", "named", "titled", "entitled", "dubbed", "termed", "known"})


def usable(attributions: Sequence[Attribution], doc: Any) -> list[Attribution]:
    """The attributions that credit somebody with something: who says, thinks, asks or fears what.

    PolNeAR's attributions also cover plain doings ("sought information", "opposes the government"): one whose cue is no word
    of saying or thinking is kept only where its content is a clause or a quotation. Dropped are contents too short to say
    anything ("called for justice") and nested ones that name no source, not even through their verb's subject.
    """
    kept = []
    starts = [sentence.start_char for sentence in doc.sents]

    def beside(span: Span, one: Attribution) -> bool:
        return bool(one.cue) and bisect_right(starts, span.start) == bisect_right(starts, one.cue[0].start)

    held = ((s, one) for one in attributions if not one.nested for s in (*one.content, *one.cue, *one.source))
    covered = SpanIndex((s, one) for s, one in held if beside(s, one))
    for one in (one for one in joined(attributions, doc) if one.cue):
        marks = tuple(mark for span in one.cue if (mark := trimmed(span, doc)))
        cue = [t for span in marks for t in tokens_in(doc, span)]
        contents = tuple(whole(c, cue, doc) for c in (trimmed(span, doc) for span in one.content) if c)
        contents = around(without_circumstances(contents, one.cue, doc), one, doc, covered)
        contents = tuple(governed(c, cue, doc) for c in _near(contents, one.cue, doc, starts))
        contents = tuple(_bounded(contents, cue, doc))
        contents = tuple(antecedent(c, doc) or c for c in contents)
        contents = tuple(c for c in contents if c.of(text_of(doc)).lower() not in _EMPTY)
        if not any(_says_something(c, cue, doc) for c in contents):
            continue
        if not contents or not cue or any(c.overlaps(mark) for c in contents for mark in marks):
            continue
        source, contents = sourced(one.source, cue, contents, doc)
        source = _beside(source, cue, doc, contents) or subject_of(cue, doc, contents)
        if not contents:
            continue
        if (not source and (one.nested or not _impersonal(cue))) or _is_nobodys(one, cue, source, contents, doc):
            continue
        if is_reporting(cue) or any(_is_clause(c, doc) for c in contents):
            kept.append(Attribution(source, marks, merged(contents), one.nested))
    return _held(kept)


def _is_nobodys(
    one: Attribution, cue: Sequence[Any], source: tuple[Span, ...], contents: Sequence[Span], doc: Any
) -> bool:
    """Whether nobody says what a cue governs: it is shown, a name, a motive, asked leave for, the author's own, or a deed."""
    return (
        _only_shows(cue, source, doc)
        or _names(cue, contents, doc)
        or _motive(cue, contents, doc)
        or _let_me(cue)
        or _impersonal_predicate(cue)
        or _is_called(contents, cue, one.source)
        or is_deed(contents, cue, doc)
    )


def _beside(source: tuple[Span, ...], cue: Sequence[Any], doc: Any, contents: Sequence[Span]) -> tuple[Span, ...]:
    """The source, unless it stands in another sentence while the cue's verb has a subject in its own."""
    sentence = cue[0].sent
    if any(sentence.start_char <= span.start < sentence.end_char for span in source):
        return source
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    dependent = verb is not None and verb.dep_ in ("conj", "advcl", "xcomp")
    return (subject_of(cue, doc, contents) if dependent else ()) or source


def _bounded(contents: Sequence[Span], cue: Sequence[Any], doc: Any) -> Iterator[Span]:
    """Contents that end where the phrase ends that is said."""
    for content in contents:
        cut = within_phrase(without_predicate(without_venue(content, doc), cue, doc), cue, doc)
        if cut is not None:
            yield with_limits(cut, cue, doc)


def _held(found: list[Attribution]) -> list[Attribution]:
    """Attributions less nested ones whose holder was dropped: read out of their content, they stand on nothing."""
    holders = SpanIndex((c, one) for one in found if not one.nested for c in one.content)
    return [
        one for one in found if not one.nested or any(c.holds(one.cue[0]) for c, _ in holders.overlapping(one.cue[0]))
    ]


def _impersonal_predicate(cue: Sequence[Any]) -> bool:
    """Whether the author says so with "it is safe to say", "there is no doubt", "makes it clear": nobody else is credited."""
    if any(t.dep_ == "expl" and t.lower_ == "there" for t in cue):
        return True
    if cue[0].lower_ == "it" and not any(t.pos_ in ("VERB", "AUX") for t in cue):
        return True
    heads = [t.head for t in cue if t.pos_ == "VERB" and t.dep_ in ("csubj", "xcomp", "ccomp", "advcl")]
    return any(
        h.pos_ == "ADJ" and any(c.lower_ == "it" and c.dep_ in ("expl", "nsubj") for c in h.children) for h in heads
    )


def _impersonal(cue: Sequence[Any]) -> bool:
    """Whether a cue without a source still reports somebody's words: "it was reported", "reportedly", "according to"."""
    had = any(t.lemma_.lower() == "have" or t.lower_ in ("has", "had", "’ve", "'ve") for t in cue)
    passive = not had or any(t.lower_ == "been" for t in cue)
    return any((t.tag_ == "VBN" and lookup(t) and passive) or t.lower_ in _HEARSAY for t in cue)


def _names(cue: Sequence[Any], contents: Sequence[Span], doc: Any) -> bool:
    """Whether a cue gives a name instead of saying something: "a film called “The Quarry”"."""
    if any(t.lower_ in ("for", "on", "upon") for t in cue) or any(t.lemma_.lower() == "have" for t in cue):
        return False  # "has called for", "has named as"
    naming = any(t.tag_ == "VBN" and t.lower_ in _NAMING for t in cue)
    named = any(t.lower_ in _NAMING for t in cue) and all(
        t.is_title or not t.is_alpha or t.pos_ in ("ADP", "DET", "CCONJ") for c in contents for t in tokens_in(doc, c)
    )
    if named:
        return True
    known = naming and any(t.lower_ == "known" for t in cue)
    return known or (naming and not any(t.tag_ in FINITE for c in contents for t in tokens_in(doc, c)))


def _motive(cue: Sequence[Any], contents: Sequence[Span], doc: Any) -> bool:
    """Whether the author only explains a deed by what was felt: "Fearing a storm, the board closed the port". Nobody says so."""
    verb = next((t for t in cue if t.text[:1].isalpha()), None)
    hit = lookup(verb) if verb is not None else None
    if verb is None or verb.tag_ != "VBG" or verb.dep_ != "advcl" or hit is None or hit[1] not in ("concern", "belief"):
        return False
    return not any(_is_clause(c, doc) or tokens_in(doc, c)[0].lower_ == "that" for c in contents)


def _let_me(cue: Sequence[Any]) -> bool:
    """Whether a speaker only asks leave: "Let me ask you about the boats"."""
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    return verb is not None and verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and verb.head.lower_ == "let"


def _only_shows(cue: Sequence[Any], source: Sequence[Span], doc: Any) -> bool:
    """Whether an event or a state "shows" or "means" something: that is the author's own reading, not somebody's words."""
    hits = [hit[0] for t in cue if (hit := lookup(t)) is not None]
    if not source or any(word not in _SHOWING for word in hits):
        return False
    head = base_head(tokens_in(doc, source[0]))
    if head is None or head.ent_type_ in ("person", "organization", "group"):
        return False
    word = head.lemma_.lower()
    return word not in _TEXTS and (word.endswith(_ABSTRACT) or head.lower_.endswith(_ABSTRACT))


def subject_of(cue: Sequence[Any], doc: Any, contents: Sequence[Span]) -> tuple[Span, ...]:
    """The subject of a cue's verb, through joined, dependent and relative clauses; nothing where the text names none."""
    verbs = [t for t in cue if t.pos_ == "VERB"]
    verb = verbs[0] if verbs else None
    for _ in range(4):
        if verb is None:
            return ()
        passive = is_passive(verb)
        subject = next((c for c in (*reversed(list(verb.lefts)), *verb.rights) if c.dep_ == "nsubj"), None)
        if subject is None and verb.dep_ == "acl":
            above = verb.head.head
            if verb.tag_ == "VBG" and verb.head.dep_ in ("obl", "obj", "iobj") and lookup(above):
                verb = above  # "wrote to the ministry urging it": who wrote urges
                continue
            subject = verb.head if verb.tag_ != "VBN" else None
        if subject is not None:
            named = [c.right_edge.i for c in subject.children if c.dep_ in ("appos", "flat") and c.i > subject.i]
            words = [t for t in doc[subject.left_edge.i : max([subject.i, *named]) + 1] if not t.is_space]
            span = Span(words[0].idx, words[-1].idx + len(words[-1]))
            return () if passive or any(c.overlaps(span) for c in contents) else (span,)
        verb = (
            verb.head
            if verb.dep_ in ("conj", "advcl", "xcomp", "parataxis") and verb.head != verb and not passive
            else None
        )
    return ()


def _is_clause(span: Span, doc: Any) -> bool:
    """A content with a finite verb that has its subject there, not in a relative clause; or that opens with a quotation mark."""
    tokens = tokens_in(doc, span)
    inside = {t.i for t in tokens}
    finite = [t for t in tokens if t.tag_ in FINITE]
    verbs = [t.head if t.dep_ in ("aux", "cop") else t for t in finite]
    clause = any(
        not _is_relative(v, inside) and any(c.dep_ in ("nsubj", "expl", "csubj") and c.i in inside for c in v.children)
        for v in verbs
    )
    infinitive = tokens[0].tag_ == "TO"
    return (clause and not infinitive) or (text_of(doc)[span.start] in OPENERS and bool(finite))


def _is_relative(verb: Any, inside: set[int]) -> bool:
    """Whether a verb stands in a relative clause, up to the edge of a content."""
    while verb.i in inside and verb.head != verb:
        if verb.dep_ == "acl":
            return True
        verb = verb.head
    return False


def _says_something(span: Span, cue: Sequence[Any], doc: Any) -> bool:
    """Whether a content has enough words to say something; of what is demanded, the name of an act is enough."""
    words = [t for t in tokens_in(doc, span) if t.text[:1].isalnum()]
    if not words or (len(words) == 1 and words[0].lower_ in _EMPTY):
        return False
    named = all(t.ent_type_ or t.pos_ in ("DET", "PROPN") for t in words)  # a name alone can be neither true nor false
    solid = not named and any(t.pos_ in ("VERB", "AUX") or t.ent_type_ or t.like_num for t in words)
    if len(words) >= 4 or (solid and len(words) >= 2):
        return True
    acts = any(t.pos_ == "NOUN" and (t.lemma_.lower() in _DEMANDED or verb_of(t.lemma_)[0]) for t in words)
    asked = len(words) > 1 or not any((hit := lookup(t)) is not None and hit[0] in ("ask", "want") for t in cue)
    return acts and asked and kind_of(cue, words) in ("demand", "order")


def _is_called(contents: Sequence[Span], cue: Sequence[Any], source: Sequence[Span]) -> bool:
    """Whether somebody is said to be something, by nobody: "an officer, suggested | as the next chief". No claim of theirs."""
    first, verb = tokens_in(cue[0].doc, contents[0])[0], cue[-1]
    bare = first.lower_ == "as" and verb.tag_ in ("VBN", "VBD") and first.i == verb.i + 1 and len(contents) == 1
    return bare and not any(span.start > verb.idx for span in source)


def _near(contents: tuple[Span, ...], cue: tuple[Span, ...], doc: Any, starts: list[int]) -> tuple[Span, ...]:
    """Contents within the cue's sentence or the one next to it, or joined to such a one: further off they are another's words."""
    if not cue or not contents:
        return contents

    def number(at: int) -> int:
        return bisect_right(starts, at) - 1

    here = number(cue[0].start)
    reached: set[int] = {here - 1, here, here + 1}
    kept = []
    for content in contents:
        first, last = number(content.start), number(content.end - 1)
        quoted = text_of(doc)[content.start] in OPENERS
        if first in ({here} if not quoted else reached) or (quoted and last in reached) or first <= here <= last:
            kept.append(content)
            reached |= {last + 1} if quoted else set()
    return tuple(kept)
