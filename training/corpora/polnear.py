"""PolNeAR (Newell et al., LREC 2018): attributions, with the silver names, tags and coreference of Stanford CoreNLP."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy

from kg.reader.labels import ATTRIBUTION_TAGS, SPAN_TYPES, XPOS
from training.corpora.text import ALONE, UNKNOWN, Reading, Span, Text, begin_inside, lines, mask, tokens_of

SILVER = 0.3
Attributions = list[dict[str, list[list[int]]]]
Nested = dict[tuple[str, str], Attributions]


def polnear(folder: Path, part: str, nested: Nested | None = None) -> Iterator[Text]:
    """The articles of `part` (train, dev); `nested` adds attributions inside contents by (article, annotator)."""
    silver = dict(_corenlp(folder / f"attribution/polnear-{part}-corenlp.tsv.gz"))
    demonyms = _demonyms(silver.values())
    blank = spacy.blank("en")
    for line in lines(folder / f"attribution/polnear-{part}.jsonl.gz"):
        article = json.loads(line)
        yield _text(article, silver.get(article["id"], []), blank, demonyms, nested)


def _corenlp(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    name = ""
    rows: list[list[str]] = []
    for line in lines(path):
        if line.startswith("# doc "):
            if name:
                yield name, rows
            name, rows = line[6:], []
        elif line:
            rows.append(line.split("\t"))
    yield name, rows


def _demonyms(documents: Iterable[list[list[str]]]) -> set[str]:
    """Words that CoreNLP calls MISC and tags as an adjective or plural name most of the time: nationalities and groups."""
    seen: Counter[str] = Counter()
    adjective: Counter[str] = Counter()
    for rows in documents:
        for row in rows:
            if row[6] == "MISC":
                seen[row[4]] += 1
                adjective[row[4]] += row[5] in ("JJ", "NNPS", "NNS")
    return {word for word, n in seen.items() if adjective[word] * 2 > n and word[0].isupper() and word.isalpha()}


def _text(
    article: dict[str, Any], rows: list[list[str]], blank: Any, demonyms: set[str], nested: Nested | None
) -> Text:
    words, offsets, gaps = tokens_of(article["text"], blank)
    result = Text(article["id"], words, gaps, weight=SILVER)
    result.readings = [
        _reading(attributions, offsets, None if nested is None else nested.get((article["id"], who), []))
        for who, attributions in sorted(article["readings"].items())
    ]
    spans = [(int(r[2]), int(r[3])) for r in rows]
    aligned = _aligned(offsets, spans)
    result.starts, result.xpos, result.entities = [], [], []
    previous, last = None, "O"
    for i, row_index in enumerate(aligned):
        row = rows[row_index] if row_index >= 0 else None
        whole = row is not None and spans[row_index] == offsets[i]
        result.starts.append(int(gaps[i] == 3 or (row is not None and previous is not None and row[0] != previous)))
        result.xpos.append(XPOS.index(row[5]) if row is not None and whole and row[5] in XPOS else -1)
        kind = row[6] if row is not None else "O"
        result.entities.append(_entity(kind, kind == last and kind != "O", result.words[i], row, demonyms))
        previous = row[0] if row is not None else previous
        last = kind
    result.clusters = _clusters(rows, aligned)
    return result


def _aligned(offsets: list[Span], spans: list[Span]) -> list[int]:
    """For each of our words the CoreNLP token that overlaps it, or -1."""
    found, at = [], 0
    for start, end in offsets:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        found.append(at if at < len(spans) and spans[at][0] < end else -1)
    return found


TYPES = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place"}


def _entity(kind: str, inside: bool, word: str, row: list[str] | None, demonyms: set[str]) -> int:
    if kind in TYPES:
        return begin_inside([TYPES[kind]], inside)
    if kind == "MISC":
        if word in demonyms and not inside:
            return mask("B-group")
        return begin_inside(["event", "work", "group", "organization"], inside)
    if row is not None and row[5] in ("NNP", "NNPS"):
        return mask("O", "B-event", "I-event", "B-work", "I-work", "B-group")
    return mask("O") if kind == "O" else mask("O", "I-event", "B-event", "I-work")


def _mentions(rows: list[list[str]]) -> Iterator[tuple[int, int, int]]:
    """(cluster, first row, end) of CoreNLP's mentions, from marks such as "0B|2I"."""
    opened: dict[int, int] = {}
    for i, row in enumerate([*rows, ["", "", "", "", "", "", "", "-"]]):
        marks = dict(re.findall(r"(\d+)([BI])", row[7]))
        for cluster in [c for c in opened if marks.get(str(c)) != "I"]:
            yield cluster, opened.pop(cluster), i
        for cluster, mark in marks.items():
            if mark == "B":
                opened[int(cluster)] = i


STOPS = {"IN", "WDT", "WP", "WRB", "TO", "VBG", "VBN", "VBD", "VBZ", ",", ":", "-LRB-", "CC"}
HEADS = {"NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "CD"}


def _clusters(rows: list[list[str]], aligned: list[int]) -> list[int]:
    """Cluster of each word that heads a silver mention; the head is the last noun before what follows the noun phrase."""
    heads: dict[int, int] = {}
    for cluster, first, end in _mentions(rows):
        body = list(range(first, end))
        if rows[first][5] in ("DT", "PRP$") and len(body) > 1:
            body = body[1:] if rows[first][5] == "DT" else body
        stop = next((n for n, i in enumerate(body) if n and rows[i][5] in STOPS), len(body))
        nouns = [i for i in body[:stop] if rows[i][5] in HEADS and not (rows[i][5] == "PRP$" and len(body) > 1)]
        if nouns:
            heads.setdefault(nouns[-1], cluster)
    first_of: dict[int, int] = {}
    for i, row_index in enumerate(aligned):
        first_of.setdefault(row_index, i)
    return [
        UNKNOWN if row < 0 else heads.get(row, ALONE) if first_of[row] == i else ALONE for i, row in enumerate(aligned)
    ]


def nested_silver(path: Path) -> Nested:
    """Attributions inside contents by (article, annotator), as `training.nested` writes them."""
    found: Nested = defaultdict(list)
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        found[row["id"], row["annotator"]] = row["attributions"]
    return found


def word_span(start: int, end: int, offsets: list[Span]) -> Span | None:
    """The words that some characters touch."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (inside[0], inside[-1] + 1) if inside else None


def _reading(attributions: Attributions, offsets: list[Span], nested: Attributions | None) -> Reading:
    tags, found = _tagged(attributions, offsets)
    inner, deeper = _tagged(nested, offsets) if nested is not None else (None, [])
    return Reading(tags, found, inner, deeper)


def _tagged(
    attributions: Attributions, offsets: list[Span]
) -> tuple[list[int], list[tuple[Span | None, list[Span], list[Span]]]]:
    tags = [0] * len(offsets)
    found = []
    for one in attributions:
        parts: dict[str, list[Span]] = {kind: [] for kind in SPAN_TYPES}
        for kind in SPAN_TYPES:
            for start, end in one.get(kind, []):
                if span := word_span(start, end, offsets):
                    parts[kind].append(span)
                    base = ATTRIBUTION_TAGS.index(f"B-{kind}")
                    tags[span[0] : span[1]] = [base] + [base + 1] * (span[1] - span[0] - 1)
        found.append((parts["cue"][0] if parts["cue"] else None, parts["source"], parts["content"]))
    return tags, found
