"""Corpora of named entities: WikiGold, CrossNER politics, re3d, Universal NER."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import spacy

from kg.reader.pretokenized import likely_gaps
from training.corpora.text import ALL, Span, Text, begin_inside, lines, mask, tokens_of

CROSSNER = {
    "politician": "person", "person": "person", "politicalparty": "organization", "organisation": "organization",
    "location": "place", "country": "place", "election": "event", "event": "event",
}  # fmt: skip
WIKIGOLD = {"PER": "person", "ORG": "organization", "LOC": "place"}


def conll(path: Path, types: dict[str, str]) -> Iterator[Text]:
    """Sentences of a two-column file, each a text of its own; tags that `types` lacks may be any type (MISC) but a name."""
    rows: list[list[str]] = []
    for number, line in enumerate([*lines(path), ""]):
        if line.strip():
            rows.append(line.split())
        elif rows:
            if rows[0][0] != "-DOCSTART-":
                yield _tagged(f"{path.name}:{number}", [r[0] for r in rows], [r[-1] for r in rows], types)
            rows = []


def _tagged(name: str, words: list[str], tags: list[str], types: dict[str, str]) -> Text:
    entities, last = [], "O"
    for tag in tags:
        prefix, _, kind = tag.partition("-")
        if tag == "O":
            entities.append(mask("O"))
        else:
            inside = prefix == "I" and last.partition("-")[2] == kind
            kinds = [types[kind]] if kind in types else ["event", "work", "group"]
            entities.append(begin_inside(kinds, inside) | (0 if kind in types else mask("O")))
        last = tag
    return Text(name, words, likely_gaps(words), entities=entities)


def re3d(folder: Path, held_out: bool) -> Iterator[Text]:
    """re3d's named mentions; its loose ones (descriptions, pronouns) teach nothing either way. Every 5th document is held out."""
    blank = spacy.blank("en")
    for number, line in enumerate(lines(folder / "entities/re3d-train.jsonl.gz")):
        if (number % 5 == 4) != held_out:
            continue
        row = json.loads(line)
        words, offsets, gaps = tokens_of(row["text"], blank)
        yield Text(row["id"], words, gaps, entities=_re3d_entities(words, offsets, row["entities"]))


RE3D = {"Person": "person", "Organisation": "organization", "Location": "place", "Nationality": "group"}


def _re3d_entities(words: list[str], offsets: list[Span], spans: list[tuple[int, int, str]]) -> list[int]:
    allowed = [mask("O", "B-event", "I-event") if w[:1].isupper() else mask("O") for w in words]
    for start, end, kind in spans:
        inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
        if inside and words[inside[0]].lower() == "the":
            allowed[inside[0]] = mask("O")
            inside = inside[1:]
        named = bool(inside) and all(words[i][:1].isupper() or words[i] in ("al", "-", "of", "and") for i in inside)
        single = kind != "Person" or len(inside) <= 3
        for n, i in enumerate(inside):
            if (
                kind in RE3D
                and named
                and single
                and words[inside[0]].lower() not in ("he", "she", "they", "it", "we", "i")
            ):
                allowed[i] = begin_inside([RE3D[kind]], n > 0)
            elif words[i][:1].isupper() and words[i].lower() not in ("he", "she", "they", "it", "we", "i"):
                allowed[i] = ALL
            elif kind == "Person" and words[i][:1].isupper():
                allowed[i] = mask("O")
    return allowed


def uner(path: Path, held_out: bool | None = None) -> Iterator[Text]:
    """Universal NER's PER, ORG, LOC, a text a sentence: of every other document (held out or not), or of all (None)."""
    document, words, tags = -1, list[str](), list[str]()
    for line in [*lines(path), ""]:
        if line.startswith("# newdoc"):
            document += 1
        elif line and not line.startswith("#"):
            _, word, tag, *_ = line.split("\t")
            words.append(word)
            tags.append(tag)
        elif not line and words:
            if held_out is None or (document % 2 == 1) == held_out:
                yield _tagged("uner", words, tags, WIKIGOLD)
            words, tags = [], []
