"""The command `kg`: one thin command for each public function. No logic lives here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli_judgement import judge, judgements, review
from kg.console import colored, note, write, write_line, write_result
from kg.console import output as opened_output
from kg.errors import KgError
from kg.options import case_argument as _case
from kg.options import format_option as _format
from kg.options import paths_argument as _paths
from kg.version import __version__
from kg.workers import BLAS_THREADS

if TYPE_CHECKING:
    from kg.case import Case

QUERY_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")
EXPORT_FORMATS = ("trig", "nquads", "turtle", "jsonld", "graphml")
TIMEOUT = 60.0

_workers = click.option(
    "--workers", type=click.IntRange(min=1), default=None, help="Processes that read (default: as many as CPUs)."
)


def main() -> int:
    """Run the command line. 0: all went well; 1: something was skipped or is wrong with the case; 2: wrong usage or
    input; 130: interrupted; 141: nobody reads the output any more."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    for name in BLAS_THREADS:  # before numpy is imported: its products here are too small to share among threads
        os.environ.setdefault(name, "1")
    try:
        code = _run()
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Python flushes again when it ends: give it something that takes all.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (KeyboardInterrupt, click.Abort):
        return 130


def _run() -> int:
    if "_KG_COMPLETE" in os.environ:
        cli.main(prog_name="kg")
    try:
        # Not `cli.main`: that prints a line on an interrupt and takes a closed pipe for a failure.
        with cli.make_context("kg", sys.argv[1:]) as context:
            return int(cli.invoke(context) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except KgError as error:
        return _complain(str(error))
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "kg"
        said = " ".join(error.format_message().split()).rstrip(".")
        return _complain(f"{said}; see: {where} --help")
    except click.ClickException as error:
        return _complain(error.format_message())
    except BrokenPipeError:
        raise
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _complain(message: str) -> int:
    note(f"kg: {message}")
    return 2


def _open(path: Path) -> Case:
    import kg

    return kg.open(path)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on standard error; None where that is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        known: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in known:
                known[what] = bars.add_task(what, total=total)
            bars.update(known[what], completed=done, total=total)

        yield show


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="kg %(version)s")
def cli() -> None:
    """Who claims what, on whose word, in which exact sentence.

    A case is a folder: the sources, a graph of their claims, and the proof of every quote.
    """


@cli.command()
@_paths
@click.option(
    "--case", "case", required=True, type=click.Path(path_type=Path, readable=False), help="The folder of the case."
)
@click.option("--base", default=None, help="What the case's IRIs begin with (default: urn:kg:).")
@_workers
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, readable=False),
    default=None,
    help="A manifest.csv: title, date ... of files.",
)
def build(paths: tuple[Path, ...], case: Path, base: str | None, workers: int | None, manifest: Path | None) -> int:
    """Read files and folders into a case; what changed is replaced.

    Exit status: 0 all was read, 1 something was skipped, 2 wrong usage.
    """
    import kg

    with _progress() as progress:
        report = kg.build(list(paths), case, base=base, workers=workers, manifest=manifest, progress=progress)
    for word, found in (("skipped", report.skipped), ("note", report.noted)):
        for _, line in found:
            note(f"{word}: {line}")
    for path, twin in report.duplicates:
        note(f"same bytes: {path} was read as {twin}")
    for path in report.gone:
        note(f"gone: {path} is no longer there; to take it out: kg remove {case} {path.name}")
    done = {"read": report.read, "replaced": report.replaced, "unchanged": report.unchanged, "skipped": report.skipped}
    said = ", ".join(f"{len(files)} {what}" for what, files in done.items() if files or what == "read")
    held = ", ".join(f"{report.counts.get(name, 0):,} {name}" for name in ("documents", "claims", "entities"))
    write(f"{said} in {report.seconds:.1f} s; {case} holds {held}\n")
    return report.exit_code


@cli.command()
@_case
@click.argument("document")
def remove(case: Path, document: str) -> None:
    """Take a document (file stem, file name or id) and all that was read in it out of a case."""
    import kg

    gone = kg.remove(case, document)
    write(f"removed {gone.file} ({gone.id}) with {gone.claims:,} claims\n")


