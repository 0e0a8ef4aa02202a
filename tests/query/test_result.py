"""Result tables: every format says the same, and nothing in a cell gets out of it."""

from __future__ import annotations

import io
import json
import re

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.query import Result as RdflibResult

from kg.errors import KgError
from kg.query import Result
from kg.query.plain import clean
from tests.query.cases import ESCAPES
from tests.samples import HOSTILE

XSD = "http://www.w3.org/2001/XMLSchema#"
DECIMAL = ox.NamedNode(XSD + "decimal")
TERMS = Result(
    ("thing", "said", "number", "missing"),
    (
        (ox.NamedNode("urn:kg:claim/a"), ox.Literal("a, \"b\"\n<c> 'd' \\"), ox.Literal(3), None),
        (ox.BlankNode("x"), ox.Literal("le pont", language="fr"), ox.Literal("2.50", datatype=DECIMAL), None),
        (ox.NamedNode("https://schema.org/Article"), ox.Literal(True), ox.Literal(1.5), ox.Literal("x")),
    ),
    base="urn:kg:",
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def by_rdflib(result: Result, format: str) -> list[dict[str, tuple[str, str]]]:
    """The rows as another program reads them: variable → lexical form, language or datatype."""
    parsed = RdflibResult.parse(io.BytesIO(result.to_bytes(format)), format=format)
    rows = []
    for row in parsed.bindings:
        kinds = {
            str(v): str(getattr(t, "language", None) or getattr(t, "datatype", None) or "") for v, t in row.items()
        }
        rows.append({str(v): (str(t), kinds[str(v)].replace(XSD + "string", "")) for v, t in row.items()})
    return rows


@pytest.mark.parametrize("format", ["json", "xml", "tsv"])
def test_standard_formats_are_read_by_others(format: str) -> None:
    rows = by_rdflib(TERMS, format)
    assert rows[0]["thing"] == ("urn:kg:claim/a", "")
    assert rows[0]["said"][0] == "a, \"b\"\n<c> 'd' \\"
    assert rows[0]["number"] == ("3", XSD + "integer")
    assert "missing" not in rows[0]
    assert rows[1]["said"] == ("le pont", "fr")
    assert float(rows[1]["number"][0]) == 2.5
    assert rows[2]["said"] == ("true", XSD + "boolean")


@given(TEXT)
def test_any_text_comes_out_of_json_as_it_went_in(text: str) -> None:
    assert by_rdflib(Result.of(["x"], [[text]]), "json") == [{"x": (text, "")}]


@given(TEXT)
def test_any_text_comes_out_of_xml_but_for_what_xml_cannot_hold(text: str) -> None:
    (row,) = by_rdflib(Result.of(["x"], [[text]]), "xml")
    held = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    assert row["x"][0].replace("\r\n", "\n").replace("\r", "\n") == held.replace("\r\n", "\n").replace("\r", "\n")


def test_csv_holds_plain_values() -> None:
    lines = TERMS.to_bytes("csv").decode().split("\r\n")
    assert lines[0] == "thing,said,number,missing"
    assert lines[1].startswith('urn:kg:claim/a,"a, ""b""\n<c> \'d\' \\",3,')


def test_values_are_python_values() -> None:
    rows = TERMS.rows
    assert rows[0] == ("urn:kg:claim/a", "a, \"b\"\n<c> 'd' \\", 3, None)
    assert rows[1][2] == 2.5
    assert rows[2][1] is True
    assert list(TERMS) == rows
    assert len(TERMS) == 3
    assert Result.of(["n"], [["x"]]).rows == [("x",)]


def test_a_number_that_is_none_stays_text() -> None:
    odd = ox.Literal("many", datatype=ox.NamedNode(XSD + "integer"))
    assert Result(("n",), ((odd,),)).rows == [("many",)]


def test_pandas_table_has_the_columns_and_values() -> None:
    frame = Result.of(["name", "n"], [["a", 1], ["b", 2]]).to_pandas()
    assert list(frame.columns) == ["name", "n"]
    assert frame["n"].sum() == 3


def test_an_empty_table_keeps_its_columns() -> None:
    empty = Result.of(["a", "b"], [])
    assert list(empty.to_pandas().columns) == ["a", "b"]
    assert empty.to_table().split() == ["a", "b", "-", "-"]
    assert "<th>a</th>" in empty._repr_html_()
    assert not empty


@given(st.lists(TEXT | st.sampled_from([*HOSTILE[:-1], ESCAPES]), min_size=1, max_size=4))
def test_nothing_in_a_cell_is_markup_in_a_notebook(cells: list[str]) -> None:
    page = Result.of([str(i) for i in range(len(cells))], [cells])._repr_html_()
    inside = re.findall(r'<td style="text-align:left">(.*?)</td>', page, re.DOTALL)
    assert len(inside) == len(cells)
    assert not any("<" in cell or ">" in cell or '"' in cell for cell in inside)


@given(st.lists(TEXT | st.just(ESCAPES), min_size=1, max_size=3), st.integers(10, 200))
def test_a_table_never_drives_the_terminal(cells: list[str], width: int) -> None:
    table = Result.of([str(i) for i in range(len(cells))], [cells])
    for text in (table.to_table(), table.to_table(width)):
        assert clean(text) == text
        assert len(text.splitlines()) == 3


def test_a_table_fits_the_terminal_and_short_columns_stay_whole() -> None:
    table = Result.of(["id", "quote", "why"], [["c1", "word " * 80, "because " * 60]]).to_table(70)
    assert max(map(len, table.splitlines())) <= 70
    assert "c1 " in table
    assert table.count("…") == 2


def test_a_table_for_programs_is_whole_and_has_no_colour() -> None:
    table = Result.of(["quote"], [["word " * 80]]).to_table()
    assert "\x1b" not in table
    assert ("word " * 80).strip() in table


def test_iris_are_shortened_where_people_read() -> None:
    cells = TERMS.shown()
    assert cells[0][0] == "claim/a"
    assert cells[2][0] == "schema:Article"


def test_yes_or_no_in_every_format() -> None:
    yes, no = Result.ask(True), Result.ask(False)
    assert bool(yes)
    assert not bool(no)
    assert len(no) == 1
    assert json.loads(no.to_bytes("json")) == {"head": {}, "boolean": False}
    assert b"<boolean>true</boolean>" in yes.to_bytes("xml")
    assert yes.to_bytes("csv").split() == [b"answer", b"true"]
    assert no.to_table().split() == ["answer", "------", "false"]


def test_triples_as_a_graph_and_as_a_table() -> None:
    triple = ox.Triple(ox.NamedNode("urn:kg:claim/a"), ox.NamedNode("urn:kg:ontology#quote"), ox.Literal("said"))
    result = Result.graph([triple, triple])
    assert len(result) == 1
    for format, name in (("turtle", "turtle"), ("xml", "xml"), ("json", "json-ld")):
        graph = rdflib.Graph().parse(data=result.to_bytes(format), format=name)
        assert [tuple(map(str, t)) for t in graph] == [("urn:kg:claim/a", "urn:kg:ontology#quote", "said")]
    assert b"kg:quote" in result.to_bytes("turtle")
    assert result.shown()[0][1] == "kg:quote"


def test_formats_that_do_not_fit_are_refused() -> None:
    with pytest.raises(KgError, match="CONSTRUCT"):
        TERMS.to_bytes("turtle")
    with pytest.raises(KgError, match="unknown format"):
        TERMS.to_bytes("yaml")


def test_long_tables_are_cut_in_a_notebook() -> None:
    page = Result.of(["n"], [[i] for i in range(1000)])._repr_html_()
    assert page.count("<tr>") == 201
    assert "800 more rows" in page
