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


def forms(text: str) -> list[set[str]]:
    return [{entity.name, *entity.aliases} for entity in reading(text).entities]


def test_a_dateline_names_the_city_and_the_agency_which_are_two() -> None:
    text = "VESTMARK (Harbour News) - The ferry sank on Monday. Mayor Elena Varga said two sailors had drowned in Vestmark."
    found = named(text)
    assert found["Harbour News"] == "organization"
    assert next(kind for name, kind in found.items() if name.upper() == "VESTMARK") == "place"
    initials = "PORT ALMA (PAN) - The ferry sank on Monday, the harbour office said."
    assert named(initials)["PAN"] == "organization"
    assert not any({"PAN", "PORT ALMA"} <= some for some in forms(initials))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The ferry had no lifeboats, according to the blog Tides and Ballast. The owner denied it.",
            "Tides and Ballast",
        ),
        ("The website Harbour Notes reported that the ferry had sunk.", "Harbour Notes"),
        ("Elena Varga confirmed the figure given by the Panel of Pilots after a week.", "Panel of Pilots"),
        ("Elena Varga wrote to the Ferry Accident Board on Monday.", "Ferry Accident Board"),
    ],
)
def test_media_and_bodies_are_names_whatever_their_words_are_besides(text: str, name: str) -> None:
    assert named(text)[name] == "organization"


def test_an_arabic_name_keeps_what_follows_its_article() -> None:
    found = named("Hanan Sabri lives in Qasr al-Nahar. She left Qasr al-Nahar in May, the mayor of Qasr al-Nahar said.")
    assert "Qasr al-Nahar" in found


def test_names_that_the_text_says_are_of_one_thing_are_one() -> None:
    text = (
        "Elena Varga works at Northgate Steel Works, also known as Varga Metals. Northgate Steel Works closed in May."
    )
    assert any({"Northgate Steel Works", "Varga Metals"} <= some for some in forms(text))


def test_an_acronym_that_the_text_keeps_apart_is_no_name_of_what_it_fits() -> None:
    text = (
        "The Harbour Electoral Court, which is not to be confused with the HEC, met in Oslo on Monday. "
        "The Harbour Electoral Court will hear Elena Varga."
    )
    assert not any("HEC" in some and len(some) > 1 for some in forms(text))


def test_a_bracket_with_an_acronym_and_another_name_gives_both() -> None:
    text = (
        "The Harbour Workers Union (HWU / Sindicato) called a strike. The Sindicato said that the port of Oslo is shut."
    )
    assert any({"Harbour Workers Union", "HWU"} <= some for some in forms(text))


def test_a_surname_is_whose_was_told_of_before_even_where_it_is_a_town_s() -> None:
    text = (
        "Dr Ivo Sacramento is the head of the ward in Alder Bay. 24 nurses have fallen ill with cholera, Sacramento said. "
        "Rosa Keller of the union spoke too. Keller said the ward was full. Her cousin Hugo Keller is a driver in Norby."
    )
    found = forms(text)
    assert {"Ivo Sacramento", "Sacramento"} in found
    assert {"Rosa Keller", "Keller"} in found and {"Hugo Keller"} in found


def test_a_given_name_that_opens_its_line_belongs_to_the_surname() -> None:
    text = "Three to a bed\n\nTomé Cassule has been a nurse for eleven years. Cassule said the ward in Norby was full."
    assert {"Tomé Cassule", "Cassule"} in forms(text)


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        (
            "Members of the Syndicat autonome des marins (SAM) met in Norby. The SAM did not strike.",
            "Syndicat autonome des marins",
            "organization",
        ),
        ("The cough syrup was made by Norvik Labs GmbH in Westmark.", "Norvik Labs GmbH", "organization"),
        ("Westmark, 12 October (HNA) – The night had been quiet.", "HNA", "organization"),
    ],
)
def test_what_the_text_explains_is_a_name(text: str, name: str, type: str) -> None:
    assert named(text)[name] == type


def test_an_acronym_of_other_words_makes_no_name() -> None:
    assert not any("boats" in name for name in named("Nine boats of the harbour (HNA) were lost near Westmark."))


def test_a_name_told_once_is_known_again_where_it_stands_alone() -> None:
    text = "Ignacio Larrat was minister in Norby until 2030. The firm paid Larrat for the permit, and Larrat kept it."
    (person,) = [entity for entity in reading(text).entities if entity.name == "Ignacio Larrat"]
    assert [span.of(text) for span in person.mentions] == ["Ignacio Larrat", "Larrat", "Larrat"]


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("The company moved to Calgary, AB in May.", "Calgary", "place"),
        ("Mayor Anna Brandt (ABC) resigned on Monday. Anna Brandt fled to Paris.", "Anna Brandt", "person"),
    ],
)
def test_a_region_is_no_legal_form_and_a_person_no_acronym(text: str, name: str, type: str) -> None:
    assert named(text)[name] == type


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The witness Sevda Karaca testified that she had supervised the packing line.", "Sevda Karaca"),
        (
            "At least 600 houses were torn down, Commander Isidro Lumbanza of the port police told reporters.",
            "Isidro Lumbanza",
        ),
        ("The witness Hadzhi, R., colonel of the fire service, testified that it had exploded at 06:20.", "R. Hadzhi"),
    ],
)
def test_who_stands_behind_a_title_or_an_occupation_is_named_whole(text: str, name: str) -> None:
    assert named(text)[name] == "person"


def test_a_firm_keeps_its_legal_form_at_the_end_of_a_sentence() -> None:
    assert "Nordhall AB" in named(
        "The crates belong to our customer, the shipping company Nordhall AB. It denies that."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Norby Water Authority met on Monday. A spokesman for the Authority (NWA) said the water was safe.",
        "The European Fisheries Commission met on Monday. The boats were late, the Commission (EC) said.",
    ],
)
def test_a_body_called_by_its_noun_may_have_its_acronym_behind_it(text: str) -> None:
    short = text[text.index("(") + 1 : text.index(")")]
    assert any(short in some and len(some) > 1 for some in forms(text))
