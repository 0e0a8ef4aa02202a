"""Figures of two claims: what they count, and how their ranges stand to each other."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, Literal

from kg.resolve.table import ClaimRow, FigureRow
from kg.resolve.words import FUNCTION, meaning, meanings, stem, words

Relation = Literal["equal", "within", "around", "apart", "overlap"]
"""Of a to b: the same range; a within b; b within a; nothing in common; some in common."""

PEOPLE: Final = frozenset(
    map(
        stem,
        (
            "people person persons men women children lives dead deaths victims casualties fatalities residents "
            "inhabitants inmates prisoners detainees protesters demonstrators civilians soldiers workers passengers "
            "bodies souls citizens villagers refugees survivors patients students migrants hostages others fighters "
            "police officers toll body arrests injuries detentions"
        ).split(),
    )
)
"""Words for people: "33 people", "33 lives" and "33 dead" may be one figure; what became of them decides."""
GENERAL: Final = frozenset(
    map(
        stem,
        "people person lives dead deaths victims casualties fatalities others toll bodies arrests injuries detentions".split(),
    )
)
"""Words for anybody: two figures of other people ("guards", "inmates") are not of one kind."""
VAGUE: Final = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|tens of|several|some(?!\s+\d)|(?<!as )many|a few|few|millions)\b",
    re.IGNORECASE,
)
NEAR: Final = 0.1
"""Part by which a figure with "about" may be off, on either side; twice that below for one with "nearly"."""
SIZES: Final = 4.0
"""How many times one account of a figure may be another."""
_MEASURES: Final = {
    stem(word): (factor, stem(base))
    for base, factors in {
        "minute": {"minute": 1, "hour": 60},
        "day": {"day": 1, "week": 7, "fortnight": 14},
        "month": {"month": 1, "year": 12, "decade": 120},
        "metre": {"metre": 1, "meter": 1, "m": 1, "kilometre": 1000, "kilometer": 1000, "km": 1000},
        "kilogram": {"kilogram": 1, "kilogramme": 1, "kilo": 1, "kg": 1, "tonne": 1000, "ton": 1000},
    }.items()
    for word, factor in factors.items()
}
"""What is measured in one unit or another: how many of those its kind is compared in, as of years in months."""
BASES: Final = frozenset(base for _, base in _MEASURES.values())
"""The units that measures are compared in."""
_BESIDE: Final = 2
"""Words of an argument that belongs to its verb: "the dead number a hundred"."""
_AFTER: Final = 8
"""Words after a figure among which those are that say what became of it: "were in treatment", "lost their lives"."""
_SAYING: Final = 2
"""How many of them say something."""
_NAME: Final = re.compile(r"\b[^\W\d_a-z][\w’'-]*")
_PART: Final = re.compile(r"\bof\s+(?:the|them|these|those|whom|his|her|its|their|our)\b", re.IGNORECASE)
FAR: Final = 2.0
"""How many times a figure the least of a vague one may be before they exclude each other: nine are not dozens."""
_BEYOND: Final = re.compile(
    r"(?:(?:no|not)\s+)?(?:more|over|above|fewer|less|under|below|beyond|upwards)\b", re.IGNORECASE
)
_BELOW: Final = re.compile(r"(?:nearly|almost|just under|close to|approaching)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount as a range, open where a bound is infinite. `unit` is the stem of the noun counted, "" if it is not said.

    `partial` says whether it is of a part: "18 of the arrested". `whose` are names before the noun: "19 Wahrani soldiers".
    `events` are what becomes of what is counted, compared as words are: "33 people died" and "a toll of 33 dead"; empty where the
    claim's propositions do not say.
    """

    minimum: float
    maximum: float
    approximate: bool
    vague: bool
    unit: str
    text: str
    whose: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    partial: bool = False

    @property
    def exact(self) -> bool:
        return self.minimum == self.maximum and not self.approximate


def figure(row: FigureRow, claim: ClaimRow) -> Figure:
    """The figure of a claim's row."""
    noun = re.findall(r"[^\W\d_]+|%", row.of.split(" of ")[0])
    low = row.minimum if row.minimum is not None else -math.inf
    high = row.maximum if row.maximum is not None else math.inf
    factor, unit = _MEASURES.get(stem(noun[-1]), (1, stem(noun[-1]))) if noun else (1, "")
    low, high = low * factor, high * factor
    if row.approximate and low == high:
        low, high = (low * (1 - 2 * NEAR), high) if _BELOW.match(row.text) else (low * (1 - NEAR), high * (1 + NEAR))
    whose = frozenset(stem(word) for word in noun[:-1] if word[0].isupper())
    vague, events = bool(VAGUE.search(row.text)), _events(row, claim)
    partial = not vague and bool(_PART.search(row.text) or _PART.match(claim.quote.partition(row.text)[2].lstrip()))
    return Figure(low, high, row.approximate, vague, unit, row.text, whose, events, partial)


def _events(row: FigureRow, claim: ClaimRow) -> frozenset[str]:
    """What the predicates say that have the figure as subject or object, with the few words after it: "86 people injured"."""
    found: set[str] = set()
    own = set(row.text.split())
    for one in claim.propositions:
        parts = [part.text.split() for part in one.parts if part.role in ("subject", "object")]
        if any(2 * len(own.intersection(part)) >= len(own) for part in parts):  # a parse may cut "more" off "than 30"
            beside = (word.lower() for part in parts if len(part) <= _BESIDE for word in part)
            found |= meanings((*one.predicate.split(), *beside))
    after = [word for word in words(_NAME.sub("", claim.quote.partition(row.text)[2]))[:_AFTER] if word not in FUNCTION]
    return frozenset(found | meanings((*words(row.text), *after[:_SAYING]))) if found else frozenset()


def counts_alike(a: Figure, b: Figure) -> bool:
    """Whether two figures may be of one thing: the same noun, or words for people of which one is general or not said."""
    if (a.whose and b.whose and not a.whose & b.whose) or a.partial != b.partial:
        return False
    if a.unit == b.unit or meaning(a.unit) == meaning(b.unit):
        return True
    general = any(one.unit in GENERAL or not one.unit for one in (a, b))
    return general and all(one.unit in PEOPLE or not one.unit for one in (a, b))


def of_one_size(a: Figure, b: Figure) -> bool:
    """Whether two figures are near enough to be two accounts of one thing: no more than `SIZES` times each other."""
    low, high = sorted(max(1.0, one.minimum if math.isfinite(one.minimum) else one.maximum) for one in (a, b))
    return high <= SIZES * low


def too_few(a: Figure, b: Figure) -> bool:
    """Whether one is vague and the other far below all that it may mean: "dozens" and "nine"."""
    return any(
        vague.vague and not other.vague and other.maximum * FAR <= vague.minimum for vague, other in ((a, b), (b, a))
    )


def relation(a: Figure, b: Figure) -> Relation:
    """How the range of a stands to that of b."""
    if (a.minimum, a.maximum) == (b.minimum, b.maximum):
        return "equal"
    if a.maximum < b.minimum or b.maximum < a.minimum:
        gap = max(b.minimum - a.maximum, a.minimum - b.maximum)
        open_ended = math.inf in (a.maximum, b.maximum) or -math.inf in (a.minimum, b.minimum)
        beyond = any(_BEYOND.match(one.text) for one in (a, b))
        return "overlap" if gap <= 1 and open_ended and beyond else "apart"  # "30,000", "more than 30,000"
    if b.minimum <= a.minimum and a.maximum <= b.maximum:
        return "within"
    return "around" if a.minimum <= b.minimum and b.maximum <= a.maximum else "overlap"
