"""What a document adds to somebody's words in a relative clause behind them: "demanded the end of the trial, | which led …"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kg.claims.extent import core
from kg.claims.lexicon import FINITE, is_reporting

LEAST: Final = 5
"""Words of a relative clause that says something of its own."""
_FOLLOWING: Final = frozenset(
    "lead result mean make prompt trigger cause spark do suggest leave allow happen come follow".split()
)
"""Verbs whose "which" may take up all that was said before: what it led to, what it means."""
_DOINGS: Final = frozenset({"do", "done", "did", "does"})
"""What a clause ends in that takes up a deed: "which the board has not done"."""
_PARTS: Final = frozenset({"flat", "compound"})


def with_antecedent(part: Sequence[Any], sentence: Sequence[Any]) -> list[Any]:
    """A stretch that is a relative clause after a comma, together with what it is said of; empty for any other stretch.

    That is the noun phrase before the comma, or the sentence up to there where the clause tells what all of it led to.
    """
    words = [t for t in part if t.text[:1].isalnum()]
    if len(words) < LEAST or words[0].tag_ not in ("WDT", "WP") or words[0].lower_ not in ("which", "who"):
        return []
    doc, pronoun = part[0].doc, words[0]
    if pronoun.i - 2 < sentence[0].i or doc[pronoun.i - 1].text != ",":
        return []
    verb = next((t for t in words if t.tag_ in FINITE), None)
    if verb is None or any(is_reporting([t]) and t.tag_ in FINITE for t in words[1:4]):
        return []  # "which she said were lost": her words
    kept = [t for t in part if t.i >= pronoun.i]
    while kept[-1].text in ",;:–—-":
        kept = kept[:-1]
    main = verb.head if verb.dep_ in ("aux", "cop") else verb
    noun = _before(doc[pronoun.i - 2], verb if pronoun.dep_ == "nsubj" else None)
    stands_for_all = main.lemma_.lower() in _FOLLOWING or kept[-1].lower_ in _DOINGS or kept[-2].lower_ in _DOINGS
    if pronoun.lower_ == "which" and (stands_for_all or noun is None):
        return [t for t in sentence if t.i <= kept[-1].i]
    if noun is None:
        return []
    while pronoun.lower_ == "which" and _of(noun):
        noun = noun.head  # "the port of Westmark, which": either may be meant
    first = min([core(noun, doc), *(c.left_edge.i for c in noun.lefts if c.dep_ in ("det", "nmod"))])
    return [t for t in doc[first : kept[-1].i + 1] if not t.is_space]


def _before(last: Any, verb: Any | None) -> Any | None:
    """The noun that ends right before the comma; the one it hangs on where only that one agrees with the verb in number."""
    noun = last
    while noun.dep_ in _PARTS and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    while not _agree(noun, verb) and noun.dep_ in ("nmod", "appos", "conj") and noun.head.i < noun.i:
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN") and _agree(noun, verb) else None


def _of(noun: Any) -> bool:
    above = noun.dep_ == "nmod" and noun.head.i < noun.i and noun.head.pos_ == "NOUN"
    return above and any(c.dep_ == "case" and c.lower_ == "of" for c in noun.children)


def _agree(noun: Any, verb: Any | None) -> bool:
    if verb is None:
        return True
    many = noun.tag_ in ("NNS", "NNPS")
    return not (many and verb.tag_ == "VBZ") and not (not many and verb.tag_ == "VBP" and noun.pos_ == "NOUN")
