"""From a read document (spaCy Doc) to records: entities, attributed and author claims, quantities, times."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.document import Document, Span
from kg.records import Claim, Entity, Quantity, Reading, Time

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_claims"]


def read_claims(document: Document, doc: Any) -> Reading:
    """All that `doc` (from `kg.reader.read`) yields; a pure function of its arguments."""
    from kg.claims.attributed import claim, draft, usable
    from kg.claims.author import author_claims
    from kg.claims.entities import find_entities
    from kg.claims.quantities import find_quantities
    from kg.claims.quotation import quoted_spans
    from kg.claims.speakers import Discourse
    from kg.claims.times import find_times

    times = find_times(document, doc)
    quantities = find_quantities(document, doc, times)
    entities = find_entities(document, doc)
    discourse = Discourse(document, doc, entities)
    attributions = usable(doc._.attributions, doc)
    quoted = quoted_spans(document.text)
    claims: list[Claim] = []
    for one in draft(attributions, discourse):
        within = claims[one.parent].id if one.parent is not None else ""
        claims.append(claim(document, doc, one, quoted, within))
    own = author_claims(document, doc, attributions, quantities, times, discourse.document_speaker())
    claims += own
    filled = {c.id: _filled(c, doc, entities, quantities, times) for c in claims}
    ordered = sorted(filled.values(), key=lambda c: (c.spans[0].start, -c.spans[-1].end, c.id))
    return Reading(document, entities, tuple(ordered), quantities, times)


def _filled(
    claim: Claim, doc: Any, entities: Sequence[Entity], quantities: Sequence[Quantity], times: Sequence[Time]
) -> Claim:
    from kg.claims.propositions import find_propositions

    def inside(span: Span) -> bool:
        return any(part.holds(span) for part in claim.spans)

    return replace(
        claim,
        about=tuple(e.id for e in entities if any(inside(m) for m in e.mentions)),
        quantities=tuple(q.id for q in quantities if inside(q.span)),
        times=tuple(t.id for t in times if inside(t.span)),
        propositions=find_propositions(claim.spans, doc, entities),
    )
