"""Helpers to look into N-Quads lines in tests."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from kg.rdf.vocabulary import PREFIXES, TYPE

_LINE = re.compile(r"<([^>]*)> <([^>]*)> (.*) <([^>]*)> \.", re.DOTALL)


def cut(line: str) -> tuple[str, str, str, str]:
    """Subject, predicate, object (as written) and graph of a line."""
    found = _LINE.fullmatch(line)
    assert found, line
    return found[1], found[2], found[3], found[4]


def join(subject: str, predicate: str, written: str, graph: str) -> str:
    return f"<{subject}> <{predicate}> {written} <{graph}> ."


def full(short: str) -> str:
    """The IRI for a prefixed name."""
    prefix, _, name = short.partition(":")
    return PREFIXES[prefix] + name


def parsed(lines: Iterable[str]) -> set[ox.Quad]:
    return set(ox.parse("".join(f"{line}\n" for line in lines).encode(), ox.RdfFormat.N_QUADS))


def of_type(lines: Iterable[str], name: str) -> list[str]:
    """Subjects that have a class, sorted."""
    wanted = f"<{name}>"
    return sorted({s for s, p, o, _ in map(cut, lines) if p == TYPE and o == wanted})
