"""What stands behind a colon: a quotation, or what an account or an entry says."""

from __future__ import annotations

import pytest

from tests.claims.reading import reading


def said(text: str) -> list[tuple[str, str]]:
    return [(claim.speaker.name, claim.quote) for claim in reading(text).claims if claim.cue]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "As he was led away, Karl Lund turned to the cameras: “I have built more boats than you have seen.”",
            "Karl Lund",
            "“I have built more boats than you have seen.”",
        ),
        (
            "The inspector Ada Moreno read from the sheet that bears her signature: Karl Lund was arrested on 9 February.",
            "Ada Moreno",
            "Karl Lund was arrested on 9 February",
        ),
        (
            "The harbour log, which we were allowed to read, has this entry: the gate was closed on 3 May.",
            "harbour log",
            "the gate was closed on 3 May",
        ),
        (
            "A resident of Mole Street, Teresa Rua, under oath: it did not begin until after half past two.",
            "Teresa Rua",
            "it did not begin until after half past two",
        ),
        (
            "The board's electrician, Karl Lund: “The bells rang on every floor.”",
            "Karl Lund",
            "The bells rang on every floor",
        ),
    ],
)
def test_who_is_before_the_colon_says_what_is_behind_it(text: str, speaker: str, words: str) -> None:
    assert any(name == speaker and words in quote for name, quote in said(text)), said(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry carried 900 crates: the board multiplied the boxes in the film.",
        "Ada Moreno has two boats: one of them was seen on 3 May.",
        "Oslo: The ferry sank on 3 May 2031.",
        "The report has a new title: “The Dead of the Dam”.",
        "Ada Moreno was greeted by fishermen: “You closed our gate!”",
        "Letter to Ada Moreno: “You have betrayed the fishermen.”",
        "The trial of Karl Lund: the board heard nine keepers.",
        "After the death of Karl Lund: the family is left without a boat.",
        "Karl Lund in court: the judge throws out the case.",
        "The court overturned the finding: the keeper was drunk.",
        "Ada Moreno lost count: the boats came from everywhere.",
    ],
)
def test_a_colon_that_only_explains_gives_nobody_words(text: str) -> None:
    assert said(text) == []


def test_what_is_behind_a_denial_is_not_said() -> None:
    assert ("Ada Moreno", "the gate was shut by the wind") not in said(
        "Ada Moreno denied the story: the gate was shut by the wind."
    )
