"""The propositions of every sentence, as plain records for programs: the words of the text, in the voice of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kg.claims.extent import text_of
from kg.claims.propositions.clauses import clauses
from kg.claims.propositions.nominals import appositions, events
from kg.claims.propositions.phrases import joined_text, spans_of
from kg.claims.propositions.tree import Part, Statement, Words
from kg.document import Span

IMPLIED = "is"
"""The predicate's words where the text has none: "Ada Moreno, the director"."""


def sentence_propositions(doc: Any) -> list[dict[str, Any]]:
    """The propositions of all sentences of a read document (spaCy Doc), in the order of the text.

    Each is a dictionary of `subject` and `object` (lists of [start, end] in characters of the document's text, none where
    there is none), `predicate` (`text`, `lemma`, `spans`; no spans where a copula is implied), `arguments` (`role` and
    `spans`, which hold the preposition) and `negated`. What is joined is told apart, a passive stays one; the first
    prepositional argument of a verb without an object is its object, with the preposition among the predicate's words.
    """
    return [_record(one, doc) for sentence in doc.sents for one in _statements(sentence)]


def _statements(sentence: Any) -> Iterator[Statement]:
    tokens = [t for t in sentence if not t.is_space]
    inside = Words(tokens)
    found = [*map(_absorbed, clauses(tokens, inside)), *appositions(tokens, inside), *events(tokens, inside)]
    whole = (s for s in found if s.subject is not None and (s.object is not None or s.rest))
    return iter(sorted(whole, key=lambda s: s.head.i))


def _absorbed(one: Statement) -> Statement:
    """A statement without object, with its first prepositional argument behind the verb in that place."""
    if one.object is not None:
        return replace(one, words=one.words | one.object.markers)
    last = max(one.words)
    for part in one.rest:
        if part.markers and part.first > last and part.role != "time":
            rest = tuple(other for other in one.rest if other is not part)
            return replace(one, object=Part("object", part.head, part.words), rest=rest, words=one.words | part.markers)
    return one


def _record(one: Statement, doc: Any) -> dict[str, Any]:
    spans = spans_of(one.words, doc)
    return {
        "subject": _pairs(one.subject.words, doc) if one.subject else [],
        "predicate": {
            "text": joined_text(spans, text_of(doc)) or IMPLIED,
            "lemma": one.lemma,
            "spans": _plain(spans),
        },
        "object": _pairs(one.object.words, doc) if one.object else [],
        "arguments": [{"role": part.role, "spans": _pairs(part.words | part.markers, doc)} for part in one.rest],
        "negated": one.negated,
    }


def _pairs(words: Iterable[int], doc: Any) -> list[list[int]]:
    return _plain(spans_of(words, doc))


def _plain(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
