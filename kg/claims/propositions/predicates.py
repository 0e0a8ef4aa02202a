"""The words of a predicate: verb, auxiliaries, negation, particles, copula, and the verbs of a chain ("want to leave")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kg.claims.propositions.tree import NEGATIONS, SUBJECTS, Words, children

_WORDS: Final = frozenset("amod compound case aux cop mark flat fixed cc det nummod punct".split())
_NOUNS: Final = frozenset({"nsubj", "obj", "obl", "nmod", "appos", "iobj"})
_ADVERBS: Final = frozenset("also still now often always sometimes again already currently only".split())
_BEING: Final = frozenset("am are is was were be been being get gets got getting".split())
LONGEST: Final = 4
"""Verbs of one chain."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """Verbs from the governing one to the last of the chain, the words of all, and the noun or adjective that a copula or
    verb leads to. `lemma` joins those of the chain: "want leave"."""

    verbs: tuple[Any, ...]
    words: frozenset[int]
    lemma: str
    complement: Any | None
    negated: bool
    passive: bool

    @property
    def first(self) -> Any:
        return self.verbs[0]

    @property
    def last(self) -> Any:
        return self.verbs[-1]


def is_clause(token: Any, inside: Words) -> bool:
    """Whether a token heads a clause: a verb that is no mere word of a phrase, or what a copula hangs on."""
    if token.dep_ in _WORDS:
        return False
    if children(token, inside, "cop"):
        return bool(children(token, inside, *SUBJECTS, "expl")) or token.dep_ in ("conj", "acl", "advcl", "xcomp")
    if token.pos_ == "AUX" or (token.pos_ == "VERB" and token.dep_ in _NOUNS):
        return bool(children(token, inside, *SUBJECTS))
    return bool(token.pos_ == "VERB")


def chained(token: Any, inside: Words) -> Any | None:
    """What a verb leads to without an object in between: "wants | to leave", "became | chair", "is able | to leave"."""
    if children(token, inside, "obj", "iobj", "ccomp"):
        return None
    able = bool(children(token, inside, "cop"))
    if able and (token.pos_ != "ADJ" or children(token, inside, "case")):
        return None
    following = (c for c in children(token, inside, "xcomp") if c.i > token.i and _follows(c, inside))
    return next((c for c in following if not able or c.pos_ == "VERB"), None)


def _follows(token: Any, inside: Words) -> bool:
    return all(c.lower_ == "to" for c in children(token, inside, "mark"))


def is_merged(token: Any, inside: Words) -> bool:
    """Whether a verb is part of the predicate that governs it."""
    if token.dep_ != "xcomp" or token.head.i not in inside:
        return False
    return is_clause(token.head, inside) and chained(token.head, inside) == token


def predicate(token: Any, inside: Words) -> Predicate:
    """The predicate that a clause's head begins."""
    verbs, words, complement = [token], _own(token, inside), None
    lemmas = [_lemma(token, inside)]
    if children(token, inside, "cop"):
        complement = token
    following = chained(token, inside)
    while following is not None and len(verbs) < LONGEST:
        if complement is not None:  # "was able to start"
            words.add(complement.i)
            lemmas[-1] = complement.lemma_.lower()
        copula = bool(children(following, inside, "cop"))
        complement = following if copula or following.pos_ not in ("VERB", "AUX") else None
        if complement is not None and not copula:
            break
        words |= _own(following, inside) | {c.i for c in children(following, inside, "mark")}
        lemmas.append(_lemma(following, inside))
        verbs.append(following)
        following = chained(following, inside)
    negated = any(c.lower_ in NEGATIONS for v in verbs for c in children(v, inside, "advmod", "det", "aux", "cc"))
    return Predicate(
        tuple(verbs), frozenset(words), " ".join(lemmas), complement, negated, is_passive(verbs[-1], inside)
    )


def is_passive(verb: Any, inside: Words) -> bool:
    """Whether a verb is in the passive voice: a past participle with "be" or "get", or on a noun or clause."""
    aux = auxiliaries(verb, inside)
    if aux:  # no past tense stands behind "be": a tagger that sees one has taken the participle for it
        return verb.tag_ in ("VBN", "VBD") and any(a.lower_ in _BEING or a.lemma_.lower() == "be" for a in aux)
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl")


def auxiliaries(verb: Any, inside: Words) -> list[Any]:
    """Auxiliaries of a verb; those of the verb it is joined to where it has none and the two have one form."""
    own = children(verb, inside, "aux")
    if own or verb.dep_ != "conj" or verb.head.tag_ != verb.tag_ or children(verb, inside, *SUBJECTS):
        return own
    return [c for c in children(verb.head, inside, "aux") if c.i < verb.head.i]


def _own(token: Any, inside: Words) -> set[int]:
    """Words of one verb, or of a copula: what it is said with and what it takes along."""
    copulas = children(token, inside, "cop")
    words = {c.i for c in copulas} or {token.i}
    words |= {a.i for a in auxiliaries(token, inside)}
    words |= {c.i for c in _particles(token, inside)}
    words |= {c.i for c in children(token, inside, "advmod") if _belongs(c, token, copulas, min(words), inside)}
    return {i for i in words if not token.doc[i].is_punct}


def _belongs(adverb: Any, verb: Any, copulas: list[Any], first: int, inside: Words) -> bool:
    """Whether an adverb is a word of the predicate: a negation, or one in the midst of it or right before the verb."""
    if adverb.lower_ in NEGATIONS:
        return True
    if copulas:
        plain = adverb.lower_.endswith("ly") or adverb.lower_ in _ADVERBS
        return plain and adverb.i == max(c.i for c in copulas) + 1
    if first < adverb.i < verb.i:
        return not any(True for _ in adverb.children)
    return adverb.i == verb.i - 1 and bool(children(verb, inside, *SUBJECTS))


def _particles(token: Any, inside: Words) -> list[Any]:
    return [c for c in children(token, inside, "compound") if c.tag_ == "RP" or c.pos_ == "ADP"]


def _lemma(token: Any, inside: Words) -> str:
    if children(token, inside, "cop"):
        return "be"
    return " ".join([token.lemma_.lower(), *(c.lower_ for c in _particles(token, inside))])
