"""The whole way in, for many documents: walk, leave out what is unchanged, read the rest, join, and put in place.

Nothing of the case changes until all is read; then it changes in one step (`kg.case_files`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.carried import carried
from kg.case import Case, totals
from kg.case_files import CaseFolder, changing, commit, keep_source, sweep, write_graph, write_table
from kg.case_manifest import DERIVED, RUN, CaseManifest, Copy, DocumentEntry, Recipe
from kg.errors import KgError
from kg.inputs import Input, Skipped, copies, gather
from kg.joining import derived, described, remembering, table_bytes
from kg.judgement import kept as judged
from kg.keeping import STAYS, kept, outcome
from kg.reading import Job, Reader, Yield, perform, read, read_document
from kg.store import GraphFile, Making
from kg.version import __version__
from kg.workers import TIME_LIMIT, Failure, Where, can_travel, run, sensible

__all__ = ["BuildReport", "Removed", "build", "read", "read_document", "remove"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many documents are done, and of how many."""

BYTES_A_CHARACTER = {".pdf": 20.0, ".html": 4.0, ".htm": 4.0}


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, as paths: documents newly `read`, `replaced` (other bytes, metadata, version) and `unchanged`.

    `duplicates` are pairs of a file and the file with the same bytes that was read for both. `skipped` are pairs of a
    path and the line that says why and what to do; `noted` the same for documents of which a part, or all, is not read
    because it is not English. `gone` are documents of the folders named whose files are no longer there; they stay in
    the case until they are removed. `counts` are the sums of the whole case; `seconds` the time.
    """

    read: tuple[Path, ...] = ()
    replaced: tuple[Path, ...] = ()
    unchanged: tuple[Path, ...] = ()
    duplicates: tuple[tuple[Path, Path], ...] = ()
    skipped: tuple[Skipped, ...] = ()
    gone: tuple[Path, ...] = ()
    noted: tuple[Skipped, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 if all was read, 1 if something was skipped."""
        return 1 if self.skipped else 0


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was taken out of a case: its id, file name and how many claims went with it."""

    id: str
    file: str
    claims: int


def build(
    paths: str | Path | Iterable[str | Path],
    case: str | Path,
    *,
    base: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    manifest: str | Path | None = None,
    reader: Reader = read_document,
    fresh: bool = False,
    time_limit: float = TIME_LIMIT,
) -> BuildReport:
    """Add documents to a case, or replace those that changed; the case is made if there is none.

    `paths` are files and folders. `base` is what the case's IRIs begin with (else what they began with, or "urn:kg:").
    `workers` is the number of processes that read (else as many as there are CPUs, or one for little text); they change
    nothing but the time. `manifest` is a manifest.csv that speaks of files in any folder. `reader` is what reads a
    document; one that no other process can import, since it was made in a script or notebook, runs in this process.
    `fresh` reads all again. A document that takes longer than `time_limit` seconds is skipped (in this process only
    where there is SIGALRM, in its main thread, and when compiled code returns).

    Whatever decides a graph besides its document (version, model, base, reader) is the same for the whole case: where
    one of them changed, the documents of the case are read again from their kept bytes.

    Raises KgError where the case cannot be changed; what is wrong with one document is in the report.
    """
    begin = time.perf_counter()
    if not time_limit > 0:
        raise KgError(f"a time limit of {time_limit:g} seconds: give more than 0")
    with changing(Path(case), make=True) as folder:
        old = folder.read()
        plan = _plan(folder, old, _recipe(old, base, reader), _as_paths(paths), Path(manifest) if manifest else None)
        jobs = _jobs(folder, plan, reader, fresh)
        count = _workers(workers, jobs, reader)
        with closing(_index(folder, plan, jobs)) as index:
            results = run(perform, [(j.sha256, j) for j in jobs], count, time_limit, _where(reader))
            done, failed, notes = _take_in(folder, results, len(jobs), index, progress)
            stays = kept(folder, plan.old, plan.recipe, plan.copies, failed, time_limit)
            entries = _entries(plan, done, failed, stays)
            emptied = {entry.id for entry in stays if entry.unread and write_graph(folder, entry.id, b"")}
            _settle(folder, old, CaseManifest(plan.recipe, entries), set(done) | emptied, index, progress)
        return _report(plan, done, failed, notes, entries, time.perf_counter() - begin)


def remove(case: str | Path | Case, document: str) -> Removed:
    """Take a document out of a case, with all that was read in it. `document` is as in `Case.resolve_document`.

    Raises KgError where there is no such case or document, or the case cannot be changed.
    """
    path = case.path if isinstance(case, Case) else Path(case)
    with changing(path, make=False) as folder:
        old = folder.read()
        assert old is not None  # `changing` has seen that there is one
        entry = Case(folder, old).resolve_document(document)
        entries = {key: value for key, value in old.documents.items() if key != entry.id}
        with closing(Making(folder.index, old.recipe.base, folder.files(old), (), 0)) as index:
            _settle(folder, old, CaseManifest(old.recipe, entries), set(), index, None)
    return Removed(entry.id, entry.file, entry.counts.get("claims", 0))


def _as_paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def _recipe(old: CaseManifest | None, base: str | None, reader: Reader) -> Recipe:
    from kg.rdf import BASE, check_base

    iri = check_base(base or (old.recipe.base if old else BASE))
    if reader is not read_document:
        name = f"{getattr(reader, '__module__', '')}:{getattr(reader, '__qualname__', type(reader).__qualname__)}"
        return Recipe(__version__, "", f"{name} {getattr(reader, 'version', '')}".strip(), iri)
    from kg.reader import model_sha256

    return Recipe(__version__, model_sha256(), "", iri)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a build is to do: inputs by place with the hash of their bytes, each document's copies afterwards."""

    old: CaseManifest
    recipe: Recipe
    read: Mapping[str, tuple[Input, str]]
    copies: Mapping[str, list[Copy]]
    skipped: list[Skipped]
    gone: tuple[Path, ...]

    @property
    def before(self) -> set[str]:
        """The places of the files that the case knew."""
        return {copy.path for entry in self.old.documents.values() for copy in entry.copies}

    def path(self, copy: Copy) -> Path:
        """The path of a copy, as the user gave it."""
        return self.read[copy.path][0].path if copy.path in self.read else Path(copy.path)


