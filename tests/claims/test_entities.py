"""Names that the reader tends to cut, or to make of what is none."""

from __future__ import annotations

import pytest

from tests.claims.reading import reading


def named(text: str) -> dict[str, str]:
    return {entity.name: entity.type for entity in reading(text).entities}


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("In May, parliament passed the Harbour Safety and Fisheries Act.", "Harbour Safety and Fisheries Act", "work"),
        ("Elena Varga cited the 1948 Genocide Convention.", "Genocide Convention", "work"),
        ("The bridge was built before World War II by soldiers.", "World War II", "event"),
    ],
)
def test_laws_and_wars_have_their_whole_names(text: str, name: str, type: str) -> None:
    assert named(text)[name] == type


def test_half_an_office_is_no_name() -> None:
    found = named("Supreme Leader Ruhollah Khomeini issued a decree. The Act was read aloud.")
    assert found["Ruhollah Khomeini"] == "person"
    assert not {"Supreme", "Act", "The Act"} & set(found)


def test_a_war_in_the_name_of_a_law_is_no_mention_of_its_own() -> None:
    text = "The Second World War Veterans Act was passed in 1950. It was named after the Second World War."
    mentions = {(m.start, m.end): e.name for e in reading(text).entities for m in e.mentions}
    assert mentions[4, 33] == "Second World War Veterans Act"
    assert mentions[77, 93] == "Second World War"
    assert (4, 20) not in mentions
