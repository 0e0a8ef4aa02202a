"""Terms as N-Quads: whatever the text, a parser gives it back, and the form is the canonical one."""

from __future__ import annotations

import math
import re
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.rdf import clean
from kg.rdf.names import Names
from kg.rdf.nquads import Sink, canonical, check_base, decimal, escape, part
from tests.rdf.lines import parsed
from tests.samples import HOSTILE

S, P, G = "urn:s", "urn:p", "urn:g"
ANY_TEXT = st.text(st.characters(), max_size=60)  # all code points, lone surrogates included


def test_escapes_are_those_of_the_canonical_form() -> None:
    assert escape('\b\t\n\f\r"\\') == '\\b\\t\\n\\f\\r\\"\\\\'
    assert escape("\x00\x07\x0b\x0e\x1f\x7f") == "\\u0000\\u0007\\u000B\\u000E\\u001F\\u007F"
    assert escape("\ufffe\uffff") == "\\uFFFE\\uFFFF"
    unchanged = "'é\x80\x85\xa0\u2028\u202e\ufeff𝔘😀\U0010ffff"
    assert escape(unchanged) == unchanged


@given(ANY_TEXT)
@example("\r\n")
@example('\\"')
@example("".join(map(chr, range(0x100))))
def test_any_text_comes_back_from_a_parser(text: str) -> None:
    sink = Sink(G)
    sink.text(S, P, text)
    (quad,) = parsed(sink.lines)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == clean(text)
    assert quad.object.datatype.value.endswith("#string")
    assert "\n" not in sink.lines[0] and "\r" not in sink.lines[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_rdflib_reads_hostile_text_as_oxigraph_does(text: str) -> None:
    from rdflib import Dataset

    sink = Sink(G)
    sink.text(S, P, text)
    data = Dataset()
    data.parse(data=sink.lines[0] + "\n", format="nquads")
    assert [str(o) for _, _, o, _ in data.quads()] == [clean(text)]


@given(ANY_TEXT)
def test_cleaning_keeps_every_offset(text: str) -> None:
    assert len(clean(text)) == len(text)
    assert all(a == b or "\ud800" <= a <= "\udfff" for a, b in zip(text, clean(text), strict=True))


@given(ANY_TEXT, ANY_TEXT)
def test_any_identifier_makes_a_valid_iri(text: str, lemma: str) -> None:
    names = Names("https://example.org/case/")
    sink = Sink(names.content(text))
    sink.link(names.entity(text), names.predicate(lemma), names.claim(text))
    (quad,) = parsed(sink.lines)
    assert isinstance(quad.predicate, ox.NamedNode)
    assert re.fullmatch(r"https://example\.org/case/predicate/[A-Za-z0-9_.~%-]*", quad.predicate.value)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_different_lemmas_have_different_iris(one: str, other: str) -> None:
    assert (Names().predicate(one) == Names().predicate(other)) == (one == other)


def test_parts_of_iris_are_percent_encoded() -> None:
    assert part('a b/<c>"%\n') == "a%20b%2F%3Cc%3E%22%25%0A"
    assert part("5e392b9550eb1a2f-c117-149-159") == "5e392b9550eb1a2f-c117-149-159"
    assert part("é") == "%C3%A9"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (30001.0, "30001"),
        (-2.0, "-2"),
        (0.5, "0.5"),
        (1e-7, "0.0000001"),
        (1.25e21, "1250000000000000000000"),
    ],
)
def test_decimals_are_canonical(number: float, written: str) -> None:
    assert decimal(number) == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_decimals_keep_their_value(number: float) -> None:
    written = decimal(number)
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]*[1-9])?", written)
    assert float(Decimal(written)) == number


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_is_no_decimal_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="decimal"):
        decimal(number)


@pytest.mark.parametrize(
    "base", ["urn:kg:", "https://example.org/case/", "https://example.org/case#", "tag:a@b.org,2024:"]
)
def test_bases_that_work(base: str) -> None:
    assert check_base(base) == base


@pytest.mark.parametrize(
    "base", ["", "case/", "https://example.org/a b/", "https://example.org/case", "http://[/", "urn:<x>:"]
)
def test_bases_that_do_not_are_refused_in_one_line(base: str) -> None:
    with pytest.raises(KgError, match="not a base IRI") as caught:
        check_base(base)
    assert "\n" not in str(caught.value)


def test_lines_are_sorted_and_unique() -> None:
    assert canonical(["b", "a", "b", "\U00010000", "\uffff"]) == ["a", "b", "\uffff", "\U00010000"]
