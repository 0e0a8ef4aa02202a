"""What the graph names and lines of a case say: whose graph it is, and what the default graph repeats.

The default graph holds a copy of what is known of documents, speakers and claims, never of what is claimed: so a plain
query, without GRAPH, is the honest one (SPARQL 1.1 Query, section 13: it matches the default graph only).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.document import Span
from kg.records import Entity, EntityType

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


def entities(data: bytes, base: str) -> Iterator[Entity]:
    """The entities of a document, read back from the canonical N-Quads of its graphs.

    The lines are sorted, so those about entities stand together and nothing else is parsed.
    """
    import pyoxigraph as ox

    head = f"\n<{base}entity/".encode()
    block = b"\n" + data
    start, end = block.find(head), block.rfind(head)
    if start < 0:
        return
    block = block[start + 1 : block.index(b"\n", end + 1) + 1]
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(block, ox.RdfFormat.N_QUADS):
        if not isinstance(quad.graph_name, ox.NamedNode) or not is_plain(quad.graph_name.value, base):
            continue
        name = quad.predicate.value.replace("#", "/").rpartition("/")[2].rpartition(":")[2]
        values = found.setdefault(str(getattr(quad.subject, "value", "")), {})
        values.setdefault(name, []).append(str(getattr(quad.object, "value", "")))
    for iri, values in found.items():
        yield _entity(iri.removeprefix(base + "entity/"), values, lambda v: v.removeprefix(base + "span/"))


def _entity(id: str, values: dict[str, list[str]], span_id: Callable[[str], str]) -> Entity:
    kind: EntityType = values["entityType"][0]  # type: ignore[assignment]
    mentions, nested = (
        tuple(sorted(Span(*map(int, span_id(v).rsplit("-", 2)[1:])) for v in values.get(name, ())))
        for name in ("mentionedAt", "nestedAt")
    )
    return Entity(
        id=id,
        type=kind,
        name=values["prefLabel"][0],
        aliases=tuple(sorted(values.get("altLabel", ()))),
        mentions=mentions,
        nested=nested,
    )
