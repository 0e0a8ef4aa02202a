"""Exports: what others read is what the case holds."""

from __future__ import annotations

import io
import json
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.case import Case
from kg.errors import KgError
from kg.query import info
from kg.query.export import FORMATS, export
from kg.query.graph import to_networkx
from tests.query.cases import ESCAPES, in_memory
from tests.samples import HOSTILE, sample_reading


def truth(case: Case) -> set[str]:
    """Every quad of the case's files."""
    return {line for path in case.graphs() for line in path.read_text(encoding="utf-8").splitlines()}


def by_rdflib(text: str, format: str) -> set[tuple[str, str, str, str]]:
    """Quads as another program reads them."""
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=format)
    return {tuple(x.n3() if hasattr(x, "n3") else str(x) for x in quad) for quad in dataset.quads()}  # type: ignore[misc]


def test_nquads_are_the_lines_of_the_files(case: Case) -> None:
    text = export(case, "nquads")
    assert set(text.splitlines()) == truth(case)
    assert export(case, "nquads") == text


def test_trig_holds_the_same_quads(case: Case) -> None:
    parsed = {f"{quad} ." for quad in ox.parse(export(case, "trig"), format=ox.RdfFormat.TRIG)}
    assert parsed == truth(case)
    assert "kg:quote" in export(case, "trig")


def test_jsonld_holds_the_same_quads(case: Case) -> None:
    text = export(case, "jsonld")
    assert by_rdflib(text, "json-ld") == by_rdflib(export(case, "nquads"), "nquads")
    body = json.loads(text)
    claims = [node for graph in body["@graph"] for node in graph["graph"] if "schema:Claim" in node.get("type", ())]
    assert len(claims) == 9
    assert {"quote", "contentAt", "wasAttributedTo"} <= set(claims[0])
    assert claims[0]["kind"] in ("Assertion", "Warning", "Denial", "Opinion")


def test_turtle_holds_no_claim_as_if_it_were_so(case: Case) -> None:
    text = export(case, "turtle")
    assert text.startswith("# ")
    parsed = {str(q.triple) for q in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    said = list(ox.parse("\n".join(truth(case)) + "\n", format=ox.RdfFormat.N_QUADS))
    assert parsed == {str(q.triple) for q in said if str(q.graph_name).startswith("<urn:kg:graph/")}
    assert "kg:Proposition" not in text
    assert "urn:kg:predicate/" not in text


@pytest.mark.parametrize("words", [*(w for w in HOSTILE if "\ud800" not in w), ESCAPES])
def test_hostile_words_survive_every_export(words: str) -> None:
    case = in_memory([sample_reading(words)])
    for format in ("nquads", "trig"):
        kinds = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
        quads = set(ox.parse(export(case, format), format=kinds[format]))
        assert quads == {q for q in case.store if not isinstance(q.graph_name, ox.DefaultGraph)}
    assert by_rdflib(export(case, "jsonld"), "json-ld") == by_rdflib(export(case, "nquads"), "nquads")
    assert nx.read_graphml(io.BytesIO(export(case, "graphml").encode())).number_of_nodes() == len(to_networkx(case))


def test_a_file_gets_what_the_text_would_be(case: Case, tmp_path: Path) -> None:
    for format in FORMATS:
        with (tmp_path / format).open("wb") as stream:
            assert export(case, format, stream) == ""
        assert (tmp_path / format).read_text(encoding="utf-8") == export(case, format)


def test_unknown_formats_are_refused(case: Case) -> None:
    with pytest.raises(KgError, match="there are: trig, nquads, turtle, jsonld, graphml"):
        export(case, "yaml")


def test_the_graph_joins_documents_speakers_claims_and_entities(case: Case) -> None:
    graph = to_networkx(case)
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"document": 2, "speaker": 9, "claim": 9, "entity": 3}
    edges = [key for _, _, key in graph.edges(keys=True)]
    assert edges.count("said_by") == 9
    assert edges.count("within") == 2
    assert edges.count("in") == 18
    assert edges.count("about") == 10
    bridge = next(node for node, data in graph.nodes(data=True) if data["label"] == "Alder Bridge")
    assert graph.in_degree(bridge) == 6
    claims = [data for _, data in graph.nodes(data=True) if data["kind"] == "claim"]
    assert all(data["quote"] and data["document"] in ("bridge", "other") for data in claims)
    assert all(data["label"] for _, data in graph.nodes(data=True))


def test_graphml_is_read_back(case: Case) -> None:
    graph = nx.read_graphml(io.BytesIO(export(case, "graphml").encode()), force_multigraph=True)
    assert graph.number_of_edges() == to_networkx(case).number_of_edges()
    assert {data["kind"] for _, data in graph.nodes(data=True)} == {"document", "speaker", "claim", "entity"}


def test_info_counts_what_is_there(case: Case) -> None:
    found = info(case)
    assert found.counts["documents"] == 2
    assert found.counts["claims"] == 9
    assert found.counts["author claims"] == 2
    assert found.counts["entities across documents"] == 3
    assert found.counts["quads"] == len(truth(case))
    assert found.sizes["sources"] > 400
    assert "<td" in found._repr_html_()
    assert {str(a): str(b) for a, b in found.to_result()}["claims"] == "9"
