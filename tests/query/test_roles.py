"""Roles as a user asks for them: of a case that the real reader has read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.case import Case
from kg.query import entities, info, select, show

FIRST = "Anna Berg, the former chair of the Lake Board, resigned. Supreme Judge Karl Brandt wrote to her."
SECOND = "Foreign Minister Anna Berg met the President of Norway in Oslo. He teaches at the University of Bergen."


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder: Path = tmp_path_factory.mktemp("roles")
    for name, text in (("first", FIRST), ("second", SECOND)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    report = kg.build([folder], folder / "case", workers=1)
    assert not report.skipped
    with kg.open(folder / "case") as case:
        yield case


def rows(case: Case, **params: str) -> list[dict[str, str]]:
    result = select(case, name="roles", params=params)
    return [{c: str(v or "") for c, v in zip(result.columns, row, strict=True)} for row in result]


def test_a_person_s_roles_in_all_documents(read: Case) -> None:
    found = rows(read, person="anna BERG")
    assert [(r["role"], r["when"], r["organization"], r["document"]) for r in found] == [
        ("chair", "former", "Lake Board", "first"),
        ("Foreign Minister", "", "", "second"),
    ]
    assert found[0]["sentence"] == FIRST.split(" Supreme")[0]
    assert found[0]["words"] == "former chair of the Lake Board"


def test_roles_by_their_title_with_or_without_a_holder(read: Case) -> None:
    assert [(r["person"], r["organization"]) for r in rows(read, role="President")] == [("", "Norway")]
    assert [r["person"] for r in rows(read, role="judge")] == ["Karl Brandt"]
    assert {r["person"] for r in rows(read)} == {"Anna Berg", "Karl Brandt", ""}
    assert rows(read, person="nobody") == []


def test_the_graph_says_nothing_of_the_person(read: Case) -> None:
    """What is said hangs on the words: the person has only names, mentions and a document."""
    said = select(
        read, 'SELECT DISTINCT ?p { ?e a kg:Entity ; skos:prefLabel "Anna Berg" ; ?p ?o FILTER(?p != rdf:type) }'
    )
    assert {str(row[0]).replace("#", "/").rpartition("/")[2] for row in said} == {
        *("prefLabel", "entityType", "mentionedAt", "source", "specializationOf"),
    }
    assert len(select(read, "SELECT ?x { ?x schema:jobTitle|schema:hasOccupation ?y }")) == 0
    assert len(select(read, "SELECT ?r { ?r a kg:Role FILTER NOT EXISTS { ?r kg:foundAt/oa:hasSelector ?s } }")) == 0


def test_entities_and_show_say_what_somebody_is_called(read: Case) -> None:
    table = entities(read)
    row = next(row for row in table if row[0] == "Anna Berg")
    assert row[table.columns.index("roles")] == "Foreign Minister; former chair of the Lake Board"
    facts = dict(show(read, "Anna Berg").facts)
    assert facts["role 1"] == f"former chair of the Lake Board (first: {FIRST.split(' Supreme')[0]})"
    assert facts["role 2"].startswith("Foreign Minister (second: ")


def test_what_is_named_inside_a_name_only_can_be_shown(read: Case) -> None:
    shown = show(read, "Bergen")
    (passage,) = shown.passages
    assert [passage.text[a:b] for a, b in passage.marks] == ["Bergen"]
    table = entities(read)
    assert next(row for row in table if row[0] == "Bergen")[table.columns.index("mentions")] == 0


def test_the_case_counts_and_verifies(read: Case) -> None:
    counts = info(read).counts
    assert counts["roles"] == 4 and counts["mentions inside names"] >= 1
    assert read.verify().ok
