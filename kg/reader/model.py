"""Run the ONNX model over a document's windows and stitch what it says of each word."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kg.reader.features import IntArray, shape, wordpieces
from kg.reader.files import WEIGHTS, check
from kg.reader.labels import ATTRIBUTION_TAGS, ENTITY_TAGS
from kg.reader.lemmas import Lemmatizer
from kg.reader.network import CLS, SEP, directions, session
from kg.reader.windows import Window, likely_starts, weights, windows, windows_between

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]

SCORES: Final = {
    "attribution": len(ATTRIBUTION_TAGS), "inner": len(ATTRIBUTION_TAGS), "entity": len(ENTITY_TAGS), "start": 1,
}  # fmt: skip
"""Columns of the model's scores, in order."""
SIZES: Final = {
    "arc_dependent": 320, "arc_head": 320, "relation_dependent": 192, "relation_head": 192, "mention": 96,
    "antecedent": 96, "link": 256,
}  # fmt: skip
"""Columns of the model's vectors, in order."""
SENTENCE: Final = 384
"""Dimensions of a sentence vector."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of a document's words.

    `attribution` and `inner` (words, tags: of outermost attributions, and of those inside contents), `entity` (words, tags)
    and `start` (words,) are averaged over windows; `labels` (words, 3: UPOS, Penn tag, lemma script) and `vectors` (words,
    dimensions of `SIZES`) come from the window that knows a word best.
    """

    attribution: Floats
    inner: Floats
    entity: Floats
    start: Floats
    labels: IntArray
    vectors: dict[str, Floats]


def words_of(tokenizer: Tokenizer) -> frozenset[str]:
    """Words that a tokenizer holds whole: what a regular lemma may be."""
    return frozenset(word for word in tokenizer.get_vocab() if word.isalpha())


class Model:
    """The ONNX session, its tokenizer, and the arrays of the decoders. Made once a process: see `model`."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        from tokenizers import Tokenizer

        check(folder, ("decoder.npz", "lemmas.json", "reader.onnx", "tokenizer.json"))
        self.session = session(folder / "reader.onnx")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        with np.load(folder / "decoder.npz") as arrays:
            self.arrays: dict[str, Floats] = {name: arrays[name] for name in arrays.files}
        listed = json.loads((folder / "lemmas.json").read_text(encoding="utf8"))
        self.lemmatizer = Lemmatizer(listed["forms"], tuple(listed["scripts"]), words_of(self.tokenizer))

    def scores(self, words: Sequence[str], gaps: IntArray, sentences: Sequence[tuple[int, int]] = ()) -> Scores:
        """Read words (at least one) with the gaps before them (`features.gap`); each of `sentences`, if given, on its own."""
        ids, begins = wordpieces(self.tokenizer, words)
        shapes = np.asarray([shape(word) for word in words], np.int64)
        starts = likely_starts(words, gaps)
        cut = [one for a, b in sentences for one in windows_between(a, b, begins, starts)] or windows(begins, starts)

        def run(window: Window) -> list[Any]:
            a, b = window.first, window.end
            piece = int(begins[a])
            layout = gaps[a:b].copy()
            layout[0] = max(layout[0], 1)
            feeds = {
                "ids": np.concatenate(([CLS], ids[piece : begins[b]], [SEP]))[None],
                "first": (begins[a:b] - piece + 1)[None],
                "shape": shapes[a:b][None],
                "gap": layout[None],
            }
            return list(self.session.run(["scores", "labels", "vectors"], feeds))

        return _stitch(cut, [run(window) for window in cut], begins)

    def sentence_vectors(self, texts: Sequence[str]) -> Floats:
        """What texts mean, as directions (texts, SENTENCE) of length 1; zeros for an empty text.

        Their cosines say how much texts mean the same: the encoder was trained to keep the pooled output of all-MiniLM-L6-v2
        (Reimers and Gurevych 2019) next to its tasks.
        """
        one = np.ones((1, 1), np.int64)
        others = {"first": one, "shape": one * 0, "gap": one}
        return directions(
            texts, self.tokenizer, lambda ids: self.session.run(["sentence"], {"ids": ids, **others})[0], SENTENCE
        )


def _stitch(cut: list[Window], results: list[list[Any]], begins: IntArray) -> Scores:
    count = len(begins) - 1
    scores = np.zeros((count, sum(SCORES.values())), np.float32)
    total = np.zeros((count, 1), np.float32)
    best = np.zeros(count, np.float32)
    labels = np.zeros((count, 3), np.int64)
    vectors = np.zeros((count, sum(SIZES.values())), np.float32)
    for window, (found, label, vector) in zip(cut, results, strict=True):
        at = slice(window.first, window.end)
        weight = weights(window, begins)
        scores[at] += found * weight[:, None]
        total[at] += weight[:, None]
        better = weight > best[at]
        best[at][better] = weight[better]
        labels[at][better] = label[better]
        vectors[at][better] = vector[better]
    scores /= total
    heads = _columns(scores, SCORES)
    return Scores(
        heads["attribution"], heads["inner"], heads["entity"], heads["start"][:, 0], labels, _columns(vectors, SIZES)
    )


def _columns(joined: Floats, sizes: dict[str, int]) -> dict[str, Floats]:
    bounds = np.cumsum(list(sizes.values()))[:-1]
    return dict(zip(sizes, np.split(joined, bounds, axis=1), strict=True))


@functools.cache
def model() -> Model:
    """The shipped model, loaded once a process."""
    return Model()
