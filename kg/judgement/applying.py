"""What a person decides, put into a case: one decision, those of a review, or a colleague's file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.case import Case
from kg.case import open as open_case
from kg.case_files import CaseFolder, changing
from kg.case_manifest import CaseManifest
from kg.errors import KgError
from kg.judgement import lines
from kg.judgement.attach import Ground, attached
from kg.judgement.entries import Entry
from kg.judgement.kept import all_entries, entries, journal
from kg.judgement.listing import table
from kg.judgement.places import decide
from kg.judgement.who import judge_name

if TYPE_CHECKING:
    from kg.query import Result


def judge(case: str | Path | Case, a: str, verdict: str, b: str = "", *, by: str = "", why: str = "") -> Entry:
    """Decide something that no machine overwrites, and compute anew what is derived across documents. Returns the entry made.

    `verdict` says of two claims, or of two entities, that they are the "same" or "different"; of a claim that it is one or none
    ("is-a-claim", "not-a-claim"), or that its speaker is right or wrong ("speaker-right", "speaker-wrong", with `b` for who it
    is, where known); or takes back ("withdraw") the judgement `a`. `a` and `b` are ids, IRIs, beginnings of ids or names, as in
    `Case.show`. `by` is who decides (else the name that git or the system knows), `why` the reason in words.

    Raises KgError where a name fits nothing or several things, or the case cannot be changed.
    """
    path = case.path if isinstance(case, Case) else Path(case)
    folder = CaseFolder(path)
    with open_case(path) as opened:
        known = all_entries(folder, opened.manifest)
        entry = decide(opened, known, a, verdict, b, by=judge_name(by), why=why)
    journal(folder).add([entry])
    apply(path)
    return entry


def apply(case: str | Path | Case) -> int:
    """Take in the decisions that wait in the journal, and derive anew what hangs on them; how many there were.

    Raises KgError where the case cannot be changed; the decisions then go on waiting.
    """
    path = case.path if isinstance(case, Case) else Path(case)
    try:
        with changing(path, make=False) as folder:
            waiting = journal(folder).read()
            if waiting:
                from kg.pipeline import rejoin  # takes a while to import

                rejoin(folder)
            return len(waiting)
    except KgError as error:
        waits = journal(CaseFolder(path)).file.exists()
        hint = "; what was decided is kept, and the next build takes it in" if waits else ""
        raise KgError(f"{error}{hint}") from None


def judgements(case: str | Path | Case) -> Result:
    """The judgements of a case, oldest first: see `kg.judgement.listing.table`. Raises KgError where they are damaged."""
    from kg.joining import tables_of

    folder, manifest, found = _read(case)
    documents = {place.document for entry in found for place in entry.places}
    moved, lost = attached(found, Ground(tables_of(folder, manifest, documents)))
    held = {entry.id for entry in entries(folder, manifest)}
    return table(found, moved, lost, [entry.id for entry in found if entry.id not in held])


def export_judgements(case: str | Path | Case) -> bytes:
    """The judgements of a case as JSON Lines, sorted: the same judgements give the same bytes."""
    return lines.dump(_read(case)[2])


def import_judgements(case: str | Path | Case, file: str | Path) -> int:
    """Take in the judgements of a file that `export_judgements` made; those that the case has already are passed over.

    Returns how many were new. Raises KgError, naming the file and the line, where one is no judgement; then none is taken in.
    """
    path = Path(file)
    try:
        found = lines.parse(path.read_bytes(), str(path))
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}; check the path of the file") from None
    folder, _, known = _read(case)
    ids = {entry.id for entry in known}
    fresh = [entry for entry in found if entry.id not in ids]
    if fresh:
        journal(folder).add(fresh)
    apply(folder.path)
    return len(fresh)


def _read(case: str | Path | Case) -> tuple[CaseFolder, CaseManifest, Sequence[Entry]]:
    """A case as it is now, whatever it was when it was opened, with its judgements and those that wait."""
    with open_case(case.path if isinstance(case, Case) else case) as opened:
        folder = CaseFolder(opened.path)
        return folder, opened.manifest, all_entries(folder, opened.manifest)
