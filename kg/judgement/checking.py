"""What `kg verify` says of the judgements of a case."""

from __future__ import annotations

from kg.case_files import CaseFolder
from kg.case_manifest import CaseManifest
from kg.errors import KgError
from kg.judgement.attach import Ground, attached
from kg.judgement.history import in_force
from kg.judgement.kept import entries, journal


def checked(folder: CaseFolder, manifest: CaseManifest) -> tuple[list[str], list[str]]:
    """What is wrong with the judgements of a case, and what is only to be known: one line each."""
    from kg.joining import tables_of

    waiting = journal(folder)
    try:
        held = entries(folder, manifest)
        pending = waiting.read()
        documents = {place.document for entry in held for place in entry.places}
        moved, lost = attached(held, Ground(tables_of(folder, manifest, documents)))
    except KgError as error:
        return [str(error)], []
    notes = []
    if pending:
        notes.append(f"{waiting.file}: {len(pending)} judgements that the next build takes in")
    gone = {entry.id for entry in lost} & {entry.id for entry in in_force([*moved, *lost])}
    notes += [f"judgement {id}: rests on nothing now; kg judgements says what it was about" for id in sorted(gone)]
    return [], notes
