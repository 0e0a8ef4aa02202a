"""Texts to windows, windows to padded tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.reader.features import shape, wordpieces
from training.corpora import Reading, Text
from training.corpora.text import UNKNOWN

WINDOWS = (48, 96, 192, 256)
ALONE = 0.2
"""Share of the readings of a text in which each sentence is a window of its own."""
DROPPED = 0.04
"""Share of words that are read as [MASK], so that the words around them count."""
CLS, SEP, MASK = 101, 102, 103


@dataclass(frozen=True)
class Prepared:
    """A text with its wordpieces, and where it may be cut."""

    text: Text
    ids: np.ndarray
    begins: np.ndarray
    cuts: list[int]


def prepare(text: Text, tokenizer: Tokenizer) -> Prepared:
    ids, begins = wordpieces(tokenizer, text.words)
    cuts = [i for i, s in enumerate(text.starts) if s] if text.starts else [0]
    if not cuts or cuts[0]:
        cuts.insert(0, 0)
    return Prepared(text, ids, begins, [*cuts, len(text.words)])


@dataclass(frozen=True)
class Window:
    source: Prepared
    first: int
    end: int
    reading: Reading | None
    alone: bool = False

    @property
    def pieces(self) -> int:
        return int(self.source.begins[self.end] - self.source.begins[self.first]) + 2


def windows(source: Prepared, chance: random.Random) -> Iterator[Window]:
    """Windows cut at sentence ends, of a length drawn anew each time, at most 320 pieces; now and then a sentence each."""
    readings = source.text.readings
    reading = chance.choice(readings) if readings else None
    alone = len(source.cuts) > 2 and chance.random() < ALONE
    first = 0
    target = 0 if alone else chance.choice(WINDOWS)
    for cut, following in zip(source.cuts[1:], [*source.cuts[2:], None], strict=True):
        pieces = source.begins[following or cut] - source.begins[first]
        if following is not None and pieces <= target:
            continue
        while source.begins[cut] - source.begins[first] > 320:  # a sentence longer than a window
            end = int(np.searchsorted(source.begins, source.begins[first] + 320, "right")) - 1
            yield Window(source, first, max(end, first + 1), reading)
            first = max(end, first + 1)
        if cut > first:
            yield Window(source, first, cut, reading, alone or len(source.cuts) == 2)
        first = cut
        target = 0 if alone else chance.choice(WINDOWS)


def batches(found: list[Window], budget: int, chance: random.Random | None) -> list[list[Window]]:
    """Windows of like length together, at most `budget` padded pieces a batch; shuffled where `chance` is given."""
    ordered = sorted(found, key=lambda w: w.pieces + (chance.random() * 24 if chance else 0))
    result: list[list[Window]] = []
    for window in ordered:
        if result and max(window.pieces, max(w.pieces for w in result[-1])) * (len(result[-1]) + 1) <= budget:
            result[-1].append(window)
        else:
            result.append([window])
    if chance:
        chance.shuffle(result)
    return result


@dataclass
class Batch:
    """Padded tensors; labels are -100 where a layer is missing, `entities` a bit mask (0: not annotated)."""

    windows: list[Window]
    whole: Tensor  # wordpieces before any were masked
    ids: Tensor
    mask: Tensor
    first: Tensor
    shape: Tensor
    gap: Tensor
    lengths: Tensor
    words: Tensor
    layers: dict[str, Tensor]
    weight: Tensor


LAYERS = ("starts", "upos", "xpos", "relations", "heads", "clusters")


def collate(group: list[Window], lemma_index: dict[str, int], chance: random.Random | None = None) -> Batch:
    size, longest = max(w.end - w.first for w in group), max(w.pieces for w in group)
    shaped = (len(group), size)
    ids, mask = np.zeros((len(group), longest), np.int64), np.zeros((len(group), longest), np.int64)
    first, shapes, gaps = np.zeros(shaped, np.int64), np.zeros(shaped, np.int64), np.ones(shaped, np.int64)
    words = np.zeros(shaped, bool)
    layers = {name: np.full(shaped, -100, np.int64) for name in (*LAYERS, "tags", "inner", "lemmas")}
    layers["entities"] = np.zeros(shaped, np.int64)
    for row, window in enumerate(group):
        text, a, b = window.source.text, window.first, window.end
        n, begin = b - a, window.source.begins[a]
        pieces = window.source.ids[begin : window.source.begins[b]]
        ids[row, : len(pieces) + 2] = [CLS, *pieces, SEP]
        mask[row, : len(pieces) + 2] = 1
        first[row, :n] = window.source.begins[a:b] - begin + 1
        shapes[row, :n] = _shapes(text.words[a:b], chance)
        gaps[row, :n] = text.gaps[a:b]
        gaps[row, 0] = max(gaps[row, 0], 1)
        words[row, :n] = True
        for name in LAYERS:
            if (layer := getattr(text, name)) is not None:
                values = np.asarray(layer[a:b])
                if name == "clusters":
                    layers[name][row, :n] = np.where(values == UNKNOWN, -100, values)
                elif name == "heads":
                    values = np.where(values == -1, size, np.where((values < a) | (values >= b), -100, values - a))
                    layers[name][row, :n] = values
                else:
                    layers[name][row, :n] = np.where(values < 0, -100, values)
        if text.entities is not None:
            layers["entities"][row, :n] = text.entities[a:b]
        if text.lemmas is not None:
            layers["lemmas"][row, :n] = [lemma_index.get(script, -100) for script in text.lemmas[a:b]]
        if window.reading:
            layers["tags"][row, :n] = window.reading.tags[a:b]
            if window.reading.inner is not None:
                layers["inner"][row, :n] = window.reading.inner[a:b]
    whole = ids.copy()
    if chance:
        _mask_words(ids, group, chance)
    tensors = [torch.from_numpy(x) for x in (whole, ids, mask, first, shapes, gaps)]
    lengths = torch.tensor([w.end - w.first for w in group])
    weight = torch.tensor([w.source.text.weight for w in group])
    return Batch(
        group, *tensors, lengths, torch.from_numpy(words), {k: torch.from_numpy(v) for k, v in layers.items()}, weight
    )


def _mask_words(ids: np.ndarray, group: list[Window], chance: random.Random) -> None:
    draw = np.random.default_rng(chance.getrandbits(32))
    for row, window in enumerate(group):
        if not window.alone:
            begins = window.source.begins[window.first : window.end + 1] - window.source.begins[window.first] + 1
            for i in np.flatnonzero(draw.random(len(begins) - 1) < DROPPED):
                ids[row, begins[i] : begins[i + 1]] = MASK


def _shapes(words: list[str], chance: random.Random | None) -> list[int]:
    """Case patterns; now and then those of the same words in capitals or in lower case, which real texts also hold."""
    draw = chance.random() if chance else 1.0
    if draw < 0.02:
        words = [w.upper() for w in words]
    elif draw < 0.04:
        words = [w.lower() for w in words]
    return [shape(w) for w in words]
