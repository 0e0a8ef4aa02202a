"""Two claims compared: what holds between them, how sure that is, and why, in words.

First whether they are about the same matter (`kg.resolve.aboutness`), then what tells them apart: figures, dates, denial, words
that exclude each other, places, roles, the wording of one quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from rapidfuzz.distance import Indel

from kg.resolve import dates, differences, figures
from kg.resolve.aboutness import Signs, aboutness, of_one_outcome, signs
from kg.resolve.differences import Difference, Outcome
from kg.resolve.records import ConflictKind, Severity
from kg.resolve.statement import Statement
from kg.resolve.words import meaning, negations

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
MOSTLY: Final = 0.75
"""Part of the shorter one's words that the longer must have, to hold it."""
WELL_COVERED: Final = 0.5
"""The same part, where nothing else says that it is one matter."""
WELL: Final = 0.8
"""Cosine at which wording does not matter."""
LONG_SENTENCE: Final = 8
"""Words from which a sentence is nobody else's by chance."""
REPRINTED: Final = 0.95
"""Score of the same sentence in two documents."""
REFERRED: Final = 0.6
"""Score of a claim that speaks of another's figure."""
LENT: Final = 0.7
"""Likeness from which two speakers' words are versions of one quotation."""
SPELLING: Final = 0.93
"""Likeness of two quotations, word for word, from which they are the same."""
VERSIONS: Final = 0.45
"""Likeness from which they are two versions of one."""
OCCASION: Final = 21
"""Days between documents that quote a speaker on the same occasion."""
NEARLY: Final = 0.6
"""Cosine, and part of the words, from which quotations are two versions of one, whoever they are said to be by."""


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
    found = signs(a, b)
    if found.story <= 0 and not _twins(found):
        return None
    if (wording := _wording(a, b, found)) is not None:
        return wording
    if a.directive != b.directive:
        return None
    if _is_reprint(a, b):
        return Comparison("same", REPRINTED, ("the same words",))
    if (referred := _referred(a, b)) is not None:
        return referred
    score = round(aboutness(found), 2)
    if score < POSSIBLE:
        return None
    result = next(_judged(a, b, found, score))
    if result.outcome != "conflict":
        return result
    if a.story is b.story and a.speaker == b.speaker:
        return None  # who speaks once does not contradict themself: it is two matters
    held = found.overlap >= MOSTLY and found.meaning >= NEARLY  # the longer says the shorter, and more
    near = found.coverage >= COVERED or found.meaning >= WELL or found.toll > 0 or held
    if a.speaker == b.speaker and result.conflict in ("figure", "date") and not _one_day(a, b):
        near = False  # who gives another figure later may bring the first up to date
    return result if near else replace(result, score=min(score, DOUBTFUL))


def _one_day(a: Statement, b: Statement) -> bool:
    """Whether two claims stand in documents of one day, or the next."""
    return bool(a.story.day and b.story.day and dates.apart(a.story.day, b.story.day) <= 1)


def _is_reprint(a: Statement, b: Statement) -> bool:
    """Whether two claims are the same long sentence, so that days they name without a date are those of the first to say it."""
    if a.story is b.story or min(len(a.words), len(b.words)) < LONG_SENTENCE or a.negated != b.negated:
        return False
    if [f.text for f in a.figures] != [f.text for f in b.figures] or a.hours != b.hours or a.contrasts(b):
        return False
    if _numbers(a.words) != _numbers(b.words):
        return False
    return float(Indel.normalized_similarity(a.words, b.words)) >= SPELLING


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
    whole = score  # other places are what tells two places apart
    if found.other_names and not (a.instead or b.instead):
        score = min(score, DOUBTFUL)
    contrast, figure = differences.of_words(a, b), differences.of_figures(a, b)
    one_deed = a.predicates & b.predicates - _LIGHT or found.meaning >= ALIKE
    if a.negated != b.negated and contrast is None and one_deed:
        yield _denied(a, b, figure, score)
    if a.negated == b.negated and contrast is not None:
        yield _said(contrast, score)
    if contrast is not None and (a.kind == "denial") != (b.kind == "denial"):  # who says the contrary of what is denied
        yield Comparison(
            "supported" if a.kind == "denial" else "support", score, ("it says the contrary of what is denied",)
        )
    if times is not None:
        yield _said(times, score)
    if figure is not None and figure.outcome != "same":
        yield _said(figure, score if _fits(a, b, found, figure) else min(score, DOUBTFUL))
    for other in (differences.of_parts(a, b), differences.of_roles(a, b)):
        if other is not None:
            yield _said(other, whole if other.conflict == "place" else score)
    if figure is not None:
        yield _said(figure, score if _fits(a, b, found, figure) else min(score, DOUBTFUL))
    yield Comparison(
        "same", score if _is_whole(a, b, found) and score >= SURE_SAME else min(score, DOUBTFUL), _alike(found)
    )


_LIGHT: Final = frozenset({meaning(word) for word in "hold make take give keep".split()})
"""Verbs that say little without their object: who holds a post denies nothing of who is not held to account."""


def _said(one: Difference, score: float) -> Comparison:
    return Comparison(one.outcome, score, one.reasons, one.conflict, one.severity)


