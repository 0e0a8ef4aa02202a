"""Fit what the signs of `kg.resolve.aboutness` weigh, on the dev stories only: logistic regression of "one matter" on the signs.

python -m benchmarks.across.weights

Prints how well weights fitted on the other stories tell the pairs of each (leave one story out), and WEIGHTS and BIAS as they
stand in the module. Pairs of claims that are neither the gold's are left out, and so are those it calls compatible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.across import match, system
from benchmarks.across.gold import Gold, stories, together
from kg.resolve.aboutness import Signs, signs
from kg.resolve.entities import resolve_entities
from kg.resolve.statement import statements

Matrix = npt.NDArray[np.float64]

RIDGE: Final = 2.0
"""Weight of the squared weights."""
STEPS: Final = 100
THRESHOLDS: Final = (0.3, 0.4, 0.5, 0.6)


def main() -> int:
    some = stories("dev")
    rows, labels, names = _pairs(together(some.values()))
    chosen = np.zeros(len(rows))
    for story in some:
        out = np.asarray([story in pair for pair in names])
        chosen[out] = _likelihood(rows[out], fit(rows[~out], labels[~out]))
    print(f"{len(rows)} pairs, {int(labels.sum())} of one matter; each story with the weights of the others:")
    for threshold in THRESHOLDS:
        found = chosen > threshold
        right = float(labels[found].sum())
        print(f"  likelihood > {threshold}: precision {right / found.sum():.3f}, recall {right / labels.sum():.3f}")
    *weights, bias = fit(rows, labels)
    print("\n".join(f"    {name}={weight:.2f}," for name, weight in zip(Signs._fields, weights, strict=True)))
    print(f"BIAS: Final = {bias:.2f}")
    return 0


def fit(rows: Matrix, labels: Matrix) -> Matrix:
    """Weights and, last, the bias for signs (pairs, signs) and labels 0 or 1 (pairs), by Newton's method with `RIDGE`."""
    data = np.column_stack([rows, np.ones(len(rows))])
    ridge = np.diag([RIDGE] * rows.shape[1] + [1e-9])
    found = np.zeros(data.shape[1])
    for _ in range(STEPS):
        likely = _sigmoid(data @ found)
        slope = data.T @ (likely - labels) + ridge @ found
        curve = (data * (likely * (1 - likely))[:, None]).T @ data + ridge
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    return found


def _likelihood(rows: Matrix, weights: Matrix) -> Matrix:
    return _sigmoid(rows @ weights[:-1] + weights[-1])


def _sigmoid(values: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float64)


def _pairs(gold: Gold) -> tuple[Matrix, Matrix, list[tuple[str, str]]]:
    """The signs of pairs of claims of kindred documents, whether the gold says they are of one matter, and their stories."""
    reads = system.read(gold)
    known = {ours: one for one, ours in match.claims(gold, {file: one.reading for file, one in reads.items()}).items()}
    tables = [one.table for one in reads.values()]
    story = {one.table.document: file.split("/")[0] for file, one in reads.items()}
    matters = dict(_matters(gold))
    rows, labels, names = [], [], []
    for a, b in combinations(statements(tables, resolve_entities(tables)[0]), 2):
        ours, theirs = known.get(a.id), known.get(b.id)
        inside = a.story is b.story and a.row.start < b.row.end and b.row.start < a.row.end
        label = matters.get(frozenset((ours, theirs)), 0.0) if ours and theirs else 0.0
        if inside or label is None or a.directive != b.directive or not (ours or theirs):
            continue
        found = signs(a, b)
        if found.story > 0 and (found.meaning >= 0.2 or found.overlap):
            rows.append(found)
            labels.append(label)
            names.append((story[a.story.document], story[b.story.document]))
    return np.asarray(rows, np.float64), np.asarray(labels, np.float64), names


def _matters(gold: Gold) -> Iterator[tuple[frozenset[str | None], float | None]]:
    """Pairs of gold claims: 1 where they are the same, conflict or support each other; None where they are compatible."""
    units = gold.units()
    members: dict[str, list[str]] = defaultdict(list)
    for claim, unit in units.items():
        members[unit].append(claim)
    linked: list[tuple[str, str, float | None]] = [(a, b, None) for a, b in gold.compatible]
    linked += [(a, b, 1.0) for a, b in (*gold.supports, *((one.a, one.b) for one in gold.conflicts))]
    for a, b, label in linked:
        yield from ((frozenset((x, y)), label) for x in members[units[a]] for y in members[units[b]])
    yield from ((frozenset(pair), 1.0) for some in members.values() for pair in combinations(some, 2))


if __name__ == "__main__":
    raise SystemExit(main())
