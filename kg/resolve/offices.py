"""Offices without a name: "Supreme Leader" is whoever held the office at the document's date, or nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.resolve.clusters import Clusters, Edge
from kg.resolve.context import Context, own_features
from kg.resolve.units import Office, Record

OFFICE: Final = "office held at that date"
NEEDED: Final = 1.0
"""What the documents of a holder must have in common with one that names the office alone."""
_DATE: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Tenure:
    """From when to when the documents call somebody so: the dates of the first and the last that does, EDTF."""

    cluster: int
    first: str
    last: str
    record: Record


class Holders:
    """Who is said to hold which office, and when, by the documents' dates."""

    def __init__(self, clusters: Clusters, context: Context) -> None:
        self.clusters, self.context = clusters, context
        self._said: dict[str, list[tuple[Office, str, int, Record]]] = defaultdict(list)
        for unit in clusters.units:
            for record in unit.records:
                date = context.dates[record.document]
                if record.name.kind != "office" and _DATE.fullmatch(date):
                    for office in record.offices:
                        self._said[office.head].append((office, date, clusters.root(unit.at), record))

    def holder(self, office: Office, date: str, document: int) -> Tenure | None:
        """Who held an office at `date` (EDTF), in documents that have something in common with `document`.

        It is who was the last to be called so up to then, if nobody called so before still was afterwards; None for two at
        once, for nobody, and without a date.
        """
        if not _DATE.fullmatch(date):
            return None
        before = [one for one in self._tenures(office, document) if one.first <= date]
        if not before:
            return None
        last = max(before, key=lambda one: (one.first, one.cluster))
        rivals = [one for one in before if one.cluster != last.cluster and one.last >= last.first]
        return None if rivals else last

    def _tenures(self, office: Office, document: int) -> list[Tenure]:
        said: dict[int, list[tuple[str, Record]]] = defaultdict(list)
        for other, date, cluster, record in self._said.get(office.head, ()):
            if other.rest == office.rest and (not office.of or not other.of or other.of == office.of):
                said[cluster].append((date, record))
        found = []
        for cluster, some in said.items():
            but = own_features([self.clusters.units[cluster]])
            if self.context.company({document}, {record.document for _, record in some}, but).worth >= NEEDED:
                dates = sorted((date, record.row.id) for date, record in some)
                first = next(record for date, record in some if (date, record.row.id) == dates[0])
                found.append(Tenure(cluster, dates[0][0], dates[-1][0], first))
        return found


def edges_of_offices(clusters: Clusters, context: Context) -> Iterator[Edge]:
    """Edges from entities that are named by an office alone to whoever held it."""
    holders = Holders(clusters, context)
    for unit in clusters.units:
        if unit.name.kind != "office":
            continue
        *rest, head = unit.name.words
        document = unit.first.document
        found = holders.holder(Office(head, frozenset(rest), ""), context.dates[document], document)
        if found is not None:
            name, file = found.record.row.name, context.files[found.record.document]
            words = f"{name} is {' '.join(unit.name.words)} in {file} of {found.first}"
            yield Edge(unit.at, found.cluster, 0.8, OFFICE, (words,), within=True)
