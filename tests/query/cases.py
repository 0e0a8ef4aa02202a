"""Small cases for the tests of queries, made from hand-written readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

import kg
from kg.case import Case
from kg.document import Document
from kg.rdf import BASE, quads, run_quads
from kg.records import Reading
from tests.samples import TEXT, _Hand

ADDED = "Moreno added: "
ESCAPES = "\x1b]0;title\x07\x1b[2J\x1b[31mred \x9b1m\x7f \u202egnol\u202c"
"""What a hostile document sends to a terminal: titles, clearing, colours, 8-bit controls, reversed text."""


def by_hand(document: Document) -> Reading:
    """The reader of these tests: knows the sample text, and what is added to it."""
    words = document.text.partition(ADDED)[2].removesuffix(".")
    return _Hand(document, words).reading()


def write_texts(folder: Path, **words: str) -> Path:
    """The sample text as bridge.txt, and once more for each of `words`, which are added to it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bridge.txt").write_bytes(TEXT.encode())
    for stem, more in words.items():
        (folder / f"{stem}.txt").write_bytes(f"{TEXT}{ADDED}{more}.".encode())
    return folder


def build(folder: Path, **words: str) -> Case:
    """A case on disk with bridge.txt and a document for each of `words`."""
    report = kg.build(write_texts(folder / "in", **words), folder / "case", reader=by_hand)
    assert not report.skipped, report.skipped
    return kg.open(folder / "case")


@dataclass
class Memory:
    """A case in memory: a store with the layout of an index, and nothing else."""

    store: ox.Store = field(default_factory=ox.Store)
    path: Path = Path("memory")
    base: str = BASE


def in_memory(readings: Iterable[Reading]) -> Memory:
    """The readings as a case that has no files."""
    lines = [line for reading in readings for line in quads(reading)] + run_quads(version="1", model_sha256="ab" * 32)
    found = list(ox.parse("\n".join(lines) + "\n", format=ox.RdfFormat.N_QUADS))
    case = Memory()
    case.store.extend(found)
    plain = [q for q in found if not str(getattr(q.graph_name, "value", "")).endswith("/content")]
    case.store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in plain)
    return case
