"""Two claims compared: what holds between them, how sure that is, and why, in words.

First whether they are about the same matter (`kg.resolve.aboutness`), then what tells them apart: figures, dates, denial, words
that exclude each other, places, roles, the wording of one quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from rapidfuzz.distance import Indel

from kg.resolve import dates, figures
from kg.resolve.aboutness import Signs, aboutness, days_apart, signs
from kg.resolve.figures import Figure
from kg.resolve.records import ConflictKind, Severity
from kg.resolve.statement import Statement
from kg.resolve.table import PropositionRow

METHOD: Final = "signs of meaning and structure"
SURE: Final = 0.4
"""Likelihood of one matter from which a link holds."""
SURE_SAME: Final = 0.5
"""Likelihood from which two claims that nothing tells apart state the same."""
DOUBTFUL: Final = 0.39
"""What is left of the likelihood where the rest speaks against a link."""
POSSIBLE: Final = 0.3
"""Likelihood from which people are asked."""
ALIKE: Final = 0.68
"""Cosine, or part of the words, that claims without figures must share to state the same."""
COVERED: Final = 0.34
"""Part of the longer one's words, by weight, that the shorter must have."""
WELL_COVERED: Final = 0.5
"""The same part, where nothing else says that it is one matter."""
WELL: Final = 0.8
"""Cosine at which wording does not matter."""
SPELLING: Final = 0.93
"""Likeness of two quotations, word for word, from which they are the same."""
VERSIONS: Final = 0.45
"""Likeness from which they are two versions of one."""
OCCASION: Final = 21
"""Days between documents that quote a speaker on the same occasion."""
NEARLY: Final = 0.6
"""Cosine, and part of the words, from which quotations are two versions of one, whoever they are said to be by."""
LISTED: Final = 2
"""Figures of a claim up to which each is compared."""
ONE_EVENT: Final = 45
"""Days by which two texts may differ about one event; beyond, it is another event unless all else is the same."""

