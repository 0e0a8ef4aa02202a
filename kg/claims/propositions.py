"""Subject, predicate, object: the plain statements inside a claim, read off its dependency tree.

One proposition a clause: verbs with their core arguments, copulas with their complement; a passive is turned where its
agent is named; joined subjects and objects are distributed; relative clauses take the noun they hang on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from kg.claims.extent import text_of
from kg.claims.spans import SpanIndex
from kg.document import Span
from kg.records import Argument, Proposition

_SUBJECTS: Final = ("nsubj", "csubj")
_STOP: Final = frozenset({"acl", "advcl", "parataxis", "ccomp", "punct", "cc", "conj", "appos", "dep", "mark", "case"})
_TIME_WORDS: Final = frozenset(
    "year month week day hour decade summer winter spring autumn fall century period".split()
)
_RELATIVE: Final = frozenset({"who", "which", "that", "whom"})
_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_HEADS: Final = frozenset({"VERB", "NOUN", "ADJ"})
WIDEST: Final = 8
"""Nouns or verbs joined in one clause that are followed."""
MOST: Final = 12
"""Propositions of one claim."""


def find_propositions(spans: Sequence[Span], doc: Any, mentions: SpanIndex[str]) -> tuple[Proposition, ...]:
    """The propositions whose predicate, subject and object lie inside the spans of one claim, in text order."""
    inside = {
        t.i
        for span in spans
        for t in (doc.char_span(span.start, span.end, alignment_mode="contract") or ())
        if not t.is_space
    }
    reader = _Clause(doc, inside, mentions)
    found: dict[Proposition, None] = {}
    for i in sorted(inside):
        for one in reader.read(doc[i]):
            found[one] = None
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


class _Clause:
    def __init__(self, doc: Any, inside: set[int], mentions: SpanIndex[str]) -> None:
        self.doc, self.inside = doc, inside
        self.mentions = mentions

    def read(self, token: Any) -> Iterator[Proposition]:
        """The propositions headed by a token: none unless it is a verb, or has a copula."""
        copula = next((c for c in token.children if c.dep_ == "cop" and c.i in self.inside), None)
        if copula is None and token.pos_ != "VERB":
            return
        passive = (
            any(c.dep_ == "aux" and c.lemma_.lower() in ("be", "get") for c in token.children) and token.tag_ == "VBN"
        )
        participle = token.dep_ == "acl" and token.tag_ == "VBN" and not passive
        subjects = self._subjects(token)
        objects = [o for c in token.children if c.dep_ in ("obj", "xcomp") and self._in(c) for o in self._joined(c)]
        agents = [
            o
            for c in token.children
            if c.dep_ == "obl" and self._case(c) == "by" and self._in(c)
            for o in self._joined(c)
        ]
        if passive or participle:
            subjects, objects = agents if agents and not _is_time(agents[0]) else [], subjects or objects
        if copula is not None:
            objects = [token]
        if not subjects and not objects:
            return
        words = copula if copula is not None else token
        lemma = "be" if copula is not None else self._lemma(token)
        negated = any(c.lower_ in _NEGATIONS and c.dep_ in ("advmod", "det") for c in token.children)
        rest = tuple(self._qualifiers(token, agents if passive or participle else []))
        for subject in subjects or [None]:
            for target in objects or [None]:
                arguments = [self._argument("subject", subject, None)] if subject is not None else []
                arguments += (
                    [self._argument("object", target, token if copula is not None else None)]
                    if target is not None
                    else []
                )
                if subject is not None or target is not None:
                    yield Proposition(
                        lemma, words.text, Span(words.idx, words.idx + len(words)), (*arguments, *rest), negated
                    )

    def _in(self, token: Any) -> bool:
        return token.i in self.inside

    def _case(self, token: Any) -> str:
        return next((str(c.lower_) for c in token.children if c.dep_ == "case"), "")

    def _lemma(self, token: Any) -> str:
        particle = next((c.lower_ for c in token.children if c.dep_ == "compound" and c.tag_ == "RP"), "")
        return f"{token.lemma_.lower()} {particle}".strip()

    def _subjects(self, token: Any) -> list[Any]:
        """Subjects of a verb: its own, the noun of a relative clause, or those of the verb it is joined to."""
        for _ in range(WIDEST):
            own = [c for c in token.children if c.dep_ in _SUBJECTS and self._in(c)]
            if token.dep_ == "acl" and self._in(token.head) and (not own or own[0].lower_ in _RELATIVE):
                return [token.head]
            if own or token.dep_ not in ("conj", "xcomp") or token.head == token or token.head.pos_ not in _HEADS:
                return [s for c in own for s in self._joined(c)]
            token = token.head
        return []

    def _joined(self, token: Any) -> list[Any]:
        """A noun and those joined to it, `WIDEST` at most: longer lists are mostly parses gone wrong."""
        joined = (c for c in token.children if c.dep_ == "conj" and self._in(c) and c.pos_ in _NOMINAL)
        return [token, *islice(joined, WIDEST - 1)]

    def _qualifiers(self, token: Any, agents: list[Any]) -> Iterator[Argument]:
        for child in token.children:
            if child.dep_ == "obl" and self._in(child) and child not in agents:
                yield self._argument(_role(child, self._case(child)), child, None)
            elif child.dep_ == "iobj" and self._in(child):
                yield self._argument("recipient", child, None)

    def _argument(self, role: str, token: Any, predicate: Any | None) -> Argument:
        span = self._phrase(token, predicate)
        entity = next((i for _, i in self.mentions.overlapping(Span(token.idx, token.idx + 1))), "")
        return Argument(role, " ".join(span.of(text_of(self.doc)).split()), span, entity)

    def _phrase(self, token: Any, predicate: Any | None) -> Span:
        """The noun phrase of a head: its subtree around it without clauses, joined phrases and its own preposition."""
        held = {token.i}
        queue = [token]
        while queue:
            for child in queue.pop().children:
                own = child.head == token
                skip = child.dep_ in _STOP and not (child.dep_ == "case" and not own)
                if (
                    predicate is not None
                    and own
                    and (child.dep_ in (*_SUBJECTS, "cop", "aux", "obl", "advmod", "expl"))
                ):
                    skip = True
                if not skip and self._in(child) and not child.is_space:
                    held.add(child.i)
                    queue.append(child)
        first = last = token.i
        while first - 1 in held:
            first -= 1
        while last + 1 in held:
            last += 1
        return Span(self.doc[first].idx, self.doc[last].idx + len(self.doc[last]))


def _is_time(token: Any) -> bool:
    return token.lemma_.lower() in _TIME_WORDS or (token.like_num and token.text.isdigit() and len(token) == 4)


def _role(token: Any, preposition: str) -> str:
    if _is_time(token) or preposition in ("since", "until", "during", "before", "after"):
        return "time"
    if token.ent_type_ == "place" or (preposition in ("in", "at", "near") and token.pos_ == "PROPN"):
        return "place"
    if preposition == "to":
        return "recipient"
    if preposition == "with":
        return "instrument"
    return "topic" if preposition in ("about", "on", "over", "regarding") else "other"
