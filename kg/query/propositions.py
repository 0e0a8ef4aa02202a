"""What claims say, as plain records: the propositions in their content graphs, with names for the things they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from kg.query.source import Source
from kg.query.tables import grouped, only, read, values
from kg.rdf.vocabulary import QUALIFIERS


def propositions(case: Source, claims: Collection[str] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Claim (IRI) → its propositions in the order of the text; of some claims (IRIs) or of all.

    Each has `subject` and `object` (a name or words, None where there is none), `predicate` (the lemma), `text` (its words
    as written), `arguments` ({role, text}, by role) and `negated`. An entity goes by its name, anything else by its words.
    A claim that no proposition was read from is not among the keys.
    """
    said = _Contents(case, claims)
    lemmas = dict(said.rows("rdf:predicate/kg:lemma"))
    texts, negated = dict(said.rows("kg:text")), dict(said.rows("kg:negated"))
    subjects, objects = dict(said.rows("rdf:subject")), dict(said.rows("rdf:object"))
    name = _names(case, said)
    arguments = _arguments(said, name)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in sorted(lemmas, key=_place):
        found[_claim(case, node)].append(
            {
                "subject": name.get(subjects.get(node, "")),
                "predicate": lemmas[node],
                "text": texts[node],
                "object": name.get(objects.get(node, "")),
                "arguments": arguments.get(node, []),
                "negated": negated[node] in ("true", "1"),
            }
        )
    return dict(found)


class _Contents:
    """The content graphs of some claims, or of all."""

    def __init__(self, case: Source, claims: Collection[str] | None) -> None:
        self._case = case
        self._graphs = None if claims is None else {f"{claim}/content" for claim in claims}

    def rows(self, path: str) -> Iterator[list[str]]:
        """(subject, value) for a property path, one pattern a query as in `kg.query.tables.values`."""
        rows = read(self._case, f"SELECT ?g ?s ?o {{ {only('g', self._graphs)} GRAPH ?g {{ ?s {path} ?o }} }}")
        return (row[1:] for row in rows if self._graphs is None or row[0] in self._graphs)


def _names(case: Source, said: _Contents) -> dict[str, str]:
    """Entity, quantity, time or term → how it is called."""
    return {
        **dict(said.rows("rdfs:label")),
        **dict(values(case, "kg:text")),
        **dict(values(case, "skos:prefLabel")),
    }


def _arguments(said: _Contents, name: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Proposition → its further arguments; "other" where the graph names no role."""
    roles = {(node, thing): role for role, iri in sorted(QUALIFIERS.items()) for node, thing in said.rows(f"<{iri}>")}
    return {
        node: sorted(
            ({"role": roles.get((node, thing), "other"), "text": name[thing]} for _, thing in rows),
            key=lambda one: (one["role"], one["text"]),
        )
        for node, rows in grouped(said.rows("kg:argument")).items()
    }


def _claim(case: Source, node: str) -> str:
    """The claim that a proposition's IRI names."""
    return f"{case.base}claim/{node.removeprefix(case.base + 'proposition/').rpartition('-')[0]}"


def _place(node: str) -> tuple[str, int]:
    claim, _, number = node.rpartition("-")
    return claim, int(number)
