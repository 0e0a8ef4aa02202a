"""N-Quads files into a store in batches of bounded size, at once or beside other work.

A load of everything at once would be a little quicker in itself, but the store keeps a million quads of a load in memory
before it writes them: a gigabyte. A batch at a time needs what one batch needs, however many files there are.
"""

from __future__ import annotations

import hashlib
import queue
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.store.quads import with_copies

if TYPE_CHECKING:
    import pyoxigraph

BATCH = 8 << 20
"""Bytes of N-Quads that are loaded at a time; the store takes about ten times as much memory meanwhile."""
TEMPORARY = "tmp-"


@dataclass(frozen=True, slots=True)
class GraphFile:
    """One N-Quads file of a case: `key` is a document's id, "derived" or "run"; `sha256` its hash as written."""

    key: str
    path: Path
    sha256: str

    def read(self) -> bytes:
        """The file's bytes. Raises KgError if it is missing or not as it was written."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise KgError(f"{self.path}: {reason}; build the case again from its documents") from None
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise KgError(f"{self.path}: changed since it was written; build the case again to restore it")
        return data


def load(store: pyoxigraph.Store, base: str, files: Iterable[GraphFile]) -> None:
    """Load files, with the copies that the default graph repeats. Raises KgError where a file is missing or changed."""
    import pyoxigraph

    for batch in batches((with_copies(file.read(), base) for file in files), BATCH):
        store.bulk_load(batch, pyoxigraph.RdfFormat.N_QUADS)


def batches(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Lines joined or cut to batches of `size` bytes, or more by less than a line; each chunk ends with a whole line."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        start = 0
        while len(held) - start >= size:
            end = held.find(b"\n", start + size - 1) + 1
            yield bytes(memoryview(held)[start:end])
            start = end
        del held[:start]
    if held:
        yield bytes(held)


class Loader:
    """Fills a new temporary folder in `root` with an index, in a thread of its own, from files as they come.

    Only their names wait, so nothing piles up where the store is slower than what writes the files.
    """

    def __init__(self, root: Path, base: str) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=root))
        self.loaded: dict[str, str] = {}
        self._base = base
        self._files: queue.SimpleQueue[GraphFile | None] = queue.SimpleQueue()
        self._over = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def add(self, file: GraphFile) -> None:
        """Load this file too, soon. Raises what an earlier one met with."""
        if self._error:
            raise self._error
        self.loaded[file.key] = file.sha256
        self._files.put(file)

    def finish(self) -> None:
        """Wait until all is loaded and on disk. Raises KgError where a file is damaged, OSError from the disk."""
        self._files.put(None)
        self._thread.join()
        if self._error:
            raise self._error

    def close(self) -> None:
        """Stop, and delete the folder if it still has its temporary name."""
        self._over = True
        self._files.put(None)
        self._thread.join()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _work(self) -> None:
        try:
            fill(self.folder, self._base, iter(self._next, None))
        except BaseException as error:  # whatever it is, the one who waits must hear of it
            self._error = error

    def _next(self) -> GraphFile | None:
        file = self._files.get()
        return None if self._over else file


def fill(folder: Path, base: str, files: Iterable[GraphFile]) -> None:
    """Make an index of files in an empty folder, and let go of it."""
    import pyoxigraph

    store = pyoxigraph.Store(str(folder))
    load(store, base, files)
    store.flush()
