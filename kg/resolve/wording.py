"""Words of one speaker in two documents: the same, or two versions of one quotation; and long sentences printed twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Indel

from kg.resolve import dates
from kg.resolve.aboutness import Signs
from kg.resolve.statement import Statement
from kg.resolve.thresholds import NEARLY, OCCASION
from kg.resolve.verdict import Comparison
from kg.resolve.words import meaning, negations

LONG_SENTENCE: Final = 8
"""Words from which a sentence is nobody else's by chance."""
LENT: Final = 0.7
"""Likeness from which two speakers' words are versions of one quotation."""
SPELLING: Final = 0.93
"""Likeness of two quotations, word for word, from which they are the same."""
VERSIONS: Final = 0.45
"""Likeness from which they are two versions of one."""
ECHO: Final = 0.55
"""The same for a quotation whose speaker is not named, ..."""
ECHOED: Final = 5
"""... with as many words in common."""


def of_wording(a: Statement, b: Statement, found: Signs) -> Comparison | None:
    """Words of one speaker on one occasion: the same, or differing."""
    ours, theirs = a.own_words, b.own_words
    if not (ours and theirs) or a.story is b.story:
        return None
    close = found.meaning >= NEARLY and found.overlap >= NEARLY
    one = a.speaker == b.speaker or ((a.unnamed or b.unnamed) and (close or _echoes(a, b)))
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


def _echoes(a: Statement, b: Statement) -> bool:
    """Whether two quotations have so many words in one order that one person said them, if they may be one person's."""
    ours, theirs = [*map(meaning, a.own_words)], [*map(meaning, b.own_words)]
    alike = Indel.normalized_similarity(ours, theirs)
    return alike >= ECHO and alike * (len(ours) + len(theirs)) >= 2 * ECHOED


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


def is_reprint(a: Statement, b: Statement) -> bool:
    """Whether two claims are the same long sentence, so that days they name without a date are those of the first to say it."""
    if a.story is b.story or min(len(a.words), len(b.words)) < LONG_SENTENCE or a.negated != b.negated:
        return False
    if [f.text for f in a.figures] != [f.text for f in b.figures] or a.hours != b.hours or a.contrasts(b):
        return False
    if _numbers(a.words) != _numbers(b.words):
        return False
    return float(Indel.normalized_similarity(a.words, b.words)) >= SPELLING


def _numbers(some: Sequence[str]) -> list[str]:
    """The words of a text that are numbers: of days, hours, people."""
    return sorted(word for word in some if word[0].isdigit())
