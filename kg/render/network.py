"""A pyvis network with every node in its place and no physics."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

from kg.render.graph import ClaimNode, DocumentNode, GroupNode, Node, RenderGraph
from kg.render.layout import Layout, lay_out
from kg.render.style import style_of

SHORT = 42
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 7},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "multiselect": False,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
        "keyboard": {"enabled": False},
        "selectConnectedEdges": False,
        "zoomSpeed": 0.7,
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 1},
    "edges": {"smooth": False, "selectionWidth": 1, "hoverWidth": 0},
}
MANY_EDGES = 6_000


def label_of(node: Node) -> str:
    """The full name of a node: a claim's quote or that of a group, a document's title, a speaker's or entity's name."""
    if isinstance(node, ClaimNode):
        return node.quote
    if isinstance(node, GroupNode):
        return node.label
    return node.title if isinstance(node, DocumentNode) else node.name


def shorten(text: str, width: int = SHORT) -> str:
    """`text` on one line, cut at a word within `width` characters and ended with "…" where it is longer."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > width // 2 else cut).rstrip(" ,;:.–-") + "…"


def network(graph: RenderGraph, layout: Layout | None = None) -> Any:
    """The graph as a `pyvis.network.Network`: node numbers are places in `graph.nodes`, labels are shortened.

    Positions come from `lay_out` and physics is off, so that it is drawn at once.
    """
    from pyvis.edge import Edge as VisEdge  # type: ignore[import-untyped]
    from pyvis.network import Network  # type: ignore[import-untyped]
    from pyvis.node import Node as VisNode  # type: ignore[import-untyped]

    places = (layout or lay_out(graph)).positions
    edges = graph.edges
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    net = Network(height="100%", directed=True, cdn_resources="in_line")
    numbers = {node.id: number for number, node in enumerate(graph.nodes)}
    for number, node in enumerate(graph.nodes):
        style = style_of(node)
        x, y = places[node.id]
        options = {"x": round(x), "y": round(y), "color": style.colour, "size": _size(node, degree[node.id])}
        vis = VisNode(number, style.shape, shorten(label_of(node)), **options)
        # filled here and not with add_node and add_edge, which search all that is there already each time
        net.nodes.append(vis.options)
        net.node_ids.append(number)
        net.node_map[number] = vis.options
    for edge in edges:
        more = {"links": list(edge.links)} if edge.links else {}
        net.edges.append(VisEdge(numbers[edge.source], numbers[edge.target], True, kind=edge.kind, **more).options)
    many = len(edges) > MANY_EDGES
    interaction = {**OPTIONS["interaction"], "hideEdgesOnDrag": many, "hideEdgesOnZoom": many}
    net.set_options(json.dumps({**OPTIONS, "interaction": interaction}))
    return net


def _size(node: Node, degree: int) -> int:
    if isinstance(node, ClaimNode):
        return 10
    if isinstance(node, GroupNode):
        return round(13 + min(8.0, 1.5 * math.sqrt(len(node.claims))))
    if isinstance(node, DocumentNode):
        return 18
    return round((11 if node.kind == "entity" else 15) + min(12.0, 1.6 * math.sqrt(degree)))
