"""What reading two claims together adds to their signs: how likely they are of one matter, and whether they agree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from kg.resolve.aboutness import Signs
from kg.resolve.differences import is_role
from kg.resolve.records import ConflictKind
from kg.resolve.statement import Statement
from kg.resolve.thresholds import SURE
from kg.resolve.verdict import Comparison

SIGNS, TOGETHER, BIAS = 0.52, 0.50, -0.08
"""What the likelihoods of one matter by signs and by reading both together weigh, as log-odds: logistic regression on the pairs
of the `dev` stories and of the news (see `training/news`)."""
DOUBTED: Final[Mapping[str, float]] = {
    "compatible": 0.3,
    "figure": 0.3,
    "conflict": 0.4,
    "same": 0.5,
    "support": 0.5,
    "supported": 0.5,
}
"""Likelihood by both below which people are asked about what the signs say; conflicts of figures are held by less."""
READ_SAME: Final = 0.7
"""Likelihood by both from which claims that agree when read together are the same, though too few of their words are, ..."""
READ_ALIKE: Final = (0.7, 0.4)
"""... and cosine, and part of the longer one's words, that they must share all the same."""
AGREED: Final = 0.1
"""Share of conflict up to which they agree."""
SEEN: Final = {"polarity": 0.55, "role": 0.33, "figure": 0.52, "date": 0.52, "place": 0.52, "wording": 0.52, "": 0.52}
"""Likelihood by both from which claims conflict that contradict each other when read together: by what rules see of it, though
they doubt that it is one thing; "" where they see nothing."""
CONTRARY: Final = 0.9
"""Share of conflict from which claims contradict each other, ..."""
OPPOSED: Final = 0.62
"""... and cosine that they must have all the same."""
OVERTURNED: Final = (0.8, 0.5)
"""Likelihood of conflict when read together, and of one matter by both, from which claims that signs take for the same contradict
each other: "the works would reopen in June", "the works would stay closed until the end of the year"."""
OF_ONE_WORDING: Final = 0.6
"""Part of the longer one's words in common from which rules must see what two claims contradict each other in: only a word or two
differ, and of "open" against "dangerous" the model makes a contradiction as of "open" against "closed"."""
LEAST: Final = 0.02
"""How likely, at least, and how unlikely, reading two claims together makes it that they are of one matter."""
AGREE: Final = "read together, they agree"
AGAINST: Final = "read together, they contradict each other"
STRANGE: Final = "read together, they are of different matters"
"""Reasons that reading two claims together gives, where it changes what holds."""
READ: Final = frozenset({AGREE, AGAINST, STRANGE})


class Open(NamedTuple):
    """Two claims of which reading them together may change what is told by their signs; how likely they are of one matter by
    these, 0 to 1."""

    told: Comparison
    found: Signs
    score: float


class Outcomes(NamedTuple):
    """What holds between two claims that were read together, each 0 to 1 (`kg.reader.pair_outcomes`); the rest is that they are
    of different matters."""

    agree: float
    conflict: float

    @property
    def matter(self) -> float:
        """How likely two claims are of one matter."""
        return self.agree + self.conflict

    @property
    def contrary(self) -> float:
        """How likely two claims of one matter conflict."""
        return self.conflict / max(self.matter, 0.01)


def likelihood(score: float, matter: float) -> float:
    """How likely two claims are of one matter by their signs (`score`) and by reading them together (`matter`), to two places."""
    total = (
        BIAS
        + SIGNS * _log_odds(min(max(score, 0.001), 0.999))
        + TOGETHER * _log_odds(min(max(matter, LEAST), 1 - LEAST))
    )
    return round(1 / (1 + math.exp(-total)), 2)


def _log_odds(likely: float) -> float:
    return math.log(likely / (1 - likely))


def may_doubt(told: Comparison, found: Signs, score: float) -> bool:
    """Whether reading two claims together may make what holds by their signs doubtful, or the contrary."""
    if told.outcome == "same" and found.figures == 1:
        return False  # the same count of the same: "the death toll of 1500" says little to who reads it
    if told.outcome == "same" and contradict(told, Outcomes(0.0, 1.0), likelihood(score, 1.0), found):
        return True
    return is_doubted(told, likelihood(score, 0.0))


def may_hold(told: Comparison, found: Signs, score: float) -> bool:
    """Whether reading two claims together may make what is doubtful by their signs hold."""
    likely = likelihood(score, 1.0)
    same = told.outcome == "same" and agrees(Outcomes(1.0, 0.0), likely, found)
    return same or contradict(told, Outcomes(0.0, 1.0), likely, found)


def is_doubted(told: Comparison, likely: float) -> bool:
    """Whether claims are too little likely of one matter, by signs and reading, for what the signs say."""
    return likely < DOUBTED["figure" if told.conflict == "figure" else told.outcome]


def agrees(read: Outcomes, likely: float, found: Signs) -> bool:
    """Whether claims that nothing tells apart agree when read together, and are of one matter by both."""
    near = found.meaning >= READ_ALIKE[0] and found.coverage >= READ_ALIKE[1]
    return near and likely >= READ_SAME and read.contrary <= AGREED


def contradict(told: Comparison, read: Outcomes, likely: float, found: Signs) -> bool:
    """Whether claims contradict each other when read together, and are of one matter by both and by their cosine."""
    if told.outcome not in ("same", "conflict") or found.meaning < OPPOSED or read.contrary < CONTRARY:
        return False
    if not told.conflict and found.coverage >= OF_ONE_WORDING:
        return False
    if told.outcome == "same" and told.score >= SURE:
        return found.figures < 1 and read.conflict >= OVERTURNED[0] and likely >= OVERTURNED[1]
    return likely >= SEEN[told.conflict]


def contradicts(a: Statement, b: Statement, told: Comparison, score: float) -> Comparison:
    """The conflict of claims that contradict each other when read together; what rules see of it goes first."""
    if told.outcome == "conflict":
        return replace(told, score=score, reasons=(*told.reasons, AGAINST))
    kind: ConflictKind = "role" if is_role(a) and is_role(b) else "polarity"
    return Comparison("conflict", score, (AGAINST,), kind, "medium")
