"""What the model sees of a text: wordpieces, and the two things an uncased encoder is blind to, case and layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int64]

SHAPES: Final = ("lower", "title", "upper", "capital", "mixed", "digit", "alnum", "other")
GAPS: Final = ("none", "space", "line", "paragraph")
MAX_PIECES_PER_WORD: Final = 12
"""Wordpieces kept of one word; longer ones are URLs and noise, and would fill a window alone."""


def shape(word: str) -> int:
    """Index into `SHAPES` of a word's case pattern."""
    if word.isalpha():
        if word.islower():
            return 0
        if len(word) == 1:
            return 3
        if word.isupper():
            return 2
        return 1 if word[0].isupper() and word[1:].islower() else 4
    if word.isdigit():
        return 5
    if not any(map(str.isalnum, word)):
        return 7
    if any(map(str.isdigit, word)):
        return 6
    return 2 if word.isupper() else 1 if word[0].isupper() else 0 if word.islower() else 4


def gap(between: str) -> int:
    """Index into `GAPS` of the characters between a word and the one before it."""
    if not between:
        return 0
    lines = between.count("\n") + between.count("\u2029") * 2
    return 1 if not lines else 2 if lines == 1 else 3


def wordpieces(tokenizer: Tokenizer, words: Sequence[str]) -> tuple[IntArray, IntArray]:
    """Wordpieces of pretokenised words, as two arrays: piece ids (pieces,) and where each word's pieces begin (words + 1,).

    Every word has at least one piece: a word the tokenizer drops (control characters) is read as unknown.
    """
    encoding = tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
    unknown = int(tokenizer.token_to_id("[UNK]") or 0)
    ids: list[int] = []
    begins: list[int] = []
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        while word is not None and len(begins) <= word:
            if len(begins) < word:
                begins.append(len(ids))
                ids.append(unknown)
            else:
                begins.append(len(ids))
        if len(ids) - begins[-1] < MAX_PIECES_PER_WORD:
            ids.append(piece)
    while len(begins) < len(words):
        begins.append(len(ids))
        ids.append(unknown)
    begins.append(len(ids))
    return np.asarray(ids, np.int64), np.asarray(begins, np.int64)
