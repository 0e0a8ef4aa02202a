"""Quantities: the range a number stands for, what it counts, and what is no quantity."""

from __future__ import annotations

import hashlib

import pytest
from spacy.tokens import Doc, Span

from kg.claims.quantities import find_quantities
from kg.claims.times import find_times
from kg.document import Document
from kg.reader import load
from kg.records import Quantity

NLP = load()


def read(text: str, doc: Doc | None = None) -> tuple[Quantity, ...]:
    doc = NLP(text) if doc is None else doc
    made = Document("sample.txt", text, hashlib.sha256(text.encode()).hexdigest())
    return find_quantities(made, doc, find_times(made, doc))


def brief(text: str, doc: Doc | None = None) -> list[tuple[str, float | None, float | None, bool, str]]:
    return [(q.text, q.minimum, q.maximum, q.approximate, q.of) for q in read(text, doc)]


def tagged(*tokens: str) -> Doc:
    """A document of "word/TAG" tokens."""
    pairs = [token.rsplit("/", 1) for token in tokens]
    return Doc(NLP.vocab, [word for word, _ in pairs], tags=[tag for _, tag in pairs])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 36 houses burned.", ("At least 36 houses", 36, None, False, "houses")),
        ("They lost at least 30 and at most 40 boats.", ("at least 30 and at most 40 boats", 30, 40, False, "boats")),
        (
            "More than 30 boats but fewer than 50 sank.",
            ("More than 30 boats but fewer than 50", 31, 49, False, "boats"),
        ),
        ("No fewer than 36 houses burned.", ("No fewer than 36 houses", 36, None, False, "houses")),
        ("They held more than 20,000 men there.", ("more than 20,000 men", 20001, None, False, "men")),
        ("They held over 20,000.", ("over 20,000", 20001, None, False, "")),
        ("Well over 300 people came.", ("Well over 300 people", 301, None, False, "people")),
        ("Up to 50 people came.", ("Up to 50 people", None, 50, False, "people")),
        ("As many as 50 people came.", ("As many as 50 people", None, 50, False, "people")),
        ("Fewer than 20 people came.", ("Fewer than 20 people", None, 19, False, "people")),
        ("Between 20 and 30 people came.", ("Between 20 and 30 people", 20, 30, False, "people")),
        ("We saw 20 to 30 people.", ("20 to 30 people", 20, 30, False, "people")),
        ("We saw 20-30 people.", ("20-30 people", 20, 30, False, "people")),
        ("We saw two or three boats.", ("two or three boats", 2, 3, False, "boats")),
        ("They lost 2 to 3 million votes.", ("2 to 3 million votes", 2e6, 3e6, False, "votes")),
        ("Some 30,000 people came.", ("Some 30,000 people", 30000, 30000, True, "people")),
        ("An estimated 30,000 people came.", ("An estimated 30,000 people", 30000, 30000, True, "people")),
        ("Nearly 500 people came.", ("Nearly 500 people", 500, 500, True, "people")),
        ("At least about 500 people came.", ("At least about 500 people", 500, None, True, "people")),
        ("30 people or more came.", ("30 people or more", 30, None, False, "people")),
        ("1,500 or so people came.", ("1,500 or so people", 1500, 1500, True, "people")),
        ("It made 30+ copies.", ("30+ copies", 30, None, False, "copies")),
    ],
)
def test_bounds(text: str, expected: tuple[str, float | None, float | None, bool, str]) -> None:
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tens of thousands of birds left.", ("Tens of thousands of birds", 20_000, 99_999, True, "birds")),
        ("Hundreds of thousands of birds left.", ("Hundreds of thousands of birds", 2e5, 999_999, True, "birds")),
        ("Thousands of their birds left.", ("Thousands of their birds", 2000, 9999, True, "birds")),
        ("Dozens were hurt.", ("Dozens", 24, 99, True, "")),
        ("Scores of villages were lost.", ("Scores of villages", 40, 99, True, "villages")),
        ("Several thousand birds left.", ("Several thousand birds", 3000, 9999, True, "birds")),
        ("A few hundred birds left.", ("A few hundred birds", 200, 999, True, "birds")),
        ("It has 1.5 million readers.", ("1.5 million readers", 1.5e6, 1.5e6, False, "readers")),
        ("It has half a million readers.", ("half a million readers", 5e5, 5e5, False, "readers")),
        ("A quarter of a million men left.", ("A quarter of a million men", 2.5e5, 2.5e5, False, "men")),
        ("It owes two point four billion dollars.", ("two point four billion dollars", 2.4e9, 2.4e9, False, "dollars")),
        ("Some dozen huts burned.", ("Some dozen huts", 12, 12, True, "huts")),
        ("Four in ten voters stayed at home.", ("Four in ten voters", 40, 40, False, "percent of voters")),
        (
            "Nearly one in five of the members left.",
            ("Nearly one in five of the members", 20, 20, True, "percent of members"),
        ),
        (
            "Fewer than two out of three voters came.",
            ("Fewer than two out of three voters", None, 66.666667, True, "percent of voters"),
        ),
        ("It has two and a half million readers.", ("two and a half million readers", 2.5e6, 2.5e6, False, "readers")),
        (
            "It has one hundred and twenty-seven doors.",
            ("one hundred and twenty-seven doors", 127, 127, False, "doors"),
        ),
        ("A dozen guards stood there.", ("A dozen guards", 12, 12, False, "guards")),
        ("Seven judges sat.", ("Seven judges", 7, 7, False, "judges")),
        ("1,00,000 rupees were paid.", ("1,00,000 rupees", 1e5, 1e5, False, "rupees")),
    ],
)
def test_numerals(text: str, expected: tuple[str, float | None, float | None, bool, str]) -> None:
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $1.2 billion in aid.", ("$1.2 billion", 1.2e9, 1.2e9, False, "$")),
        ("It cost over €5 million.", ("over €5 million", 5e6, None, False, "€")),
        ("It cost $2-3 million.", ("$2-3 million", 2e6, 3e6, False, "$")),
        ("It cost 20 million dollars.", ("20 million dollars", 2e7, 2e7, False, "dollars")),
        ("It fell by 50%.", ("50%", 50, 50, False, "percent")),
        ("It fell by 12.5 per cent.", ("12.5 per cent", 12.5, 12.5, False, "percent")),
        ("Over 50 percent of the votes fell.", ("Over 50 percent of the votes", 50, None, False, "percent of votes")),
        ("It has been over 32 years.", ("over 32 years", 32, None, False, "years")),
        ("She got six-and-a-half years.", ("six-and-a-half years", 6.5, 6.5, False, "years")),
        ("She got six–and–a–half years.", ("six–and–a–half years", 6.5, 6.5, False, "years")),
        ("She is a 27-year-old swimmer.", ("27-year-old", 27, 27, False, "year-old")),
        ("She is 27 years old.", ("27 years old", 27, 27, False, "years old")),
        ("A three-day strike began.", ("three-day", 3, 3, False, "day")),
        ("He got 74 lashes.", ("74 lashes", 74, 74, False, "lashes")),
        ("It is less than 5 km away.", ("less than 5 km", None, 5, False, "km")),
    ],
)  # fmt: skip
def test_measures(text: str, expected: tuple[str, float | None, float | None, bool, str]) -> None:
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("They held 30,000 former political prisoners in camps.", "former political prisoners"),
        ("We met 87 Harbour Commission members, many of them old.", "Harbour Commission members"),
        ("We met 21 international Non-Governmental Organizations.", "international Non-Governmental Organizations"),
        ("We met seven United Nations human rights experts.", "United Nations human rights experts"),
        ("We met 20 women's rights activists.", "women's rights activists"),
        ("We met two of the brothers.", "brothers"),
        ("We met 12 other detainees.", "detainees"),
        ("They gave two instances of delay.", "instances"),
        ("30,000 were moved.", ""),
        ("The toll of 1500 was given later.", ""),
        ("There were 30 dead.", "dead"),
        ("For three years - winters too - they met.", "years"),
    ],
)
def test_what_is_counted(text: str, of: str) -> None:
    assert [q.of for q in read(text)] == [of]


