"""Entities across documents: what must become one, and what must stay two."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.records import EntityType
from kg.resolve.entities import resolve_entities
from kg.resolve.table import EntityRow


def entity(number: int, name: str, *aliases: str, kind: EntityType = "person") -> EntityRow:
    return EntityRow(f"{number:016x}-e0", kind, name, tuple(sorted(aliases)), 1, False)


def names(*entities: EntityRow) -> list[tuple[str, int]]:
    return sorted((one.name, len(one.members)) for one in resolve_entities(entities))


def test_the_same_full_name_is_one_whatever_its_accents_and_case() -> None:
    assert names(entity(1, "António Vasco"), entity(2, "Antonio Vasco"), entity(3, "ANTONIO VASCO"))[0][1] == 3


def test_a_surname_alone_joins_the_one_full_name_it_is_tied_to() -> None:
    assert names(entity(1, "Mara Lind", "Lind"), entity(2, "Lind")) == [("Mara Lind", 2)]


def test_a_surname_tied_to_two_full_names_joins_neither() -> None:
    found = names(entity(1, "Mara Lind", "Lind"), entity(2, "Olof Lind", "Lind"), entity(3, "Lind"))
    assert found == [("Lind", 1), ("Mara Lind", 1), ("Olof Lind", 1)]


def test_a_surname_that_no_document_ties_stays_alone() -> None:
    assert names(entity(1, "Mara Lind"), entity(2, "Lind")) == [("Lind", 1), ("Mara Lind", 1)]


def test_an_acronym_joins_the_name_it_was_introduced_with() -> None:
    harbour = entity(1, "Northern Harbour Board", "NHB", kind="organization")
    assert names(harbour, entity(2, "NHB", kind="organization")) == [("Northern Harbour Board", 2)]


def test_types_are_never_mixed() -> None:
    assert len(names(entity(1, "Jordan"), entity(2, "Jordan", kind="place"))) == 2


NAMES = st.sampled_from(["Mara Lind", "Lind", "Olof Lind", "NHB", "Northern Harbour Board", "Vasco", "A B"])


@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2)), max_size=8), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_every_entity_has_one_home(
    rows: list[tuple[str, list[str]]], chance: random.Random
) -> None:
    entities = [entity(n, name, *(a for a in aliases if a != name)) for n, (name, aliases) in enumerate(rows)]
    first = resolve_entities(entities)
    chance.shuffle(entities)
    assert resolve_entities(entities) == first
    assert sorted(m for one in first for m in one.members) == sorted(e.id for e in entities)
