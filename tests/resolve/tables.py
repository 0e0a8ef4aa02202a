"""Small tables of documents, written by hand, for the tests across documents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kg.records import EntityType
from kg.resolve.records import EntityLink, Judgement, ResolvedEntity
from kg.resolve.table import FORMAT, ClaimRow, EntityRow, RoleRow, Table

Row = tuple[str, EntityType, tuple[str, ...]]


def person(name: str, *aliases: str) -> Row:
    """A person that a document names."""
    return name, "person", aliases


def body(name: str, *aliases: str) -> Row:
    """An organization that a document names."""
    return name, "organization", aliases


def place(name: str, *aliases: str) -> Row:
    """A place that a document names."""
    return name, "place", aliases


def table(
    file: str,
    *rows: Row,
    roles: Sequence[tuple[str, str, str]] = (),
    date: str = "2031-04-02",
    publisher: str = "",
    days: Sequence[str] = (),
) -> Table:
    """A document's table. `roles` are (words of the office, name of the holder or "", name of what it is of or "")."""
    document = hashlib.sha256(file.encode()).hexdigest()[:16]
    entities = tuple(
        EntityRow(f"{document}-e{at}", kind, name, tuple(sorted(aliases)), 1, False)
        for at, (name, kind, aliases) in enumerate(rows)
    )
    ids = {row.name: row.id for row in entities} | {"": ""}
    held = tuple(
        RoleRow(f"{document}-r{at}", lemma, ids[holder], ids.get(of, ""), of, "")
        for at, (lemma, holder, of) in enumerate(roles)
    )
    claims = tuple(_claim(f"{document}-c{at}", day) for at, day in enumerate(days))
    known = {
        "document": document, "file": file, "title": file, "publisher": publisher, "date": date, "words": 100,
        "entities": entities, "roles": held, "speakers": (), "claims": claims, "fingerprints": (),
        "vectors": b"", "theme": b"", "packed": b"", "format": FORMAT,
    }  # fmt: skip
    return Table(**{name: known.get(name, "") for name in Table.__struct_fields__})


def _claim(name: str, day: str) -> ClaimRow:
    return ClaimRow(
        name, 0, 1, "x", "assertion", "positive", "certain", "indirect", "", "", (), (), (), (day,), ()
    )  # fmt: skip


def record(one: Table, name: str) -> str:
    """The id of the entity that a document names so."""
    return next(row.id for row in one.entities if row.name == name)


def groups(tables: Sequence[Table], found: Sequence[ResolvedEntity]) -> set[frozenset[tuple[str, str]]]:
    """Entities as sets of (file without its suffix, name in that file)."""
    names = {row.id: (one.file.split(".")[0], row.name) for one in tables for row in one.entities}
    return {frozenset(names[member] for member in entity.members) for entity in found}


def together(tables: Sequence[Table], found: Sequence[ResolvedEntity], *names: tuple[str, str]) -> bool:
    """Whether one entity holds all of some (file, name)."""
    return any(set(names) <= group for group in groups(tables, found))


def between(tables: Sequence[Table], links: Sequence[EntityLink], a: tuple[str, str], b: tuple[str, str]) -> EntityLink:
    """The link that ties two records. Raises StopIteration where there is none."""
    names = {row.id: (one.file.split(".")[0], row.name) for one in tables for row in one.entities}
    return next(link for link in links if {names[link.a], names[link.b]} == {a, b})


def judged(a: str, b: str, same: bool, at: str = "2031-05-01T10:00:00Z") -> Judgement:
    """A person's word on two records."""
    return Judgement(
        f"j-{a}-{b}-{at}", "entities", min(a, b), max(a, b), "same" if same else "different", "Ada", at, "looked it up"
    )
