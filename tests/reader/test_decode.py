"""Decoders against brute force: the best path and a tree, not an approximation of them."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader import lemmas
from kg.reader.decode import paragraphs, spans, viterbi
from kg.reader.parse import best_tree


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 4))
def test_viterbi_finds_the_best_path(seed: int, length: int, second: int) -> None:
    chance = np.random.default_rng(seed)
    scores, steps = chance.normal(size=(length + second, 3)), chance.normal(size=(3, 3))
    first, last = chance.normal(size=3), chance.normal(size=3)
    bounds = [(0, length), (length, length + second)]
    found = viterbi(scores.astype(np.float32), bounds, *(a.astype(np.float32) for a in (steps, first, last)))

    def value(path: tuple[int, ...], a: int) -> float:
        inner = sum(steps[i, j] for i, j in itertools.pairwise(path))
        return float(first[path[0]] + last[path[-1]] + inner + sum(scores[a + i, t] for i, t in enumerate(path)))

    for a, b in bounds:
        best = max(itertools.product(range(3), repeat=b - a), key=lambda path: value(path, a))
        assert abs(value(tuple(found[a:b]), a) - value(best, a)) < 1e-4


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_heads_always_form_one_tree(seed: int, size: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(size=(size, size)).astype(np.float32)
    np.fill_diagonal(scores, -np.inf)
    heads = best_tree(scores, chance.normal(size=size).astype(np.float32))
    assert (heads == -1).sum() == 1
    for word in range(size):
        steps, at = 0, word
        while at >= 0:
            at, steps = int(heads[at]), steps + 1
            assert steps <= size


def test_spans_end_at_a_paragraph_and_an_inside_tag_may_begin_one() -> None:
    names = ("O", "B-x", "I-x")
    gaps = np.asarray([3, 1, 1, 3, 1])
    assert spans(np.asarray([0, 1, 2, 2, 0]), names, paragraphs(gaps)) == [("x", 1, 3), ("x", 3, 4)]


@given(st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_a_lemma_comes_back_from_its_script(word: str, lemma: str) -> None:
    rebuilt = lemmas.apply(lemmas.script(word, lemma), word)
    assert rebuilt == lemma or rebuilt == lemma.lower() or len(word.lower()) != len(word)
