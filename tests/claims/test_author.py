"""What a document says in its own voice: whole sentences and clauses, and nothing that others say."""

from __future__ import annotations

import pytest

from kg.claims.author import author_claims
from kg.document import Document, Span
from kg.reader import load
from kg.reader.attribution import Attribution
from kg.records import Speaker
from tests.claims.reading import reading


def own(text: str, **parts: str) -> list[str]:
    """The author claims of a text with one attribution, given by the words of its source, cue and content."""
    doc = load()(text)
    spans = {key: (Span(text.index(words), text.index(words) + len(words)),) for key, words in parts.items()}
    one = Attribution(spans.get("source", ()), spans["cue"], spans["content"])
    document = Document("sample.txt", text, "0" * 64)
    doc.set_ents([doc.char_span(at := text.index("Westmark"), at + 8, label="place")])
    return [claim.quote for claim in author_claims(document, doc, [one], (), (), Speaker("s", "Press", "document"))]


def test_a_relative_clause_of_somebody_elses_words_leaves_the_clause_before_it_whole() -> None:
    text = "In Westmark the board closed the harbour, which was described by Ana Petrov as a mistake."
    assert own(text, source="Ana Petrov", cue="was described", content="as a mistake")[0].endswith("closed the harbour")
    text = "In Westmark the board closed the harbour, which Ana Petrov called a mistake."
    assert own(text, source="Ana Petrov", cue="called", content="the harbour")[0].endswith("closed the harbour")


def test_a_circumstance_of_saying_is_no_claim() -> None:
    text = "The port will stay closed, Ana Petrov said on Friday in Westmark, as she left the meeting."
    assert own(text, source="Ana Petrov", cue="said", content="The port will stay closed") == []


def test_the_source_of_a_participle_stays_where_it_belongs() -> None:
    text = "The port of Westmark was closed after a decree by Ana Petrov demanding the removal of all boats."
    found = own(text, source="Ana Petrov", cue="demanding", content="the removal of all boats")
    assert found == ["The port of Westmark was closed after a decree by Ana Petrov"]


def test_a_clause_beside_somebodys_words_stands_alone() -> None:
    text = "The port will stay closed, Ana Petrov said on Friday, and the people of Westmark left the town."
    found = own(text, source="Ana Petrov", cue="said", content="The port will stay closed")
    assert found == ["the people of Westmark left the town."]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("(HBW) and (WPA / Wire): The board has closed the port of Westmark.", "The board has closed the port of Westmark."),
        ("Ana Petrov, for those who knew her, is hardly a friend.", "Ana Petrov, for those who knew her, is hardly a friend."),
    ],
)  # fmt: skip
def test_a_statement_is_given_whole_and_without_its_label(text: str, quote: str) -> None:
    assert [claim.quote for claim in reading(text).claims if not claim.cue] == [quote]


def test_links_are_no_statements() -> None:
    text = "The port of Westmark was closed in May.\n\nFollow us on Facebook, where Westmark Wire posts in 2019"
    assert [claim.quote for claim in reading(text).claims if not claim.cue] == [
        "The port of Westmark was closed in May."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The boats were buried in the sand in secret.",
        "Their owners have never been told about the storm.",
        "The new harbour board has failed to open the gate to the fishermen.",
        "Those fishermen are paying the price for the storm.",
        "No boat was damaged.",
        "Every barrel of oil was weighed before use.",
        "Police sealed off both roads into the harbour.",
        "There is no sign that the gate was left open.",
        "The painting is genuine.",
        "It did not rain at all that morning.",
        "It was the keeper who had closed the gate.",
        "She teaches geography at the school.",
        "A keeper is being questioned about the gate.",
        "A ban is in force from dusk to dawn.",
        "Nine took part.",
        "What had broken the gate was a boat.",
        "The yard is to become a market.",
        "Our own divers found no trace of oil in the water.",
        "Work on the new gate will go on.",
        "Power lines are being rebuilt.",
        "A ticket for the boat will cost more.",
        "A curfew applies in the harbour from dusk to dawn.",
        "A few drums of oil lie on the quay.",
        "Some of the boats changed hands in the east.",
        "The lamps at the gate were out of order.",
        "We were withdrawn because the harbour had run out of oil.",
        "My wife called the coast guard from the quay.",
        "The judge rejected the petition within a day.",
        "His request for bail was rejected.",
        "The injured have been promised new boats.",
    ],
)
def test_what_something_definite_did_is_a_claim_without_a_name_or_a_figure(text: str) -> None:
    assert [claim.quote for claim in reading(text).claims if not claim.cue] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "A good gate is always painted green.",
        "It is a sad day.",
        "It was good to see them again.",
        "Don't let the sight of the storm keep you from the gate.",
        "We would like to see the gate painted green again.",
        "The gate will perhaps be painted green again.",
        "Nobody would have thought so.",
        "There may be rain in the morning.",
        "We thought about it for a long time.",
        "Good boats will always be sold.",
        "Boats sink in the sea.",
    ],
)
def test_talk_without_a_name_or_a_figure_is_no_claim_of_a_document(text: str) -> None:
    assert not reading(text).claims


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ana Petrov asked the board to pay Karl Lund, who has lost nine boats since 2030.",
         "Karl Lund, who has lost nine boats since 2030."),
        ("Ana Petrov demanded the opening of the port of Westmark, which was closed by the storm in 2029.",
         "the opening of the port of Westmark, which was closed by the storm in 2029."),
        ("Ana Petrov called for the repair of the old gate, which the board has not done since 2029.",
         "Ana Petrov called for the repair of the old gate, which the board has not done since 2029."),
    ],
)  # fmt: skip
def test_a_relative_clause_behind_somebodys_words_is_the_documents_with_what_it_is_said_of(
    text: str, quote: str
) -> None:
    assert [claim.quote for claim in reading(text).claims if not claim.cue] == [quote]
    assert [claim.speaker.name for claim in reading(text).claims if claim.cue] == ["Ana Petrov"]