@pytest.mark.parametrize(
    ("tokens", "text", "of"),
    [
        ("They/PRP fined/VBD 12/CD state/NN owned/VBN farms/NNS", "12 state owned farms", "state owned farms"),
        ("We/PRP met/VBD two/CD old/JJ and/CC young/JJ clerks/NNS", "two old and young clerks", "old and young clerks"),
        ("Four/CD sisters/NNS jailed/VBN years/NNS before/IN spoke/VBD", "Four sisters", "sisters"),
        ("We/PRP met/VBD three/CD writers/NNS Ada/NNP Stone/NNP and/CC others/NNS", "three writers", "writers"),
        ("We/PRP met/VBD one/CD young/JJ writer/NN here/RB", "one young writer", "young writer"),
        ("The/DT four/CD wrote/VBD letters/NNS", None, None),
        ("They/PRP drove/VBD Formula/NNP 1/CD cars/NNS", None, None),
        ("We/PRP met/VBD one/PRP writer/NN", None, None),
    ],
)  # fmt: skip
def test_tags_find_the_noun(tokens: str, text: str | None, of: str | None) -> None:
    doc = tagged(*tokens.split())
    assert [(q.text, q.of) for q in read(doc.text, doc)] == ([(text, of)] if text else [])


@pytest.mark.parametrize(
    "text",
    [
        "In 1988 and 2019, the 1988 trials and the 1990s.",
        "The first, the 21st and the third came.",
        "See Article 2, Resolution 1325, section 3.2.1 and page 12.",
        "A Boeing 747, an F-16 and a COVID-19 test.",
        "Call +44 20 7946 0958 at 10:30 or at 10 a.m., round the clock, 24/7.",
        "See https://example.org/30/x or mail box30@example.org about #30.",
        "1. Open the door.\n2) Close the door.\n(3) Wait [4].",
        "One of the men and no one else knew; one another, one day.",
        "One must ask which one it was.",
        "Two-thirds of them left; eight of 10 voters; a quarter of the men; he won four in ten days.",
        "Several people and many houses.",
        "The Group of Seven met.",
        "The two said so.",
        "Ada, 27, was aged 27.",
        "Her scores rose. He scores a goal.",
        "They lost 3-2 in the two-state debate.",
        "It was 32 years after the war.",
    ],
)
def test_no_quantities(text: str) -> None:
    assert brief(text) == []


