"""Invented stories told by several documents, with their claims marked: see `stories/README.md`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import kg
from kg.document import Metadata, Span
from kg.reader import text_vectors
from kg.resolve.table import Table, table_of

STORIES: Final = Path(__file__).parent / "stories"
RELATIONS: Final = ("support", "compatible", "other")
"""What the head of a story may say of two answers."""
_MARK: Final = re.compile(r"\[([a-z0-9-]+\.[a-z]): ([^\[\]]+)\]")
_STRAY: Final = re.compile(r"[\[\]]|^==", re.MULTILINE)
_HEAD: Final = re.compile(r"^== ([^|\n]+) \| (\d{4}-\d\d-\d\d) \| ([^|\n]+)\n", re.MULTILINE)


class Mark(NamedTuple):
    """A claim: its matter and answer as "matter.answer", and its characters in the document's text."""

    answer: str
    span: Span


class StoryDocument(NamedTuple):
    """A document without its marks, and these."""

    text: str
    metadata: Metadata
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about one affair; what holds between answers that are listed, each way round."""

    name: str
    documents: tuple[StoryDocument, ...]
    listed: dict[tuple[str, str], str]

    def relation(self, a: str, b: str) -> str:
        """What holds between two answers: same, support (a supports b, or b supports a), compatible, conflict or other."""
        if a == b:
            return "same"
        return self.listed.get((a, b), "conflict" if a.rpartition(".")[0] == b.rpartition(".")[0] else "other")


def stories(folder: Path) -> Iterator[Story]:
    """The stories of a folder, by name. Raises ValueError, naming the file, for one that is damaged."""
    return map(read_story, sorted(folder.glob("*.txt")))


def read_story(file: Path) -> Story:
    """A story. Raises ValueError, naming the file, where its head, the first line of a document or a mark cannot be read."""
    head, *parts = _HEAD.split(file.read_text(encoding="utf-8"))
    documents = [_document(*parts[n : n + 4]) for n in range(0, len(parts), 4)]
    known = {mark.answer for one in documents for mark in one.marks}
    listed: dict[tuple[str, str], str] = {}
    for line in filter(None, map(str.strip, head.splitlines())):
        match line.split():
            case [kind, a, b] if kind in RELATIONS and a in known and b in known:
                listed[a, b] = listed[b, a] = kind
            case _:
                raise ValueError(f"{file}: {line!r} is no relation of two of its answers")
    if stray := next((one for one in documents if _STRAY.search(one.text)), None):
        raise ValueError(
            f"{file}: a mark, or a line that begins a document, cannot be read in or after {stray.metadata.title!r}"
        )
    return Story(file.stem, tuple(documents), listed)


def _document(publisher: str, date: str, title: str, body: str) -> StoryDocument:
    text, at, marks = f"{title}\n\n", 0, []
    body = body.strip() + "\n"
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        marks.append(Mark(mark[1], Span(len(text), len(text) + len(mark[2]))))
        text += mark[2]
        at = mark.end()
    return StoryDocument(text + body[at:], Metadata(title=title, publisher=publisher, date=date), tuple(marks))


def read_tables(documents: Sequence[StoryDocument]) -> list[Table]:
    """The documents as `kg` reads them."""
    with tempfile.TemporaryDirectory(prefix="kg-stories-") as folder:
        found = []
        for number, one in enumerate(documents, 1):
            file = Path(folder) / f"{number:02}.txt"
            file.write_text(one.text, encoding="utf-8")
            found.append(table_of(kg.read(file, one.metadata), text_vectors))
        return found
