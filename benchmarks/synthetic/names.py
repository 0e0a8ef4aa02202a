"""Invented names, made of syllables of several languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final, Generic, TypeVar

from kg.records import EntityType

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has a name: `short` is how it is named again (a surname, an acronym); `office` a person's title."""

    type: EntityType
    name: str
    short: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """Syllables at the start, in the middle and at the end of names; endings of surnames and of towns."""

    first: tuple[str, ...]
    middle: tuple[str, ...]
    surname: tuple[str, ...]
    town: tuple[str, ...]


def _language(first: str, middle: str, surname: str, town: str) -> Language:
    return Language(*(tuple(words.split()) for words in (first, middle, surname, town)))


LANGUAGES: Final = (
    _language(
        "Bo Dra Gra Ja Kre Li Mi Nov Ost Pe Ra Sla Tvo Ves Zla Yer",
        "be da go ka le mi no ra ri sla ta vo zhe li",
        "ov in enko ski ich uk ev",
        "grad sk ovo itsa insk pol",
    ),
    _language(
        "Ab Bas Dal Far Had Jam Kar Mah Nas Qas Ra Sal Tar Wal Yas Zah",
        "a al ar da di fa ha ir ma na ra ya zi",
        "ani awi oun iri oudi ab i",
        "abad iyah ayn uq ar",
    ),
    _language(
        "Al Be Ca Do Es Fa Gon Her Ju Lo Ma Ne Or Pa Ri Sa Te Val",
        "a be ca de go la mi no ra ri sa ta ve za",
        "ez ales ana ero illo ado eira",
        "ar ona illa eda anca ales",
    ),
    _language(
        "Chen Da Fei Guo Hua Jin Ken Liu Mei Nan Ping Qi Ren Shu Tai Wen Xi Yun",
        "an bo ching de hai ji lan ming shan tao wei",
        "g ng n yan lin hao",
        "zhou shan jiang yang hai",
    ),
    _language(
        "Ade Ba Chi Dia Eke Fo Ka Ko Lu Ma Nde Oba Sa Te To Ya Zu",
        "ba di go ka la ma mba na ngu ri sa ta wa",
        "oye ana uku ambe ingo are o",
        "ville kro uma ani unda",
    ),
    _language(
        "Arn Bjo Dag Ei Fre Gun Hal In Jor Knu Lin Mag Nor Ol Ra Sig Tor Ul",
        "a be de ge hei la mar ne ri sta ve",
        "sen strom berg lund dal vik",
        "fjord nes stad heim vik by",
    ),
)


def word(chance: Random, language: Language, endings: tuple[str, ...]) -> str:
    """A name of two to four syllables."""
    middle = "".join(chance.choice(language.middle) for _ in range(chance.choice((0, 1, 1, 1, 2))))
    return chance.choice(language.first) + middle + chance.choice(endings)


def person(chance: Random, language: Language, office: str = "") -> Thing:
    """A person; given names are few and surnames many, so some persons share one or the other."""
    given = chance.choice(language.first) + chance.choice(language.middle[:8]) + chance.choice(("", "", "n", "l", "r"))
    surname = word(chance, language, language.surname)
    return Thing("person", f"{given} {surname}", surname, office)


def place(chance: Random, language: Language) -> Thing:
    """A town."""
    name = word(chance, language, language.town)
    return Thing("place", name, name)


def body(name: str) -> Thing:
    """An organization, short by its initials where its name has three words or more."""
    big = [w for w in name.split() if w[0].isupper()]
    return Thing("organization", name, "".join(w[0] for w in big) if len(big) > 2 else name)


@dataclass(slots=True)
class Urn(Generic[Item]):
    """Draws that follow a power law: the more often something was drawn, the likelier it is drawn again.

    `new` is how likely something never drawn before is, once very many have been drawn.
    """

    new: float
    make: Callable[[], Item]
    drawn: list[Item] = field(default_factory=list)

    def draw(self, chance: Random) -> Item:
        """Something drawn before, or something new."""
        fresh = not self.drawn or chance.random() < self.new + 5 / (len(self.drawn) + 5) * (1 - self.new)
        item = self.make() if fresh else chance.choice(self.drawn)
        self.drawn.append(item)
        return item
