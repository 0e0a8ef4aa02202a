"""All claims that are worth comparing compared: by their signs, and those that may be about one matter read together, some at a
time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.resolve.blocking import pairs
from kg.resolve.compare import looked_at, settled
from kg.resolve.memory import Memory
from kg.resolve.reading import Open, Outcomes
from kg.resolve.statement import Statement
from kg.resolve.thresholds import SURE
from kg.resolve.verdict import Comparison

Pair = tuple[str, str]
Together = Callable[[Sequence[tuple[str, str]]], npt.NDArray[np.float32]]
"""What holds between claims that are read together, by their words: see `kg.reader.pair_outcomes`."""

ASKED: Final = 12
"""Links of a claim that may hold which are kept until groups are known."""
AT_ONCE: Final = 2048
"""Pairs that wait to be read together, at most."""


class Comparing:
    """What comparing claims finds: what holds between two, by their ids, the lesser first; and the best of what may hold."""

    def __init__(self, together: Together, memory: Memory | None, most: int) -> None:
        """`most`: how many links that may hold are kept before the best are picked."""
        self.found: dict[Pair, Comparison] = {}
        self.doubtful: dict[Pair, Comparison] = {}
        self._together, self._memory, self._most = together, memory, most
        self._open: list[tuple[Statement, Statement, Open]] = []
        self._read: dict[Pair, Outcomes] = {}
        """By the words of both: what many documents print is read once."""

    def compare(self, a: Statement, b: Statement) -> None:
        """Compare two claims: at once where their signs are enough."""
        known, result = self._memory.recall(a, b) if self._memory is not None else (False, None)
        if known:
            self._take(a, b, result)
            return
        looked = looked_at(a, b)
        if not isinstance(looked, Open):
            self._keep(a, b, looked)
            return
        self._open.append((a, b, looked))
        if len(self._open) == AT_ONCE:
            self.settle()

    def settle(self) -> None:
        """Read those together that wait for it."""
        new = dict.fromkeys(words for a, b, _ in self._open if (words := _words(a, b)) not in self._read)
        self._read.update(zip(new, _outcomes(self._together, list(new)), strict=True))
        for a, b, looked in self._open:
            self._keep(a, b, settled(a, b, looked, self._read[_words(a, b)]))
        self._open.clear()

    def _keep(self, a: Statement, b: Statement, result: Comparison | None) -> None:
        if self._memory is not None:
            self._memory.keep(a, b, result)
        self._take(a, b, result)

    def _take(self, a: Statement, b: Statement, result: Comparison | None) -> None:
        if result is None:
            return
        if result.score >= SURE:
            self.found[a.id, b.id] = result
        elif result.outcome != "compatible":
            self.doubtful[a.id, b.id] = result
            if len(self.doubtful) > self._most:
                self.doubtful = best(self.doubtful, ASKED)


def compared(
    claims: Sequence[Statement], together: Together, memory: Memory | None = None
) -> tuple[dict[Pair, Comparison], dict[Pair, Comparison]]:
    """What holds between claims, by their ids, the lesser first; and the best of what may hold.

    Claims that may be about one matter are read `together`. `memory` keeps comparisons from one call to the next.
    """
    comparing = Comparing(together, memory, 2 * ASKED * len(claims))
    first, second = pairs(claims).T
    for a, b in zip(map(claims.__getitem__, first), map(claims.__getitem__, second), strict=True):
        comparing.compare(*((a, b) if a.id <= b.id else (b, a)))
    comparing.settle()
    return comparing.found, best(comparing.doubtful, ASKED)


def best(found: Mapping[Pair, Comparison], most: int) -> dict[Pair, Comparison]:
    """The pairs that are among the `most` best ones of either of the two: the same, whatever was left out in this way before."""
    seen: Counter[str] = Counter()
    kept: dict[Pair, Comparison] = {}
    for pair in sorted(found, key=lambda p: (-found[p].score, p)):
        if min(seen[pair[0]], seen[pair[1]]) < most:
            kept[pair] = found[pair]
        seen.update(pair)
    return kept


def compare(a: Statement, b: Statement, together: Together) -> Comparison | None:
    """What holds between two claims; None where they are not about the same matter. Turned round, it is the same turned round."""
    looked = looked_at(a, b)
    return settled(a, b, looked, *_outcomes(together, [_words(a, b)])) if isinstance(looked, Open) else looked


def _words(a: Statement, b: Statement) -> Pair:
    """The words of two claims, in one order whichever comes first."""
    first, second = sorted((a.row.quote, b.row.quote))
    return first, second


def _outcomes(together: Together, pairs: Sequence[Pair]) -> list[Outcomes]:
    """What reading claims together gives, to two places: processors differ in the last bits."""
    return [Outcomes(round(agree, 2), round(conflict, 2)) for _, agree, conflict in together(pairs).tolist()]
