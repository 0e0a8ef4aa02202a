"""The proof: everything a case says of its documents, checked against the bytes that it keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.carried import CARRIED
from kg.case import Case
from kg.case_files import CaseFolder, check, finish_commit, leftovers
from kg.case_manifest import DERIVED, RUN, CaseManifest, DocumentEntry
from kg.document import Document, Span
from kg.errors import KgError
from kg.store.locks import take

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.rdf import Names
    from kg.store import GraphFile

Progress = Callable[[str, int, int], None]

BATCH = 20_000
"""Lines that are checked against the shapes at once: each check has a fixed price, and large graphs take memory."""
WAIT = 2.0
"""Seconds to wait for a build to finish."""

COUNTED = ("documents", "sources", "selectors", "claims", "quads", "indexed")

Values = dict[str, list[str]]
"""What a graph says of one thing: values by predicate."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was checked and what is wrong. `problems` are one line each and name the file; `notes` are harmless.

    `counts` says how many documents, sources, selectors, claims, quads and indexed quads were checked.
    """

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether all is as it was written and nothing is missing."""
        return not self.problems

    @property
    def exit_code(self) -> int:
        """0 if all is in order, 1 if not."""
        return 0 if self.ok else 1


def verify(case: str | Path | Case, *, progress: Progress | None = None) -> VerifyReport:
    """Check a case: its sources against their hashes, every selector against the text, every graph against the shapes.

    The kept bytes are loaded again as they were when they were read. Raises KgError only where there is no case, or a
    build is at work on it; whatever is wrong with the case is in the report.
    """
    folder = CaseFolder(case.path if isinstance(case, Case) else Path(case))
    check(folder.path, make=False)
    finish_commit(folder)
    with _undisturbed(folder):
        checks = _Checks(folder)
        manifest = checks.manifest()
        if manifest:
            files = sorted(folder.files(manifest), key=lambda file: file.key != DERIVED)  # it speaks of all the others
            for number, file in enumerate(files):
                checks.file(manifest, file)
                if progress:
                    progress("verifying", number + 1, len(manifest.documents) + len(manifest.graphs))
            checks.shapes()
            checks.across(manifest)
        return VerifyReport(tuple(checks.problems), tuple(checks.notes), dict(checks.counts))


def is_sound(folder: CaseFolder, manifest: CaseManifest, document: str) -> bool:
    """Whether nothing is wrong with one document of a case, by its id: its source, its graph, every selector in it."""
    checks = _Checks(folder)
    for file in folder.files(manifest):
        if file.key == document:
            checks.file(manifest, file)
    checks.shapes()
    return not checks.problems


@contextmanager
def _undisturbed(folder: CaseFolder) -> Iterator[None]:
    try:
        lock = take(folder.path / ".lock", shared=True, wait=WAIT)
    except OSError:  # a folder that cannot be written is not built in either
        yield
        return
    if not lock:
        raise KgError(f"{folder.path}: a build is working on this case; verify it when that has finished")
    with lock:
        yield


