"""A statement as it is read off a dependency tree: tokens, not yet characters. Relations are those of Universal
Dependencies without subtypes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
SUBJECTS: Final = ("nsubj", "csubj")
RELATIVE: Final = frozenset({"who", "which", "that", "whom", "whose", "where", "when"})
NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "nothing", "none"})
WIDEST: Final = 8
"""Nouns or verbs joined in one clause that are followed: longer lists are mostly parses gone wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """One argument: its role, the token at its head, the indices of its words, and of the words in front that mark it (a
    preposition)."""

    role: str
    head: Any
    words: frozenset[int]
    markers: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """The index of its first word."""
        return min(self.words | self.markers)


@dataclass(frozen=True, slots=True)
class Statement:
    """Who does what to whom, in the voice of the text.

    `words` are those of the predicate, none where a copula is left out; `head` is the token that heads the clause;
    `passive`: the subject is the one to whom it is done.
    """

    head: Any
    words: frozenset[int]
    lemma: str
    subject: Part | None
    object: Part | None
    rest: tuple[Part, ...] = ()
    negated: bool = False
    passive: bool = False


class Words:
    """The words that may be used in reading statements, as indices into their document, with what depends on each.

    spaCy makes its token objects anew at every look, which was a tenth of all reading: here they are made once.
    """

    def __init__(self, tokens: Iterable[Any]) -> None:
        self._dependents: dict[int, list[tuple[Any, str]]] = {}
        tokens = list(tokens)
        self._indices = frozenset(token.i for token in tokens)
        for token in tokens:
            head = token.head.i
            if head != token.i:
                self._dependents.setdefault(head, []).append((token, token.dep_))

    def __contains__(self, index: object) -> bool:
        return index in self._indices

    def dependents(self, index: int) -> Sequence[tuple[Any, str]]:
        """The words that depend on a word, in the order of the text, and their relations."""
        return self._dependents.get(index, ())


def children(token: Any, inside: Words, *relations: str) -> list[Any]:
    """Dependents of a token among the words that are read; with relations, only those."""
    found = inside.dependents(token.i)
    return [c for c, relation in found if relation in relations] if relations else [c for c, _ in found]


def joined(token: Any, inside: Words) -> list[Any]:
    """A noun and those joined to it that share what is said of it, `WIDEST` at most.

    What is joined by "or" is one argument, and what is ruled out ("not the board") is none.
    """
    more = [c for c in children(token, inside, "conj") if c.pos_ in NOMINAL]
    words = [w.lower_ for c in more for w in children(c, inside, "cc", "advmod")]
    if any(word in ("or", "nor", "and/or") or word in NEGATIONS for word in words):
        return [token]
    return [token, *islice(more, WIDEST - 1)]


def marker(token: Any) -> str:
    """The preposition of a noun, in lower case with single blanks ("because of"); empty where there is none."""
    words = [c for c in token.children if c.dep_ == "case" and c.i < token.i]
    return " ".join(w.lower_ for first in words for w in (first, *(f for f in first.children if f.dep_ == "fixed")))


def ancestors(token: Any) -> Iterator[Any]:
    """The governors of a token, nearest first, `WIDEST` at most."""
    for _ in range(WIDEST):
        if token.head == token:
            return
        token = token.head
        yield token


def denies(token: Any, inside: Words) -> bool:
    """Whether a noun phrase is of none: "no inquiry", "nobody", "none of the boats"."""
    return token.lower_ in NEGATIONS or any(c.lower_ in NEGATIONS for c in children(token, inside, "det", "advmod"))
