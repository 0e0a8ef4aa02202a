"""What the reader sees of a document, as one JSON object: the interface for scorers and other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.document import Document, Span
from kg.errors import KgError


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def record(document: Document, source: str = "") -> dict[str, Any]:
    """Sentences, tokens, entities and attributions of a document, as Python character offsets into its text.

    `nested` holds attributions found inside the content of another, in the same form as `attributions`.
    """
    from kg.claims.quantities import find_quantities
    from kg.claims.times import find_times
    from kg.reader import read

    doc = read(document)
    times = find_times(document, doc)
    amounts = find_quantities(document, doc, times)
    entities = [[e.start_char, e.end_char, e.label_] for e in doc.ents]
    entities += [[t.span.start, t.span.end, "date"] for t in times]
    entities += [[q.span.start, q.span.end, "quantity"] for q in amounts]
    ones = [
        ({"source": _pairs(one.source), "cue": _pairs(one.cue), "content": _pairs(one.content)}, one.nested)
        for one in doc._.attributions
    ]
    return {
        "id": document.stem,
        "source": source or document.file,
        "sentences": [[s.start_char, s.end_char] for s in _trimmed(doc)],
        "tokens": [[t.idx, t.idx + len(t)] for t in doc if not t.is_space],
        "entities": sorted(entities),
        "attributions": [one for one, nested in ones if not nested],
        "nested": [one for one, nested in ones if nested],
    }


def _trimmed(doc: Any) -> Iterator[Any]:
    for sentence in doc.sents:
        inside = [t.i for t in sentence if not t.is_space]
        if inside:
            yield doc[inside[0] : inside[-1] + 1]


def read_lines(paths: Sequence[Path]) -> Iterator[str | KgError]:
    """A JSON line for each file of `paths` that could be read, an error for each that could not; folders are walked."""
    from kg.loaders import load, walk

    found = walk(paths)
    yield from (KgError(reason) for _, reason in found.skipped)
    for path in found.files:
        try:
            yield json.dumps(record(load(path), str(path)), ensure_ascii=False)
        except KgError as error:
            yield error
