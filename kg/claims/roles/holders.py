"""Whom a document gives an office to: the name beside it, the subject that is or becomes it, the one who is appointed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.claims.propositions.tree import NEGATIONS
from kg.claims.roles.lexicon import APPOINTS, QUALIFIERS, SERVES, TAKES
from kg.claims.roles.phrases import Named, Office, holder_after, is_title_only

_COMMAS: Final = frozenset({",", "(", "–", "—", "-"})
_CLOSERS: Final = frozenset({",", ".", ";", ")", "–", "—", ":"})
_UNREAL: Final = frozenset({"can", "could", "may", "might", "must", "should", "would", "to", "if"})


@dataclass(frozen=True, slots=True)
class Context:
    """What holders are looked up in: names by token, and what has been read so far."""

    names: Mapping[int, Named]
    held: dict[int, Named] = field(default_factory=dict)
    """Title token → the person whom the title was given to."""


def holder(one: Office, context: Context) -> Named | None:
    """The person whom the document says to have the office, or None."""
    names = context.names
    return (
        holder_after(one, names)
        or _apposed_after(one, names)
        or _apposed_before(one, names)
        or _subject(one, context)
        or _appointed(one, context)
    )


def _person(name: Named | None, doc: Any) -> Named | None:
    if name is None or name.entity.type != "person" or is_title_only(name, doc):
        return None
    return name


def _apposed_after(one: Office, names: Mapping[int, Named]) -> Named | None:
    """ "the foreign minister of Norway, | Lars Holm"."""
    doc = one.head.doc
    at = _behind(doc, one.last + 1)
    if at + 1 >= len(doc) or doc[at].text != ",":
        return None
    skipped = at + 1
    while skipped + 1 < len(doc) and doc[skipped].lower_ in (
        "the",
        "late",
        "mr",
        "mrs",
        "ms",
        "dr",
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
    ):
        skipped += 1
    name = _person(names.get(skipped), doc)
    if name is None or name.first != skipped:
        return None
    tied = any(
        (t.dep_ in ("appos", "flat") and one.first <= t.head.i <= one.last) for t in doc[name.first : name.last + 1]
    ) or (one.top.dep_ in ("appos", "nmod") and name.first <= one.top.head.i <= name.last)
    behind = doc[name.last + 1] if name.last + 1 < len(doc) else None
    closed = behind is None or behind.text in _CLOSERS or behind.tag_ == "VBG"
    free = (one.definite or not one.determined) and _before(one) not in names
    return name if tied or (closed and free and one.top.dep_ != "appos") else None


def _before(one: Office) -> int:
    """The token before the office without its determiner and commas."""
    doc, i = one.head.doc, one.first - 1
    while i >= 0 and (doc[i].pos_ == "DET" or doc[i].tag_ == "PRP$" or doc[i].lower_ in QUALIFIERS):
        i -= 1
    while i >= 0 and doc[i].text in _COMMAS:
        i -= 1
    return int(i)


def _apposed_before(one: Office, names: Mapping[int, Named]) -> Named | None:
    """ "Ada Moreno, | a spokeswoman for the ministry"."""
    doc = one.head.doc
    before = _before(one)
    beside = _person(names.get(before), doc) if before >= 0 else None
    if beside is not None and before < one.first - 1 and _set_off(doc, before, one):
        return beside
    if one.top.dep_ == "appos":
        name = _person(names.get(one.top.head.i), doc)
        if name is not None and name.last < one.first:
            between = doc[name.last + 1 : one.first]
            return None if any(t.pos_ == "VERB" or _person(names.get(t.i), doc) for t in between) else name
    return None


def _set_off(doc: Any, before: int, one: Office) -> bool:
    """Whether an office stands between a comma and a comma, bracket or end, as an apposition does."""
    if doc[before + 1].text not in _COMMAS:
        return False
    if one.top.dep_ in ("appos", "parataxis", "nmod") and one.top.head.i <= before:
        return True
    after = _behind(doc, one.last + 1)
    closed = after >= len(doc) or doc[after].text in _CLOSERS or doc[after].lower_ in ("and", "who")
    return closed and one.top.dep_ in ("appos", "conj", "nmod", "flat", "dep", "ROOT", "nsubj")


def _behind(doc: Any, at: int) -> int:
    """The token after a bracket with an acronym: "the Council (TC) | ,"."""
    if at + 2 < len(doc) and doc[at].text == "(" and doc[at + 2].text == ")":
        return at + 3
    return at


def _subject(one: Office, context: Context) -> Named | None:
    """ "Maria Costa is | the chair"; "who was | the chair"."""
    head = one.top
    if head.dep_ == "conj" and any(c.dep_ == "cop" for c in head.head.children):
        head = head.head  # "is director and | founder"
    copulas = [c for c in head.children if c.dep_ == "cop"]
    if not copulas or _unreal(head):
        return None
    for child in head.children:
        if child.dep_ == "nsubj" and child.i < head.i:
            return _meant(child, head, context)
    return _relative(head, context)


def _appointed(one: Office, context: Context) -> Named | None:
    """ "Ivo Reis was appointed | governor", "served as | president", "The board named Ivo Reis | director"."""
    head, verb = one.top, one.top.head
    if head.dep_ not in ("xcomp", "obl", "obj") or _unreal(verb):
        return None
    as_it = any(c.dep_ == "case" and c.lower_ == "as" for c in head.children)
    word = verb.lower_
    if head.dep_ == "obl" and not as_it:
        return None
    if (word in TAKES and not as_it) or (word in SERVES and as_it):
        return _of_verb(verb, "nsubj", context)
    if word not in APPOINTS:
        return None
    passive = any(c.dep_ == "aux" and c.i < verb.i for c in verb.children) or verb.dep_ in ("acl", "advcl")
    return _of_verb(verb, "nsubj" if passive else "obj", context, (one.first, one.last))


def _of_verb(verb: Any, relation: str, context: Context, but: tuple[int, int] = (-1, -1)) -> Named | None:
    for child in verb.children:
        if child.dep_ == relation and not but[0] <= child.i <= but[1]:
            return _meant(child, verb, context)
    return _relative(verb, context) if relation == "nsubj" else None


def _relative(head: Any, context: Context) -> Named | None:
    """The name that a relative clause or participle hangs on: "Lind, | who was minister", "Lind, | appointed minister"."""
    return _person(context.names.get(head.head.i), head.doc) if head.dep_ == "acl" else None


def _meant(subject: Any, head: Any, context: Context) -> Named | None:
    """The person whom a subject names, by name or by an office given before: "The former chair, Erik Vang, became …"."""
    doc = subject.doc
    if subject.lower_ in ("who", "that"):
        return _relative(head, context)
    return _person(context.names.get(subject.i), doc) or context.held.get(subject.i)


def _unreal(head: Any) -> bool:
    """Whether a clause is negated, conditional or only possible: nobody is given an office there."""
    words = {c.lower_ for c in head.children if c.dep_ in ("aux", "advmod", "mark", "det", "cc") and c.i < head.i + 1}
    return bool(words & (_UNREAL | NEGATIONS))
