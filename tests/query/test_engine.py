"""SPARQL on a case: the common prefixes, the honest default graph, the place of an error, the limits."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kg.case import Case
from kg.errors import KgError
from kg.query import Result, select, worker
from kg.query.syntax import explain, refusal
from tests.query.cases import Memory, in_memory
from tests.samples import sample_reading

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o FILTER(?a != ?o) }"


def test_prefixes_need_no_declaration(case: Case) -> None:
    result = select(case, "SELECT ?q { ?c a kg:Claim ; kg:quote ?q ; prov:wasAttributedTo/schema:name 'Lake Board' }")
    assert {row[0] for row in result} == {"Ada Moreno had warned that at least 12 cracks had weakened the Alder Bridge"}


def test_a_prefix_of_the_query_goes_before_ours(case: Case) -> None:
    assert not select(case, "PREFIX kg: <urn:other#> ASK { ?c a kg:Claim }")
    assert select(case, "PREFIX mine: <urn:kg:ontology#> ASK { ?c a mine:Claim }")


@pytest.mark.parametrize(
    "pattern",
    [
        "?s a kg:Proposition",
        "?s rdf:subject ?o",
        "?s kg:negated ?o",
        "?s a kg:Term",
        "?s <urn:kg:predicate/weaken> ?o",
        "?s ?p <urn:kg:predicate/weaken>",
    ],
)
def test_what_is_claimed_is_never_in_a_plain_answer(case: Case, pattern: str) -> None:
    assert not select(case, f"ASK {{ {pattern} }}")
    assert select(case, f"ASK {{ GRAPH ?g {{ {pattern} }} }}")


def test_forms_of_answers(case: Case) -> None:
    assert select(case, "ASK { ?c a kg:Claim }").form == "ask"
    built = select(case, "CONSTRUCT { ?c kg:quote ?q } WHERE { ?c kg:quote ?q }")
    assert (built.form, len(built)) == ("graph", 9)
    claim = select(case, "SELECT ?c { ?c a kg:Claim } ORDER BY ?c LIMIT 1").rows[0][0]
    told = select(case, f"DESCRIBE <{claim}>")
    assert {row[0] for row in told} == {claim}
    assert len(told) > 10


def test_a_store_in_memory_gives_the_same_answers() -> None:
    case = in_memory([sample_reading()])
    assert len(select(case, "SELECT ?c { ?c a kg:Claim }")) == 4
    assert select(case, "ASK { ?c a kg:Claim }")
    with pytest.raises(KgError, match="line 1, column 1"):
        select(case, "SELEC")


WRONG = [
    ("SELEC ?x { ?x ?y ?z }", 1, 1, '"SELEC" does not belong here'),
    ("SELECT ?x WHERE { ?x ?y }", 1, 25, '"}" does not belong here'),
    ("SELECT ?x WHERE {\n  ?x a kg:Claim ;\n     kg:quote ?q\n  ?x kg:cue ?c\n}", 4, 3, '"?x" does not belong here'),
    ("SELECT ?x {\n?x foo:bar ?y\n}", 2, 4, 'the prefix "foo:" is not known'),
    ("SELECT ?x { ?x kg:quote 'open }", 1, 25, "this text is not closed"),
    ("SELECT ?x { ?x kg:quote ?q\n", 1, 27, "the query ends too early"),
    ("SELECT ?x { ?x kg:quote 'é漢😀' . ?x }", 1, 36, '"}" does not belong here'),
    ("SELECT ?x { ?x kg:quote ?q } ORDER ?x", 1, 36, "expected BY"),
    ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?z ?y }", 1, 1, "neither grouped nor counted"),
    ("SELECT ?x { ?x a <Claim> }", 1, 18, "an IRI needs a scheme"),
    ("# a comment with 'quotes\nSELECT ?x { ?x kg:quote ?q FILTR(?q) }", 2, 28, '"FILTR" does not belong here'),
]


@pytest.mark.parametrize(("query", "line", "column", "reason"), WRONG)
def test_a_wrong_query_shows_the_place(case: Case, query: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(KgError) as caught:
        select(case, query)
    head, shown, caret = str(caught.value).split("\n")
    assert f"line {line}, column {column}:" in head
    assert reason in head
    assert shown.endswith(query.split("\n")[line - 1])
    assert caret.index("^") - caret.index("|") - 2 == cell_len(query.split("\n")[line - 1][: column - 1])


def test_long_lines_are_cut_around_the_place(case: Case) -> None:
    query = "SELECT ?x { " + "?x kg:quote ?q . " * 30 + "?x }"
    with pytest.raises(KgError) as caught:
        select(case, query)
    _, shown, caret = str(caught.value).split("\n")
    assert len(shown) < 120
    assert shown[caret.index("^")] == "}"


@given(
    st.lists(
        st.sampled_from(
            "SELECT ?x * { } ( ) . ; , 'a' \" kg:Claim <a:b> <b> a FILTER UNION 3 # \\ \n ^^ @en".split(" ")
        )
    )
)
@settings(deadline=None)
def test_any_wrong_query_can_be_explained(parts: list[str]) -> None:
    case = Memory()
    try:
        assert isinstance(select(case, " ".join(parts)), Result)
    except KgError as error:
        assert re.search(r"line \d+, column \d+|not run|give either", str(error))


def test_an_explanation_survives_a_message_without_a_place() -> None:
    assert "line 1, column" in explain("SELECT", "something new", lambda _: "", {})


NETWORK = [
    "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?a ?b ?c } }",
    "select * { service<http://127.0.0.1:9/sparql>{ ?a ?b ?c } }",
    "SELECT * { BIND(<http://127.0.0.1:9/> AS ?s) SERVICE SILENT ?s { ?a ?b ?c } }",
    "SELECT * { SERVICE #here\n SILENT # and here\n kg:there # {\n { ?a ?b ?c } }",
    "SELECT * { ?x kg:depth ?d FILTER(?d<?x#>'''\n) SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } #'''\n }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
]


@pytest.mark.parametrize("query", NETWORK)
def test_no_other_server_is_asked(case: Case, query: str) -> None:
    with pytest.raises(KgError, match="SERVICE asks another server"):
        select(case, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a kg:Claim }",
        "PREFIX service: <urn:kg:ontology#> SELECT ?x { ?x a service:Claim }",
        "SELECT ?q { ?x kg:quote ?q OPTIONAL { ?x kg:cue 'service' } FILTER(?q != 'the service') { ?x kg:cue ?c } }",
    ],
)
def test_the_word_service_is_no_crime(case: Case, query: str) -> None:
    assert refusal(query) == ""
    assert select(case, query)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX a: <a:> # x\n DELETE WHERE { ?a ?b ?c }",
        "LOAD <file:///etc/hostname>",
        "clear all",
    ],
)
def test_a_query_changes_nothing(case: Case, query: str) -> None:
    before = len(select(case, "SELECT * { GRAPH ?g { ?s ?p ?o } }"))
    with pytest.raises(KgError, match="queries only read"):
        select(case, query)
    assert len(select(case, "SELECT * { GRAPH ?g { ?s ?p ?o } }")) == before


def test_from_reads_no_file_and_no_server(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "more.ttl"
    file.write_text("<a:b> <a:c> <a:d> .")
    assert len(select(case, f"SELECT * FROM <{file.as_uri()}> {{ ?s ?p ?o }}")) == 0


def test_a_runaway_query_is_stopped(case: Case) -> None:
    begin = time.monotonic()
    with pytest.raises(KgError, match=r"took longer than 1 s and was stopped.*--timeout"):
        select(case, RUNAWAY, timeout=1)
    assert time.monotonic() - begin < 30


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", r"ended \(signal 9, Killed\)"),
        (
            "import os, sys; sys.stderr.write('memory allocation of 64 bytes failed'); sys.stderr.flush(); os.abort()",
            "4 GB",
        ),
        ("raise SystemExit(7)", r"ended \(exit status 7\)"),
    ],
)
def test_whatever_ends_the_process_of_a_query_is_told(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, told: str
) -> None:
    (tmp_path / "ends.py").write_text(ending, encoding="utf-8")
    monkeypatch.setattr(worker, "__file__", str(tmp_path / "ends.py"))
    with pytest.raises(KgError, match=told):
        select(case, "ASK {}")


def test_a_time_limit_is_more_than_nothing(case: Case) -> None:
    with pytest.raises(KgError, match="more than 0"):
        select(case, "ASK {}", timeout=0)


def test_a_query_is_given_once(case: Case) -> None:
    for arguments in ({}, {"text": "ASK {}", "name": "chains"}):
        with pytest.raises(KgError, match="either"):
            select(case, **arguments)
    with pytest.raises(KgError, match="named query"):
        select(case, "ASK {}", params={"entity": "x"})


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_literal_comes_back_as_it_is(case: Case, text: str) -> None:
    from kg.query.named import literal

    assert select(case, f"SELECT ?x {{ BIND({literal(text)} AS ?x) }}").rows == [(text,)]
