"""Four short documents that repeat, confirm and contradict each other, and what follows from that, written down by hand."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

import kg
from kg.case import Case
from kg.case_files import CaseFolder
from kg.document import Document, Metadata, Span
from kg.rdf import derived_quads, quads, run_quads
from kg.records import Quantity, Reading
from kg.resolve.records import (
    ClaimGroup,
    EntityLink,
    Link,
    Origin,
    Resolution,
    ResolvedEntity,
    Reuse,
    Selector,
    SharedPassage,
)
from tests.case.plain import read_lines
from tests.query.cases import Memory

TEXTS = {
    "courier": (
        "Lake Board said at least 12 cracks were found in the bridge.\n"
        "Ada Moreno said the road will stay open.\n"
        "Harbour Post said the tower leans.\n"
    ),
    "post": (
        "Lake Board said the bridge has at least 12 cracks.\n"
        "Ada Moreno said the road is closed.\n"
        "Valley Courier said the tower leans to the east.\n"
    ),
    "tribune": "Omar Reyes said 40 cracks were found in the bridge.\nBo Lind said at least 12 cracks is right.\n",
    "echo": (
        "Lake Board said at least 12 cracks were found in the bridge.\n"
        "Cleo Hart said 14 cracks were counted.\n"
        "Dora Vance said the count of Bo Lind is right.\n"
    ),
}
PAPERS = {
    "courier": ("Valley Courier", "2031-03-04"),
    "post": ("Harbour Post", "2031-03-05"),
    "tribune": ("Hill Tribune", "2031-03-06"),
    "echo": ("Lake Echo", "2031-03-07"),
}
CRACKS = "at least 12 cracks were found in the bridge."
SHARED = "Lake Board said " + CRACKS
_FIGURE = re.compile(r"(at least )?(\d+) cracks")


def read_across(document: Document) -> Reading:
    """The claims of a document's lines, with their figures of cracks."""
    reading = read_lines(document)
    amounts = []
    for found in _FIGURE.finditer(document.text):
        number, span = float(found[2]), Span(*found.span())
        id = f"{document.id}-q{span.start}-{span.end}"
        amounts.append(Quantity(id, span, found[0], number, None if found[1] else number, False, "cracks"))
    claims = tuple(
        replace(c, quantities=tuple(a.id for a in amounts if c.spans[0].start <= a.span.start < c.spans[0].end))
        for c in reading.claims
    )
    return replace(reading, claims=claims, quantities=tuple(amounts))


