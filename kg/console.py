"""What the command line writes: cleaned for a terminal, as it is for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from kg.query import Result


def note(message: str) -> None:
    """A line on standard error; what a document or file name brings with it cannot drive the terminal."""
    from kg.query.plain import clean

    sys.stderr.write(clean(message) + "\n")
    sys.stderr.flush()


def write(data: str | bytes) -> None:
    """Write to standard output: as it is for programs, with control characters made visible on a terminal."""
    from kg.query.plain import clean

    if sys.stdout.isatty():
        data = clean(data if isinstance(data, str) else data.decode("utf-8", "replace"))
    if isinstance(data, str):
        sys.stdout.write(data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_line(line: str) -> int:
    """Write one line; 1, to be counted."""
    write(line + "\n")
    return 1


def write_result(result: Result, format: str = "table") -> None:
    if format != "table":
        write(result.to_bytes(format))
    elif sys.stdout.isatty():
        import shutil

        # Cleaned cell by cell: what is left that drives the terminal is our own colours.
        sys.stdout.write(result.to_table(shutil.get_terminal_size().columns, colored()))
    else:
        write(result.to_table())


def colored() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def output(path: Path | None) -> Iterator[IO[bytes]]:
    """Where a command writes: a file that appears when it is whole, or standard output."""
    import io

    if path is None:
        buffer = io.BytesIO()
        if sys.stdout.isatty():
            yield buffer
            write(buffer.getvalue())
        else:
            sys.stdout.flush()
            yield sys.stdout.buffer
        return
    path = path.resolve()  # what a link points to is written, not the link
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:  # a device or a pipe: nothing to put in its place
            yield stream
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
