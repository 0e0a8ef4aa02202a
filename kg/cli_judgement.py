"""The commands for what people decide. No logic lives here."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.console import note, output, write, write_result
from kg.errors import KgError
from kg.options import case_argument, format_option

by_option = click.option("--by", default="", help="Who decides (default: the name that git or the system knows).")


@click.command()
@case_argument
@click.argument("a")
@click.argument("verdict")
@click.argument("b", required=False, default="")
@by_option
@click.option("--why", default="", help="The reason, in words.")
def judge(case: Path, a: str, verdict: str, b: str, by: str, why: str) -> None:
    """Decide something that no machine overwrites. A and B are claims or entities, as in: kg show.

    \b
    kg judge CASE A same B            they say the same, or are one
    kg judge CASE A different B       they do not, or are two
    kg judge CASE CLAIM not-a-claim   nobody claims this here (is-a-claim: somebody does)
    kg judge CASE CLAIM speaker-wrong [NAME]
                                      somebody else says it (speaker-right: that one does)
    kg judge CASE JUDGEMENT withdraw  takes a judgement back
    """
    import kg

    write(f"judgement {kg.judge(case, a, verdict, b, by=by, why=why).id}\n")


@click.command()
@case_argument
@click.option(
    "--export", "target", type=click.Path(path_type=Path, allow_dash=True), help="Write them to a file (-: stdout)."
)
@click.option("--import", "source", type=click.Path(path_type=Path), help="Take in those of a file that was exported.")
@format_option("table", "csv", "tsv", "json")
def judgements(case: Path, target: Path | None, source: Path | None, format: str) -> None:
    """List what people decided, or send it to and fro as a file: JSON Lines, one judgement a line."""
    import kg

    if target is not None and source is not None:
        raise click.UsageError("give one of: --export, --import", click.get_current_context())
    if source is not None:
        write(f"{kg.import_judgements(case, source)} new judgements\n")
    elif target is not None:
        with output(None if str(target) == "-" else target) as stream:
            stream.write(kg.export_judgements(case))
    else:
        write_result(kg.judgements(case), format)


@click.command()
@case_argument
@by_option
def review(case: Path, by: str) -> None:
    """Go through what is uncertain, the most useful first: same or not, right speaker or not, a claim or none.

    Every decision is kept at once; what hangs on them is derived anew at the end.
    """
    import kg

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KgError("kg review needs a terminal; from a script: kg judge CASE A same|different B")
    done = kg.review(case, by=by)
    if done.left:
        note(f"{done.left} uncertain links are left; to go on: kg review {case}")
    write(f"{done.decided} decided, {done.withdrawn} taken back\n")
