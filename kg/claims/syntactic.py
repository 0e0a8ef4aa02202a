"""Attributions that the tagger missed and the tree shows: a subject, a verb of saying, and the clause it governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from kg.claims.lexicon import is_reporting
from kg.claims.spans import SpanIndex
from kg.document import Span
from kg.reader.attribution import Attribution

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
LEAST: Final = 4
"""Words of a clause that is taken for a content."""


def missed(doc: Any, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions outside all that were `found`: "They concluded that …", with the "that", in one piece."""
    covered = SpanIndex((s, one) for one in found if not one.nested for s in (*one.content, *one.cue))
    for verb in doc:
        if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or not is_reporting([verb]):
            continue
        subject = next((c for c in reversed(list(verb.lefts)) if c.dep_ == "nsubj"), None)
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        passive = any(c.dep_ == "aux" and c.lemma_.lower() == "be" for c in verb.children)
        if subject is None or clause is None or (passive and verb.tag_ == "VBN"):
            continue
        content = _clause(clause, verb)
        source = _span([t for t in doc[subject.left_edge.i : subject.right_edge.i + 1] if t.i < verb.i])
        if not content or not source:
            continue
        # What it overlaps must lie inside its content, and becomes nested there.
        if all(content.holds(s) for s, _ in covered.overlapping(Span(source.start, content.end))):
            yield Attribution((source,), (Span(verb.idx, verb.idx + len(verb)),), (content,))


def _clause(head: Any, verb: Any) -> Span | None:
    """The words of a clause where they stand together after the verb, begin with "that" and hold a finite verb."""
    words = sorted((t for t in head.subtree if not t.is_space), key=lambda t: t.i)
    while words and words[-1].is_punct and words[-1].text not in '”"’)]':
        words = words[:-1]
    gaps = any(b.i - a.i > 2 for a, b in pairwise(words))
    if len(words) < LEAST or gaps or words[0].i <= verb.i or words[0].lower_ != "that":
        return None
    return _span(words) if any(t.tag_ in _FINITE for t in words) else None


def _span(tokens: Sequence[Any]) -> Span | None:
    words = [t for t in tokens if not t.is_space]
    return Span(words[0].idx, words[-1].idx + len(words[-1])) if words else None
