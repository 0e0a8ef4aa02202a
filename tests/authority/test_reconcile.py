"""Entities linked to an authority: what is sent, what is kept, and what becomes of it when documents come and go."""

from __future__ import annotations

import json
import shutil
import socket
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.authority.linking import forget
from tests.authority.service import SPACE, Authority, record, serving
from tests.case.plain import read_lines, state, write_texts

Row = dict[str, Any]


def rows(case: Path, **filters: str) -> list[Row]:
    """The links of a case as its named query gives them."""
    with kg.open(case) as opened:
        table = opened.authority(**filters)
        return [dict(zip(table.columns, row, strict=True)) for row in table]


def matches(case: Path) -> set[tuple[str, str, str]]:
    return {(row["entity"], row["match"], row["record"].removeprefix(SPACE)) for row in rows(case)}


LINKED = {
    ("Ada Moreno", "exact", "7"),
    ("Ada Moreno", "candidate", "8"),
    ("Bo Lind", "candidate", "9"),
    ("Bo Lind", "candidate", "10"),
}


def test_what_the_service_is_sure_of_is_linked_and_the_rest_are_candidates(case: Path, authority: Authority) -> None:
    report = kg.reconcile(case, authority.url)
    assert (report.service, report.asked, report.linked, report.possible) == ("Valley Register", 3, 1, 1)
    assert (report.unanswered, report.problem, report.exit_code) == ((), "", 0)
    assert matches(case) == LINKED
    (row,) = [row for row in rows(case) if row["match"] == "exact"]
    assert (row["name"], row["description"], row["record_types"]) == ("Ada Moreno", "engineer, born 1961", "Person")
    assert (row["name_sent"], row["service"], float(row["score"])) == ("Ada Moreno", authority.url, 98.5)
    assert kg.verify(case).problems == ()


def test_a_plain_query_sees_the_link_and_no_more_than_that(case: Path, authority: Authority) -> None:
    kg.reconcile(case, authority.url)
    with kg.open(case) as opened:
        found = opened.query("SELECT ?name ?record { ?e skos:exactMatch ?record ; skos:prefLabel ?name }")
        assert [tuple(row) for row in found] == [("Ada Moreno", f"{SPACE}7")]
        possible = opened.query("SELECT ?record { ?e kg:candidateMatch ?record } ORDER BY ?record")
        assert [row[0] for row in possible] == [f"{SPACE}{n}" for n in (10, 8, 9)]
        graphs = opened.query("SELECT DISTINCT ?g { GRAPH ?g { ?l kg:nameSent ?n } }")
        assert [row[0] for row in graphs] == ["urn:kg:graph/authority"]


def test_show_prints_the_records_of_an_entity(case: Path, authority: Authority) -> None:
    before = str(kg.open(case).show("Ada Moreno"))
    kg.reconcile(case, authority.url)
    text = str(kg.open(case).show("Ada Moreno"))
    assert "same as" not in before
    (same,) = [line for line in text.splitlines() if line.strip().startswith("same as")]
    assert f"{SPACE}7 (Ada Moreno, engineer, born 1961): score 98.5, {authority.url}" in same
    (perhaps,) = [line for line in text.splitlines() if line.strip().startswith("perhaps")]
    assert f"{SPACE}8" in perhaps


def test_nothing_is_sent_but_names_types_and_a_limit(case: Path, authority: Authority) -> None:
    kg.reconcile(case, authority.url, types=["person"], limit=3)
    assert sorted(query["query"] for query in authority.queries()) == ["Ada Moreno", "Bo Lind", "Cleo Hart"]
    assert all(query | {"query": ""} == {"query": "", "type": "/people", "limit": 3} for query in authority.queries())
    assert [method for method, _, _ in authority.requests] == ["GET", "POST"]


def test_only_the_types_asked_for_are_sent(case: Path, authority: Authority) -> None:
    report = kg.reconcile(case, authority.url, types=["place"])
    assert (report.asked, authority.queries(), rows(case)) == (0, [], [])


def test_queries_go_in_batches_as_the_service_wants_them(case: Path, authority: Authority) -> None:
    authority.manifest["batchSize"] = 2
    kg.reconcile(case, authority.url)
    assert [method for method, _, _ in authority.requests] == ["GET", "POST", "POST"]
    assert len(authority.queries()) == 3
    assert matches(case) == LINKED


def test_types_of_wikidata_are_known_though_its_manifest_names_none(case: Path, authority: Authority) -> None:
    authority.manifest |= {"identifierSpace": "http://www.wikidata.org/entity/", "defaultTypes": [{"id": "Q35120"}]}
    kg.reconcile(case, authority.url)
    assert {query["type"] for query in authority.queries()} == {"Q5"}
    assert "http://www.wikidata.org/entity/7" in {row["record"] for row in rows(case)}


