"""What blocking misses: every pair of claims compared, and those that are linked looked up among the pairs proposed.

The only place that knows how `kg.resolve` names blocking and comparing.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Final

from kg.resolve.table import Table
from kg.workers import cpus

KINDS: Final = ("same", "support", "conflict")
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Blocking:
    """Claims as they are compared, the pairs of their places that are proposed, and the kind of link of two ("" for none)."""

    rows: Sequence[Any]
    proposed: frozenset[Pair]
    kind_of: Callable[[Any, Any], str]


def measured(tables: Sequence[Table]) -> dict[str, Any]:
    """Claims, pairs in all and proposed, and for each kind of link how many of those that comparing finds are proposed."""
    given = blocking(tables)
    number, workers = len(given.rows), cpus()
    # Forked, so that the claims need not travel; each process has every so many-th claim and all that follow it.
    with multiprocessing.get_context("fork").Pool(workers, _keep, (given,)) as pool:
        parts = pool.map(partial(_counted, workers), range(workers), 1)
    return {
        "claims": number,
        "all": number * (number - 1) // 2,
        "proposed": len(given.proposed),
        "kinds": together(parts),
    }


Counts = dict[str, tuple[int, int]]
"""For each kind of link how many pairs are proposed, of how many there are."""


def counts(given: Blocking, firsts: Iterable[int]) -> Counts:
    """The links of some claims with all that follow them."""
    found = {kind: [0, 0] for kind in KINDS}
    for a in firsts:
        for b in range(a + 1, len(given.rows)):
            kind = given.kind_of(given.rows[a], given.rows[b])
            if kind:
                found[kind][0] += (a, b) in given.proposed
                found[kind][1] += 1
    return {kind: (some[0], some[1]) for kind, some in found.items()}


def together(parts: Iterable[Counts]) -> Counts:
    """The sums of several counts; kinds without a link are left out."""
    some = list(parts)
    sums = {kind: (sum(p[kind][0] for p in some), sum(p[kind][1] for p in some)) for kind in KINDS}
    return {kind: pair for kind, pair in sums.items() if pair[1]}


_kept: list[Blocking] = []


def _keep(given: Blocking) -> None:
    _kept[:] = [given]


def _counted(workers: int, worker: int) -> Counts:
    return counts(_kept[0], range(worker, len(_kept[0].rows), workers))


def blocking(tables: Sequence[Table]) -> Blocking:
    """What kg compares and proposes for these documents. Raises RuntimeError where this kg does neither."""
    from benchmarks.across.system import resolution

    try:
        blocks, thresholds, comparing, statement = (
            import_module(f"kg.resolve.{name}") for name in ("blocking", "thresholds", "comparing", "statement")
        )
        together = import_module("kg.reader").pair_outcomes
    except (ModuleNotFoundError, AttributeError) as error:
        raise RuntimeError(f"this kg has no {error.name}") from None
    ordered = sorted(tables, key=lambda table: table.document)
    rows = list(statement.statements(ordered, resolution(ordered).entities))

    def kind_of(a: Any, b: Any) -> str:
        found = comparing.compare(a, b, together)
        if found is None or found.score < thresholds.SURE:
            return ""
        kind = "support" if found.outcome == "supported" else str(found.outcome)
        return kind if kind in KINDS else ""

    return Blocking(rows, frozenset((a, b) for a, b in blocks.pairs(rows).tolist()), kind_of)
