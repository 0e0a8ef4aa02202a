"""A document of any corpus: words with whatever layers the corpus annotates."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.reader import features
from kg.reader.labels import ENTITY_TAGS

Span = tuple[int, int]
ALL = (1 << len(ENTITY_TAGS)) - 1
UNKNOWN, ALONE = -2, -1
"""Coreference of a word that nobody annotated, and of one that heads no mention of a cluster."""


@dataclass(frozen=True)
class Reading:
    """One annotator's reading: tags by word, and the attributions as word spans (cue, sources, contents).

    `inner` and `inner_attributions` hold attributions inside contents (silver: see `training.nested`).
    """

    tags: list[int]
    attributions: list[tuple[Span | None, list[Span], list[Span]]]
    inner: list[int] | None = None
    inner_attributions: list[tuple[Span | None, list[Span], list[Span]]] = field(default_factory=list)


@dataclass
class Text:
    """A document as parallel lists over words. Layers use -1 (or 0 for `entities`) where a word has no annotation."""

    name: str
    words: list[str]
    gaps: list[int]
    starts: list[int] | None = None
    readings: list[Reading] = field(default_factory=list)
    entities: list[int] | None = None  # bit mask of allowed entity tags; ALL where nothing is known
    upos: list[int] | None = None
    xpos: list[int] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None  # index of the head in the document, -1 for a root
    relations: list[int] | None = None
    clusters: list[int] | None = None  # of the mention that a word heads; ALONE: of none; UNKNOWN
    weight: float = 1.0  # of the layers other than attribution


def lines(path: Path) -> Iterator[str]:
    """Lines of a gzipped text file, without their ends."""
    with gzip.open(path, "rt", encoding="utf8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def mask(*tags: str) -> int:
    """Bit mask of entity tags."""
    return sum(1 << ENTITY_TAGS.index(tag) for tag in tags)


def begin_inside(kinds: Iterable[str], inside: bool) -> int:
    """Bit mask of the B (or I) tags of some types."""
    prefix = "I" if inside else "B"
    return mask(*(f"{prefix}-{kind}" for kind in kinds))


def tokens_of(text: str, blank: Any) -> tuple[list[str], list[Span], list[int]]:
    """Words of a raw text as the reader's tokenizer cuts it, their character offsets, and the gaps before them."""
    found = [t for t in blank(text) if not t.is_space]
    offsets = [(t.idx, t.idx + len(t)) for t in found]
    gaps = [features.gap(text[(offsets[i - 1][1] if i else 0) : start]) for i, (start, _) in enumerate(offsets)]
    gaps[:1] = [3]
    return [t.text for t in found], offsets, gaps
