"""Two claims compared: what holds between them, how sure that is, and why, in words.

First whether they are about the same matter (`kg.resolve.aboutness`), then what tells them apart: figures, dates, denial, words
that exclude each other, places, roles, the wording of one quotation. Where reading both together may change that, it is open
until they are read (`kg.resolve.reading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.resolve import dates, denial, differences, figures
from kg.resolve.aboutness import Signs, aboutness, of_one_outcome, signs
from kg.resolve.differences import Difference
from kg.resolve.reading import (
    AGREE,
    STRANGE,
    Open,
    Outcomes,
    agrees,
    contradict,
    contradicts,
    is_doubted,
    likelihood,
    may_doubt,
    may_hold,
)
from kg.resolve.statement import Statement
from kg.resolve.thresholds import ALIKE, COVERED, NEARLY, OCCASION, SURE, WELL_COVERED
from kg.resolve.verdict import Comparison
from kg.resolve.wording import LONG_SENTENCE, is_reprint, of_wording
from kg.resolve.words import meaning

METHOD: Final = "signs of meaning and structure"
METHOD_READ: Final = "signs of meaning and structure, and both read together"
"""Where reading both together changed what holds."""
AGAINST: Final = 0.35
"""The same for a denial, or words that exclude each other: of what is denied in a year of news little is the same thing."""
SURE_SAME: Final = 0.5
"""Likelihood from which two claims that nothing tells apart state the same."""
DOUBTFUL: Final = 0.19
"""What is left of the likelihood where the rest speaks against a link."""
POSSIBLE: Final = 0.13
"""Likelihood from which people are asked."""
MOSTLY: Final = 0.75
"""Part of the shorter one's words that the longer must have, to hold it."""
AMPLE: Final = 0.6
"""Part of the longer one's words at which predicates may differ."""
MIDDLING: Final = 0.45
"""Cosine at which it is enough that both tell of one deed."""
WHOLE: Final = ((0.72, 0.5), (0.84, 0.4), (0.87, 0.0))
"""Cosine, and part of the longer one's words, that claims must share to state the same where no figure says so."""
WELL: Final = 0.8
"""Cosine at which wording does not matter."""
REPRINTED: Final = 0.95
"""Score of the same sentence in two documents."""
LARGE: Final = 100
"""A toll from which on the same one is hardly that of another event."""
FINER: Final = 7
"""How many times longer a date is than one that narrows it."""
REFERRED: Final = 0.6
"""Score of a claim that speaks of another's figure."""


def looked_at(a: Statement, b: Statement) -> Comparison | Open | None:
    """What holds between two claims by their signs; open, where reading them together may change it; None where they are not
    about the same matter. Turned round, it is the same turned round."""
    if a.story is b.story and a.row.start < b.row.end and b.row.start < a.row.end:
        return None  # one is told inside the other
    found = signs(a, b)
    if found.story <= 0 and not _twins(found):
        return None
    if (wording := of_wording(a, b, found)) is not None:
        return wording
    if a.directive != b.directive:
        return None
    if is_reprint(a, b):
        return Comparison("same", REPRINTED, ("the same words",))
    if (referred := _referred(a, b)) is not None:
        return referred
    score = round(aboutness(found), 2)
    told = _told(a, b, found, score) if score >= POSSIBLE else None
    if told is None:
        return None
    if told.score >= SURE:
        return Open(told, found, score) if may_doubt(told, found, score) else told
    return Open(told, found, score) if may_hold(told, found, score) and _may_be_one(a, b, found, told) else told


def settled(a: Statement, b: Statement, looked: Open, read: Outcomes) -> Comparison:
    """What holds between two claims that were read together."""
    told, found, score = looked
    likely = likelihood(score, read.matter)
    if told.score >= SURE:
        if told.outcome == "same" and contradict(told, read, likely, found) and _may_be_one(a, b, found, told):
            return contradicts(a, b, told, likely)
        doubted = replace(told, score=DOUBTFUL, reasons=(*told.reasons, STRANGE))
        return doubted if is_doubted(told, likely) else told
    if told.outcome == "same" and agrees(read, likely, found) and not _is_uneven(a, b, found):
        return replace(told, score=likely, reasons=(*told.reasons, AGREE))
    return contradicts(a, b, told, likely) if contradict(told, read, likely, found) else told


def _told(a: Statement, b: Statement, found: Signs, score: float) -> Comparison | None:
    """What holds between two claims by what they say, as far as rules see it."""
    result = next(_judged(a, b, found, score))
    if result.outcome != "conflict":
        return result
    if a.story is b.story and a.speaker == b.speaker:
        return None  # who speaks once does not contradict themself: it is two matters
    held = found.overlap >= MOSTLY and found.meaning >= NEARLY  # the longer says the shorter, and more
    near = found.coverage >= COVERED or found.meaning >= ALIKE or found.toll > 0 or held
    near = near or (found.predicate > 0 and found.meaning >= MIDDLING) or (found.hours > 0 and found.dates > 0)
    if any(_POLLED.search(one.speaker) for one in (a, b)):
        near = False  # some of those asked think this, and others that
    if a.speaker == b.speaker and result.conflict in ("figure", "date") and not _one_day(a, b):
        near = False  # who gives another figure later may bring the first up to date
    return result if near else replace(result, score=min(score, DOUBTFUL))


