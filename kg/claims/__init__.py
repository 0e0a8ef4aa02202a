"""From a read document (spaCy Doc) to records: entities, attributed and author claims, quantities, times."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.claims.spans import SpanIndex
from kg.document import Document
from kg.records import Claim, Reading

__all__ = ["read_claims"]


def read_claims(document: Document, doc: Any) -> Reading:
    """All that `doc` (from `kg.reader.read`) yields; a pure function of its arguments."""
    from kg.claims.attributed import claim, draft
    from kg.claims.author import author_claims
    from kg.claims.entities import find_entities
    from kg.claims.quantities import find_quantities
    from kg.claims.quotation import quoted_spans
    from kg.claims.screening import usable
    from kg.claims.speakers import Discourse
    from kg.claims.syntactic import announced, left_alone, missed
    from kg.claims.times import find_times

    times = find_times(document, doc)
    quantities = find_quantities(document, doc, times)
    read = usable(doc._.attributions, doc)
    seen = [*doc._.attributions, *missed(doc, read), *left_alone(doc, doc._.attributions, read)]
    attributions = usable([*seen, *announced(doc, usable(seen, doc))], doc)
    entities = find_entities(document, doc, [s for one in attributions for s in one.source])
    discourse = Discourse(document, doc, entities)
    quoted = quoted_spans(document.text)
    claims: list[Claim] = []
    for one in draft(attributions, discourse):
        within = claims[one.parent].id if one.parent is not None else ""
        claims.append(claim(document, doc, one, quoted, within))
    own = author_claims(document, doc, attributions, quantities, times, discourse.document_speaker())
    claims += own
    index = SpanIndex(
        [
            *((m, ("about", e.id)) for e in entities for m in e.mentions),
            *((q.span, ("quantities", q.id)) for q in quantities),
            *((t.span, ("times", t.id)) for t in times),
        ]
    )
    mentions = SpanIndex((m, e.id) for e in entities for m in e.mentions)
    filled = {c.id: _filled(c, doc, index, mentions) for c in claims}
    ordered = sorted(filled.values(), key=lambda c: (c.spans[0].start, -c.spans[-1].end, c.id))
    return Reading(document, entities, tuple(ordered), quantities, times)


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
