"""Records of entities brought together by name: what is compared across documents is a unit, all records of one full name.

A full name makes one unit of all records that bear it; of a weak name (a surname, an acronym, "Ministry of Defence") every
document's record is a unit of its own, until evidence joins it to another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.claims.names import is_acronym
from kg.records import EntityType
from kg.resolve.naming import NameForm, is_firm, person_name, slashed, thing_name
from kg.resolve.table import EntityRow, Table

PAST: Final = frozenset({"former", "then", "late", "outgoing", "incoming"})
"""Qualifiers of offices that are not held at the date of the document."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a record holds: the word for it ("minister"), what it is the office of ("justice"), of whom ("")."""

    head: str
    rest: frozenset[str]
    of: str


@dataclass(frozen=True, slots=True)
class Record:
    """An entity of one document. `document` is its place among the documents; `forms` its name and other names, parsed."""

    row: EntityRow
    document: int
    name: NameForm
    forms: tuple[NameForm, ...]
    offices: frozenset[Office]


@dataclass(slots=True)
class Unit:
    """Records that are one by their name alone, in the order of their ids; `documents` are those they are in."""

    at: int
    name: NameForm
    records: list[Record]
    documents: set[int] = field(default_factory=set)

    @property
    def weak(self) -> bool:
        """Whether the name alone stands for nobody."""
        return self.name.kind != "full"

    @property
    def first(self) -> Record:
        """The record of the smallest id."""
        return self.records[0]

    def forms(self) -> set[NameForm]:
        """All names of its records."""
        return {form for record in self.records for form in record.forms}

    def offices(self) -> set[Office]:
        """All offices of its records."""
        return {office for record in self.records for office in record.offices}


def parsed(row: EntityRow) -> tuple[NameForm, tuple[NameForm, ...]]:
    """The name of a record and all its forms; an acronym is no person's, whatever the reader took it for."""
    texts = [part for text in (row.name, *row.aliases) for part in slashed(text)]
    person = row.type == "person" and not is_acronym(row.name)
    capitals = row.type == "place" and len(row.name) > 3  # "WESTMARK" of a dateline, not an acronym
    texts = [text.title() if capitals and text.isupper() else text for text in texts]
    forms = tuple(dict.fromkeys(person_name(text) if person else thing_name(text) for text in texts))
    return forms[0], forms


def records_of(tables: Sequence[Table]) -> list[Record]:
    """All records, sorted by id."""
    found = []
    for place, table in enumerate(tables):
        offices: dict[str, set[Office]] = defaultdict(set)
        names = {row.id: row.name for row in table.entities}
        for role in table.roles:
            if role.holder and role.lemma and role.qualifier not in PAST:
                *rest, head = role.lemma.split()
                of = thing_name(names[role.of]).key if role.of in names else ""
                offices[role.holder].add(Office(head, frozenset(rest), of))
        for row in table.entities:
            name, forms = parsed(row)
            found.append(Record(row, place, name, forms, frozenset(offices.get(row.id, ()))))
    return sorted(found, key=lambda record: record.row.id)


def units_of(records: Iterable[Record], apart: frozenset[str] = frozenset()) -> list[Unit]:
    """The units of records, the same whatever the order of documents. Records whose ids are in `apart` are alone in theirs."""
    units: list[Unit] = []
    homes: dict[tuple[bool, str], Unit] = {}
    for record in records:
        place = (record.name.person, record.name.key)
        unit = homes.get(place) if record.name.kind == "full" and record.row.id not in apart else None
        if unit is None:
            unit = Unit(len(units), record.name, [])
            units.append(unit)
            if record.name.kind == "full" and record.row.id not in apart:
                homes[place] = unit
        unit.records.append(record)
        unit.documents.add(record.document)
    return units


def main_type(records: Iterable[Record]) -> EntityType:
    """What the records are, by most documents; a name inside a longer one counts least. One with a legal form is a firm's."""
    votes: Counter[EntityType] = Counter()
    for record in records:
        if record.row.type == "organization" and any(map(is_firm, record.forms)):
            return "organization"
        votes[record.row.type] += 1 if record.row.nested else 3 + min(record.row.mentions, 3)
    return min(votes, key=lambda kind: (-votes[kind], kind))
