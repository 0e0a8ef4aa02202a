"""What follows from all documents of a case together, computed from their tables: the graphs that belong to no document."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kg.case_files import CaseFolder
from kg.case_manifest import CaseManifest, DocumentEntry
from kg.errors import KgError
from kg.judgement.attach import applicable
from kg.judgement.kept import entries

if TYPE_CHECKING:
    from kg.resolve import Memory, Table


@contextmanager
def remembering(folder: CaseFolder) -> Iterator[Memory]:
    """The comparisons that the last build made, kept for the next one. No build fails for want of a memory."""
    from kg.resolve import Memory

    data = b""
    with suppress(OSError):
        data = folder.memory.read_bytes()
    memory = Memory(data)
    yield memory
    with suppress(OSError):
        folder.index.mkdir(parents=True, exist_ok=True)
        part = folder.memory.with_suffix(".part")
        part.write_bytes(memory.dump())
        part.replace(folder.memory)


def derived(
    folder: CaseFolder, manifest: CaseManifest, fresh: Collection[str] = (), memory: Memory | None = None
) -> list[str]:
    """The lines of the derived graph: what follows from all documents together (their tables), and from people's judgements.

    The tables and graphs of `fresh` lie in next/ still; `memory` saves comparisons that were made before. A document that
    another version of kg read takes no part where its table is of another form. Raises KgError where one is missing or damaged.
    """
    from kg.rdf import derived_quads
    from kg.resolve import resolve

    tables = tables_of(folder, manifest, manifest.documents, fresh)
    judgements = applicable(entries(folder, manifest, fresh), tables)
    return derived_quads(resolve(tables, judgements, memory), manifest.recipe.base)


def tables_of(
    folder: CaseFolder, manifest: CaseManifest, documents: Collection[str], fresh: Collection[str] = ()
) -> list[Table]:
    """The tables of some documents, by id, without those that the case does not have. Raises KgError as `derived` does."""
    some = sorted((e for e in manifest.documents.values() if e.id in documents), key=lambda entry: entry.id)
    return [table for entry in some if (table := _table(folder, entry, fresh)) is not None]


def _table(folder: CaseFolder, entry: DocumentEntry, fresh: Collection[str]) -> Table | None:
    from kg.resolve import parse

    if not entry.table:
        return None
    data = table_bytes(folder, entry, fresh)
    try:
        return parse(data, str(folder.table(entry.id)))
    except KgError:
        if entry.recipe is None:
            raise
        return None


def table_bytes(folder: CaseFolder, entry: DocumentEntry, fresh: Collection[str] = ()) -> bytes:
    """The bytes of a document's table. Raises KgError where they are missing, or not those that were written."""
    path = folder.table(entry.id, fresh)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KgError(f"{path} ({entry.file}): {error.strerror or error}; build the document again") from None
    if hashlib.sha256(data).hexdigest() != entry.table:
        raise KgError(f"{path} ({entry.file}): changed since it was written; build the document again")
    return data


def described(manifest: CaseManifest) -> list[str]:
    """The lines of the run graph: what made the graphs of a case, and which of them something else made, or nothing."""
    from kg.rdf import run_quads

    recipe = manifest.recipe
    options = {"reader": recipe.reader} if recipe.reader else {}
    for key, entry in manifest.documents.items():
        if entry.recipe:
            parts = {"kg": entry.recipe.kg, "model": entry.recipe.model, "reader": entry.recipe.reader}
            options[f"document {key}"] = "read with " + ", ".join(f"{k} {v}" for k, v in parts.items() if v)
        elif entry.unread:
            options[f"document {key}"] = "could not be read"
    return run_quads(recipe.base, recipe.kg, recipe.model, options)
