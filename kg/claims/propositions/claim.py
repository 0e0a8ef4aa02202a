"""The propositions of one claim: what its speaker says is so, in the active voice where the text names who did it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from kg.claims.extent import text_of
from kg.claims.propositions.clauses import clauses
from kg.claims.propositions.nominals import appositions, events
from kg.claims.propositions.phrases import joined_text, spans_of
from kg.claims.propositions.predicates import is_clause
from kg.claims.propositions.surface import IMPLIED
from kg.claims.propositions.tree import Part, Statement, Words, ancestors
from kg.claims.spans import SpanIndex
from kg.document import Span
from kg.records import Argument, Proposition

MOST: Final = 12
"""Propositions of one claim."""
_SUPPOSED: Final = frozenset({"if", "unless", "whether", "to"})


def find_propositions(spans: Sequence[Span], doc: Any, mentions: SpanIndex[str]) -> tuple[Proposition, ...]:
    """The propositions that lie inside the spans of one claim, in the order of the text, `MOST` at most.

    `doc` is the read document (spaCy Doc), `mentions` the places that name its entities, by id. What the claim only
    reports, supposes or asks for (what somebody in it says, a condition, a purpose) is an argument there, and no
    proposition of its own: the claim does not say that it is so.
    """
    tokens = _inside(spans, doc)
    inside = Words(tokens)
    cues = _cues(doc)
    read = [*clauses(tokens, inside), *appositions(tokens, inside), *events(tokens, inside, loosely=True)]
    stated = (one for one in sorted(read, key=lambda s: s.head.i) if _is_stated(one.head, inside, cues))
    writer = _Writer(doc, text_of(doc), mentions)
    found: dict[Hashable, Proposition] = {}
    for one in stated:
        if one.subject is not None or one.object is not None:
            written = writer.record(_active(one))
            found.setdefault(_sense(written), written)
    return tuple(found.values())[:MOST]


def _cues(doc: Any) -> frozenset[int]:
    """The words of all cues of a document, kept with it: every one of its claims asks for them."""
    found = doc.user_data.get("cues")
    if found is None:
        found = doc.user_data["cues"] = frozenset(t.i for one in doc._.attributions for t in _inside(one.cue, doc))
    return frozenset(found)


def _sense(one: Proposition) -> Hashable:
    """What a proposition says, wherever it stands: "Lake Board" and "(LB)" may be one entity, named twice."""
    return one.predicate, one.negated, tuple((part.role, part.entity or part.text) for part in one.arguments)


def _inside(spans: Sequence[Span], doc: Any) -> list[Any]:
    """The words of some spans, in the order of the text."""
    found = {
        t.i: t
        for span in spans
        for t in (doc.char_span(span.start, span.end, alignment_mode="contract") or ())
        if not t.is_space
    }
    return [found[i] for i in sorted(found)]


def _is_stated(head: Any, inside: Words, cues: frozenset[int]) -> bool:
    """Whether the claim itself says what a clause says: not what is told, supposed or aimed at in it, and not an act of
    telling unless the claim begins with it."""
    path = [head, *(a for a in ancestors(head) if a.i in inside)]
    top = path[-1]
    beside = head.dep_ == "conj" and head.head == top
    reporting = any(t.i in cues for t in (head, *(c for c in head.children if c.dep_ == "cop")))
    if reporting and head != top and not beside:
        return False
    return not any(_is_supposed(t) for t in path[:-1])


def _is_supposed(token: Any) -> bool:
    """Whether a clause is told, supposed or aimed at by the one that governs it."""
    if token.dep_ in ("ccomp", "xcomp", "csubj", "parataxis"):
        return True
    opened = any(c.lower_ in _SUPPOSED for c in token.children if c.dep_ == "mark")
    return opened and token.dep_ in ("advcl", "acl")


def _active(one: Statement) -> Statement:
    """A passive turned: the agent as subject, the one to whom it is done as object."""
    if not one.passive:
        return one
    agent = next((part for part in one.rest if part.role == "agent"), None)
    if one.object is not None or one.subject is None:
        return one  # "was given a prize": the subject is no object of it
    rest = tuple(part for part in one.rest if part is not agent)
    subject = Part("subject", agent.head, agent.words) if agent else None
    return replace(one, subject=subject, object=replace(one.subject, role="object"), rest=rest)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes statements as records: characters for tokens, entities for names."""

    doc: Any
    text: str
    mentions: SpanIndex[str]

    def record(self, one: Statement) -> Proposition:
        spans = spans_of(one.words, self.doc)
        parts = (part for part in (one.subject, one.object, *one.rest) if part is not None)
        return Proposition(
            one.lemma, joined_text(spans, self.text) or IMPLIED, spans, tuple(map(self._argument, parts)), one.negated
        )

    def _argument(self, part: Part) -> Argument:
        spans = spans_of(part.words, self.doc)
        return Argument(part.role, joined_text(spans, self.text), spans, self._entity(part))

    def _entity(self, part: Part) -> str:
        """The entity that the head of a noun phrase names; a clause names none."""
        if is_clause(part.head, Words(self.doc[i] for i in sorted(part.words))) or part.head.pos_ in ("VERB", "AUX"):
            return ""
        at = Span(part.head.idx, part.head.idx + len(part.head))
        return next((entity for _, entity in self.mentions.overlapping(at)), "")