def _fits(a: Statement, b: Statement, found: Signs, figure: Difference) -> bool:
    """Whether what two claims count is one thing, and not only one word."""
    if not of_one_outcome(a, b):
        return False
    known = bool(a.predicates & b.predicates) or found.outcome > 0 or found.coverage >= WELL_COVERED
    near = found.meaning >= NEARLY or found.coverage >= COVERED or found.toll > 0
    if {one.unit for one in (*a.figures, *b.figures)} <= _SHARES:  # of polls there are many
        known = found.coverage >= WELL_COVERED and a.names.get("person") == b.names.get("person")
    return known and near and (figure.sized or (found.meaning >= WELL and found.coverage >= WELL_COVERED))


def _is_whole(a: Statement, b: Statement, found: Signs) -> bool:
    """Whether claims that nothing tells apart say all of the same, and not only something of one topic."""
    listed = max(len(a.figures), len(b.figures)) > differences.LISTED
    uneven = (
        listed or bool(a.figures) != bool(b.figures) or found.other_figures > 0
    )  # what one counts, the other does not
    if uneven and not (found.meaning >= WELL and found.coverage >= WELL_COVERED):
        return False
    if listed and _equal_figures(a, b) < MOSTLY:
        return False  # two lists in the same words, of two days
    told = all(one.row.propositions or one.figures or len(one.words) >= LONG_SENTENCE for one in (a, b))
    covered = found.meaning >= ALIKE and found.coverage >= COVERED
    return told and (covered or found.meaning >= WELL or (found.overlap >= 0.99 and found.coverage >= 0.5))


def _equal_figures(a: Statement, b: Statement) -> float:
    """The part of the figures of the claim with more of them that the other gives too, 0 to 1."""
    many, few = sorted((a.figures, b.figures), key=len, reverse=True)
    left = list(few)
    for x in many:
        same = next((y for y in left if figures.counts_alike(x, y) and figures.relation(x, y) == "equal"), None)
        if same is not None:
            left.remove(same)
    return (len(few) - len(left)) / len(many) if many else 1.0


def _denied(a: Statement, b: Statement, figure: Difference | None, score: float) -> Comparison:
    """What holds where one denies: the very thing, or a figure that the other does not give either."""
    if figure and figure.outcome != "same" and not _NONE.search(a.row.quote if a.negated else b.row.quote):
        reasons = ("it gives another figure than the one denied",)
        if figure.outcome == "conflict" and (a.kind == "denial") != (b.kind == "denial"):
            return Comparison("supported" if a.kind == "denial" else "support", score, reasons)
        return Comparison("compatible", score, (f"what is denied is another figure: {figure.reasons[0]}",))
    reason = "asserted by one, denied by the other"
    kind: ConflictKind = "role" if differences.is_role(a) and differences.is_role(b) else _kind_instead(a, b)
    return Comparison("conflict", score, (reason,), kind, "high")


_SHARES: Final = frozenset({"percent", "point", "%", ""})
_NONE: Final = re.compile(r"\b(?:no|none|nobody|not (?:one|a single)|nothing)\b", re.IGNORECASE)
"""Denials of any figure at all."""


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
    one = a.speaker == b.speaker or (close and (a.unnamed or b.unnamed))
    if not (one or (close and min(len(ours), len(theirs)) >= LONG_SENTENCE - 2)):
        return None
    if a.story.day and b.story.day and dates.apart(a.story.day, b.story.day) > OCCASION:
        return None
    if not one:
        return _lent(a, b)
    if ours == theirs:
        return Comparison("same", 1.0, ("the same words of the same speaker",))
    if _same_words(ours, theirs):
        return Comparison("same", 0.95, ("the same words of the same speaker, or a part of them",))
    alike = Indel.normalized_similarity([*map(meaning, ours)], [*map(meaning, theirs)])
    if alike < VERSIONS:
        return None
    reason = "one speaker is quoted with different words on one occasion"
    return Comparison("conflict", round(alike, 2), (reason,), "wording", "medium" if alike >= 0.7 else "low")


def _lent(a: Statement, b: Statement) -> Comparison | None:
    """Words of two named speakers that are versions of one quotation: one of the two may never have said them."""
    alike = Indel.normalized_similarity([*map(meaning, a.own_words)], [*map(meaning, b.own_words)])
    if alike < LENT or a.own_words == b.own_words:
        return None
    reason = "nearly the same words are given to two speakers"
    return Comparison("conflict", round(alike, 2), (reason,), "wording", "low")


def _same_words(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two quotations are the same but for spelling, or one a part of the other, with words left out at most.

    Words that are left out inside must not turn its meaning: one that denies, or another number, makes them two versions.
    """
    shorter, longer = sorted((ours, theirs), key=len)
    size = len(shorter)
    if any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1)):
        return True
    if negations(shorter) != negations(longer):
        return False
    if Indel.distance(shorter, longer) == len(longer) - size:
        return True
    return _numbers(ours) == _numbers(theirs) and Indel.normalized_similarity(ours, theirs) >= SPELLING


def _numbers(some: Sequence[str]) -> list[str]:
    """The words of a text that are numbers: of days, hours, people."""
    return sorted(word for word in some if word[0].isdigit())


def _kind_instead(a: Statement, b: Statement) -> ConflictKind:
    """Of a denial that says what was instead: "not at A but at B" is of places."""
    for one, other in ((a, b), (b, a)):
        if one.instead and len(one.names.get("place", ())) > 1 and other.names.get("place"):
            return "place"
    return "polarity"
