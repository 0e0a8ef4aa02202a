"""The invented world: countries with towns, firms, inhabitants and offices whose holders change; publishers; events."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Final

from benchmarks.synthetic.facts import COMMON, EVENTS, FACTS
from benchmarks.synthetic.names import LANGUAGES, Language, Thing, Urn, body, person, place, word
from kg.resolve.table import FigureRow

COUNTRIES: Final = 48
PUBLISHERS: Final = 160
AGENCIES: Final = 6
FIRST_DAY: Final = datetime.date(2031, 1, 1)
TERM: Final = (120, 900)
"""Days that an office is held, at least and most."""
MOST: Final = 40.0
"""The greatest weight of an event: a story that all tell is told some hundreds of times, however much else there is."""
OFFICES: Final = (
    "President",
    "Prime Minister",
    "Interior Minister",
    "Health Minister",
    "Transport Minister",
    "Governor",
    "Police Chief",
    "Mayor",
)
BODIES: Final = (
    "Ministry of Health",
    "Rescue Service",
    "Red Aid Society",
    "Union of Workers",
    "Rights Watch Committee",
)
FIRMS: Final = ("Energy", "Rail", "Mining", "Water Works", "Shipping", "Steel", "Grain Company")
PAPERS: Final = ("Times", "Herald", "Courier", "Observer", "Daily", "Mirror", "Voice", "Gazette")


@dataclass(slots=True)
class Country:
    """Where events happen. `terms` are when each office passes on, in days."""

    language: Language
    name: str
    towns: Urn[Thing]
    firms: Urn[Thing]
    people: Urn[Thing]
    bodies: tuple[Thing, ...]
    terms: dict[str, int]
    thing: Thing
    holders: dict[tuple[str, int], Thing] = field(default_factory=dict)

    def holder(self, office: str, day: int) -> Thing:
        """Who holds an office on a day."""
        term = (day + hash_of(self.name + office) % self.terms[office]) // self.terms[office]
        if (office, term) not in self.holders:
            self.holders[office, term] = person(Random(f"{self.name} {office} {term}"), self.language, office)
        return self.holders[office, term]


@dataclass(slots=True)
class Event:
    """Something that happened: its facts with what is true, who speaks of it, and what each says of each fact."""

    kind: str
    day: int
    country: Country
    town: Thing
    firm: Thing
    speakers: list[Thing]
    weight: float
    truth: dict[str, int]
    said: dict[tuple[str, str], FigureRow] = field(default_factory=dict)
    chosen: dict[tuple[str, str], int] = field(default_factory=dict)
    wire: list[tuple[object, ...]] = field(default_factory=list)

    @property
    def facts(self) -> tuple[str, ...]:
        return (*EVENTS[self.kind], *COMMON)


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    return Random(text).getrandbits(30)


class World:
    """All of it, grown as it is drawn from; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(f"world {seed}")
        self.countries = [self._country(LANGUAGES[n % len(LANGUAGES)]) for n in range(COUNTRIES)]
        self.weights = [1 / (n + 1) for n in range(COUNTRIES)]
        self.publishers = [self._publisher(n) for n in range(PUBLISHERS)]
        self.shares = [1 / (n + 3) for n in range(PUBLISHERS)]

    def _country(self, language: Language) -> Country:
        name = word(self.chance, language, language.town) + self.chance.choice(("ia", "istan", "mark", "ara"))
        return Country(
            language,
            name,
            Urn(0.08, partial(place, self.chance, language)),
            Urn(0.15, partial(self._firm, language)),
            Urn(0.6, partial(person, self.chance, language)),
            tuple(body(f"{name} {kind}") for kind in BODIES),
            {office: self.chance.randint(*TERM) for office in OFFICES},
            Thing("place", name, name),
        )

    def _firm(self, language: Language) -> Thing:
        return body(f"{word(self.chance, language, language.town)} {self.chance.choice(FIRMS)}")

    def _publisher(self, number: int) -> str:
        language = self.chance.choice(LANGUAGES)
        name = word(self.chance, language, language.town)
        return f"{name} Press Agency" if number < AGENCIES else f"{name} {self.chance.choice(PAPERS)}"

    def event(self, day: int) -> Event:
        """A new event."""
        chance = self.chance
        country = chance.choices(self.countries, self.weights)[0]
        kind = chance.choice(list(EVENTS))
        offices = chance.sample(OFFICES, 3)
        speakers = [country.holder(office, day) for office in offices]
        speakers += [chance.choice(country.bodies) for _ in range(2)]
        speakers += [country.people.draw(chance) for _ in range(chance.randint(2, 5))]
        truth = {name: amount(chance, FACTS[name].least, FACTS[name].most) for name in EVENTS[kind]}
        town, firm = country.towns.draw(chance), country.firms.draw(chance)
        return Event(kind, day, country, town, firm, speakers, min(chance.paretovariate(1.1), MOST), truth)

    def figure(self, event: Event, name: str, speaker: str, noun: str) -> FigureRow:
        """What a speaker says of a fact's figure: the truth, about it, or something else; always the same of one speaker."""
        if (name, speaker) not in event.said:
            event.said[name, speaker] = _stated(self.chance, event.truth[name], noun)
        row = event.said[name, speaker]
        if noun == row.of:
            return row
        return FigureRow(row.minimum, row.maximum, row.approximate, noun, row.text.replace(row.of, noun))


def amount(chance: Random, least: int, most: int) -> int:
    """A number between the two, small ones likelier."""
    return min(most, int(least * chance.paretovariate(0.7)) + chance.randint(0, max(1, least)))


def _stated(chance: Random, true: int, noun: str) -> FigureRow:
    value = true if chance.random() < 0.8 else max(1, true + chance.choice((-2, -1, 1, 2, true // 4 + 1)))
    how, exact = chance.random(), float(value)
    if how < 0.6:
        return FigureRow(exact, exact, False, noun, f"{value:,} {noun}")
    if how < 0.75:
        return FigureRow(exact, None, False, noun, f"at least {value:,} {noun}")
    if how < 0.85:
        return FigureRow(exact + 1, None, False, noun, f"more than {value:,} {noun}")
    if how < 0.93:
        return FigureRow(exact, exact, True, noun, f"about {value:,} {noun}")
    low, high = value - value // 5, value + value // 5 + 1
    return FigureRow(float(low), float(high), False, noun, f"between {low:,} and {high:,} {noun}")
