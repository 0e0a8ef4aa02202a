"""What events are made of: facts with figures, dates, causes or denials, each in several wordings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SLOT: Final = re.compile(r"\{(\w)(?::([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """What is filled in: N a figure with its noun, E the event, P its town, D a date, O the firm, X one of the options."""

    letter: str
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause in pieces, its predicate, and the role of each slot."""

    pieces: tuple[str | Slot, ...]
    predicate: str
    roles: dict[str, str]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of fact: what is counted and how many at least and most (0: no figure), options for X, wordings."""

    noun: str
    least: int
    most: int
    options: tuple[str, ...]
    wordings: tuple[Wording, ...]


def _wording(line: str) -> Wording:
    """Read "text | predicate | N=object P=place"; a predicate after "not" is negated."""
    text, predicate, roles = (part.strip() for part in line.split("|"))
    pieces: list[str | Slot] = []
    at = 0
    for m in _SLOT.finditer(text):
        pieces += [text[at : m.start()], Slot(m[1], m[2] or "")]
        at = m.end()
    pieces.append(text[at:])
    negated = predicate.startswith("not ")
    pairs = dict(pair.split("=") for pair in roles.split())
    return Wording(tuple(p for p in pieces if p), predicate.removeprefix("not "), pairs, negated)


def _fact(head: str, *lines: str) -> Fact:
    """Read "noun least most option/option" and the wordings."""
    noun, least, most, options = (part.strip() for part in head.split("|"))
    return Fact(noun, int(least), int(most), tuple(options.split("/")) if options else (), tuple(map(_wording, lines)))


FACTS: Final = {
    "killed": _fact(
        "people | 1 | 400 |",
        "{N} were killed by {E} in {P} | kill | N=object E=subject P=place",
        "{E} in {P} killed {N} | kill | N=object E=subject P=place",
        "{N} died in {E} in {P} | die | N=subject E=other P=place",
        "{E} in {P} had cost {N:lives} | cost | N=object E=subject P=place",
    ),
    "injured": _fact(
        "people | 3 | 900 |",
        "{N} were injured in {E} in {P} | injure | N=object E=other P=place",
        "{N} were wounded by {E} in {P} | wound | N=object E=subject P=place",
        "{E} in {P} left {N} hurt | leave hurt | N=object E=subject P=place",
    ),
    "missing": _fact(
        "people | 1 | 200 |",
        "{N} were still missing after {E} in {P} | miss | N=subject E=time P=place",
        "rescuers in {P} were looking for {N} after {E} | look | N=recipient E=time P=place",
    ),
    "moved": _fact(
        "residents | 40 | 20000 |",
        "{N} had been evacuated from {P} after {E} | evacuate | N=object P=other E=time",
        "{N} left their homes in {P} after {E} | leave | N=subject P=place E=time",
        "authorities had moved {N} out of {P} after {E} | move | N=object P=other E=time",
    ),
    "power": _fact(
        "households | 100 | 60000 |",
        "{N} in {P} had no electricity after {E} | not have | N=subject P=place E=time",
        "{E} cut off the power of {N} in {P} | cut off | N=other E=subject P=place",
    ),
    "arrested": _fact(
        "people | 1 | 300 |",
        "police in {P} arrested {N} after {E} | arrest | N=object P=place E=time",
        "{N} were detained in {P} after {E} | detain | N=object P=place E=time",
    ),
    "marched": _fact(
        "demonstrators | 100 | 80000 |",
        "{N} marched in {P} because of {E} | march | N=subject P=place E=other",
        "{E} brought {N} onto the streets of {P} | bring | N=object E=subject P=place",
    ),
    "damage": _fact(
        "million dollars | 2 | 900 |",
        "{E} in {P} caused damage of {N} | cause | N=quantity E=subject P=place",
        "the damage of {E} in {P} was put at {N} | put | N=quantity E=other P=place",
    ),
    "cases": _fact(
        "cases | 5 | 9000 |",
        "{N} of the fever were counted in {P} after {E} | count | N=object P=place E=time",
        "doctors in {P} recorded {N} of the fever after {E} | record | N=object P=place E=time",
    ),
    "jobs": _fact(
        "workers | 20 | 7000 |",
        "{O} would dismiss {N} in {P} after {E} | dismiss | O=subject N=object P=place E=time",
        "{N} at {O} in {P} would lose their jobs after {E} | lose | O=other N=subject P=place E=time",
    ),
    "aid": _fact(
        "tonnes of grain | 2 | 4000 |",
        "{O} delivered {N} to {P} after {E} | deliver | O=subject N=object P=recipient E=time",
        "{N} from {O} reached {P} after {E} | reach | O=other N=subject P=object E=time",
    ),
    "date": _fact(
        "| 0 | 0 |",
        "{E} in {P} began on {D} | begin | E=subject P=place D=time",
        "{E} in {P} happened on {D} | happen | E=subject P=place D=time",
        "it was on {D} that {E} struck {P} | strike | E=subject P=object D=time",
    ),
    "cause": _fact(
        "| 0 | 0 | a gas leak/a faulty switch/an arson attack/neglected repairs/a broken valve",
        "{X} had led to {E} in {P} | lead | X=subject E=recipient P=place",
        "{E} in {P} was caused by {X} | cause | X=subject E=object P=place",
        "{X} was behind {E} in {P} | be | X=subject E=object P=place",
    ),
    "warned": _fact(
        "| 0 | 0 |",
        "{O} had warned {P} of {E} | warn | O=subject P=object E=topic",
        "{P} had received a warning of {E} from {O} | receive | P=subject O=other E=topic",
        "{O} had not warned {P} of {E} | not warn | O=subject P=object E=topic",
        "{P} never got a warning of {E} from {O} | not get | P=subject O=other E=topic",
    ),
    "licence": _fact(
        "| 0 | 0 |",
        "{O} had a licence for its works in {P} before {E} | have | O=subject P=place E=time",
        "{O} worked in {P} without a licence before {E} | not have | O=subject P=place E=time",
    ),
    "open": _fact(
        "| 0 | 0 | the bridge/the hospital/the railway station/the market/the airport",
        "{X} of {P} was closed after {E} | close | X=object P=place E=time",
        "{X} of {P} stayed open after {E} | stay open | X=subject P=place E=time",
        "authorities shut {X} of {P} after {E} | shut | X=object P=place E=time",
    ),
    "inquiry": _fact(
        "| 0 | 0 |",
        "an inquiry into {E} in {P} would look at {O} | look | E=topic P=place O=recipient",
        "{O} was to be examined because of {E} in {P} | examine | O=object E=other P=place",
    ),
}

COMMON: Final = ("date", "cause", "warned", "open", "inquiry", "licence")
EVENTS: Final = {
    "flood": ("killed", "missing", "moved", "power", "damage", "aid"),
    "explosion": ("killed", "injured", "moved", "damage"),
    "train crash": ("killed", "injured", "damage"),
    "fire": ("killed", "injured", "moved", "damage"),
    "strike": ("marched", "arrested", "jobs", "damage"),
    "protest": ("marched", "arrested", "injured"),
    "outbreak": ("cases", "killed", "aid"),
    "raid": ("arrested", "killed", "injured"),
    "dam failure": ("killed", "missing", "moved", "power"),
    "earthquake": ("killed", "injured", "missing", "moved", "power", "aid"),
    "mine collapse": ("killed", "missing", "jobs"),
    "storm": ("killed", "moved", "power", "damage"),
}

# Words that mean the same are near each other in the vectors.
CONCEPTS: Final = {
    word: words.split()[0]
    for words in (
        "die died killed lives dead cost",
        "hurt injured wounded",
        "leave left moved evacuated homes fled out",
        "missing looking rescuers",
        "power electricity",
        "arrest arrested detained police",
        "march marched streets demonstrators brought",
        "cause caused led behind",
        "warning warned",
        "shut closed",
        "begin began happened struck",
        "count counted recorded",
        "inquiry examined look",
        "jobs dismiss workers lose",
        "deliver delivered reached",
        "damage put",
    )
    for word in words.split()
}

DETAIL: Final = 0.45
"""Part of what is said that only one article tells."""
WHO: Final = (
    "the engineer/the driver/a teacher/the night guard/a fisherman/the owner/a nurse/the inspector/a farmer/the clerk/"
    "a shopkeeper/the pilot/a student/the priest/the judge/a carpenter/the coach/a cook/the tailor/the librarian"
).split("/")
DID: Final = tuple(
    tuple(pair.split("="))
    for pair in (
        "found=find/repaired=repair/sold=sell/painted=paint/photographed=photograph/borrowed=borrow/carried=carry/hid=hide/"
        "returned=return/kept=keep/bought=buy/noticed=notice/measured=measure/locked=lock/described=describe/cleaned=clean/"
        "signed=sign/burned=burn/copied=copy/refused=refuse"
    ).split("/")
)
WHAT: Final = (
    "an old map/the red lorry/a wooden boat/the account book/a brass bell/the spare key/two ladders/a letter/the oil lamp/"
    "the radio/a torn flag/the pump/a stack of bricks/the school roof/a blue coat/the fence/a camera/the timetable/"
    "a bag of seed/the contract"
).split("/")
WHERE: Final = (
    "near the river/behind the school/at the station/in the old quarter/by the well/on the hill/at the depot/in the yard/"
    "beside the road/under the bridge/at the gate/in the chapel"
).split("/")
