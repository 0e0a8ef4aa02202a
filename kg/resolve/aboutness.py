"""Whether two claims are about the same matter: signs of it, from meaning and from structure, and how they weigh."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import repeat
from operator import mul
from typing import Final, NamedTuple

from kg.resolve import dates, figures
from kg.resolve.dates import apart
from kg.resolve.statement import Statement, Story
from kg.resolve.words import OUTCOMES, meaning

_TYPES: Final = ("person", "place", "organization")
NAMES: Final = 0.1
"""What sharing two names is worth, as cosine, that few documents have."""
STRANGE: Final = 0.5
"""Cosine of documents, with what shared names are worth, up to which they are of other stories."""
UNNAMED: Final = 0.05
"""How much more alike documents must be that share no such name."""
OTHER_DAYS: Final = 45
"""Days between documents from which those that share no such name are of other stories."""
UNDATED: Final = 15
"""Days taken to lie between documents of which one has no date."""
KIN: Final = 0.25
"""Cosine above that from which they are wholly of one."""
LONG: Final = 270
"""Days before its document's day of which a claim would say when."""
EMPTY: Final = frozenset({meaning(word) for word in "be have do".split()})
"""Predicates that say nothing without what follows."""
_YEAR: Final = re.compile(r"\b[12]\d{3}\b")
_MONTH: Final = 31
_YEARLY: Final = 366
"""Days between documents from which dates without a year are of different years."""
_NEAR: Final = 45
"""Days between dates of one matter that two texts give differently."""


class Signs(NamedTuple):
    """Signs that two claims are about the same matter, or of different ones; each 0 to 1, or -1 to 1."""

    meaning: float
    overlap: float
    coverage: float
    shared: float
    names: float
    other_names: float
    one_sided: float
    figures: float
    other_figures: float
    outcome: float
    dates: float
    other_dates: float
    elsewhen: float
    story: float
    toll: float
    speaker: float
    predicate: float
    counted: float
    hours: float
    gap: float


WEIGHTS: Final = Signs(
    meaning=9.10,
    overlap=0.56,
    coverage=2.25,
    shared=1.26,
    names=0.08,
    other_names=-0.47,
    one_sided=0.01,
    figures=0.82,
    other_figures=-1.45,
    outcome=0.73,
    dates=0.86,
    other_dates=0.02,
    elsewhen=-2.14,
    story=0.26,
    toll=0.20,
    speaker=-1.04,
    predicate=0.52,
    counted=0.33,
    hours=1.59,
    gap=-0.47,
)
BIAS: Final = -8.78


def signs(a: Statement, b: Statement) -> Signs:
    """The signs of two claims; the same whichever comes first."""
    ours, theirs, common = (_weight(some, a) for some in (a.meanings, b.meanings, a.meanings & b.meanings))
    least, most = sorted((ours, theirs))
    shared = _weight(a.all_names & b.all_names, a)
    kin = kinship(a.story, b.story)
    other = sum(1.0 for kind in _TYPES if (x := a.names.get(kind)) and (y := b.names.get(kind)) and not x & y)
    return Signs(
        meaning=float(a.vector @ b.vector),
        overlap=common / least if least else 0.0,
        coverage=common / most if most else 0.0,
        shared=min(4.0, common) / 4,
        names=min(2.0, shared) / 2,
        other_names=min(1.0, other),
        one_sided=1.0 if bool(a.all_names) != bool(b.all_names) else 0.0,
        figures=_figures(a, b),
        other_figures=1.0 if a.figures and b.figures and not _comparable(a, b) else 0.0,
        outcome=_outcome(a, b),
        dates=1.0 if (related := _dates(a, b)) > 0 else 0.0,
        other_dates=1.0 if related < 0 else 0.0,
        elsewhen=_elsewhen(a, b),
        story=kin.story,
        toll=1.0 if a.figures and b.figures and _outcome(a, b) > 0 and _comparable(a, b) else 0.0,
        speaker=1.0 if a.speaker == b.speaker else 0.0,
        predicate=1.0 if a.predicates & b.predicates - EMPTY else 0.0,
        counted=1.0 if _of_one_noun(a, b) else 0.0,
        hours=1.0 if a.hours and b.hours else 0.0,
        gap=kin.gap,
    )


def _weight(terms: Iterable[str], one: Statement) -> float:
    """What words or names weigh together: 1 each, less where many documents have them; the same in whatever order they come."""
    return math.fsum(map(one.weights.get, terms, repeat(1.0)))


def _comparable(a: Statement, b: Statement) -> bool:
    return next(counted_alike(a, b), None) is not None


def _of_one_noun(a: Statement, b: Statement) -> bool:
    """Whether both count the same, said by one noun that is no word for anybody: "140 houses" and "112 houses"."""
    return any(x.unit == y.unit and x.unit and x.unit not in figures.GENERAL for x, y in counted_alike(a, b))


