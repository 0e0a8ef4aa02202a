"""Comparisons that were made before, so that a document more costs only what it touches.

A comparison is found again by a hash of all that decides it: both claims as they are compared. So what is remembered can never
change a result, and what no longer occurs is forgotten.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Final

import msgspec

from kg.resolve.compare import Comparison, compare
from kg.resolve.statement import Statement, Story

FORMAT: Final = 1
_DIGEST: Final = 16
"""Bytes of a hash."""


class _File(msgspec.Struct, array_like=True):
    version: str
    nothing: bytes
    found: dict[int, Comparison]


@functools.cache
def _code() -> str:
    """A hash of the modules that decide a comparison: what others found is forgotten."""
    folder = Path(__file__).parent
    names = (
        "aboutness.py",
        "clock.py",
        "compare.py",
        "dates.py",
        "differences.py",
        "figures.py",
        "statement.py",
        "words.py",
    )
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()


class Memory:
    """Compares claims, or remembers what comparing them gave."""

    def __init__(self, data: bytes = b"") -> None:
        """`data` is what `dump` gave, or nothing; damaged data, or that of another version, is as good as nothing."""
        self._version = f"{FORMAT} {_code()}"
        self._known: dict[int, Comparison | None] = {}
        self._used: dict[int, Comparison | None] = {}
        self._signed: dict[int, bytes] = {}
        self._stories: dict[int, bytes] = {}
        self.made = 0
        """How many comparisons were made anew."""
        digest, data = data[:_DIGEST], data[_DIGEST:]
        try:  # a bit that fell over in a score would still be a score
            kept = msgspec.msgpack.decode(data, type=_File) if data and _digest(data) == digest else None
        except (msgspec.DecodeError, ValueError):
            kept = None
        if kept and kept.version == self._version and len(kept.nothing) % 8 == 0:
            codes = (int.from_bytes(kept.nothing[i : i + 8], "little") for i in range(0, len(kept.nothing), 8))
            self._known = {**dict.fromkeys(codes), **kept.found}

    def compare(self, a: Statement, b: Statement) -> Comparison | None:
        """What holds between two claims: see `kg.resolve.compare.compare`."""
        code = int.from_bytes(hashlib.blake2b(self._sign(a) + self._sign(b), digest_size=8).digest(), "little")
        if code in self._known:
            result = self._known[code]
        else:
            result = compare(a, b)
            self.made += 1
        self._used[code] = result
        return result

    def dump(self) -> bytes:
        """The comparisons that were asked for since this memory was made."""
        nothing = sorted(code for code, result in self._used.items() if result is None)
        found = {code: result for code, result in sorted(self._used.items()) if result is not None}
        packed = b"".join(code.to_bytes(8, "little") for code in nothing)
        data = msgspec.msgpack.encode(_File(self._version, packed, found))
        return _digest(data) + data

    def _sign(self, one: Statement) -> bytes:
        known = self._signed.get(one.number)
        if known is None:
            weights = [
                (term, one.weights[term]) for term in sorted(one.meanings | one.all_names) if term in one.weights
            ]
            names = sorted((kind, sorted(some)) for kind, some in one.names.items())
            parts = (one.row, names, one.speaker, one.voice, weights, one.vector.tobytes(), self._story(one.story))
            known = self._signed[one.number] = _hash(parts)
        return known

    def _story(self, story: Story) -> bytes:
        known = self._stories.get(story.number)
        if known is None:
            parts = (
                story.document,
                story.publisher,
                sorted(story.names),
                sorted(story.common),
                story.day,
                story.theme.tobytes(),
            )
            known = self._stories[story.number] = _hash(parts)
        return known


def _hash(parts: object) -> bytes:
    return _digest(msgspec.msgpack.encode(parts))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()
