"""The corpora as `Text`s: words with whatever layers a corpus annotates; what it does not annotate is None.

Every reader takes the folder that holds the corpora (see its README for sources and licences) and yields documents in
file order. Silver layers (Stanford CoreNLP's reading of PolNeAR) carry a weight below 1.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy

from kg.reader import features
from kg.reader.labels import ATTRIBUTION_TAGS, ENTITY_TAGS, ENTITY_TYPES, RELATIONS, SPAN_TYPES, UPOS, XPOS
from kg.reader.lemmas import script

Span = tuple[int, int]
ALL = (1 << len(ENTITY_TAGS)) - 1
SILVER = 0.3


@dataclass(frozen=True)
class Reading:
    """One annotator's reading: tags by word, and the attributions as word spans (cue, sources, contents)."""

    tags: list[int]
    attributions: list[tuple[Span | None, list[Span], list[Span]]]


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
    weight: float = 1.0  # of the layers other than attribution


def lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def mask(*tags: str) -> int:
    return sum(1 << ENTITY_TAGS.index(tag) for tag in tags)


def begin_inside(kinds: Iterable[str], inside: bool) -> int:
    prefix = "I" if inside else "B"
    return mask(*(f"{prefix}-{kind}" for kind in kinds))


# --- PolNeAR -------------------------------------------------------------------------------------------------------


def polnear(folder: Path, part: str) -> Iterator[Text]:
    silver = dict(_corenlp(folder / f"attribution/polnear-{part}-corenlp.tsv.gz"))
    demonyms = _demonyms(silver.values())
    blank = spacy.blank("en")
    for line in lines(folder / f"attribution/polnear-{part}.jsonl.gz"):
        article = json.loads(line)
        yield _polnear_text(article, silver.get(article["id"], []), blank, demonyms)


