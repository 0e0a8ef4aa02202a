"""`kg review` as a program on a terminal."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from tests.test_cli import ENVIRONMENT, KG

PATIENCE = 60.0
"""Seconds; a machine that does other work is slow to start a program."""


def test_it_opens_on_a_terminal_and_q_closes_it(case: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environment = ENVIRONMENT | {"TERM": "xterm-256color"}
    for fixed in ("COLUMNS", "LINES"):  # the size is the terminal's
        del environment[fixed]
    command = [*KG, "review", str(case), "--by", "Ana"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    data, end = b"", time.monotonic() + PATIENCE
    try:
        while b"quit" not in data and time.monotonic() < end:
            data += part(ours)
        assert "decided as Ana" in data.decode("utf-8", "replace")
        os.write(ours, b"q")
        data = b""
        while process.poll() is None and time.monotonic() < end:
            data += part(ours)
        data += part(ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert process.returncode == 0
    assert b"0 decided, 0 taken back" in data


def part(terminal: int) -> bytes:
    """What the program wrote meanwhile."""
    try:
        return os.read(terminal, 65536) if select.select([terminal], [], [], 0.2)[0] else b""
    except OSError:  # the program has ended
        return b""
