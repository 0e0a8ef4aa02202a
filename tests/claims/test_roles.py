"""Offices, titles and occupations: their words, whom they are said of, of what they are, when they are held."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.records import Reading, Role
from tests.claims.reading import reading

SENTENCES = (
    ("Deputy Prime Minister Anna Berg opened the bridge.", "Deputy Prime Minister", "Anna Berg", "", ""),
    ("Tomas Falk, the foreign minister of Norway, signed the treaty.", "foreign minister", "Tomas Falk", "Norway", ""),
    ("The foreign minister of Norway, Tomas Falk, signed.", "foreign minister", "Tomas Falk", "Norway", ""),
    ("Maria Costa is the chair of the Lake Board.", "chair", "Maria Costa", "Lake Board", ""),
    ("Maria Costa, who was the mayor of Oslo, resigned.", "mayor", "Maria Costa", "Oslo", ""),
    ("UN Secretary-General Tomas Falk spoke in Geneva.", "Secretary-General", "Tomas Falk", "UN", ""),
    ("Ada Moreno, a spokeswoman for the ministry, denied it.", "spokeswoman", "Ada Moreno", "ministry", ""),
    ("Peter Lund, then mayor of Oslo, signed the order.", "mayor", "Peter Lund", "Oslo", "then"),
    ("Then-mayor Peter Lund signed the order.", "mayor", "Peter Lund", "", "then"),
    ("Former German Chancellor Greta Braun wrote the report.", "Chancellor", "Greta Braun", "German", "former"),
    ("Acting President Nora Lind thanked the voters.", "President", "Nora Lind", "", "acting"),
    ("Ivo Reis was appointed governor in May.", "governor", "Ivo Reis", "", ""),
    ("Jonas Beck served as vice president of the council.", "vice president", "Jonas Beck", "council", ""),
    ("Rosa Lind, now head of the judiciary, was named.", "head", "Rosa Lind", "judiciary", "current"),
    ("Supreme Leader Karim Rostam issued a decree.", "Supreme Leader", "Karim Rostam", "", ""),
    ("Nora Lind, the president-elect, spoke on Friday.", "president-elect", "Nora Lind", "", "incoming"),
    ("Omar Hale, a human rights lawyer, wrote the report.", "human rights lawyer", "Omar Hale", "", ""),
)


def roles(text: str) -> list[Role]:
    return list(reading(text).roles)


def holder(found: Reading, role: Role) -> str:
    return next((e.name for e in found.entities if e.id == role.holder), "")


def is_sound(found: Reading) -> None:
    """Every span is the text's own, its parts are inside, and what it points to is there."""
    text, known = found.document.text, {entity.id: entity for entity in found.entities}
    for role in found.roles:
        assert role.text == " ".join(role.span.of(text).split())
        assert role.title == " ".join(role.title_span.of(text).split())
        assert role.span.holds(role.title_span) and role.sentence.holds(role.span)
        assert role.id == f"{found.document.id}-r{role.span.start}-{role.span.end}"
        assert bool(role.qualifier) == (role.qualifier_span is not None)
        assert bool(role.holder) == (role.holder_span is not None)
        if role.holder:
            assert known[role.holder].type == "person" and role.holder_span in known[role.holder].mentions
        if role.of:
            assert role.of_span in known[role.of].mentions
    assert len({role.id for role in found.roles}) == len(found.roles)


@pytest.mark.parametrize(("text", "title", "who", "of", "when"), SENTENCES)
def test_an_office_has_its_words_its_holder_and_its_body(text: str, title: str, who: str, of: str, when: str) -> None:
    found = reading(text)
    is_sound(found)
    (role,) = found.roles
    assert role.title == title
    assert holder(found, role) == who
    assert (role.of_span.of(text) if role.of_span else "") == of
    assert role.qualifier == when


def test_spellings_of_one_title_have_one_lemma() -> None:
    lemmas = {
        roles(f"UN {title} Tomas Falk spoke in Geneva.")[0].lemma
        for title in ("Secretary-General", "Secretary General")
    }
    assert lemmas == {"secretary general"}


def test_titles_side_by_side_are_two_roles_of_one_person() -> None:
    text = "Supreme Leader Ayatollah Karim Rostam spoke on Monday."
    found = reading(text)
    assert [role.title for role in found.roles] == ["Supreme Leader", "Ayatollah"]
    assert {holder(found, role) for role in found.roles} == {"Karim Rostam"}


def test_an_office_that_nobody_is_named_for_has_no_holder() -> None:
    found = reading("The UN Secretary-General visited Oslo. Tomas Falk was at sea.")
    (role,) = found.roles
    assert (role.title, role.holder, role.of != "") == ("Secretary-General", "", True)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg is not the president of the council.",
        "Anna Berg may become president of the council.",
        "If Anna Berg were president of the council, the road would be open.",
    ],
)
def test_what_is_denied_or_only_possible_gives_nobody_an_office(text: str) -> None:
    assert all(not role.holder for role in roles(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mr. King said that the road was closed.",
        "The officials met the experts in Oslo.",
        "He sat down on a chair and shook his head.",
        "The Supreme Court of Norway ruled on Monday.",
        "A lawyer left the building.",
    ],
)
def test_names_plurals_and_things_are_no_roles(text: str) -> None:
    assert roles(text) == []


@pytest.mark.parametrize(
    "text", ["'s minister Anna Berg", "Hers 's minister", "minister", "of minister of of", "-minister-"]
)
def test_fragments_are_read_like_any_text(text: str) -> None:
    is_sound(reading(text))


WORDS = st.sampled_from(
    (
        "Anna Berg|Tomas Falk|the|a|former|then|-|,|minister|Secretary|General|president|elect|of|for|Norway|UN|Lake Board"
        "|is|was|and|who|head|chief|Prime|'s|(|)|“|spoke|.|\n\n|Mr.|at the time|acting|😀"
    ).split("|")
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_whatever_the_words_every_span_is_the_text_s_own(words: list[str]) -> None:
    is_sound(reading(" ".join(words)))
