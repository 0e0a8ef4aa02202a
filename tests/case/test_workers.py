"""Processes that read: what dies, hangs or fails costs one document."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.document import Document
from kg.records import Reading
from kg.workers import Failure, Where, can_travel, run
from tests.case.plain import read_lines, write_texts


def test_a_worker_that_dies_or_fails_costs_one_document_each(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", dead="End here.\n", dead2="End here too.\n", bad="Stop here.\n")
    report = kg.build(folder, tmp_path / "case", reader=read_lines, workers=2)
    lines = {path.name: line for path, line in report.skipped}
    assert lines.keys() == {"dead.txt", "dead2.txt", "bad.txt"}
    assert "died (exit status 7)" in lines["dead.txt"]
    assert "ZeroDivisionError: a mistake in the reader" in lines["bad.txt"]
    assert len(report.read) == 4
    assert kg.verify(tmp_path / "case").problems == ()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path, workers: int) -> None:
    folder = write_texts(tmp_path / "in", forever="Forever.\n")
    begin = time.monotonic()
    report = kg.build(folder, tmp_path / "case", reader=read_lines, workers=workers, time_limit=5)
    assert time.monotonic() - begin < 90
    line = f"{folder / 'forever.txt'}: not read after 5 seconds; split it, or leave it out"
    assert report.skipped == ((folder / "forever.txt", line),)
    assert len(report.read) == 4
    assert kg.verify(tmp_path / "case").problems == ()


def test_one_process_is_one_that_may_die(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", dead="End here.\n")
    report = kg.build(folder, tmp_path / "case", reader=read_lines, workers=1)
    assert [path.name for path, _ in report.skipped] == ["dead.txt"]
    assert len(report.read) == 4


def slow_page(blocks: int) -> str:
    """A page of short blocks outside its article: to find its main text takes time with the square of their number."""
    text = "The council said on Monday that the count of all districts is below, and that it is final for this year."
    listed = "".join(f"<div>District {n}</div>" for n in range(blocks))
    return f"<html><body><article><h1>Count</h1><p>{text}</p></article>{listed}</body></html>"


def test_a_page_that_is_slow_to_load_is_given_up(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "long.html").write_text(slow_page(60_000), encoding="utf-8")  # minutes on any machine
    (folder / "short.html").write_text(slow_page(5), encoding="utf-8")
    begin = time.monotonic()
    report = kg.build(folder, tmp_path / "case", reader=read_lines, workers=1, time_limit=15)
    assert time.monotonic() - begin < 60
    assert [path.name for path in report.read] == ["short.html"]
    assert [(path.name, "not read after 15 seconds" in line) for path, line in report.skipped] == [("long.html", True)]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no SIGALRM there")
def test_a_reader_that_cannot_leave_this_process_is_interrupted_too(tmp_path: Path) -> None:
    def reader(document: Document) -> Reading:
        if "Forever" in document.text:
            while True:
                with contextlib.suppress(Exception):
                    time.sleep(0.01)
        return read_lines(document)

    folder = write_texts(tmp_path / "in", forever="Forever.\n")
    signal.setitimer(signal.ITIMER_REAL, 500)
    try:
        report = kg.build(folder, tmp_path / "case", reader=reader, time_limit=3)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 500  # whoever set an alarm before keeps it
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    assert [(path.name, "3 seconds" in line) for path, line in report.skipped] == [("forever.txt", True)]
    assert len(report.read) == 4


@pytest.mark.parametrize("limit", [0, -1, float("nan")])
def test_no_time_is_no_limit(tmp_path: Path, limit: float) -> None:
    with pytest.raises(kg.KgError, match="more than 0"):
        kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines, time_limit=limit)


def _number(_: int) -> int:
    return os.getpid()


def _die(_: int) -> int:
    os._exit(3)


def test_a_process_is_kept_for_the_next_run_unless_it_died() -> None:
    def ask(function: Callable[[int], int], where: Where) -> list[object]:
        return [result for _, result in run(function, [("a", 1), ("b", 2)], 1, 60, where)]

    first = ask(_number, "kept")
    assert first[0] == first[1] != os.getpid()
    assert ask(_number, "kept") == first
    assert ask(_number, "apart")[0] != first[0]
    assert all(isinstance(failure, Failure) for failure in ask(_die, "kept"))
    assert ask(_number, "kept")[0] != first[0]


SCRIPT = """
import kg
from kg.records import Reading

def reader(document):
    return Reading(document)

report = kg.build({folder!r}, {case!r}, reader=reader)
print(len(report.read))
try:
    kg.build({folder!r}, {case!r} + "2", reader=reader, workers=2)
except kg.KgError as error:
    print(error)
from tests.case.plain import read_lines
print(len(kg.build({folder!r}, {case!r} + "3", reader=read_lines, workers=2).read))
"""


def test_a_plain_script_can_build(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", long="It is so.\n" * 9000)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(folder=str(folder), case=str(tmp_path / "case")), encoding="utf-8")
    environment = {"PYTHONPATH": ":".join([str(Path.cwd()), *sys.path])}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, third = done.stdout.splitlines()
    assert (first, third) == ("5", "5")
    assert "put it in a module" in second


def test_what_can_be_sent_to_a_process() -> None:
    assert can_travel(read_lines)
    assert not can_travel(lambda document: read_lines(document))


def test_no_workers_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match="at least one"):
        kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines, workers=0)