def write_texts(folder: Path, extra: str = "") -> Path:
    """The documents as files with a manifest; `extra` is put at the end of each."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["file,title,publisher,author,date,url"]
    for stem, text in TEXTS.items():
        (folder / f"{stem}.txt").write_text(text + extra, encoding="utf-8")
        rows.append(f"{stem}.txt,,{PAPERS[stem][0]},,{PAPERS[stem][1]},")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def documents() -> dict[str, Document]:
    """The documents by stem, as they are in memory."""
    return {
        stem: Document(
            file=f"{stem}.txt",
            text=text,
            sha256=hashlib.sha256((stem + text).encode()).hexdigest(),
            metadata=Metadata("", PAPERS[stem][0], "", PAPERS[stem][1], ""),
        )
        for stem, text in TEXTS.items()
    }


class Across:
    """What follows from the documents, with the ids of the claims in them."""

    def __init__(self, documents: dict[str, Document]) -> None:
        self.documents = documents
        self.readings = {stem: read_across(document) for stem, document in documents.items()}

    def claim(self, stem: str, speaker: str) -> str:
        """The claim of a speaker in a document."""
        return next(c.id for c in self.readings[stem].claims if c.speaker.name == speaker)

    def resolution(self) -> Resolution:
        """All links and groups."""
        board = [self.claim(stem, "Lake Board") for stem in ("courier", "post", "echo")]
        lind, vance = self.claim("tribune", "Bo Lind"), self.claim("echo", "Dora Vance")
        court, post = self.claim("courier", "Harbour Post"), self.claim("post", "Valley Courier")
        entities, tied = self._entities("Lake Board", "Ada Moreno")
        who = (
            self._origin("o-board", "Lake Board", board, "the same ultimate speaker", "reused text"),
            self._origin("o-lind", "Bo Lind", [lind], "they confirm it on their own word"),
            self._origin("o-vance", "Dora Vance", [vance]),
        )
        towers = (self._origin("o-tower", "Harbour Post", [court, post], "one is told on the word of the other"),)
        return Resolution(
            entities=entities,
            entity_links=tied,
            groups=(self._group("g-cracks", CRACKS, who), self._group("g-tower", "the tower leans", towers)),
            links=self._links(board, lind, vance),
            possible=(
                self._link("conflict", self._reyes, self.claim("echo", "Cleo Hart"), 0.5, "40 is not 14", "figure"),
            ),
            reuses=(self._reuse(),),
        )

    @property
    def _reyes(self) -> str:
        return self.claim("tribune", "Omar Reyes")

    def _links(self, board: list[str], lind: str, vance: str) -> tuple[Link, ...]:
        road = (self.claim("courier", "Ada Moreno"), self.claim("post", "Ada Moreno"))
        return (
            self._link("same", board[0], board[1], 0.9, "they are worded alike"),
            self._link("repetition", board[1], board[0], 0.9, "on the word of Lake Board"),
            self._link("support", self.claim("echo", "Cleo Hart"), board[0], 0.8, "14 is at least 12"),
            self._link("confirmation", lind, board[0], 0.9, "Bo Lind vouches for it"),
            self._link("confirmation", vance, lind, 0.9, "Dora Vance vouches for it"),
            self._link("conflict", self._reyes, board[0], 0.85, "40 cracks and at least 12 cracks", "figure", "high"),
            self._link("conflict", *road, 0.7, "open and closed", "wording", "medium"),
        )

    def _link(
        self, kind: str, a: str, b: str, score: float, reason: str, conflict: str = "", much: str = "low"
    ) -> Link:
        if kind in ("same", "conflict"):
            a, b = sorted((a, b))
        rest = (conflict, much) if conflict else ("", "")
        return Link(kind, a, b, score, "by hand", (reason,), *rest)  # type: ignore[arg-type]

    def _origin(self, id: str, speaker: str, claims: list[str], *reasons: str) -> Origin:
        home = sorted({claim[:16] for claim in claims})
        entity = {"Lake Board": "r-Lake-Board"}.get(speaker, "")
        return Origin(id, speaker, entity, tuple(sorted(claims)), tuple(home), reasons)

    def _group(self, id: str, label: str, origins: tuple[Origin, ...]) -> ClaimGroup:
        claims = sorted(claim for origin in origins for claim in origin.claims)
        told = {c.id: (c.speaker.name, r.document) for r in self.readings.values() for c in r.claims}
        speakers = sorted({told[claim][0] for claim in claims})
        homes = {told[claim][1] for claim in claims}
        papers = sorted({home.metadata.publisher for home in homes})
        ids = sorted(home.id for home in homes)
        return ClaimGroup(id, label, tuple(claims), tuple(ids), tuple(speakers), tuple(papers), origins)

    def _entities(self, *names: str) -> tuple[tuple[ResolvedEntity, ...], tuple[EntityLink, ...]]:
        entities, links = [], []
        for name in names:
            found = sorted(e.id for r in self.readings.values() for e in r.entities if e.name == name)
            id = "r-" + name.replace(" ", "-")
            entities.append(ResolvedEntity(id, "person", name, (), tuple(found), "same full name"))
            why = (f"both are called {name}",)
            links += [EntityLink(a, b, 0.95, "same full name", why) for a, b in itertools.pairwise(found)]
        return tuple(entities), tuple(links)

    def _reuse(self) -> Reuse:
        ours, theirs = (self.documents[stem] for stem in ("courier", "echo"))
        at = Span(0, len(SHARED))
        a, b = (Selector(at, at.of(d.text), d.prefix(at), d.suffix(at)) for d in (ours, theirs))
        return Reuse(ours.id, theirs.id, (SharedPassage(a, b),), 0.4)


def in_memory() -> Memory:
    """A case that has no files."""
    across = Across(documents())
    lines = [line for reading in across.readings.values() for line in quads(reading)]
    lines += [*derived_quads(across.resolution()), *run_quads(version="1", model_sha256="ab" * 32)]
    case = Memory()
    found = list(ox.parse("\n".join(lines) + "\n", format=ox.RdfFormat.N_QUADS))
    case.store.extend(found)
    plain = [q for q in found if not str(getattr(q.graph_name, "value", "")).endswith("/content")]
    case.store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in plain)
    return case


def build(folder: Path, extra: str = "") -> Case:
    """A case on disk, whose derived graph is the one written by hand."""
    report = kg.build(write_texts(folder / "in", extra), folder / "case", reader=read_across, workers=1)
    assert not report.skipped, report.skipped
    with kg.open(folder / "case") as case:
        across = Across({stem: case.document(stem) for stem in TEXTS})
    data = "".join(f"{line}\n" for line in derived_quads(across.resolution())).encode()
    place = CaseFolder(folder / "case")
    manifest = place.read()
    assert manifest is not None
    (place.graphs / "derived.nq").write_bytes(data)
    graphs = {**manifest.graphs, "derived": hashlib.sha256(data).hexdigest()}
    place.manifest.write_bytes(replace(manifest, graphs=graphs).dump())
    return kg.open(folder / "case")
