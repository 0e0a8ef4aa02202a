"""The tables that the graph is read through: one SPARQL query each, in this process, for this package's own use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from kg.query.source import Source

_FEW = 500
"""Up to so many subjects are named in a query; more are read with all the others."""


def read(case: Source, text: str) -> Iterator[list[str]]:
    """The rows of a SELECT query as text; an empty string where there is no value. Prefixes are known."""
    from kg.rdf import PREFIXES

    rows: Any = case.store.query(text, prefixes=dict(PREFIXES))
    for row in rows:
        yield ["" if term is None else term.value for term in row]


def values(case: Source, path: str, subjects: Collection[str] | None = None) -> Iterator[list[str]]:
    """(subject, value) for a property path, of some subjects or of all.

    One pattern a query: joining the tables here costs half of what the engine takes for a star of patterns.
    """
    for row in read(case, f"SELECT ?s ?o {{ {only('s', subjects)} ?s {path} ?o }}"):
        if subjects is None or row[0] in subjects:
            yield row


def only(variable: str, iris: Iterable[str] | None) -> str:
    """A VALUES line that limits a variable to some IRIs, empty for None and for too many of them to name."""
    if iris is None:
        return ""
    found = list(iris)
    return "" if len(found) > _FEW else f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in found)} }}"


def local(iri: str) -> str:
    """What stands after the last `#` of an IRI, in lower case: the word for a kind, a directness, a polarity."""
    return iri.rpartition("#")[2].lower()


class Names:
    """All names by which entities and speakers of a case can be asked for, and which entities are one.

    Everything is keyed by IRI; names are compared without regard to the case of letters and to white space.
    """

    def __init__(self, case: Source) -> None:
        self._case = case

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """Entity or resolved entity → its names, the preferred one first."""
        found: dict[str, list[str]] = {}
        groups = f"{self._case.base}group/"  # named by the words of a claim
        for path in ("skos:prefLabel", "skos:altLabel"):
            for node, name in sorted(row for row in values(self._case, path) if not row[0].startswith(groups)):
                found.setdefault(node, []).append(name)
        return found

    @cached_property
    def resolved(self) -> dict[str, str]:
        """Entity of a document → the resolved entity that it is part of."""
        return dict(sorted(values(self._case, "prov:specializationOf")))

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """Resolved entity → the entities of documents that it joins."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity, resolved in self.resolved.items():
            found[resolved].append(entity)
        return dict(found)

    def entities(self, name: str) -> set[str]:
        """The entities of documents that go by a name, their own or that of the resolved entity, and all that are one
        with them."""
        wanted = fold(name)
        found = {node for node, names in self.labels.items() if any(fold(n) == wanted for n in names)}
        tops = {self.resolved.get(node, node) for node in found}
        return found | {member for top in tops for member in self.members.get(top, [top])}

    def speakers(self, name: str) -> set[str]:
        """The speakers that go by a name: the one shown, the words of the source, or a name of the entity meant."""
        wanted, entities = fold(name), self.entities(name)
        found = {speaker for speaker, entity in values(self._case, "kg:entity") if entity in entities}
        found |= {speaker for speaker, said in values(self._case, "kg:mentionText") if fold(said) == wanted}
        return found | {speaker for speaker, name in self._speakers if fold(name) == wanted}

    @cached_property
    def _speakers(self) -> list[list[str]]:
        """Speaker and name."""
        return list(read(self._case, "SELECT ?s ?n { ?s a kg:Speaker ; schema:name ?n }"))

    def near(self, name: str, speakers: bool = False) -> list[str]:
        """Up to three names of the case that look like one that is not there."""
        from difflib import get_close_matches

        known = {n for names in self.labels.values() for n in names}
        if speakers:
            known |= {name for _, name in self._speakers}
        folded = {fold(n): n for n in sorted(known)}
        parts = [n for key, n in folded.items() if fold(name) and fold(name) in key]
        close = [folded[key] for key in get_close_matches(fold(name), list(folded), n=3, cutoff=0.7)]
        return list(dict.fromkeys(close + sorted(parts, key=len)))[:3]


def fold(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()


def grouped(rows: Iterable[Sequence[str]]) -> dict[str, list[Sequence[str]]]:
    """Rows by their first cell, in the order they come."""
    found: dict[str, list[Sequence[str]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found
