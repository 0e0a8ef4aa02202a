"""An article's text, and where in it everything stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.synthetic.names import Thing
from benchmarks.synthetic.stream import Article, Part, Statement
from kg.document import Span


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement's place: its clause, the mention of its speaker (with the title), and its cue's start."""

    statement: Statement
    clause: Span
    speaker: Span | None
    cue: int


@dataclass(slots=True)
class Written:
    """The text as it grows. `mentions` are the places of each thing's names, `roles` those of the offices before them."""

    text: str = ""
    mentions: dict[Thing, list[Span]] = field(default_factory=dict)
    roles: list[tuple[Span, Thing]] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def add(self, words: str) -> Span:
        """Write words; a sentence begins with a capital letter."""
        start = len(self.text)
        if not self.text or self.text[-1] == "\n" or self.text.endswith(". "):
            words = words[:1].upper() + words[1:]
        self.text += words
        return Span(start, len(self.text))

    def name(self, thing: Thing) -> Span:
        """Write a thing's name: in full with its office or acronym at first, its short form later; all of that is the span."""
        start = len(self.text)
        known = self.mentions.setdefault(thing, [])
        if known:
            known.append(self.add(thing.short if thing.type != "place" else thing.name))
        else:
            if thing.office:
                self.roles.append((self.add(thing.office), thing))
                self.add(" ")
            known.append(self.add(thing.name))
            if thing.type == "organization" and thing.short != thing.name:
                self.add(" (")
                known.append(self.add(thing.short))
                self.add(")")
        return Span(start, len(self.text))


def write(article: Article) -> Written:
    """Write the article: headline, dateline, then paragraphs of two sentences."""
    page = Written()
    page.add(f"{article.title}\n\n")
    page.name(article.places[0])
    page.add(", ")
    page.name(article.places[1])
    page.add(f" ({article.publisher})")
    for place, statement in enumerate(article.statements):
        page.add("\n\n" if place % 2 == 0 else " ")
        _sentence(page, statement)
        page.add(".")
    page.add("\n")
    return page


def _sentence(page: Written, statement: Statement) -> None:
    speaker: Span | None = None
    cue = len(page.text)
    for piece in statement.before:
        if isinstance(piece, Thing):
            span = page.name(piece)
            speaker = span if piece is statement.speaker else speaker
        else:
            cue = page.add(piece).start
    start = len(page.text)
    for part in statement.clause:
        _part(page, part)
    clause = Span(start, len(page.text))
    for piece in statement.after:
        if isinstance(piece, Thing):
            speaker = page.name(piece)
        else:
            cue = page.add(piece).start
    page.placed.append(Placed(statement, clause, speaker, cue))


def _part(page: Written, part: Part) -> None:
    if part.thing is not None:
        page.name(part.thing)
    else:
        page.add(part.text)
