"""The folder of a case on disk, and how it goes from one complete state to the next, whatever kills the process.

A new state is written in `next/`; renaming that to `commit/` is the moment at which it holds. What is in `commit/` is
then moved to its place, case.json last. Who finds a `commit/` that a killed process left moves the rest; a `next/` is
thrown away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.case_manifest import CaseManifest, parse
from kg.errors import KgError
from kg.store import GraphFile
from kg.store.locks import take

OURS = frozenset({"case.json", "sources", "graphs", "tables", "index", "judgements", "next", "commit", ".lock"})
PART = ".part-"
BUILD_WAIT = 2.0
"""Seconds to wait for another build: as long as an opening may need to finish what a killed build left."""


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """The paths of a case."""

    path: Path

    @property
    def manifest(self) -> Path:
        return self.path / "case.json"

    @property
    def sources(self) -> Path:
        return self.path / "sources"

    @property
    def graphs(self) -> Path:
        return self.path / "graphs"

    @property
    def tables(self) -> Path:
        return self.path / "tables"

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def memory(self) -> Path:
        """Comparisons made by the last build (`kg.resolve.Memory`); it may be deleted at any time."""
        return self.index / "comparisons.msgpack"

    @property
    def next(self) -> Path:
        return self.path / "next"

    @property
    def commit(self) -> Path:
        return self.path / "commit"

    def read(self) -> CaseManifest | None:
        """The manifest; None if there is no case here. Raises KgError if it is damaged."""
        try:
            data = self.manifest.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KgError(f"{self.manifest}: {error.strerror or error}") from None
        return parse(data, str(self.manifest))

    def files(self, manifest: CaseManifest, fresh: Collection[str] = ()) -> list[GraphFile]:
        """The N-Quads files of a state: documents by id, then those of none; those in `fresh` are in next/."""
        hashes = {key: entry.graph for key, entry in sorted(manifest.documents.items())} | dict(manifest.graphs)
        kept = ((k, h, self.graphs / f"{k}.nq") for k, h in hashes.items())
        return [self.new_graph(k, h) if k in fresh else GraphFile(k, path, h) for k, h, path in kept]

    def table(self, document: str, fresh: Collection[str] = ()) -> Path:
        """The file with a document's rows for the work across documents; in next/ for those in `fresh`."""
        return (self.next / "tables" if document in fresh else self.tables) / f"{document}.msgpack"

    def new_graph(self, key: str, sha256: str) -> GraphFile:
        """A graph of the next state: see `write_graph`."""
        return GraphFile(key, self.next / "graphs" / f"{key}.nq", sha256)


@contextmanager
def changing(path: Path, *, make: bool, wait: float = BUILD_WAIT) -> Iterator[CaseFolder]:
    """Hold a case alone while it is changed, first putting right what a killed process left.

    Raises KgError if the folder is not a case and not empty, or another process is changing it for more than `wait` seconds.
    """
    folder = CaseFolder(path)
    check(path, make=make)
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = take(path / ".lock", wait=wait)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror or error}); choose another folder") from None
    if lock is None:
        raise KgError(f"{path}: another process is building or verifying this case; wait until it has finished")
    with lock:
        try:
            recover(folder)
            shutil.rmtree(folder.next, ignore_errors=True)
            yield folder
        except OSError as error:
            where = error.filename or path
            raise KgError(f"{where}: {error.strerror or error}; the case is as it was before") from None
        finally:
            shutil.rmtree(folder.next, ignore_errors=True)


def check(path: Path, *, make: bool) -> None:
    """Raise KgError where `path` is no case, nor (with `make`) a place for a new one."""
    if path.exists() and not path.is_dir():
        raise KgError(f"{path}: a file; a case is a folder")
    found = {p.name for p in path.iterdir()} if path.is_dir() else set()
    if "case.json" in found or "commit" in found:
        return
    if not make:
        raise KgError(f"{path}: no case here; make one with: kg build PATHS... --case {path}")
    if not found <= OURS:
        raise KgError(f"{path}: not a case and not empty; choose another folder for the case")


def finish_commit(folder: CaseFolder) -> None:
    """Finish what a killed build had committed, unless a living one is about to; does nothing where nothing is left."""
    if not folder.commit.is_dir():
        return
    with suppress(OSError):  # a case that cannot be written stays as it is, which is the last good state
        lock = take(folder.path / ".lock", wait=BUILD_WAIT)
        if lock:
            with lock:
                recover(folder)


def recover(folder: CaseFolder) -> None:
    """Move what is in commit/ to its place. The caller holds the case."""
    if not folder.commit.is_dir():
        return
    new = folder.commit / "case.json"
    if new.exists():
        for place in (folder.graphs, folder.tables):
            place.mkdir(exist_ok=True)
            if (folder.commit / place.name).is_dir():
                for file in sorted((folder.commit / place.name).iterdir()):
                    file.replace(place / file.name)
            sync(place)
        new.replace(folder.manifest)
        sync(folder.path)
    shutil.rmtree(folder.commit)


def commit(folder: CaseFolder, manifest: CaseManifest) -> None:
    """Make the state that `manifest` describes the case's; its new graphs lie in next/graphs already."""
    (folder.next / "graphs").mkdir(parents=True, exist_ok=True)
    write(folder.next / "case.json", manifest.dump())
    sync(folder.next / "graphs")
    if (folder.next / "tables").is_dir():
        sync(folder.next / "tables")
    sync(folder.next)
    sync(folder.sources)
    folder.next.rename(folder.commit)
    sync(folder.path)
    recover(folder)


def sweep(folder: CaseFolder, manifest: CaseManifest) -> None:
    """Delete sources, graphs and tables that the manifest does not name: withdrawn, or left by a killed build."""
    for file in leftovers(folder, manifest):
        with suppress(OSError):
            file.unlink()


def leftovers(folder: CaseFolder, manifest: CaseManifest) -> list[Path]:
    """Files in sources/, graphs/ and tables/ that the manifest does not name."""
    sources = {entry.sha256 for entry in manifest.documents.values()}
    graphs = {f"{key}.nq" for key in (*manifest.documents, *manifest.graphs)}
    tables = {f"{key}.msgpack" for key in manifest.documents}
    pairs = ((folder.sources, sources), (folder.graphs, graphs), (folder.tables, tables))
    return [f for place, known in pairs if place.is_dir() for f in sorted(place.iterdir()) if f.name not in known]


def keep_source(folder: CaseFolder, data: bytes) -> str:
    """Keep the bytes of a document under their hash, which is returned."""
    digest = hashlib.sha256(data).hexdigest()
    target = folder.sources / digest
    if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
        return digest
    folder.sources.mkdir(exist_ok=True)
    write(part := folder.sources / (PART + digest), data)
    part.replace(target)
    return digest


def write_graph(folder: CaseFolder, key: str, data: bytes) -> str:
    """Write a graph of the next state and return its hash."""
    file = folder.new_graph(key, hashlib.sha256(data).hexdigest())
    file.path.parent.mkdir(parents=True, exist_ok=True)
    write(file.path, data)
    return file.sha256


def write_table(folder: CaseFolder, document: str, data: bytes) -> None:
    """Write a document's rows of the next state."""
    file = folder.table(document, {document})
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, data)


def write(path: Path, data: bytes) -> None:
    """Write a file through to the disk."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def sync(path: Path) -> None:
    """Write a folder's names through to the disk, where the system has a way to."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
