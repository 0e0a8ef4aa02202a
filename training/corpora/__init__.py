"""The corpora as `Text`s: words with whatever layers a corpus annotates; what it does not annotate is None.

Every reader takes the folder that holds the corpora (see its README for sources and licences) and yields documents in
file order. Silver layers (Stanford CoreNLP's reading of PolNeAR) carry a weight below 1.
"""

from __future__ import annotations

from pathlib import Path

from training.corpora.names import CROSSNER, WIKIGOLD, conll, re3d, uner
from training.corpora.polnear import nested_silver, polnear
from training.corpora.text import Reading, Span, Text, lines
from training.corpora.treebanks import Mention, conllu, mentions_of

__all__ = [
    "CROSSNER", "WIKIGOLD", "Mention", "Reading", "Span", "Text", "conll", "conllu", "lines", "mentions_of", "polnear",
    "re3d", "training_texts", "treebank_texts", "uner",
]  # fmt: skip


def treebank_texts(folder: Path) -> list[Text]:
    """The training parts of the treebanks."""
    return [text for part in ("ewt", "gum") for text in conllu(folder / f"syntax/{part}-train.conllu.gz")]


def training_texts(folder: Path, nested: Path | None = None) -> dict[str, list[Text]]:
    """Every corpus that the reader is trained on; `nested` is the file of `training.nested`."""
    return {
        "polnear": list(polnear(folder, "train", nested_silver(nested) if nested else None)),
        "ewt": list(conllu(folder / "syntax/ewt-train.conllu.gz")),
        "gum": list(conllu(folder / "syntax/gum-train.conllu.gz", entities=True)),
        "crossner": list(conll(folder / "entities/crossner-politics-train.conll.gz", CROSSNER)),
        "wikigold": list(conll(folder / "entities/wikigold.conll.gz", WIKIGOLD)),
        "re3d": list(re3d(folder, held_out=False)),
        "uner": list(uner(folder / "entities/uner-ewt-dev.iob2.gz", held_out=False)),
    }