def test_a_service_without_a_fitting_type_is_asked_without_one(case: Path, authority: Authority) -> None:
    authority.manifest["defaultTypes"] = [{"id": "Vessel", "name": "Vessel"}]
    kg.reconcile(case, authority.url)
    assert all("type" not in query for query in authority.queries())


def test_the_draft_of_version_one_is_spoken(case: Path, authority: Authority) -> None:
    authority.manifest |= {"versions": ["1.0-draft"], "view": {"url": "https://authority.example/record/{id}"}}
    del authority.manifest["identifierSpace"]
    kg.reconcile(case, authority.url)
    assert [path for _, path, _ in authority.requests] == ["/api", "/api/reconcile"]
    assert authority.queries()[0] == {
        "conditions": [{"matchType": "name", "v": authority.queries()[0]["conditions"][0]["v"]}],
        "limit": 5,
        "type": "/people",
    }
    assert matches(case) == LINKED


@pytest.mark.parametrize(("threshold", "kind"), [(98.5, "exact"), (98.6, "candidate"), (-1.0, "exact")])
def test_a_match_below_the_threshold_is_a_candidate(
    case: Path, authority: Authority, threshold: float, kind: str
) -> None:
    kg.reconcile(case, authority.url, threshold=threshold)
    assert ("Ada Moreno", kind, "7") in matches(case)
    assert kg.verify(case).problems == ()


def test_a_match_without_a_score_passes_no_threshold(case: Path, authority: Authority) -> None:
    del authority.records["Ada Moreno"][0]["score"]
    kg.reconcile(case, authority.url)
    assert ("Ada Moreno", "exact", "7") in matches(case)
    kg.reconcile(case, authority.url, threshold=1)
    assert ("Ada Moreno", "candidate", "7") in matches(case)


def test_two_matches_of_one_name_are_for_people_to_judge(case: Path, authority: Authority) -> None:
    authority.records["Ada Moreno"][1]["match"] = True
    kg.reconcile(case, authority.url)
    assert {kind for name, kind, _ in matches(case) if name == "Ada Moreno"} == {"candidate"}


def test_the_limit_holds_whatever_the_service_sends(case: Path, authority: Authority) -> None:
    authority.records["Cleo Hart"] = [record(str(n), "Cleo Hart", n, False) for n in range(40)]
    kg.reconcile(case, authority.url, limit=2)
    assert {record for name, _, record in matches(case) if name == "Cleo Hart"} == {"39", "38"}


def test_asking_again_replaces_what_the_service_said_before(case: Path, authority: Authority) -> None:
    kg.reconcile(case, authority.url)
    authority.records = {"Ada Moreno": [record("11", "Ada Moreno", 50, False)]}
    kg.reconcile(case, authority.url)
    assert matches(case) == {("Ada Moreno", "candidate", "11")}


def test_two_services_stand_side_by_side_and_one_can_be_forgotten(case: Path, authority: Authority) -> None:
    with serving(Authority({"Ada Moreno": [record("A1", "Moreno, Ada", 1, True)]})) as other:
        kg.reconcile(case, authority.url)
        before = state(case)
        kg.reconcile(case, other.url)
        assert matches(case) == LINKED | {("Ada Moreno", "exact", "A1")}
        assert forget(case, other.url) == 1
    assert matches(case) == LINKED
    assert state(case) == before
    assert forget(case, authority.url) == 4
    assert not (case / "graphs" / "authority.nq").exists()
    assert kg.verify(case).problems == ()


def test_a_build_that_finds_nothing_new_changes_nothing(folder: Path, authority: Authority) -> None:
    case = folder / "case"
    kg.reconcile(case, authority.url)
    before = state(case)
    kg.build(folder / "in", case, reader=read_lines)
    assert state(case) == before
    kg.build(folder / "in", case, reader=read_lines, fresh=True)
    assert state(case) == before


def test_links_stay_when_documents_come_and_speak_of_the_entity_then(folder: Path, authority: Authority) -> None:
    case = folder / "case"
    kg.reconcile(case, authority.url)
    write_texts(folder / "in", more="Ada Moreno said the ferry runs.\n")
    kg.build(folder / "in", case, reader=read_lines)
    assert matches(case) == LINKED
    assert kg.verify(case).problems == ()
    with kg.open(case) as opened:
        told = opened.query("SELECT DISTINCT ?d { ?m prov:specializationOf/skos:exactMatch ?r ; dcterms:source ?d }")
        assert len(told) == 4  # the new document's too, without asking again


