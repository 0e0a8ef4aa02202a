"""The effects: which files there are below some paths, and their bytes. Nothing here waits for a pipe or a device."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.loaders.content import MAX_BYTES, UnreadableError

MANIFEST = "manifest.csv"
"""The file of a folder that describes its documents; never itself a document."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What lies below some paths: the files to read, sorted, and what is passed over, each with one line why."""

    files: tuple[Path, ...]
    skipped: tuple[tuple[Path, str], ...]


def shown(path: str | Path) -> str:
    """A path as one printable line: line ends, control characters and undecodable bytes are written as escapes."""
    text = str(path)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def read_bytes(path: Path) -> bytes:
    """All bytes of a regular file of at most `MAX_BYTES`. Raises UnreadableError; never blocks."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        check_file(path.stat())  # before opening: to open a device may already do something
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - pathlib cannot open without blocking
            check_file(os.fstat(file.fileno()))
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(why(error)) from None
    if len(data) > MAX_BYTES:  # it grew, or its size is not what the system says
        raise UnreadableError(f"is larger than {MAX_BYTES // 1_000_000} MB; split it into parts")
    return data


def check_file(status: os.stat_result) -> None:
    """Raises UnreadableError unless it is a regular file of at most `MAX_BYTES`."""
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableError("is a folder; give a file")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("is no regular file (a pipe, a socket or a device); copy what it gives into a file")
    if status.st_size > MAX_BYTES:
        size, limit = status.st_size / 1e6, MAX_BYTES // 1_000_000
        raise UnreadableError(f"is {size:,.1f} MB, more than the {limit} MB that are read; split it into parts")


def why(error: OSError | ValueError) -> str:
    """What the system's refusal means and what to do."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "is not there; check the path"
        case PermissionError():
            return "may not be read; change its permissions"
        case OSError():
            return f"cannot be read ({error.strerror or type(error).__name__}); check the file"
        case _:  # a NUL in the path
            return "is no path; check it"


def walk(paths: Sequence[Path], suffixes: Collection[str], exclude: Collection[Path] = ()) -> Walk:
    """The files named in `paths` and those with one of `suffixes` in the folders named, at any depth.

    A file named explicitly is kept whatever its format, except a manifest. In folders, hidden files and folders,
    manifests, the README beside a manifest and the folders in `exclude` are passed over without a word; files of
    other formats, dead links and folders that may not be read are listed as skipped. Links are followed; a
    folder reached twice is walked once.
    """
    walker = _Walker(suffixes, exclude)
    for path in sorted(set(paths)):
        walker.take(path)
    kept = set(walker.files)
    skipped = [item for item in sorted(walker.skipped.items()) if _absolute(item[0]) not in kept]
    return Walk(tuple(sorted(walker.files.values())), tuple(skipped))


class _Walker:
    def __init__(self, suffixes: Collection[str], exclude: Collection[Path]) -> None:
        self.suffixes = suffixes
        self.files: dict[str, Path] = {}  # by absolute path, so that a file named twice is read once
        self.skipped: dict[Path, str] = {}
        self.seen: set[tuple[int, int]] = set()
        for folder in exclude:
            try:
                self._first_time(folder.stat())
            except (OSError, ValueError):
                continue  # an excluded folder that is not there excludes nothing

    def take(self, path: Path) -> None:
        """A path that the user named."""
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            self._skip(path, why(error))
            return
        if not stat.S_ISDIR(status.st_mode):
            if path.name != MANIFEST:  # as in "build data/*", where the shell names it
                self._keep(path)
        elif self._first_time(status):
            found = len(self.files)
            self._below(path)
            if len(self.files) == found:
                self._skip(path, f"holds no document; documents end in {', '.join(sorted(self.suffixes))}")

    def _below(self, folder: Path) -> None:
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                entries = sorted(here.iterdir())
            except OSError as error:
                self._skip(here, why(error))
                continue
            waiting += [entry for entry in entries if self._entry(entry)]

    @staticmethod
    def _describes(path: Path) -> bool:
        """Whether a file is the README of a corpus with a manifest: it speaks of the documents and is none of them."""
        return path.stem.upper() == "README" and (path.parent / MANIFEST).is_file()

    def _entry(self, path: Path) -> bool:
        """Keep or skip what a folder holds; true if it is a folder to be walked."""
        if path.name.startswith(".") or path.name == MANIFEST or self._describes(path):
            return False
        try:
            status = path.stat()
        except OSError as error:
            self._skip(path, why(error))
            return False
        if stat.S_ISDIR(status.st_mode):
            return self._first_time(status)
        if path.suffix.lower() in self.suffixes:
            self._keep(path)
        else:
            self._skip(path, unknown(path.suffix, self.suffixes))
        return False

    def _keep(self, path: Path) -> None:
        self.files.setdefault(_absolute(path), path)

    def _skip(self, path: Path, reason: str) -> None:
        self.skipped[path] = f"{shown(path)}: {reason}"

    def _first_time(self, status: os.stat_result) -> bool:
        key = (status.st_dev, status.st_ino)
        known = key in self.seen
        self.seen.add(key)
        return not known


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - no link is resolved: a link's own name is the name


def unknown(suffix: str, suffixes: Collection[str]) -> str:
    """Why a file with this suffix is not read."""
    named = f"is of an unknown format ({shown(suffix)})" if suffix else "has no suffix that tells its format"
    return f"{named}; save it as one of {', '.join(sorted(suffixes))}"
