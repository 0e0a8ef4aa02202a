"""Quads of what is derived across documents: recomputable, with its method, apart from what any document yields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kg.rdf import vocabulary as v
from kg.rdf.names import Names
from kg.rdf.nquads import Sink, canonical, check_base
from kg.rdf.vocabulary import BASE
from kg.records import EntityType


class Resolved(Protocol):
    """One entity across documents, as `kg.resolve` gives it: `members` are ids of the documents' entities."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> EntityType: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def members(self) -> tuple[str, ...]: ...
    @property
    def method(self) -> str: ...


def derived_quads(resolved: Iterable[Resolved], base: str = BASE) -> list[str]:
    """Canonical N-Quads of the derived graph. Raises KgError where `base` is not a base IRI."""
    names = Names(check_base(base))
    sink = Sink(names.derived_graph)
    for thing in resolved:
        node = names.resolved(thing.id)
        sink.types(node, v.KG_RESOLVED, v.CLASSES[thing.type])
        sink.text(node, v.ENTITY_TYPE, thing.type)
        sink.text(node, v.PREF_LABEL, thing.name)
        for alias in thing.aliases:
            if alias != thing.name:
                sink.text(node, v.ALT_LABEL, alias)
        sink.text(node, v.METHOD, thing.method)
        for member in thing.members:
            sink.link(names.entity(member), v.SPECIALIZATION_OF, node)
    return canonical(sink.lines)
