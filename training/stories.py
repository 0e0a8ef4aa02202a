"""Invented stories told by several documents, with their claims marked: see `stories/README.md`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import kg
from kg.document import Metadata, Span
from kg.records import Reading

STORIES: Final = Path(__file__).parent / "stories"
RELATIONS: Final = ("support", "compatible", "other")
"""What the head of a story may say of two answers."""
MATCHED: Final = 0.6
"""Least share of common words of a claim that is read and of a mark, for it to be the mark's."""
_WORD: Final = re.compile(r"\w+")
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


def read_documents(documents: Sequence[StoryDocument]) -> list[Reading]:
    """The documents as `kg` reads them."""
    with tempfile.TemporaryDirectory(prefix="kg-stories-") as folder:
        found = []
        for number, one in enumerate(documents, 1):
            file = Path(folder) / f"{number:02}.txt"
            file.write_text(one.text, encoding="utf-8")
            found.append(kg.read(file, one.metadata))
        return found


class Told(NamedTuple):
    """A claim of a story: its words and its answer."""

    words: str
    answer: str


def told(story: Story) -> Iterator[Told]:
    """The claims that are marked, by the words of their marks; and by those that are read, where these say one and no more."""
    for document, reading in zip(story.documents, read_documents(story.documents), strict=True):
        rows = [(one.answer, one.span.of(document.text)) for one in document.marks]
        for claim in reading.claims:
            found = marks_of(document.text, Span(claim.spans[0].start, claim.spans[-1].end), document.marks)
            if len(found) == 1:
                rows.append((found[0].answer, claim.quote))
        unlike = dict.fromkeys((answer, " ".join(words.split())) for answer, words in rows)
        yield from (Told(words, answer) for answer, words in unlike)


def marks_of(text: str, span: Span, marks: Iterable[Mark]) -> list[Mark]:
    """The marks that a claim stands for: the one that it matches, or else all that it holds."""
    ours = _words(text, span)
    held = []
    for mark in marks:
        theirs = _words(text, mark.span)
        if len(ours & theirs) >= MATCHED * len(ours | theirs):
            return [mark]
        if theirs <= ours:
            held.append(mark)
    return held


def _words(text: str, span: Span) -> set[int]:
    return {one.start() for one in _WORD.finditer(text, span.start, span.end)}
