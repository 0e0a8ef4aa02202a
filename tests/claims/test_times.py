"""Times: which words are read as one, and what EDTF value they get."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from kg.claims.quantities import find_quantities
from kg.claims.times import find_times
from kg.document import Document, Metadata
from kg.reader import load

NLP = load()


def document(text: str, date: str = "") -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document("sample.txt", text, digest, metadata=Metadata(date=date))


def times(text: str, date: str = "") -> list[tuple[str, str]]:
    return [(time.text, time.edtf) for time in find_times(document(text, date), NLP(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began in July 1988.", ("July 1988", "1988-07")),
        ("It began in July, 1988.", ("July, 1988", "1988-07")),
        ("The court met in the summer of 1988.", ("the summer of 1988", "1988-22")),
        ("Summer 1988 was dry.", ("Summer 1988", "1988-22")),
        ("They left in the winter of 1990.", ("the winter of 1990", "1990-24")),
        ("The report of December 23, 2019 says so.", ("December 23, 2019", "2019-12-23")),
        ("It was signed on 23 December 2019.", ("23 December 2019", "2019-12-23")),
        ("It was signed on the 3rd of May 2018.", ("3rd of May 2018", "2018-05-03")),
        ("It was signed on Friday, Sept. 6, 2019.", ("Friday, Sept. 6, 2019", "2019-09-06")),
        ("Entry 2019-12-23 is missing.", ("2019-12-23", "2019-12-23")),
        ("It is dated 25/12/2019.", ("25/12/2019", "2019-12-25")),
        ("It is dated 12/25/2019.", ("12/25/2019", "2019-12-25")),
        ("It is dated 25.12.2019.", ("25.12.2019", "2019-12-25")),
        ("In 1988 the court sat.", ("1988", "1988")),
        ("The 1988 trials were short.", ("1988", "1988")),
        ("Records of the 1980s are lost.", ("the 1980s", "198X")),
        ("Records of the '80s are lost.", ("the '80s", "198X")),
        ("Records of the late 1980s are lost.", ("the late 1980s", "198X")),
        ("Prisons of the 19th century stood here.", ("the 19th century", "18XX")),
        ("It opened in early 2019.", ("early 2019", "2019")),
        ("It opened early in the 2019 season.", ("2019", "2019")),
        ("It opened in mid-July 1988.", ("mid-July 1988", "1988-07")),
        ("It lasted until the end of 2019.", ("until the end of 2019", "../2019")),
        ("Between 1985 and 1988 they met.", ("Between 1985 and 1988", "1985/1988")),
        ("From 1985 to 1988 they met.", ("From 1985 to 1988", "1985/1988")),
        ("The 1985-1988 files are shut.", ("1985-1988", "1985/1988")),
        ("The 1985–88 files are shut.", ("1985–88", "1985/1988")),
        ("Between July and September 1988 they met.", ("Between July and September 1988", "1988-07/1988-09")),
        ("From 15 November to 2 December 2019.", ("From 15 November to 2 December 2019", "2019-11-15/2019-12-02")),
        ("On November 15-17, 2019, roads were shut.", ("November 15-17, 2019", "2019-11-15/2019-11-17")),
        ("It has stood since 1988.", ("since 1988", "1988/..")),
        ("It has stood since the 1980s.", ("since the 1980s", "1980/..")),
        ("It stood until 2019.", ("until 2019", "../2019")),
        ("It ran from 1988 to the present.", ("from 1988 to the present", "1988/..")),
        ("It was built circa 1988.", ("circa 1988", "1988~")),
        ("It was built around July 1988.", ("around July 1988", "1988-07~")),
    ],
)
def test_absolute(text: str, expected: tuple[str, str]) -> None:
    assert times(text) == [expected]


def test_months_share_the_year_that_follows() -> None:
    assert times("It rained in July and August 1988.") == [("July", "1988-07"), ("August 1988", "1988-08")]


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("They met last year.", "2021-03-04", ("last year", "2020")),
        ("They met last year.", "2021", ("last year", "2020")),
        ("They met last month.", "2021-01", ("last month", "2020-12")),
        ("They met earlier this month.", "2021-03-04", ("earlier this month", "2021-03")),
        ("They met yesterday.", "2021-03-01", ("yesterday", "2021-02-28")),
        ("They met on Friday.", "2021-03-04", ("Friday", "2021-02-26")),
        ("They met on\nFriday.", "2021-03-04", ("Friday", "2021-02-26")),
        ("They met on Thursday.", "2021-03-04", ("Thursday", "2021-03-04")),
        ("They met in December.", "2021-03-04", ("December", "2020-12")),
        ("They met in March.", "2021-03-04", ("March", "2021-03")),
        ("They met on 17 July.", "2020-03-01", ("17 July", "2019-07-17")),
        ("They met on July 17.", "2020-08-01", ("July 17", "2020-07-17")),
        ("They have met since Friday.", "2021-03-04", ("since Friday", "2021-02-26/..")),
        ("They met 32 years ago.", "2020-09", ("32 years ago", "1988~")),
        ("They met twenty-two years ago.", "2020-09", ("twenty-two years ago", "1998~")),
        ("They met two days ago.", "2020-09-10", ("two days ago", "2020-09-08")),
        ("They met last summer.", "2021-02-01", ("last summer", "2020-22")),
    ],
)
def test_relative_to_the_document(text: str, date: str, expected: tuple[str, str]) -> None:
    assert times(text, date) == [expected]
    assert [value for _, value in times(text)] == [""]


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("They met on Friday.", "2021-03", "Friday"),
        ("They met in December.", "2021", "December"),
        ("They met yesterday.", "2021-03", "yesterday"),
        ("They will meet on Friday.", "2021-03-04", "Friday"),
        ("Friday's debate is on trade.", "2021-03-04", "Friday"),
        ("They must leave by Friday.", "2021-03-04", "Friday"),
        ("They met last Monday.", "2021-03-05", "last Monday"),
        ("They met in the past few years.", "2021-03-04", "the past few years"),
        ("They met over the past 33 years.", "2021-03-04", "the past 33 years"),
        ("They met last week.", "2021-03-04", "last week"),
        ("They met the following week.", "2021-03-04", "the following week"),
        ("They met that summer.", "2021-03-04", "that summer"),
        ("Several years ago they met.", "2021-03-04", "Several years ago"),
        ("32 years after the trial they met.", "2021-03-04", "32 years after"),
        ("He said: “We met last year.”", "2021-03-04", "last year"),
        ('He said: "We met last year."', "2021-03-04", "last year"),
        ("It is dated 5/12/2019.", "", "5/12/2019"),
        ("The Sept. 11 commission sat.", "2021-03-04", "Sept. 11"),
        ("It is dated 31 June.", "2021-08-04", "31 June"),
        ("It is dated February 30, 2019.", "", "February 30, 2019"),
    ],
)
def test_open_ones_get_no_value(text: str, date: str, expected: str) -> None:
    assert times(text, date) == [(expected, "")]


def test_a_year_near_by_keeps_a_month_open() -> None:
    assert times("It began in 2018. In November they met.", "2020-12-01")[1] == ("November", "")
    assert times("It began in 2018. It went on. In November they met.", "2020-12-01")[1] == ("November", "2020-11")


@pytest.mark.parametrize(
    "text",
    [
        "She may march with Will and June.",
        "May spoke first. Then the March on the capital began.",
        "The Summer of Smoke is a play.",
        "Article 1988 and Resolution 1973 were cited.",
        "About 1500 protesters came, and 2000 people watched.",
        "The toll of 1900 was disputed.",
        "At least 1988 were held.",
        "Call +1 202 555 1988 or see https://example.org/2019/12/a-2019.html.",
        "It measures 1988 metres and costs $2019.",
        "They met at 10:30 every Friday, on Black Friday and at Friday prayers.",
        "It was the third attempt since the war; now it is done.",
        "He spent two years before a judge.",
        "The spring broke and the fall hurt.",
        "To this day nobody knows.",
    ],
)
def test_no_times(text: str) -> None:
    assert times(text, "2021-03-04") == []


def _with(text: str, part: str, label: str) -> list[tuple[str, str]]:
    doc = NLP(text)
    start = text.index(part)
    span = doc.char_span(start, start + len(part), label=label)
    assert isinstance(span, Span)
    doc.ents = (span,)
    return [(time.text, time.edtf) for time in find_times(document(text), doc)]


@pytest.mark.parametrize(
    ("part", "label", "expected"),
    [
        ("Families of 1988", "organization", []),
        ("Families of 1988", "person", []),
        ("Families of 1988", "event", [("1988", "1988")]),
        ("Families of 1988", "work", [("1988", "1988")]),
    ],
)
def test_years_in_names(part: str, label: str, expected: list[tuple[str, str]]) -> None:
    assert _with("The Families of 1988 met.", part, label) == expected


def test_years_in_titles_of_works_only_at_their_edge() -> None:
    assert _with("It cites the 1948 Convention.", "1948 Convention", "work") == [("1948", "1948")]
    assert _with("It cites Room 2046 Revisited.", "Room 2046 Revisited", "work") == []


def test_tags_keep_a_verb_from_being_a_month() -> None:
    text = "What was said in May follow the facts."
    words = [token.text for token in NLP(text)]
    assert times(text, "2021-06-01") == [("May", "2021-05")]
    doc = Doc(NLP.vocab, words, spaces=[*[True] * (len(words) - 2), False, False])
    doc[4].tag_ = "MD"
    assert find_times(document(text, "2021-06-01"), doc) == ()


def test_ids_and_spans() -> None:
    text = "It began in July 1988."
    made = document(text)
    (time,) = find_times(made, NLP(text))
    assert time.id == f"{made.id}-t{time.span.start}-{time.span.end}"
    assert time.span.of(text) == time.text == "July 1988"


PIECES = st.sampled_from(
    (
        "in on since until from to between and the early around circa before July May December Friday summer of 1988 "
        "2019 17 3rd 1980s '90s 19th century last next this past few two several year years ago after month week day "
        "yesterday tomorrow 2019-12-23 12/5/2019 1985-88 , . “ ” ( ) people 30,000 more than 50% $5 \n \n\n 1500 "
        "prisoners one"
    ).split(" ")
)
DATES = st.sampled_from(
    ["", "2021", "2021-03", "2021-03-04", "2020-02-29", "0001", "nonsense", "2021-22", "9999-12-31"]
)


@given(st.lists(PIECES, max_size=25), DATES)
@settings(max_examples=300, deadline=None)
def test_whatever_the_text_values_parse_and_spans_match(pieces: list[str], date: str) -> None:
    text = " ".join(pieces)
    made, doc = document(text, date), NLP(text)
    found = find_times(made, doc)
    for time in found:
        assert time.span.of(text) == time.text
        assert not time.edtf or parse_edtf(time.edtf)
    quantities = find_quantities(made, doc, found)
    for quantity in quantities:
        assert quantity.span.of(text) == quantity.text
        assert quantity.minimum is not None or quantity.maximum is not None
        if quantity.minimum is not None and quantity.maximum is not None:
            assert quantity.minimum <= quantity.maximum
    spans = sorted(record.span for record in (*found, *quantities))
    assert all(left.end <= right.start for left, right in pairwise(spans))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    made, doc = document(text), NLP(text)
    found = find_times(made, doc)
    assert all(record.span.of(text) == record.text for record in (*found, *find_quantities(made, doc, found)))
