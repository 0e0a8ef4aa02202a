"""Single words as heads: of a source, of a clause, of an office; and how they stand in their sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kg.claims import names

_TEXTUAL: Final = frozenset(
    "quote read cite state say stipulate provide define contain require refer set note add".split()
)


def base_head(tokens: Sequence[Any]) -> Any | None:
    """The head of the first noun phrase: the last noun before a preposition, comma, verb or relative word."""
    head = None
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") or (token.pos_ == "ADJ" and token.ent_type_):
            if head is not None and token.pos_ == "PRON":
                break
            head = token
        elif (
            token.pos_ in ("DET", "ADJ", "PART", "ADV", "SYM")
            or token.is_space
            or token.text in "“”‘’\"'.-–"
            or (head is None and token.pos_ in ("ADP", "PUNCT", "CCONJ", "SCONJ", "VERB"))
        ):
            continue
        else:
            break
    return head


def is_passive(verb: Any) -> bool:
    """Whether a verb is passive: "was rejected"."""
    return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma_.lower() == "be" for c in verb.children)


def depth(token: Any) -> int:
    """Clauses between a token and the root of its sentence."""
    depth = 0
    while token.head != token:
        depth += token.dep_ in ("acl", "advcl", "ccomp", "csubj")
        token = token.head
    return depth


def prominence(token: Any) -> float:
    """Subjects are taken up by pronouns more often than what follows the verb."""
    while token.dep_ in ("flat", "compound", "appos", "nmod") and token.head != token and token.head.i < token.i:
        token = token.head
    return 1.0 if token.dep_ in ("nsubj", "csubj") else 0.3 if token.dep_ in ("obl", "obj") else 0.0


def reads(pronoun: Any) -> bool:
    """Whether a pronoun does what a text does: "It quotes …", in the present, where a body would have quoted."""
    verb = pronoun.head
    return pronoun.dep_ == "nsubj" and verb.tag_ == "VBZ" and verb.lemma_.lower() in _TEXTUAL


def in_title(token: Any) -> bool:
    return token.lower_.rstrip(".") in names.TITLES or (
        token.pos_ in ("NOUN", "PROPN") and not token.ent_type_ and token.text[:1].isalpha()
    )
