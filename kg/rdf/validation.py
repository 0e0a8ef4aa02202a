"""Shapes against the graph: SHACL (`ontology/shapes.ttl`) and the rules between graphs that SHACL cannot see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from kg.rdf import vocabulary as v
from kg.resources import resource

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rdflib import Graph

CONTENT_END = "/content"
"""Names of graphs that hold what is claimed end so."""


def problems(lines: Iterable[str]) -> list[str]:
    """What is wrong with the N-Quads of documents, of the derived graph or of the run; empty where nothing is.

    One line a problem: the thing, the property, what is expected. Lines that do not parse are a problem, not an error.
    """
    import pyoxigraph as ox

    text = "".join(f"{line}\n" for line in lines)
    try:
        found = list(ox.parse(text.encode("utf-8", "surrogatepass"), ox.RdfFormat.N_QUADS))
        graph = as_graph(found)
    except (SyntaxError, ValueError) as error:
        return [f"not N-Quads: {error}"]
    return sorted(between_graphs(found) + shape_problems(graph))


def as_graph(found: Iterable[ox.Quad]) -> Graph:
    """The quads' triples as one rdflib graph, literals kept to the letter. Raises ValueError at a blank node."""
    import pyoxigraph as ox
    from rdflib import Graph, Literal, URIRef
    from rdflib.term import Node

    graph = Graph()
    terms: dict[object, Node] = {}

    def term(node: object) -> Node:
        known = terms.get(node)
        if known is None:
            if isinstance(node, ox.NamedNode):
                known = URIRef(node.value)
            elif isinstance(node, ox.Literal):
                datatype = None if node.datatype.value == v.XSD_STRING else URIRef(node.datatype.value)
                known = Literal(node.value, datatype=datatype, normalize=False)
            else:
                raise ValueError(f"neither IRI nor literal: {node}")
            terms[node] = known
        return known

    for quad in found:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def between_graphs(found: Iterable[ox.Quad]) -> list[str]:
    """Each claim's content is in a graph of its own, which is not empty, and no triple of it stands outside of such."""
    inside: set[tuple[object, object, object]] = set()
    outside: set[tuple[object, object, object]] = set()
    graphs: dict[str, int] = defaultdict(int)
    contents: dict[str, str] = {}
    for quad in found:
        graph = str(getattr(quad.graph_name, "value", ""))
        graphs[graph] += 1
        (inside if graph.endswith(CONTENT_END) else outside).add((quad.subject, quad.predicate, quad.object))
        if getattr(quad.predicate, "value", "") == v.CONTENT:
            contents[str(getattr(quad.object, "value", ""))] = str(getattr(quad.subject, "value", ""))
    report = [f"{claim}: its content graph is empty" for graph, claim in contents.items() if not graphs.get(graph)]
    report += ["the default graph: it must be empty"] if "" in graphs else []
    report += [
        f"{graph}: content that no claim points to"
        for graph in graphs
        if graph.endswith(CONTENT_END) and graph not in contents
    ]
    report += [
        f"{key[0]}: what is claimed is asserted outside its graph: {key[1]} {key[2]}" for key in inside & outside
    ]
    return report


@cache
def shapes() -> Graph:
    """The shapes, parsed once."""
    from rdflib import Graph

    return Graph().parse(resource("ontology", "shapes.ttl"), format="turtle")


def shape_problems(graph: Graph) -> list[str]:
    """What the shapes find in a graph, one line a problem."""
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.namespace import SH

    conforms, report, _ = validate(graph, shacl_graph=shapes(), inference="none", inplace=True)
    if conforms or not isinstance(report, Graph):
        return []
    return [
        " ".join(
            str(part)
            for part in (
                f"{report.value(result, SH.focusNode)}:",
                report.value(result, SH.resultPath),
                report.value(result, SH.value),
                f"({report.value(result, SH.resultMessage)})",
            )
            if part is not None
        ).replace("\n", " ")
        for result in report.subjects(None, SH.ValidationResult)
    ]
