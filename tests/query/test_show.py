"""One thing shown: the words marked where they stand, and where they come from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.case import Case
from kg.errors import KgError
from kg.query import claim_records, claims, entities, show
from kg.query.plain import clean
from tests.query.cases import ESCAPES, build, in_memory
from tests.samples import HOSTILE, TEXT, sample_reading

INSIDE = "at least 12 cracks had weakened the Alder Bridge"


def test_a_claim_is_shown_in_its_sentence_with_its_source(case: Case) -> None:
    record = next(r for r in claim_records(case, document="bridge") if r["quote"] == INSIDE)
    shown = show(case, record["id"])
    facts = dict(shown.facts)
    assert (shown.kind, shown.title) == ("claim", INSIDE)
    assert facts["speaker"] == "Ada Moreno"
    assert facts["chain"] == "Ivo Hale › Lake Board › Ada Moreno"
    assert facts["offsets"] == "{}-{}".format(*record["spans"][0])
    assert facts["file"] == "bridge.txt"
    assert len(facts["sha256 of the file"]) == 64
    (passage,) = shown.passages
    assert [passage.text[start:end] for start, end in passage.marks] == [INSIDE]
    assert passage.text.startswith("The Lake Board said on 3 May 2021")
    assert f"»{INSIDE}«" in str(shown)


def test_every_claim_is_marked_at_its_very_characters(case: Case) -> None:
    for record in claim_records(case):
        (passage,) = show(case, record["id"]).passages
        text = case.document(record["document"]).text
        assert passage.checked
        assert [passage.text[a:b] for a, b in passage.marks] == [text[a:b] for a, b in record["spans"]]


def test_what_an_id_may_be(case: Case) -> None:
    record = next(claim_records(case, document="bridge"))
    whole = f"urn:kg:claim/{record['id']}"
    for id in (whole, f"claim/{record['id']}", record["id"], record["id"][:-2], record["id"][:-2] + "…", f" {whole} "):
        assert show(case, id).iri == whole


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("Ada Moreno", "entity", "Ada Moreno"),
        ("MORENO", "entity", "Ada Moreno"),
        ("bridge", "document", "bridge"),
        ("bridge.txt", "document", "bridge"),
    ],
)
def test_names_lead_to_things(case: Case, name: str, kind: str, title: str) -> None:
    shown = show(case, name)
    assert (shown.kind, shown.title) == (kind, title)


def test_every_listed_id_can_be_shown(case: Case) -> None:
    for table in (claims(case), entities(case)):
        for row in table:
            assert show(case, str(row[table.columns.index("id")])).iri


def test_an_entity_says_why_it_is_one(case: Case) -> None:
    facts = dict(show(case, "Ada Moreno").facts)
    assert facts["one because"]
    assert facts["documents"] == "bridge; other"
    assert (facts["claims about it"], facts["claims by it"]) == ("2", "5")
    member = facts["joins"].split(" in ")[0]
    assert dict(show(case, member).facts)["part of"] == facts["id"]
    assert len(show(case, "Ada Moreno").passages) == 4


def test_a_document_lists_its_claims_in_order(case: Case) -> None:
    said = [value for name, value in show(case, "other").facts if name.startswith("claim ")]
    assert [line.split(": ")[0] for line in said] == [
        "Lake Board",
        "Ada Moreno",
        "Ada Moreno",
        "Ivo Hale",
        "Ada Moreno",
    ]


@pytest.mark.parametrize(
    ("id", "message"), [("", "give the id"), ("nobody", "nothing here"), ("Mareno", "there is: Moreno")]
)
def test_what_is_not_there(case: Case, id: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        show(case, id)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=12) | st.sampled_from(["urn:kg:%", "a:b<", "urn:kg:claim/é", "x:{}", "claim/%zz", "\ud800"]))
def test_any_id_is_shown_or_said_to_be_missing(id: str) -> None:
    case = in_memory([sample_reading()])
    try:
        assert show(case, id).iri
    except KgError as error:
        assert str(error)


def test_an_id_that_fits_many_asks_for_more(case: Case) -> None:
    with pytest.raises(KgError, match=r"\d things fit .*claim/.*give more of the id"):
        show(case, "claim")


@pytest.mark.parametrize("words", [*(w for w in HOSTILE if "\ud800" not in w), ESCAPES])
def test_what_a_document_says_drives_neither_terminal_nor_page(words: str) -> None:
    case = in_memory([sample_reading(words)])
    record = list(claim_records(case))[-1]
    shown = show(case, record["id"])
    text = str(shown)
    assert clean(text) == text
    assert not re.search(r"<(?!/?(p|b|small|mark|table|tr|th|td|blockquote)\b)", shown._repr_html_())


def test_without_the_source_the_selectors_speak(tmp_path: Path) -> None:
    with build(tmp_path) as case:
        for source in (tmp_path / "case" / "sources").iterdir():
            source.write_bytes(TEXT.replace("12", "13").encode())
        record = next(r for r in claim_records(case) if r["quote"] == INSIDE)
        (passage,) = show(case, record["id"]).passages
        assert not passage.checked
        assert [passage.text[a:b] for a, b in passage.marks] == [INSIDE]
        assert "kg verify" in passage.where
