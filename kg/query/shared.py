"""Words that two documents share, where claims of a group stand in them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from kg.query.grouping import Group
from kg.query.plain import one_line
from kg.query.source import Source
from kg.query.tables import grouped, only, read, values

WIDTH = 100
"""Characters that two passages side by side take, unless a terminal says otherwise."""

Place = tuple[str, int, int]
"""A document's IRI and the characters from, and up to, which something stands in it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that stands in two documents, `a` the earlier where dates tell: file stems, characters and words of both.

    `share` is the part of the shorter document's words that stand in both, 0 to 1.
    """

    document_a: str
    span_a: tuple[int, int]
    words_a: str
    document_b: str
    span_b: tuple[int, int]
    words_b: str
    share: float

    def side_by_side(self, width: int = WIDTH) -> str:
        """Both passages in columns, ready for a terminal."""
        half = max(20, (width - 7) // 2)
        columns = [
            [f"{stem}, {start}-{end}", *textwrap.wrap(one_line(words), half)]
            for stem, (start, end), words in (
                (self.document_a, self.span_a, self.words_a),
                (self.document_b, self.span_b, self.words_b),
            )
        ]
        left, right = columns
        height = max(len(left), len(right))
        left, right = (part + [""] * (height - len(part)) for part in (left, right))
        return "".join(f"  {one_line(a):<{half}} | {b}".rstrip() + "\n" for a, b in zip(left, right, strict=True))


def shared_passages(case: Source, group: Group) -> list[Shared]:
    """The passages of two documents in which claims of the group stand, in both; in the order of the documents' names."""
    places = _claims(case, group)
    homes = {document for document, _, _ in places}
    rows = read(
        case,
        """SELECT ?a ?b ?share ?here ?there { ?r a kg:Reuse ; kg:from ?a ; kg:to ?b ; kg:share ?share ; kg:passage ?p .
           ?p kg:fromAt ?here ; kg:toAt ?there }""",
    )
    found = []
    for a, b, share, here, there in rows:
        if a in homes and b in homes and _holds((a, *offsets(here)), places) and _holds((b, *offsets(there)), places):
            found.append((a, here, b, there, float(share)))
    stems = dict(values(case, "schema:identifier", homes))
    words = _words(case, {span for row in found for span in (row[1], row[3])})
    made = [
        Shared(stems[a], offsets(here), words[here], stems[b], offsets(there), words[there], share)
        for a, here, b, there, share in found
    ]
    return sorted(made, key=lambda s: (s.document_a, s.document_b, s.span_a, s.span_b))


def offsets(span: str) -> tuple[int, int]:
    """The characters that the IRI of a part of a document ends in (`kg verify` checks them against its selector)."""
    start, end = span.rsplit("-", 2)[1:]
    return int(start), int(end)


def _claims(case: Source, group: Group) -> list[Place]:
    claims = {claim.iri for claim in group.claims}
    homes = dict(values(case, "prov:wasDerivedFrom", claims))
    spots = grouped(values(case, "kg:contentAt", claims))
    return [(homes[claim], *offsets(row[1])) for claim, rows in spots.items() for row in rows]


def _holds(passage: Place, places: list[Place]) -> bool:
    document, start, end = passage
    return any(home == document and low < end and start < high for home, low, high in places)


def _words(case: Source, spans: set[str]) -> dict[str, str]:
    rows = read(case, f"SELECT ?s ?w {{ {only('s', spans)} ?s oa:hasSelector/oa:exact ?w }}")
    return {span: words for span, words in rows if span in spans}


def group_text(group: Group, chains: bool = False) -> Iterator[str]:
    """The group as lines, ready for a terminal: what it says, each origin, and under it the claims that go back to it."""
    yield f"{group.counted}: {one_line(group.label)}"
    yield f"  {group.id}"
    for origin in group.origins:
        yield f"  {one_line(origin.line)}"
        for claim in origin.claims:
            when = f" ({claim.date})" if claim.date else ""
            yield f"    {one_line(claim.document)}{when}  {one_line(claim.speaker)}: {one_line(claim.quote)}"
            if chains:
                paper = f"printed by {one_line(claim.publisher)}, " if claim.publisher else ""
                yield f"      {paper}on the word of {one_line(' › '.join(claim.chain))}; claim/{claim.id}"


def evidence(case: Source, group: Group, width: int = WIDTH) -> str:
    """What a group's origins rest on, as text: every claim with its chain, and the shared passages side by side."""
    passages = shared_passages(case, group)
    lines = [*group_text(group, chains=True), ""]
    lines.append("shared passages, side by side" if passages else "no shared passages among these documents")
    text = "\n".join(lines) + "\n"
    return text + "".join(f"\n  {one.share:.0%} of the shorter text\n{one.side_by_side(width)}" for one in passages)
