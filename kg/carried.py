"""Graphs of a case that no build computes: what people decided, and what a service answered. Each build carries them over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.case_files import CaseFolder, commit, sweep, write_graph
from kg.case_manifest import AUTHORITY, CaseManifest
from kg.errors import KgError
from kg.store import GraphFile
from kg.store.quads import JUDGEMENTS

CARRIED = (AUTHORITY, JUDGEMENTS)

_IRI_OR_TEXT = re.compile(r'<([^>]*)>|"(?:[^"\\]|\\.)*"')


def carried(folder: CaseFolder, old: CaseManifest | None, base: str, derived: Sequence[str]) -> dict[str, list[str]]:
    """The lines of the carried graphs of a case that follow the derived graph, by key, as they are under `base`.

    Not the judgements: the derived graph follows from them, so `kg.judgement.kept` brings them along before it is
    made. Raises KgError where one is missing or damaged: nothing but a copy brings it back.
    """
    found = {file.key: file for file in folder.files(old) if file.key == AUTHORITY} if old else {}
    out = {key: rebased(read_lines(file), old.recipe.base, base) for key, file in found.items() if old}
    if AUTHORITY in out:
        out[AUTHORITY] = attached(out[AUTHORITY], derived, base)
    return {key: lines for key, lines in out.items() if lines}


def read_lines(file: GraphFile) -> list[str]:
    """The lines of a carried graph. Raises KgError where it is missing or damaged."""
    try:
        return file.read().decode().removesuffix("\n").split("\n")
    except KgError:
        hint = "; kg reconcile CASE SERVICE_URL --forget drops it" if file.key == AUTHORITY else ""
        raise KgError(f"{file.path}: missing or changed since it was written; put back a copy of it{hint}") from None


def attached(lines: Sequence[str], derived: Sequence[str], base: str) -> list[str]:
    """The lines of an authority graph as they are with another derived graph."""
    from kg.authority.links import attach, known
    from kg.rdf import authority_links, authority_quads

    return authority_quads(attach(authority_links(lines, base), known(derived, base)), base)


def rebased(lines: Sequence[str], old: str, new: str) -> list[str]:
    """Lines with the case's own IRIs under another base."""
    from kg.rdf.vocabulary import KG

    def renamed(match: re.Match[str]) -> str:
        iri = match[1]
        if iri is None or not iri.startswith(old) or iri.startswith(KG):
            return match[0]
        return f"<{new}{iri.removeprefix(old)}>"

    return list(lines) if old == new else sorted(_IRI_OR_TEXT.sub(renamed, line) for line in lines)


def put(folder: CaseFolder, old: CaseManifest, key: str, lines: Sequence[str]) -> None:
    """Make `lines` a carried graph of the case; none takes it out. The caller holds the case. Raises KgError, OSError."""
    from kg import store

    graphs = {name: digest for name, digest in old.graphs.items() if name != key}
    if lines:
        graphs[key] = write_graph(folder, key, "".join(f"{line}\n" for line in lines).encode())
    new = replace(old, graphs=graphs)
    if new.graphs == old.graphs:
        return
    before, after = folder.files(old), folder.files(new, {key})
    store.update(folder.index, old.recipe.base, before, after)
    commit(folder, new)
    sweep(folder, new)
    store.sweep(folder.index, keep=store.stamp(old.recipe.base, after))
