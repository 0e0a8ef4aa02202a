"""What stays in a case of the documents that it knows and a build could not read: nothing is lost by a failure.

What was read from such a document before stays. Where it was read with another recipe than the rest of the case (an
earlier version of kg, another model or reader), its entry and the run graph say so, and the next build tries again. It
stays only where it still proves true (`kg verify`): under another base, or where the text is now loaded differently,
the graph is emptied and the entry says that the document is not read; its bytes stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.case_files import CaseFolder
from kg.case_manifest import CaseManifest, Copy, DocumentEntry, Recipe
from kg.errors import KgError
from kg.store import GraphFile
from kg.workers import Where, can_travel, run

STAYS = "what was read from it before stays in the case"
EMPTIED = "its bytes stay in the case, but nothing that was read from it before"
NOTHING = hashlib.sha256(b"").hexdigest()
"""The hash of an empty graph."""


def kept(
    folder: CaseFolder,
    old: CaseManifest,
    recipe: Recipe,
    copies: Mapping[str, Sequence[Copy]],
    failed: Mapping[str, str],
    time_limit: float,
) -> list[DocumentEntry]:
    """The entries, for a case made with `recipe`, of the documents that the case knew and that could not be read.

    `copies` are the copies of each document by the hash of its bytes, as after the build; `failed` says of a hash why its
    document was not read. A document whose file now holds other bytes, which could not be read, stays as well.
    """
    entries = list(_known(old, copies, failed))
    doubtful = [one for one in entries if not _is_as_before(folder, old, recipe, one)]
    where: Where = "apart" if can_travel(holds) else "here"
    tasks = [(one.id, (folder, old, one.id)) for one in doubtful if old.recipe.base == recipe.base]
    sound = {key for key, answer in run(holds, tasks, 1, time_limit, where) if answer is True}
    doubted = {one.id for one in doubtful}
    return [
        _emptied(one) if one.id in doubted - sound else replace(one, recipe=_made_with(one, old, recipe))
        for one in entries
    ]


def holds(of: tuple[CaseFolder, CaseManifest, str]) -> bool:
    """Whether the graph of a document of a case proves true with this version of kg."""
    from kg.verification import is_sound

    return is_sound(*of)


def outcome(digest: str, copies: Sequence[Copy], entries: Mapping[str, DocumentEntry]) -> str:
    """What stays of a document (by the hash of its bytes) that could not be read; "" where the case did not know it."""
    places = {copy.path for copy in copies}
    found = [one for one in entries.values() if one.sha256 == digest or places & {copy.path for copy in one.copies}]
    if not found:
        return ""
    return EMPTIED if all(one.unread for one in found) else STAYS


def _known(
    old: CaseManifest, copies: Mapping[str, Sequence[Copy]], failed: Mapping[str, str]
) -> Iterator[DocumentEntry]:
    unreadable = {copy.path for digest in failed for copy in copies[digest]}
    for entry in old.documents.values():
        if entry.sha256 in failed:
            first, *rest = copies[entry.sha256]
            # The graph says the name and metadata under which it was read; those of now are for the next reading.
            yield replace(entry, copies=(replace(first, file=entry.file, metadata=entry.given), *rest))
        elif entry.sha256 not in copies and any(copy.path in unreadable for copy in entry.copies):
            yield entry


def _is_as_before(folder: CaseFolder, old: CaseManifest, recipe: Recipe, entry: DocumentEntry) -> bool:
    """Whether nothing has to be asked: no other recipe, and a graph as it was written."""
    try:
        GraphFile(entry.id, folder.graphs / f"{entry.id}.nq", entry.graph).read()
    except KgError:
        return False
    return old.recipe == recipe


def _made_with(entry: DocumentEntry, old: CaseManifest, recipe: Recipe) -> Recipe | None:
    before = entry.recipe or old.recipe
    return None if before == recipe or entry.unread else before


def _emptied(entry: DocumentEntry) -> DocumentEntry:
    return replace(entry, graph=NOTHING, table="", counts={}, recipe=None, unread=True)
