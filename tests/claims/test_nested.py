"""Names inside longer names and roles."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.records import Reading
from tests.claims.reading import reading


def inner(found: Reading) -> list[tuple[str, str, str]]:
    """Words, type, and what they stand in."""
    text = found.document.text
    return [(one.text, one.type, " ".join(one.within.of(text).split())) for one in found.nested]


def is_sound(found: Reading) -> None:
    text, entities = found.document.text, {entity.id: entity for entity in found.entities}
    roles = {role.id: role for role in found.roles}
    for one in found.nested:
        assert one.text == " ".join(one.span.of(text).split())
        assert one.within.holds(one.span) and one.within != one.span
        assert one.span in entities[one.entity].nested and entities[one.entity].type == one.type
        if one.outer in roles:
            assert roles[one.outer].span == one.within
        else:
            assert one.within in entities[one.outer].mentions and one.outer != one.entity
    assert len(entities) == len(found.entities)
    for entity in found.entities:
        assert entity.mentions or entity.nested


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "She joined the National Council of Resistance of Norway. The road through Norway is long.",
            ("Norway", "place", "National Council of Resistance of Norway"),
        ),
        ("He teaches at the University of Oslo.", ("Oslo", "place", "University of Oslo")),
        (
            "Parliament passed the Norway Harbour Safety Act. Fishermen in Norway protested.",
            ("Norway", "place", "Norway Harbour Safety Act"),
        ),
        ("The UN Secretary-General spoke in Oslo.", ("UN", "organization", "UN Secretary-General")),
        (
            "The Norwegian Fishing Council met on Monday.",
            ("Norwegian", "group", "Norwegian Fishing Council"),
        ),
    ],
)
def test_a_name_inside_a_name_is_found(text: str, expected: tuple[str, str, str]) -> None:
    found = reading(text)
    is_sound(found)
    assert expected in inner(found)


def test_an_inner_name_is_one_with_the_same_name_outside_and_changes_neither() -> None:
    text = "She joined the National Council of Resistance of Norway. The road through Norway is long."
    found = reading(text)
    council, norway = (next(e for e in found.entities if e.name.startswith(n)) for n in ("National", "Norway"))
    assert [m.of(text) for m in council.mentions] == ["National Council of Resistance of Norway"]
    assert [m.start for m in norway.mentions] == [text.rindex("Norway")]
    assert [m.start for m in norway.nested] == [text.index("Norway")]


def test_a_claim_about_the_whole_is_not_about_the_part() -> None:
    found = reading("The University of Oslo closed the road, Anna Berg said.")
    oslo = next(entity for entity in found.entities if entity.name == "Oslo")
    assert oslo.mentions == ()
    assert all(oslo.id not in claim.about for claim in found.claims)


def test_a_short_form_is_not_inside_its_own_name() -> None:
    found = reading("The National Library of Norway opened. The Library is new. Norway paid for it.")
    assert "Library" not in {words for words, _, _ in inner(found)}


def test_a_word_that_is_no_name_elsewhere_is_none_inside() -> None:
    found = reading("The People's Council of Norway met. People and other people came to Norway.")
    assert "People" not in {words for words, _, _ in inner(found)}


WORDS = st.sampled_from(
    (
        "National Council of Norway|University of Oslo|Oslo|Norway|Norwegian|UN|Secretary-General|the|of|in|Act|Lake Board"
        "|'s|-|,|.|\n\n|Anna Berg|met|(NCN)|New|Fishing|Harbour|😀"
    ).split("|")
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_whatever_the_words_every_span_is_the_text_s_own(words: list[str]) -> None:
    is_sound(reading(" ".join(words)))
