"""Across documents: which names mean one entity, which claims say the same, who repeats whom, who contradicts whom.

Every link is derived from the documents' tables and from people's judgements alone, so it can be recomputed at any time and
never touches a document's graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.resolve.memory import Memory
    from kg.resolve.records import ClaimGroup, EntityLink, Judgement, Link, Origin, Resolution, ResolvedEntity, Reuse
    from kg.resolve.resolution import resolve
    from kg.resolve.table import Table, dump, parse, table_of

__all__ = [
    "ClaimGroup",
    "EntityLink",
    "Judgement",
    "Link",
    "Memory",
    "Origin",
    "Resolution",
    "ResolvedEntity",
    "Reuse",
    "Table",
    "dump",
    "parse",
    "resolve",
    "table_of",
]

_HOMES = {
    "Memory": "memory",
    "Table": "table",
    "dump": "table",
    "parse": "table",
    "resolve": "resolution",
    "table_of": "table",
}


def __getattr__(name: str) -> Any:
    # Imported when first used: who wants the records alone needs neither numpy nor what compares.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"kg.resolve.{_HOMES.get(name, 'records')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
