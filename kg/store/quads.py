"""What the graph names and lines of a case say: whose graph it is, and what the default graph repeats.

The default graph holds a copy of what is known of documents, speakers and claims, never of what is claimed: so a plain
query, without GRAPH, is the honest one (SPARQL 1.1 Query, section 13: it matches the default graph only).
"""

from __future__ import annotations

JUDGEMENTS = "judgements"
"""The graph of what people decided: not repeated in the default graph, which is the machine's."""


def owner(graph: str, base: str) -> str:
    """The unit that a graph belongs to: a document's id, "derived" or "run"; empty for a graph that is none of ours."""
    if graph.startswith(head := base + "graph/"):
        return graph[len(head) :]
    if graph.startswith(head := base + "claim/") and graph.endswith("/content"):
        return graph[len(head) :].split("-", 1)[0]
    return ""


def is_plain(graph: str, base: str) -> bool:
    """Whether the default graph repeats the graph's triples."""
    return graph.startswith(base + "graph/") and graph != base + "graph/" + JUDGEMENTS


def graph_of(line: bytes) -> str:
    """The IRI of the named graph of an N-Quads line (without its newline)."""
    return line[line.rfind(b" <") + 2 : -3].decode()


def with_copies(data: bytes, base: str) -> bytes:
    """N-Quads lines, followed by the triples that the default graph repeats."""
    copies: list[bytes] = []
    plain: dict[bytes, bool] = {}
    for line in data.removesuffix(b"\n").split(b"\n"):
        # The last " <" begins the graph: an IRI holds no space, and what stands in a literal comes before.
        cut = line.rfind(b" <")
        graph = line[cut:]
        if graph not in plain:
            plain[graph] = is_plain(graph_of(line), base)
        if plain[graph]:
            copies.append(line[:cut] + b" .\n")
    return data + b"".join(copies)
