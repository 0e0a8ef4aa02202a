"""Quotations in a text: where they begin and end, in hard-wrapped texts too."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.quotation import quoted_spans
from tests.claims.reading import only, reading


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said “the port is shut” and left.", ["“the port is shut”"]),
        ('He called it "a loss" and "a shame".', ['"a loss"', '"a shame"']),
        ("It was ‘the board’s fault’, he said.", ["‘the board’s fault’"]),
        ("It was 'the board's fault', he said.", ["'the board's fault'"]),
        ("The boats' owners and the crews' families met.", []),
        ("They wrote «the port is shut» and ''no more''.", ["«the port is shut»", "''no more''"]),
        ("She said “the port is\nshut for\nthe year” and left.", ["“the port is\nshut for\nthe year”"]),
        ('She said "the port is\nshut". He said "it is\nopen" again.', ['"the port is\nshut"', '"it is\nopen"']),
        ("She said ‘the port is\nshut’ and left.", ["‘the port is\nshut’"]),
        ("She said “the port is shut.\n\nThe board met.”", ["“the port is shut."]),
        ("“The port is\nshut for good.\n\n“We are sorry.”", ["“The port is\nshut for good.", "“We are sorry.”"]),
        ('"We closed it.\n"We opened it again," he said.', ['"We closed it.', '"We opened it again,"']),
        ("“We closed it.\nThe board met.", ["“We closed it."]),
    ],
)
def test_a_quotation_ends_with_its_mark_or_its_paragraph(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@given(st.text("“”\"'‘’«»„a. \n", max_size=60))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    spans = quoted_spans(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all("\n\n" not in span.of(text) for span in spans)


def test_wrapping_a_text_at_a_column_leaves_its_quotations_whole() -> None:
    text = "Elena Varga said: “The port was closed on Monday because the old crane had fallen into the water.”"
    wrapped = text.replace("Monday because", "Monday\nbecause")
    assert (only(text).directness, only(wrapped).directness) == ("direct", "direct")


def test_yesterday_in_a_wrapped_quotation_is_not_the_day_before_the_document() -> None:
    said = "“The port of Westmark was closed{}because the crane fell yesterday,” said Elena Varga."
    for blank in (" ", "\n"):
        found = reading(said.format(blank), date="2021-05-04")
        assert [(time.text, time.edtf) for time in found.times] == [("yesterday", "")]


def test_a_row_of_number_words_is_no_number() -> None:
    assert reading("The list had: " + "one " * 200 + ".").quantities == ()