def _plan(
    folder: CaseFolder, old: CaseManifest | None, recipe: Recipe, paths: Sequence[Path], table: Path | None
) -> _Plan:
    from kg.loaders.content import UnreadableError
    from kg.loaders.files import read_bytes, shown

    old = old or CaseManifest(recipe)
    inputs, skipped = gather(paths, folder.path, table)
    known = {copy.path for entry in old.documents.values() for copy in entry.copies}
    skipped = [(path, f"{line}; {STAYS}" if Input(path).place in known else line) for path, line in skipped]
    read: dict[str, tuple[Input, str]] = {}
    for given in inputs:
        try:
            read[given.place] = (given, keep_source(folder, read_bytes(given.path)))
        except UnreadableError as error:
            line = f"{shown(given.path)}: {error}"
            skipped.append((given.path, f"{line}; {STAYS}" if given.place in known else line))
    roots = [Path(Input(path).place) for path in paths]
    gone = {p for p in map(Path, known) if not p.exists() and any(root in p.parents for root in roots)}
    return _Plan(old, recipe, read, copies(old, read), skipped, tuple(sorted(gone)))


def _jobs(folder: CaseFolder, plan: _Plan, reader: Reader, fresh: bool) -> list[Job]:
    """The documents to be read, the longest first, so that the last one does not keep the others waiting."""
    asked = {digest for _, digest in plan.read.values()}
    entries = {entry.sha256: entry for entry in plan.old.documents.values()}
    same = plan.old.recipe == plan.recipe and not fresh
    jobs = []
    for digest, found in plan.copies.items():
        entry = entries.get(digest)
        if not (same and entry and _is_current(folder, entry, found[0])):
            jobs.append(Job(folder.sources / digest, digest, tuple(found), plan.recipe.base, reader))
    assert all(job.sha256 in asked or job.sha256 in entries for job in jobs)
    return sorted(jobs, key=lambda job: (-_characters(job), job.sha256))