@cli.command()
@_case
@click.argument("sparql", required=False, default="")
@click.option(
    "--file", "file", type=click.Path(path_type=Path, allow_dash=True), help="Read the query from a file (-: stdin)."
)
@click.option(
    "--name", is_flag=False, flag_value="", default=None, help="Run a named query; without a name: list them."
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the named query.")
@_format(*QUERY_FORMATS)
@click.option("--timeout", type=float, default=TIMEOUT, show_default=True, help="Seconds until the query is stopped.")
def query(
    case: Path, sparql: str, file: Path | None, name: str | None, params: tuple[str, ...], format: str, timeout: float
) -> None:
    """Ask a SPARQL 1.1 query. Common prefixes are known; nothing is changed and no other server is asked.

    Without GRAPH or FROM a query sees who claims what and where, never what is claimed.
    """
    from kg import query as queries

    if sum((bool(sparql), file is not None, name is not None)) != 1:
        raise click.UsageError("give one of: a SPARQL query, --file, --name", click.get_current_context())
    if name == "":
        write_result(queries.list_named(), format)
        return
    text = sparql if file is None else _read_query(file)
    found = _open(case)
    write_result(queries.select(found, text, name=name or "", params=_pairs(params), timeout=timeout), format)


def _read_query(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise KgError(f"{file}: {error.strerror or error}; check the path of the query") from None
    except UnicodeDecodeError:
        raise KgError(f"{file}: not UTF-8 text; save the query as UTF-8") from None


def _pairs(params: Sequence[str]) -> dict[str, str]:
    for param in params:
        if "=" not in param:
            raise click.UsageError(f"--param {param}: write NAME=VALUE", click.get_current_context())
    return {name.strip(): value for name, _, value in (param.partition("=") for param in params)}


@cli.command()
@_case
@click.option("--speaker", help="Only claims of this speaker: a name in any case of letters.")
@click.option("--about", help="Only claims about this entity: a name in any case of letters.")
@click.option("--document", help="Only claims in this document: file stem, file name or id.")
@click.option("--kind", help="Only claims of this kind: assertion, opinion, demand, denial ...")
@_format("table", "jsonl", "csv")
def claims(
    case: Path, speaker: str | None, about: str | None, document: str | None, kind: str | None, format: str
) -> None:
    """List the claims, in the order of the documents."""
    from kg import query as queries
    from kg.query.claims import SHOWN, remarks

    found = _open(case)
    if format == "jsonl":
        count = sum(write_line(line) for line in queries.claim_lines(found, speaker, about, document, kind))
    else:
        result = queries.claims(found, speaker, about, document, kind)
        count = len(result)
        write_result(result.pick(*SHOWN) if format == "table" else result, format)
    for line in remarks(found, count, speaker, about, document):
        note(line)


@cli.command()
@_case
@click.option("--type", "type", help="Only this type: person, organization, place, event, work, group.")
@_format("table", "csv", "tsv", "json")
def entities(case: Path, type: str | None, format: str) -> None:
    """List what the documents name, across documents, the most spoken of first."""
    from kg import query as queries

    write_result(queries.entities(_open(case), type), format)


@cli.command()
@_case
@click.argument("service_url")
@click.option("--type", "types", multiple=True, help="Only entities of this type, such as person; may be repeated.")
@click.option("--limit", type=int, default=5, show_default=True, help="Candidates to keep for each entity.")
@click.option("--threshold", type=float, help="The least score, on the service's scale, of what is taken as the same.")
@click.option("--timeout", type=float, default=20.0, show_default=True, help="Seconds for each request.")
@click.option("--forget", is_flag=True, help="Take out what this service has said; nothing is sent.")
def reconcile(case: Path, service_url: str, forget: bool, **options: Any) -> int:
    """Link entities to an authority, such as Wikidata: their names are SENT to the service at SERVICE_URL.

    Any service that speaks the OpenRefine Reconciliation API. What it is sure of becomes a link, the rest candidates.
    Exit status 1: some names got no answer.
    """
    from kg.authority import linking

    if forget:
        write(f"{linking.forget(case, service_url):,} links taken out\n")
        return 0
    with _progress() as progress:
        report = linking.reconcile(case, service_url, progress=progress, **options)
    for remark in report.remarks():
        note(remark)
    write(f"{report}\n")
    return report.exit_code


@cli.command()
@_case
@click.argument("id")
def show(case: Path, id: str) -> None:
    """Show one claim, entity, speaker or document: the quote marked in its context, the chain, the source.

    ID is an id as the tables print it (its beginning is enough), an IRI, or an exact name.
    """
    from kg import query as queries

    shown = queries.show(_open(case), id)
    marks = ("\x1b[7m", "\x1b[0m") if colored() else ("»", "«")
    sys.stdout.write(shown.to_text(*marks))  # the text is cleaned; the marks are ours


@cli.command()
@_case
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("graph.html"), show_default=True)
def render(case: Path, output: Path) -> None:
    """Write the case as one HTML page that opens from disk, with no network."""
    from kg.render import render as write_page

    write(f"{write_page(_open(case), output)}\n")


@cli.command()
@_case
def verify(case: Path) -> int:
    """Check every quote against the kept sources, and every shape. Exit status 1 if anything is wrong."""
    import kg

    with _progress() as progress:
        report = kg.verify(case, progress=progress)
    for remark in report.notes:
        note(f"note: {remark}")
    for problem in report.problems:
        note(f"wrong: {problem}")
    checked = ", ".join(f"{number:,} {name}" for name, number in report.counts.items())
    write(f"{'verified' if report.ok else 'NOT VERIFIED'}: {len(report.problems)} problems; checked {checked}\n")
    return report.exit_code


@cli.command()
@_paths
@_format("jsonl", default="jsonl")
@_workers
@click.option("--pretokenized", is_flag=True, help="Take tokens as given: one sentence a line, tokens between blanks.")
def read(paths: tuple[Path, ...], format: str, workers: int | None, pretokenized: bool) -> int:
    """Print what the reader sees in each document (syntax, names, attributions, propositions ...) as JSON lines."""
    from kg.lines import read_lines

    skipped = 0
    for line in read_lines(paths, workers, pretokenized):
        if isinstance(line, KgError):
            skipped += 1
            note(f"skipped: {line}")
        else:
            write(line.json + "\n")
            if line.note:
                note(f"note: {line.note}")
    return 1 if skipped else 0


@cli.command()
@_case
def info(case: Path) -> None:
    """Print what a case holds and what made it: counts, versions, the model's hash, sizes."""
    from kg import query as queries

    write_result(queries.info(_open(case)).to_result())


@cli.command()
@_case
@click.option("--format", "format", type=click.Choice(EXPORT_FORMATS), required=True, help="What to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write (default: standard output).")
def export(case: Path, format: str, output: Path | None) -> None:
    """Write a case for other programs. Turtle and GraphML hold who claims what, not what is claimed."""
    from kg.query.export import export as write_case

    found = _open(case)
    with opened_output(output) as stream:
        write_case(found, format, stream)


for _command in (judge, judgements, review):
    cli.add_command(_command)


if __name__ == "__main__":
    raise SystemExit(main())