def _figures(a: Statement, b: Statement) -> float:
    """1 where a figure of the same thing is the same, 0.5 where it is narrower, -0.25 where it is another, 0 without any."""
    best = 0.0
    for x in a.figures:
        for y in b.figures:
            if figures.counts_alike(x, y):
                found = {"equal": 1.0, "within": 0.5, "around": 0.5, "overlap": 0.25}.get(figures.relation(x, y), -0.25)
                best = max(best, found) if best > 0 else found if found > 0 else min(best, found)
    return best


def _outcome(a: Statement, b: Statement) -> float:
    """-1 where people died in one and were hurt, missing or held in the other; 1 where the same became of them.

    -0.5 where both count something and only one says that it died or was hurt.
    """
    ours, theirs = a.meanings & OUTCOMES, b.meanings & OUTCOMES
    if not ours or not theirs:
        return -0.5 if (ours or theirs) and a.figures and b.figures else 0.0
    return 1.0 if ours & theirs else -1.0


def of_one_outcome(a: Statement, b: Statement) -> bool:
    """Whether figures that count alike are of people to whom the same happened: not of the killed and of those who met."""
    return any(_became(a, x) == _became(b, y) or _became(a, x) & _became(b, y) for x, y in counted_alike(a, b))


def _became(one: Statement, figure: figures.Figure) -> frozenset[str]:
    return (figure.events or one.meanings) & OUTCOMES


def counted_alike(a: Statement, b: Statement) -> Iterator[tuple[figures.Figure, figures.Figure]]:
    """Pairs of figures of two claims that may count the same."""
    return ((x, y) for x in a.figures for y in b.figures if figures.counts_alike(x, y))


def _dates(a: Statement, b: Statement) -> int:
    """1 where a day of one is a day of the other, -1 where none is, 0 where one names no day."""
    if not a.dates or not b.dates:
        return 0
    if any(dates.relation(x, y) != "apart" for x in a.dates for y in b.dates) or _one_weekday(a, b):
        return 1
    return -1 if days_apart(a, b) else 1


def _elsewhen(a: Statement, b: Statement) -> float:
    """1 where one claim is of another year than the other's document, and the other names no day; 0.5 where of another season.

    A claim without a date is of its document's day, as far as one with a date from another time goes.
    """
    if bool(a.dates) == bool(b.dates):
        return 0.0
    dated, other = (a, b) if a.dates else (b, a)
    day = other.story.day
    if not day or other.negated:  # what is denied without a date is denied of any
        return 0.0
    gap = min(apart(d, day) for d in dated.dates)
    return 1.0 if gap > LONG and _YEAR.search(dated.row.quote) else 0.5 if _NEAR < gap <= LONG else 0.0


def _one_weekday(a: Statement, b: Statement) -> bool:
    """Whether two claims of one week name one weekday, of which the date may have been guessed."""
    near = a.story.day and b.story.day and apart(a.story.day, b.story.day) < 6
    return bool(near and a.weekdays & b.weekdays)


def days_apart(a: Statement, b: Statement) -> int:
    """Days between the nearest dates of two claims; where neither names a year, which may be guessed, between days of a year.

    Of spans longer than a month, such as years, between their first days.
    """
    gap = min(
        abs(x.first - y.first) if min(x.length, y.length) > _MONTH else apart(x, y) for x in a.dates for y in b.dates
    )
    if _YEAR.search(a.row.quote) or _YEAR.search(b.row.quote):
        return gap
    return min(gap % 365, -gap % 365) if gap > _NEAR else gap


def years_apart(a: Statement, b: Statement) -> bool:
    """Whether documents more than a year apart tell two claims of which neither names a year, so that each is of its own."""
    days = a.story.day, b.story.day
    far = days[0] and days[1] and apart(days[0], days[1]) > _YEARLY
    return bool(far and not _YEAR.search(a.row.quote) and not _YEAR.search(b.row.quote))


class Kinship(NamedTuple):
    """How two documents stand to each other: how much they are about one `story`, by what their texts begin with and names
    that they share, 0 to 1; and the `gap` between their days, from 0 for the same to 1 for eight months, in powers of two."""

    story: float
    gap: float


def kinship(a: Story, b: Story) -> Kinship:
    """How two documents stand to each other; the same whichever comes first."""
    if a is b:
        return Kinship(1.0, 0.0)
    days = apart(a.day, b.day) if a.day and b.day else UNDATED
    gap = min(1.0, math.log2(1 + days) / 8)
    shared = a.names & b.names
    rare = len(shared - a.common)
    return Kinship(_story(a, b, rare, len(shared) - rare), gap)


def _story(a: Story, b: Story, rare: int, usual: int) -> float:
    theme = float(a.theme @ b.theme) if a.theme.size and b.theme.size else 0.0
    known = min(2.0, rare + 0.2 * usual) / 2
    if not rare and a.day and b.day and apart(a.day, b.day) > OTHER_DAYS:
        return 0.0
    strange = STRANGE if rare else STRANGE + UNNAMED
    return min(1.0, max(0.0, (theme + NAMES * known - strange) / KIN))


def aboutness(found: Signs) -> float:
    """How likely two claims are about the same matter, 0 to 1 (logistic regression, fitted by `benchmarks/across/weights.py`)."""
    total = BIAS + sum(map(mul, WEIGHTS, found))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
