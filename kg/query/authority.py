"""The records of an authority that an entity is linked to, or may be, as `show` prints them."""

from __future__ import annotations

from collections.abc import Collection

from kg.query.source import Source
from kg.query.tables import read

_LISTED = 8
"""Candidates that are listed before the rest is only counted."""

_LINKS = """SELECT ?class ?record ?name ?description ?score ?service ?at ?sent { VALUES ?e { %s }
    ?link kg:linksEntity ?e ; a ?class ; kg:record ?record ; kg:service ?service ; prov:generatedAtTime ?at ;
      kg:nameSent ?sent .
    OPTIONAL { ?link schema:name ?name } OPTIONAL { ?link schema:description ?description }
    OPTIONAL { ?link kg:serviceScore ?score } }"""


def records(case: Source, resolved: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of "same as" or "perhaps" and what is known of the record, the best first; `resolved` are IRIs."""
    rows = list(read(case, _LINKS % " ".join(f"<{iri}>" for iri in resolved)))
    rows.sort(key=lambda row: (not row[0].endswith("#AuthorityLink"), -float(row[4] or 0), row[1], row[5]))
    facts = [("same as" if row[0].endswith("#AuthorityLink") else "perhaps", _line(row)) for row in rows]
    shown = [fact for fact in facts if fact[0] == "same as"]
    perhaps = facts[len(shown) :]
    if len(perhaps) > _LISTED:
        rest = [("more", f"{len(perhaps) - _LISTED} candidates; see: kg query CASE --name authority")]
        return shown + perhaps[:_LISTED] + rest
    return facts


def _line(row: list[str]) -> str:
    _, record, name, description, score, service, at, sent = row
    what = ", ".join(text for text in (name, description) if text)
    rated = f"score {score}, " if score else ""
    return f"{record}{f' ({what})' if what else ''}: {rated}{service} asked for {sent!r} on {at[:10]}"
