"""What people decided of a thing, for those who look at it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.query.source import Source
from kg.query.tables import read

_WORDS = {
    ("speaker", "right"): "the speaker is right",
    ("speaker", "wrong"): "the speaker is wrong",
    ("claim", "right"): "this is a claim",
    ("claim", "wrong"): "this is no claim",
}


def judged(case: Source, things: Sequence[str]) -> list[tuple[str, str]]:
    """The judgements on some claims or entities (IRIs) that nobody took back or revised, the oldest first, as pairs of what and
    the words: the verdict, the other thing, who, when, why."""
    values = " ".join(f"<{thing}>" for thing in things)
    rows = read(
        case,
        f"""SELECT DISTINCT ?at ?by ?subject ?verdict ?other ?name ?why {{ GRAPH <{case.base}graph/judgements> {{
            VALUES ?thing {{ {values} }} ?j kg:judgedA|kg:judgedB ?thing ; kg:subject ?subject ; kg:verdict ?verdict ;
              prov:generatedAtTime ?at ; prov:wasAttributedTo/foaf:name ?by
            OPTIONAL {{ ?j kg:judgedA|kg:judgedB ?other FILTER(?other != ?thing) }}
            OPTIONAL {{ ?j kg:speakerName ?name }} OPTIONAL {{ ?j rdfs:comment ?why }}
            FILTER(?verdict != "withdrawn")
            FILTER NOT EXISTS {{ ?taker kg:withdraws ?j }} FILTER NOT EXISTS {{ ?later prov:wasRevisionOf ?j }} }} }}""",
    )
    found = []
    for at, by, subject, verdict, other, name, why in sorted(rows):
        said = _WORDS.get((subject, verdict)) or f"{verdict}: {other.removeprefix(case.base)}"
        said += f", it is {name}" if name else ""
        found.append(("judged", f"{said} ({by}, {at[:10]}{': ' + why if why else ''})"))
    return found
