"""A case with things to decide, and questions about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg.query import claim_records
from kg.reviewing.queue import Item
from tests.query.cases import build

HOSTILE = "[bold red]the road[/] is [link=file:///etc/passwd]shut[/link]"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample text, and twice with one more claim, which tries to be markup and to drive the terminal."""
    folder = tmp_path_factory.mktemp("review")
    build(folder, other=HOSTILE, third="the road \x1b[31m is \u202eshut").close()
    return folder / "case"


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A case of one's own."""
    shutil.copytree(built, tmp_path / "case")
    return tmp_path / "case"


@pytest.fixture
def questions(case: Path, monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    """Four questions, as the machine could have left them open: two claims, two more, two entities, a speaker."""
    with kg.open(case) as opened:
        ids = {(r["document"], r["quote"]): r["id"] for r in claim_records(opened)}
        quotes = [quote for document, quote in ids if document == "bridge"]
        documents = ("bridge", "other", "third")
        entities = [
            row[0] for row in opened.query("SELECT ?e { ?e a kg:Entity ; skos:prefLabel 'Alder Bridge' } ORDER BY ?e")
        ]
    added = [id for (document, quote), id in ids.items() if document == "other" and quote not in quotes]
    head = "urn:kg:claim/"

    def pair(a: str, b: str, chance: float, kind: str = "same") -> Item:
        return Item(
            "claims", head + a, head + b, kind, True, chance, "a method", ("a reason [b]in[/b] words",), chance, 2
        )

    items = [
        pair(*(ids[document, quotes[0]] for document in documents[:2]), 0.4),
        pair(ids["third", quotes[1]], added[0], 0.45, "conflict"),
        Item("entities", str(entities[0]), str(entities[1]), "entity", True, 0.3, "a method", (), 0.3, 2),
        Item("speaker", head + ids["bridge", quotes[2]], "", "pronoun", True, None, "", ("'she' is she",), 0.2, 1),
    ]
    monkeypatch.setattr("kg.reviewing.session.candidates", lambda case: items)
    return items
