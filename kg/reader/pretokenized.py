"""Text whose tokens are given: one sentence a line, tokens between white space, a blank line between paragraphs.

So the reader can be scored on treebanks and other corpora that come in tokens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.reader.features import IntArray

_TOKEN: Final = re.compile(r"\S+")
_GLUED: Final = re.compile(r"[,.;:!?)\]%]|['’](?:s|re|ve|ll|d|m)|n['’]t|''")


def doc_of(nlp: Language, text: str) -> Doc:
    """A Doc over exactly `text`, a token for each run of characters without white space (white space has its own tokens)."""
    words: list[str] = []
    spaces: list[bool] = []
    end = 0
    for match in [*_TOKEN.finditer(text), None]:
        between = text[end : match.start() if match else len(text)]
        if between and words:
            spaces[-1] = between[0] == " "
            between = between[1:] if spaces[-1] else between
        if between:
            words.append(between)
            spaces.append(False)
        if match:
            words.append(match[0])
            spaces.append(False)
            end = match.end()
    return Doc(nlp.vocab, words=words, spaces=spaces)


def starts_of(doc: Any) -> IntArray:
    """1 for each word (token that is no white space) that is the first of its line, else 0."""
    found: list[int] = []
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
        else:
            found.append(int(fresh))
            fresh = False
    return np.asarray(found, np.int64)


def likely_gaps(words: Sequence[str]) -> list[int]:
    """Gaps (`features.GAPS`) that a text is likely to have had between the tokens of one of its sentences."""
    gaps: list[int] = []
    opened = False
    for i, word in enumerate(words):
        glue = i > 0 and bool(_GLUED.fullmatch(word) or words[i - 1] in ("(", "[", "$", "``"))
        if word == '"':
            glue, opened = opened, not opened
        elif i and words[i - 1] == '"' and opened:
            glue = True
        gaps.append(3 if not i else 0 if glue else 1)
    return gaps
