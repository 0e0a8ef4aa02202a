"""The spaCy component: what the network says becomes annotations of a Doc; the text stays as it is.

It assigns tag, pos, lemma, dep, head and sentence starts to tokens, `doc.ents`, the span groups "source", "cue" and
"content", and `doc._.attributions` (a list of `Attribution`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, SENT_START, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kg.document import Span
from kg.reader import decode, lemmas
from kg.reader.attribution import Attribution
from kg.reader.decode import Words
from kg.reader.features import IntArray, gap
from kg.reader.labels import RELATIONS, UPOS, XPOS
from kg.reader.model import Model, Scores, model
from kg.reader.parse import parse

LEAST_NESTED = 5
"""Words of a content that may hold an attribution of its own."""

if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", default=None)


@Language.factory(
    "kg_reader",
    assigns=[
        "doc.ents",
        "doc.sents",
        "token.tag",
        "token.pos",
        "token.lemma",
        "token.dep",
        "token.head",
        "doc._.attributions",
    ],
)
def make(nlp: Language, name: str) -> Reader:
    return Reader(nlp)


class Reader:
    """Doc → Doc, in place."""

    def __init__(self, nlp: Language, network: Model | None = None) -> None:
        self.nlp = nlp
        self.network = network or model()

    def __call__(self, doc: Doc) -> Doc:
        at = [token.i for token in doc if not token.is_space]
        doc._.attributions = []
        if not at:
            return doc
        words = [doc[i].text for i in at]
        gaps = _gaps(doc, at)
        scores = self.network.scores(words, gaps)
        sentences = sentence_spans(scores, gaps)
        _assign_tokens(doc, at, words, scores, sentences, self.network)
        _assign_entities(doc, at, decode.entity_spans(scores.entity, sentences))
        found = self._attributions(scores, gaps)
        nested = [inner for one in found for inner in self._nested(one, words, gaps, scores.labels)]
        spans = _character_spans(doc, at)
        doc._.attributions = [_attribution(one, spans) for one in found] + [
            _attribution(n, spans, True) for n in nested
        ]
        for kind in ("source", "cue", "content"):
            parts = [s for one in doc._.attributions if not one.nested for s in getattr(one, kind)]
            doc.spans[kind] = [
                span for s in sorted(set(parts)) if (span := doc.char_span(s.start, s.end, label=kind)) is not None
            ]
        return doc

    def _attributions(self, scores: Scores, gaps: IntArray) -> list[decode.Linked]:
        found = decode.attribution_spans(scores.attribution, gaps, self.network.arrays)
        return decode.link(found, scores.vectors["link"], self.network.arrays)

    def _nested(self, one: decode.Linked, words: list[str], gaps: IntArray, labels: IntArray) -> list[decode.Linked]:
        """Attributions inside a content, read as if the content were a text of its own.

        PolNeAR marks one level only, so the network never saw a nested one in place; alone, a content is plain text to it.
        """
        inner: list[decode.Linked] = []
        for a, b in one.contents:
            if b - a < LEAST_NESTED or not _may_attribute(labels[a:b]):
                continue
            layout = gaps[a:b].copy()
            layout[0] = 3
            found = self._attributions(self.network.scores(words[a:b], layout), layout)
            for deeper in found:
                held = [*deeper.sources, *deeper.contents]
                if deeper.cue and deeper.contents and all(c[1] - c[0] < b - a for c in held):
                    inner.append(_shift(deeper, a))
        return inner


def _may_attribute(labels: IntArray) -> bool:
    """Whether a content has room for an attribution: a verb for the cue, and another verb for what is said, or a participle.

    Reading a content again costs as much as reading it once; most hold one plain statement.
    """
    verbs = int((labels[:, 0] == UPOS.index("VERB")).sum())
    return verbs > 1 or bool(verbs and (labels[:, 1] == XPOS.index("VBN")).any())


def _shift(one: decode.Linked, by: int) -> decode.Linked:
    def moved(spans: Sequence[Words]) -> tuple[Words, ...]:
        return tuple((a + by, b + by) for a, b in spans)

    return decode.Linked(moved([one.cue])[0] if one.cue else None, moved(one.sources), moved(one.contents))


def _gaps(doc: Doc, at: list[int]) -> IntArray:
    text, end, found = doc.text, 0, []
    for i in at:
        start = doc[i].idx
        found.append(gap(text[end:start]))
        end = start + len(doc[i])
    found[0] = 3
    gaps = np.asarray(found, np.int64)
    return gaps if _wrapped(doc, at, gaps) else np.where(gaps == 2, 3, gaps)


def _wrapped(doc: Doc, at: list[int], gaps: IntArray) -> bool:
    """Whether single newlines merely wrap lines; where they do not, each ends a paragraph (a heading, a list item)."""
    breaks = np.flatnonzero(gaps == 2)
    flowing = sum(doc[at[i]].text[:1].islower() or doc[at[i - 1]].text[-1] in ",-" for i in breaks)
    return bool(flowing * 4 > len(breaks))


def sentence_spans(scores: Scores, gaps: IntArray) -> list[Words]:
    """Sentences as word spans: where the network sees a start, and at every blank line."""
    starts = (scores.start > 0) | (gaps == 3)
    starts[0] = True
    cuts = [*map(int, np.flatnonzero(starts)), len(gaps)]
    return list(pairwise(cuts))


def _assign_tokens(
    doc: Doc, at: list[int], words: list[str], scores: Scores, sentences: list[Words], network: Model
) -> None:
    heads, relations = parse(scores.vectors, sentences, network.arrays)
    strings = doc.vocab.strings
    tags = [strings.add(name) for name in XPOS]
    poses = [IDS[name] for name in UPOS]
    deps = [strings.add("ROOT" if name == "root" else name) for name in RELATIONS]
    space, nothing = strings.add("_SP"), strings.add("")
    rows = np.zeros((len(doc), 6), np.uint64)
    position = np.asarray(at)
    upos, xpos, rule = scores.labels.T
    for n, i in enumerate(at):
        lemma = lemmas.apply(network.lemmas[rule[n]], words[n])
        head = int(position[heads[n]]) - i
        rows[i] = (tags[xpos[n]], poses[upos[n]], strings.add(lemma or words[n]), deps[relations[n]], 0, 0)
        rows[i, 4] = np.int64(head).astype(np.uint64)
    spaces = set(range(len(doc))) - set(at)
    for i in sorted(spaces):  # white space hangs on the word before it, or the first word after it
        anchor = i - 1 if i else at[0]
        rows[i] = (space, IDS["SPACE"], strings.add(doc[i].text), nothing, 0, 0)
        rows[i, 4] = np.int64(anchor - i).astype(np.uint64)
    begun = {at[a] for a, _ in sentences}
    rows[:, 5] = [1 if i in begun else np.int64(-1).astype(np.uint64) for i in range(len(doc))]
    rows[0, 5] = 1
    layers: Any = rows  # spaCy's stub asks for its own array type
    doc.from_array([TAG, POS, LEMMA, DEP, HEAD], layers[:, :5])
    # Sentence starts come from the network, not from the trees, which need not be projective.
    doc.from_array([SENT_START], layers[:, 5:])


def _assign_entities(doc: Doc, at: list[int], found: list[tuple[str, int, int]]) -> None:
    doc.set_ents([DocSpan(doc, at[a], at[b - 1] + 1, label=kind) for kind, a, b in found])


def _character_spans(doc: Doc, at: list[int]) -> list[Words]:
    return [(doc[i].idx, doc[i].idx + len(doc[i])) for i in at]


def _attribution(one: decode.Linked, at: list[Words], nested: bool = False) -> Attribution:
    def characters(spans: Sequence[Words]) -> tuple[Span, ...]:
        return tuple(Span(at[a][0], at[b - 1][1]) for a, b in sorted(spans))

    return Attribution(
        characters(one.sources), characters([one.cue] if one.cue else []), characters(one.contents), nested
    )
