"""Judgements as JSON Lines, one a line, sorted: to be sent to a colleague, kept under version control, and put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from kg.errors import KgError
from kg.judgement.entries import Entry, check

LONGEST_LINE: Final = 1 << 20
"""Bytes of a line: more is no judgement."""

_DECODER: Final = msgspec.json.Decoder(Entry)
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


def dump(entries: Iterable[Entry]) -> bytes:
    """The entries, once each, in the order in which they were made: the same entries give the same bytes."""
    ordered = sorted({entry.id: entry for entry in entries}.values(), key=lambda entry: (entry.at, entry.id))
    return b"".join(_ENCODER.encode(msgspec.to_builtins(entry)) + b"\n" for entry in ordered)


def parse(data: bytes, name: str) -> list[Entry]:
    """The entries of a file, once each, in its order; blank lines are passed over.

    Raises KgError, naming `name` and the line, where one is not a judgement as this program writes it.
    """
    found: dict[str, Entry] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            entry = _parse(line, f"{name}, line {number}")
            found.setdefault(entry.id, entry)
    return list(found.values())


def _parse(line: bytes, where: str) -> Entry:
    if len(line) > LONGEST_LINE:
        raise KgError(f"{where}: longer than {LONGEST_LINE:,} bytes; not a judgement")
    try:
        entry = _DECODER.decode(line)
        check(entry)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        said = " ".join(str(error).split())
        raise KgError(f"{where}: not a judgement: {said}; correct the line or take it out") from None
    return entry