Outcome = Literal["same", "support", "supported", "conflict", "compatible"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What holds between claims a and b; "support": a supports b, "supported": b supports a. See `kg.resolve.records.Link`."""

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]
    conflict: ConflictKind | Literal[""] = ""
    severity: Severity | Literal[""] = ""


def compare(a: Statement, b: Statement) -> Comparison | None:
    """What holds between two claims; None where they are not about the same matter. Turned round, it is the same turned round."""
    if a.story is b.story and a.row.start < b.row.end and b.row.start < a.row.end:
        return None  # one is told inside the other
    if a.directive != b.directive:
        return None
    found = signs(a, b)
    if found.story <= 0 and not _twins(found):
        return None
    if (wording := _wording(a, b, found)) is not None:
        return wording
    score = round(aboutness(found), 2)
    if score < POSSIBLE:
        return None
    result = next(_judged(a, b, found, score))
    if result.outcome != "conflict":
        return result
    if a.story is b.story and a.speaker == b.speaker:
        return None  # who speaks once does not contradict themself: it is two matters
    near = found.coverage >= COVERED or found.meaning >= WELL or found.toll > 0
    if a.speaker == b.speaker and result.conflict in ("figure", "date") and not _one_day(a, b):
        near = False  # who gives another figure later may bring the first up to date
    return result if near else replace(result, score=min(score, DOUBTFUL))


def _one_day(a: Statement, b: Statement) -> bool:
    """Whether two claims stand in documents of one day, or the next."""
    return bool(a.story.day and b.story.day and dates.apart(a.story.day, b.story.day) <= 1)


def _twins(found: Signs) -> bool:
    """Whether claims of strangers' documents are so alike that they must be of one matter all the same."""
    return found.meaning >= 0.9 and found.overlap >= 0.8 and found.shared >= 0.75 and found.names > 0


def _judged(a: Statement, b: Statement, found: Signs, score: float) -> Iterator[Comparison]:
    """What holds between claims about one matter: the first is what counts."""
    instead = a.instead or b.instead
    if (when := _elsewhen(a, b, found, score)) is not None:
        yield when
    if found.other_names and not instead and not _rivals(a, b):
        score = min(score, DOUBTFUL)
    if (rivals := _rivals(a, b)) is not None:
        yield Comparison("conflict", score, rivals, "polarity", "high")
    contrast = _contrast(a, b)
    figure = _figures(a, b)
    if a.negated != b.negated and not contrast and (a.predicates & b.predicates or found.meaning >= ALIKE):
        yield _denied(a, b, figure, score)
    if a.negated == b.negated and contrast:
        sides = bool(contrast & _SIDES)
        said = f"they exclude each other: {', '.join(sorted(contrast))} / {', '.join(sorted(_contrast(b, a)))}"
        yield Comparison("conflict", score, (said,), "place" if sides else "polarity", "medium")
    if (dated := _dates(a, b, found, score)) is not None:
        yield dated
    if figure is not None:
        known = bool(a.predicates & b.predicates) or found.outcome > 0 or found.coverage >= WELL_COVERED
        near = known and (found.meaning >= NEARLY or found.coverage >= COVERED or found.toll > 0)
        fits = figure.sized or (found.meaning >= WELL and found.coverage >= WELL_COVERED)
        sure = score if near and fits else min(score, DOUBTFUL)
        yield Comparison(figure.outcome, sure, figure.reasons, figure.conflict, figure.severity)
    if found.other_figures:
        score = min(score, DOUBTFUL)
    if score < SURE_SAME:
        score = min(score, DOUBTFUL)
    listed = max(len(a.figures), len(b.figures)) > LISTED
    uneven = (listed and figure is None) or bool(a.figures) != bool(b.figures)
    if uneven and not (found.meaning >= WELL and found.coverage >= WELL_COVERED):
        score = min(score, DOUBTFUL)  # what one counts, the other does not
    told = all(one.row.propositions or one.figures for one in (a, b))
    covered = found.meaning >= ALIKE and found.coverage >= COVERED
    if told and (covered or found.meaning >= WELL or (found.overlap >= 0.99 and found.coverage >= 0.5)):
        yield Comparison("same", score, _alike(found))
    yield Comparison("same", min(score, DOUBTFUL), _alike(found))


def _denied(a: Statement, b: Statement, figure: _Figured | None, score: float) -> Comparison:
    """What holds where one denies: the very thing, or a figure that the other does not give either."""
    if figure and figure.outcome == "conflict":
        reasons = ("it gives another figure than the one denied",)
        if a.kind == "denial":
            return Comparison("supported", score, reasons)
        if b.kind == "denial":
            return Comparison("support", score, reasons)
    reason = f"asserted by one, denied by the other: “{a.row.quote}” / “{b.row.quote}”"
    kind: ConflictKind = "role" if _is_role(a) and _is_role(b) else _kind_instead(a, b)
    return Comparison("conflict", score, (reason,), kind, "high")


def _rivals(a: Statement, b: Statement) -> tuple[str, ...] | None:
    """Why two claims give what only one can have, such as a victory, to two."""
    for p in a.row.propositions:
        for q in b.row.propositions:
            if p.predicate == q.predicate and p.predicate in _EXCLUSIVE and not (p.negated or q.negated):
                ours, theirs = (a.entity(_subject(p)), b.entity(_subject(q)))
                if ours and theirs and ours != theirs:
                    return (f"both {p.predicate}: {_subject_words(p)} / {_subject_words(q)}",)
    return None


def _subject(one: PropositionRow) -> str:
    return next((part.entity for part in one.parts if part.role == "subject"), "")


def _subject_words(one: PropositionRow) -> str:
    return next((part.text for part in one.parts if part.role == "subject"), "")


def _elsewhen(a: Statement, b: Statement, found: Signs, score: float) -> Comparison | None:
    """Whether one claim is of a time that the other, which gives none, would have named."""
    if found.elsewhen < 1 and not (found.elsewhen and a.figures and b.figures):
        return None
    dated = a if a.dates else b
    return Comparison("compatible", score, (f"one is of another time: {', '.join(dated.row.dates)}",))


def _alike(found: Signs) -> tuple[str, ...]:
    reasons = [f"meaning {found.meaning:.2f}", f"{found.overlap:.0%} of the shorter one's words in common"]
    if found.names:
        reasons.append("the same names")
    return tuple(reasons)


def _wording(a: Statement, b: Statement, found: Signs) -> Comparison | None:
    """Words of one speaker on one occasion: the same, or differing."""
    ours, theirs = a.own_words, b.own_words
    if not (ours and theirs) or a.story is b.story:
        return None
    close = found.meaning >= NEARLY and found.overlap >= NEARLY
    if not (a.speaker == b.speaker or (close and (a.unnamed or b.unnamed))):
        return None
    if a.story.day and b.story.day and dates.apart(a.story.day, b.story.day) > OCCASION:
        return None
    if ours == theirs:
        return Comparison("same", 1.0, ("the same words of the same speaker",))
    alike = Indel.normalized_similarity(ours, theirs)
    shorter, longer = sorted((ours, theirs), key=len)
    if alike >= SPELLING or Indel.normalized_similarity(shorter, longer) >= 2 * len(shorter) / (
        len(ours) + len(theirs)
    ):
        return Comparison("same", 0.95, ("the same words of the same speaker, or a part of them",))
    if alike < VERSIONS:
        return None
    reason = f"one speaker is quoted with different words: “{a.row.quote}” / “{b.row.quote}”"
    return Comparison("conflict", round(alike, 2), (reason,), "wording", "medium" if alike >= 0.7 else "low")


@dataclass(frozen=True, slots=True)
class _Figured:
    outcome: Outcome
    reasons: tuple[str, ...]
    conflict: ConflictKind | Literal[""] = ""
    severity: Severity | Literal[""] = ""
    sized: bool = True


def _figures(a: Statement, b: Statement) -> _Figured | None:
    """What the figures that count the same thing say; None where none do."""
    pairs = [(x, y) for x in a.figures for y in b.figures if figures.counts_alike(x, y)]
    if not pairs:
        return None
    listed = (
        max(len(a.figures), len(b.figures)) > LISTED
    )  # a list of many counts: which of them are of one thing is not known
    closest = {x: min((p for p in pairs if p[0] is x), key=lambda p: _distance(*p)) for x, _ in pairs}
    found = [(figures.relation(x, y), x, y) for x, y in closest.values()]
    said = "; ".join(f"{x.text} / {y.text}" for _, x, y in found)
    relations = {relation for relation, _, _ in found}
    sized = all(figures.of_one_size(x, y) for _, x, y in found)
    if listed and relations != {"equal"}:
        return None
    if "apart" in relations:
        x, y = next((x, y) for relation, x, y in found if relation == "apart")
        return _Figured("conflict", (f"different figures: {x.text} / {y.text}",), "figure", _severity(x, y), sized)
    if relations == {"equal"}:
        return _Figured("same", (f"the same figure: {said}",))
    if "overlap" in relations or {"within", "around"} <= relations:
        return _Figured("compatible", (f"figures that can both be right: {said}",), sized=sized)
    narrow: Outcome = "support" if "within" in relations else "supported"
    wider = [y if relation == "within" else x for relation, x, y in found if relation != "equal"]
    if any(figure.vague for figure in wider):
        return _Figured("compatible", (f"a vague figure that fits: {said}",))
    return _Figured(narrow, (f"a narrower figure: {said}",), sized=sized)


def _distance(x: Figure, y: Figure) -> tuple[bool, float]:
    order = ("equal", "within", "around", "overlap", "apart")
    return (x.unit != y.unit, float(order.index(figures.relation(x, y))))


def _severity(x: Figure, y: Figure) -> Severity:
    low, high = sorted((max(x.minimum, 0.0), max(y.minimum, 0.0)))
    return "high" if high > 1.5 * low else "medium" if high > 1.1 * low else "low"


def _dates(a: Statement, b: Statement, found: Signs, score: float) -> Comparison | None:
    """What the dates say where all differ; None where they say nothing."""
    if not found.other_dates:
        return None
    near = days_apart(a, b)
    said = f"different dates: {', '.join(a.row.dates)} / {', '.join(b.row.dates)}"
    alike = found.meaning >= 0.6 and found.overlap >= 0.66 and not found.figures
    if found.figures < 0:
        return Comparison("compatible", score, (f"{said}, and different figures: another occasion",))
    if near <= ONE_EVENT or alike:
        return Comparison("conflict", score, (said,), "date", "low" if near <= 1 else "medium")
    return Comparison("compatible", score, (f"{said}: another occasion",))


def _contrast(a: Statement, b: Statement) -> frozenset[str]:
    """Words of a that exclude words of b, as "red" does "green"; what became of people is no such word."""
    return a.contrasts(b) - _OUTCOMES


_SIDES: Final = frozenset({"north", "south", "east", "west"})
_OUTCOMES: Final = frozenset("death injury missing evacuation arrest treatment".split())
_EXCLUSIVE: Final = frozenset({"win"})
"""What only one of two can do."""
_ROLE: Final = re.compile(
    r"\b(?:is|was|are|were|as|not)\s+(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w-]+\s+){0,3}?(?:of|for|at|in|to)\b"
)


def _is_role(one: Statement) -> bool:
    """Whether a claim says what somebody is."""
    person = bool(one.names.get("person")) or "i" in one.words
    return person and any(p.predicate == "be" for p in one.row.propositions) and bool(_ROLE.search(one.row.quote))


def _kind_instead(a: Statement, b: Statement) -> ConflictKind:
    """Of a denial that says what was instead: "not at A but at B" is of places."""
    for one, other in ((a, b), (b, a)):
        if one.instead and len(one.names.get("place", ())) > 1 and other.names.get("place"):
            return "place"
    return "polarity"
