"""Claims of small documents, read by the real reader: who says what, in which characters, inside whose words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.claims.reading import attributed, only, reading

REPORT = (
    "The Harbour Board of Westmark (HBW) published a report in March 2019.\n\n"
    "The board said that at least 44 boats had been lost. “We regret the delay,” said Elena Varga, the board's director. "
    "She added that the repairs would cost 12 million euros.\n\n"
    "Northern Wire reported that the ministry had denied the figure."
)


def test_a_quote_is_the_characters_it_came_from() -> None:
    found = reading(REPORT)
    for claim in found.claims:
        assert " … ".join(" ".join(s.of(REPORT).split()) for s in claim.spans) == claim.quote
        assert all(claim.sentence.holds(span) for span in (*claim.spans, *claim.cue_spans))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Elena Varga said the port was closed. She said it would open on Monday.", "Elena Varga"),
        ("The Harbour Board closed the port. The board said it would open on Monday.", "Harbour Board"),
        ("The Harbour Board of Westmark (HBW) met. The HBW said it would open the port on Monday.", "Harbour Board of Westmark"),
        ("State department spokesperson Elena Varga reported in July that the port was closed.", "Elena Varga"),
        ("Elena Varga, the director of the Harbour Board, said the port was closed.", "Elena Varga"),
        ("Seven experts from the Harbour Board warned that the port was not safe.", "Seven experts from the Harbour Board"),
    ],
)  # fmt: skip
def test_the_speaker_is_the_one_who_is_meant(text: str, speaker: str) -> None:
    assert attributed(text)[-1].speaker.name == speaker


def test_they_are_the_experts_who_wrote() -> None:
    text = (
        "Seven experts from the Harbour Board wrote to the ministry on Friday. They warned that the port was not safe."
    )
    assert attributed(text)[-1].speaker.name.startswith("Seven experts")


def test_a_chain_runs_from_the_document_inwards() -> None:
    text = "Northern Wire reported that Elena Varga had said that the port was closed."
    inner = [claim for claim in reading(text, publisher="Sample Press").claims if claim.within]
    assert [[s.name for s in claim.chain] for claim in inner] == [["Sample Press", "Northern Wire", "Elena Varga"]]
    outer = next(c for c in reading(text, publisher="Sample Press").claims if c.id == inner[0].within)
    assert outer.spans[0].holds(inner[0].spans[0])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The ministry denied that the port was closed.", "denial"),
        ("Elena Varga urged the ministry to open the port.", "demand"),
        ("The judge ordered the ministry to open the port.", "order"),
        ("Elena Varga warned that the port was not safe.", "warning"),
        ("Many residents believe that the port was closed too early.", "belief"),
        ("Elena Varga said that the port was closed in May.", "assertion"),
        ("Residents fear that the port will be closed.", "concern"),
        ("The bank predicted that prices would rise.", "prediction"),
    ],
)
def test_kind_follows_the_cue(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Elena Varga said that the port was closed.", "positive"),
        ("Elena Varga said that the port was not closed.", "negative"),
        ("The ministry denied that the port was closed.", "negative"),
        ("Elena Varga said that no inquiry has ever been opened.", "negative"),
    ],
)
def test_polarity_counts_denials_and_negations(text: str, polarity: str) -> None:
    assert only(text).polarity == polarity


@pytest.mark.parametrize(
    ("text", "directness"),
    [
        ("Elena Varga said: “The port was closed in May.”", "direct"),
        ("Elena Varga said that the port was closed.", "indirect"),
        ("Elena Varga said that the port was “closed for good” in May.", "mixed"),
    ],
)
def test_directness_follows_the_quotation_marks(text: str, directness: str) -> None:
    assert only(text).directness == directness


def test_a_statement_of_nobody_else_is_the_documents_own() -> None:
    found = reading("The port of Westmark closed on 12 May 2018. It was a grey day.", publisher="Sample Press")
    (claim,) = found.claims
    assert (claim.speaker.name, claim.speaker.kind, claim.cue, claim.directness) == (
        "Sample Press",
        "document",
        "",
        "author",
    )
    assert claim.quote == "The port of Westmark closed on 12 May 2018."


def test_what_stands_beside_an_attribution_stays_the_documents_own() -> None:
    found = reading("Around 300 boats were lost, but some residents believe that the true figure is higher.")
    by = {claim.speaker.kind: claim for claim in found.claims}
    assert by["document"].quote.startswith("Around 300 boats were lost")
    assert by["description"].quote == "that the true figure is higher"


def test_headings_and_questions_are_not_claims() -> None:
    text = "Port Of Westmark To Close In May\n\nDid Elena Varga close the port of Westmark?"
    assert not [claim for claim in reading(text).claims if not claim.cue]


def test_figures_times_and_names_of_a_claim_lie_inside_it() -> None:
    found = reading(REPORT)
    claim = next(c for c in found.claims if "44 boats" in c.quote)
    figures = {q.id: q for q in found.quantities}
    (amount,) = [figures[q] for q in claim.quantities]
    assert (amount.minimum, amount.maximum, amount.of) == (44, None, "boats")


PIECES = st.lists(
    st.sampled_from(
        (
            "Elena Varga|Varga|she|the board|The HBW (|)|said that|, according to|“We left|”|denied|12 boats|in May 2018|.|\n\n"
            "|who|and they|not|’|asked whether|?"
        ).split("|")
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=60)
@given(PIECES)
def test_records_hold_together_whatever_the_text(text: str) -> None:
    found = reading(text)
    ids = {e.id for e in found.entities} | {q.id for q in found.quantities} | {t.id for t in found.times}
    claims = {c.id for c in found.claims}
    assert len(claims) == len(found.claims)
    names: dict[str, str] = {}
    for claim in found.claims:
        assert claim.quote and claim.chain[-1] == claim.speaker
        assert {*claim.about, *claim.quantities, *claim.times} <= ids
        assert not claim.within or claim.within in claims
        for speaker in claim.chain:
            assert names.setdefault(speaker.id, speaker.name) == speaker.name and speaker.name
            assert (speaker.kind == "entity") == bool(speaker.entity)
        for one in claim.propositions:
            assert one.text and one.predicate and all(a.text and a.role for a in one.arguments)
    for entity in found.entities:
        assert all(m.of(text).strip() for m in entity.mentions)


def test_a_number_of_four_hundred_digits_is_no_amount() -> None:
    found = reading(f"Elena Varga said that 12 people were missing. The key was {'9' * 400}.")
    assert [amount.text for amount in found.quantities] == ["12 people"]


def test_time_grows_with_the_text_and_not_with_its_square() -> None:
    sentences = (
        "“We left early,” said Elena Varga of the Harbour Board of Westmark (HBW) on Friday. "
        "The board said on Monday that 12 boats were missing.\n\n"
        "According to Ana Petrov, the bridge was closed in May. "
        "Officials in Westmark denied that anything had been paid.\n\n"
    )
    assert len(attributed(sentences * 100)) >= 300


@pytest.mark.parametrize(
    ("text", "speaker", "quote"),
    [
        ("As the harbour board has repeatedly noted, the port of Westmark is closed to boats in winter.",
         "harbour board", "the port of Westmark is closed to boats in winter"),
        ("The port of Westmark is closed in winter, as the harbour board noted in May.",
         "harbour board", "The port of Westmark is closed in winter"),
        ("Ana Petrov stressed, in the report on the lake that she gave to the council in May, the poor state of the boats.",
         "Ana Petrov", "the poor state of the boats"),
        ("Karl Lund closed the port of Westmark in May, fearing that nine boats would be lost.",
         "Karl Lund", "that nine boats would be lost"),
    ],
)  # fmt: skip
def test_what_is_said_is_told_from_how_and_where(text: str, speaker: str, quote: str) -> None:
    claim = only(text)
    assert (claim.speaker.name, claim.quote) == (speaker, quote)


@pytest.mark.parametrize(
    "text",
    [
        "As the board announced its plans, nine boats left the port of Westmark.",
        "Fearing a storm, the mayor, Karl Lund, closed the port of Westmark in May.",
    ],
)
def test_a_deed_and_its_motive_are_told_by_the_document(text: str) -> None:
    assert [claim.quote for claim in reading(text).claims] == [text]
    assert not attributed(text)


def test_what_is_asked_for_ends_before_the_verb_of_those_who_ask() -> None:
    text = "Relatives who ask for information meet “difficulty” and “delay”, according to Ana Petrov."
    assert not [claim for claim in reading(text).claims if claim.quote.startswith("information")]


def test_they_are_those_the_sentence_before_is_about() -> None:
    text = (
        "Families gather at the gate, and three brothers are freed\n\n"
        "Workers of boats that were lost in 2031 met on Friday in Westmark, near the old harbour, to remember the "
        "dead at one of the graves. They demand justice, nine years later."
    )
    (claim,) = [claim for claim in attributed(text) if claim.cue == "demand"]
    assert claim.speaker.name.startswith("Workers")
