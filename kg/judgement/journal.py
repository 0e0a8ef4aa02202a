"""Decisions on their way into a case: each is written through to the disk at once, and taken in by the next change of the case.

What is derived across documents is computed again once for all of them. A process that is killed loses nothing: whoever changes
the case next takes in what it left. Beside the journal lies a list of what was passed over in a review.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.judgement.entries import Entry
from kg.judgement.lines import dump, parse
from kg.store.locks import take

WAIT = 5.0
"""Seconds to wait for another process that is writing to the journal, which takes a moment."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The folder `judgements/` of a case: `pending.jsonl`, `skipped`."""

    path: Path

    @property
    def file(self) -> Path:
        return self.path / "pending.jsonl"

    @property
    def skipped_file(self) -> Path:
        return self.path / "skipped"

    def read(self) -> list[Entry]:
        """The decisions that wait to be taken in. Raises KgError, naming the line, where one of them is damaged."""
        data = _bytes(self.file)
        # What comes after the last line break was never wholly written, and nobody was told that it was.
        return parse(data[: data.rfind(b"\n") + 1], str(self.file)) if data else []

    def add(self, entries: Iterable[Entry]) -> None:
        """Write decisions through to the disk, all or none of them. Raises KgError where that cannot be done."""
        data = dump(entries)
        with self._held():
            before = _bytes(self.file)
            with self.file.open("ab") as stream:
                stream.truncate(before.rfind(b"\n") + 1)
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())

    def drop(self, ids: Collection[str]) -> None:
        """Take out decisions that the case now holds."""
        if not self.file.exists():
            return
        with self._held():
            rest = [entry for entry in self.read() if entry.id not in ids]
            part = self.file.with_suffix(".part")
            if rest:
                part.write_bytes(dump(rest))
                part.replace(self.file)
            else:
                self.file.unlink(missing_ok=True)

    def skip(self, matter: tuple[str, ...]) -> None:
        """Remember that a matter was passed over: it comes last in later reviews."""
        with self._held(), self.skipped_file.open("ab") as stream:
            stream.write(matter_key(matter).encode() + b"\n")

    def skipped(self) -> dict[str, int]:
        """Keys of the matters that were passed over, each with when it was last: a number that grows."""
        lines = _bytes(self.skipped_file).decode("ascii", "replace").split("\n")
        return {line: number for number, line in enumerate(lines) if line}

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            self.path.mkdir(exist_ok=True)
            lock = take(self.path / ".lock", wait=WAIT)
            if lock is None:
                raise KgError(f"{self.path}: another process is writing judgements; try again")
            with lock:
                yield
        except OSError as error:
            raise KgError(
                f"{error.filename or self.path}: {error.strerror or error}; the judgement was not kept"
            ) from None


def matter_key(matter: tuple[str, ...]) -> str:
    """A short name for a matter."""
    return hashlib.sha256("\n".join(matter).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _bytes(file: Path) -> bytes:
    with suppress(FileNotFoundError, NotADirectoryError):
        try:
            return file.read_bytes()
        except PermissionError as error:
            raise KgError(f"{file}: {error.strerror}; make it readable") from None
    return b""
