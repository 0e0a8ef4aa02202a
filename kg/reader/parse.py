"""From arc and relation vectors to one dependency tree a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.reader.decode import Words
from kg.reader.features import IntArray
from kg.reader.labels import RELATIONS

Floats = npt.NDArray[np.float32]

ROOT = RELATIONS.index("root")
REPAIRS = 8
"""Cycles of one sentence that are broken at their weakest arc; what has more is no sentence, and hangs on its root."""
LONGEST = 512
"""Words of a sentence that is parsed as one; the rest of a longer one is parsed in pieces."""


def parse(
    vectors: dict[str, Floats], sentences: Sequence[Words], arrays: dict[str, Floats]
) -> tuple[IntArray, IntArray]:
    """Heads (words,) as indices into the document (a root is its own head) and relations (words,) into `RELATIONS`.

    Greedy heads (Dozat and Manning 2017); a cycle is broken at the word that loses least by another head.
    """
    count = len(vectors["arc_head"])
    heads = np.arange(count)
    scale = np.float32(vectors["arc_head"].shape[1] ** -0.5)
    bias = vectors["arc_head"] @ arrays["arc_bias"]
    root = vectors["arc_dependent"] @ arrays["arc_root"] * scale + arrays["arc_root"] @ arrays["arc_bias"]
    for first, end in _pieces(sentences):
        dependent, head = vectors["arc_dependent"][first:end], vectors["arc_head"][first:end]
        scores = dependent @ head.T * scale + bias[first:end]
        np.fill_diagonal(scores, -np.inf)
        tree = best_tree(scores, root[first:end])
        heads[first:end] = np.where(tree < 0, np.arange(end - first), tree) + first
    own = heads == np.arange(count)
    parents = np.where(own[:, None], arrays["relation_root"], vectors["relation_head"][heads])
    dependent = vectors["relation_dependent"]
    hidden = np.concatenate([np.maximum(dependent + parents, 0), dependent * parents], axis=1)
    labels = hidden @ arrays["relation_out_weight"].T + arrays["relation_out_bias"]
    labels[~own, ROOT] = -np.inf
    relations = np.where(own, ROOT, labels.argmax(1))
    return heads, relations


def _pieces(sentences: Sequence[Words]) -> list[Words]:
    return [(a, min(a + LONGEST, end)) for first, end in sentences for a in range(first, end, LONGEST)]


def best_tree(scores: Floats, root: Floats) -> IntArray:
    """Head of each word, -1 for the one root: a tree of high-scoring arcs, given scores (dependent, head) and `root` (word,)."""
    size = len(root)
    top = int(np.argmax(root - scores.max(1))) if size > 1 else 0
    heads = scores.argmax(1) if size > 1 else np.zeros(1, np.int64)
    heads[top] = -1
    repairs = 0
    while cycle := _cycle(heads):
        repairs += 1
        if repairs <= REPAIRS:
            heads = _break(heads, scores, cycle)
        else:
            heads[cycle[0]] = top
    return np.asarray(heads, np.int64)


def _cycle(heads: IntArray) -> list[int]:
    """Words of a cycle, or nothing where the heads form a tree."""
    state = np.zeros(len(heads), np.int8)
    for begin in range(len(heads)):
        path, at = [], begin
        while at >= 0 and not state[at]:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if at >= 0 and state[at] == 1 and at in path:
            return path[path.index(at) :]
        state[path] = 2
    return []


def _break(heads: IntArray, scores: Floats, cycle: list[int]) -> IntArray:
    """Reattach the word of a cycle that loses least by a head outside what hangs on the cycle."""
    below = set(cycle)
    changed = True
    while changed:
        more = {i for i, h in enumerate(heads) if int(h) in below} - below
        below |= more
        changed = bool(more)
    outside = np.asarray([i for i in range(len(heads)) if i not in below])
    best, choice = -np.inf, (cycle[0], int(outside[0]))
    for word in cycle:
        values = scores[word, outside]
        at = int(values.argmax())
        gain = float(values[at] - scores[word, heads[word]])
        if gain > best:
            best, choice = gain, (word, int(outside[at]))
    repaired = heads.copy()
    repaired[choice[0]] = choice[1]
    return repaired
