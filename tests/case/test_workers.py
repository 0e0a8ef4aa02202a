"""Processes that read: what dies, hangs or fails costs one document."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.workers import can_travel
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


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", forever="Forever.\n")
    begin = time.monotonic()
    report = kg.build(folder, tmp_path / "case", reader=read_lines, workers=2, time_limit=3)
    assert time.monotonic() - begin < 90
    assert [(path.name, "3 seconds" in line) for path, line in report.skipped] == [("forever.txt", True)]
    assert len(report.read) == 4


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