def _is_current(folder: CaseFolder, entry: DocumentEntry, first: Copy) -> bool:
    if (entry.file, entry.given) != (first.file, first.metadata) or entry.recipe or entry.unread:
        return False
    try:
        GraphFile(entry.id, folder.graphs / f"{entry.id}.nq", entry.graph).read()
        table_bytes(folder, entry)
    except KgError:  # damaged: reading the document again restores it
        return False
    return True


def _characters(job: Job) -> float:
    with suppress(OSError):
        return job.source.stat().st_size / BYTES_A_CHARACTER.get(Path(job.copies[0].file).suffix.lower(), 1.0)
    return 0.0


def _workers(asked: int | None, jobs: Sequence[Job], reader: Reader) -> int:
    if asked is not None:
        if asked < 1:
            raise KgError(f"{asked} workers: at least one is needed")
        if asked > 1 and not can_travel(reader):
            raise KgError("a reader made in a script or notebook runs in one process: put it in a module, or workers=1")
        return asked
    return sensible(sum(map(_characters, jobs)), len(jobs)) if can_travel(reader) else 1


def _index(folder: CaseFolder, plan: _Plan, jobs: Sequence[Job]) -> Making:
    """The index of the state to come, which is made while the documents are read."""
    again = {job.sha256 for job in jobs}
    stays = {key for key, entry in plan.old.documents.items() if entry.sha256 not in again}
    before = folder.files(plan.old)
    return Making(folder.index, plan.recipe.base, before, [f for f in before if f.key in stays], len(jobs))


def _where(reader: Reader) -> Where:
    if not can_travel(reader):
        return "here"
    return "kept" if reader is read_document else "apart"


def _take_in(
    folder: CaseFolder,
    results: Iterator[tuple[str, Yield | Failure]],
    number: int,
    index: Making,
    progress: Progress | None,
) -> tuple[dict[str, DocumentEntry], dict[str, str], dict[str, str]]:
    """Write what the documents yield: entries by id of those that could be read, messages by hash of those that could not.

    The third are notes by hash: what of a document was not read.
    """
    done: dict[str, DocumentEntry] = {}
    failed: dict[str, str] = {}
    notes: dict[str, str] = {}
    for at, (digest, result) in enumerate(results, start=1):
        if isinstance(result, Failure):
            failed[digest] = result.message
        else:
            write_graph(folder, result.entry.id, result.graph)
            write_table(folder, result.entry.id, result.table)
            index.add(folder.new_graph(result.entry.id, result.entry.graph))
            done[result.entry.id] = result.entry
            if result.unread:
                notes[digest] = result.unread
        if progress:
            progress("reading", at, number)
    return done, failed, notes


def _entries(
    plan: _Plan, done: Mapping[str, DocumentEntry], failed: Mapping[str, str], stays: Iterable[DocumentEntry]
) -> dict[str, DocumentEntry]:
    before = {entry.sha256: entry for entry in plan.old.documents.values()}
    fresh = {entry.sha256: entry for entry in done.values()}
    found = [
        fresh.get(digest) or replace(before[digest], copies=tuple(found))
        for digest, found in plan.copies.items()
        if digest not in failed
    ]
    return {entry.id: entry for entry in sorted([*found, *stays], key=lambda entry: entry.id)}


