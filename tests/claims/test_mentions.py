"""Names of small documents: whole, and none made of common nouns, offices, headings or links."""

from __future__ import annotations

import pytest
from spacy.tokens import Span as DocSpan

import kg.reader.component  # noqa: F401  registers the extensions of Doc
from kg.claims.furniture import furniture
from kg.claims.mentions import Name, marked, whole
from kg.document import Span
from kg.reader import load


def named(text: str, *spans: tuple[str, str]) -> list[tuple[str, str]]:
    """What becomes of mentions that a reader marked, each as (words, type)."""
    doc = load()(text)
    marks = []
    for words, kind in spans:
        start = text.index(words)
        found = doc.char_span(start, start + len(words), label=kind, alignment_mode="expand")
        assert found is not None
        marks.append(DocSpan(doc, found.start, found.end, label=kind))
    doc.set_ents(marks)
    return [(name.text, name.kind) for name in marked(text, doc)]


@pytest.mark.parametrize(
    ("text", "mark", "kind", "expected"),
    [
        ("The Westmark-based Harbour Fund met.", "Westmark-based Harbour Fund", "organization", ("Westmark", "place")),
        ("It was a Corland-led effort.", "Corland-led", "organization", ("Corland", "organization")),
        ("It is led by Voices for the Miners of 1970.", "Voices for", "organization",
         ("Voices for the Miners of 1970", "organization")),
        ("They sold a film called “Night over Westmark” to a firm.", "Night over Westmark", "person",
         ("Night over Westmark", "work")),
        ("The U.S. has asked for talks.", "U.S.", "organization", ("U.S.", "place")),
        ("The board (HBW) General Assembly met.", "HBW) General Assembly", "organization",
         ("General Assembly", "organization")),
        ("The Lake Nations water experts wrote to the board.", "Lake Nations water", "organization",
         ("Lake Nations", "organization")),
        ("It was sent by the Oslo office.", "Oslo office", "organization", ("Oslo", "place")),
        ("He wrote for Time magazine.", "Time magazine", "organization", ("Time magazine", "organization")),
        ("It was founded by Doctors without borders.", "Doctors without borders", "organization",
         ("Doctors without borders", "organization")),
    ],
)  # fmt: skip
def test_a_name_is_put_right(text: str, mark: str, kind: str, expected: tuple[str, str]) -> None:
    assert named(text, (mark, kind)) == [expected]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("The Fisheries Minister, Ana Petrov, resigned.", ("Minister", "person")),
        ("He wrote to the High Commissioner for Harbour Safety on Monday.", ("Harbour Safety", "organization")),
        ("Ana Petrov is Secretary of State for Fisheries, Mining, and Harbours.", ("Harbours", "organization")),
        ("A hearing was held by NGOs in May.", ("NGOs", "organization")),
        ("It was signed by 21 Non-Governmental Organizations.", ("Non-Governmental Organizations", "organization")),
        ("Karl Lund is Minister of Justice there.", ("Minister of Justice", "person")),
        ("Source » westmarkupdate", ("westmarkupdate", "place")),
        ("The port was closed.\n\nHBW Wire (follow us on Facebook)", ("Facebook", "organization")),
    ],
)
def test_a_common_noun_an_office_and_a_link_are_no_names(text: str, mark: tuple[str, str]) -> None:
    assert named(text, mark) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("A spokesperson for Harbour Watch resigned.", ("Harbour Watch", "organization")),
        ("The president of the Harbour Board resigned.", ("Harbour Board", "organization")),
        ("Ana Petrov wrote to King on Monday.", ("King", "person")),
    ],
)
def test_what_is_a_name_stays_one(text: str, mark: tuple[str, str]) -> None:
    assert named(text, mark) == [mark]


def test_a_heading_capitalises_words_that_are_no_name() -> None:
    text = "Corlandic Regime Closes Its Ports\n\nThe Corlandic regime closed three ports. Corlandic officials left."
    doc = load()(text)
    at = text.rindex("Corlandic")
    spans = [doc.char_span(0, 16, label="organization"), doc.char_span(at, at + 9, label="group")]
    doc.set_ents([span for span in spans if span is not None])
    assert [(name.text, name.kind) for name in marked(text, doc)] == [("Corlandic", "group"), ("Corlandic", "group")]


def test_two_names_before_what_happened_there_are_places() -> None:
    text = "Nine people died in the Bergen and Tromsø protests."
    found = named(text, ("Bergen", "organization"), ("Tromsø", "group"))
    assert found == [("Bergen", "place"), ("Tromsø", "place")]


def test_half_a_long_name_grows_to_it() -> None:
    text = "Miners’ Union of Westmark met. The Miners’ Union of Westmark paid. The Miners’ Union left. A Union of Westmark."
    long = Name(Span(0, 25), "organization", "Miners’ Union of Westmark")
    at, half, other = text.index("Union of Westmark paid"), text.index("Union left"), text.index("Union of Westmark.")
    found = whole(
        text,
        [
            long,
            Name(Span(at, at + 17), "organization", "Union of Westmark"),
            Name(Span(half, half + 5), "organization", "Union"),
            Name(Span(other, other + 17), "organization", "Union of Westmark"),
        ],
    )
    assert [name.text for name in found] == [long.text, long.text, "Miners’ Union", "Union of Westmark"]
    assert all(" ".join(name.span.of(text).split()) == name.text for name in found)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Home | News | Ports\n\nThe port was closed.", ["Home | News | Ports"]),
        ("Home News Port Of Westmark Closes\n\nPort Of Westmark Closes\n\nIt did.", ["Home News Port Of Westmark Closes"]),
        ("The board asked people to follow us on the map.", []),
        ("It met – in May – and left – for good.", []),
        ("Share this on Courier\n\nThe port was closed.", ["Share this on Courier"]),
    ],
)  # fmt: skip
def test_lines_that_lead_elsewhere(text: str, lines: list[str]) -> None:
    assert [line.of(text) for line in furniture(load()(text), text)] == lines
