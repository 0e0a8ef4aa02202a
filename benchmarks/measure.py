"""Time and peak memory of a process with its children."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVERY = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has ended: wall-clock seconds, peak resident bytes of it and its children, what it printed."""

    seconds: float
    peak: int
    code: int
    output: str
    errors: str


def run(command: Sequence[str]) -> Ran:
    """Run a command in the root of the repo. The peak is 0 where there is no /proc to read it from.

    Pages that two processes share are counted twice, so the peak is an upper bound.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    ended, peaks = threading.Event(), [0]

    def watch() -> None:
        while not ended.wait(EVERY):
            peaks[0] = max(peaks[0], sum(_resident(pid) for pid in _family(process.pid)))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    output, errors = process.communicate()
    seconds = time.perf_counter() - begin
    ended.set()
    watcher.join()
    return Ran(seconds, peaks[0], process.returncode, output, errors)


def kg(*arguments: str | Path) -> Ran:
    """Run the command line of kg in a fresh process. Raises RuntimeError, with what it said, where it fails."""
    done = run([sys.executable, "-m", "kg.cli", *map(str, arguments)])
    if done.code:
        raise RuntimeError(f"kg {arguments[0]} ended with {done.code}: {done.errors.strip()[-500:]}")
    return done


def median(values: Iterable[float]) -> float:
    """The middle value (the lower one of two)."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found.extend(map(int, (task / "children").read_text().split()))
        except OSError:  # it has ended
            continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