@dataclass
class _Checks:
    folder: CaseFolder
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    lines: list[str] = field(default_factory=list)
    shared: dict[str, list[ox.Quad]] = field(default_factory=dict)

    def wrong(self, path: Path, what: str) -> None:
        self.problems.append(f"{path}: {what}")

    def manifest(self) -> CaseManifest | None:
        """case.json itself."""
        path = self.folder.manifest
        try:
            manifest = self.folder.read()
            if manifest is None:
                self.wrong(path, "missing; put back a copy of it, or build the case again in a new folder")
            elif manifest.dump() != path.read_bytes():
                self.wrong(path, "not as it was written; put back a copy of it, or build the case again")
            return manifest
        except KgError as error:
            self.problems.append(str(error))
            return None

    def file(self, manifest: CaseManifest, file: GraphFile) -> None:
        """One graph file, and for a document's its source and every selector in it."""
        entry = manifest.documents.get(file.key)
        document = self.source(entry) if entry else None
        if entry and entry.unread:
            self.notes.append(f"{entry.file}: not read, since it could not be; the next build tries again")
        try:
            data = file.read()
        except KgError as error:
            self.problems.append(str(error))
            return
        quads = self.canonical(file, data, manifest.recipe.base)
        self.counts["quads"] += len(quads)
        self.collect(data)
        if file.key == DERIVED:
            self.shared = _by_document(quads, manifest.recipe.base)
            for name in sorted(self.shared.keys() - manifest.documents.keys()):
                self.wrong(file.path, f"points into a document that the case does not hold: {name}")
        if entry:
            self.counts["documents"] += 1
        if entry and document:
            if not set(_described(document, manifest.recipe.base)) <= set(data.split(b"\n")):
                self.wrong(
                    file.path, f"does not say of {document.file} what its bytes and metadata say; build it again"
                )
            for problem in selector_problems(quads, document, manifest.recipe.base, self.counts):
                self.wrong(file.path, problem)
            shared = self.shared.pop(entry.id, [])
            for problem in selector_problems(shared, document, manifest.recipe.base, self.counts):
                self.wrong(self.folder.graphs / f"{DERIVED}.nq", problem)

    def source(self, entry: DocumentEntry) -> Document | None:
        """The document as it is loaded from its kept bytes, if they and the text are those that were read."""
        from kg.loaders import from_bytes

        path = self.folder.sources / entry.sha256
        try:
            data = path.read_bytes()
        except OSError as error:
            self.wrong(path, f"{error.strerror or error} ({entry.file}); build the document again")
            return None
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            self.wrong(path, f"not the bytes that were read ({entry.file}); build the document again")
            return None
        if entry.unread:
            self.counts["sources"] += 1
            return None
        try:
            document = from_bytes(data, entry.file, entry.given)
        except KgError as error:
            self.wrong(path, f"can no longer be loaded ({error}); build the document again")
            return None
        self.counts["sources"] += 1
        now = (document.text_sha256, document.media_type, document.metadata)
        if now != (entry.text_sha256, entry.media_type, entry.metadata):
            self.wrong(path, f"gives another text or metadata than when it was read ({entry.file}); build it again")
            return None
        return document

    def canonical(self, file: GraphFile, data: bytes, base: str) -> list[ox.Quad]:
        """The quads of a file that is sorted N-Quads without repeats, of graphs that belong in it."""
        import pyoxigraph as ox

        from kg.store.quads import owner

        try:
            quads = list(ox.parse(data, ox.RdfFormat.N_QUADS))
        except (SyntaxError, ValueError) as error:
            self.wrong(file.path, f"not N-Quads ({' '.join(str(error).split())})")
            return []
        lines = data.split(b"\n")
        if lines.pop() != b"" or lines != sorted(set(lines)) or len(lines) != len(quads):
            self.wrong(file.path, "not canonical: lines repeated or out of order")
        for graph in {str(getattr(quad.graph_name, "value", "")) for quad in quads}:
            if owner(graph, base) != file.key:
                self.wrong(file.path, f"holds a graph that is not its own: {graph or 'the default graph'}")
        return quads

    def collect(self, data: bytes) -> None:
        """Keep lines for the shapes; check them when there are enough."""
        self.lines += data.decode("utf-8", "replace").removesuffix("\n").split("\n")
        if len(self.lines) >= BATCH:
            self.shapes()

    def shapes(self) -> None:
        """The lines collected, against the shapes of the ontology."""
        from kg.rdf import validate

        if self.lines:
            self.problems += [f"{self.folder.graphs}: {problem}" for problem in validate(self.lines)]
        self.lines = []

    def across(self, manifest: CaseManifest) -> None:
        """What no single document can show: the derived and run graphs, the index, files that belong to nothing."""
        from kg.joining import derived, described, table_bytes
        from kg.judgement.checking import checked

        for entry in manifest.documents.values():
            try:
                if not entry.unread:
                    table_bytes(self.folder, entry)
            except KgError as error:
                self.problems.append(str(error))
        for extra in leftovers(self.folder, manifest):
            self.notes.append(f"{extra}: belongs to no document; the next build deletes it")
        wrong, notes = checked(self.folder, manifest)
        self.problems += wrong
        self.notes += notes
        if self.problems:
            self.notes.append("the derived graph and the index were not checked, because of the problems")
            return
        files = {file.key: file for file in self.folder.files(manifest)}
        if set(manifest.graphs) - set(CARRIED) != {DERIVED, RUN}:
            self.wrong(self.folder.manifest, "names other graphs than it should; build the case again")
            return
        for key, lines in ((DERIVED, derived(self.folder, manifest)), (RUN, described(manifest))):
            if "".join(f"{line}\n" for line in lines).encode() != files[key].read():
                self.wrong(files[key].path, "not what follows from the documents; build the case again")
        with Case(self.folder, manifest) as case:
            self.index(case, list(files.values()))

    def index(self, case: Case, files: list[GraphFile]) -> None:
        """The index holds the quads of the files, the copies in its default graph, and nothing else."""
        from kg.store import holds_exactly

        number, same = holds_exactly(case.store, case.base, files)
        self.counts["indexed"] = number
        if not same:
            self.wrong(case.index, "does not hold what the graph files say; delete this folder, it is made again")


