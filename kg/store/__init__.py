"""The index of a case: an embedded Oxigraph store made from the case's N-Quads files, and made again at need.

`index/` holds one folder a state of the case, named by the state's stamp. A folder is written under a temporary name,
its seal (what files it holds) last, and gets its name when it is complete; then it never changes. So readers are never
disturbed: an update is made on a copy (the table files, which are immutable, by hard link), and an old state is deleted
when nobody reads it. Whatever is missing, half written or damaged is not found sound, and is made again from the files.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.store.loading import TEMPORARY, GraphFile, Loader, fill, load
from kg.store.locks import Lock, take
from kg.store.quads import is_plain, owner

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["GraphFile", "Index", "Making", "holds_exactly", "make", "open_index", "stamp", "sweep", "update"]

LAYOUT = "1"
"""Changes when the same files give another index."""
SEAL = "seal.json"
IN_USE = "in-use"
SUMS_UP_TO = 1 << 29
"""Bytes of an index up to which every opening checks its checksums; above, the sizes of the files only."""
PATIENCE = 3600.0
"""Seconds to wait for another process that is making the index."""


def stamp(base: str, files: Iterable[GraphFile]) -> str:
    """What an index is made of, in 24 hex digits: the layout, the store's version and the files' hashes."""
    import pyoxigraph

    parts = [LAYOUT, str(pyoxigraph.__version__), base, *sorted(f"{f.key} {f.sha256}" for f in files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


class Index:
    """An index opened for reading. `store` is a pyoxigraph store, `path` its folder, which stays while this is open."""

    def __init__(self, store: pyoxigraph.Store, path: Path, release: Callable[[], None]) -> None:
        self.store = store
        self.path = path
        self._release = release

    def close(self) -> None:
        """Let go of the folder, so that it can be deleted when it is out of date."""
        self._release()


def open_index(root: Path, base: str, files: Sequence[GraphFile]) -> Index:
    """The index of the state that `files` are, made first if there is no sound one.

    Where `root` cannot be written the index is made in a temporary folder. Raises KgError if it has to be made and one
    of the files is missing or changed.
    """
    name = stamp(base, files)
    for _ in range(5):
        if index := _open(root / name):
            return index
        try:
            make(root, base, files)
        except OSError:
            break
    return _temporary(base, files)


def make(root: Path, base: str, files: Sequence[GraphFile]) -> None:
    """Make the index of the state that `files` are, if there is no sound one. Raises OSError, KgError."""
    with _building(root):
        _make(root, base, files, lambda folder: fill(folder, base, files))


def update(root: Path, base: str, before: Sequence[GraphFile], after: Sequence[GraphFile]) -> None:
    """Make the index of the state `after` from that of the state `before`: only what differs is read.

    Made from all the files where most of them differ, or where there is no sound index before. Raises OSError, KgError.
    """
    old = {f.key: f.sha256 for f in before}
    new = {f.key: f.sha256 for f in after}
    gone = {key for key in old if new.get(key) != old[key]}
    fresh = [f for f in after if old.get(f.key) != f.sha256]
    source = root / stamp(base, before)
    with _building(root):
        if not _is_new(len(fresh), len(after)) and _is_sound(source):
            try:
                _make(root, base, after, lambda folder: _apply(source, folder, base, gone, fresh))
                return
            except (RuntimeError, ValueError):  # what the store raises for tables that it cannot read after all
                pass
        _make(root, base, after, lambda folder: fill(folder, base, after))


class Making:
    """The index of a state in the making, while documents are still read: `add` their graphs as they are written.

    Where most of the state is new, its index is loaded meanwhile; else `finish` makes it from that of the state before.
    """

    def __init__(
        self, root: Path, base: str, before: Sequence[GraphFile], stays: Sequence[GraphFile], fresh: int
    ) -> None:
        """`stays` are the files of `before` that will stay as they are, `fresh` is how many are to come."""
        self._root, self._base, self._before = root, base, before
        self._loader = Loader(root, base) if _is_new(fresh, fresh + len(stays)) else None
        for file in stays:
            self.add(file)

    def add(self, file: GraphFile) -> None:
        """A file of the state to come is in its place. Raises what went wrong with one before it."""
        if self._loader:
            self._loader.add(file)

    def finish(self, after: Sequence[GraphFile]) -> None:
        """Make it the index of the state `after`. Raises OSError, KgError."""
        loader = self._loader
        state = {file.key: file.sha256 for file in after}
        if loader is None or not loader.loaded.items() <= state.items():
            update(self._root, self._base, self._before, after)
            return
        for file in after:
            if file.key not in loader.loaded:
                loader.add(file)
        loader.finish()
        with _building(self._root):
            target = self._root / stamp(self._base, after)
            if not _is_sound(target):
                _put_in_place(loader.folder, target)

    def close(self) -> None:
        """Leave nothing behind of what was not finished."""
        if self._loader:
            self._loader.close()


def _is_new(fresh: int, of: int) -> bool:
    """Whether so much of a state is new that its index is better made from nothing."""
    return 2 * fresh > of


def holds_exactly(store: pyoxigraph.Store, base: str, files: Iterable[GraphFile]) -> tuple[int, bool]:
    """How many quads a store holds, and whether they are those of the files and their copies in the default graph."""
    import pyoxigraph

    named, number = 0, len(store)
    for file in files:
        # Through a store of its own: the store keeps numbers by value, so "05" comes back as it does.
        expected = pyoxigraph.Store()
        load(expected, base, [file])
        for quad in expected:
            named += isinstance(quad.graph_name, pyoxigraph.NamedNode)
            if quad not in store:
                return number, False
    copies = 0
    for quad in store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()):
        copies += 1
        if not _is_said(store, base, quad):
            return number, False
    return number, number == named + copies


def _is_said(store: pyoxigraph.Store, base: str, quad: pyoxigraph.Quad) -> bool:
    """Whether one of the graphs that the default graph repeats holds the triple of `quad`."""
    import pyoxigraph

    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    names = (other.graph_name for other in found)
    return any(isinstance(name, pyoxigraph.NamedNode) and is_plain(name.value, base) for name in names)


def sweep(root: Path, keep: str) -> None:
    """Delete the states other than `keep` that nobody reads, and what killed builds left."""
    if not root.is_dir() or not (building := take(root / ".lock")):
        return
    with building:
        for folder in root.iterdir():
            if folder.name == keep or not folder.is_dir():
                continue
            if folder.name.startswith(TEMPORARY):
                shutil.rmtree(folder, ignore_errors=True)
            elif reading := take(folder / IN_USE):
                with reading:
                    _discard(folder)


def _building(root: Path) -> Lock:
    root.mkdir(parents=True, exist_ok=True)
    lock = take(root / ".lock", wait=PATIENCE)
    if not lock:
        raise KgError(f"{root}: another process has been making the index for an hour; end it, then try again")
    return lock


def _make(root: Path, base: str, files: Sequence[GraphFile], filling: Callable[[Path], None]) -> None:
    """Fill a new folder, seal it, give it its name. The caller holds the lock of `root`."""
    if _is_sound(root / stamp(base, files)):
        return
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=root))
    try:
        filling(folder)
        _put_in_place(folder, root / stamp(base, files))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(folder: Path, target: Path) -> None:
    """Seal a folder that is filled, and give it its name. The caller holds the lock of its root."""
    folder.chmod(0o755)
    (folder / IN_USE).touch()
    seal = {f.name: [f.stat().st_size, _sum(f)] for f in sorted(_data_files(folder))}
    (folder / SEAL).write_text(json.dumps(seal), encoding="utf-8")
    if target.exists():
        _discard(target)
    folder.rename(target)


def _discard(folder: Path) -> None:
    """Take a folder out of the way by name first: nobody finds it half deleted."""
    away = folder.with_name(f"{TEMPORARY}old-{os.getpid()}-{folder.name}")
    try:
        folder.rename(away)
    except OSError:  # in use, on systems that do not rename open files: the next sweep gets it
        return
    shutil.rmtree(away, ignore_errors=True)


def _data_files(folder: Path) -> Iterator[Path]:
    """The files that the store reads: tables, write-ahead logs, and the list of them. Its own log is not among them."""
    for file in folder.iterdir():
        if file.suffix in {".sst", ".log"} or file.name == "CURRENT" or file.name.startswith("MANIFEST-"):
            yield file


def _sum(file: Path) -> int:
    total = 0
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            total = zlib.crc32(chunk, total)
    return total


def _is_sound(folder: Path) -> bool:
    """Whether a folder holds exactly what its seal says."""
    try:
        seal = json.loads((folder / SEAL).read_bytes())
        sizes = {f.name: f.stat().st_size for f in _data_files(folder)}
        if sizes != {name: size for name, (size, _) in seal.items()}:
            return False
        return sum(sizes.values()) > SUMS_UP_TO or all(_sum(folder / n) == s for n, (_, s) in seal.items())
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _open(folder: Path) -> Index | None:
    import pyoxigraph

    if not folder.is_dir():
        return None
    try:
        lock = take(folder / IN_USE, shared=True)
        # Between our look and our lock the folder may have been swept away.
        if not lock or not lock.is_of(folder / IN_USE) or not _is_sound(folder):
            return None
        return Index(pyoxigraph.Store.read_only(str(folder)), folder, lock.close)
    except (OSError, RuntimeError, ValueError):  # what the store raises for a folder that it cannot read
        return None


def _temporary(base: str, files: Iterable[GraphFile]) -> Index:
    import pyoxigraph

    holder = tempfile.TemporaryDirectory(prefix="kg-index-")
    folder = Path(holder.name)
    fill(folder, base, files)
    return Index(pyoxigraph.Store.read_only(str(folder)), folder, holder.cleanup)


def _apply(source: Path, folder: Path, base: str, gone: Collection[str], fresh: Iterable[GraphFile]) -> None:
    import pyoxigraph

    for file in _data_files(source):
        try:
            if file.suffix != ".sst":
                raise OSError("written to")
            os.link(file, folder / file.name)
        except OSError:  # also file systems without hard links
            shutil.copyfile(file, folder / file.name)
    store = pyoxigraph.Store(str(folder))
    _drop(store, base, gone)
    load(store, base, fresh)
    store.flush()


def _drop(store: pyoxigraph.Store, base: str, gone: Collection[str]) -> None:
    """Remove the graphs of some documents, and from the default graph what no other graph says."""
    import pyoxigraph

    graphs = [g for g in store.named_graphs() if isinstance(g, pyoxigraph.NamedNode) and owner(g.value, base) in gone]
    for graph in graphs:
        copied = list(store.quads_for_pattern(None, None, None, graph)) if is_plain(graph.value, base) else []
        store.remove_graph(graph)
        for quad in copied:  # what a graph says that is yet to be removed goes with that one
            if not _is_said(store, base, quad):
                store.remove(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object))
