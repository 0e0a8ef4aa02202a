"""Statements of clauses: a predicate with its subject, object and further arguments, in the voice of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from kg.claims.propositions.phrases import (
    clause_words,
    noun_part,
    possessor,
    preposition_words,
    stating,
    subtree,
    trimmed,
)
from kg.claims.propositions.predicates import Predicate, chained, is_clause, is_merged, predicate
from kg.claims.propositions.roles import adverb_role, clause_role, is_time, role
from kg.claims.propositions.tree import (
    NOMINAL,
    RELATIVE,
    SUBJECTS,
    Part,
    Statement,
    Words,
    ancestors,
    children,
    denies,
    joined,
    marker,
)

_TELLING: Final = frozenset(
    "say tell add write note claim argue report explain announce state believe think warn ask".split()
)
_WITHIN: Final = frozenset({"at", "in", "on", "under"})
_INHERITING: Final = frozenset({"conj", "xcomp", "advcl"})


def clauses(tokens: Iterable[Any], inside: Words) -> Iterator[Statement]:
    """The statements of all clauses among some tokens, in the order of their heads.

    `inside` are the indices of the words that may be used. Joined subjects and objects each have a statement.
    """
    for token in tokens:
        if is_clause(token, inside) and not is_merged(token, inside):
            yield from _Clause(predicate(token, inside), inside).statements()


@dataclass(frozen=True, slots=True)
class _Clause:
    said: Predicate
    inside: Words

    def statements(self) -> Iterator[Statement]:
        said = self.said
        rest = tuple(sorted(self._rest(), key=lambda part: part.first))
        subjects: list[Part | None] = [*self._subjects()]
        objects: list[Part | None] = [*self._objects()]
        for subject, target in product(subjects or [None], objects or [None]):
            none = any(part is not None and denies(part.head, self.inside) for part in (subject, target))
            none = none or any(self._at_none(part.head) for part in rest)
            yield Statement(
                said.first, said.words, said.lemma, subject, target, rest, said.negated or none, said.passive
            )

    def _at_none(self, noun: Any) -> bool:
        """Whether a circumstance denies the clause: "at no time", "took part in no dinner", but not "with no help"."""
        return denies(noun, self.inside) and any(c.lower_ in _WITHIN for c in children(noun, self.inside, "case"))

    def _subjects(self) -> list[Part]:
        token = self._subject()
        return [] if token is None else self._parts("subject", token)

    def _subject(self) -> Any | None:
        """The noun that is the subject: the clause's own, that of a relative clause, or that of a governing clause."""
        for at in (self.said.first, *ancestors(self.said.first)):
            if at.i not in self.inside:
                return None
            own = children(at, self.inside, *SUBJECTS)
            own = own or [c for c in children(at, self.inside, "expl") if c.lower_ == "it"]
            relative = at.dep_ == "acl" and at.head.i in self.inside
            if own and not (relative and own[0].lower_ in RELATIVE):
                return own[0]
            if relative:
                return self._bearer(at.head) if own or stating(at) else None
            if at.dep_ not in _INHERITING:
                return None
            controlled = children(at.head, self.inside, "obj", "iobj") if at.dep_ == "xcomp" else []
            if controlled:
                return controlled[0]
        return None

    def _bearer(self, noun: Any) -> Any:
        """Of whom a relative clause speaks: of the subject, where its noun is what that one is said to be ("Moreno is an
        engineer who built bridges"), or of the name that its noun is set beside."""
        if children(noun, self.inside, "cop") and not children(noun, self.inside, "case"):
            own = children(noun, self.inside, "nsubj")
            return own[0] if own and own[0].lower_ != "it" and own[0].pos_ in ("NOUN", "PROPN", "PRON") else noun
        named = noun.dep_ == "appos" and noun.head.i in self.inside and noun.head.pos_ == "PROPN"
        return noun.head if named and noun.pos_ == "NOUN" else noun

    def _objects(self) -> list[Part]:
        verb, first = self.said.last, self.said.first
        if self.said.complement is not None:
            return self._complement(self.said.complement)
        told = children(verb, self.inside, "ccomp")
        if told:
            return [self._clausal("object", told[0])]
        relative = first.dep_ == "acl" and first.head.i in self.inside
        objects = children(verb, self.inside, "obj")
        if objects:
            pronoun = relative and objects[-1].lower_ in RELATIVE
            return self._parts("object", first.head if pronoun else objects[-1])
        if relative and not self.said.passive and self._lacks_object():
            return self._parts("object", first.head)
        return self._told()

    def _lacks_object(self) -> bool:
        """Whether the noun that a relative clause hangs on is its object: "the road (that) the board closed"."""
        own = children(self.said.first, self.inside, "nsubj")
        if not own or own[0].lower_ in RELATIVE or not stating(self.said.first):
            return False
        return not any(c.lower_ in RELATIVE for c in children(self.said.last, self.inside, "obl", "advmod"))

    def _told(self) -> list[Part]:
        """What is told, for a clause of saying set beside it ("The road is closed, the board said")."""
        verb = self.said.first
        if verb.dep_ != "parataxis" or verb.head.i not in self.inside or verb.lemma_.lower() not in _TELLING:
            return []
        words = subtree(verb.head, self.inside, {"punct"}) - {t.i for t in verb.subtree}
        return [Part("object", verb.head, trimmed(words, verb.head))]

    def _complement(self, token: Any) -> list[Part]:
        """What a subject is said to be: a noun phrase, or an adjective with all that hangs on it."""
        if token.pos_ in NOMINAL:
            return self._nouns("object", token)
        cut = {"cop", "aux", *SUBJECTS, "expl", "mark", "punct", "cc", "conj", "parataxis", "case"}
        words = subtree(token, self.inside, cut) - self.said.words
        for other in children(token, self.inside, "conj"):
            if other.pos_ == token.pos_ and not is_clause(other, self.inside):
                words |= subtree(other, self.inside)
        return [Part("object", token, trimmed(words, token), preposition_words(token, self.inside))]

    def _parts(self, name: str, token: Any) -> list[Part]:
        if token.dep_ in ("csubj", "ccomp") or token.pos_ in ("VERB", "AUX"):
            return [self._clausal(name, token)]
        return self._nouns(name, token)

    def _clausal(self, name: str, token: Any) -> Part:
        """A clause as an argument, marked by "that"."""
        marks = {c.i for c in children(token, self.inside, "mark") if c.lower_ == "that" and c.i < token.i}
        words = clause_words(token, self.inside)
        return Part(name, token, words - marks, frozenset(marks & words))

    def _nouns(self, name: str, token: Any) -> list[Part]:
        """A noun phrase, or several that are joined; those behind share the possessor of the first."""
        tokens = joined(token, self.inside)
        alone = len(tokens) > 1 or not children(token, self.inside, "conj")
        shared = possessor(token, self.inside)
        found = []
        for noun in tokens:
            part = noun_part(name, noun, self.inside, alone)
            words = part.words - self.said.words
            bare = noun != token and not children(noun, self.inside, "det") and not possessor(noun, self.inside)
            words |= shared if bare else frozenset()
            found.append(Part(name, noun, words or frozenset({noun.i}), part.markers))
        return found

    def _rest(self) -> Iterator[Part]:
        for verb in self.said.verbs:
            if verb == self.said.complement and verb.pos_ not in NOMINAL:
                continue  # all that hangs on an adjective is in the object
            for child in children(verb, self.inside):
                if child.i not in self.said.words:
                    yield from self._argument(verb, child)

    def _argument(self, verb: Any, child: Any) -> Iterator[Part]:
        relation = child.dep_
        if relation in ("obl", "iobj", "obj"):
            if child.lower_ in RELATIVE or (relation == "obj" and not self._second(verb, child)):
                return
            yield noun_part(self._role(child), child, self.inside)
        elif relation == "xcomp" and chained(verb, self.inside) != child:
            yield Part("other", child, clause_words(child, self.inside))
        elif relation == "advcl" and (name := clause_role(child)):
            yield Part(name, child, clause_words(child, self.inside))
        elif relation == "advmod" and child.i > verb.i and child.lower_ not in RELATIVE:
            yield Part(adverb_role(child), child, trimmed(subtree(child, self.inside), child))

    def _second(self, verb: Any, child: Any) -> bool:
        """Whether an object stands beside another one, or beside what is told, and so names who receives it."""
        return bool(children(verb, self.inside, "ccomp")) or child != children(verb, self.inside, "obj")[-1]

    def _role(self, token: Any) -> str:
        if token.dep_ != "obl":
            return "recipient"
        if self.said.passive and marker(token) == "by" and not is_time(token):
            return "agent"
        return role(token)
