"""Quads of the run: which software, model and options made the graph. No clock time: same input, same bytes."""

from __future__ import annotations

from collections.abc import Mapping

from kg.rdf import vocabulary as v
from kg.rdf.names import Names
from kg.rdf.nquads import Sink, canonical, check_base
from kg.rdf.vocabulary import BASE

SOFTWARE = "kg"


def run_quads(
    base: str = BASE, version: str = "", model_sha256: str = "", options: Mapping[str, str] | None = None
) -> list[str]:
    """Canonical N-Quads of the run graph.

    `version` is that of this package, `model_sha256` the hash of the reader's model file (left out where empty),
    `options` whatever changes the output. Raises KgError where `base` is not a base IRI.
    """
    names = Names(check_base(base))
    sink = Sink(names.run_graph)
    software = names.software(version)
    sink.types(names.run, v.PROV_ACTIVITY)
    sink.link(names.run, v.ASSOCIATED_WITH, software)
    sink.types(software, v.PROV_SOFTWARE, v.SOFTWARE_APPLICATION)
    sink.text(software, v.NAME, SOFTWARE)
    sink.text(software, v.SOFTWARE_VERSION, version)
    if model_sha256:
        sink.text(names.run, v.MODEL, model_sha256)
    for key, value in (options or {}).items():
        option = names.option(key)
        sink.link(names.run, v.OPTION, option)
        sink.types(option, v.PROPERTY_VALUE)
        sink.text(option, v.NAME, key)
        sink.text(option, v.VALUE, value)
    return canonical(sink.lines)
