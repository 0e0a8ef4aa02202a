"""JSON-LD 1.1 with the terms of `ontology/context.jsonld`, written graph by graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from kg.query.result import Term, dump_json, shorten

if TYPE_CHECKING:
    import pyoxigraph as ox

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def write_jsonld(units: Iterable[Iterable[ox.Quad]], output: IO[bytes]) -> None:
    """Write quads, sorted by graph within each unit, as one JSON-LD document with its context inside."""
    from kg.resources import resource

    context = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    compact = Compactor(context)
    output.write(b'{"@context": ' + json.dumps(context).encode() + b',\n"@graph": [')
    mark = b"\n"
    for unit in units:
        for graph, quads in groupby(unit, key=lambda quad: str(getattr(quad.graph_name, "value", ""))):
            output.write(mark + dump_json(compact.graph(graph, list(quads))).encode())
            mark = b",\n"
    output.write(b"\n]}\n")


class Compactor:
    """Writes terms as a JSON-LD context defines them (JSON-LD 1.1 API, section 6), without loss."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.terms: dict[str, tuple[str, dict[str, Any]]] = {}
        self.words: dict[str, str] = {}
        prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}
        for name, said in context.items():
            meant = said if isinstance(said, dict) else {"@id": said}
            prefix, _, rest = str(meant.get("@id", "")).partition(":")
            if prefix in prefixes and name not in prefixes:
                iri = prefixes[prefix] + rest
                self.terms.setdefault(iri, (name, meant))
                if set(meant) == {"@id"}:
                    self.words.setdefault(iri, name)

    def graph(self, name: str, quads: list[ox.Quad]) -> dict[str, Any]:
        """A named graph: its nodes in order of their IRIs."""
        nodes: dict[str, dict[str, list[Term]]] = {}
        for quad in quads:
            node = nodes.setdefault(_id(quad.subject), {})
            node.setdefault(quad.predicate.value, []).append(quad.object)
        return {"id": name, "graph": [self._node(iri, said) for iri, said in sorted(nodes.items())]}

    def _node(self, iri: str, said: Mapping[str, list[Term]]) -> dict[str, Any]:
        made: dict[str, Any] = {"id": iri}
        for predicate, values in sorted(said.items()):
            if predicate == _TYPE:
                types = [self.words.get(_id(v)) or shorten(_id(v)) for v in values]
                made["type"] = types[0] if len(types) == 1 else types
                continue
            name, meant = self.terms.get(predicate, (shorten(predicate), {}))
            items = [self._value(value, meant) for value in values]
            made[name] = items[0] if len(items) == 1 and "@container" not in meant else items
        return made

    def _value(self, term: Term, meant: Mapping[str, Any]) -> Any:
        kind = meant.get("@type")
        if hasattr(term, "datatype"):
            return _literal(term, kind)
        if kind == "@vocab":
            return self.words.get(_id(term)) or shorten(_id(term))
        return _id(term) if kind == "@id" else {"@id": _id(term)}


def _id(term: Any) -> str:
    """An IRI, or the label of a blank node."""
    return str(term) if str(term).startswith("_:") else str(term.value)


def _literal(term: Any, kind: str | None) -> Any:
    """A literal; bare where the context says what it is."""
    datatype = shorten(term.datatype.value)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if datatype == "xsd:string":
        return term.value if kind is None else {"@value": term.value}
    if kind != datatype:
        return {"@value": term.value, "@type": term.datatype.value}
    if datatype == "xsd:boolean" and term.value in ("true", "false"):
        return term.value == "true"
    if datatype == "xsd:nonNegativeInteger" and str(int(term.value)) == term.value:
        return int(term.value)
    return term.value
