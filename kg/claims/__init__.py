"""From a read document (spaCy Doc) to records: entities, roles, attributed and author claims, quantities, times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.claims.spans import SpanIndex
from kg.document import Document, Span
from kg.records import Claim, Reading

if TYPE_CHECKING:
    from kg.reader.attribution import Attribution

__all__ = ["read_claims"]


def read_claims(document: Document, doc: Any) -> Reading:
    """All that `doc` (from `kg.reader.read`) yields; a pure function of its arguments."""
    from kg.claims.attributed import claim, draft
    from kg.claims.author import author_claims
    from kg.claims.entities import find_entities
    from kg.claims.nested import find_nested
    from kg.claims.quantities import find_quantities
    from kg.claims.quotation import quoted_spans
    from kg.claims.roles import find_roles
    from kg.claims.speakers import Discourse
    from kg.claims.times import find_times
    from kg.claims.turns import in_turn

    times = find_times(document, doc)
    quantities = find_quantities(document, doc, times)
    quoted = quoted_spans(document.text)
    attributions = _attributions(doc, quoted)
    entities = find_entities(document, doc, [s for one in attributions for s in one.source])
    discourse = Discourse(document, doc, entities)
    claims: list[Claim] = []
    for one in draft(attributions, discourse):
        within = claims[one.parent].id if one.parent is not None else ""
        claims.append(claim(document, doc, one, quoted, within))
    marked = [*attributions, *(turn.marks for turn in discourse.turns)]
    own = author_claims(document, doc, marked, quantities, times, discourse.document_speaker(), discourse.turns, quoted)
    claims += [in_turn(one, discourse.turns.at(one.spans[0].start)) for one in own]
    index = SpanIndex(
        [
            *((m, ("about", e.id)) for e in entities for m in e.mentions),
            *((q.span, ("quantities", q.id)) for q in quantities),
            *((t.span, ("times", t.id)) for t in times),
        ]
    )
    mentions = SpanIndex((m, e.id) for e in entities for m in e.mentions)
    filled = [_filled(c, doc, index, mentions) for c in claims]
    ordered = sorted(filled, key=lambda c: (c.spans[0].start, -c.spans[-1].end, c.id))
    roles = find_roles(document, doc, entities)
    every, nested = find_nested(document, doc, entities, roles)
    return Reading(document, every, tuple(ordered), quantities, times, roles, nested)


def _attributions(doc: Any, quoted: Sequence[Span]) -> list[Attribution]:
    """What the tagger and the tree show of who says what, one for each clause that is said."""
    from kg.claims.conjuncts import taken_apart
    from kg.claims.introduced import introduced
    from kg.claims.screening import usable
    from kg.claims.syntactic import announced, behind, framed, left_alone, missed

    read = usable(doc._.attributions, doc)
    seen = [*doc._.attributions, *missed(doc, read), *framed(doc, read), *left_alone(doc, doc._.attributions, read)]
    seen += behind(doc, seen)
    kept = usable([*seen, *announced(doc, usable(seen, doc))], doc)
    return taken_apart([*kept, *introduced(doc, kept, quoted)], doc, quoted)


def _filled(claim: Claim, doc: Any, index: SpanIndex[tuple[str, str]], mentions: SpanIndex[str]) -> Claim:
    """A claim with what its content mentions, in the order of the text, and its propositions."""
    from kg.claims.propositions import find_propositions

    held: dict[str, dict[str, None]] = {"about": {}, "quantities": {}, "times": {}}
    for part in claim.spans:
        for _, (kind, identifier) in index.inside(part):
            held[kind][identifier] = None
    return replace(
        claim,
        about=tuple(held["about"]),
        quantities=tuple(held["quantities"]),
        times=tuple(held["times"]),
        propositions=find_propositions(claim.spans, doc, mentions),
    )
