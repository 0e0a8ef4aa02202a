"""The whole work across documents, in one pure function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.resolve.entities import resolve_entities
from kg.resolve.records import Judgement, Resolution
from kg.resolve.table import Table


def resolve(tables: Iterable[Table], judgements: Sequence[Judgement] = ()) -> Resolution:
    """What follows from all documents together; neither their order nor that of the judgements changes it."""
    ordered = sorted(tables, key=lambda table: table.document)
    return Resolution(entities=tuple(resolve_entities(row for table in ordered for row in table.entities)))
