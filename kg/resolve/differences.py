"""What tells two claims about one matter apart: figures, times, words that exclude each other, places and parts, offices.

Each function looks at one of them and says nothing where it has nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kg.resolve import clock, dates, figures
from kg.resolve.aboutness import Signs, counted_alike, days_apart, years_apart
from kg.resolve.figures import Figure
from kg.resolve.records import ConflictKind, Severity
from kg.resolve.statement import Statement
from kg.resolve.table import PartRow, PropositionRow
from kg.resolve.thresholds import OCCASION
from kg.resolve.verdict import Outcome
from kg.resolve.words import FUNCTION, OUTCOMES, head_meaning, meaning, words

ONE_EVENT: Final = 45
"""Days by which two texts may differ about one event; beyond, it is another event unless all else is the same."""
OWN_DAYS: Final = 4
"""Days between two documents from which each may tell of its own."""
COUNTS: Final = 20
"""Figures of a claim up to which they are looked at at all."""
LISTED: Final = 2
"""Figures of a claim up to which each is compared."""
HOURS: Final = 25
"""Minutes between two hours from which they are not the same."""
EXACT: Final = 10
"""The same of two hours told to the minute."""
_SIDES: Final = frozenset({"north", "south", "east", "west"})
_AMOUNT: Final = re.compile(r"\d|\bper\s?cent\b")
"""Parts that are amounts, which is no place."""
LIGHT: Final = frozenset({meaning(word) for word in "hold make take give keep".split()})
"""Verbs that say little without their object: who holds a post denies nothing of who is not held to account."""
_SHORT: Final = 3
"""Words of a place up to which each of them tells it from another."""
_OFFICE: Final = ("the ", "its ", "their ")
_DEFINITE: Final = ("the ", "its ", "his ", "her ", "their ", "it")
_EXCLUSIVE: Final = frozenset({"win"})
"""What only one of two can do."""
_BY_ONE: Final = frozenset(
    map(
        meaning,
        "lead command own order open close found invent murder shoot design build drive steer pilot write".split(),
    )
)
"""What one thing is done to by one: who led the attempt, who opened the valve."""
_ONCE: Final = frozenset(
    map(
        meaning,
        (
            "begin end sink land leave depart arrive remove set crash break happen occur open reopen close recount sign hit "
            "enter get find make bear bury hand burn hold arrest explode shoot steal"
        ).split(),
    )
)
"""What happens to one thing in one place only, as words are compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a difference comes to; `sized`: figures near enough to be two accounts of one thing."""

    outcome: Outcome
    reasons: tuple[str, ...]
    conflict: ConflictKind | Literal[""] = ""
    severity: Severity | Literal[""] = ""
    sized: bool = True


def of_figures(a: Statement, b: Statement) -> Difference | None:
    """What the figures that count the same thing say; None where none do."""
    if max(len(a.figures), len(b.figures)) > COUNTS:
        return None  # a table, and no statement
    pairs = list(counted_alike(a, b))
    if not pairs:
        return None
    found = [(figures.relation(x, y), x, y) for x, y in _closest(pairs)]
    said = "; ".join(f"{x.text} / {y.text}" for _, x, y in found)
    relations = {relation for relation, _, _ in found}
    sized = all(figures.of_one_size(x, y) for _, x, y in found)
    vague = any(figure.vague for _, x, y in found for figure in (x, y) if not figures.too_few(x, y))
    if relations == {"equal"}:
        return Difference("same", (f"the same figure: {said}",))
    measured = any(figure.unit in figures.BASES for _, x, y in found for figure in (x, y))
    if a.story.day != b.story.day and "missing" in a.meanings & b.meanings and not measured:
        return Difference("compatible", (f"who is missing on another day: {said}",), sized=sized)
    if max(len(a.figures), len(b.figures)) > LISTED:
        return None  # a list of many counts: which of them are of one thing is not known
    if vague:
        return Difference("compatible", (f"a vague figure: {said}",), sized=sized)
    if "apart" in relations:
        apart = [(x, y) for relation, x, y in found if relation == "apart"]
        x, y = min(apart, key=lambda pair: sorted(one.text for one in pair))
        return Difference("conflict", (f"different figures: {x.text} / {y.text}",), "figure", _severity(x, y), sized)
    if "overlap" in relations or {"within", "around"} <= relations:
        return Difference("compatible", (f"figures that can both be right: {said}",), sized=sized)
    narrow: Outcome = "support" if "within" in relations else "supported"
    return Difference(narrow, (f"a narrower figure: {said}",), sized=sized)


def _closest(pairs: Sequence[tuple[Figure, Figure]]) -> list[tuple[Figure, Figure]]:
    """For each figure of the claim that gives fewer of them the closest of the other's; for each of both where they give as many.

    What only one of two claims counts beside the rest sets nothing against the other.
    """
    sides = [list(dict.fromkeys(pair[side] for pair in pairs)) for side in (0, 1)]
    fewest = min(map(len, sides))
    found = [
        min((p for p in pairs if p[side] == one), key=lambda p: _distance(*p))
        for side in (0, 1)
        if len(sides[side]) == fewest
        for one in sides[side]
    ]
    return list(dict.fromkeys(found))


def _distance(x: Figure, y: Figure) -> tuple[bool, int]:
    order = {"equal": 0, "within": 1, "around": 1, "overlap": 2, "apart": 3}
    return x.unit != y.unit, order[figures.relation(x, y)]


def _severity(x: Figure, y: Figure) -> Severity:
    low, high = sorted((max(x.minimum, 0.0), max(y.minimum, 0.0)))
    return "high" if high > 1.5 * low else "medium" if high > 1.1 * low else "low"


def of_times(a: Statement, b: Statement, found: Signs) -> Difference | None:
    """What days and hours say where all differ; None where they say nothing."""
    if found.elsewhen == 1 or (found.elsewhen and a.figures and b.figures):
        dated = a if a.dates else b
        return Difference("compatible", (f"one is of another time: {', '.join(dated.row.dates)}",))
    minutes = clock.apart(a.hours, b.hours)
    if not found.other_dates:
        if minutes >= (EXACT if a.exact and b.exact else HOURS):
            return Difference("conflict", (f"different hours: {hours_of(a)} / {hours_of(b)}",), "date", "medium")
        return None
    near = days_apart(a, b)
    said = f"different dates: {_dates(a)} / {_dates(b)}"
    if found.figures not in (0.0, 1.0):
        return Difference("compatible", (f"{said}: figures of another day",))
    if years_apart(a, b):
        return Difference("compatible", (f"{said}: another occasion",))
    if a.planned != b.planned:
        return Difference("compatible", (f"{said}: one is of what was to come",))
    if _of_own_days(a, b):
        return Difference("compatible", (f"{said}: each tells of its own days",))
    alike = found.meaning >= 0.6 and found.overlap >= 0.66 and not found.figures
    if near <= ONE_EVENT or alike:
        return Difference("conflict", (said,), "date", "low" if near <= 1 else "medium")
    return Difference("compatible", (f"{said}: another occasion",))


def _of_own_days(a: Statement, b: Statement) -> bool:
    """Whether documents days apart each tell of what happened about their own day: two primaries, and not one with two dates."""
    ours, theirs = a.story.day, b.story.day
    if not ours or not theirs or dates.apart(ours, theirs) < OWN_DAYS:
        return False
    return all(
        min(dates.apart(day, own) for day in one.dates) < min(dates.apart(day, other) for day in one.dates)
        for one, own, other in ((a, ours, theirs), (b, theirs, ours))
    )


def hours_of(one: Statement) -> str:
    """The hours that a claim names, as "05:58"."""
    return ", ".join(f"{minutes // 60 % 24:02}:{minutes % 60:02}" for minutes, _ in one.hours)


def _dates(one: Statement) -> str:
    """The days of a claim as EDTF, also those that are only told by a weekday or without a year."""
    return ", ".join(one.row.dates) or ", ".join(dates.shown(some) for some in one.dates)


def of_words(a: Statement, b: Statement) -> Difference | None:
    """Words that exclude each other, as "red" and "green" do; what became of people is no such word."""
    ours, theirs = a.contrasts(b), b.contrasts(a)
    if not ours or not theirs or (ours <= OUTCOMES and theirs <= OUTCOMES):
        return None
    said = f"they exclude each other: {', '.join(sorted(ours))} / {', '.join(sorted(theirs))}"
    return Difference("conflict", (said,), "place" if ours & _SIDES else "polarity", "medium")


def of_rivals(a: Statement, b: Statement) -> Difference | None:
    """Two claims that give what only one can have, such as a victory, to two."""
    for p, q in same_predicates(a, b):
        x, y = part_of(p, "subject"), part_of(q, "subject")
        if (
            p.negated
            or q.negated
            or not (x and y and x.entity and y.entity and a.entity(x.entity) != b.entity(y.entity))
        ):
            continue
        if {p.predicate, q.predicate} <= _EXCLUSIVE and _one_contest(p, q, a, b):
            return Difference("conflict", (f"both {p.predicate}: {x.text} / {y.text}",), "polarity", "high")
        if _BY_ONE & senses(p.predicate) & senses(q.predicate) and _one_object(p, q, a, b):
            return Difference("conflict", (f"{p.predicate}, by two: {x.text} / {y.text}",), "role", "medium")
    return None


def _one_contest(p: PropositionRow, q: PropositionRow, a: Statement, b: Statement) -> bool:
    """Whether two victories are in one contest: won of the same, in the same place, by the same party, and not by both."""
    won = [part_of(one, "object") for one in (p, q)]
    if won[0] is None or won[1] is None or not alike(won[0], won[1], a, b):
        return False
    ours, theirs = heads(won[0].text), heads(won[1].text)
    if not (ours <= theirs or theirs <= ours):
        return False  # an election of the north, and one of the south
    both = _winners(p, a) & b.all_names or _winners(q, b) & a.all_names
    far = a.story.day and b.story.day and dates.apart(a.story.day, b.story.day) > OCCASION
    return not both and not far and all(a.names.get(kind) == b.names.get(kind) for kind in ("place", "group", "event"))


def _winners(one: PropositionRow, claim: Statement) -> frozenset[str]:
    return frozenset(claim.entity(part.entity) for part in one.parts if part.role == "subject" and part.entity)


def _one_object(p: PropositionRow, q: PropositionRow, a: Statement, b: Statement) -> bool:
    """Whether two statements are of what is done to one thing, a name or something definite."""
    x, y = part_of(p, "object"), part_of(q, "object")
    known = x and y and all(one.entity or one.text.lower().startswith(_DEFINITE) for one in (x, y))
    return bool(x and y and known and alike(x, y, a, b))


def of_parts(a: Statement, b: Statement) -> Difference | None:
    """What happened once to one thing, in two places or to two others: "the boat set out from A", "from B"."""
    for p, q in same_predicates(a, b):
        if p.negated or q.negated or not _ONCE & senses(p.predicate) & senses(q.predicate):
            continue
        pair = next(((x, y) for x in _themes(p, a, b) for y in _themes(q, a, b) if alike(x, y, a, b)), None)
        if pair is None:
            continue
        light = LIGHT & senses(p.predicate)
        for roles in ((() if light else ("object",)), ("place", "other", "instrument", "recipient")):
            ours, theirs = _wheres(p, pair[0], roles), _wheres(q, pair[1], roles)
            if ours and theirs and not any(_touch(x, y, a, b) for x in ours for y in theirs):
                said = f"different places or parts: {ours[0].text} / {theirs[0].text}"
                return Difference("conflict", (said,), "place", "medium")
    return None


def of_roles(a: Statement, b: Statement) -> Difference | None:
    """What somebody or something is, said by one and denied or said otherwise by the other."""
    for p, q in same_predicates(a, b):
        if {p.predicate, q.predicate} != {"be"} or p.negated or q.negated:
            continue
        (who, office), (whom, other) = _holder(p), _holder(q)
        if not (who and office and whom and other and office.text.lower().startswith(_OFFICE)):
            continue
        if not other.text.lower().startswith(_OFFICE):
            continue
        one = _office_words(office.text) == _office_words(other.text)
        if not one and alike(who, whom, a, b) and not _office_words(office.text) & _office_words(other.text):
            return Difference("conflict", (f"different offices: {office.text} / {other.text}",), "role", "medium")
        two = who.entity and whom.entity and a.entity(who.entity) != b.entity(whom.entity)
        if two and heads(office.text) == heads(other.text):
            return Difference("conflict", (f"{office.text}: {who.text} / {whom.text}",), "role", "medium")
    return None


def says_other(a: Statement, b: Statement) -> bool:
    """Whether two claims say what something is, and nothing of it alike: "is now president", "was deeply involved".

    What stands beside a name, as in "Raisi, a former judge, is president", is not what they say.
    """
    ours, theirs = (frozenset().union(*map(heads, _said_to_be(one))) for one in (a, b))
    only = all(p.predicate == "be" for one in (a, b) for p in one.row.propositions)
    return bool(ours and theirs) and only and not ours & theirs


def _said_to_be(one: Statement) -> Iterator[str]:
    for p in one.row.propositions:
        subject, said = part_of(p, "subject"), part_of(p, "object")
        if p.predicate == "be" and said and not (subject and f"{subject.text}, {said.text}" in one.row.quote):
            yield said.text


def _holder(one: PropositionRow) -> tuple[PartRow | None, PartRow | None]:
    """Who or what is said to be something, and what: "the safety officer was Dukova" turned round."""
    subject, said = part_of(one, "subject"), part_of(one, "object")
    return (said, subject) if said and said.entity and subject and not subject.entity else (subject, said)


def _office_words(text: str) -> frozenset[str]:
    """The noun of an office with what stands before it: of "the head of the service" what "head" is compared by."""
    return heads(re.split(r"\s(?:of|for|at|in|to)\s", text, maxsplit=1)[0])


def is_role(one: Statement) -> bool:
    """Whether a claim says what somebody is."""
    person = bool(one.names.get("person")) or "i" in one.words
    return person and any(p.predicate == "be" for p in one.row.propositions) and bool(_ROLE.search(one.row.quote))


_ROLE: Final = re.compile(
    r"\b(?:is|was|are|were|as|not)\s+(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w-]+\s+){0,3}?(?:of|for|at|in|to)\b"
)


@lru_cache(maxsize=1 << 12)
def senses(predicate: str) -> frozenset[str]:
    """What the words of a predicate are compared by."""
    return frozenset(map(meaning, predicate.split()))


def same_predicates(a: Statement, b: Statement) -> Iterator[tuple[PropositionRow, PropositionRow]]:
    """Pairs of statements of two claims that have a word of their predicates in common."""
    theirs = [(senses(q.predicate), q) for q in b.row.propositions]
    for p in a.row.propositions:
        ours = senses(p.predicate)
        yield from ((p, q) for other, q in theirs if ours & other)


def part_of(one: PropositionRow, role: str) -> PartRow | None:
    """The first part of a statement in a role; None where it has none."""
    return next((part for part in one.parts if part.role == role), None)


def _themes(one: PropositionRow, a: Statement, b: Statement) -> list[PartRow]:
    """What a statement is about: its subject and its object; a name, something definite, or counted alike in both claims."""
    definite = any(part.text.lower().startswith("the ") for claim in (a, b) for part in _counted_parts(claim))
    counted = definite and any(figures.relation(x, y) == "equal" for x, y in counted_alike(a, b))
    some = [part for part in one.parts if part.role in ("subject", "object")]
    return [
        p
        for p in some
        if p.entity or p.text.lower().startswith(_DEFINITE) or (counted and p in _counted_parts(a) + _counted_parts(b))
    ]


def _counted_parts(one: Statement) -> list[PartRow]:
    """The parts of a claim's statements that are an amount: "three bowls", "the three bowls"."""
    amounts = {figure.text.lower() for figure in one.figures}
    parts = (part for p in one.row.propositions for part in p.parts)
    return [part for part in parts if part.text.lower().removeprefix("the ") in amounts]