def test_a_relative_clause_that_somebody_says_is_theirs() -> None:
    text = "Ana Petrov asked for the boats, which she said were lost in 2029."
    assert not [claim for claim in reading(text).claims if not claim.cue and "which" in claim.quote]


def owned(text: str) -> list[str]:
    return [claim.quote for claim in reading(text).claims if not claim.cue]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The permit was signed on 12 March 2036 and 212 families were moved from the bank of the river.",
         ["The permit was signed on 12 March 2036", "212 families were moved from the bank of the river."]),
        ("Divers of Westmark went along the bridge with a rope: it is 460 metres long.",
         ["Divers of Westmark went along the bridge with a rope", "it is 460 metres long."]),
        ("The union's account is another one: the mayor of Westmark took a bribe on Monday.",
         ["The union's account is another one: the mayor of Westmark took a bribe on Monday."]),
        ("The rumour is false: the mayor of Westmark took a bribe on Monday.",
         ["The rumour is false: the mayor of Westmark took a bribe on Monday."]),
        ("The mayor of Westmark stole the money, or the clerk of Westmark burned the books.",
         ["The mayor of Westmark stole the money, or the clerk of Westmark burned the books."]),
        ("Allegedly the mayor of Westmark fled and the clerk of Westmark hid the money.",
         ["Allegedly the mayor of Westmark fled and the clerk of Westmark hid the money."]),
        ("The town of Westmark was flooded; the harbour board fled to Norby.",
         ["The town of Westmark was flooded", "the harbour board fled to Norby."]),
        ("63 people of Westmark were hurt; the company bears the cost of their treatment.",
         ["63 people of Westmark were hurt", "the company bears the cost of their treatment."]),
        ("The board has three boats: one in Westmark, one in Norby and one in Alder Bay.",
         ["The board has three boats: one in Westmark, one in Norby and one in Alder Bay."]),
        ("The ferry of Westmark sank in 2031 and took nine cars with it.",
         ["The ferry of Westmark sank in 2031 and took nine cars with it."]),
    ],
)  # fmt: skip
def test_clauses_side_by_side_are_claims_of_their_own(text: str, quotes: list[str]) -> None:
    assert owned(text) == quotes


def test_a_statement_of_a_ticker_goes_without_its_hour() -> None:
    assert owned("10:20 Westmark has been given nine new boats.") == ["Westmark has been given nine new boats."]


def test_what_is_said_before_its_speaker_is_not_the_documents_own() -> None:
    text = "Westmark is a port. And the oil in the water of Westmark never went above the limit, the harbour board maintains."
    claims = [claim for claim in reading(text).claims if "oil" in claim.quote]
    assert [(claim.quote, claim.speaker.name) for claim in claims] == [
        ("the oil in the water of Westmark never went above the limit", "harbour board")
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Judge Ana Petrov rejected the petition of the fishermen within a day.", []),
        ("Judge Ana Petrov rejected the accusation that she had taken money.", ["Ana Petrov"]),
        ("The injured were promised 5,000 crowns in May.", []),
        ("Ana Petrov called off the strike of the fishermen in May.", []),
        ("Ana Petrov called the coast guard before the storm began.", []),
        ("Ana Petrov called the storm a disaster for the fishermen of the harbour.", ["Ana Petrov"]),
    ],
)
def test_what_is_done_with_words_is_told_by_the_document(text: str, speakers: list[str]) -> None:
    assert [claim.speaker.name for claim in reading(text).claims if claim.cue] == speakers