def test_change_is_two_numbers_and_not_a_range() -> None:
    assert [q[1:3] for q in brief("It rose from 20 to 30 boats.")] == [(20, 20), (30, 30)]
    assert [q[1:3] for q in brief("From 20 to 30 boats came.")] == [(20, 30)]


def test_over_a_time_is_during_it() -> None:
    assert brief("It went on over three months.") == [("three months", 3, 3, False, "months")]


def test_a_number_after_a_year_is_still_read() -> None:
    assert brief("In 1988 30,000 people left.") == [("30,000 people", 30000, 30000, False, "people")]


def test_years_stay_out_without_times() -> None:
    text = "In 1988 the court moved 30 files."
    made = Document("sample.txt", text, "0" * 64)
    assert [q.text for q in find_quantities(made, NLP(text))] == ["30 files"]


@pytest.mark.parametrize(
    ("part", "label", "expected"),
    [
        ("12 Monkeys Club", "organization", []),
        ("12 Monkeys Club", "work", []),
        ("12 Monkeys", "", ["12 Monkeys"]),
    ],
)
def test_numbers_in_names(part: str, label: str, expected: list[str]) -> None:
    text = f"We saw {part} there."
    doc = NLP(text)
    if label:
        doc.ents = (Span(doc, 2, 2 + len(part.split()), label=label),)
    assert [q.text for q in read(text, doc)] == expected


def test_a_group_that_is_counted_is_no_name() -> None:
    text = "We met seven island fishers there."
    doc = NLP(text)
    doc.ents = (Span(doc, 2, 5, label="group"),)
    assert doc.ents[0].text == "seven island fishers"
    assert [q.text for q in read(text, doc)] == ["seven island fishers"]


def test_white_space_as_written() -> None:
    text = "We met at\u00a0least\n1500 old\nsailors.\n\nSeven\n\nboats lay there."
    assert [(q.text, q.of) for q in read(text)] == [("at\u00a0least\n1500 old\nsailors", "old sailors")]


def test_ids_and_spans() -> None:
    text = "We met at least 44 sailors."
    (quantity,) = read(text)
    assert quantity.id.endswith(f"-q{quantity.span.start}-{quantity.span.end}")
    assert quantity.span.of(text) == quantity.text == "at least 44 sailors"


def test_bounds_of_two_things_are_two_amounts() -> None:
    assert [q.text for q in read("At least 30 men and at most 4 women came.")] == ["At least 30 men", "at most 4 women"]


def test_bounds_far_apart_are_two_amounts() -> None:
    text = "The toll rose to at least 5 and fewer than 40 boats left the port."
    assert [q.text for q in read(text)] == ["at least 5", "fewer than 40 boats"]