def selector_problems(
    quads: list[ox.Quad], document: Document, base: str, counts: dict[str, int] | None = None
) -> Iterator[str]:
    """What is wrong with the selectors in the graphs of a document, against its text (W3C Web Annotation, section 4.2).

    Adds the number of selectors and claims checked to `counts`.
    """
    import pyoxigraph as ox

    from kg.rdf import Names
    from kg.rdf import vocabulary as v

    names, things = Names(base), _things(quads)
    page, head = names.document(document.id), f"{base}span/"
    spans = {name for name, values in things.items() if name.startswith(head) and not name.endswith("/selector")}
    used = {str(quad.object.value) for quad in quads if isinstance(quad.object, ox.NamedNode)}
    for name in sorted(node for node in used - spans if node.startswith(head) and not node.endswith("/selector")):
        yield f"{name}: pointed to, but has no selector"
    for name in sorted(spans):
        values = things[name]
        if values.get(v.HAS_SOURCE) != [page] or values.get(v.HAS_SELECTOR) != [name + "/selector"]:
            yield f"{name}: does not point into its document"
    selectors = sorted(n for n, found in things.items() if v.EXACT in found or v.START in found or n.startswith(head))
    for name in (n for n in selectors if n not in spans):
        if counts is not None:
            counts["selectors"] += 1
        yield from _selector_problems(name, things[name], document, names)
    for name, values in sorted(things.items()):
        if v.KG_CLAIM in values.get(v.TYPE, ()):
            if counts is not None:
                counts["claims"] += 1
            yield from _claim_problems(name, values, things)


def _by_document(quads: list[ox.Quad], base: str) -> dict[str, list[ox.Quad]]:
    """The quads about parts of documents in the derived graph, and those that point to such parts, by document's id."""
    import pyoxigraph as ox

    head = f"{base}span/"
    found: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        names = [end.value for end in (quad.subject, quad.object) if isinstance(end, ox.NamedNode)]
        for document in {name.removeprefix(head).partition("-")[0] for name in names if name.startswith(head)}:
            found.setdefault(document, []).append(quad)
    return found


def _described(document: Document, base: str) -> Iterator[bytes]:
    """The lines that a graph must have on its document: its name, its metadata and the hashes that pin it down."""
    from kg.rdf import Names
    from kg.rdf.document import Page, write_document

    page = Page(document, Names(base))
    write_document(page)
    return (line.encode() for line in page.sink.lines)


def _things(quads: list[ox.Quad]) -> dict[str, Values]:
    things: dict[str, Values] = {}
    for quad in quads:
        values = things.setdefault(str(getattr(quad.subject, "value", "")), {})
        values.setdefault(quad.predicate.value, []).append(str(getattr(quad.object, "value", "")))
    return things


def _selector_problems(name: str, values: Values, document: Document, names: Names) -> Iterator[str]:
    from kg.rdf import clean
    from kg.rdf import vocabulary as v

    parts = [values.get(key, []) for key in (v.START, v.END, v.EXACT, v.PREFIX, v.SUFFIX)]
    if any(len(part) != 1 for part in parts):
        yield f"{name}: needs exactly one start, end, exact, prefix and suffix"
        return
    (start,), (end,), (exact,), (prefix,), (suffix,) = parts
    try:
        span = Span(int(start), int(end))
    except ValueError:
        yield f"{name}: {start} to {end} is no part of a text"
        return
    text = document.text
    wanted = (span.of(text), document.prefix(span), document.suffix(span))
    for what, is_, should in zip(("quote", "prefix", "suffix"), (exact, prefix, suffix), wanted, strict=True):
        if is_ != clean(should):
            yield f"{name}: the {what} is not what stands at characters {start} to {end} of {document.file}"
    if span.end > len(text) or name != names.span(document.id, span) + "/selector":
        yield f"{name}: is not named after its characters, {start} to {end} of {len(text)}"


def _claim_problems(name: str, values: Values, things: Mapping[str, Values]) -> Iterator[str]:
    from kg.rdf import vocabulary as v

    selectors = [things.get(f"{span}/selector", {}) for span in values.get(v.CONTENT_AT, ())]
    found = [(int(s[v.START][0]), s[v.EXACT][0]) for s in selectors if _is_number(s.get(v.START)) and s.get(v.EXACT)]
    if not found:
        yield f"{name}: has no quote in the document"
    elif _words(values.get(v.QUOTE, [""])[0]) != _words(" … ".join(exact for _, exact in sorted(found))):
        yield f"{name}: its quote is not the words of its selectors"


def _is_number(values: list[str] | None) -> bool:
    return bool(values) and values is not None and values[0].isdecimal()


def _words(text: str) -> str:
    return " ".join(text.split())
