"""Contents of several clauses are several claims; quotations, denials and conditions stay whole."""

from __future__ import annotations

import pytest

from tests.claims.reading import attributed


def quotes(text: str) -> list[str]:
    return [claim.quote for claim in attributed(text)]


def test_two_clauses_are_two_claims_of_one_speaker_and_cue() -> None:
    claims = attributed("Ada Moreno said that the gate of the lake was closed on 3 May and that nine boats were lost.")
    assert [claim.quote for claim in claims] == [
        "that the gate of the lake was closed on 3 May",
        "that nine boats were lost",
    ]
    assert {claim.speaker.name for claim in claims} == {"Ada Moreno"}
    assert len({claim.cue_spans for claim in claims}) == 1
    assert len({claim.id for claim in claims}) == 2


def test_what_stands_beside_a_semicolon_is_a_claim_of_its_own() -> None:
    assert quotes("Ada Moreno said that the gate was closed on 3 May; nine boats were lost in the night.") == [
        "that the gate was closed on 3 May",
        "nine boats were lost in the night",
    ]
    assert quotes("Ada Moreno said that the port lost three boats: the Ana, of Lenz; the Clara, of Moor.") == [
        "that the port lost three boats: the Ana, of Lenz; the Clara, of Moor"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moreno denied that the gate of the lake was closed and that nine boats were lost.",
        "Ada Moreno said that the boats would be lost if the gate failed and the water rose.",
        "Ada Moreno said that the gate of the lake was closed and locked on 3 May.",
        "Ada Moreno said: “The gate of the lake was closed on 3 May, and nine boats were lost.”",
    ],
)
def test_what_is_not_several_statements_stays_whole(text: str) -> None:
    assert len(quotes(text)) == 1


def test_quoted_sentences_are_a_claim_each_and_keep_their_speaker() -> None:
    claims = attributed(
        "“The gate of the lake was closed on 3 May,” Ada Moreno said. “Nine boats were lost. Not one. We counted them twice.”"
    )
    assert [claim.quote for claim in claims] == [
        "“The gate of the lake was closed on 3 May,”",
        "Nine boats were lost. Not one.",
        "We counted them twice.",
    ]
    assert {claim.speaker.name for claim in claims} == {"Ada Moreno"}
    assert {claim.directness for claim in claims} == {"direct"}
    assert len({claim.id for claim in claims}) == 3


def test_quoted_sentences_that_are_denied_stay_together() -> None:
    assert len(quotes("Ada Moreno denied this: “The gate was closed on 3 May. Nine boats were lost in it.”")) == 1


def test_a_quoted_sentence_that_is_called_untrue_beside_it_is_not_cut_off() -> None:
    text = "“It is not true. The keeper closed the gate on 3 May. That is propaganda,” said Ada Moreno."
    assert all("not true" in quote for quote in quotes(text) if "closed" in quote)


def test_sentences_of_a_quotation_with_spaces_inside_its_marks_begin_and_end_with_words() -> None:
    text = "“ The gate of the lake was closed on 3 May. Nine boats were lost in the night. ” Ada Moreno said."
    found = quotes(text)
    assert len(found) == 2
    assert all(quote == quote.strip(" “”") for quote in found)
