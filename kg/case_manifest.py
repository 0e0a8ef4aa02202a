"""case.json: what a case holds. It is written last and by rename, so it always describes a complete state."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field
from typing import Any

from kg.document import Metadata
from kg.errors import KgError

FORMAT = 2
OPTIONAL = ("recipe", "unread")
"""Parts of a document's entry that few have."""
DERIVED, RUN, AUTHORITY = "derived", "run", "authority"


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the graphs of a document besides the document: two builds with one recipe give the same bytes.

    `kg` is this package's version, `model` the hash of the model file, `reader` the name of what reads documents.
    """

    kg: str
    model: str
    reader: str
    base: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A file with a document's bytes: its name, its absolute path, and what the user's manifest says of it."""

    file: str
    path: str
    metadata: Metadata | None = None

    @property
    def rank(self) -> tuple[str, bool, tuple[str, ...], str]:
        """The lowest of a document's copies names it: by file name, then metadata; its folder decides last."""
        return (self.file, self.metadata is None, astuple(self.metadata) if self.metadata else (), self.path)


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of a case. `copies` are the files that hold its bytes, the one that names it first.

    `metadata` is what is known of it (the loader's findings included); `graph` is the hash of its N-Quads file, `table` that
    of its rows for the work across documents ("" in cases of old versions, which had none); `counts` says how many entities,
    claims, quantities, times, quads and characters it has. `recipe` is what the graph was made with, where that is not
    what the rest of the case was made with; `unread` says that the graph is empty since the document could not be read. In both
    cases the next build tries again: see `kg.keeping`.
    """

    id: str
    file: str
    stem: str
    sha256: str
    text_sha256: str
    media_type: str
    metadata: Metadata
    copies: tuple[Copy, ...]
    graph: str
    counts: Mapping[str, int]
    table: str = ""
    recipe: Recipe | None = None
    unread: bool = False

    @property
    def given(self) -> Metadata | None:
        """What the user's manifest said of the document, which is what it was loaded with."""
        return self.copies[0].metadata


@dataclass(frozen=True, slots=True)
class CaseManifest:
    """The contents of case.json: how the graphs were made, the documents by id, the hashes of the graphs of none."""

    recipe: Recipe
    documents: Mapping[str, DocumentEntry] = field(default_factory=dict)
    graphs: Mapping[str, str] = field(default_factory=dict)

    def dump(self) -> bytes:
        """The bytes of case.json: the same contents give the same bytes."""
        body: dict[str, Any] = {
            "format": FORMAT,
            **asdict(self.recipe),
            "documents": {key: _entry_to_json(entry) for key, entry in self.documents.items()},
            "graphs": dict(self.graphs),
        }
        return _dump(body | {"seal": hashlib.sha256(_dump(body)).hexdigest()})


def parse(data: bytes, name: str) -> CaseManifest:
    """The manifest that the bytes of case.json hold. Raises KgError, naming `name`, if they are damaged."""
    damaged = KgError(f"{name}: damaged; put back a good copy of it, or build the case again in a new folder")
    try:
        body = json.loads(data)
        seal = body.pop("seal")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise damaged from None
    if isinstance(body.get("format"), int) and body["format"] > FORMAT:
        raise KgError(f"{name}: written by a newer version of kg; install that version to use the case")
    if seal != hashlib.sha256(_dump(body)).hexdigest():
        raise damaged
    try:
        recipe = Recipe(body["kg"], body["model"], body["reader"], body["base"])
        documents = {key: _entry_from_json(key, value) for key, value in body["documents"].items()}
        return CaseManifest(recipe, documents, body["graphs"])
    except (KeyError, TypeError, AttributeError):
        raise damaged from None


def _dump(body: Mapping[str, Any]) -> bytes:
    # ASCII only: a path may hold bytes that are no text, which JSON escapes and UTF-8 cannot write.
    return (json.dumps(body, indent=1, sort_keys=True) + "\n").encode("ascii")


def _entry_to_json(entry: DocumentEntry) -> dict[str, Any]:
    out = asdict(entry) | {"counts": dict(entry.counts)}
    del out["id"]
    return {key: value for key, value in out.items() if key not in OPTIONAL or value}


def _entry_from_json(id: str, value: dict[str, Any]) -> DocumentEntry:
    copies = tuple(
        Copy(c["file"], c["path"], None if c["metadata"] is None else Metadata(**c["metadata"]))
        for c in value["copies"]
    )
    recipe = Recipe(**value["recipe"]) if "recipe" in value else None
    metadata = Metadata(**value["metadata"])
    return DocumentEntry(id=id, **{**value, "metadata": metadata, "copies": copies, "recipe": recipe})
