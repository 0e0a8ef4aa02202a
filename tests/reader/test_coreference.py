"""Coreference decoding: antecedents stand before, clusters share no mention, a mention is the noun phrase of its head."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader.coreference import ALONE, TABLES, Nominals, antecedents, clusters, nominals
from kg.reader.labels import RELATIONS, UPOS
from kg.reader.mentions import mention

SIZE = 4


def arrays(none: float = 0.0) -> dict[str, np.ndarray]:
    tables = {f"coreference_{n}": np.zeros(s, np.float32) for n, s in {**TABLES, **ALONE}.items()}
    tables["coreference_spelling"][:, :, 1:] = 2
    return {**tables, "no_antecedent": np.full(SIZE, none, np.float32)}


def tree(*rows: tuple[int, str]) -> tuple[np.ndarray, np.ndarray]:
    heads = [i if head < 0 else head for i, (head, _) in enumerate(rows)]
    return np.asarray(heads), np.asarray([RELATIONS.index(name) for _, name in rows])


def nominals_of(words: list[str]) -> tuple[Nominals, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    kinds = {"she": "PRON", "clerk": "NOUN", "Ana": "PROPN", "ran": "VERB", ".": "PUNCT"}
    labels = np.asarray([[UPOS.index(kinds[w.lower() if w != "Ana" else w]), 0, 0] for w in words])
    heads = np.asarray([max(i - 1, 0) for i in range(len(words))])
    parsed = heads, np.zeros(len(words), np.int64)
    return nominals(words, labels, words, parsed, [(0, len(words))], []), labels, parsed


def test_a_word_takes_up_the_same_word_unless_none_is_better() -> None:
    of, _, _ = nominals_of(["Clerk", "ran", "clerk"])
    vectors = {name: np.ones((3, SIZE), np.float32) for name in ("mention", "antecedent")}
    assert antecedents(of, vectors, arrays(none=0.5)).tolist() == [-1, 0]
    assert antecedents(of, vectors, arrays(none=5.0)).tolist() == [-1, -1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["she", "clerk", "Ana", "ran", "."]), min_size=1, max_size=700), st.integers(0, 9))
def test_antecedents_stand_before_and_no_mention_is_in_two_clusters(words: list[str], seed: int) -> None:
    draw = np.random.default_rng(seed)
    of, labels, parsed = nominals_of(words)
    vectors = {n: draw.normal(size=(len(words), SIZE)).astype(np.float32) for n in ("mention", "antecedent")}
    assert (antecedents(of, vectors, arrays()) < of.at).all()
    found = clusters(of, words, labels[:, 0], vectors, parsed, arrays())
    spans = [span for cluster in found for span in cluster]
    assert all(len(cluster) > 1 for cluster in found)
    assert all(0 <= a < b <= len(words) for a, b in spans)


def test_a_mention_is_its_heads_noun_phrase_without_what_comes_before_and_beside_it() -> None:
    #       0     1      2        3     4      5    6       7    8      9
    words = "for the old director of the port , Ana , and her clerk".split()
    rows = [
        (3, "case"), (3, "det"), (3, "amod"), (-1, "root"), (6, "case"), (6, "det"), (3, "nmod"), (8, "punct"),
        (3, "appos"), (12, "punct"), (12, "cc"), (12, "nmod"), (3, "conj"),
    ]  # fmt: skip
    heads, relations = tree(*rows)
    upos = np.asarray([UPOS.index("PUNCT") if w == "," else UPOS.index("NOUN") for w in words])
    below = [
        [(c, r) for c, (h, r) in enumerate(zip(heads, relations, strict=True)) if h == i and c != i] for i in range(13)
    ]
    assert mention(3, below, upos, words) == (1, 7)
    assert mention(12, below, upos, words) == (11, 13)
    assert mention(8, below, upos, words) == (8, 9)


def test_brackets_stay_only_in_pairs() -> None:
    words = ["(", "Harbour", "Board", ")"]
    heads, relations = tree((2, "punct"), (2, "compound"), (-1, "root"), (2, "nummod"))
    upos = np.asarray([UPOS.index(p) for p in ("PUNCT", "PROPN", "PROPN", "PUNCT")])
    below = [
        [(c, r) for c, (h, r) in enumerate(zip(heads, relations, strict=True)) if h == i and c != i] for i in range(4)
    ]
    assert mention(2, below, upos, words) == (1, 3)
