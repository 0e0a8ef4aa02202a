"""No spelling of SERVICE gets past, and no innocent word is taken for it."""

from __future__ import annotations

import pytest

from kg.query.syntax import refusal

END = "<http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {END} }}",
        f"SELECT * {{ ?s ?p 1SERVICE {END} }}",
        f"SELECT * {{ ?s ?p true.SERVICE {END} }}",
        f"SELECT * {{ ?s ?p trueSERVICE {END} }}",
        f"SELECT * {{ ?s a x:.service SILENT {END} }}",
        "PREFIX a·: <http://127.0.0.1:9/> SELECT * { SERVICE a·:mid { ?s ?p ?o } }",
        "SELECT * { SERVICE ?a·b { ?s ?p ?o } }",
        f"SELECT * {{ \\u0053ERVICE {END} }}",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        f"SELECT * {{ ?s ?p <x:\\u0041#> . SERVICE {END} }}",
    ],
)
def test_service_is_refused(query: str) -> None:
    assert "SERVICE" in refusal(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(1=1) } # asks no SERVICE",
        'ASK { ?s kg:quote ?q FILTER(CONTAINS(?q, "PUBLIC SERVICE")) }',
        "PREFIX service: <urn:kg:ontology#> SELECT ?x { ?x a service:Claim }",
        "SELECT ?service { ?service a schema:GovernmentService ; schema:serviceType ?x }",
        "SELECT * { ?s a <https://schema.org/Service> }",
    ],
)
def test_a_word_that_only_looks_like_it_is_not(query: str) -> None:
    assert refusal(query) == ""
