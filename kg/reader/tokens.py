"""spaCy's English tokenizer, with a limit to what it takes as one piece.

Its time grows with the square of a run of marks without a blank; a page of quotation marks would take minutes.
"""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

LONGEST: Final = 120
"""Characters without white space that are tokenised in one piece; longer runs are cut, URLs and noise alike."""

_RUN: Final = re.compile(rf"\S{{{LONGEST + 1},}}")


class Tokens:
    """Text → Doc, the text unchanged."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab
        self.inner = nlp.tokenizer

    def __call__(self, text: str) -> Doc:
        cuts = [at for run in _RUN.finditer(text) for at in range(run.start() + LONGEST, run.end(), LONGEST)]
        if not cuts:
            return self.inner(text)
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            for token in self.inner(text[start:end]):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)