def rejoin(folder: CaseFolder) -> None:
    """Derive anew what follows from the documents and from what people decided. The caller holds the case."""
    old = folder.read()
    assert old is not None  # who holds a case has seen that there is one
    with closing(Making(folder.index, old.recipe.base, folder.files(old), (), 0)) as index:
        _settle(folder, old, CaseManifest(old.recipe, old.documents), set(), index, None)


def _settle(
    folder: CaseFolder,
    old: CaseManifest | None,
    new: CaseManifest,
    fresh: set[str],
    index: Making,
    progress: Progress | None,
) -> None:
    """Join the documents, and make the new state the case's. The graphs of `fresh` lie in next/ already."""
    from kg import store

    new, written = _joined(folder, old, new, fresh)
    fresh = fresh | written
    if progress:
        progress("indexing", 0, len(new.documents))
    after = folder.files(new, fresh)
    index.finish(after)
    if old is None or fresh or old.dump() != new.dump():
        commit(folder, new)
    judged.settle(folder, new)
    sweep(folder, new)
    store.sweep(folder.index, keep=store.stamp(new.recipe.base, after))
    if progress:
        progress("indexing", len(new.documents), len(new.documents))


def _joined(
    folder: CaseFolder, old: CaseManifest | None, new: CaseManifest, fresh: set[str]
) -> tuple[CaseManifest, set[str]]:
    """The manifest with the graphs that belong to no document, and which of those were written anew."""
    held, written = judged.carry(folder, old, new.recipe.base)
    unchanged = not fresh and not written
    if old and old.recipe == new.recipe and unchanged and old.documents.keys() == new.documents.keys():
        graphs = replace(new, graphs=old.graphs)
        with suppress(KgError):
            for file in folder.files(graphs)[len(new.documents) :]:
                file.read()
            return graphs, set()
    new = replace(new, graphs=held)
    with remembering(folder) as memory:
        lines = {DERIVED: derived(folder, new, fresh | written, memory), RUN: described(new)}
    lines |= carried(folder, old, new.recipe.base, lines[DERIVED])
    hashes = {key: write_graph(folder, key, "".join(f"{x}\n" for x in text).encode()) for key, text in lines.items()}
    return replace(new, graphs=dict(sorted((held | hashes).items()))), set(hashes) | written


def _report(
    plan: _Plan,
    done: Mapping[str, DocumentEntry],
    failed: Mapping[str, str],
    notes: Mapping[str, str],
    entries: Mapping[str, DocumentEntry],
    seconds: float,
) -> BuildReport:
    from kg.loaders.files import shown

    read: list[Path] = []
    replaced: list[Path] = []
    unchanged: list[Path] = []
    skipped = list(plan.skipped)
    before, fresh = plan.before, {entry.sha256 for entry in done.values()}
    asked = {digest for _, digest in plan.read.values()}
    for digest, found in plan.copies.items():
        path, known = plan.path(found[0]), any(copy.path in before for copy in found)
        if digest in failed:
            message = failed[digest].removeprefix(f"{shown(found[0].file)}: ")
            stays = outcome(digest, found, entries)
            skipped.append((path, f"{shown(path)}: {message}; {stays}" if stays else f"{shown(path)}: {message}"))
        elif digest in fresh:
            (replaced if known else read).append(path)
        elif digest in asked:
            unchanged.append(path)
    duplicates = [
        (given.path, plan.path(plan.copies[digest][0]))
        for place, (given, digest) in plan.read.items()
        if plan.copies[digest][0].path != place
    ]
    paths = {digest: plan.path(plan.copies[digest][0]) for digest in notes}
    noted = [(paths[digest], f"{shown(paths[digest])} {said}") for digest, said in notes.items()]
    return BuildReport(
        tuple(sorted(read)),
        tuple(sorted(replaced)),
        tuple(sorted(unchanged)),
        tuple(sorted(duplicates)),
        tuple(sorted(skipped)),
        plan.gone,
        tuple(sorted(noted)),
        totals(entries),
        seconds,
    )
