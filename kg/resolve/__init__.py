"""Across documents: which entities of different documents are one.

Every link is derived from records alone, so it can be recomputed at any time and never touches a document's graph.
"""

from __future__ import annotations

from kg.resolve.entities import ResolvedEntity, resolve

__all__ = ["ResolvedEntity", "resolve"]
