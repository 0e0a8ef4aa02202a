"""Entities across documents: what must become one, what must stay two, why, and what people's judgements do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.entities import resolve_entities
from kg.resolve.table import Table
from tests.resolve.tables import Row, between, body, groups, judged, person, place, record, table, together

STORY = (place("Tarnovik"), place("Lake Brena"), body("Brena Herald"))
"""What documents about one event have in common."""
ELSEWHERE = (place("Quillpoa"), place("Monte Asro"), body("Asro Courier"))


def one(tables: list[Table], *names: tuple[str, str]) -> bool:
    return together(tables, resolve_entities(tables)[0], *names)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("António Vasco", "Antonio Vasco"),
        ("Dzhamal Temirkhanov", "Jamal Temirhanoff"),
        ("Yevgeny Ishchenko", "Evgeniy Ishchenko"),
        ("Hanane Bouchikhi", "Hanan Bushikhi"),
        ("Abd al-Rahman Noori", "Abdurrahman Nouri"),
        ("Юрий Шматко", "Yuri Shmatko"),
        ("Minister Olga Brandt", "Olga Brandt KC"),
        ("Ketevan Mtserali", "Ketewan Mzerali"),
        ("Pyotr Halvakin", "Petr Khalvakin"),
        ("Yusuf al-Harrati", "Youssef El Harrati"),
        ("Yogendra Thapal", "Jogendra Thapal"),
        ("Anis Bouzagra", "Anis Bou Zagra"),
        ("Lali Tschchortoli", "Lali Chkhortoli"),
        ("Besik Dschugaschwili", "Besik Jughashvili"),
    ],
)
def test_two_spellings_of_a_persons_name_are_one_where_the_documents_tell_of_the_same(a: str, b: str) -> None:
    tables = [table("1.txt", person(a), *STORY), table("2.txt", person(b), *STORY)]
    assert one(tables, ("1", a), ("2", b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Viktor Hromov", "Pavel Hromov"),
        ("Jamal Nasri", "Jamil Nasri"),
        ("Mario Ferrante", "Maria Ferrante"),
        ("Daniel Costa", "Daniele Costa"),
        ("Ivan Petrov", "Ivan Petrova"),
        ("Sasha Kowalski", "Sasha Kowalska"),
        ("Hassan Daoudi", "Hussein Daoudi"),
        ("Rohan Khomari", "Rohan Khamara"),
        ("Karl Lind", "Klara Lind"),
    ],
)
def test_two_given_names_with_one_surname_stay_two_whatever_else_is_shared(a: str, b: str) -> None:
    tables = [table("1.txt", person(a), *STORY), table("2.txt", person(b), *STORY)]
    assert not one(tables, ("1", a), ("2", b))


def test_two_spellings_in_one_document_are_two_people() -> None:
    tables = [table("1.txt", person("Munir Hadad"), person("Mounir Haddad"), *STORY)]
    assert not one(tables, ("1", "Munir Hadad"), ("1", "Mounir Haddad"))


def test_two_spellings_in_documents_with_nothing_in_common_are_left_to_people() -> None:
    tables = [table("1.txt", person("Munir Hadad"), *STORY), table("2.txt", person("Mounir Haddad"), *ELSEWHERE)]
    entities, _, possible = resolve_entities(tables)
    assert not together(tables, entities, ("1", "Munir Hadad"), ("2", "Mounir Haddad"))
    assert "Hadad / Haddad" in between(tables, possible, ("1", "Munir Hadad"), ("2", "Mounir Haddad")).reasons[0]


def test_a_surname_joins_the_one_person_of_the_same_story_and_says_why() -> None:
    tables = [table("1.txt", person("Mara Lind"), *STORY), table("2.txt", person("Lind"), *STORY)]
    entities, links, _ = resolve_entities(tables)
    assert together(tables, entities, ("1", "Mara Lind"), ("2", "Lind"))
    reasons = " ".join(between(tables, links, ("1", "Mara Lind"), ("2", "Lind")).reasons)
    assert "surname of Mara Lind" in reasons
    assert "Tarnovik" in reasons


def test_a_surname_alone_is_no_evidence() -> None:
    tables = [table("1.txt", person("Mara Lind"), *STORY), table("2.txt", person("Lind"), *ELSEWHERE)]
    assert not one(tables, ("1", "Mara Lind"), ("2", "Lind"))


def test_a_surname_that_two_people_of_the_story_have_joins_neither_and_is_left_to_people() -> None:
    tables = [
        table("1.txt", person("Mara Lind"), *STORY),
        table("2.txt", person("Olof Lind"), *STORY),
        table("3.txt", person("Lind"), *STORY),
    ]
    entities, _, possible = resolve_entities(tables)
    assert frozenset({("3", "Lind")}) in groups(tables, entities)
    assert possible


def test_an_office_tells_which_of_two_people_is_meant() -> None:
    tables = [
        table("1.txt", person("Mara Lind"), *STORY, roles=[("interior minister", "Mara Lind", "")]),
        table("2.txt", person("Olof Lind"), *STORY, roles=[("judge", "Olof Lind", "")]),
        table("3.txt", person("Lind"), *STORY, roles=[("judge", "Lind", "")]),
    ]
    assert one(tables, ("2", "Olof Lind"), ("3", "Lind"))


def test_the_same_office_does_not_make_two_names_one() -> None:
    tables = [
        table(f"{n}.txt", person(name), *STORY, roles=[("governor", name, "Tarnovik")])
        for n, name in enumerate(("Ada Moreno", "Ivo Reis"))
    ]
    assert not one(tables, ("0", "Ada Moreno"), ("1", "Ivo Reis"))


def test_initials_join_the_full_name_of_the_same_story() -> None:
    tables = [table("1.txt", person("Viktor Hromov"), *STORY), table("2.txt", person("V. Hromoff"), *STORY)]
    assert one(tables, ("1", "Viktor Hromov"), ("2", "V. Hromoff"))
    tables = [table("1.txt", person("Pavel Hromov"), *STORY), table("2.txt", person("V. Hromoff"), *STORY)]
    assert not one(tables, ("1", "Pavel Hromov"), ("2", "V. Hromoff"))


def test_an_acronym_joins_the_name_that_a_document_introduces_it_with_not_one_that_merely_fits() -> None:
    tables = [
        table("1.txt", body("Brena Basin Authority", "BBA"), *STORY),
        table("2.txt", body("Brena Basin Alliance"), *STORY),
        table("3.txt", body("BBA"), *STORY),
    ]
    entities, links, _ = resolve_entities(tables)
    assert together(tables, entities, ("1", "Brena Basin Authority"), ("3", "BBA"))
    assert frozenset({("2", "Brena Basin Alliance")}) in groups(tables, entities)
    link = between(tables, links, ("1", "Brena Basin Authority"), ("3", "BBA"))
    assert "acronym BBA introduced with Brena Basin Authority in 1.txt" in link.reasons


def test_an_acronym_that_two_documents_introduce_for_two_bodies_goes_with_its_story() -> None:
    tables = [
        table("1.txt", body("Northern Fishers Union", "NFU"), *STORY),
        table("2.txt", body("National Farmers Union", "NFU"), *ELSEWHERE),
        table("3.txt", body("NFU"), *ELSEWHERE),
    ]
    assert one(tables, ("2", "National Farmers Union"), ("3", "NFU"))
    assert not one(tables, ("1", "Northern Fishers Union"), ("3", "NFU"))


def test_an_acronym_that_nothing_explains_joins_the_only_fitting_name_of_the_story() -> None:
    rows = (body("Harbour Workers League"), *STORY)
    tables = [table("1.txt", *rows), table("2.txt", body("HWL"), *STORY), table("3.txt", body("HWL"), *ELSEWHERE)]
    assert one(tables, ("1", "Harbour Workers League"), ("2", "HWL"))
    assert not one(tables, ("1", "Harbour Workers League"), ("3", "HWL"))


def test_slashed_names_are_names_of_one_body() -> None:
    tables = [
        table("1.txt", body("Tarnovik Freedom Front", "TFF / Front Vol"), *STORY),
        table("2.txt", body("TFF"), *STORY),
        table("3.txt", body("Front Vol"), *STORY),
    ]
    assert one(tables, ("1", "Tarnovik Freedom Front"), ("2", "TFF"), ("3", "Front Vol"))


def test_a_body_with_and_without_its_country_or_legal_form_is_one() -> None:
    tables = [
        table("1.txt", body("Odrania’s Ministry of Fisheries"), place("Odrania"), *STORY),
        table("2.txt", body("Ministry of Fisheries"), place("Odrania"), *STORY),
        table("3.txt", body("Ministry of Fisheries of Odrania"), place("Odrania"), *STORY),
        table("4.txt", body("Brenaport Holdings Ltd"), *STORY),
        table("5.txt", body("Brenaport Holdings"), *STORY),
    ]
    names = ("Odrania’s Ministry of Fisheries", "Ministry of Fisheries", "Ministry of Fisheries of Odrania")
    assert one(tables, *((str(n), name) for n, name in enumerate(names, start=1)))
    assert one(tables, ("4", "Brenaport Holdings Ltd"), ("5", "Brenaport Holdings"))


def test_a_body_of_common_words_is_another_one_in_another_story() -> None:
    tables = [
        table("1.txt", body("Ministry of Defence"), *STORY),
        table("2.txt", body("Ministry of Defence"), *STORY),
        table("3.txt", body("Ministry of Defence"), *ELSEWHERE),
    ]
    assert one(tables, ("1", "Ministry of Defence"), ("2", "Ministry of Defence"))
    assert not one(tables, ("1", "Ministry of Defence"), ("3", "Ministry of Defence"))


def test_a_place_is_not_short_for_the_body_that_is_named_after_it() -> None:
    tables = [table("1.txt", body("University of Varna Norte"), *STORY), table("2.txt", place("Varna Norte"), *STORY)]
    assert not one(tables, ("1", "University of Varna Norte"), ("2", "Varna Norte"))
    tables = [table("1.txt", place("Koveli Airport"), *STORY), table("2.txt", place("Koveli"), *STORY)]
    assert not one(tables, ("1", "Koveli Airport"), ("2", "Koveli"))


def test_places_in_two_spellings_or_capitals_or_without_river_are_one() -> None:
    tables = [
        table("1.txt", place("Karsukh"), place("Zhenda River"), person("Ada Moreno"), body("Brena Herald")),
        table("2.txt", place("KARSUKH"), place("Zhenda"), person("Ada Moreno"), body("Brena Herald")),
        table("3.txt", place("Karsuh"), person("Ada Moreno"), body("Brena Herald")),
    ]
    assert one(tables, ("1", "Karsukh"), ("2", "KARSUKH"), ("3", "Karsuh"))
    assert one(tables, ("1", "Zhenda River"), ("2", "Zhenda"))


def test_a_name_read_as_another_type_is_one_in_the_same_story_and_two_elsewhere() -> None:
    tables = [
        table("1.txt", person("Casa Aberta"), *STORY),
        table("2.txt", body("Casa Aberta"), *STORY),
        table("3.txt", body("Casa Aberta"), *STORY),
    ]
    (entity,) = (e for e in resolve_entities(tables)[0] if e.name == "Casa Aberta")
    assert (entity.type, len(entity.members)) == ("organization", 3)
    tables = [table("1.txt", person("Jordan"), *STORY), table("2.txt", place("Jordan"), *ELSEWHERE)]
    assert len([e for e in resolve_entities(tables)[0] if e.name == "Jordan"]) == 2


def test_two_names_that_a_document_gives_one_place_are_one() -> None:
    tables = [
        table("1.txt", place("Verna Dam", "Upper Zhenda Dam"), *STORY),
        table("2.txt", place("Upper Zhenda Dam"), *ELSEWHERE),
    ]
    assert one(tables, ("1", "Verna Dam"), ("2", "Upper Zhenda Dam"))
    tables = [table("1.txt", place("Verna Dam"), *STORY), table("2.txt", place("Upper Zhenda Dam"), *STORY)]
    assert not one(tables, ("1", "Verna Dam"), ("2", "Upper Zhenda Dam"))


def office_tables() -> list[Table]:
    return [
        table("1.txt", person("Ada Moreno"), *STORY, roles=[("supreme leader", "Ada Moreno", "")], date="2031-01-05"),
        table("2.txt", person("Ivo Reis"), *STORY, roles=[("supreme leader", "Ivo Reis", "")], date="2031-06-01"),
    ]


@pytest.mark.parametrize(("date", "holder"), [("2031-02-01", "Ada Moreno"), ("2031-07-01", "Ivo Reis"), ("", "")])
def test_an_office_without_a_name_is_whoever_held_it_at_that_date_or_nobody(date: str, holder: str) -> None:
    tables = [*office_tables(), table("3.txt", person("Supreme Leader"), *STORY, date=date)]
    entities = resolve_entities(tables)[0]
    (home,) = (group for group in groups(tables, entities) if ("3", "Supreme Leader") in group)
    assert {name for _, name in home} - {"Supreme Leader"} == ({holder} if holder else set())


def test_judgements_hold_whatever_the_names_say() -> None:
    tables = [
        table("1.txt", person("Mara Lind"), *STORY),
        table("2.txt", person("Mara Lind"), *STORY),
        table("3.txt", person("Sister Agnes Holm"), *STORY),
    ]
    first, second, third = (record(t, t.entities[0].name) for t in tables)
    judgements = [judged(first, second, same=False), judged(first, third, same=True)]
    entities, links, possible = resolve_entities(tables, judgements)
    assert together(tables, entities, ("1", "Mara Lind"), ("3", "Sister Agnes Holm"))
    assert not together(tables, entities, ("1", "Mara Lind"), ("2", "Mara Lind"))
    assert "judged the same by Ada" in between(tables, links, ("1", "Mara Lind"), ("3", "Sister Agnes Holm")).reasons
    assert not possible
    assert len({entity.id for entity in entities}) == len(entities)


def test_the_last_judgement_on_a_pair_counts() -> None:
    tables = [table("1.txt", person("Mara Lind"), *STORY), table("2.txt", person("Olof Lind"), *ELSEWHERE)]
    a, b = record(tables[0], "Mara Lind"), record(tables[1], "Olof Lind")
    judgements = [
        judged(a, b, same=False, at="2031-05-02T00:00:00Z"),
        judged(a, b, same=True, at="2031-05-01T00:00:00Z"),
    ]
    assert not together(tables, resolve_entities(tables, judgements)[0], ("1", "Mara Lind"), ("2", "Olof Lind"))


def test_an_unrelated_document_changes_no_id() -> None:
    tables = [
        table("1.txt", person("Mara Lind"), person("Okoro"), *STORY),
        table("2.txt", person("Mara Lind"), body("NFU"), *STORY),
    ]
    before = {entity.members: entity.id for entity in resolve_entities(tables)[0]}
    other = table("9.txt", person("Okoro"), body("NFU"), person("Tove Ek"), *ELSEWHERE)
    after = {entity.members: entity.id for entity in resolve_entities([*tables, other])[0]}
    assert before.items() <= after.items()


def test_the_name_shown_is_the_fullest_common_one() -> None:
    tables = [
        table(
            "1.txt", body("NFU", "National Farmers Union"), person("Mara Lind KC"), place("Islamic Republic of Odra")
        ),
        table("2.txt", body("National Farmers Union"), person("Mara Lind"), place("Odra")),
        table("3.txt", body("National Farmers Union"), person("Mara Lind"), place("Odra")),
    ]
    assert {e.name for e in resolve_entities(tables)[0]} == {"National Farmers Union", "Mara Lind", "Odra"}


NAMES = [
    "Mara Lind",
    "Lind",
    "Olof Lind",
    "M. Lind",
    "NHB",
    "Northern Harbour Board",
    "Vasco",
    "Maara Lynd",
    "Supreme Leader",
]
ROWS = st.tuples(st.sampled_from(NAMES), st.sampled_from(["person", "organization", "place"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ROWS, max_size=4, unique_by=lambda r: r[0]), max_size=7), st.randoms(use_true_random=False))
def test_order_changes_nothing_every_record_has_one_home_and_links_tie_it(
    documents: list[list[tuple[str, str]]], chance: random.Random
) -> None:
    tables = [
        table(f"{n}.txt", *((name, kind, ()) for name, kind in rows), *STORY[: n % 3], date=f"2031-0{n + 1}-01")  # type: ignore[misc]
        for n, rows in enumerate(documents)
    ]
    every = sorted(row.id for one in tables for row in one.entities)
    judgements = [judged(chance.choice(every), chance.choice(every), chance.random() < 0.5) for _ in range(2) if every]
    found = resolve_entities(tables, judgements)
    chance.shuffle(tables)
    chance.shuffle(judgements)
    assert resolve_entities(tables, judgements) == found
    entities, links, possible = found
    assert sorted(member for entity in entities for member in entity.members) == every
    assert len({entity.id for entity in entities}) == len(entities)
    home = {member: entity.id for entity in entities for member in entity.members}
    assert all(link.a < link.b and home[link.a] == home[link.b] for link in links)
    assert all(link.a < link.b and home[link.a] != home[link.b] for link in possible)
    assert len(links) == len(every) - len(entities)


def test_a_surname_of_two_in_one_story_is_neither() -> None:
    tables = [
        table("1.txt", person("Tornik Gvirtsa"), person("Zaza Gvirtsa"), *STORY),
        table("2.txt", person("Gvirtsa"), *STORY),
    ]
    assert not one(tables, ("2", "Gvirtsa"), ("1", "Tornik Gvirtsa"))
    assert not one(tables, ("2", "Gvirtsa"), ("1", "Zaza Gvirtsa"))


def test_a_firm_is_called_by_the_first_word_of_its_name_whatever_the_reader_takes_it_for() -> None:
    for short in (person("Marvela"), body("Marvela")):
        tables = [table("1.txt", body("Marvela Holdings SA"), *STORY), table("2.txt", short, *STORY)]
        assert one(tables, ("1", "Marvela Holdings SA"), ("2", "Marvela"))
    tables = [table("1.txt", body("Marvela Holdings SA"), *STORY), table("2.txt", body("Marvela"), *ELSEWHERE)]
    assert not one(tables, ("1", "Marvela Holdings SA"), ("2", "Marvela"))


@pytest.mark.parametrize(
    ("firm", "short"),
    [
        ("Roman Works Ltd", ("Roman", "group", ())),
        ("British Petrol plc", ("British", "group", ())),
        ("Green Energy Ltd", ("Green", "person", ())),
        ("Manchester United", ("Manchester", "organization", ())),
    ],
)
def test_a_people_a_surname_or_a_town_is_not_the_body_whose_name_begins_with_it(firm: str, short: Row) -> None:
    tables = [table("1.txt", body(firm), person("Mara Green"), *STORY), table("2.txt", short, *STORY)]
    assert not one(tables, ("1", firm), ("2", short[0]))
