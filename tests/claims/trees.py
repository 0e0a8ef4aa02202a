"""Sentences with trees written by hand, so that a test of rules does not hang on what a model sees."""

from __future__ import annotations

from typing import Any

from spacy.lang.en import English
from spacy.tokens import Doc

import kg.reader.component  # noqa: F401  registers the extensions of Doc
from kg.document import Span
from kg.reader.attribution import Attribution

_POS = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "WDT", "EX"), "PRON"),
    **dict.fromkeys(("TO", "POS"), "PART"),
    **dict.fromkeys(("IN", "RP"), "ADP"),
    **{"NNP": "PROPN", "DT": "DET", "RB": "ADV", "JJ": "ADJ", "CC": "CCONJ", "CD": "NUM", "MD": "AUX", ",": "PUNCT"},
}


def tree(lines: str, cue: str = "") -> Doc:
    """A Doc with a token for each entry "word[=lemma]/tag/relation/head", a sentence for each line.

    `tag` is of the Penn Treebank, `relation` of Universal Dependencies, `head` the number of the head in its sentence,
    counted from 1; 0 for the root. Tokens stand apart by one blank. `cue` is a word that attributes.
    """
    rows = [[token.rsplit("/", 3) for token in line.split()] for line in lines.strip().splitlines()]
    heads, starts, offset = [], [], 0
    for row in rows:
        for number, (*_, head) in enumerate(row):
            heads.append(offset + (int(head) - 1 if int(head) else number))
            starts.append(number == 0)
        offset += len(row)
    flat = [entry for row in rows for entry in row]
    words = [entry[0].partition("=")[0] for entry in flat]
    doc = Doc(
        English().vocab,
        words=words,
        lemmas=[entry[0].partition("=")[2] or entry[0].lower() for entry in flat],
        tags=[entry[1] for entry in flat],
        pos=["AUX" if entry[2] in ("aux", "cop") else _POS[entry[1]] for entry in flat],
        deps=["ROOT" if entry[2] == "root" else entry[2] for entry in flat],
        heads=heads,
        sent_starts=starts,
    )
    at = doc.text.find(cue) if cue else -1
    doc._.attributions = [Attribution((), (Span(at, at + len(cue)),), ())] if at >= 0 else []
    return doc


def told(doc: Any, propositions: list[dict[str, Any]]) -> list[str]:
    """Propositions of sentences, each as "subject | predicate | object | role: words"."""

    def words(spans: list[list[int]]) -> str:
        return " … ".join(doc.text[start:end] for start, end in spans)

    return [
        " | ".join(
            [
                words(one["subject"]),
                ("not: " if one["negated"] else "") + one["predicate"]["text"],
                words(one["object"]),
                *(f"{part['role']}: {words(part['spans'])}" for part in one["arguments"]),
            ]
        )
        for one in propositions
    ]
