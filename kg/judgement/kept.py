"""The graph of judgements in a case: no build makes it, each carries it over, with the decisions that waited in the journal."""

from __future__ import annotations

from collections.abc import Collection

from kg.case_files import CaseFolder, write_graph
from kg.case_manifest import CaseManifest
from kg.errors import KgError
from kg.judgement.entries import Entry
from kg.judgement.graph import from_quads, to_quads
from kg.judgement.journal import Journal
from kg.store.quads import JUDGEMENTS


def journal(folder: CaseFolder) -> Journal:
    """The decisions on their way into a case."""
    return Journal(folder.path / "judgements")


def entries(folder: CaseFolder, manifest: CaseManifest | None, fresh: Collection[str] = ()) -> list[Entry]:
    """The judgements that a state of the case holds, by id. Raises KgError where their file is missing or damaged."""
    if manifest is None or JUDGEMENTS not in manifest.graphs:
        return []
    (file,) = (file for file in folder.files(manifest, fresh) if file.key == JUDGEMENTS)
    try:
        data = file.read()
    except KgError:
        # Not to be built again: nothing but a copy brings back what people decided.
        raise KgError(f"{file.path}: missing or changed since it was written; put back a copy of it") from None
    return from_quads(data, manifest.recipe.base, str(file.path))


def all_entries(folder: CaseFolder, manifest: CaseManifest | None) -> list[Entry]:
    """The judgements of a case and those that wait to be taken in, by id. Raises KgError as `entries` does."""
    found = {entry.id: entry for entry in (*entries(folder, manifest), *journal(folder).read())}
    return sorted(found.values(), key=lambda entry: entry.id)


def carry(folder: CaseFolder, old: CaseManifest | None, base: str) -> tuple[dict[str, str], set[str]]:
    """The judgements in the next state of a case, which has `base`: their graph by key, with its hash; and the keys written anew.

    Raises KgError where what people decided cannot be read: a build goes no further, lest it be lost.
    """
    before, after = entries(folder, old), all_entries(folder, old)
    if not after:
        return {}, set()
    if old and old.recipe.base == base and len(before) == len(after):
        return {JUDGEMENTS: old.graphs[JUDGEMENTS]}, set()
    data = "".join(f"{line}\n" for line in to_quads(after, base)).encode()
    return {JUDGEMENTS: write_graph(folder, JUDGEMENTS, data)}, {JUDGEMENTS}


def settle(folder: CaseFolder, manifest: CaseManifest) -> None:
    """Clear the journal of what the case now holds. The caller holds the case."""
    waiting = journal(folder)
    if waiting.file.exists():
        waiting.drop({entry.id for entry in entries(folder, manifest)})
