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
from kg.resolve.aboutness import Signs, days_apart
from kg.resolve.figures import Figure
from kg.resolve.records import ConflictKind, Severity
from kg.resolve.statement import Statement
from kg.resolve.table import PartRow, PropositionRow
from kg.resolve.words import FUNCTION, OUTCOMES, meaning, words

Outcome = Literal["same", "support", "supported", "conflict", "compatible"]

ONE_EVENT: Final = 45
"""Days by which two texts may differ about one event; beyond, it is another event unless all else is the same."""
LISTED: Final = 2
"""Figures of a claim up to which each is compared."""
HOURS: Final = 25
"""Minutes between two hours from which they are not the same."""
_SIDES: Final = frozenset({"north", "south", "east", "west"})
_DEFINITE: Final = ("the ", "its ", "his ", "her ", "their ", "it")
_EXCLUSIVE: Final = frozenset({"win"})
"""What only one of two can do."""
_ONCE: Final = frozenset(
    map(
        meaning,
        (
            "begin end sink land leave depart arrive remove set crash break happen occur open reopen close recount sign hit "
            "enter get find make bear bury hand burn hold"
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
    pairs = [(x, y) for x in a.figures for y in b.figures if figures.counts_alike(x, y)]
    if not pairs:
        return None
    found = [(figures.relation(x, y), x, y) for x, y in _closest(pairs)]
    said = "; ".join(f"{x.text} / {y.text}" for _, x, y in found)
    relations = {relation for relation, _, _ in found}
    sized = all(figures.of_one_size(x, y) for _, x, y in found)
    vague = any(figure.vague for _, x, y in found for figure in (x, y))
    if relations == {"equal"}:
        return Difference("same", (f"the same figure: {said}",))
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
        if minutes >= HOURS:
            return Difference("conflict", (f"different hours: {_hours(a)} / {_hours(b)}",), "date", "medium")
        return None
    near = days_apart(a, b)
    said = f"different dates: {_dates(a)} / {_dates(b)}"
    if found.figures not in (0.0, 1.0):
        return Difference("compatible", (f"{said}: figures of another day",))
    if a.planned != b.planned:
        return Difference("compatible", (f"{said}: one is of what was to come",))
    alike = found.meaning >= 0.6 and found.overlap >= 0.66 and not found.figures
    if near <= ONE_EVENT or alike:
        return Difference("conflict", (said,), "date", "low" if near <= 1 else "medium")
    return Difference("compatible", (f"{said}: another occasion",))


def _hours(one: Statement) -> str:
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
    for p, q in _same_predicates(a, b):
        if {p.predicate, q.predicate} <= _EXCLUSIVE and not (p.negated or q.negated):
            x, y = _part(p, "subject"), _part(q, "subject")
            if x and y and x.entity and y.entity and a.entity(x.entity) != b.entity(y.entity):
                return Difference("conflict", (f"both {p.predicate}: {x.text} / {y.text}",), "polarity", "high")
    return None


def of_parts(a: Statement, b: Statement) -> Difference | None:
    """What happened once to one thing, in two places or to two others: "the boat set out from A", "from B"."""
    for p, q in _same_predicates(a, b):
        if p.negated or q.negated or not _ONCE & _senses(p.predicate) & _senses(q.predicate):
            continue
        if not any(_alike(x, y, a, b) for x in _themes(p) for y in _themes(q)):
            continue
        ours, theirs = _wheres(p), _wheres(q)
        if ours and theirs and not any(_touch(x, y, a, b) for x in ours for y in theirs):
            return Difference(
                "conflict", (f"different places or parts: {ours[0].text} / {theirs[0].text}",), "place", "medium"
            )
    return None


def of_roles(a: Statement, b: Statement) -> Difference | None:
    """What somebody or something is, said by one and denied or said otherwise by the other."""
    for p, q in _same_predicates(a, b):
        x, y = _part(p, "object"), _part(q, "object")
        if {p.predicate, q.predicate} != {"be"} or p.negated or q.negated or x is None or y is None:
            continue
        subjects = (_part(p, "subject"), _part(q, "subject"))
        if subjects[0] is None or subjects[1] is None or not _alike(subjects[0], subjects[1], a, b):
            continue
        definite = all(one.text.lower().startswith(("the ", "its ", "their ")) for one in (x, y))
        if definite and not _heads(x.text) & _heads(y.text):
            return Difference("conflict", (f"different offices: {x.text} / {y.text}",), "role", "medium")
    return None


def is_role(one: Statement) -> bool:
    """Whether a claim says what somebody is."""
    person = bool(one.names.get("person")) or "i" in one.words
    return person and any(p.predicate == "be" for p in one.row.propositions) and bool(_ROLE.search(one.row.quote))


_ROLE: Final = re.compile(
    r"\b(?:is|was|are|were|as|not)\s+(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w-]+\s+){0,3}?(?:of|for|at|in|to)\b"
)


@lru_cache(maxsize=1 << 12)
def _senses(predicate: str) -> frozenset[str]:
    """What the words of a predicate are compared by."""
    return frozenset(map(meaning, predicate.split()))


def _same_predicates(a: Statement, b: Statement) -> Iterator[tuple[PropositionRow, PropositionRow]]:
    theirs = [(_senses(q.predicate), q) for q in b.row.propositions]
    for p in a.row.propositions:
        ours = _senses(p.predicate)
        yield from ((p, q) for senses, q in theirs if ours & senses)


def _part(one: PropositionRow, role: str) -> PartRow | None:
    return next((part for part in one.parts if part.role == role), None)


def _themes(one: PropositionRow) -> list[PartRow]:
    """What a statement is about: its subject, or its object where it has none; definite, or a name."""
    part = _part(one, "subject") or _part(one, "object")
    definite = part is not None and (part.entity or part.text.lower().startswith(_DEFINITE))
    return [part] if part and definite else []


def _wheres(one: PropositionRow) -> list[PartRow]:
    """The parts of a statement beside what it is about, times and amounts."""
    theme = _themes(one)
    return [
        part
        for part in one.parts
        if part.role in ("place", "other", "object", "instrument", "recipient")
        and part not in theme
        and _heads(part.text)
    ]


def _heads(text: str) -> frozenset[str]:
    """What the words of a part are compared by."""
    return frozenset(meaning(word) for word in words(text) if word not in FUNCTION)


def _alike(x: PartRow, y: PartRow, a: Statement, b: Statement) -> bool:
    """Whether two parts are the same thing: one entity, or one head noun."""
    if x.entity and y.entity:
        return a.entity(x.entity) == b.entity(y.entity)
    ours, theirs = words(x.text.split(" of ")[0]), words(y.text.split(" of ")[0])
    return bool(ours and theirs) and meaning(ours[-1]) == meaning(theirs[-1])


def _touch(x: PartRow, y: PartRow, a: Statement, b: Statement) -> bool:
    """Whether two parts have anything in common."""
    if x.entity and y.entity and a.entity(x.entity) == b.entity(y.entity):
        return True
    return bool(_heads(x.text) & _heads(y.text))
