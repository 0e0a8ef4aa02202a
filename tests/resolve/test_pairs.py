"""Two reports of one event, sentence against sentence: what holds between them, as a user sees it."""

from __future__ import annotations

import pytest

from kg.resolve import resolve
from tests.resolve.test_across import table

ABOUT = (
    "Rosa Keller of the Brena Herald was in Tarnovik on Lake Brena with Ivo Hale and Lena Ortiz of the Dockers' Union."
)
"""What both documents tell, so that they are of one story."""


def held(first: str, second: str, apart: str = "2031-05-05") -> str:
    """The strongest link between the claims of two sentences, "group" where they say the same, "" for nothing."""
    some = [table("a.txt", f"{ABOUT}\n\n{first}", "Port Agency", "2031-05-04")]
    some.append(table("b.txt", f"{ABOUT}\n\n{second}", "Lake Post", apart))
    told = {row.id: one.file for one in some for row in one.claims if row.quote not in ABOUT}
    found = resolve(some)
    if any({told.get(claim) for claim in group.claims} >= {"a.txt", "b.txt"} for group in found.groups):
        return "group"
    links = [link for link in found.links if {told.get(link.a), told.get(link.b)} == {"a.txt", "b.txt"}]
    best = max(links, key=lambda link: link.score, default=None)
    return " ".join(filter(None, (best.kind, best.conflict))) if best else ""


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("The mayor said that nine injured miners were taken to the clinic of Tarnovik.",
         "The nurse said that dozens of injured miners were taken to the clinic of Tarnovik.", "conflict figure"),
        ("The mayor said that 67 miners were arrested at the gate of Tarnovik.",
         "The nurse said that 18 of the arrested miners were from the gate of Tarnovik.", ""),
        ("The roof bolts of the gate came from a supplier without a licence, the union said.",
         "The roof bolts of the gate came from an unlicensed supplier, the mayor said.", "group"),
        ("The mayor said that the court had authorised the digging at the old mill.",
         "The nurse said that the court had not authorised the digging at the old mill.", "conflict polarity"),
        ("The votes were recounted in the customs hall, the mayor said.",
         "The votes were recounted in the town hall, the nurse said.", "conflict place"),
        ("The mayor said that the explosion at the mill happened at 06:20.",
         "The nurse said that the explosion at the mill happened at 05:58.", "conflict date"),
        ("The mayor said that the explosion at the mill happened on 3 May.",
         "The nurse said that the explosion at the mill happened at 05:58 on 3 May.", "support"),
        ("The mayor said that the soldiers at the mill had been commanded by Captain Octavio Merl.",
         "The nurse said that the soldiers at the mill had been commanded by Colonel Anselm Ruiz.", "conflict role"),
        ("The mayor said that the river received at least 30 and at most 40 tonnes of oil.",
         "The nurse said that between 30 and 40 tonnes of oil entered the river.", "group"),
        ("The slide buried 112 houses in Osvik.", "In Osvik 140 houses lie under the mud.", "conflict figure"),
        ("The machines came to Osvik at ten to four in the morning.",
         "The operation in Osvik began at 05:10.", "conflict date"),
        ("Marvela Holdings SA paid for the bulldozers.", "The bill for the bulldozers was paid by Marvela.", "group"),
        ("The navigator, Ivo Hale, survived the night with burns, the mayor said.",
         "Ivo Hale, the navigator, did not live through the night, the nurse said.", "conflict polarity"),
        ("The court of Tarnovik acquitted Ivo Hale on Friday.", "The court of Tarnovik convicted Ivo Hale on Friday.",
         "conflict polarity"),
        ("The council of Tarnovik accepted the bid of the union.", "The council of Tarnovik rejected the bid of the union.",
         "conflict polarity"),
        ("The old mill by the gate of Tarnovik is open.", "The old mill by the gate of Tarnovik is dangerous.", ""),
        ("Ivo Hale, a former head of the union, is president of the court.",
         "Ivo Hale, a former head of the union, is under arrest.", ""),
    ],
)  # fmt: skip
def test_what_holds_between_two_reports(first: str, second: str, expected: str) -> None:
    assert held(first, second) == expected
    assert held(second, first) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The poll of 900 voters has a margin of error of 3 percentage points.",
         "The poll of 1,200 voters has a margin of error of 4.5 percentage points."),
        ("Ivo Hale won the election of the northern harbour in May.",
         "Lena Ortiz won the election of the southern lake in May."),
        ("In all, 691 delegates are up for grabs.", "Lena Ortiz has 370 delegates."),
        ("The mayor said that 120 miners were missing in the gallery.",
         "The nurse said that 31 miners were missing in the gallery."),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_conflict_is_none(first: str, second: str) -> None:
    assert not held(first, second).startswith("conflict")


def test_strikes_of_other_years_are_not_one() -> None:
    first, second = (
        "The mayor said that the strike had begun on 7 October.",
        "The nurse said that the strike had begun on 27 August.",
    )
    assert held(first, second).startswith("conflict")
    assert not held(first, second, "2037-05-05").startswith("conflict")


def test_a_quotation_of_an_officer_without_a_name_may_be_that_of_the_one_who_is_named() -> None:
    first = '"We will go back when our people come out," Lena Ortiz, the chairwoman of the union, told the crowd in Tarnovik.'
    second = '"We will go back when our pay comes out," the chairwoman called to the crowd in Tarnovik.'
    assert held(first, second) == "conflict wording"
