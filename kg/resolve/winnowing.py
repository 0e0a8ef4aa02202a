"""Reused text: fingerprints of a document, and the passages that two documents share.

Winnowing (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document fingerprinting"): of every WINDOW
successive hashes of GRAM words the least is kept, so a shared run of GRAM + WINDOW - 1 words is always found, and none
shorter than GRAM words ever.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from kg.document import Span

GRAM: Final = 6
"""Words that are hashed together: shorter runs are no reuse."""
WINDOW: Final = 5
"""Hashes of which one is kept."""
GAP: Final = 4
"""Words that two runs may be apart, in both documents, and still be one passage: a light edit."""
LEAST: Final = 10
"""Words of a passage."""
REPEATED: Final = 8
"""Places of one hash in a document from which it is repeated: a line that comes back, one word over and over."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MASK: Final = (1 << 32) - 1
_BASE: Final = 0x01000193


class Fingerprint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A hash of GRAM words: their place among the document's words and their characters."""

    hash: int
    word: int
    start: int
    end: int


def fingerprints(text: str) -> tuple[Fingerprint, ...]:
    """The fingerprints of a text, in order. Case, punctuation and white space do not matter."""
    words = [(m[0].casefold().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]
    hashes = list(_rolling([zlib.crc32(word.encode()) for word, _, _ in words]))
    return tuple(Fingerprint(hashes[i], i, words[i][1], words[i + GRAM - 1][2]) for i in _winnowed(hashes))


def _rolling(words: Sequence[int]) -> Iterator[int]:
    """A hash of every GRAM successive words (Karp and Rabin)."""
    top = pow(_BASE, GRAM - 1, _MASK + 1)
    value = 0
    for i, word in enumerate(words):
        if i >= GRAM:
            value = (value - words[i - GRAM] * top) & _MASK
        value = (value * _BASE + word) & _MASK
        if i >= GRAM - 1:
            yield value


def _winnowed(hashes: Sequence[int]) -> Iterator[int]:
    """Places of the least hash of every WINDOW, the rightmost of equals; each place once, in order."""
    least: deque[int] = deque()
    last = -1
    for i, value in enumerate(hashes):
        while least and hashes[least[-1]] >= value:
            least.pop()
        least.append(i)
        if least[0] <= i - WINDOW:
            least.popleft()
        if i >= min(WINDOW, len(hashes)) - 1 and least[0] != last:
            last = least[0]
            yield last


def passages(ours: Sequence[Fingerprint], theirs: Mapping[int, Sequence[Fingerprint]]) -> list[tuple[Span, Span, int]]:
    """The passages that two documents share: spans in both, and how many words they cover, in the order of the first.

    `theirs` are the fingerprints of the second by hash, in order. Runs of matches that advance alike in both documents are one
    passage. Of what is repeated, the first places are looked at and those after the end of the longest passage so far.
    """
    found: list[list[Fingerprint]] = []  # first and last match, ours and theirs
    open_: dict[int, list[Fingerprint]] = {}  # by how far apart the documents' words are
    longest: list[Fingerprint] = []
    for one in ours:
        for other in _places(theirs.get(one.hash, ()), longest[3].word if longest else -1):
            shift = other.word - one.word
            run = next((open_[s] for s in range(shift - GAP, shift + GAP + 1) if s in open_), None)
            if (
                run
                and one.word - run[1].word <= GRAM + WINDOW + GAP
                and 0 < other.word - run[3].word <= GRAM + WINDOW + GAP
            ):
                run[1], run[3] = one, other
                open_[shift] = run
            else:
                open_[shift] = run = [one, one, other, other]
                found.append(run)
            if not longest or run[1].word - run[0].word > longest[1].word - longest[0].word:
                longest = run
    out = [
        (Span(a.start, b.end), Span(c.start, d.end), b.word + GRAM - a.word)
        for a, b, c, d in found
        if b.word + GRAM - a.word >= LEAST
    ]
    return _apart(out)


def _places(theirs: Sequence[Fingerprint], last: int) -> Iterator[Fingerprint]:
    """Where a hash stands in the second document, in order; of many places `REPEATED` first ones and as many after word `last`.

    All of them would be the product of what both documents repeat: minutes for two lists that say one line a thousand times.
    """
    yield from theirs[:REPEATED]
    if len(theirs) > REPEATED:
        after = bisect_right(theirs, last, key=lambda one: one.word)
        yield from theirs[max(REPEATED, after) : after + REPEATED]


def _apart(found: list[tuple[Span, Span, int]]) -> list[tuple[Span, Span, int]]:
    """Passages none of which overlaps a longer one, in either document."""
    kept: list[tuple[Span, Span, int]] = []
    ours: list[Span] = []
    theirs: list[Span] = []
    for one in sorted(found, key=lambda p: (-p[2], p[0], p[1])):
        if _is_free(one[0], ours) and _is_free(one[1], theirs):
            kept.append(one)
            insort(ours, one[0])
            insort(theirs, one[1])
    return sorted(kept, key=lambda p: (p[0], p[1]))


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span overlaps none of `taken`, which are sorted and apart from each other."""
    at = bisect_left(taken, span)
    return not any(span.overlaps(one) for one in taken[max(0, at - 1) : at + 1])
