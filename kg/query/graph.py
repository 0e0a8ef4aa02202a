"""A case as a networkx graph: documents, speakers, claims and entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.query.claims import claim_records
from kg.query.source import Source
from kg.query.tables import Names, read

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(case: Source) -> nx.MultiDiGraph[str]:
    """The case as a directed multigraph; nodes are keyed by IRI, edges by what they mean.

    Nodes have `kind` (document, speaker, claim, entity) and `label`; claims also `quote`, `claim_kind`, `directness`,
    `polarity`, `document`; entities `type`; speakers `speaker_kind`. Edges: claim –said_by→ speaker, claim –about→
    entity, claim –in→ document, claim –within→ claim (that it is told in), speaker –is→ entity, speaker –in→ document.
    Entities that are one across documents are one node.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = Names(case)
    for node, stem, title in _rows(case, "?n a kg:Document ; schema:identifier ?a ; schema:name ?b"):
        graph.add_node(node, kind="document", label=stem, title=title)
    for node, kind in _rows(case, "?n kg:entityType ?a", 2):
        if node not in names.resolved:
            graph.add_node(node, kind="entity", label=names.labels.get(node, [""])[0], type=kind)
    for node, label, kind in _rows(case, "?n a kg:Speaker ; schema:name ?a ; kg:speakerKind ?b"):
        graph.add_node(node, kind="speaker", label=label, speaker_kind=kind)
    for record in claim_records(case):
        node = f"{case.base}claim/{record['id']}"
        told = {name: record[name] for name in ("quote", "directness", "polarity", "document")}
        graph.add_node(node, kind="claim", label=_short(record["quote"]), claim_kind=record["kind"], **told)
    _join(case, graph, names)
    return graph


def _join(case: Source, graph: nx.MultiDiGraph[str], names: Names) -> None:
    edges = {
        "said_by": "?n a kg:Claim ; prov:wasAttributedTo ?a",
        "about": "?n a kg:Claim ; schema:about ?a",
        "in": "?n dcterms:source ?a . { ?n a kg:Claim } UNION { ?n a kg:Speaker }",
        "within": "?n kg:within ?a",
        "is": "?n a kg:Speaker ; kg:entity ?a",
    }
    for kind, pattern in edges.items():
        for start, end in _rows(case, pattern, 2):
            target = names.resolved.get(end, end)
            if start in graph and target in graph and not graph.has_edge(start, target, kind):
                graph.add_edge(start, target, key=kind, kind=kind)


def _rows(case: Source, pattern: str, columns: int = 3) -> list[list[str]]:
    return sorted(read(case, f"SELECT DISTINCT {' '.join(('?n', '?a', '?b')[:columns])} {{ {pattern} }}"))


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