def _may_be_one(a: Statement, b: Statement, found: Signs, told: Comparison) -> bool:
    """Whether no sign says that two claims are of different matters, whatever they say when read together."""
    if a.planned != b.planned or found.other_names or found.outcome < 0 or found.other_figures > 0:
        return False
    if any(_POLLED.search(one.speaker) for one in (a, b)) or (a.events and b.events and not a.events & b.events):
        return False
    if a.speaker == b.speaker and (a.story is b.story or (told.conflict in ("figure", "date") and not _one_day(a, b))):
        return False
    shared = a.predicates & b.predicates
    return not shared or not shared <= differences.LIGHT  # who holds a post, and who is not held to account


def _one_day(a: Statement, b: Statement) -> bool:
    """Whether two claims stand in documents of one day, or the next."""
    return bool(a.story.day and b.story.day and dates.apart(a.story.day, b.story.day) <= 1)


def _referred(a: Statement, b: Statement) -> Comparison | None:
    """Whether one speaks of the figure that the other gives: "the count of 212 families" and "212 families were moved"."""
    if a.refers == b.refers or len(a.figures) != 1 or len(b.figures) != 1 or a.negated != b.negated:
        return None
    x, y = a.figures[0], b.figures[0]
    if figures.relation(x, y) != "equal" or not (x.unit and x.unit == y.unit) or a.contrasts(b):
        return None
    return Comparison("same", REFERRED, (f"one speaks of the figure that the other gives: {x.text} / {y.text}",))


def _twins(found: Signs) -> bool:
    """Whether claims of strangers' documents are so alike that they must be of one matter all the same."""
    return found.meaning >= 0.9 and found.overlap >= 0.8 and found.shared >= 0.75 and found.names + found.dates > 0


def _judged(a: Statement, b: Statement, found: Signs, score: float) -> Iterator[Comparison]:
    """What holds between claims about one matter: the first is what counts."""
    times = differences.of_times(a, b, found)
    if times is not None and times.outcome == "compatible":
        yield _said(times, score)
    rivals = differences.of_rivals(a, b)
    if rivals is not None:
        yield _said(rivals, score)
    if a.events and b.events and not a.events & b.events:
        score = min(score, DOUBTFUL)
    before_names = score  # other names are what tells two places, or two holders of an office, apart
    if found.other_names and not (a.instead or b.instead):
        score = min(score, DOUBTFUL)
    contrast, figure = differences.of_words(a, b), differences.of_figures(a, b)
    denied = a.denies(b)
    if denied and contrast is None and (against := denial.of_denial(a, b, found, figure)) is not None:
        yield _said(against, score if denial.stands_against(a, b, found) else min(score, DOUBTFUL), AGAINST)
    if not denied and contrast is not None:
        yield _said(contrast, score, AGAINST)
    if contrast is not None and (a.kind == "denial") != (b.kind == "denial"):  # who says the contrary of what is denied
        yield _said(denial.contrary(a.kind == "denial"), score)
    if times is not None:
        yield _said(times, score if _one_time(found) else min(score, DOUBTFUL))
    if figure is not None and figure.outcome != "same":
        yield _said(figure, score if _fits(a, b, found, figure) else min(score, DOUBTFUL))
    for other in (differences.of_parts(a, b), differences.of_roles(a, b)):
        if other is not None:
            yield _said(other, before_names)
    if figure is not None:
        yield _said(figure, score if _fits(a, b, found, figure) else min(score, DOUBTFUL))
    whole = score if _is_whole(a, b, found) and score >= SURE_SAME else min(score, DOUBTFUL)
    if (narrower := _narrower(a, b)) is not None:
        yield _said(narrower, whole)
    yield Comparison("same", whole, _alike(found))


def _narrower(a: Statement, b: Statement) -> Difference | None:
    """Which of two claims that say the same says more: the one with an hour, or that of which the other denies the contrary."""
    denials = [one.kind == "denial" and not one.negated for one in (a, b)]
    if denials[0] != denials[1]:
        return denial.contrary(denials[0])
    if bool(a.hours) != bool(b.hours):
        hour = differences.hours_of(a if a.hours else b)
        return Difference("support" if a.hours else "supported", (f"it gives the hour: {hour}",))
    if a.hours and a.exact != b.exact:
        return Difference("support" if a.exact else "supported", ("it gives the hour to the minute",))
    return _finer_date(a, b)


def _finer_date(a: Statement, b: Statement) -> Difference | None:
    """Which of two claims gives the day of what the other gives the month or the year of."""
    if len(a.dates) != 1 or len(b.dates) != 1:
        return None
    x, y = a.dates[0], b.dates[0]
    if FINER * min(x.length, y.length) > max(x.length, y.length) or dates.relation(x, y) not in ("within", "around"):
        return None
    return Difference("support" if x.length < y.length else "supported", ("it gives a narrower date",))


