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

import kg.reader as reading
from kg.reader import model_sha256
from kg.resolve.statement import Statement, Story
from kg.resolve.verdict import Comparison

FORMAT: Final = 2
_ODD: Final = 0x9E3779B97F4A7C15
"""By which the first claim's hash is multiplied, so that turning two claims round gives another number."""
_MASK: Final = (1 << 64) - 1
_DIGEST: Final = 16
"""Bytes of a hash."""


class _File(msgspec.Struct, array_like=True):
    version: str
    nothing: bytes
    found: dict[int, Comparison]


@functools.cache
def _version() -> str:
    """What decides a comparison, the modules beside this one and the model that reads: what others found is forgotten."""
    beside = sorted(Path(__file__).parent.glob("*.py"))
    reader = [Path(reading.__file__).parent / name for name in ("network.py", "pairs.py")]
    code = hashlib.sha256(b"".join(file.read_bytes() for file in (*beside, *reader)))
    return f"{FORMAT} {code.hexdigest()} {model_sha256()}"


class Memory:
    """What comparing claims gave."""

    def __init__(self, data: bytes = b"") -> None:
        """`data` is what `dump` gave, or nothing; damaged data, or that of another version, is as good as nothing."""
        self._version = _version()
        self._known: dict[int, Comparison | None] = {}
        self._used: dict[int, Comparison | None] = {}
        self._signed: dict[int, tuple[Statement, int]] = {}
        self._stories: dict[int, tuple[Story, bytes]] = {}
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

    def recall(self, a: Statement, b: Statement) -> tuple[bool, Comparison | None]:
        """Whether it is remembered what comparing two claims gave, and what."""
        code = self._code(a, b)
        if code not in self._known:
            return False, None
        result = self._used[code] = self._known[code]
        return True, result

    def keep(self, a: Statement, b: Statement, result: Comparison | None) -> None:
        """Remember what comparing two claims gave."""
        self._used[self._code(a, b)] = result
        self.made += 1

    def _code(self, a: Statement, b: Statement) -> int:
        return (self._sign(a) * _ODD + self._sign(b)) & _MASK

    def dump(self) -> bytes:
        """The comparisons that were asked for since this memory was made."""
        nothing = sorted(code for code, result in self._used.items() if result is None)
        found = {code: result for code, result in sorted(self._used.items()) if result is not None}
        packed = b"".join(code.to_bytes(8, "little") for code in nothing)
        data = msgspec.msgpack.encode(_File(self._version, packed, found))
        return _digest(data) + data

    def _sign(self, one: Statement) -> int:
        known = self._signed.get(one.number)
        if known is None or known[0] is not one:  # numbers are those of one call
            weights = [
                (term, one.weights[term]) for term in sorted(one.meanings | one.all_names) if term in one.weights
            ]
            names = sorted((kind, sorted(some)) for kind, some in one.names.items())
            of = sorted(
                (p.entity, one.entity(p.entity)) for said in one.row.propositions for p in said.parts if p.entity
            )
            known_by = (names, of, sorted(one.meanings), one.speaker, one.judged, one.voice)
            parts = (one.row, known_by, weights, one.vector.tobytes(), self._story(one.story))
            known = self._signed[one.number] = one, int.from_bytes(_hash(parts)[:8], "little")
        return known[1]

    def _story(self, story: Story) -> bytes:
        known = self._stories.get(story.number)
        if known is None or known[0] is not story:
            parts = (
                story.document,
                story.publisher,
                sorted(story.names),
                sorted(story.common),
                story.day,
                story.theme.tobytes(),
            )
            known = self._stories[story.number] = story, _hash(parts)
        return known[1]


def _hash(parts: object) -> bytes:
    return _digest(msgspec.msgpack.encode(parts))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()
