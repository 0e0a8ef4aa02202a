"""Commands on what links claims across documents. Thin, as those in `kg.cli`, which adds them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from kg.console import note, write, write_line, write_result
from kg.resolve.records import ConflictKind, Severity

if TYPE_CHECKING:
    from kg.case import Case

_case = click.argument("case", type=click.Path(path_type=Path, readable=False))
_document = click.option("--document", help="Only those with a claim in this document: file stem, file name or id.")
_format = click.option(
    "--format", "format", type=click.Choice(("table", "csv", "jsonl")), default="table", show_default=True
)


def write_groups(case: Case, format: str, *filters: str | None) -> None:
    """What `kg claims --grouped` writes; `filters` are those of `kg.query.claims`, in their order."""
    from kg.query.grouping import chosen_groups, group_lines, group_table
    from kg.query.lines import grouped_lines, remarks

    groups = chosen_groups(case, *filters)
    if format == "csv":
        write_result(group_table(case, groups), "csv")
    else:
        for line in group_lines(groups) if format == "jsonl" else grouped_lines(groups):
            write_line(line)
    for remark in remarks(case, groups, *filters):
        note(remark)
    _note_uncompared(case)


@click.command()
@_case
@click.option("--kind", type=click.Choice(get_args(ConflictKind)), help="Only those that differ in this.")
@click.option("--severity", type=click.Choice(get_args(Severity)), help="Only those that matter so much.")
@_document
@_format
def conflicts(case: Path, kind: str | None, severity: str | None, document: str | None, format: str) -> None:
    """List claims that cannot both be exactly right, with both quotes and why; the severest first.

    A conflict does not say which of the two is wrong. Show one whole: kg show CASE LINK.
    """
    import kg
    from kg.query.lines import conflict_lines, conflict_text

    with kg.open(case) as found:
        result = found.conflicts(kind, severity, document)
        if format == "csv":
            write_result(result, format)
        else:
            for line in conflict_lines(result) if format == "jsonl" else conflict_text(result):
                write_line(line)
        if not len(result):
            note("kg: no conflict matches")
        _note_uncompared(found)


@click.command()
@_case
@click.argument("id", required=False, default="")
@_document
@_format
def origins(case: Path, id: str, document: str | None, format: str) -> None:
    """Say on how many independent origins the claims rest that several sources make, one line a group.

    With the ID of a group, an origin or a claim: the evidence. Every claim with its chain, and shared passages side by side.
    """
    import kg
    from kg.query.grouping import group_lines, group_table
    from kg.query.lines import chosen, origin_lines
    from kg.query.shared import evidence

    with kg.open(case) as found:
        groups = chosen(found, id, document)
        if format == "csv":
            write_result(group_table(found, groups), "csv")
        elif format == "table" and id:
            write(evidence(found, groups[0], shutil.get_terminal_size().columns if sys.stdout.isatty() else 100))
        else:
            for line in group_lines(groups) if format == "jsonl" else origin_lines(groups):
                write_line(line)
        if not groups:
            note("kg: no two claims say the same")
        _note_uncompared(found)


def _note_uncompared(case: Case) -> None:
    """Say which documents are compared with no other: nothing found is no answer there."""
    all_ = case.manifest.documents.values()
    left = sorted(one.file for one in all_ if not one.table and not one.unread)
    if left:
        some = f"{left[0]}{' …' if left[1:] else ''}"
        many = f"{len(left)} of {len(all_)} documents ({some})"
        note(f"kg: {many} were read by an earlier version of kg and are compared with none; build them again")
