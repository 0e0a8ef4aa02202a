"""A small story with its gold, and readings and resolutions of it made by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.across.gold import Gold, read_story
from benchmarks.across.score import view_of
from benchmarks.across.view import View
from kg.document import Document, Span
from kg.records import Claim, Entity, Reading, Speaker
from kg.resolve.records import ClaimGroup, ConflictKind, Link, LinkKind, Origin, Resolution, ResolvedEntity

TEXTS = {
    "01.txt": "Ada Lund said that nine boats sank. Lund said the harbour was open. The ferry left at noon.\n",
    "02.txt": "Nine boats sank, Ada Lund said. Olof Lund said seven boats sank. The ferry left at noon.\n",
    "03.txt": "The port office said nine boats had sunk. The harbour was closed, it said.\n",
}
QUOTES = {
    "c1": ("01.txt", "nine boats sank"),
    "c2": ("01.txt", "the harbour was open"),
    "c3": ("02.txt", "Nine boats sank"),
    "c4": ("02.txt", "seven boats sank"),
    "c5": ("03.txt", "nine boats had sunk"),
    "c6": ("03.txt", "The harbour was closed"),
}
GOLD: dict[str, Any] = {
    "entities": [
        {
            "id": "e1",
            "type": "person",
            "name": "Ada Lund",
            "mentions": [
                {"file": "01.txt", "text": "Ada Lund", "nth": 1},
                {"file": "01.txt", "text": "Lund", "nth": 2},
                {"file": "02.txt", "text": "Ada Lund", "nth": 1},
            ],
        },
        {
            "id": "e2",
            "type": "person",
            "name": "Olof Lund",
            "mentions": [{"file": "02.txt", "text": "Olof Lund", "nth": 1}],
        },
    ],
    "claims": [
        {"id": id_, "file": file, "speaker": "Ada Lund", "ultimate": "Ada Lund", "quote": quote}
        for id_, (file, quote) in QUOTES.items()
    ],
    "groups": [["c1", "c3", "c5"]],
    "supports": [],
    "conflicts": [
        {"a": "c1", "b": "c4", "kind": "figure", "reason": "nine against seven"},
        {"a": "c2", "b": "c6", "kind": "polarity", "reason": "open against closed"},
    ],
    "compatible": [["c4", "c6"]],
    "confirmations": [{"claim": "c5", "confirms": "c1"}],
    "reused": [{"a": "01.txt", "b": "02.txt", "text": "The ferry left at noon."}],
    "origins": [{"group": 0, "origins": [["c1", "c3"], ["c5"]], "reason": "the same speaker; the office by itself"}],
}


def story(folder: Path) -> Gold:
    """The story, written and read."""
    home = folder / "port"
    home.mkdir()
    for file, text in TEXTS.items():
        (home / file).write_text(text, encoding="utf-8")
    rows = "".join(f"{file},T,P,,2031-01-01,,\n" for file in TEXTS)
    (home / "manifest.csv").write_text("file,title,publisher,author,date,url,source\n" + rows, encoding="utf-8")
    (home / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return read_story(home)


def document(file: str) -> Document:
    return Document(file, TEXTS[file], hashlib.sha256(TEXTS[file].encode()).hexdigest())


def at(file: str, words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = TEXTS[file].index(words, start + 1)
    return Span(start, start + len(words))


def claim(name: str, file: str, words: str) -> Claim:
    span = at(file, words)
    one = Speaker("s", "Ada Lund", "description")
    return Claim(name, (span,), words, span, one, (one,), "assertion", "indirect", "positive")


CLAIMS = [claim(f"k{id_[1:]}", file, quote) for id_, (file, quote) in QUOTES.items()]
FILE = {f"k{id_[1:]}": file for id_, (file, _) in QUOTES.items()}
ENTITIES = {
    "01.txt": [Entity("a1", "person", "Ada Lund", ("Lund",), (at("01.txt", "Ada Lund"), at("01.txt", "Lund", 2)))],
    "02.txt": [
        Entity("a2", "person", "Ada Lund", (), (at("02.txt", "Ada Lund"),)),
        Entity("o2", "person", "Olof Lund", (), (at("02.txt", "Olof Lund"),)),
    ],
    "03.txt": [],
}


def readings(claims: Iterable[Claim] = CLAIMS, more: Mapping[str, str] = {}) -> dict[str, Reading]:
    """Readings with these claims; `more` says where claims that are not of the gold stand."""
    place = {**FILE, **more}
    some = list(claims)
    return {
        f"port/{file}": Reading(document(file), tuple(ENTITIES[file]), tuple(c for c in some if place[c.id] == file))
        for file in TEXTS
    }


def group(*origins: Sequence[str]) -> ClaimGroup:
    """A group of claims by origin."""
    claims = tuple(sorted(c for one in origins for c in one))
    parts = tuple(Origin(f"o{one[0]}", "", "", tuple(one), (), ()) for one in origins)
    return ClaimGroup(f"g{claims[0]}", "", claims, (), (), (), parts)


def link(kind: LinkKind, a: str, b: str, conflict: ConflictKind | str = "") -> Link:
    return Link(kind, a, b, 1.0, "hand", (), conflict)  # type: ignore[arg-type]


def one_entity(*members: str) -> ResolvedEntity:
    return ResolvedEntity(f"r{members[0]}", "person", members[0], (), members, "hand")


def view(gold: Gold, resolution: Resolution, read: dict[str, Reading] | None = None) -> View:
    return view_of(gold, readings() if read is None else read, resolution)
