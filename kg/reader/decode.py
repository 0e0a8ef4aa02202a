"""From scores to spans and links: Viterbi over paragraphs, then each content chooses its cue and each cue its source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.reader.features import IntArray
from kg.reader.labels import ATTRIBUTION_TAGS, ENTITY_TAGS

Floats = npt.NDArray[np.float32]
Words = tuple[int, int]
"""A span of words, end exclusive."""

LINK: Final = 64
"""Dimensions of a word's vector in each of its four roles in a link."""
BUCKETS: Final = 19
"""Signed logarithmic buckets of the distance between two spans."""
REACH: Final = 160
"""Words between a cue and what it may be linked with, at most."""
PADDED: Final = 20_000
"""Words, padding counted, that are decoded side by side."""
FAINT: Final = np.float32(0.5)
"""The least score of a word that may be a place inside another name."""
FORBIDDEN: Final = np.float32(-1e4)


def viterbi(emissions: Floats, bounds: Sequence[Words], transitions: Floats, first: Floats, last: Floats) -> IntArray:
    """The best tag of every word, (words,), each stretch of `bounds` decoded on its own, many side by side.

    `emissions` (words, tags), `transitions` (tags, tags) from row to column, `first` and `last` (tags,) at a stretch's ends.
    """
    tags = np.zeros(len(emissions), np.int64)
    chunk: list[Words] = []
    for one in sorted(bounds, key=lambda b: (b[1] - b[0], b)):
        if chunk and (len(chunk) + 1) * (one[1] - one[0]) > PADDED:
            _viterbi(chunk, emissions, transitions, first, last, tags)
            chunk = []
        chunk.append(one)
    if chunk:
        _viterbi(chunk, emissions, transitions, first, last, tags)
    return tags


def _viterbi(
    bounds: Sequence[Words], emissions: Floats, transitions: Floats, first: Floats, last: Floats, tags: IntArray
) -> None:
    lengths = np.asarray([b - a for a, b in bounds])
    size, width = int(lengths.max()), emissions.shape[1]
    padded = np.zeros((size, len(bounds), width), np.float32)
    for row, (a, b) in enumerate(bounds):
        padded[: b - a, row] = emissions[a:b]
    best = padded[0] + first
    back = np.zeros((size, len(bounds), width), np.int64)
    final = best + last
    for t in range(1, size):
        steps = best[:, :, None] + transitions
        back[t] = steps.argmax(1)
        best = steps.max(1) + padded[t]
        alive = lengths == t + 1
        final[alive] = best[alive] + last
    rows = np.arange(len(bounds))
    state = final.argmax(1)
    path = np.zeros((size, len(bounds)), np.int64)
    for t in range(size - 1, -1, -1):
        inside = t < lengths
        path[t] = state
        if t:
            state = np.where(inside, back[t, rows, state], state)
    for row, (a, b) in enumerate(bounds):
        tags[a:b] = path[: b - a, row]


