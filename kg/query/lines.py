"""Groups, origins and conflicts as lines: for a terminal, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.query.claims import chosen_claims
from kg.query.grouping import Group, chosen_groups
from kg.query.plain import one_line
from kg.query.result import Result, dump_json
from kg.query.shared import group_text
from kg.query.show import find
from kg.query.show_across import group_at
from kg.query.source import Source
from kg.query.tables import read

_MARKS = '"“”'
_ENDS = ("speaker", "quote", "document", "date")


def chosen(case: Source, id: str = "", document: str | None = None) -> list[Group]:
    """The group that `id` means (its own id, that of an origin or of a claim, as in `kg.query.show`), or all with a claim in
    `document`. Raises `KgError` where there is none."""
    return [group_at(case, *find(case, id))] if id else chosen_groups(case, document=document)


def origin_lines(groups: Iterable[Group]) -> Iterator[str]:
    """One line a group: how many documents and origins, who they are and why they are one, and what is claimed."""
    for group in groups:
        yield f"{one_line(group.line)}: “{one_line(group.label)}” [{group.id}]"


def grouped_lines(groups: Iterable[Group]) -> Iterator[str]:
    """Each group with its claims, a blank line between two."""
    for number, group in enumerate(groups):
        if number:
            yield ""
        yield from group_text(group)


def conflict_lines(conflicts: Result) -> Iterator[str]:
    """One line of JSON for each row of `kg.query.conflicts`: how they differ, and both claims."""
    for row in conflicts:
        said = dict(zip(conflicts.columns, row, strict=True))
        ends = {
            end: {"claim": str(said[end]).removeprefix(conflicts.base), **{k: said[f"{k}_{end}"] for k in _ENDS}}
            for end in ("a", "b")
        }
        head = {key: said[key] for key in ("severity", "kind", "score", "reasons")}
        yield dump_json({"link": str(said["link"]).removeprefix(conflicts.base), **head, **ends})


def conflict_text(conflicts: Result) -> Iterator[str]:
    """Each row of `kg.query.conflicts` in full, a blank line between two: how much it matters and why, both claims, the link."""
    for number, row in enumerate(conflicts):
        said = {name: one_line(str(value or "")) for name, value in zip(conflicts.columns, row, strict=True)}
        if number:
            yield ""
        yield f"{said['severity']}, {said['kind']}: {said['reasons']}"
        for end in ("a", "b"):
            day = f" ({said[f'date_{end}']})" if said[f"date_{end}"] else ""
            who = " · ".join(filter(None, (said[f"speaker_{end}"], said[f"cue_{end}"])))
            yield f"    {said[f'document_{end}']}{day}  {who}: {said[f'quote_{end}']}"
        yield f"    [{said['link'].removeprefix(conflicts.base)}]"


def remarks(
    case: Source,
    groups: Iterable[Group],
    speaker: str | None = None,
    about: str | None = None,
    document: str | None = None,
    kind: str | None = None,
) -> list[str]:
    """What to say beside a list of groups: how many of the claims asked for are in none."""
    wanted = chosen_claims(case, speaker, about, document, kind)
    if wanted is None:
        wanted = {row[0] for row in read(case, "SELECT ?c { ?c a kg:Claim }")}
    alone = len(wanted - {claim.iri for group in groups for claim in group.claims})
    return [f"note: {alone:,} {'claim says' if alone == 1 else 'claims say'} what no other claim says"] if alone else []
