"""Statements without a verb: appositions ("Ada Moreno, the director") and nouns of events ("the closure of the road")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from kg.claims.propositions.events import verb_of
from kg.claims.propositions.phrases import noun_part, possessor, preposition_words, trimmed
from kg.claims.propositions.predicates import is_clause
from kg.claims.propositions.roles import is_time, role
from kg.claims.propositions.tree import Part, Statement, Words, children, denies, joined, marker


def appositions(tokens: Iterable[Any], inside: Words) -> Iterator[Statement]:
    """A noun and the name or noun set beside it: the name is the subject. Places in places and dates are left out."""
    for token in tokens:
        first, second = token.head, token
        if token.dep_ != "appos" or first.i not in inside or is_clause(first, inside):
            continue
        if any(t.pos_ not in ("NOUN", "PROPN") or t.ent_type_ == "place" or is_time(t) for t in (first, second)):
            continue
        if second.pos_ == "PROPN" and first.pos_ == "NOUN":  # "the director, Ada Moreno", "producer Ada Moreno"
            first, second = second, first
        subject, target = noun_part("subject", first, inside, True), noun_part("object", second, inside, True)
        yield Statement(token, frozenset(), "be", _bare(subject), _bare(target))


def _bare(part: Part) -> Part:
    return Part(part.role, part.head, part.words)


def events(tokens: Iterable[Any], inside: Words, loosely: bool = False) -> Iterator[Statement]:
    """Nouns of events with those who take part: "the closure of the road by the board", "the board's closure of the road".

    Both must be named; `loosely`: "the closure of the road" is enough, where the verb takes an object in all its uses.
    """
    for token in tokens:
        verb, transitive = verb_of(token.lemma_) if token.pos_ == "NOUN" else ("", False)
        if not verb:
            continue
        nouns = {marker(c): c for c in reversed(children(token, inside, "nmod", "obl")) if c.i > token.i}
        owner = possessor(token, inside)
        objects = joined(nouns["of"], inside) if "of" in nouns and not is_time(nouns["of"]) else []
        subjects = [noun_part("subject", n, inside, True) for n in joined(nouns["by"], inside)] if "by" in nouns else []
        if not subjects and owner and objects:
            subjects = [_owner(token, owner, inside)]
        if not objects or not (subjects or (loosely and transitive)):
            continue
        rest = tuple(noun_part(role(n), n, inside) for name, n in nouns.items() if name in ("in", "on", "at", "during"))
        alone = len(objects) > 1 or not children(nouns["of"], inside, "conj")
        none = denies(token, inside)
        actors: list[Part | None] = [_bare(one) for one in subjects]
        for subject, noun in product(actors or [None], objects):
            target = _bare(noun_part("object", noun, inside, alone))
            yield Statement(token, frozenset({token.i}), verb, subject, target, rest, none)


def _owner(token: Any, words: frozenset[int], inside: Words) -> Part:
    head = next(c for c in children(token, inside, "nmod", "det") if c.i in words)
    marks = {c.i for c in head.children if c.tag_ == "POS"}
    return Part("subject", head, trimmed(words - marks - preposition_words(head, inside), head))
