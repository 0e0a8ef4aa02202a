"""A document that the case knew and a build cannot read: nothing is lost, and the case says what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.document import Document
from kg.records import Reading
from tests.case.plain import TEXTS, graphs, read_lines, state, write_texts

STAYS = "what was read from it before stays in the case"


def later(document: Document) -> Reading:
    """A later version of the reader, which fails on the bridge."""
    if "bridge" in document.text:
        raise ValueError("not any more")
    return read_lines(document)


@pytest.fixture
def known(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of documents, and the case that was built from it."""
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    return folder, case


def test_what_a_later_version_cannot_read_stays(known: tuple[Path, Path]) -> None:
    folder, case = known
    before, source = graphs(case), kg.open(case).source("bridge")
    entry = kg.open(case).resolve_document("bridge")
    for _ in range(2):  # also a build after it tries again, and loses nothing
        report = kg.build(folder, case, reader=later)
        assert [(path.name, line.endswith(STAYS)) for path, line in report.skipped] == [("bridge.txt", True)]
        assert report.counts["claims"] == 6
        assert graphs(case)[f"{entry.id}.nq"] == before[f"{entry.id}.nq"]
        assert kg.open(case).source("bridge") == source
        assert kg.verify(case).problems == ()


def test_the_run_graph_says_what_was_read_otherwise(known: tuple[Path, Path]) -> None:
    folder, case = known
    kg.build(folder, case, reader=later)
    entry = kg.open(case).resolve_document("bridge")
    run = graphs(case)["run.nq"].decode()
    assert f"document {entry.id}" in run
    assert "tests.case.plain:read_lines" in run
    kg.build(folder, case, reader=read_lines)
    assert "document" not in graphs(case)["run.nq"].decode()


def test_reading_it_again_leaves_no_trace_of_the_failure(known: tuple[Path, Path]) -> None:
    folder, case = known
    before = state(case)
    kg.build(folder, case, reader=later)
    assert state(case) != before
    kg.build(folder / "lake.md", case, reader=read_lines)
    assert state(case) == before


def test_under_another_base_the_bytes_stay_and_the_case_says_it_is_not_read(known: tuple[Path, Path]) -> None:
    folder, case = known
    for _ in range(2):
        report = kg.build(folder, case, reader=later, base="https://example.org/case/")
        assert [path.name for path, _ in report.skipped] == ["bridge.txt"]
        assert "its bytes stay in the case" in report.skipped[0][1]
        entry = kg.open(case).resolve_document("bridge")
        assert entry.unread
        assert kg.open(case).source("bridge") == TEXTS["bridge.txt"].encode()
        assert graphs(case)[f"{entry.id}.nq"] == b""
        verified = kg.verify(case)
        assert verified.problems == ()
        assert any(note.startswith("bridge.txt: not read") for note in verified.notes)
        assert len(kg.open(case).claims(document="harbour")) == 1
    assert kg.remove(case, "bridge").claims == 0
    assert kg.verify(case).problems == ()


def test_a_document_that_changed_and_cannot_be_read_stays_as_it_was(known: tuple[Path, Path]) -> None:
    folder, case = known
    before = state(case)
    write_texts(folder, bridge="Dora Fox said the bridge is open.\nStop here.\n")
    report = kg.build(folder, case, reader=read_lines)
    assert [(path.name, line.endswith(STAYS)) for path, line in report.skipped] == [("bridge.txt", True)]
    assert state(case) == before


def test_new_metadata_of_what_cannot_be_read_waits_for_the_next_reading(known: tuple[Path, Path]) -> None:
    folder, case = known
    kg.build(folder, case, reader=later)
    (folder / "manifest.csv").write_text("file,publisher\nbridge.txt,Lake Post\n", encoding="utf-8")
    kg.build(folder, case, reader=later)
    assert kg.open(case).resolve_document("bridge").metadata.publisher == ""
    assert kg.verify(case).problems == ()
    kg.build(folder, case, reader=read_lines)
    assert kg.open(case).resolve_document("bridge").metadata.publisher == "Lake Post"
    assert kg.verify(case).problems == ()


def test_a_damaged_graph_that_cannot_be_read_again_is_emptied(known: tuple[Path, Path]) -> None:
    folder, case = known
    entry = kg.open(case).resolve_document("bridge")
    (case / "graphs" / f"{entry.id}.nq").write_bytes(b"damaged")
    kg.build(folder, case, reader=later)
    assert kg.open(case).resolve_document("bridge").unread
    assert kg.verify(case).problems == ()
