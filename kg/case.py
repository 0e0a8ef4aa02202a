"""A case: a folder with sources, graphs and an index; what a user of the library holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.case_files import CaseFolder, check, finish_commit
from kg.case_manifest import CaseManifest, DocumentEntry
from kg.document import Document
from kg.errors import KgError

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from kg.query import Result, Shown
    from kg.store import Index
    from kg.verification import VerifyReport

SHOWN = 8
"""Documents named in an error message before the rest is only counted."""


def open(path: str | Path) -> Case:
    """Open a case for reading. Raises KgError if there is none at `path`, or its case.json is damaged.

    What is open stays as it was, also while a build goes on; open the case again to see what the build brought.
    """
    folder = CaseFolder(Path(path))
    check(folder.path, make=False)
    finish_commit(folder)
    manifest = folder.read()
    if manifest is None:
        raise KgError(f"{path}: no case here; make one with: kg build PATHS... --case {path}")
    return Case(folder, manifest)


class Case:
    """A case opened for reading: see `open`. Use it in a `with` block, or `close` it, to let go of its index."""

    def __init__(self, folder: CaseFolder, manifest: CaseManifest) -> None:
        self._folder = folder
        self._manifest = manifest
        self._index: Index | None = None

    def __repr__(self) -> str:
        return f"Case({str(self.path)!r}, {len(self._manifest.documents)} documents)"

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The case's folder."""
        return self._folder.path

    @property
    def base(self) -> str:
        """What the case's IRIs begin with."""
        return self._manifest.recipe.base

    @property
    def manifest(self) -> CaseManifest:
        """What case.json says."""
        return self._manifest

    @property
    def counts(self) -> dict[str, int]:
        """Sums over all documents: documents, characters, entities, claims, quantities, times, quads."""
        return totals(self._manifest.documents)

    def documents(self) -> list[DocumentEntry]:
        """The documents, by stem, then id."""
        return sorted(self._manifest.documents.values(), key=lambda entry: (entry.stem, entry.id))

    def resolve_document(self, name: str) -> DocumentEntry:
        """The document with an id (or the beginning of one, four digits at least), a file name or a stem.

        Raises KgError, which lists the candidates, where `name` fits none or several.
        """
        entries = self.documents()
        tests = (
            lambda e: name == e.id or name == e.sha256,
            lambda e: name in {copy.file for copy in e.copies},
            lambda e: name == e.stem,
            lambda e: name in {copy.path for copy in e.copies},
            lambda e: len(name) >= 4 and e.sha256.startswith(name.lower()),
        )
        for test in tests:
            found = [e for e in entries if test(e)]
            if len(found) == 1:
                return found[0]
            if found:
                raise KgError(f"{name!r} fits {len(found)} documents: {_listed(found)}; use the id")
        if not entries:
            raise KgError(f"{self.path}: no document {name!r}; the case is empty")
        raise KgError(f"{self.path}: no document {name!r}; there are: {_listed(entries)}")

    def source(self, document_id: str) -> bytes:
        """The original bytes of a document. Raises KgError if they are missing, or not those that were read."""
        entry = self.resolve_document(document_id)
        path = self._folder.sources / entry.sha256
        try:
            data = path.read_bytes()
        except OSError as error:
            raise KgError(f"{path} ({entry.file}): {error.strerror or error}; build the document again") from None
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise KgError(f"{path} ({entry.file}): not the bytes that were read; build the document again")
        return data

    def document(self, document_id: str) -> Document:
        """A document, loaded again from the kept bytes as it was when it was read. Raises KgError as `source` does."""
        from kg.loaders import from_bytes

        entry = self.resolve_document(document_id)
        return from_bytes(self.source(entry.id), entry.file, entry.given)

    def graphs(self) -> Iterator[Path]:
        """The N-Quads files that the case is: one a document, by id, then derived.nq and run.nq."""
        return (file.path for file in self._folder.files(self._manifest))

    @property
    def index(self) -> Path:
        """The folder of the index, made first where it is missing or damaged; it stays until the case is closed.

        Raises KgError if it has to be made and a graph file is damaged.
        """
        return self._opened().path

    def _opened(self) -> Index:
        if self._index is None:
            self._index = self._open_index()
        return self._index

    def _open_index(self) -> Index:
        from kg.store import open_index

        for _ in range(5):
            try:
                return open_index(self._folder.index, self.base, self._folder.files(self._manifest))
            except KgError:
                # A build may have replaced the files since we read the manifest.
                manifest = self._folder.read()
                if manifest is None or manifest == self._manifest:
                    raise
                self._manifest = manifest
        raise KgError(f"{self.path}: changes all the time; try again when the builds have finished")

    @property
    def store(self) -> pyoxigraph.Store:
        """The index as a read-only pyoxigraph store.

        Its default graph holds what is known of documents, speakers and claims, never what is claimed.
        """
        return self._opened().store

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The index as an rdflib Dataset: a query without GRAPH sees who claims what, never what is claimed."""
        import oxrdflib
        import rdflib

        from kg.rdf import PREFIXES

        dataset = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.store), default_union=False)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, rdflib.URIRef(iri), override=True, replace=True)
        return dataset

    def close(self) -> None:
        """Let go of the index; it is opened again when it is needed."""
        self.__dict__.pop("dataset", None)
        if self._index:
            self._index.close()
            self._index = None

    def query(
        self, sparql: str = "", *, name: str = "", params: Mapping[str, str] | None = None, timeout: float = 60.0
    ) -> Result:
        """The answer to a SPARQL 1.1 query, or to the named query `name` with `params`: see `kg.query.select`.

        Raises KgError for a wrong query, and for one that takes longer than `timeout` seconds.
        """
        from kg.query import select

        return select(self, sparql, name=name, params=params, timeout=timeout)

    def claims(
        self, speaker: str | None = None, about: str | None = None, document: str | None = None, kind: str | None = None
    ) -> Result:
        """The claims, with a filter for each argument given: see `kg.query.claims`."""
        from kg.query import claims

        return claims(self, speaker=speaker, about=about, document=document, kind=kind)

    def entities(self, type: str | None = None) -> Result:
        """What the documents name, or that of one type, such as "person": see `kg.query.entities`."""
        from kg.query import entities

        return entities(self, type)

    def authority(self, type: str = "") -> Result:
        """The links of entities to records of an authority, and the candidates, as `kg.reconcile` found them.

        `type` limits them to entities of one type, such as "person".
        """
        return self.query(name="authority", params={"type": type})

    def groups(self, about: str | None = None, document: str | None = None) -> Result:
        """The claims that say the same, side by side, each with its origin: see `kg.query.groups`."""
        from kg.query import groups

        return groups(self, about, document)

    def origins(self, about: str | None = None, document: str | None = None) -> Result:
        """On how many independent sources each group of claims rests: see `kg.query.origins`."""
        from kg.query import origins

        return origins(self, about, document)

    def single_origin(self, origin: str | None = None, document: str | None = None) -> Result:
        """What several documents say that goes back to one source only: see `kg.query.single_origin`."""
        from kg.query import single_origin

        return single_origin(self, origin, document)

    def conflicts(self, kind: str | None = None, severity: str | None = None, document: str | None = None) -> Result:
        """Claims that cannot both be exactly right, and why: see `kg.query.conflicts`."""
        from kg.query import conflicts

        return conflicts(self, kind, severity, document)

    def figures(self, of: str | None = None) -> Result:
        """Figures given for the same thing, by date and speaker: see `kg.query.figures`."""
        from kg.query import figures

        return figures(self, of)

    def confirmations(self, speaker: str | None = None, document: str | None = None) -> Result:
        """Who vouches for what somebody else said: see `kg.query.confirmations`."""
        from kg.query import confirmations

        return confirmations(self, speaker, document)

    def support(self, document: str | None = None) -> Result:
        """Claims that entail or narrow others: see `kg.query.support`."""
        from kg.query import support

        return support(self, document)

    def circular(self, publisher: str | None = None) -> Result:
        """Publishers of which each gives what the other says: see `kg.query.circular`."""
        from kg.query import circular

        return circular(self, publisher)

    def reuse(self, document: str | None = None) -> Result:
        """Passages that stand in two documents: see `kg.query.reuse`."""
        from kg.query import reuse

        return reuse(self, document)

    def show(self, id: str) -> Shown:
        """One claim, entity, speaker or document with its quote in its context: see `kg.query.show`."""
        from kg.query import show

        return show(self, id)

    def judgements(self) -> Result:
        """What people decided, oldest first, and whether it holds: see `kg.judgements`; `kg.judge` adds to it."""
        from kg.judgement.applying import judgements

        return judgements(self)

    def render(self, output: str | Path) -> Path:
        """Write the case as one HTML page and return its path: see `kg.render.render`."""
        from kg.render import render

        return render(self, Path(output))

    def to_networkx(self) -> Any:
        """The case as a networkx graph: see `kg.query.graph.to_networkx`."""
        from kg.query.graph import to_networkx

        return to_networkx(self)

    def export(self, format: str) -> str:
        """The case in another format: see `kg.query.export.export`."""
        from kg.query.export import export

        return export(self, format)

    def verify(self) -> VerifyReport:
        """Check the case against its sources: see `kg.verification.verify`."""
        from kg.verification import verify

        return verify(self)


def totals(documents: Mapping[str, DocumentEntry]) -> dict[str, int]:
    """Sums of the documents' counts, and how many documents there are."""
    out = {"documents": len(documents)}
    for entry in documents.values():
        for key, number in entry.counts.items():
            out[key] = out.get(key, 0) + number
    return out


def _listed(entries: list[DocumentEntry]) -> str:
    names = ", ".join(f"{e.id} ({e.file})" for e in entries[:SHOWN])
    return names if len(entries) <= SHOWN else f"{names} and {len(entries) - SHOWN} more"