def _said(one: Difference, score: float, needed: float = SURE) -> Comparison:
    """A difference as what holds; below the likelihood that it needs, as what may hold."""
    score = score if score >= needed else min(score, DOUBTFUL)
    return Comparison(one.outcome, score, one.reasons, one.conflict, one.severity)


def _fits(a: Statement, b: Statement, found: Signs, figure: Difference) -> bool:
    """Whether what two claims count is one thing, and not only one word."""
    rival = figure.outcome == "conflict"
    ample = found.coverage >= (AMPLE if rival else WELL_COVERED)
    if a.planned != b.planned or not of_one_outcome(a, b) or a.meanings & b.meanings >= _MARGIN:
        return False
    if rival and not ample and a.story.day and b.story.day and dates.apart(a.story.day, b.story.day) > OCCASION:
        return False  # a count of another time
    if (
        figure.outcome == "same"
        and found.coverage < COVERED
        and all(one.vague for one in (*a.figures[:1], *b.figures[:1]))
    ):
        return False  # of "tens of thousands" much is said
    known = found.predicate > 0 or found.outcome > 0 or ample or (not rival and bool(a.predicates & b.predicates))
    known = known or (found.meaning >= ALIKE and a.names.get("person") == b.names.get("person"))
    near = found.meaning >= NEARLY or found.coverage >= COVERED
    near = near or (found.toll > 0 and (found.meaning >= MIDDLING or _is_own(a, b)))
    if {one.unit for one in (*a.figures, *b.figures)} <= _SHARES:  # of polls there are many
        known = found.coverage >= WELL_COVERED and a.names.get("person") == b.names.get("person")
    return known and near and (figure.sized or (found.meaning >= WELL and found.coverage >= WELL_COVERED))


def _is_own(a: Statement, b: Statement) -> bool:
    """Whether a figure that both give is so large that few others are it: of "1,500" there are fewer than of "three".

    Of measures the size says nothing: ten years are 120 months.
    """
    counts = ((x, y) for x in a.figures for y in b.figures if x.unit not in figures.BASES)
    return any(x.minimum >= LARGE and figures.relation(x, y) == "equal" for x, y in counts)


def _is_whole(a: Statement, b: Statement, found: Signs) -> bool:
    """Whether claims that nothing tells apart say all of the same, and not only something of one topic."""
    listed = max(len(a.figures), len(b.figures)) > differences.LISTED
    if (listed or _is_uneven(a, b, found)) and not (found.meaning >= WELL and found.coverage >= WELL_COVERED):
        return False
    if found.other_figures > 0 and not any(figures.relation(x, y) == "equal" for x in a.figures for y in b.figures):
        return False  # "67 were arrested", "18 of the arrested"
    if listed and _equal_figures(a, b) < MOSTLY:
        return False  # two lists in the same words, of two days
    if differences.says_other(a, b):
        return False
    told = all(one.row.propositions or one.figures or len(one.words) >= LONG_SENTENCE for one in (a, b))
    covered = any(found.meaning >= cosine and found.coverage >= part for cosine, part in WHOLE)
    return told and (covered or (found.overlap >= 0.99 and found.coverage >= WELL_COVERED and found.meaning >= ALIKE))


def _is_uneven(a: Statement, b: Statement, found: Signs) -> bool:
    """Whether one counts what the other does not."""
    return bool(a.figures) != bool(b.figures) or found.other_figures > 0


def _equal_figures(a: Statement, b: Statement) -> float:
    """The part of the figures of the claim with more of them that the other gives too, 0 to 1."""
    many, few = sorted((a.figures, b.figures), key=len, reverse=True)
    left = list(few)
    for x in many:
        same = next((y for y in left if figures.counts_alike(x, y) and figures.relation(x, y) == "equal"), None)
        if same is not None:
            left.remove(same)
    return (len(few) - len(left)) / len(many) if many else 1.0


def _one_time(found: Signs) -> bool:
    """Whether two claims that give different times tell of one thing, and not only of one topic."""
    words = found.coverage >= WELL_COVERED or (found.predicate > 0 and found.coverage >= COVERED)
    return words or found.hours > 0 or found.meaning >= ALIKE


_POLLED: Final = re.compile(
    r"\b(?:per\s?cent|surveyed|polled|respondents|voters|(?:one|two|three|six|nine) (?:in|out of) \w+)\b", re.IGNORECASE
)
"""Speakers who are answers of a poll."""
_MARGIN: Final = frozenset(map(meaning, ("margin", "error")))
"""Words of a poll's margin, of which every poll has its own."""
_SHARES: Final = frozenset({"percent", "point", "%", ""})


def _alike(found: Signs) -> tuple[str, ...]:
    reasons = [f"meaning {found.meaning:.2f}", f"{found.overlap:.0%} of the shorter one's words in common"]
    if found.names:
        reasons.append("the same names")
    return tuple(reasons)
