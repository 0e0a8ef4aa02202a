"""Names inside longer names: "Oslo" in "University of Oslo", "UN" in "UN Secretary-General".

What an inner name is, is told by the document itself (it names the same elsewhere), by the reader's second opinion on the
word (a place inside an organization), and for nationalities by the adjective. There is no list of places or people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from kg.claims import names
from kg.claims.extent import tokens_in
from kg.claims.roles.lexicon import lexicon
from kg.claims.spans import SpanIndex
from kg.document import Document, Span
from kg.records import Entity, EntityType, Nested, Role

_HOLDING: Final = frozenset({"organization", "work", "event"})
"""Types of entities in whose names the reader's second opinion counts in any place."""
_INNER: Final = frozenset({"person", "organization", "place", "group"})
_LINKS: Final = frozenset("of in at for de del di du von".split())
OUTER: Final = 3.0
"""Score as a place of a name's first or last word, from which on it is one ("Oslo University")."""
LINKED: Final = 1.0
"""The same after "of" ("University of Oslo")."""


@dataclass(frozen=True, slots=True)
class _Inner:
    """Some words of a longer name, as positions among its tokens (end exclusive), and what they name."""

    first: int
    end: int
    type: EntityType
    entity: Entity | None = None


def find_nested(
    document: Document, doc: Any, entities: Sequence[Entity], roles: Sequence[Role]
) -> tuple[tuple[Entity, ...], tuple[Nested, ...]]:
    """The entities with those added that are named inside longer names only, and the names inside names and roles."""
    known = _known(entities, {t.text for t in doc if t.is_lower})
    found: dict[Span, tuple[_Inner, Span, Entity]] = {}
    for entity in entities:
        for within in entity.mentions:
            tokens = tokens_in(doc, within)
            if len(tokens) > 1:
                for inner in _inside(tokens, entity, known, doc._.place_scores or {}):
                    span = Span(tokens[inner.first].idx, tokens[inner.end - 1].idx + len(tokens[inner.end - 1]))
                    found[span] = (inner, within, entity)
    records: list[Nested] = []
    added: dict[tuple[EntityType, str], Entity] = {}
    for span in sorted(found):
        inner, within, outer = found[span]
        meant = inner.entity or _added(document, span, inner.type, added)
        records.append(_record(document, span, meant, within, outer.id))
    records += _in_roles(document, entities, roles)
    places: dict[str, set[Span]] = {}
    for one in records:
        places.setdefault(one.entity, set()).add(one.span)
    every = [*entities, *added.values()]
    whole = tuple(_with_forms(document, e, sorted(places[e.id])) if e.id in places else e for e in every)
    return whole, tuple(sorted(records, key=lambda one: (one.span, one.within)))


def _known(entities: Sequence[Entity], lower: Set[str]) -> dict[str, Entity]:
    """Key → the entity of that name; none for a name of several, or one that the text has in lower case as well ("People")."""
    found: dict[str, Entity | None] = {}
    for entity in entities:
        if entity.type in _INNER:
            forms = (form for form in (entity.name, *entity.aliases) if not set(form.lower().split()) <= lower)
            for form in {names.key(form) for form in forms}:
                found[form] = None if form in found else entity
    return {form: entity for form, entity in found.items() if entity is not None}


def _inside(
    tokens: Sequence[Any], outer: Entity, known: Mapping[str, Entity], scores: Mapping[int, float]
) -> Iterator[_Inner]:
    """The names inside one longer name, the longest first, none of which share a word."""
    taken: set[int] = set()
    for inner in (*_named(tokens, outer, known), *_places(tokens, outer, scores), *_peoples(tokens, outer)):
        words = set(range(inner.first, inner.end))
        if len(words) < len(tokens) and not words & taken:
            taken |= words
            yield inner


def _named(tokens: Sequence[Any], outer: Entity, known: Mapping[str, Entity]) -> Iterator[_Inner]:
    """Words that the document uses elsewhere as a name of something else; the noun at the head of the longer name is none
    ("Library" for "National Library of Norway" is a short form)."""
    count, heads = len(tokens), {_top(tokens), _last_before_link(tokens)}
    for length in range(count - 1, 0, -1):
        for first in range(count - length + 1):
            some = tokens[first : first + length]
            if heads & set(range(first, first + length)):
                continue
            if not (some[0].text[:1].isupper() and some[-1].text[:1].isupper() and _is_unit(tokens, first, length)):
                continue
            entity = known.get(names.key(" ".join(t.text for t in some)))
            if entity is not None and entity.id != outer.id and (entity.type, outer.type) != ("person", "person"):
                yield _Inner(first, first + length, entity.type, entity)


