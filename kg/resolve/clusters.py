"""Units joined into clusters under constraints: what people judged, and that a document's two entities are two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.resolve.naming import NameForm
from kg.resolve.units import Unit

Fits = Callable[[NameForm, NameForm], bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two units that may be one: `a`, `b` their places, `score` 0 to 1, by which `method`, for what `reasons`.

    `within`: it may join two entities that one document holds apart, since its reader did not see that they are one.
    """

    a: int
    b: int
    score: float
    method: str
    reasons: tuple[str, ...]
    within: bool = False


class Clusters:
    """Constrained connected components of units. Which unit stands for a cluster depends on nothing but the units."""

    def __init__(self, units: Sequence[Unit], apart: Iterable[tuple[int, int]], fits: Fits) -> None:
        self.units, self.fits = units, fits
        self.parent = list(range(len(units)))
        self.documents = [set(unit.documents) for unit in units]
        self.names = [{unit.name} if unit.name.kind == "full" else set() for unit in units]
        self.judged: set[int] = set()
        self.enemies: dict[int, set[int]] = defaultdict(set)
        for a, b in apart:
            self.enemies[a].add(b)
            self.enemies[b].add(a)
        self.joined: list[Edge] = []

    def root(self, unit: int) -> int:
        """The unit that stands for the cluster of a unit."""
        while self.parent[unit] != unit:
            self.parent[unit] = self.parent[self.parent[unit]]
            unit = self.parent[unit]
        return unit

    def join(self, edge: Edge, judged: bool = False) -> bool:
        """Join what an edge says is one, unless it is held apart. Whether the two are one now."""
        a, b = self.root(edge.a), self.root(edge.b)
        if a == b:
            return True
        if not self._may(a, b, edge, judged):
            return False
        keep, lose = (a, b) if (len(self.documents[a]), -a) >= (len(self.documents[b]), -b) else (b, a)
        self.parent[lose] = keep
        self.documents[keep] |= self.documents[lose]
        self.names[keep] |= self.names[lose]
        for enemy in self.enemies.pop(lose, set()):
            self.enemies[enemy].discard(lose)
            self.enemies[enemy].add(keep)
            self.enemies[keep].add(enemy)
        if judged or a in self.judged or b in self.judged:
            self.judged.add(keep)
        self.joined.append(edge)
        return True

    def _may(self, a: int, b: int, edge: Edge, judged: bool) -> bool:
        if b in self.enemies.get(a, ()):
            return False
        if judged:
            return True
        if not edge.within and not self.documents[a].isdisjoint(self.documents[b]):
            return False
        if {a, b} & self.judged:
            return True
        return all(self.fits(x, y) for x in self.names[a] for y in self.names[b])

    def members(self) -> dict[int, list[int]]:
        """Root → the units of its cluster, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for unit in range(len(self.units)):
            found[self.root(unit)].append(unit)
        return found
