"""Advisory file locks that end with the process that holds them, however it ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover - not run where the tests run
    import msvcrt
else:
    import fcntl

PAUSE = 0.02
"""Seconds between two attempts to get a lock that somebody else holds."""


class Lock:
    """A lock that is held until `close`, or until the process ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def is_of(self, path: Path) -> bool:
        """Whether the locked file is still the one at `path` (it may have been renamed or replaced meanwhile)."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), path.stat())
        except OSError:
            return False

    def close(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def take(path: Path, *, shared: bool = False, wait: float = 0.0) -> Lock | None:
    """Lock the file `path`, which is made if it is not there; None if another holds it for longer than `wait` seconds.

    A shared lock is held by any number of readers at once. Raises OSError if the file can neither be made nor opened.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        if not path.exists():
            raise
        descriptor = os.open(path, os.O_RDONLY)  # a read-only file system: locks need no write access
    lock, end = Lock(descriptor), time.monotonic() + wait
    while not _try(descriptor, shared):
        if time.monotonic() >= end:
            lock.close()
            return None
        time.sleep(PAUSE)
    return lock


def _try(descriptor: int, shared: bool) -> bool:
    try:
        if sys.platform == "win32":  # pragma: no cover
            # No shared locks there; an open index cannot be deleted anyway, which is what they are for.
            if not shared:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
