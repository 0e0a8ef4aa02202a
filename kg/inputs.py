"""What a build is given: the files below some paths, what manifests say of them, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.case_manifest import CaseManifest, Copy
from kg.document import Metadata
from kg.errors import KgError
from kg.loaders.files import shown

Skipped = tuple[Path, str]
"""A path that was passed over, and the line that says so: it begins with the path and says what to do."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to be read. `told` is false where its manifest is broken, so that nothing is known of its metadata."""

    path: Path
    metadata: Metadata | None = None
    told: bool = True

    @property
    def place(self) -> str:
        """Where it is, whatever folder one is in. Links are not resolved: a link's name is the document's name."""
        return os.path.abspath(self.path)  # noqa: PTH100 - pathlib would resolve links


def gather(paths: Sequence[Path], case: Path, manifest: Path | None) -> tuple[list[Input], list[Skipped]]:
    """The files that `paths` lead to, with their metadata, and what is passed over. What lies in `case` is not read.

    A folder's manifest.csv speaks of the files in that folder; `manifest`, where given, of files of any folder, and
    before the folder's own.
    """
    from kg.loaders import MANIFEST, walk

    found = walk(paths, exclude=(case,))
    skipped = list(found.skipped)
    tables: dict[Path, Mapping[str, Metadata] | None] = {}
    for folder in dict.fromkeys(path.parent for path in found.files):
        if (table := folder / MANIFEST).exists():
            tables[folder] = _table(table, skipped)
            skipped += _absent(table, tables[folder] or {})
    given = _table(manifest, skipped) if manifest else {}
    inputs = []
    for path in found.files:
        own = tables.get(path.parent, {})
        told = given is not None and own is not None
        metadata = (given or {}).get(path.name) or (own or {}).get(path.name)
        inputs.append(Input(path, metadata, told or metadata is not None))
    return inputs, skipped


def _table(path: Path, skipped: list[Skipped]) -> Mapping[str, Metadata] | None:
    from kg.loaders import read_manifest

    try:
        return read_manifest(path)
    except KgError as error:
        skipped.append((path, str(error)))
        return None


def _absent(table: Path, rows: Iterable[str]) -> list[Skipped]:
    gone = [name for name in rows if not _exists(table.parent / name)]
    what = "which is not there; correct the name or remove the row"
    return [(table, f"{shown(table)}: names {shown(Path(name))}, {what}") for name in gone]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that the file system does not take is a name of nothing
        return False


def copies(old: CaseManifest, read: Mapping[str, tuple[Input, str]]) -> dict[str, list[Copy]]:
    """The copies of each document (by the hash of its bytes) after a build that read some files anew.

    `read` gives, by place, a file and the hash of its bytes. What the case knows of other files stays, except of a copy
    that is no longer there while another was just read: it was moved.
    """
    now: dict[str, list[Copy]] = {}
    before = {copy.path: copy for entry in old.documents.values() for copy in entry.copies}
    for place, (given, digest) in read.items():
        copy = Copy(given.path.name, place, given.metadata)
        if not given.told and place in before:
            copy = replace(copy, metadata=before[place].metadata)
        now.setdefault(digest, []).append(copy)
    for entry in old.documents.values():
        rest = [copy for copy in entry.copies if copy.path not in read]
        if entry.sha256 in now:
            rest = [copy for copy in rest if Path(copy.path).exists()]
        if rest:
            now.setdefault(entry.sha256, []).extend(rest)
    return {digest: sorted(found, key=lambda copy: copy.rank) for digest, found in now.items()}