def _wheres(one: PropositionRow, theme: PartRow, roles: Sequence[str]) -> list[PartRow]:
    """The parts of a statement in some roles beside what it is about."""
    some = [part for part in one.parts if part.role in roles and part != theme and not _AMOUNT.search(part.text)]
    return [part for part in some if heads(part.text)]


def heads(text: str) -> frozenset[str]:
    """What the words of a part are compared by."""
    return frozenset(meaning(word) for word in words(text) if word not in FUNCTION)


def alike(x: PartRow, y: PartRow, a: Statement, b: Statement) -> bool:
    """Whether two parts are the same thing: one entity, or one head noun; "it" may be anything."""
    if x.entity and y.entity:
        return a.entity(x.entity) == b.entity(y.entity)
    ours, theirs = words(x.text.split(" of ")[0]), words(y.text.split(" of ")[0])
    if ["it"] in (ours, theirs):
        return True  # of one matter, and done to it once
    return bool(ours and theirs) and meaning(ours[-1]) == meaning(theirs[-1])


def _touch(x: PartRow, y: PartRow, a: Statement, b: Statement) -> bool:
    """Whether two parts may be one: one entity, or words in common, but not "the town hall" and "the customs hall"."""
    if x.entity and y.entity and a.entity(x.entity) == b.entity(y.entity):
        return True
    ours, theirs = heads(x.text), heads(y.text)
    if max(len(ours), len(theirs)) <= _SHORT and head_meaning(x.text) == head_meaning(y.text):
        return ours <= theirs or theirs <= ours
    return bool(ours & theirs)
