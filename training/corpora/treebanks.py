"""Universal Dependencies treebanks: syntax; GUM's entities and coreference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.reader.labels import RELATIONS, UPOS, XPOS
from kg.reader.lemmas import script
from training.corpora.text import ALONE, Text, begin_inside, lines, mask


def conllu(path: Path, entities: bool = False) -> Iterator[Text]:
    """Documents of a CoNLL-U file; with `entities`, GUM's named entities and coreference from MISC."""
    for text, misc in _documents(path):
        yield _with_entities(text, misc) if entities else text


def _documents(path: Path) -> Iterator[tuple[Text, list[str]]]:
    text: Text | None = None
    misc: list[str] = []
    block: list[str] = []
    for line in lines(path):
        if line.startswith("# newdoc"):
            if text:
                yield text, misc
            text = Text(line.split("=")[-1].strip(), [], [], [], upos=[], xpos=[], lemmas=[], heads=[], relations=[])
            misc = []
        if line:
            block.append(line)
        elif block and text:
            misc += _sentence(block, text)
            block = []
    if text:
        yield text, misc


def _sentence(block: list[str], text: Text) -> list[str]:
    """Add a sentence to a text; the MISC cells of its words."""
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
        after = "SpaceAfter=No" in row[9]
    return [row[9] for row in rows if row[0].isdigit()]


GUM_TYPES = {"person": "person", "organization": "organization", "place": "place", "event": "event"}


def _with_entities(text: Text, misc: list[str]) -> Text:
    mentions = _gum_mentions(misc)
    text.entities = _gum_entities(text, [(m.first, m.end, m.type, m.linked) for m in mentions])
    text.clusters = _gum_clusters(text, mentions)
    return text


def mentions_of(path: Path) -> Iterator[tuple[Text, list[Mention]]]:
    """GUM's documents with all their mentions, singletons included."""
    for text, misc in _documents(path):
        yield text, _gum_mentions(misc)


def _gum_clusters(text: Text, mentions: list[Mention]) -> list[int]:
    """Cluster of each word that heads a mention (Dobrovolskii 2021, word-level coreference); the smallest mention counts."""
    assert text.heads is not None
    found = [ALONE] * len(text.words)
    for mention in sorted(mentions, key=lambda m: m.end - m.first):
        head = next(
            (i for i in range(mention.first, mention.end) if not mention.first <= text.heads[i] < mention.end),
            mention.end - 1,
        )
        if found[head] == ALONE:
            found[head] = mention.cluster
    size = Counter(found)
    return [c if size[c] > 1 else ALONE for c in found]


@dataclass(frozen=True)
class Mention:
    """A mention of GUM: words `first` to `end` (exclusive), its type, its cluster, and whether it is linked to Wikipedia."""

    first: int
    end: int
    type: str
    cluster: int
    linked: bool


def _gum_mentions(misc: list[str]) -> list[Mention]:
    """Every mention, from the bracket notation of `Entity=`."""
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
                    found.append(Mention(i, i + 1, kind, int(identifier), linked))
                else:
                    opened.setdefault(identifier, []).append((i, kind, linked))
            elif opened.get(closing.split("-")[0]):
                identifier = closing.split("-")[0]
                start, kind, linked = opened[identifier].pop()
                found.append(Mention(start, i + 1, kind, int(identifier), linked))
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
