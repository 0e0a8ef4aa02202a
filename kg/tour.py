"""A short tour of a case, for somebody who has never seen one: `python -m kg.tour CASE`."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.case import Case

WIDTH = 100
"""Columns of the tour, at most."""

# Large figures only: they are what reports differ about.
QUERY = """\
SELECT DISTINCT ?figure ?of ?speaker ?document WHERE {
  ?claim kg:quantity ?q ;
         prov:wasAttributedTo/schema:name ?speaker ;
         dcterms:source/schema:identifier ?document .
  ?q kg:text ?figure ; schema:minValue ?least .
  OPTIONAL { ?q schema:unitText ?of }
  FILTER(?least >= 1000)
} ORDER BY ?of ?least ?document ?speaker LIMIT 12"""

Row = dict[str, str]


def tour(case: Case, page: str = "graph.html", kg: str = "kg", width: int = WIDTH) -> str:
    """The tour of a case as text: counts, three claims with their quotes, one SPARQL answer, where to look next.

    `page` is where the case was rendered to, `kg` how the command is called here, `width` the columns to fill.
    """
    parts = [_counts(case, width)]
    table = case.claims()
    claims = three([_row(table.columns, row) for row in table])
    if claims:
        parts.append("Who claims what, on whose word:\n\n" + "\n\n".join(_claim(row, width) for row in claims))
    answer = case.query(QUERY)
    if answer:
        asked = textwrap.indent(QUERY, "  ")
        parts.append(f"Figures, and who gives them. In SPARQL:\n\n{asked}\n\n{answer.to_table(width)}".rstrip())
    parts.append(_next(case, claims, page, kg))
    return "\n\n".join(parts) + "\n"


def three(claims: Sequence[Row]) -> list[Row]:
    """Three claims worth showing, from different documents where that is possible, in an order of their own.

    The first is told through other speakers, the second is a direct quotation, the third has a figure.
    """
    wanted: list[Callable[[Row], bool]] = [
        lambda row: row["chain"].count("›") > 1,
        lambda row: row["directness"] == "direct",
        lambda row: bool(row["quantities"]) and row["directness"] != "author",
    ]
    chosen: list[Row] = []
    for fits in wanted:
        used = {row["document"] for row in chosen}
        left = [row for row in claims if row not in chosen]
        if left:
            chosen.append(min(left, key=lambda row: (not fits(row), row["document"] in used, *_rank(row))))
    return chosen


def _rank(row: Row) -> tuple[int, str, str]:
    """Quotes that are neither a scrap nor a page first; the identifier decides the rest."""
    return abs(len(row["quote"]) - 110), row["document"], row["id"]


def _row(columns: Sequence[str], values: Sequence[object]) -> Row:
    return {column: "" if value is None else str(value) for column, value in zip(columns, values, strict=True)}


def _counts(case: Case, width: int) -> str:
    counts = case.counts
    kinds = ("documents", "entities", "claims", "quantities", "times", "quads")
    held = ", ".join(f"{counts.get(kind, 0):,} {kind}" for kind in kinds)
    text = f"{case.path} holds {held}. It says who claims what, and where. It never says that a claim is true."
    return textwrap.fill(text, width)


def _claim(row: Row, width: int) -> str:
    from kg.query.plain import one_line

    quote = textwrap.fill(
        one_line(row["quote"]), width, initial_indent="  > ", subsequent_indent="  > ", break_on_hyphens=False
    )
    cue = f", “{row['cue']}”" if row["cue"] else ""
    said = one_line(f"{row['chain'] or row['speaker']}{cue} ({row['kind']}, {row['directness']})")
    place = one_line(f"{row['document']}, claim {row['id']}")
    return f"{quote}\n    {said}\n    {place}"


def _next(case: Case, claims: Sequence[Row], page: str, kg: str) -> str:
    steps = [
        (f"open {page}", "the graph; click a claim to see its words in their sentence"),
        (f"{kg} claims {case.path}", "all claims"),
        (f"{kg} query {case.path} --name figures", "figures given for the same thing"),
        (f"{kg} verify {case.path}", "every quote checked against the sources"),
    ]
    if claims:
        steps.insert(2, (f"{kg} show {case.path} {claims[0]['id']}", "one claim in its context"))
    lines = [f"  {command}\n      {what}" for command, what in steps]
    return "Where to look next:\n\n" + "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tour of a case; 2 if there is no case at the path given."""
    parser = argparse.ArgumentParser(prog="python -m kg.tour", description="A short tour of a case.")
    parser.add_argument("case", type=Path, help="the folder of the case, as made by kg build")
    parser.add_argument("--page", default="graph.html", help="where the case was rendered to")
    parser.add_argument("--kg", default="kg", help="how the command kg is called here")
    options = parser.parse_args(arguments)
    import kg

    width = max(40, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))
    try:
        with kg.open(options.case) as case:
            text = tour(case, options.page, options.kg, width)
    except KgError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