def paragraphs(gaps: IntArray) -> list[Words]:
    """Stretches of words between paragraph breaks (a blank line); a single newline does not end one."""
    cuts = [0, *(int(i) for i in np.flatnonzero(gaps == 3) if i), len(gaps)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def spans(tags: IntArray, names: Sequence[str], bounds: Sequence[Words]) -> list[tuple[str, int, int]]:
    """(type, first word, end) of each run of B and I tags; an I without a B begins a span, and no span leaves its stretch."""
    found: list[tuple[str, int, int]] = []
    for a, b in bounds:
        kind, begin = "", a
        for i in range(a, b + 1):
            prefix, _, here = names[tags[i]].partition("-") if i < b else ("O", "", "")
            if kind and (prefix != "I" or here != kind):
                found.append((kind, begin, i))
                kind = ""
            if prefix != "O" and not kind:
                kind, begin = here, i
    return found


def attribution_spans(scores: Floats, gaps: IntArray, arrays: dict[str, Floats]) -> list[tuple[str, int, int]]:
    """Sources, cues and contents, in order."""
    bounds = paragraphs(gaps)
    tags = viterbi(scores, bounds, arrays["crf"], arrays["crf_start"], arrays["crf_end"])
    return spans(tags, ATTRIBUTION_TAGS, bounds)


def _entity_transitions() -> tuple[Floats, Floats]:
    size = len(ENTITY_TAGS)
    steps, first = np.zeros((size, size), np.float32), np.zeros(size, np.float32)
    for j, tag in enumerate(ENTITY_TAGS):
        if tag.startswith("I-"):
            first[j] = FORBIDDEN
            for i, before in enumerate(ENTITY_TAGS):
                if before[2:] != tag[2:]:
                    steps[i, j] = FORBIDDEN
    return steps, first


ENTITY_STEPS, ENTITY_FIRST = _entity_transitions()


def entity_spans(scores: Floats, sentences: Sequence[Words]) -> list[tuple[str, int, int]]:
    """Named entities, in order, none across a sentence boundary."""
    tags = viterbi(scores, sentences, ENTITY_STEPS, ENTITY_FIRST, np.zeros(len(ENTITY_TAGS), np.float32))
    return spans(tags, ENTITY_TAGS, sentences)


def place_scores(scores: Floats) -> dict[int, float]:
    """Word → score of its being a word of a place, whatever else it was taken for; those that score `FAINT` or more.

    In "University of Oslo" all three are read as an organization's; the second choice for "Oslo" is a place.
    """
    places = scores[:, [ENTITY_TAGS.index("B-place"), ENTITY_TAGS.index("I-place")]].max(1)
    return {int(i): round(float(places[i]), 4) for i in np.flatnonzero(places >= FAINT)}


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution in words: its cue (None where the text has none), its sources and its contents."""

    cue: Words | None
    sources: tuple[Words, ...]
    contents: tuple[Words, ...]


def link(
    found: Sequence[tuple[str, int, int]],
    vectors: Floats,
    arrays: dict[str, Floats],
    sentences: Sequence[Words] = (),
) -> list[Linked]:
    """Attributions from spans: every content takes the cue that scores best, every cue its best source or none.

    `vectors` is (words, 4 × 64). A source that no cue takes goes to the nearest cue without one; what remains stands alone.
    Where `sentences` are given, a cue does not go without what stands in its own sentence and was given to one of another.
    """
    cues = [(a, b) for kind, a, b in found if kind == "cue"]
    sources = [(a, b) for kind, a, b in found if kind == "source"]
    contents = [(a, b) for kind, a, b in found if kind == "content"]
    roles = vectors.reshape(len(vectors), 4, LINK)
    chosen: list[list[Words]] = [[] for _ in cues]
    for i, cue in enumerate(cues):
        near = [sources[k] for k in _near(cue, sources)]
        asker = _vector(roles, 0, cue)
        best, score = None, float(asker @ arrays["no_source"])
        for source in near:
            value = float(asker @ _vector(roles, 1, source) + arrays["source_distance"][bucket(cue, source)])
            if value > score:
                best, score = source, value
        if best:
            chosen[i].append(best)
    held: list[list[Words]] = [[] for _ in cues]
    loose: list[Linked] = []
    for content in contents:
        near_cues = _near(content, cues)
        values = [
            float(_vector(roles, 3, content) @ _vector(roles, 2, cues[k]))
            + float(arrays["content_distance"][bucket(content, cues[k])])
            for k in near_cues
        ]
        if values:
            held[near_cues[int(np.argmax(values))]].append(content)
        else:
            loose.append(Linked(None, (), (content,)))
    if sentences:
        _stay_home(cues, held, chosen, sources, sentences)
    _adopt(sources, cues, chosen)
    taken = {source for some in chosen for source in some}
    loose += [Linked(None, (source,), ()) for source in sources if source not in taken]
    full = [Linked(cue, tuple(chosen[i]), tuple(held[i])) for i, cue in enumerate(cues)]
    return sorted([*full, *loose], key=lambda one: min([*one.sources, *one.contents, *([one.cue] if one.cue else [])]))


def _stay_home(
    cues: list[Words],
    held: list[list[Words]],
    chosen: list[list[Words]],
    sources: list[Words],
    sentences: Sequence[Words],
) -> None:
    """Give a cue that went without a content, or took a source from elsewhere, what stands in its own sentence."""
    starts = [a for a, _ in sentences]

    def home(span: Words) -> int:
        return bisect_right(starts, span[0])

    for i, cue in enumerate(cues):
        rivals = [k for k in range(max(0, i - 2), min(len(cues), i + 3)) if home(cues[k]) != home(cue)]
        if not held[i]:
            for k in rivals:
                ours = [content for content in held[k] if home(content) == home(cue)]
                if ours and len(ours) < len(held[k]):
                    held[i] += ours
                    held[k] = [content for content in held[k] if content not in ours]
        taken = {source for some in chosen for source in some}
        free = [
            s for s in sources[max(0, bisect_left(sources, cue) - 3) :][:6] if s not in taken and home(s) == home(cue)
        ]
        if chosen[i] and home(chosen[i][0]) != home(cue) and len(free) == 1:
            others = [k for k in rivals if home(cues[k]) == home(chosen[i][0])]
            if any(chosen[k] == chosen[i] for k in others):
                chosen[i] = free


def nested(
    outer: Sequence[Linked], found: Sequence[tuple[str, int, int]], vectors: Floats, arrays: dict[str, Floats]
) -> list[Linked]:
    """Whole attributions (a cue and a content) among the inner spans `found`, each inside one content of `outer`."""
    inner: list[Linked] = []
    starts = [a for _, a, _ in found]
    for a, b in sorted({content for one in outer for content in one.contents}):
        held = [s for s in found[bisect_left(starts, a) : bisect_left(starts, b)] if s[2] <= b and s[2] - s[1] < b - a]
        if any(kind == "cue" for kind, _, _ in held):
            inner += [one for one in link(held, vectors, arrays) if one.cue and one.contents]
    return inner


def _near(span: Words, others: Sequence[Words], reach: int = REACH) -> list[int]:
    """Indices of the spans, in order and without overlaps, that lie within reach of another."""
    first = bisect_left(others, span[0] - reach, key=lambda other: other[1])
    last = bisect_right(others, span[1] + reach, key=lambda other: other[0])
    return list(range(first, last))


def _adopt(sources: list[Words], cues: list[Words], chosen: list[list[Words]]) -> None:
    taken = {source for some in chosen for source in some}
    for source in sources:
        free = [i for i in _near(source, cues, 12) if not chosen[i]]
        if source not in taken and free:
            chosen[min(free, key=lambda i: _gap(cues[i], source))].append(source)


def _vector(roles: Floats, role: int, span: Words) -> Floats:
    return np.asarray((roles[span[0], role] + roles[span[1] - 1, role]) / 2, np.float32)


def _gap(a: Words, b: Words) -> int:
    return max(b[0] - a[1], a[0] - b[1], 0)


def bucket(first: Words, second: Words) -> int:
    """Bucket (0 to BUCKETS - 1) of the signed distance in words between two spans; below the middle: `second` comes first."""
    between = second[0] - first[1] + 1 if second[0] >= first[1] else -(first[0] - second[1] + 1)
    size = min((BUCKETS - 1) // 2, abs(between).bit_length())
    return (BUCKETS - 1) // 2 + (size if between > 0 else -size)
