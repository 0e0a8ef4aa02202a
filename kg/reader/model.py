"""Run the ONNX model over a document's windows and stitch what it says of each word."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.errors import KgError
from kg.reader.features import IntArray, shape, wordpieces
from kg.reader.labels import ATTRIBUTION_TAGS, ENTITY_TAGS
from kg.reader.windows import Window, likely_starts, weights, windows

Floats = npt.NDArray[np.float32]

WEIGHTS: Final = Path(__file__).parent / "weights"
SIZES: Final = {"arc_dependent": 256, "arc_head": 256, "relation_dependent": 160, "relation_head": 160, "link": 256}
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of a document's words.

    `attribution` (words, tags), `entity` (words, tags) and `start` (words,) are averaged over windows; `labels` (words, 3:
    UPOS, Penn tag, lemma script) and `vectors` (words, dimensions of `SIZES`) come from the window that knows a word best.
    """

    attribution: Floats
    entity: Floats
    start: Floats
    labels: IntArray
    vectors: dict[str, Floats]


class Model:
    """The ONNX session, its tokenizer, and the arrays of the decoders. Made once a process: see `model`."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        missing = [
            n for n in ("reader.onnx", "tokenizer.json", "decoder.npz", "lemmas.json") if not (folder / n).is_file()
        ]
        if missing:
            raise KgError(f"{folder}: the reader's file {missing[0]} is missing; install kg again")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = (
            1  # documents are read side by side, in processes; the result is the same on any number
        )
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        with np.load(folder / "decoder.npz") as arrays:
            self.arrays: dict[str, Floats] = {name: arrays[name] for name in arrays.files}
        self.lemmas: list[str] = json.loads((folder / "lemmas.json").read_text(encoding="utf8"))
        self.folder = folder

    @functools.cached_property
    def sha256(self) -> str:
        """Hex digest over all files of the model: names what did the reading."""
        digest = hashlib.sha256()
        for name in ("decoder.npz", "lemmas.json", "reader.onnx", "tokenizer.json"):
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()

    def scores(self, words: Sequence[str], gaps: IntArray) -> Scores:
        """Read words (at least one) with the gaps before them (`features.gap`)."""
        ids, begins = wordpieces(self.tokenizer, words)
        shapes = np.asarray([shape(word) for word in words], np.int64)
        cut = windows(begins, likely_starts(words, gaps))

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
            return list(self.session.run(None, feeds))

        return _stitch(cut, [run(window) for window in cut], begins)


def _stitch(cut: list[Window], results: list[list[Any]], begins: IntArray) -> Scores:
    count = len(begins) - 1
    scores = np.zeros((count, len(ATTRIBUTION_TAGS) + len(ENTITY_TAGS) + 1), np.float32)
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
    a, e = len(ATTRIBUTION_TAGS), len(ATTRIBUTION_TAGS) + len(ENTITY_TAGS)
    bounds = np.cumsum(list(SIZES.values()))[:-1]
    parts = dict(zip(SIZES, np.split(vectors, bounds, axis=1), strict=True))
    return Scores(scores[:, :a], scores[:, a:e], scores[:, e], labels, parts)


@functools.cache
def model() -> Model:
    """The shipped model, loaded once a process."""
    return Model()