def test_links_go_with_the_last_document_that_names_the_entity(folder: Path, authority: Authority) -> None:
    case = folder / "case"
    authority.records["Cleo Hart"] = [record("12", "Cleo Hart", 90, True)]
    kg.reconcile(case, authority.url)
    removed = kg.remove(case, "lake.md")
    assert matches(case) == LINKED
    whole = b"".join(state(case).values())
    assert removed.id.encode() not in whole
    assert b"Cleo Hart" not in whole
    assert kg.verify(case).problems == ()
    for name in ("bridge", "harbour", "valley"):
        kg.remove(case, name)
    assert rows(case) == []
    assert not (case / "graphs" / "authority.nq").exists()
    assert kg.verify(case).problems == ()


def test_the_case_may_change_while_the_service_is_asked(folder: Path, authority: Authority) -> None:
    def meanwhile(handler: BaseHTTPRequestHandler) -> bool:
        if handler.command == "POST":
            kg.remove(folder / "case", "lake.md")
        return False

    authority.records["Cleo Hart"] = [record("12", "Cleo Hart", 90, True)]
    authority.trick = meanwhile
    report = kg.reconcile(folder / "case", authority.url)
    assert (report.asked, report.linked) == (3, 1)
    assert matches(folder / "case") == LINKED
    assert b"Cleo Hart" not in b"".join(state(folder / "case").values())
    assert kg.verify(folder / "case").problems == ()


def test_links_move_with_the_case_to_another_base(folder: Path, authority: Authority) -> None:
    case = folder / "case"
    kg.reconcile(case, authority.url)
    kg.build(folder / "in", case, reader=read_lines, base="https://example.org/case/")
    assert matches(case) == LINKED
    data = (case / "graphs" / "authority.nq").read_bytes()
    assert b"<urn:kg:resolved" not in data and b"<https://example.org/case/entity/" in data
    assert kg.verify(case).problems == ()


def test_a_damaged_graph_of_links_is_never_dropped_silently(folder: Path, authority: Authority) -> None:
    case = folder / "case"
    kg.reconcile(case, authority.url)
    file = case / "graphs" / "authority.nq"
    file.write_bytes(file.read_bytes()[:-9])
    assert any("authority.nq" in problem for problem in kg.verify(case).problems)
    write_texts(folder / "in", more="Ada Moreno said the ferry runs.\n")
    with pytest.raises(kg.KgError, match=r"authority\.nq: missing or changed .*--forget drops it"):
        kg.build(folder / "in", case, reader=read_lines)
    forget(case, authority.url)
    kg.build(folder / "in", case, reader=read_lines)
    assert kg.verify(case).problems == ()


def test_judgements_and_links_leave_each_other_alone(folder: Path, authority: Authority) -> None:
    case = folder / "case"
    kg.reconcile(case, authority.url)
    links = (case / "graphs" / "authority.nq").read_bytes()
    with kg.open(case) as opened:
        claim = str(opened.claims().rows[0][0])
    kg.judge(case, claim, "not-a-claim", by="Cleo Hart")
    assert (case / "graphs" / "authority.nq").read_bytes() == links
    judged = (case / "graphs" / "judgements.nq").read_bytes()
    forget(case, authority.url)
    assert (case / "graphs" / "judgements.nq").read_bytes() == judged
    assert kg.verify(case).problems == ()


def test_the_same_answers_give_the_same_graph(folder: Path, authority: Authority) -> None:
    shutil.copytree(folder / "case", folder / "other")
    graphs = []
    for name in ("case", "other"):
        kg.reconcile(folder / name, authority.url)
        lines = (folder / name / "graphs" / "authority.nq").read_text(encoding="utf-8").splitlines()
        graphs.append([line for line in lines if "generatedAtTime" not in line])
    assert graphs[0] == graphs[1]


def test_exports_hold_the_links(case: Path, authority: Authority) -> None:
    kg.reconcile(case, authority.url)
    with kg.open(case) as opened:
        for format in ("nquads", "trig", "turtle"):
            assert f"{SPACE}7" in opened.export(format)
        whole = json.loads(opened.export("jsonld"))
        nodes = [node for graph in whole["@graph"] for node in graph["graph"]]
        assert [node["record"] for node in nodes if node.get("type") == "AuthorityLink"] == [f"{SPACE}7"]


def test_nothing_else_uses_a_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    kg.build(folder / "in", folder / "new", reader=read_lines, workers=1)
    with kg.open(folder / "new") as opened:
        opened.show("Ada Moreno")
        assert len(opened.authority()) == 0
    assert kg.verify(folder / "new").problems == ()
    assert not (folder / "new" / "graphs" / "authority.nq").exists()
