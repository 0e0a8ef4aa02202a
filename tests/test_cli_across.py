"""Groups, origins and conflicts on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.case_files import CaseFolder
from tests.across import CRACKS, build
from tests.test_cli import kg, lines, on_terminal


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with build(tmp_path_factory.mktemp("cli")) as made:
        return made.path


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_origins_are_one_line_a_group(path: Path) -> None:
    done = kg("origins", path)
    assert done.returncode == 0 and done.stderr == b""
    assert lines(done.stdout) == [
        "4 documents, 3 origins: Lake Board ← courier, post, echo (reused text; the same ultimate speaker) | "
        "Bo Lind ← tribune (they confirm it on their own word) | Dora Vance ← echo: "
        f"“{CRACKS}” [group/g-cracks]",
        "2 documents, 1 origin: Harbour Post ← courier, post (one is told on the word of the other): "
        "“the tower leans” [group/g-tower]",
    ]
    (one,) = lines(kg("origins", path, "--document", "tribune").stdout)
    assert "[group/g-cracks]" in one


def test_origins_of_one_group_are_its_evidence(path: Path) -> None:
    text = kg("origins", path, "g-cracks").stdout.decode()
    assert "on the word of Valley Courier › Lake Board; claim/" in text
    assert "shared passages, side by side" in text
    assert kg("origins", path, "nothing-of-that-name").returncode == 2


def test_claims_grouped(path: Path) -> None:
    done = kg("claims", path, "--grouped")
    found = lines(done.stdout)
    assert found[0] == f"4 documents, 3 speakers, 3 origins: {CRACKS}"
    assert "    post (2031-03-05)  Lake Board: the bridge has at least 12 cracks." in found
    assert done.stderr.decode() == "note: 4 claims say what no other claim says\n"
    assert len(rows(kg("claims", path, "--grouped", "--format", "csv").stdout)) == 7
    (only,) = map(
        json.loads, lines(kg("claims", path, "--grouped", "--speaker", "dora vance", "--format", "jsonl").stdout)
    )
    assert (only["documents"], only["speakers"], len(only["origins"])) == (4, 3, 3)
    assert [claim["document"] for claim in only["origins"][0]["claims"]] == ["courier", "post", "echo"]


def test_conflicts(path: Path) -> None:
    text = lines(kg("conflicts", path).stdout)
    assert [line.split(":")[0] for line in text if line[:1].strip()] == ["high, figure", "medium, wording"]
    assert sum(line.startswith("    ") for line in text) == 6 and sum("40 cracks" in line for line in text) == 2
    found = rows(kg("conflicts", path, "--format", "csv").stdout)
    assert [row["severity"] for row in found] == ["high", "medium"]
    (only,) = map(json.loads, lines(kg("conflicts", path, "--kind", "wording", "--format", "jsonl").stdout))
    assert {only["a"]["quote"], only["b"]["quote"]} == {"the road will stay open.", "the road is closed."}
    assert kg("show", path, only["link"]).returncode == 0
    none = kg("conflicts", path, "--severity", "low")
    assert none.returncode == 0 and none.stderr == b"kg: no conflict matches\n"
    assert kg("conflicts", path, "--kind", "taste").returncode == 2


def test_what_documents_say_cannot_drive_the_terminal(tmp_path: Path) -> None:
    with build(tmp_path, words="\x1b]0;t \u202egnol") as made:
        path = made.path
    for command in (
        ["origins", path],
        ["origins", path, "g-tower"],
        ["claims", path, "--grouped"],
        ["show", path, "g-tower"],
    ):
        text, status = on_terminal(*command)
        assert status == 0 and "gnol" in text
        assert "\x1b]" not in text and "\u202e" not in text


def test_documents_of_an_earlier_version_are_said_to_be_compared_with_none(path: Path, tmp_path: Path) -> None:
    """A case made before documents had tables: no conflict is found there, and that is no answer."""
    old = tmp_path / "case"
    shutil.copytree(path, old)
    manifest = CaseFolder(old).read()
    assert manifest is not None
    without = {key: replace(entry, table="") for key, entry in manifest.documents.items()}
    (old / "case.json").write_bytes(replace(manifest, documents=without).dump())
    for words in (("conflicts",), ("origins",), ("claims", "--grouped")):
        told = kg(words[0], old, *words[1:]).stderr.decode()
        assert "4 of 4 documents" in told and "earlier version" in told and "build them again" in told
        assert "earlier version" not in kg(words[0], path, *words[1:]).stderr.decode()
