"""Short names by the full ones of their document."""

from __future__ import annotations

import pytest

from kg.claims.mentions import Name, name_at
from kg.claims.short_names import of_one_kind, with_bodies
from kg.document import Span


def marked(text: str, *named: tuple[str, str]) -> list[Name]:
    """The words in their order in the text, each with its type."""
    found, at = [], 0
    for words, kind in named:
        at = text.index(words, at)
        found.append(name_at(text, Span(at, at + len(words)), kind))
        at += len(words)
    return found


def test_a_body_is_meant_by_its_noun_from_where_it_was_named() -> None:
    text = (
        "The Authority knew. The Norby Water Authority met. We ask the Authority, and the Authority Board, for its log."
    )
    found = with_bodies(text, marked(text, ("Norby Water Authority", "organization")))
    assert [(name.span.of(text), name.text) for name in found] == [
        ("Norby Water Authority", "Norby Water Authority"),
        ("Authority", "Norby Water Authority"),
    ]
    assert found[1].span.start == text.index("the Authority,") + 4


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "The Harbour Court and the Labour Court met. The Court was full.",
            [("Harbour Court", "organization"), ("Labour Court", "organization")],
        ),
        ("Fans of Clear Lesvina went down to the Lesvina.", [("Clear Lesvina", "organization")]),
        ("Carl Guard spoke. He told the Guard.", [("Carl Guard", "person")]),
        ("The Harbour Ministry met the Ministry of defence.", [("Harbour Ministry", "organization")]),
        ("The Harbour Committee met the Committee on Fisheries.", [("Harbour Committee", "organization")]),
    ],
)
def test_a_noun_of_two_bodies_or_of_none_is_nobody_s(text: str, named: list[tuple[str, str]]) -> None:
    found = marked(text, *named)
    assert with_bodies(text, found) == found


def test_two_spellings_of_a_body_are_one() -> None:
    text = "The Norby Water Authority met. The Water Authority left. We ask the Authority."
    found = with_bodies(
        text, marked(text, ("Norby Water Authority", "organization"), ("Water Authority", "organization"))
    )
    assert found[2].text == "Norby Water Authority"


def kinds(text: str, *named: tuple[str, str]) -> list[str]:
    return [name.kind for name in of_one_kind(text, marked(text, *named), ())]


def test_the_first_word_of_a_firm_is_no_person_unless_a_title_stands_before_it() -> None:
    firm = ("Marvik Holdings SA", "organization")
    assert kinds("Marvik Holdings SA paid. Marvik denies it.", firm, ("Marvik", "person"))[1] == "organization"
    assert kinds("Marvik Holdings SA paid. Mr Marvik denies it.", firm, ("Marvik", "person"))[1] == "person"
    captain = "Marvik Holdings SA paid. Marvik left. Captain Marvik denies it."
    assert kinds(captain, firm, ("Marvik", "person"), ("Marvik", "person"))[1:] == ["person", "person"]
    town = ("Marvik", "place")
    assert kinds("Marvik Holdings SA paid. Marvik is shut.", firm, town)[1] == "place"
    founder = "Marvik Holdings SA paid Ole Marvik. Marvik sold nine boats."
    assert kinds(founder, firm, ("Ole Marvik", "person"), ("Marvik", "organization"))[2] == "organization"
    owner = ("Ole Marvik", "person")
    assert kinds("Marvik Holdings SA paid Ole Marvik. Marvik left.", firm, owner, ("Marvik", "person"))[2] == "person"


def test_a_surname_told_of_before_is_no_body_but_what_has_an_article_is_none() -> None:
    person = ("Petra Okbay", "person")
    assert (
        kinds("Petra Okbay served. The hill is lost, Okbay thinks.", person, ("Okbay", "organization"))[1] == "person"
    )
    assert kinds("Petra Okbay served. She read the Okbay.", person, ("Okbay", "organization"))[1] == "organization"
    assert kinds("Petra Okbay served. She went to Okbay.", person, ("Okbay", "place"))[1] == "place"
