"""From words to what the reader makes of them, before there is a Doc: a pure function of words, gaps and model.

Users' documents and the measurements of `training/` go this one way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from kg.reader import coreference, decode
from kg.reader.coreference import Nominals
from kg.reader.decode import Linked, Words
from kg.reader.features import IntArray
from kg.reader.labels import UPOS, XPOS
from kg.reader.model import Model, Scores
from kg.reader.parse import parse


@dataclass(frozen=True)
class Analysis:
    """Words (at least one) with the gaps before them (`features.gap`), read by a model.

    `given` are the sentences, as word spans, where they are known; else the network finds them. Each property is worked out
    when it is first asked for. Spans are of words, indices of words.
    """

    words: Sequence[str]
    gaps: IntArray
    network: Model
    given: Sequence[Words] = ()

    @cached_property
    def scores(self) -> Scores:
        """What the network says of the words."""
        joined = self.network.scores(self.words, self.gaps)
        if not self.given:
            return joined
        # What depends on the sentence alone is read best without its neighbours, which may be strangers.
        return _with_syntax_of(self.network.scores(self.words, self.gaps, self.given), joined)

    @cached_property
    def sentences(self) -> list[Words]:
        """The sentences given, or where the network sees a start, and at every blank line."""
        if self.given:
            return list(self.given)
        starts = (self.scores.start > 0) | (self.gaps == 3)
        starts[0] = True
        return list(pairwise([*map(int, np.flatnonzero(starts)), len(self.gaps)]))

    @cached_property
    def tree(self) -> tuple[IntArray, IntArray]:
        """Heads and relations: see `kg.reader.parse`."""
        return self.tree_of(self.sentences)

    def tree_of(self, sentences: Sequence[Words]) -> tuple[IntArray, IntArray]:
        """Heads and relations with other sentences, on the same scores."""
        return parse(self.scores.vectors, sentences, self.network.arrays)

    @cached_property
    def lemmas(self) -> list[str]:
        """The lemma of every word."""
        labels: list[list[int]] = self.scores.labels.tolist()
        lemma = self.network.lemmatizer.lemma
        return [lemma(word, UPOS[u], XPOS[x], rule) for word, (u, x, rule) in zip(self.words, labels, strict=True)]

    @cached_property
    def entities(self) -> list[tuple[str, int, int]]:
        """Names: type, first word, end."""
        return decode.entity_spans(self.scores.entity, self.sentences)

    @cached_property
    def attributions(self) -> list[Linked]:
        """The outermost attributions."""
        found = decode.attribution_spans(self.scores.attribution, self.gaps, self.network.arrays)
        return decode.link(found, self.scores.vectors["link"], self.network.arrays, self.sentences)

    @cached_property
    def nested(self) -> list[Linked]:
        """The attributions inside the contents of those."""
        arrays = self.network.arrays
        inner = decode.attribution_spans(self.scores.inner, self.gaps, arrays)
        return decode.nested(self.attributions, inner, self.scores.vectors["link"], arrays)

    @cached_property
    def nominals(self) -> Nominals:
        """The words that may refer to something."""
        labels = self.scores.labels
        return coreference.nominals(self.words, labels, self.lemmas, self.tree, self.sentences, self.entities)

    @cached_property
    def clusters(self) -> list[list[Words]]:
        """Mentions of the same thing."""
        scores = self.scores
        return coreference.clusters(
            self.nominals, self.words, scores.labels[:, 0], scores.vectors, self.tree, self.network.arrays
        )


def _with_syntax_of(alone: Scores, joined: Scores) -> Scores:
    """Tags and trees of sentences read alone, names as both see them; attribution and coreference read in their context."""
    syntax = {name: v for name, v in alone.vectors.items() if name.startswith(("arc_", "relation_"))}
    return replace(
        joined,
        entity=(alone.entity + joined.entity) * np.float32(0.5),
        labels=alone.labels,
        vectors={**joined.vectors, **syntax},
    )
