"""Entities of different documents that bear one full name, or a short name that the documents tie to one full name only."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from kg.claims.names import is_acronym, key
from kg.records import EntityType
from kg.resolve.records import ResolvedEntity
from kg.resolve.table import EntityRow

SAME_NAME: Final = "same full name"
SHORT_NAME: Final = "same full name, or a short name tied to it alone"

Key = tuple[EntityType, str]


def resolve_entities(entities: Iterable[EntityRow]) -> list[ResolvedEntity]:
    """Resolve the entities of any number of documents; the result does not depend on their order. Sorted by id.

    Work by key only: names are grouped by type and normalised name; a name that is somewhere an alias of exactly one full
    name, and nowhere a full name of its own with aliases, joins that group.
    """
    ordered = sorted(entities, key=lambda e: e.id)
    groups: dict[Key, list[EntityRow]] = defaultdict(list)
    tied: dict[Key, set[Key]] = defaultdict(set)
    for entity in ordered:
        full: Key = (entity.type, key(entity.name))
        groups[full].append(entity)
        for alias in entity.aliases:
            if (short := (entity.type, key(alias))) != full:
                tied[short].add(full)
    joined: dict[Key, list[EntityRow]] = defaultdict(list)
    for name, some in groups.items():
        joined[_target(name, some, tied)] += some
    found = [_resolved(name, some) for name, some in joined.items() if some]
    return sorted(found, key=lambda one: one.id)


def _target(name: Key, some: list[EntityRow], tied: dict[Key, set[Key]]) -> Key:
    """The full name that a bare short name stands for; the name itself where there is none, or more than one."""
    fits = tied.get(name, set())
    bare = all(key(alias) == name[1] for entity in some for alias in entity.aliases)
    if len(fits) == 1 and bare:
        (full,) = fits
        if len(tied.get(full, set()) - {name}) == 0:
            return full
    return name


def _resolved(name: Key, some: list[EntityRow]) -> ResolvedEntity:
    forms: Counter[str] = Counter()
    for entity in some:
        if key(entity.name) == name[1]:
            forms[entity.name] += entity.mentions
    best = min(forms, key=lambda form: (is_acronym(form), -forms[form], form))
    other = {form for entity in some for form in (entity.name, *entity.aliases)} - {best}
    digest = hashlib.sha256(f"{name[0]}|{name[1]}".encode()).hexdigest()[:16]
    plain = all(key(entity.name) == name[1] for entity in some)
    members = tuple(sorted(entity.id for entity in some))
    return ResolvedEntity(digest, name[0], best, tuple(sorted(other)), members, SAME_NAME if plain else SHORT_NAME)
