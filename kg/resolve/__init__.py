"""Across documents: which names mean one entity, which claims say the same, who repeats whom, who contradicts whom.

Every link is derived from the documents' tables and from people's judgements alone, so it can be recomputed at any time and
never touches a document's graph.
"""

from __future__ import annotations

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
