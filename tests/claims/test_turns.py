"""Transcripts: who speaks is read off the labels of lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.turns import Turns
from kg.document import Document
from tests.claims.reading import reading

HEARING = """Hearing of the Lake Board, 4 May 2031

MS. MORENO: Good morning. I believe that the gate was closed on 3 May. Karl Lund told me that nine boats were lost.

THE CHAIR: Who closed it?

MS. MORENO: The board's engineer, Karl Lund, closed it. He said he had orders from the ministry.

MR. LUND: I said in April that the gate was rusty, and the ministry knew in 2029.

MS. MORENO: Nobody asked us in 2029.
"""


def said(text: str) -> list[tuple[list[str], str]]:
    found = reading(text)
    return [([speaker.name for speaker in claim.chain[1:]], claim.quote) for claim in found.claims]


def test_statements_belong_to_whoever_has_the_word() -> None:
    claims = said(HEARING)
    assert (["MORENO"], "The board's engineer, Karl Lund, closed it.") in claims
    assert (["MORENO", "Karl Lund"], "that nine boats were lost") in claims
    assert (["MORENO"], "that the gate was closed on 3 May") in claims


def test_i_is_whoever_has_the_word_and_a_surname_their_full_name() -> None:
    chains = [chain for chain, quote in said(HEARING) if "rusty" in quote]
    assert chains == [["Karl Lund"]]


def test_the_label_is_the_source_and_the_colon_the_cue() -> None:
    (claim,) = [c for c in reading(HEARING).claims if c.quote.startswith("The board's engineer")]
    assert (claim.cue, claim.directness) == (":", "direct")
    assert [span.of(HEARING) for span in claim.speaker.spans] == ["MS. MORENO"]
    assert [span.of(HEARING) for span in claim.cue_spans] == [":"]


@pytest.mark.parametrize(
    "text",
    [
        "Note: the ferry sank on 3 May.\n\nUpdate: the ferry was raised on 5 May.\n\nNote: nine boats were lost in 2030.",
        "Oslo: The ferry sank on 3 May 2031.",
        "The harbour master named three boats:\n\nthe ferry: lost\n\nthe barge: found\n\nthe barge: found",
    ],
)
def test_other_lines_with_a_colon_are_no_turns(text: str) -> None:
    assert not list(Turns(Document("a.txt", text, "0" * 64), ()))


@given(
    st.lists(
        st.sampled_from(["Ana Ruiz: Yes.", "Q: When?", "A: In 1988", "Note: x", "plain", "", "B :", "(C): no"]),
        max_size=30,
    )
)
def test_turns_follow_one_another_and_their_labels_are_in_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    turns = list(Turns(Document("a.txt", text, "0" * 64), ()))
    for turn, following in zip(turns, [*turns[1:], None], strict=False):
        assert turn.colon.of(text) == ":"
        assert turn.speaker.mention == turn.label.of(text)
        assert turn.label.end <= turn.colon.start < turn.end <= (following.label.start if following else len(text))


WITNESS = """MS. MORENO: Good morning. Thank you for having me today. The men came with a lorry. He was drunk. I don't know.

THE CHAIR: Thank you very much, Ms. Moreno. Let me ask you about the boxes. What was in them?

MS. MORENO: They were full of papers. That's correct.

MR. LUND: I welcome the chance to speak. It is an honour to be here. My brother had seen them before.

THE CHAIR: Thank you.
"""


def test_a_witness_needs_no_name_and_no_figure_and_courtesies_are_left_out() -> None:
    assert [quote for _, quote in said(WITNESS)] == [
        "The men came with a lorry.",
        "He was drunk.",
        "They were full of papers.",
        "My brother had seen them before.",
    ]


def test_a_name_in_capitals_behind_a_title_begins_with_its_first_letter() -> None:
    names = {entity.name for entity in reading(WITNESS).entities}
    assert not [name for name in names if not name[0].isalnum()]
    assert {chain[-1] for chain, _ in said(WITNESS)} <= {"Moreno", "MORENO", "MS. MORENO", "LUND", "MR. LUND"}
