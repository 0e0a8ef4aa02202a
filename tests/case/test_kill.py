"""A build that is killed leaves the last good case, and the next build goes on from there."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg
from tests.case.plain import read_lines, state, write_texts

BUILD = """
import sys, kg
from tests.case.plain import read_lines
kg.build(sys.argv[1], sys.argv[2], reader=read_lines, workers=int(sys.argv[3]))
"""
SLOW = {"bridge": "Dora Fox said the bridge is open. Slowly.\n", "new": "Ada Moreno said it again. Slowly.\n"}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, the documents that change it, and what it is before and after."""
    root = tmp_path_factory.mktemp("kill")
    kg.build(write_texts(root / "in"), root / "before", reader=read_lines)
    write_texts(root / "in", **SLOW)
    (root / "in" / "manifest.csv").write_text("file,publisher\nlake.md,Lake Post\n", encoding="utf-8")
    shutil.copytree(root / "before", root / "after")
    kg.build(root / "in", root / "after", reader=read_lines)
    return root


def _start(ready: Path, case: Path, workers: int = 1) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", BUILD, str(ready / "in"), str(case), str(workers)]
    return subprocess.Popen(command, cwd=Path.cwd(), stderr=subprocess.PIPE)


def _check(ready: Path, case: Path, *, new: bool = False) -> None:
    """The case is good, and what it was before or what it is to be; a build brings it there and tidies up."""
    before, after = {} if new else state(ready / "before"), state(ready / "after")
    if new and not (case / "case.json").exists() and not (case / "commit").exists():
        with pytest.raises(kg.KgError, match="no case here"):
            kg.open(case)
    else:
        report = kg.verify(case)
        assert report.problems == ()
        with kg.open(case) as opened:
            assert len(opened.store) > 100
        now = state(case)
        named = before if now["case.json"] == before.get("case.json") else after
        assert named.items() <= now.items()
    kg.build(ready / "in", case, reader=read_lines)
    assert state(case) == after
    assert {path.name for path in case.iterdir()} == {"case.json", "sources", "graphs", "tables", "index", ".lock"}
    assert len([path for path in (case / "index").iterdir() if path.is_dir()]) == 1
    assert kg.verify(case).problems == ()


def _any(folder: Path, pattern: str) -> bool:
    return next(iter(folder.glob(pattern)), None) is not None


POINTS: dict[str, Callable[[Path], bool]] = {
    "locked": lambda case: (case / ".lock").exists(),
    "keeping sources": lambda case: len(list((case / "sources").glob("*"))) > 4,
    "reading": lambda case: _any(case, "next/graphs/*.nq"),
    "derived graph": lambda case: _any(case, "next/graphs/derived.nq"),
    "indexing": lambda case: _any(case, "index/tmp-*"),
    "indexed": lambda case: len(list((case / "index").glob("[0-9a-f]*"))) > 1,
    "commit": lambda case: _any(case, "next/case.json") or _any(case, "commit"),
}


@pytest.mark.parametrize("point", POINTS)
def test_killed_at(ready: Path, tmp_path: Path, point: str) -> None:
    case = tmp_path / "case"
    shutil.copytree(ready / "before", case)
    (case / ".lock").unlink()
    process = _start(ready, case)
    while process.poll() is None and not POINTS[point](case):
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _check(ready, case)


@pytest.mark.parametrize("point", ["locked", "reading", "indexing"])
def test_a_first_build_killed_at(ready: Path, tmp_path: Path, point: str) -> None:
    case = tmp_path / "case"
    process = _start(ready, case)
    while process.poll() is None and not (case.exists() and POINTS[point](case)):
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _check(ready, case, new=True)


def test_killed_with_workers_they_end_too_and_quietly(ready: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    process = _start(ready, case, workers=2)
    while process.poll() is None and not _any(case, "next/graphs/*.nq"):
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    # The workers hold the other end of standard error: it ends when they do.
    _, said = process.communicate(timeout=10)
    assert said == b""
    _check(ready, case, new=True)


def _stages(ready: Path, case: Path) -> Iterator[None]:
    """The case after each of the renames that put a new state in place, as a kill between them leaves it."""
    old, new = ready / "before", ready / "after"
    files = sorted(file.relative_to(new) for part in ("graphs", "tables") for file in (new / part).iterdir())
    moved = [file for file in files if _bytes(new / file) != _bytes(old / file)]
    assert {file.parent.name for file in moved} == {"graphs", "tables"}
    for done in (0, 1, len(moved) // 2, len(moved), len(moved) + 1):
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(old, case)
        shutil.copytree(new / "sources", case / "sources", dirs_exist_ok=True)
        for part in ("graphs", "tables"):
            (case / "commit" / part).mkdir(parents=True)
        for number, file in enumerate(moved):
            shutil.copy(new / file, (case if number < done else case / "commit") / file)
        shutil.copy(new / "case.json", case if done > len(moved) else case / "commit")
        yield


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def test_what_was_committed_is_finished_by_whoever_opens_the_case(ready: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    for _ in _stages(ready, case):
        with kg.open(case) as opened:
            assert not (case / "commit").exists()
            assert state(ready / "after").items() <= state(case).items()
            assert len(opened.store) > 100
    for _ in _stages(ready, case):
        assert kg.verify(case).problems == ()
    for _ in _stages(ready, case):
        kg.remove(case, "lake")
        assert kg.verify(case).problems == ()


def test_two_builds_do_not_mix(ready: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    process = _start(ready, case)
    while process.poll() is None and not _any(case, "next/graphs/*.nq"):
        time.sleep(0.001)
    process.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(kg.KgError, match="another process"):
            kg.build(ready / "in", case, reader=read_lines)
        with pytest.raises(kg.KgError):
            kg.remove(case, "lake")
    finally:
        process.send_signal(signal.SIGCONT)
    assert process.wait(30) == 0
    process.communicate()
    assert state(case) == state(ready / "after")
