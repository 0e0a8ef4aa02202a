"""The spaCy component: what the network says becomes annotations of a Doc; the text stays as it is.

It assigns tag, pos, lemma, dep, head and sentence starts to tokens, `doc.ents`, the span groups "source", "cue" and
"content", `doc._.attributions` (a list of `Attribution`), `doc._.clusters` (mentions of the same thing, a tuple of
spans each, in order) and `doc._.place_scores` (token index → how much it looks like a place, whatever name it is in).
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
from kg.reader import decode, pretokenized
from kg.reader.analysis import Analysis
from kg.reader.attribution import Attribution
from kg.reader.decode import Words
from kg.reader.features import IntArray, gap
from kg.reader.labels import RELATIONS, UPOS, XPOS
from kg.reader.model import Model, model
from kg.reader.threads import one_thread

for name in ("attributions", "clusters", "place_scores"):
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=None)


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
        "doc._.clusters",
        "doc._.place_scores",
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
        return self._read(doc, at, _gaps(doc, at), None) if at else _empty(doc)

    def pretokenized(self, text: str) -> Doc:
        """A Doc over `text` whose tokens and sentences are as given: see `kg.reader.pretokenized`."""
        doc = pretokenized.doc_of(self.nlp, text)
        starts = pretokenized.starts_of(doc)
        at = [token.i for token in doc if not token.is_space]
        if not at:
            return _empty(doc)
        cuts = [*map(int, np.flatnonzero(starts)), len(at)]
        gaps = [g for a, b in pairwise(cuts) for g in pretokenized.likely_gaps([doc[i].text for i in at[a:b]])]
        return self._read(doc, at, np.asarray(gaps, np.int64), list(pairwise(cuts)))

    @one_thread()
    def _read(self, doc: Doc, at: list[int], gaps: IntArray, given: list[Words] | None) -> Doc:
        found = Analysis([doc[i].text for i in at], gaps, self.network, given or ())
        _assign_tokens(doc, at, found)
        _assign_entities(doc, at, found.entities)
        doc._.place_scores = {at[word]: score for word, score in decode.place_scores(found.scores.entity).items()}
        spans = _character_spans(doc, at)
        outer = [_attribution(one, spans) for one in found.attributions]
        doc._.attributions = outer + [_attribution(one, spans, True) for one in found.nested]
        doc._.clusters = [_characters(mentions, spans) for mentions in found.clusters]
        for kind in ("source", "cue", "content"):
            parts = [s for one in doc._.attributions if not one.nested for s in getattr(one, kind)]
            doc.spans[kind] = [
                span for s in sorted(set(parts)) if (span := doc.char_span(s.start, s.end, label=kind)) is not None
            ]
        return doc


def _empty(doc: Doc) -> Doc:
    doc._.attributions, doc._.clusters, doc._.place_scores = [], [], {}
    return doc


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


def _assign_tokens(doc: Doc, at: list[int], found: Analysis) -> None:
    heads, relations = found.tree
    strings = doc.vocab.strings
    tags = [strings.add(name) for name in XPOS]
    poses = [IDS[name] for name in UPOS]
    deps = [strings.add("ROOT" if name == "root" else name) for name in RELATIONS]
    space, nothing = strings.add("_SP"), strings.add("")
    rows = np.zeros((len(doc), 6), np.uint64)
    position = np.asarray(at)
    upos, xpos = found.scores.labels[:, 0], found.scores.labels[:, 1]
    for n, i in enumerate(at):
        head = int(position[heads[n]]) - i
        rows[i] = (tags[xpos[n]], poses[upos[n]], strings.add(found.lemmas[n]), deps[relations[n]], 0, 0)
        rows[i, 4] = np.int64(head).astype(np.uint64)
    spaces = set(range(len(doc))) - set(at)
    for i in sorted(spaces):  # white space hangs on the word before it, or the first word after it
        anchor = i - 1 if i else at[0]
        rows[i] = (space, IDS["SPACE"], strings.add(doc[i].text), nothing, 0, 0)
        rows[i, 4] = np.int64(anchor - i).astype(np.uint64)
    begun = {at[a] for a, _ in found.sentences}
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


def _characters(spans: Sequence[Words], at: list[Words]) -> tuple[Span, ...]:
    return tuple(Span(at[a][0], at[b - 1][1]) for a, b in sorted(spans))


def _attribution(one: decode.Linked, at: list[Words], nested: bool = False) -> Attribution:
    cue = _characters([one.cue] if one.cue else [], at)
    return Attribution(_characters(one.sources, at), cue, _characters(one.contents, at), nested)
