"""The neural reader: a spaCy pipeline around one ONNX model.

    from kg.reader import load
    nlp = load()
    doc = nlp("The agency said on Monday that 12 people were missing.")
    doc._.attributions

Heavy imports happen in the functions: importing this package costs nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.document import Document
    from kg.reader.model import Model

__all__ = [
    "TextVectors",
    "load",
    "model_sha256",
    "pair_outcomes",
    "read",
    "read_pretokenized",
    "reading_with",
    "text_vectors",
]

LEAD = 4_000
"""Characters in which the first 254 wordpieces of a text lie, but for texts of very long words."""
MAX_LENGTH = 20_000_000
"""Characters of a text that spaCy takes; the loaders stop well before."""


@functools.cache
def load() -> Language:
    """The reading pipeline: blank English tokenizer and the `kg_reader` component; loaded once a process."""
    import kg.reader.component  # noqa: F401  registers the factory

    nlp = _blank()
    nlp.add_pipe("kg_reader")
    return nlp


def reading_with(network: Model) -> Callable[[str], Doc]:
    """Text → Doc, as `load` makes it, with another model than the shipped one."""
    from kg.reader.component import Reader

    nlp = _blank()
    reader = Reader(nlp, network)
    return lambda text: reader(nlp.make_doc(text))


def _blank() -> Language:
    import spacy

    from kg.reader.tokens import Tokens

    nlp = spacy.blank("en")
    nlp.max_length = MAX_LENGTH
    nlp.tokenizer = Tokens(nlp)
    return nlp


def read(document: Document) -> Doc:
    """Read a document: a spaCy Doc over exactly the document's text."""
    doc: Doc = load()(document.text)
    return doc


def read_pretokenized(document: Document) -> Doc:
    """Read a document of which every line is a sentence, its tokens between blanks; a blank line ends a paragraph."""
    doc: Doc = load().get_pipe("kg_reader").pretokenized(document.text)  # type: ignore[attr-defined]
    return doc


class TextVectors(NamedTuple):
    """What a text and its claims are about, as directions of length 1, zeros without words.

    The cosine of two texts' vectors (384,) says how much they mean the same; those of `claims` (claims, 192), how likely two
    claims are about one matter: one question of fact, answered alike or not.
    """

    text: npt.NDArray[np.float32]
    claims: npt.NDArray[np.float32]


def text_vectors(text: str, claims: Sequence[str]) -> TextVectors:
    """The vectors of a text, by its first 254 wordpieces (some 150 words: what it is about), and of claims."""
    from kg.reader.claims import claim_model
    from kg.reader.model import model

    return TextVectors(model().sentence_vectors([text[:LEAD]])[0], claim_model().vectors(claims))


def pair_outcomes(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
    """How likely two claims are of different matters, agree, or conflict: (pairs, 3), rows sum to 1.

    What holds does not depend on which of two comes first. A pair takes some 10 ms of a core.
    """
    from kg.reader.pairs import pair_model

    return pair_model().outcomes(pairs)


def model_sha256() -> str:
    """Hex digest of the model that reads."""
    from kg.reader.files import sha256

    return sha256()
