"""What is seen in a document before it becomes claims, as one JSON object a line: for scorers and other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.document import Document, Span
from kg.errors import KgError


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def record(document: Document, source: str = "", pretokenized: bool = False) -> dict[str, Any]:
    """What the reader sees of a document, in Python character offsets into its text.

    "syntax" has a row a token: start, end, lemma, UPOS, index of the head among the document's tokens (-1: root),
    relation. "propositions" are what each sentence says, in its own voice; "clusters" are mentions of the same thing;
    "nested" holds attributions found inside the content of another,
    in the same form as "attributions". "roles" are offices, titles and occupations, "inner_names" names inside longer names
    and roles: start, end, type, and start and end of what they stand in.
    """
    from kg.claims.propositions import sentence_propositions
    from kg.claims.quantities import find_quantities
    from kg.claims.times import find_times
    from kg.reader import read, read_pretokenized

    doc = read_pretokenized(document) if pretokenized else read(document)
    times = find_times(document, doc)
    amounts = find_quantities(document, doc, times)
    entities = [[e.start_char, e.end_char, e.label_] for e in doc.ents]
    entities += [[t.span.start, t.span.end, "date"] for t in times]
    entities += [[q.span.start, q.span.end, "quantity"] for q in amounts]
    ones = [
        ({"source": _pairs(one.source), "cue": _pairs(one.cue), "content": _pairs(one.content)}, one.nested)
        for one in doc._.attributions
    ]
    syntax = _syntax(doc)
    return {
        "id": document.stem,
        "source": source or document.file,
        "sentences": [[s.start_char, s.end_char] for s in _trimmed(doc)],
        "tokens": [row[:2] for row in syntax],
        "syntax": syntax,
        "entities": sorted(entities),
        **_roles(document, doc),
        "propositions": sentence_propositions(doc),
        "clusters": [_pairs(mentions) for mentions in doc._.clusters],
        "attributions": [one for one, nested in ones if not nested],
        "nested": [one for one, nested in ones if nested],
    }


def _roles(document: Document, doc: Any) -> dict[str, Any]:
    """Roles, with the spans of their parts (null where there is none), and names inside names."""
    from kg.claims.entities import find_entities
    from kg.claims.nested import find_nested
    from kg.claims.roles import find_roles

    entities = find_entities(document, doc)
    roles = find_roles(document, doc, entities)
    inner = find_nested(document, doc, entities, roles)[1]

    def pair(span: Span | None) -> list[int] | None:
        return [span.start, span.end] if span else None

    return {
        "roles": [
            {
                "span": pair(role.span),
                "title": pair(role.title_span),
                "lemma": role.lemma,
                "holder": pair(role.holder_span),
                "of": pair(role.of_span),
                "qualifier": role.qualifier,
            }
            for role in roles
        ],
        "inner_names": [[n.span.start, n.span.end, n.type, n.within.start, n.within.end] for n in inner],
    }


def _syntax(doc: Any) -> list[list[Any]]:
    tokens = [t for t in doc if not t.is_space]
    index = {t.i: n for n, t in enumerate(tokens)}
    return [
        [t.idx, t.idx + len(t), t.lemma_, t.pos_, index[t.head.i] if t.head.i != t.i else -1, _relation(t.dep_)]
        for t in tokens
    ]


def _relation(name: str) -> str:
    return "root" if name == "ROOT" else name


def _trimmed(doc: Any) -> Iterator[Any]:
    for sentence in doc.sents:
        inside = [t.i for t in sentence if not t.is_space]
        if inside:
            yield doc[inside[0] : inside[-1] + 1]


@dataclass(frozen=True, slots=True)
class Line:
    """A document as a JSON line, and what of it was not read and why ("" where all of it was)."""

    json: str
    note: str = ""


def read_lines(
    paths: Sequence[Path], workers: int | None = None, pretokenized: bool = False
) -> Iterator[Line | KgError]:
    """A line for each file of `paths` that could be read, in order, an error for each that could not; folders are walked.

    `workers` is the number of processes (default: as many as CPUs, or one for little text). `pretokenized`: see
    `kg.reader.pretokenized`. What is not English is not read, unless its tokens are given.
    """
    from kg.loaders import walk
    from kg.workers import TIME_LIMIT, Failure, run, sensible

    found = walk(paths)
    yield from (KgError(reason) for _, reason in found.skipped)
    count = workers or sensible(sum(map(_size, found.files)), len(found.files))
    tasks = [(str(number), (path, pretokenized)) for number, path in enumerate(found.files)]
    waiting: dict[int, Line | KgError] = {}
    following = 0
    for key, result in run(_line, tasks, count, TIME_LIMIT):
        waiting[int(key)] = KgError(result.message) if isinstance(result, Failure) else result
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # said when it is read
        return 0


def _line(task: tuple[Path, bool]) -> Line:
    from kg.language import english_part, unread
    from kg.loaders import load

    path, pretokenized = task
    document = load(path)
    note = "" if pretokenized else unread(document)
    seen = document if pretokenized else english_part(document)
    written = json.dumps(record(seen, str(path), pretokenized), ensure_ascii=False)
    return Line(written, f"{path} {note}" if note else "")
