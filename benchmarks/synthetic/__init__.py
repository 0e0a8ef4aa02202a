"""Synthetic news: any number of documents about invented events, the same for the same seed.

What matters for cost is like in real news: a few names, places and events are in very many documents, most in few; office
holders recur and change; one event is told by several publishers in other words, with other figures, or in an agency's words.
"""

from __future__ import annotations

from benchmarks.synthetic.stream import Article, articles
from benchmarks.synthetic.tables import table

__all__ = ["Article", "articles", "table"]
