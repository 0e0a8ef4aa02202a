"""The sample corpus, read by the real reader: claims that a careful reader would sign, and promises that hold on a whole case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.case import Case
from kg.query import claim_records
from kg.resources import resource

SIGNED = [
    # document, chain without the document's own voice, words of the quote, kind
    ("01-amnesty-report", ["Amnesty International"], "systematically concealing the fate and whereabouts", "assertion"),
    ("01-amnesty-report", ["UN experts"], "We are concerned that the situation may amount to", "concern"),
    ("01-amnesty-report", ["commentary"], "Ebrahim Raisi, now head of the judiciary, was deeply involved", "assertion"),
    ("02-calls-for-an-inquiry", ["Robert A. Destro"], "fully backs their appeal", "assertion"),
    ("02-calls-for-an-inquiry", ["Asma Jahangir"], "there had never been an investigation", "assertion"),
    ("02-calls-for-an-inquiry", ["Amnesty International"], "At least 44 victims were buried there", "assertion"),
    ("03-khavaran-gathering", ["Hossein-Ali Montazeri"], "the worst crime of the Islamic Republic", "assertion"),
    ("03-khavaran-gathering", ["Maryam Rajavi"], "stop his execution", "demand"),
    ("04-joint-statement", ["People's Mojahedin Organization of Iran"], "1,500 people had been killed", "assertion"),
    ("04-joint-statement", ["Maryam Rajavi"], "Iranian officials construe silence and inaction", "assertion"),
    ("05-virtual-conference", ["Eric David"], "these people were massacred for belonging to a religion", "assertion"),
    ("05-virtual-conference", ["Some survivors"], "the true number is much higher", "belief"),
    ("05-virtual-conference", ["Amnesty International"], "the exact scale is difficult to establish", "warning"),
]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder: Path = tmp_path_factory.mktemp("sample") / "case"
    assert kg.build([resource("data")], folder, workers=1).exit_code == 0
    with kg.open(folder) as found:
        yield found


@pytest.mark.parametrize(("document", "chain", "words", "kind"), SIGNED)
def test_the_claim_is_there_with_its_speaker(
    case: Case, document: str, chain: list[str], words: str, kind: str
) -> None:
    found = [r for r in claim_records(case) if r["document"] == document and words in r["quote"] and r["cue"]]
    assert [r["chain"][1:] for r in found][:1] == [chain]
    assert found[0]["kind"] == kind


def test_every_quote_is_proved(case: Case) -> None:
    report = kg.verify(case.path)
    assert report.ok, report.problems
    assert report.counts["selectors"] > 500


def test_a_plain_query_never_returns_what_is_claimed(case: Case) -> None:
    claimed = {tuple(row) for row in case.query("SELECT ?s ?p ?o { ?c kg:content ?g GRAPH ?g { ?s ?p ?o } }").rows}
    asserted = {tuple(row) for row in case.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows}
    assert len(claimed) > 100
    assert not claimed & asserted


def test_figures_for_the_same_thing_can_be_compared(case: Case) -> None:
    found = case.query(name="figures", params={"of": "prisoners"})
    assert len(found) >= 2
    assert {30_000, 30_001} <= {value for row in found.rows for value in row if isinstance(value, (int, float))}
