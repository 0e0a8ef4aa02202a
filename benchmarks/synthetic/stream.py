"""The stream of articles: the first n are the same whatever n is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from random import Random
from typing import Final

from benchmarks.synthetic.facts import DETAIL, DID, FACTS, WHAT, WHERE, WHO, Slot
from benchmarks.synthetic.names import Thing
from benchmarks.synthetic.world import AGENCIES, FIRST_DAY, Event, World
from kg.resolve.table import FigureRow

A_DAY: Final = 40
"""Articles a day."""
NEWS: Final = 1 / 6
"""How likely an article is the first of a new event."""
RECENT: Final = 240
"""Events that are still told of."""
FADES: Final = 0.75
"""What is left of an event's weight a day later."""
COPIED: Final = 0.3
"""How likely an article on an event with agency copy takes some of it."""

Piece = str | Thing
FRAMES: Final = (
    ("", ", {S} said", "said"),
    ("{S} said ", "", "said"),
    ("according to {S}, ", "", "According to"),
    ("{S} told reporters that ", "", "told"),
    ("{S} announced that ", "", "announced"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a clause: its words, its role ("" for none), what it names and what it counts."""

    text: str
    role: str = ""
    thing: Thing | None = None
    figure: FigureRow | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: a clause and, unless the article says it itself, who says it, by which cue, and on whose word."""

    before: tuple[Piece, ...]
    clause: tuple[Part, ...]
    after: tuple[Piece, ...]
    predicate: str
    negated: bool
    speaker: Thing | None = None
    cue: str = ""
    source: Thing | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article: what a manifest says of it, the town and country of its dateline, and its sentences."""

    number: int
    title: str
    publisher: str
    date: str
    places: tuple[Thing, Thing]
    statements: tuple[Statement, ...]

    @property
    def file(self) -> str:
        return f"{self.number:06}.txt"

    @property
    def text(self) -> str:
        """The article's text: headline, dateline, paragraphs."""
        from benchmarks.synthetic.writing import write

        return write(self).text


def articles(number: int, seed: int = 0) -> Iterator[Article]:
    """The first `number` articles of the seed's stream, by date."""
    world, chance = World(seed), Random(f"articles {seed}")
    open_: list[Event] = []
    for n in count():
        if n == number:
            return
        day = n // A_DAY
        if not open_ or chance.random() < NEWS:
            open_.append(world.event(day))
            del open_[:-RECENT]
            event = open_[-1]
        else:
            event = chance.choices(open_, [e.weight * FADES ** (day - e.day) for e in open_])[0]
        yield _article(world, chance, event, n, day)


def _article(world: World, chance: Random, event: Event, number: int, day: int) -> Article:
    place = chance.choices(range(len(world.publishers)), world.shares)[0]
    statements: list[Statement] = []
    if event.wire and chance.random() < COPIED:
        statements += _copied(chance, event)
    wanted = max(len(statements) + 1, chance.randint(5, 10))
    told: set[str] = set()
    while len(statements) < wanted:
        name = "" if chance.random() < DETAIL else _fact(chance, event, told)
        told.add(name)
        statements.append(_statement(world, chance, event, name, world.publishers[place]))
    if place < AGENCIES:
        event.wire.append(tuple(statements))
    title = f"{event.town.name}: {event.kind}, {chance.choice(('what is known', 'new figures', 'the day after', 'reports'))}"
    date = FIRST_DAY + datetime.timedelta(days=day)
    places = (event.town, event.country.thing)
    return Article(number, title, world.publishers[place], date.isoformat(), places, tuple(statements))


def _fact(chance: Random, event: Event, told: set[str]) -> str:
    """A fact of the event, the first ones likelier; one that the article tells already is seldom told again."""
    weights = [(0.15 if name in told else 1) / (n + 2) for n, name in enumerate(event.facts)]
    return chance.choices(event.facts, weights)[0]


def _copied(chance: Random, event: Event) -> list[Statement]:
    """Sentences of an agency's article, sometimes with one left out or its cue changed."""
    wire = chance.choice(event.wire)
    kept: list[Statement] = [s for s in wire if isinstance(s, Statement)][: chance.randint(2, 5)]
    if len(kept) > 2 and chance.random() < 0.3:
        del kept[chance.randrange(1, len(kept))]
    return kept


def _statement(world: World, chance: Random, event: Event, name: str, publisher: str) -> Statement:
    own = chance.random() < 0.3
    speaker = None if own else _speaker(chance, event)
    says = speaker.name if speaker else publisher
    clause, predicate, negated = _clause(world, chance, event, name, says) if name else _detail(chance, event)
    made = Statement((), clause, (), predicate, negated)
    if speaker is None:
        return made
    if chance.random() < 0.12:
        source = event.speakers[0]
        if source is not speaker:
            return replace(
                made, before=("citing ", source, ", ", speaker, " said "), speaker=speaker, cue="said", source=source
            )
    before, after, cue = chance.choice(FRAMES)
    return replace(made, before=_framed(before, speaker), after=_framed(after, speaker), speaker=speaker, cue=cue)


def _speaker(chance: Random, event: Event) -> Thing:
    if chance.random() < 0.15:
        event.speakers.append(event.country.people.draw(chance))
    if chance.random() < 0.4:
        return event.speakers[min(int(chance.paretovariate(1)) - 1, len(event.speakers) - 1)]
    return chance.choice(event.speakers)


def _framed(frame: str, speaker: Thing) -> tuple[Piece, ...]:
    head, found, tail = frame.partition("{S}")
    pieces: tuple[Piece, ...] = (head, speaker, tail) if found else (head,)
    return tuple(piece for piece in pieces if piece)


def _clause(world: World, chance: Random, event: Event, name: str, speaker: str) -> tuple[tuple[Part, ...], str, bool]:
    fact = FACTS[name]
    wording = chance.choice(fact.wordings)
    parts: list[Part] = []
    for piece in wording.pieces:
        if isinstance(piece, str):
            parts.append(Part(piece))
            continue
        parts.append(_filled(world, chance, event, name, speaker, piece, wording.roles[piece.letter]))
    return tuple(parts), wording.predicate, wording.negated


def _detail(chance: Random, event: Event) -> tuple[tuple[Part, ...], str, bool]:
    """What hardly anybody else tells."""
    did, lemma = chance.choice(DID)
    who, what, where = (
        Part(chance.choice(some), role) for some, role in ((WHO, "subject"), (WHAT, "object"), (WHERE, "place"))
    )
    town = (Part(" in "), Part(event.town.name, "place", event.town)) if chance.random() < 0.5 else ()
    return (who, Part(f" {did} "), what, Part(" "), where, *town), lemma, False


def _filled(world: World, chance: Random, event: Event, name: str, speaker: str, slot: Slot, role: str) -> Part:
    fact = FACTS[name]
    if slot.letter == "N":
        figure = world.figure(event, name, speaker, slot.noun or fact.noun)
        return Part(figure.text, role, figure=figure)
    if slot.letter == "P":
        return Part(event.town.name, role, event.town)
    if slot.letter == "O":
        return Part(event.firm.name, role, event.firm)
    if slot.letter == "E":
        return Part(f"the {event.kind}", role)
    key = (name, speaker)
    if key not in event.chosen:
        # Most agree; some give another cause, or another day.
        event.chosen[key] = 0 if chance.random() < 0.7 else chance.randint(1, 4)
    if slot.letter == "D":
        date = FIRST_DAY + datetime.timedelta(days=event.day - event.chosen[key] % 3)
        return Part(f"{date.day} {date:%B}", role, date=date.isoformat())
    return Part(fact.options[(event.chosen[key] + event.day) % len(fact.options)], role)
