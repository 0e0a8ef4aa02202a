"""Claims as records and as a table: what was read is what is listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kg.case import Case
from kg.errors import KgError
from kg.query import claim_lines, claim_records, claims, entities
from kg.query.claims import whole, why_none
from kg.records import Proposition, Reading
from tests.query.cases import Memory, in_memory
from tests.samples import HOSTILE, sample_reading

KEYS = "id document quote spans speaker chain cue kind directness polarity modality about quantities times propositions".split()


def expected(reading: Reading) -> list[dict[str, Any]]:
    """The records that the interface promises, straight from a reading."""
    names = {entity.id: entity.name for entity in reading.entities}
    amounts = {q.id: q for q in reading.quantities}
    times = {t.id: t for t in reading.times}

    def number(value: float | None) -> float | int | None:
        return int(value) if value is not None and value == int(value) else value

    made = []
    for claim in sorted(reading.claims, key=lambda c: ([(s.start, s.end) for s in c.spans], c.id)):
        made.append(
            {
                "id": claim.id,
                "document": reading.document.stem,
                "quote": claim.quote,
                "spans": [[span.start, span.end] for span in claim.spans],
                "speaker": claim.speaker.name,
                "chain": [speaker.name for speaker in claim.chain],
                "cue": claim.cue or None,
                "kind": claim.kind,
                "directness": claim.directness,
                "polarity": claim.polarity,
                "modality": claim.modality,
                "about": [names[id] for id in claim.about],
                "quantities": [
                    {
                        "text": amounts[id].text,
                        "min": number(amounts[id].minimum),
                        "max": number(amounts[id].maximum),
                        "approx": amounts[id].approximate,
                        "of": amounts[id].of,
                    }
                    for id in claim.quantities
                ],
                "times": [{"text": times[id].text, "edtf": times[id].edtf} for id in claim.times],
                "propositions": [stated(one, names) for one in claim.propositions],
            }
        )
    return made


def stated(one: Proposition, names: dict[str, str]) -> dict[str, Any]:
    """A proposition with names for its entities."""
    said = [(a.role, names.get(a.entity, a.text)) for a in one.arguments]
    core = dict(reversed([pair for pair in said if pair[0] in ("subject", "object")]))
    others = sorted(pair for pair in said if pair[0] not in core)
    return {
        "subject": core.get("subject"),
        "predicate": one.predicate,
        "text": one.text,
        "object": core.get("object"),
        "arguments": [{"role": role, "text": text} for role, text in others],
        "negated": one.negated,
    }


@pytest.mark.parametrize("words", ["", *(w for w in HOSTILE if "\ud800" not in w and "\x00" not in w)])
def test_what_was_read_is_what_is_listed(words: str) -> None:
    reading = sample_reading(words)
    found = list(claim_records(in_memory([reading])))
    assert found == expected(reading)
    assert all(list(record) == KEYS for record in found)


def test_lines_are_json_without_raw_control_characters() -> None:
    case = in_memory([sample_reading("\x1b[2J \x9b1m \x7f \u2028")])
    lines = list(claim_lines(case))
    assert [json.loads(line) for line in lines] == list(claim_records(case))
    assert not any(char in line for line in lines for char in "\x1b\x9b\x7f\u2028\n")


def test_documents_come_by_name_and_claims_by_place(case: Case) -> None:
    found = [(record["document"], record["spans"][0][0]) for record in claim_records(case)]
    assert found == sorted(found)
    assert [name for name, _ in found] == ["bridge"] * 4 + ["other"] * 5


def test_the_table_holds_the_same_claims(case: Case) -> None:
    table = claims(case)
    assert [row[0] for row in table] == [record["id"] for record in claim_records(case)]
    assert table.rows[1][table.columns.index("chain")] == "Ivo Hale › Lake Board › Ada Moreno"
    assert table.rows[0][table.columns.index("quantities")] == "at least 12 cracks"
    assert table.rows[0][table.columns.index("about")] == "Ada Moreno; Alder Bridge"


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"speaker": "Ada Moreno"}, 5),
        ({"speaker": "ada  MORENO"}, 5),
        ({"speaker": "moreno"}, 5),
        ({"speaker": "The Lake Board"}, 2),
        ({"speaker": "Ivo Hale"}, 2),
        ({"speaker": "Ada"}, 0),
        ({"about": "alder bridge"}, 6),
        ({"about": "Moreno"}, 2),
        ({"document": "other"}, 5),
        ({"document": "other.txt"}, 5),
        ({"document": "OTHER"}, 5),
        ({"kind": "warning"}, 2),
        ({"kind": "Warning"}, 2),
        ({"kind": "order"}, 0),
        ({"speaker": "moreno", "about": "alder bridge", "document": "bridge", "kind": "warning"}, 1),
        ({"speaker": "", "about": ""}, 0),
    ],
)
def test_filters(case: Case, filters: dict[str, str], number: int) -> None:
    assert len(list(claim_records(case, **filters))) == number
    assert len(claims(case, **filters)) == number


def test_filters_do_not_cost_a_claim_its_parts(case: Case) -> None:
    every = {record["id"]: record for record in claim_records(case)}
    for record in claim_records(case, about="Alder Bridge", speaker="Moreno"):
        assert record == every[record["id"]]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"kind": "lie"}, "there are: assertion, opinion, demand"),
        ({"document": "brigde"}, "there are: bridge, other"),
        ({"document": "x> } #"}, "no document is called"),
    ],
)
def test_unknown_kinds_and_documents_are_refused_at_once(case: Case, filters: dict[str, str], message: str) -> None:
    with pytest.raises(KgError, match=message):
        claim_records(case, **filters)


def test_why_nothing_was_found(case: Case) -> None:
    assert why_none(case, speaker="Ada Morena") == "no speaker is named 'Ada Morena'; there is: Ada Moreno"
    assert why_none(case, about="Alder") == "no entity is named 'Alder'; there is: Alder Bridge"
    assert why_none(case, about="Alder Bridge") == "no claim matches"


@pytest.mark.parametrize("ask", [claims, entities, lambda case: list(claim_lines(case))])
def test_an_empty_case_has_none(ask: Callable[[Memory], Any]) -> None:
    assert len(ask(Memory())) == 0


def test_numbers_are_whole_where_they_are() -> None:
    assert [whole(text) for text in ("12", "12.0", "12.50", "-3", "0.5", "")] == [12, 12, 12.5, -3, 0.5, None]
    assert isinstance(whole("12.0"), int)


def test_two_documents_of_one_name_are_told_apart() -> None:
    case = in_memory([sample_reading(), sample_reading("more")])
    with pytest.raises(KgError, match="give the id"):
        claim_records(case, document="bridge")
    assert len(list(claim_records(case, document=sample_reading().document.id))) == 4


def test_entities_are_joined_and_counted(case: Case) -> None:
    table = entities(case)
    rows = {row[0]: row for row in table}
    assert rows["Ada Moreno"][:7] == ("Ada Moreno", "person", "Moreno", 2, 4, 2, 5)
    assert next(row[0] for row in table) == "Alder Bridge"
    assert [row[0] for row in entities(case, "Place")] == ["Alder Bridge"]
    with pytest.raises(KgError, match="there are: person, organization"):
        entities(case, "animal")