def _is_unit(tokens: Sequence[Any], first: int, length: int) -> bool:
    """Whether words of a name hang together: all on one another or on one word outside, and nothing is glued to them."""
    inside = {t.i for t in tokens[first : first + length]}
    heads = {t.head.i for t in tokens[first : first + length] if t.head.i not in inside or t.head.i == t.i}
    before = tokens[first - 1].text == "-" if first else False
    after = tokens[first + length].text == "-" if first + length < len(tokens) else False
    return len(heads) == 1 and not (before or after)


def _places(tokens: Sequence[Any], outer: Entity, scores: Mapping[int, float]) -> Iterator[_Inner]:
    """Places by the reader's second opinion: what follows "of", and the first and last words of a name."""
    top = _top(tokens)
    for n, token in enumerate(tokens):
        back = n - 1 - (n > 1 and _is_the(tokens[n - 1]))
        linked = n > 0 and tokens[back].lower_ in _LINKS
        edge = n in (0, len(tokens) - 1) and outer.type in _HOLDING
        if not token.text[:1].isupper() or not (linked or edge):
            continue
        if scores.get(token.i, 0.0) < (LINKED if linked else OUTER):
            continue
        end = _phrase_end(tokens, n)
        if not n <= top < end:
            yield _Inner(n, end, "place")


def _last_before_link(tokens: Sequence[Any]) -> int:
    """The position of the noun that a name is built on: the last word, or the last before "of"."""
    link = next((n for n, t in enumerate(tokens) if n and t.lower_ in _LINKS), len(tokens))
    return link - 1


def _is_the(token: Any) -> bool:
    return str(token.lower_) == "the"


def _phrase_end(tokens: Sequence[Any], first: int) -> int:
    """Where the words end that a name's word begins: "New | York" of "New York Times" hang on one another."""
    end, at = first + 1, {t.i: n for n, t in enumerate(tokens)}
    while end <= len(tokens):
        head = at.get(tokens[end - 1].head.i, -1)
        if head != end or tokens[end - 1].dep_ not in ("compound", "amod", "flat") or head == _top(tokens):
            break
        end += 1
    while end < len(tokens) and tokens[end].dep_ == "flat" and tokens[end].head.i == tokens[first].i:
        end += 1
    return end


def _top(tokens: Sequence[Any]) -> int:
    """The position of the word that the whole name hangs by."""
    inside = {t.i for t in tokens}
    return next((n for n, t in enumerate(tokens) if t.head.i not in inside or t.head.i == t.i), len(tokens) - 1)


def _peoples(tokens: Sequence[Any], outer: Entity) -> Iterator[_Inner]:
    """Nationalities: "Norwegian" in "Norwegian Trekking Association"."""
    if outer.type not in _HOLDING:
        return
    for n, token in enumerate(tokens):
        if token.text in lexicon().adjectives and n + 1 < len(tokens) and tokens[n + 1].text[:1].isupper():
            yield _Inner(n, n + 1, "group")


def _added(document: Document, span: Span, kind: EntityType, added: dict[tuple[EntityType, str], Entity]) -> Entity:
    """The entity of a name that stands inside longer names only."""
    text = " ".join(span.of(document.text).split())
    key = (kind, names.key(text))
    if key not in added:
        added[key] = Entity(f"{document.id}-e{span.start}-{span.end}", kind, text, (), ())
    return added[key]


def _with_forms(document: Document, entity: Entity, spans: Sequence[Span]) -> Entity:
    """An entity with the places where it is named inside longer names."""
    if entity.mentions:
        return replace(entity, nested=tuple(spans))
    forms = {" ".join(span.of(document.text).split()) for span in spans} - {entity.name}
    return replace(entity, nested=tuple(spans), aliases=tuple(sorted(forms)))


def _record(document: Document, span: Span, entity: Entity, within: Span, outer: str) -> Nested:
    text = " ".join(span.of(document.text).split())
    return Nested(f"{document.id}-n{span.start}-{span.end}", span, text, entity.type, entity.id, within, outer)


def _in_roles(document: Document, entities: Sequence[Entity], roles: Sequence[Role]) -> Iterator[Nested]:
    """Names inside the words of a role, longer than they are; of nested roles the innermost."""
    index = SpanIndex((mention, entity) for entity in entities for mention in entity.mentions)
    held: dict[Span, Nested] = {}
    for role in sorted(roles, key=lambda one: (one.span.start - one.span.end, one.span)):
        for mention, entity in index.inside(role.span):
            if not mention.overlaps(role.title_span):
                held[mention] = _record(document, mention, entity, role.span, role.id)
    return iter(held.values())
