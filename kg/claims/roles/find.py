"""From a read document to its roles: see `find_roles`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.claims.extent import sentence_around
from kg.claims.roles.holders import Context, holder
from kg.claims.roles.lexicon import lexicon, nouns
from kg.claims.roles.phrases import Named, Office, Place, office_at, token_names
from kg.document import Document, Span
from kg.records import Entity, Role

_NOMINAL = ("NOUN", "PROPN")


def find_roles(document: Document, doc: Any, entities: Sequence[Entity]) -> tuple[Role, ...]:
    """The roles of a read document, in the order of the text: those said of a person whom it names, and offices without one.

    An occupation ("lawyer") is taken where it is said of a named person. An office ("minister") is taken as well where
    nobody is named, if its words are a title ("Supreme Leader") or say of what it is ("the mayor of Westmark").
    """
    known = nouns()
    heads = [t for t in doc if t.lower_ in known and t.pos_ in _NOMINAL]
    if not heads:
        return ()
    names = token_names(doc, entities)
    context = Context(names)
    found: dict[Span, Role] = {}
    after = 0
    for token in heads:
        office = office_at(token, names, after) if token.i >= after else None
        if office is None:
            continue
        who = holder(office, context)
        if who is not None:
            context.held.update(dict.fromkeys(range(office.title[0], office.title[1] + 1), who))
        if _told(office, who):
            after = office.title[1] + 1
            role = _role(document, doc, office, who)
            found.setdefault(role.span, role)
    return tuple(found[span] for span in sorted(found))


def _told(one: Office, who: Named | None) -> bool:
    """Whether the words are enough to take them for a role."""
    word, table = one.head.lower_, lexicon()
    if word in table.loose and who is None:
        return one.of is not None and (one.definite or one.head.text[:1].isupper())
    if word in table.loose:
        return one.of is not None or one.determined or one.first < one.head.i or one.head.text[:1].isupper()
    if who is not None:
        return True
    if word not in table.offices:
        return False
    titled = all(t.text[:1].isupper() for t in one.head.doc[one.title[0] : one.title[1] + 1] if t.text.isalpha())
    return one.of is not None or (titled and one.title[0] < one.title[1])


def _role(document: Document, doc: Any, one: Office, who: Named | None) -> Role:
    span = _span(doc, (one.first, one.last))
    title = _span(doc, one.title)
    words = [t for t in doc[one.title[0] : one.title[1] + 1] if t.text[:1].isalnum()]
    return Role(
        id=f"{document.id}-r{span.start}-{span.end}",
        span=span,
        text=" ".join(span.of(document.text).split()),
        title=" ".join(title.of(document.text).split()),
        title_span=title,
        lemma=" ".join(t.lower_ for t in words),
        sentence=sentence_around(doc, [span]),
        holder=who.entity.id if who else "",
        holder_span=who.span if who else None,
        of=one.body.entity.id if one.body else "",
        of_span=_span(doc, one.of) if one.of else None,
        qualifier=one.qualifier,
        qualifier_span=_span(doc, one.qualifier_at) if one.qualifier_at else None,
    )


def _span(doc: Any, at: Place) -> Span:
    last = doc[at[1]]
    return Span(doc[at[0]].idx, last.idx + len(last))
