"""What holds between two claims, read together: the reader's encoder with adapters of its own (see `training.pairs`)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np

from kg.reader.files import WEIGHTS, check
from kg.reader.network import CLS, SEP, Floats, belonging
from kg.workers import cpus

OUTCOMES: Final = ("other", "agree", "conflict")
"""Two claims are of different matters, or of one matter: they agree, or cannot both be exactly right."""
LONGEST: Final = 62
"""Wordpieces of a claim that are read."""


STRANGE: Final = 0.9
"""Likelihood of different matters from which a pair is not read the other way round as well."""


class PairModel:
    """The ONNX session and its tokenizer. Made once a process: see `pair_model`."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        from tokenizers import Tokenizer

        check(folder, ("pairs.onnx", "reader.onnx", "tokenizer.json"))
        self.session = belonging(folder, "pairs.onnx")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def outcomes(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """How likely each of OUTCOMES is for pairs of claims: (pairs, OUTCOMES), rows sum to 1.

        The same whichever of two comes first: those not of different matters (`STRANGE`) are read both ways round, and the mean
        of the logits counts. And the same on however many cores: each is read by itself, on one thread.
        """
        texts = sorted({text for pair in pairs for text in pair})
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        ids = {text: one.ids[:LONGEST] for text, one in zip(texts, encoded, strict=True)}
        ordered = [(ids[min(pair)], ids[max(pair)]) for pair in pairs]
        with ThreadPoolExecutor(cpus()) as pool:
            rows = list(pool.map(self._logits, ordered))
            again = [n for n, row in enumerate(rows) if likely(row)[0] < STRANGE]
            turned = pool.map(self._logits, [ordered[n][::-1] for n in again])
            for n, row in zip(again, turned, strict=True):
                rows[n] = np.asarray((rows[n] + row) / 2, np.float32)
        return likely(np.asarray(rows, np.float32).reshape(-1, len(OUTCOMES)))

    def _logits(self, pair: tuple[Sequence[int], Sequence[int]]) -> Floats:
        first, second = pair
        ids = np.asarray([[CLS, *first, SEP, *second, SEP]], np.int64)
        places = np.asarray([[0] * (len(first) + 2) + [1] * (len(second) + 1)], np.int64)
        made: Floats = self.session.run(["outcome"], {"ids": ids, "second": places})[0][0]
        return made


def likely(logits: Floats) -> Floats:
    """Likelihoods (..., OUTCOMES) for logits of the same shape."""
    found = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(found / found.sum(axis=-1, keepdims=True), np.float32)


@functools.cache
def pair_model() -> PairModel:
    """The shipped model, loaded once a process."""
    return PairModel()
