"""Load and query times of a case's quads: Oxigraph, the case's index, and plain rdflib in memory."""

from __future__ import annotations

import io
import math
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.measure import kg, median
from benchmarks.table import Row, Section, plain
from benchmarks.texts import Texts

STORE = "Store: Oxigraph against rdflib in memory"
NAMES = (STORE,)
GROUP_BY = """SELECT ?name (COUNT(?claim) AS ?claims) WHERE {
  ?claim prov:wasAttributedTo/schema:name ?name
} GROUP BY ?name ORDER BY DESC(?claims) ?name"""
FAMOUS = """SELECT ?name (COUNT(?span) AS ?n) WHERE {
  ?entity skos:prefLabel ?name ; kg:mentionedAt ?span
} GROUP BY ?name ORDER BY DESC(?n) ?name LIMIT 1"""
RUNS = 5
PATIENCE = 60.0
"""Seconds that rdflib is given for one query."""
QUICK = 5.0
"""Seconds of answering after which a query is not asked of rdflib again."""


def run(texts: Texts, workers: int, folder: Path) -> Iterator[Section]:
    """The section of the store, measured on a case built of the texts."""
    import kg as library
    from kg.store import make
    from kg.store.quads import with_copies

    path = folder / "store"
    kg("build", texts.files[0].parent, "--case", path, "--workers", str(workers))
    with library.open(path) as case:
        data = b"".join(with_copies(file.read_bytes(), case.base) for file in case.graphs())
        manifest, files = case.manifest, case._folder.files(case.manifest)
        with tempfile.TemporaryDirectory() as out:
            index = _seconds(lambda: make(Path(out), manifest.recipe.base, files))
    opening = median(_seconds(lambda: _open_and_close(path)) for _ in range(RUNS))
    bulk = median(_seconds(lambda: _bulk(data)) for _ in range(RUNS))
    with library.open(path) as case, _Rdflib(data) as rdflib:
        rows = [
            Row("articles / quads / with the copies in the default graph", _sizes(texts, case)),
            plain("load: Oxigraph in memory, bulk, s", bulk, "{:.2f}"),
            plain("load: the case's index on disk, sums included, s", index, "{:.2f}"),
            plain("load: rdflib in memory, s", rdflib.loaded, "{:.1f}"),
            plain("load: rdflib ÷ Oxigraph in memory", rdflib.loaded / bulk, "{:.0f}"),
            plain("opening a case with a sound index, ms", 1000 * opening),
        ]
        for name, query in _queries(case).items():
            rows += _compare(name, query, case, rdflib)
    yield Section(STORE, rows, ["The same N-Quads and the same SPARQL for all. Every answer is read to its last row."])


def _seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def _open_and_close(path: Path) -> None:
    import kg as library

    with library.open(path) as case:
        len(case.store)


def _bulk(data: bytes) -> None:
    import pyoxigraph

    pyoxigraph.Store().bulk_load(io.BytesIO(data), pyoxigraph.RdfFormat.N_QUADS)


def _sizes(texts: Texts, case: Any) -> str:
    return f"{len(texts.files)} / {case.counts['quads']:,} / {len(case.store):,}"


def _queries(case: Any) -> dict[str, str]:
    """Three named queries and a group-by, as SPARQL text."""
    from kg.query.named import bind

    famous = next(iter(case.store.query(FAMOUS, prefixes=_prefixes())))["name"].value
    return {
        "claims-by-speaker": bind("claims-by-speaker", {}),
        "figures": bind("figures", {}),
        "who-said-what-about": bind("who-said-what-about", {"entity": famous}),
        "claims counted by speaker (group-by)": GROUP_BY,
    }


def _prefixes() -> dict[str, str]:
    from kg.rdf import PREFIXES

    return dict(PREFIXES)


def _compare(name: str, query: str, case: Any, rdflib: _Rdflib) -> Iterator[Row]:
    prefixes, number = _prefixes(), 0

    def through_index() -> None:
        nonlocal number
        number = len(list(case.store.query(query, prefixes=prefixes)))

    index = median(_seconds(through_index) for _ in range(RUNS))
    dataset = median(_seconds(lambda: list(case.dataset.query(query, initNs=prefixes))) for _ in range(RUNS))
    apart = median(_seconds(lambda: case.query(query)) for _ in range(RUNS))
    yield plain(f"{name} ({number:,} rows): the index, ms", 1000 * index)
    yield plain(f"{name}: `case.dataset` (oxrdflib), ms", 1000 * dataset)
    yield plain(f"{name}: `case.query` (in a process of its own), ms", 1000 * apart)
    seconds, rows = rdflib.ask(query)
    if math.isinf(seconds):
        yield Row(f"{name}: rdflib in memory, ms", f"> {1000 * PATIENCE:,.0f}, stopped")
        yield Row(f"{name}: rdflib ÷ the index", f"> {PATIENCE / index:,.0f}")
        return
    differs = "" if rows == number else f", {rows:,} rows"
    yield Row(f"{name}: rdflib in memory, ms", f"{1000 * seconds:,.0f}{differs}")
    yield Row(f"{name}: rdflib ÷ the index", f"{seconds / index:,.0f}")


class _Rdflib:
    """Plain rdflib in a process of its own, so that an endless query can be stopped; then it is started again."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.loaded = self._start()

    def __enter__(self) -> _Rdflib:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()

    def ask(self, query: str) -> tuple[float, int]:
        """Seconds (the median, where it is quick) and number of rows; infinitely many seconds where it was stopped."""
        times: list[float] = []
        rows = 0
        while len(times) < RUNS and sum(times) < QUICK:
            self._pipe.send(query)
            if not self._pipe.poll(PATIENCE):
                self._process.kill()
                self._start()
                return math.inf, 0
            seconds, rows = self._pipe.recv()
            times.append(seconds)
        return median(times), rows

    def _start(self) -> float:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, self._data), daemon=True)
        self._process.start()
        return float(self._pipe.recv())


def serve(pipe: Connection, data: bytes) -> None:
    """Load the quads, say how long it took, then answer queries: seconds and number of rows."""
    import rdflib

    dataset = rdflib.Dataset(default_union=False)
    pipe.send(_seconds(lambda: dataset.parse(data=data, format="nquads")))
    dataset.query("ASK { ?s a kg:Nothing }", initNs=_prefixes())  # so that what follows is warm
    while True:
        query = pipe.recv()
        begin = time.perf_counter()
        rows = len(list(dataset.query(query, initNs=_prefixes())))
        pipe.send((time.perf_counter() - begin, rows))
