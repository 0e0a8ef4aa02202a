"""Building a case: the same documents give the same graph, and what changes touches only what it must."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.case_files import CaseFolder
from kg.document import Document, Metadata
from kg.records import Reading
from tests import across
from tests.case.plain import TEXTS, binds, graphs, read_lines, state, write_texts


def test_a_folder_becomes_a_case(tmp_path: Path) -> None:
    report = kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines)
    assert [path.name for path in report.read] == sorted(TEXTS)
    assert (report.replaced, report.unchanged, report.duplicates, report.skipped) == ((), (), (), ())
    assert report.exit_code == 0
    assert report.counts["documents"] == 4
    assert report.counts["claims"] == 6
    case = kg.open(tmp_path / "case")
    assert [entry.file for entry in case.documents()] == sorted(TEXTS)
    parts = {"case.json", "sources", "graphs", "tables", "index", ".lock"}
    assert {path.name for path in (tmp_path / "case").iterdir()} == parts
    for name, text in TEXTS.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        assert (tmp_path / "case" / "sources" / digest).read_bytes() == text.encode()
        assert case.source(name) == text.encode()
        assert case.document(name).text == text
    assert kg.verify(case).problems == ()


def test_graph_files_are_sorted_and_without_repeats(tmp_path: Path) -> None:
    kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines)
    for path in kg.open(tmp_path / "case").graphs():
        lines = path.read_bytes().split(b"\n")
        assert lines.pop() == b""
        assert lines == sorted(set(lines))
        assert lines


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(sorted(TEXTS)), st.integers(1, 3))
def test_order_and_steps_change_nothing(tmp_path: Path, names: list[str], cut: int) -> None:
    folder = write_texts(tmp_path / "in")
    kg.build(folder, tmp_path / "whole", reader=read_lines)
    case = tmp_path / f"case-{'-'.join(names)}-{cut}"
    kg.build([folder / name for name in names[:cut]], case, reader=read_lines)
    kg.build([folder / name for name in names[cut:]], case, reader=read_lines)
    assert state(case) == state(tmp_path / "whole")
    assert kg.verify(case).problems == ()


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in")
    one = kg.build(folder, tmp_path / "one", reader=read_lines, workers=1)
    two = kg.build(folder, tmp_path / "two", reader=read_lines, workers=2)
    assert state(tmp_path / "one") == state(tmp_path / "two")
    assert (one.read, one.counts) == (two.read, two.counts)


def test_building_again_reads_nothing_and_writes_nothing(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    assert len(kg.build(folder, case, reader=_fails).skipped) == 4
    kg.build(folder, case, reader=read_lines)  # another reader: all is read again
    times = {path: path.stat().st_mtime_ns for path in case.rglob("*") if path.is_file()}
    report = kg.build(folder, case, reader=read_lines)
    assert len(report.unchanged) == 4
    assert report.read == report.replaced == ()
    assert {path: path.stat().st_mtime_ns for path in case.rglob("*") if path.is_file()} == times


def test_fresh_reads_all_again_to_the_same_bytes(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    before = state(case)
    report = kg.build(folder, case, reader=read_lines, fresh=True)
    assert len(report.replaced) == 4
    assert state(case) == before


def _fails(document: Document) -> Reading:
    raise ValueError("not today")


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_changing_a_document_touches_its_graph_and_the_derived_one(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    before, old = graphs(case), kg.open(case).resolve_document("bridge").id
    write_texts(folder, bridge="Dora Fox said the bridge is open.\n")
    report = kg.build(folder, case, reader=read_lines)
    new = kg.open(case).resolve_document("bridge").id
    assert [path.name for path in report.replaced] == ["bridge.txt"]
    assert _changed(before, graphs(case)) == {f"{old}.nq", f"{new}.nq", "derived.nq"}
    assert f"{old}.nq" not in graphs(case)
    assert old not in str(kg.open(case).store)
    kg.build(folder, tmp_path / "scratch", reader=read_lines)
    assert state(case) == state(tmp_path / "scratch")
    assert kg.verify(case).problems == ()


def test_removing_a_document_leaves_nothing_of_it(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    before = graphs(case)
    removed = kg.remove(case, "lake.md")
    assert (removed.file, removed.claims) == ("lake.md", 2)
    assert _changed(before, graphs(case)) == {f"{removed.id}.nq", "derived.nq"}
    whole = b"".join(state(case).values()) + str(kg.open(case).store).encode()
    assert removed.id.encode() not in whole
    assert b"Cleo Hart" not in whole
    (folder / "lake.md").unlink()
    kg.build(folder, tmp_path / "scratch", reader=read_lines)
    assert state(case) == state(tmp_path / "scratch")
    assert kg.verify(case).problems == ()


def test_what_was_compared_with_a_removed_document_is_forgotten(tmp_path: Path) -> None:
    folder, case = across.write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=across.read_across)
    memory = CaseFolder(case).memory
    assert b"40 cracks" in memory.read_bytes()  # why it conflicts with what another says
    kg.remove(case, "tribune")
    assert b"40 cracks" not in memory.read_bytes()
    assert b"reasons" in memory.read_bytes()  # what others say of each other stays


def test_removing_the_last_document_leaves_an_empty_case(tmp_path: Path) -> None:
    kg.build(write_texts(tmp_path / "in") / "bridge.txt", tmp_path / "case", reader=read_lines)
    kg.remove(tmp_path / "case", "bridge")
    assert kg.open(tmp_path / "case").documents() == []
    assert kg.verify(tmp_path / "case").problems == ()
    with pytest.raises(kg.KgError, match="the case is empty"):
        kg.remove(tmp_path / "case", "bridge")


def test_same_bytes_are_read_once_and_noted(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in", copy=TEXTS["bridge.txt"]), tmp_path / "case"
    report = kg.build(folder, case, reader=read_lines)
    assert report.duplicates == ((folder / "copy.txt", folder / "bridge.txt"),)
    assert report.counts["documents"] == 4
    (folder / "bridge.txt").unlink()
    kg.build(folder, case, reader=read_lines)
    assert kg.open(case).resolve_document("copy").file == "copy.txt"  # moved, not forgotten
    assert kg.verify(case).problems == ()


@pytest.mark.parametrize("order", [("bridge.txt", "copy.txt"), ("copy.txt", "bridge.txt")])
def test_which_copy_came_first_changes_nothing(tmp_path: Path, order: tuple[str, ...]) -> None:
    folder = write_texts(tmp_path / "in", copy=TEXTS["bridge.txt"])
    kg.build(folder, tmp_path / "whole", reader=read_lines)
    case = tmp_path / "case"
    for name in (*order, "harbour.txt", "lake.md", "valley.txt"):
        kg.build(folder / name, case, reader=read_lines)
    assert state(case) == state(tmp_path / "whole")


def test_a_copy_that_changes_leaves_the_other(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in", copy=TEXTS["bridge.txt"]), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    write_texts(folder, bridge="Dora Fox said the bridge is open.\n", copy=TEXTS["bridge.txt"])
    kg.build(folder / "bridge.txt", case, reader=read_lines)
    found = {entry.file: entry.sha256 for entry in kg.open(case).documents()}
    assert found["copy.txt"] == hashlib.sha256(TEXTS["bridge.txt"].encode()).hexdigest()
    assert found["bridge.txt"] != found["copy.txt"]
    assert kg.verify(case).problems == ()


def test_metadata_comes_from_the_manifest_and_a_change_of_it_is_read(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    table = folder / "manifest.csv"
    table.write_text("file,title,publisher,date\nbridge.txt,A bridge,Valley Courier,2021-05-04\n", encoding="utf-8")
    kg.build(folder, case, reader=read_lines)
    assert kg.open(case).resolve_document("bridge").metadata == Metadata("A bridge", "Valley Courier", "", "2021-05-04")
    before = graphs(case)
    table.write_text("file,title,publisher,date\nbridge.txt,A bridge,Lake Post,2021-05-04\n", encoding="utf-8")
    report = kg.build(folder, case, reader=read_lines)
    entry = kg.open(case).resolve_document("bridge")
    assert [path.name for path in report.replaced] == ["bridge.txt"]
    assert entry.metadata.publisher == "Lake Post"
    assert _changed(before, graphs(case)) == {f"{entry.id}.nq"}
    table.write_text('file,title\nbridge.txt,"open quote\n', encoding="utf-8")
    report = kg.build(folder, case, reader=read_lines)
    assert [path for path, _ in report.skipped] == [table]
    assert kg.open(case).resolve_document("bridge").metadata.publisher == "Lake Post"
    assert kg.verify(case).problems == ()


def test_a_manifest_that_names_a_missing_file_is_told(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in")
    (folder / "manifest.csv").write_text("file,title\nbrigde.txt,A bridge\n", encoding="utf-8")
    report = kg.build(folder, tmp_path / "case", reader=read_lines)
    assert len(report.skipped) == 1
    assert "brigde.txt" in report.skipped[0][1]


def test_a_manifest_of_ones_own_choice(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in")
    table = tmp_path / "sources.csv"
    table.write_text("file,publisher\nlake.md,Lake Post\n", encoding="utf-8")
    kg.build(folder, tmp_path / "case", reader=read_lines, manifest=table)
    assert kg.open(tmp_path / "case").resolve_document("lake").metadata.publisher == "Lake Post"


def test_what_fails_is_named_and_leaves_nothing_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", bad="Stop here.\nAda Moreno said so.\n", astray="Astray.\n", empty="")
    (folder / "binary.txt").write_bytes(b"\x00\xff\x01" * 50)
    report = kg.build([folder, folder / "none.txt"], tmp_path / "case", reader=read_lines)
    assert report.exit_code == 1
    lines = {path.name: line for path, line in report.skipped}
    assert lines.keys() == {"bad.txt", "astray.txt", "empty.txt", "binary.txt", "none.txt"}
    for name, line in lines.items():
        assert line.startswith(f"{folder / name}: ")
        assert "\n" not in line
        assert "Traceback" not in line
        assert line.count(name) == 1
    write_texts(tmp_path / "good")
    kg.build(tmp_path / "good", tmp_path / "clean", reader=read_lines)
    assert graphs(tmp_path / "case") == graphs(tmp_path / "clean")
    assert len(list((tmp_path / "case" / "sources").iterdir())) == 4
    assert kg.verify(tmp_path / "case").problems == ()


def test_a_document_that_turns_bad_stays_as_it_was_and_is_told(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    before = state(case)
    (folder / "bridge.txt").write_bytes(b"\x00\xff\x01" * 50)
    report = kg.build(folder, case, reader=read_lines)
    assert [path.name for path, _ in report.skipped] == ["bridge.txt"]
    assert report.skipped[0][1].endswith("what was read from it before stays in the case")
    assert state(case) == before
    write_texts(folder, bridge="Dora Fox said the bridge is open.\n")
    kg.build(folder, case, reader=read_lines)
    kg.build(folder, tmp_path / "scratch", reader=read_lines)
    assert state(case) == state(tmp_path / "scratch")


def test_a_document_that_is_gone_stays_and_is_told(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    (folder / "bridge.txt").unlink()
    assert kg.build(folder, case, reader=read_lines).gone == (folder / "bridge.txt",)
    report = kg.build(folder / "bridge.txt", case, reader=read_lines)
    assert report.skipped[0][1].endswith("what was read from it before stays in the case")
    assert len(kg.open(case).documents()) == 4


def test_another_base_or_reader_reads_the_whole_case_again(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    for path in folder.iterdir():
        path.unlink()
    (folder / "new.txt").write_text("Dora Fox said so.\n", encoding="utf-8")
    report = kg.build(folder, case, reader=read_lines, base="https://example.org/case/")
    assert (len(report.read), len(report.replaced)) == (1, 4)
    whole = b"".join(graphs(case).values())
    assert b"<urn:kg:document" not in whole
    assert whole.count(b"<https://example.org/case/document/") > 5
    assert kg.open(case).base == "https://example.org/case/"
    assert kg.verify(case).problems == ()
    kg.build(folder, case, reader=read_lines)
    assert kg.open(case).base == "https://example.org/case/"


def test_a_wrong_base_is_refused(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match="base"):
        kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines, base="not a base")


def test_a_damaged_graph_is_restored_by_any_build(tmp_path: Path) -> None:
    folder, case = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    before = state(case)
    for file in (case / "graphs").iterdir():
        file.write_bytes(file.read_bytes()[:-5])
    assert not kg.verify(case).ok
    kg.build(folder / "bridge.txt", case, reader=read_lines)
    assert state(case) == before
    assert kg.verify(case).problems == ()


def test_the_case_is_not_read_as_input(tmp_path: Path) -> None:
    write_texts(tmp_path)
    kg.build(tmp_path, tmp_path / "case", reader=read_lines)
    (tmp_path / "case" / "graph.html").write_text("<p>Ada Moreno said so.</p>", encoding="utf-8")
    report = kg.build(tmp_path, tmp_path / "case", reader=read_lines)
    assert len(report.unchanged) == 4
    assert report.read == report.skipped == ()


def test_a_folder_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in")
    with pytest.raises(kg.KgError, match="not a case and not empty"):
        kg.build(folder, folder, reader=read_lines)
    assert {path.name for path in folder.iterdir()} == set(TEXTS)
    with pytest.raises(kg.KgError, match="a case is a folder"):
        kg.build(folder, folder / "bridge.txt", reader=read_lines)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in")
    if not binds(folder):
        pytest.skip("permissions do not bind this user")
    folder.chmod(0o555)
    with pytest.raises(kg.KgError, match="cannot be written"):
        kg.build(folder, folder / "case", reader=read_lines)


def test_progress_is_told(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    kg.build(
        write_texts(tmp_path / "in"),
        tmp_path / "case",
        reader=read_lines,
        progress=lambda what, done, total: seen.append((what, done, total)),
    )
    assert [entry for entry in seen if entry[0] == "reading"] == [("reading", n, 4) for n in range(1, 5)]


def test_the_manifest_says_what_is_there(tmp_path: Path) -> None:
    kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines)
    body = json.loads((tmp_path / "case" / "case.json").read_bytes())
    assert body["base"] == "urn:kg:"
    assert body["kg"] == kg.__version__
    for id, entry in body["documents"].items():
        graph = (tmp_path / "case" / "graphs" / f"{id}.nq").read_bytes()
        assert entry["graph"] == hashlib.sha256(graph).hexdigest()
        assert entry["copies"][0]["path"] == str(tmp_path / "in" / entry["file"])


def _doubled(document: Document) -> Reading:
    reading = read_lines(document)
    return replace(
        reading, claims=(*reading.claims, *(replace(claim, polarity="negative") for claim in reading.claims))
    )


def test_two_records_with_one_id_are_refused(tmp_path: Path) -> None:
    report = kg.build(write_texts(tmp_path / "in") / "lake.md", tmp_path / "case", reader=_doubled)
    ((_, line),) = report.skipped
    assert "two records with the id" in line
    assert "correct the reader" in line
    assert report.counts["documents"] == 0
