"""Claim vectors: the reader's encoder with adapters of its own for them (see `training.claim_vectors`)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.reader.files import WEIGHTS, check
from kg.reader.network import Floats, belonging, directions

CLAIM: Final = 192
"""Dimensions of a claim vector."""


class ClaimModel:
    """The ONNX session and its tokenizer. Made once a process: see `claim_model`."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        from tokenizers import Tokenizer

        check(folder, ("claims.onnx", "reader.onnx", "tokenizer.json"))
        self.session = belonging(folder, "claims.onnx")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def vectors(self, texts: Sequence[str]) -> Floats:
        """The claim vectors (texts, CLAIM) of texts, of length 1; zeros for an empty text.

        Their cosines say how likely two claims are about one matter: one question of fact, answered alike or not.
        """
        return directions(texts, self.tokenizer, lambda ids: self.session.run(["claim"], {"ids": ids})[0], CLAIM)


@functools.cache
def claim_model() -> ClaimModel:
    """The shipped model, loaded once a process."""
    return ClaimModel()
