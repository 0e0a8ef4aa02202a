"""Opening a case and finding documents in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from tests.case.plain import TEXTS, read_lines, write_texts


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> kg.Case:
    root = tmp_path_factory.mktemp("open")
    folder = write_texts(root / "in")
    (folder / "bridge.md").write_text("Dora Fox said other things.\n", encoding="utf-8")
    kg.build(folder, root / "case", reader=read_lines)
    return kg.open(root / "case")


def test_a_document_is_found_by_id_file_stem_and_path(case: kg.Case) -> None:
    entry = case.resolve_document("lake.md")
    for name in (entry.id, entry.id[:6], entry.sha256, "lake", entry.copies[0].path):
        assert case.resolve_document(name) == entry


def test_an_ambiguous_name_lists_the_candidates(case: kg.Case) -> None:
    with pytest.raises(kg.KgError, match="fits 2 documents") as caught:
        case.resolve_document("bridge")
    for name in ("bridge.txt", "bridge.md"):
        assert f"{case.resolve_document(name).id} ({name})" in str(caught.value)


def test_an_unknown_name_lists_what_there_is(case: kg.Case) -> None:
    for name in ("birdge", "", "zzzz", "../bridge.txt"):
        with pytest.raises(kg.KgError, match=r"lake\.md"):
            case.resolve_document(name)


def test_a_document_reads_as_it_did(case: kg.Case) -> None:
    for name, text in TEXTS.items():
        document = case.document(name)
        assert (document.text, document.file) == (text, name)
        assert document.id == case.resolve_document(name).id


def test_a_lost_source_is_told(tmp_path: Path) -> None:
    kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines)
    case = kg.open(tmp_path / "case")
    path = tmp_path / "case" / "sources" / case.resolve_document("lake").sha256
    path.write_bytes(b"else")
    with pytest.raises(kg.KgError, match=r"lake\.md"):
        case.source("lake")
    path.unlink()
    with pytest.raises(kg.KgError, match=r"lake\.md"):
        case.source("lake")
    kg.build(tmp_path / "in", tmp_path / "case", reader=read_lines)
    assert case.source("lake") == TEXTS["lake.md"].encode()


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"not json", b'{"format": 1, "seal": ""}', b'{"format": 1, "seal": []}', b"\xff"],
)
def test_a_damaged_manifest_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "case.json").write_bytes(data)
    for function in (kg.open, lambda path: kg.build([], path, reader=read_lines), lambda path: kg.remove(path, "x")):
        with pytest.raises(kg.KgError, match=r"case\.json: damaged"):
            function(tmp_path)
    assert not kg.verify(tmp_path).ok


def test_a_manifest_of_the_future_is_told(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_bytes(b'{"format": 99, "seal": ""}')
    with pytest.raises(kg.KgError, match="newer version"):
        kg.open(tmp_path)


def test_no_case(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match="no case here"):
        kg.open(tmp_path)
    with pytest.raises(kg.KgError, match="no case here"):
        kg.open(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(kg.KgError, match="a file; a case is a folder"):
        kg.open(tmp_path / "file")
    with pytest.raises(kg.KgError, match="no case here"):
        kg.remove(tmp_path / "none", "x")
    assert not (tmp_path / "none").exists()


HEAVY = ("rdflib", "pyoxigraph", "spacy", "onnxruntime", "pandas", "networkx", "trafilatura", "numpy")


def test_importing_is_cheap() -> None:
    code = f"import sys, kg; kg.build; kg.open; kg.verify; print([m for m in {HEAVY} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_public_names_stay_what_they_are_after_their_modules_are_imported(case: kg.Case) -> None:
    code = (
        f"import kg; c = kg.open({str(case.path)!r}); c.verify(); print(kg.verify(c).ok, kg.read, kg.build, kg.remove)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True <function")
    assert "<module" not in done.stdout


def test_all_public_names_are_there() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError):
        _ = kg.nothing
