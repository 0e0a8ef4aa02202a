"""Where the time goes: the rooms of the package, one after another, in one process."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.texts import Texts

STAGES = (
    *("loading files", "reading (model and decoding)", "claims", "quads", "rows and vectors"),
    *("across documents", "index"),
)


def seconds(texts: Texts) -> tuple[dict[str, float], float]:
    """Seconds of each stage over the texts, and seconds that starting the reader took before."""
    spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        spent[stage] += time.perf_counter() - begin

    with timed("start"):
        from kg.claims import read_claims
        from kg.loaders import load
        from kg.rdf import BASE, derived_quads, quads
        from kg.reader import read, text_vectors
        from kg.resolve import Table, resolve, table_of
        from kg.store import GraphFile, make

        first = load(texts.files[0])
        reading = read_claims(first, read(first))
        quads(reading), table_of(reading, text_vectors)  # what is made at the first use is made now

    files: list[GraphFile] = []
    tables: list[Table] = []
    with tempfile.TemporaryDirectory() as out:

        def write(key: str, lines: list[str]) -> None:
            data = "".join(f"{line}\n" for line in lines).encode()
            path = Path(out) / f"{key}.nq"
            path.write_bytes(data)
            files.append(GraphFile(key, path, hashlib.sha256(data).hexdigest()))

        for file in texts.files:
            with timed(STAGES[0]):
                document = load(file)
            with timed(STAGES[1]):
                doc = read(document)
            with timed(STAGES[2]):
                reading = read_claims(document, doc)
            with timed(STAGES[3]):
                write(document.id, quads(reading))
            with timed(STAGES[4]):
                tables.append(table_of(reading, text_vectors))
        with timed(STAGES[5]):
            write("derived", derived_quads(resolve(tables), BASE))
        with timed(STAGES[6]):
            make(Path(out) / "index", BASE, files)
    return {stage: spent[stage] for stage in STAGES}, spent["start"]