def _corenlp(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    name, rows = "", []
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
    seen, adjective = Counter(), Counter()
    for rows in documents:
        for row in rows:
            if row[6] == "MISC":
                seen[row[4]] += 1
                adjective[row[4]] += row[5] in ("JJ", "NNPS", "NNS")
    return {word for word, n in seen.items() if adjective[word] * 2 > n and word[0].isupper() and word.isalpha()}


CORENLP_TYPES = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place"}


def _polnear_text(article: dict[str, Any], rows: list[list[str]], blank: Any, demonyms: set[str]) -> Text:
    text = article["text"]
    tokens = [t for t in blank(text) if not t.is_space]
    offsets = [(t.idx, t.idx + len(t)) for t in tokens]
    gaps = [features.gap(text[(offsets[i - 1][1] if i else 0) : start]) for i, (start, _) in enumerate(offsets)]
    gaps[:1] = [3]
    result = Text(article["id"], [t.text for t in tokens], gaps, weight=SILVER)
    result.readings = [_reading(article["readings"][who], offsets) for who in sorted(article["readings"])]
    spans = [(int(r[2]), int(r[3])) for r in rows]
    aligned: list[int] = []
    at = 0
    for start, end in offsets:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        aligned.append(at if at < len(spans) and spans[at][0] < end else -1)
    result.starts, result.xpos, result.entities = [], [], []
    previous, last = None, "O"
    for i, row_index in enumerate(aligned):
        row = rows[row_index] if row_index >= 0 else None
        whole = row is not None and spans[row_index] == offsets[i]
        result.starts.append(int(gaps[i] == 3 or (row is not None and previous is not None and row[0] != previous)))
        result.xpos.append(XPOS.index(row[5]) if row is not None and whole and row[5] in XPOS else -1)
        kind = row[6] if row is not None else "O"
        result.entities.append(_silver_entity(kind, kind == last and kind != "O", result.words[i], row, demonyms))
        previous = row[0] if row is not None else previous
        last = kind
    return result


def _silver_entity(kind: str, inside: bool, word: str, row: list[str] | None, demonyms: set[str]) -> int:
    if kind in CORENLP_TYPES:
        return begin_inside([CORENLP_TYPES[kind]], inside)
    if kind == "MISC":
        if word in demonyms and not inside:
            return mask("B-group")
        return begin_inside(["event", "work", "group", "organization"], inside)
    if row is not None and row[5] in ("NNP", "NNPS"):
        return mask("O", "B-event", "I-event", "B-work", "I-work", "B-group")
    return mask("O") if kind == "O" else mask("O", "I-event", "B-event", "I-work")


def _reading(attributions: list[dict[str, list[list[int]]]], offsets: list[Span]) -> Reading:
    tags = [0] * len(offsets)
    found = []
    for one in attributions:
        parts: dict[str, list[Span]] = {kind: [] for kind in SPAN_TYPES}
        for kind in SPAN_TYPES:
            for start, end in one.get(kind, []):
                inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
                if inside:
                    parts[kind].append((inside[0], inside[-1] + 1))
                    base = ATTRIBUTION_TAGS.index(f"B-{kind}")
                    for i in range(inside[0], inside[-1] + 1):
                        tags[i] = base if i == inside[0] else base + 1
        found.append((parts["cue"][0] if parts["cue"] else None, parts["source"], parts["content"]))
    return Reading(tags, found)


# --- Universal Dependencies ----------------------------------------------------------------------------------------


def conllu(path: Path, entities: bool = False) -> Iterator[Text]:
    """Documents of a CoNLL-U file; with `entities`, GUM's named entities from MISC."""
    text: Text | None = None
    block: list[str] = []
    for line in lines(path):
        if line.startswith("# newdoc"):
            if text:
                yield _with_entities(text, entities)
            text = Text(line.split("=")[-1].strip(), [], [], [], upos=[], xpos=[], lemmas=[], heads=[], relations=[])
            text.__dict__["misc"] = []
        if line:
            block.append(line)
        elif block and text:
            _sentence(block, text)
            block = []
    if text:
        yield _with_entities(text, entities)


def _sentence(block: list[str], text: Text) -> None:
    assert text.starts is not None and text.upos is not None and text.xpos is not None
    assert text.lemmas is not None and text.heads is not None and text.relations is not None
    rows = [line.split("\t") for line in block if not line.startswith("#")]
    glued: dict[int, bool] = {}
    for row in rows:  # a multiword token (1-2 don't): its words are glued
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            for number in range(first + 1, last + 1):
                glued[number] = True
            glued[last + 1] = "SpaceAfter=No" in row[9]
    base, paragraph = len(text.words), any(line.startswith("# newpar") for line in block) or not text.words
    after = False
    for row in (r for r in rows if r[0].isdigit()):
        number = int(row[0])
        first = number == 1
        text.words.append(row[1])
        text.gaps.append(3 if first and paragraph else 0 if glued.get(number, after) and not first else 1)
        text.starts.append(int(first))
        text.upos.append(UPOS.index(row[3]) if row[3] in UPOS else -1)
        text.xpos.append(XPOS.index(row[4]) if row[4] in XPOS else -1)
        text.lemmas.append(script(row[1], row[2]) if row[2] != "_" or row[1] == "_" else "")
        text.heads.append(base + int(row[6]) - 1 if row[6] != "0" else -1)
        text.relations.append(RELATIONS.index(row[7].partition(":")[0]))
        text.__dict__["misc"].append(row[9])
        after = "SpaceAfter=No" in row[9]


GUM_TYPES = {"person": "person", "organization": "organization", "place": "place", "event": "event"}


def _with_entities(text: Text, wanted: bool) -> Text:
    misc = text.__dict__.pop("misc")
    if wanted:
        text.entities = _gum_entities(text, _gum_mentions(misc))
    return text


def _gum_mentions(misc: list[str]) -> list[tuple[int, int, str, bool]]:
    """(first word, end, type, linked to Wikipedia) of every mention, from the bracket notation of `Entity=`."""
    opened: dict[str, list[tuple[int, str, bool]]] = {}
    found = []
    for i, cell in enumerate(misc):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", cell)
        if not match:
            continue
        for opening, body, single, closing in re.findall(r"(\()([^()]+)(\)?)|([^()]+)\)", match[1]):
            if opening:
                parts = body.split("-")
                identifier, kind = parts[0], parts[1] if len(parts) > 1 else ""
                linked = len(parts) > 7
                if single:
                    found.append((i, i + 1, kind, linked))
                else:
                    opened.setdefault(identifier, []).append((i, kind, linked))
            elif opened.get(closing.split("-")[0]):
                start, kind, linked = opened[closing.split("-")[0]].pop()
                found.append((start, i + 1, kind, linked))
    return found


def _gum_entities(text: Text, mentions: list[tuple[int, int, str, bool]]) -> list[int]:
    assert text.upos is not None
    named = UPOS.index("PROPN")
    # A capitalised word outside any named mention may be a nationality, which GUM does not mark.
    allowed = [
        mask("O", "B-group", "I-group") if p == named or (w[:1].isupper() and p == UPOS.index("ADJ")) else mask("O")
        for w, p in zip(text.words, text.upos, strict=True)
    ]
    taken = [False] * len(allowed)
    for start, end, kind, linked in sorted(mentions, key=lambda m: (m[0] - m[1], m[0])):
        while start < end and text.words[start].lower() in ("the", "a", "an", "this", "that", "'s", "’s"):
            start += 1
        tail = [i for i in range(start, end) if text.upos[i] == named]
        if not tail or end - start > 9 or any(taken[start:end]):
            continue
        proper = sum(
            w[:1].isupper()
            or w.lower() in ("of", "the", "and", "for", "in", "on", "de", "-", "&")
            or not w[:1].isalpha()
            for w in text.words[start:end]
        )
        if proper < end - start:
            continue
        types = (
            [GUM_TYPES[kind]] if kind in GUM_TYPES else ["work"] if kind in ("abstract", "object") and linked else []
        )
        for i in range(start, end):
            taken[i] = True
            if types:
                allowed[i] = begin_inside(types, i > start)
                if types == ["work"] or (types == ["person"] and not linked and tail[-1] < end - 1):
                    allowed[i] |= mask("O")
            else:
                allowed[i] = mask("O", "B-work", "I-work", "B-event", "I-event", "B-group")
    return allowed


# --- entities ------------------------------------------------------------------------------------------------------

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
    return Text(name, words, detached(words), entities=entities)


def detached(words: list[str]) -> list[int]:
    """Likely gaps between the words of a corpus that kept none."""
    gaps, opened = [], False
    for i, word in enumerate(words):
        glue = i > 0 and (
            re.fullmatch(r"[,.;:!?)\]%]|'s|n't|''|'(?:re|ve|ll|d|m)", word) or words[i - 1] in ("(", "[", "$", "``")
        )
        if word == '"':
            glue, opened = opened, not opened
        elif i and words[i - 1] == '"' and opened:
            glue = True
        gaps.append(3 if not i else 0 if glue else 1)
    return gaps


def re3d(folder: Path, held_out: bool) -> Iterator[Text]:
    """re3d's named mentions; its loose ones (descriptions, pronouns) teach nothing either way. Every 5th document is held out."""
    blank = spacy.blank("en")
    for number, line in enumerate(lines(folder / "entities/re3d-train.jsonl.gz")):
        if (number % 5 == 4) != held_out:
            continue
        row = json.loads(line)
        tokens = [t for t in blank(row["text"]) if not t.is_space]
        offsets = [(t.idx, t.idx + len(t)) for t in tokens]
        words = [t.text for t in tokens]
        gaps = [features.gap(row["text"][(offsets[i - 1][1] if i else 0) : a]) for i, (a, _) in enumerate(offsets)]
        gaps[:1] = [3]
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


def uner(path: Path) -> Iterator[Text]:
    """Universal NER's PER, ORG, LOC by document (development data: measured on, never trained on)."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*lines(path), ""]:
        if line and not line.startswith("#"):
            _, word, tag, *_ = line.split("\t")
            words.append(word)
            tags.append(tag)
        elif not line and words:
            yield _tagged("uner", words, tags, WIKIGOLD)
            words, tags = [], []


def training_texts(folder: Path) -> dict[str, list[Text]]:
    """Every corpus that the reader is trained on."""
    return {
        "polnear": list(polnear(folder, "train")),
        "ewt": list(conllu(folder / "syntax/ewt-train.conllu.gz")),
        "gum": list(conllu(folder / "syntax/gum-train.conllu.gz", entities=True)),
        "crossner": list(conll(folder / "entities/crossner-politics-train.conll.gz", CROSSNER)),
        "wikigold": list(conll(folder / "entities/wikigold.conll.gz", WIKIGOLD)),
        "re3d": list(re3d(folder, held_out=False)),
    }


assert set(GUM_TYPES.values()) <= set(ENTITY_TYPES)
