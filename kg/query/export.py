"""A case in formats for other programs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import KgError
from kg.query.jsonld import write_jsonld
from kg.query.source import Source

if TYPE_CHECKING:
    import pyoxigraph as ox

FORMATS = ("trig", "nquads", "turtle", "jsonld", "graphml")


def export(case: Source, format: str, output: IO[bytes] | None = None) -> str:
    """Write the case to `output` and return an empty string; without `output`, return the text.

    `trig`, `nquads` and `jsonld` hold every named graph; `nquads` is the canonical lines of the case's files. `turtle`
    has no named graphs: it holds who claims what and where, not what is claimed, and says so in its first line.
    `graphml` is `kg.query.graph.to_networkx`. Raises `KgError` for an unknown format.
    """
    writers: dict[str, Callable[[Source, IO[bytes]], None]] = {
        "trig": _trig,
        "nquads": _nquads,
        "turtle": _turtle,
        "jsonld": _jsonld,
        "graphml": _graphml,
    }
    if format not in writers:
        raise KgError(f"unknown format {format!r}; there are: {', '.join(FORMATS)}")
    if output is not None:
        writers[format](case, output)
        return ""
    buffer = io.BytesIO()
    writers[format](case, buffer)
    return buffer.getvalue().decode()


def _files(case: Source) -> list[Path] | None:
    """The N-Quads files of the case, which are its truth; None for a store without files."""
    graphs = getattr(case, "graphs", None)
    return None if graphs is None else list(graphs())


def _units(case: Source) -> Iterator[list[ox.Quad]]:
    """The quads of one document after another, then those of no document, each sorted by graph."""
    import pyoxigraph as ox

    files = _files(case)
    if files is None:
        quads = (q for q in case.store if not isinstance(q.graph_name, ox.DefaultGraph))
        yield sorted(quads, key=_order)
        return
    for file in files:
        yield sorted(ox.parse(_read(file), format=ox.RdfFormat.N_QUADS), key=_order)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KgError(f"{file}: {error.strerror or error}; build the case again from its documents") from None


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _nquads(case: Source, output: IO[bytes]) -> None:
    files = _files(case)
    if files is not None:
        for file in files:
            output.write(_read(file))
        return
    for unit in _units(case):
        output.write("".join(f"{quad} .\n" for quad in unit).encode())


def _trig(case: Source, output: IO[bytes]) -> None:
    import pyoxigraph as ox

    quads = (quad for unit in _units(case) for quad in unit)
    _serialize(quads, output, ox.RdfFormat.TRIG)


def _turtle(case: Source, output: IO[bytes]) -> None:
    import pyoxigraph as ox

    output.write(
        b"# Who claims what, in which words and where. What is claimed is not here: Turtle has no named graphs.\n"
    )
    said = case.base + "graph/"
    quads = (quad for unit in _units(case) for quad in unit)
    plain = (quad.triple for quad in quads if getattr(quad.graph_name, "value", "").startswith(said))
    _serialize(plain, output, ox.RdfFormat.TURTLE)


def _serialize(items: Iterable[Any], output: IO[bytes], format: ox.RdfFormat) -> None:
    import pyoxigraph as ox

    from kg.rdf import PREFIXES

    ox.serialize(items, output, format, prefixes=dict(PREFIXES))


def _jsonld(case: Source, output: IO[bytes]) -> None:
    write_jsonld(_units(case), output)


def _graphml(case: Source, output: IO[bytes]) -> None:
    import networkx as nx

    from kg.query.graph import to_networkx

    graph = to_networkx(case)
    for _, data in graph.nodes(data=True):
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = _xml_text(value)
    nx.write_graphml(graph, output, encoding="utf-8", named_key_ids=True)


def _xml_text(text: str) -> str:
    """XML 1.0 (section 2.2) has no place for most control characters: they become U+FFFD."""
    return "".join(
        c if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "\ufffd"
        for c in text
    )
