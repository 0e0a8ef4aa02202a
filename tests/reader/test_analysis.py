"""What is measured is what users get: the analysis of words and the Doc say the same."""

from __future__ import annotations

import numpy as np

from kg.reader import load, reading_with
from kg.reader.analysis import Analysis
from kg.reader.model import model

TEXT = "Elena Varga said that the port was closed. She told Northern Wire that it would open in May."


def test_the_analysis_of_words_is_what_the_pipeline_writes() -> None:
    doc = load()(TEXT)
    found = Analysis(
        [token.text for token in doc], np.asarray([3] + [int(bool(t.whitespace_)) for t in doc[:-1]]), model()
    )
    assert [(kind, a, b) for kind, a, b in found.entities] == [(e.label_, e.start, e.end) for e in doc.ents]
    assert [a for a, _ in found.sentences] == [sentence.start for sentence in doc.sents]
    assert found.tree[0].tolist() == [token.head.i for token in doc]
    assert found.lemmas == [token.lemma_ for token in doc]
    assert len(found.attributions) + len(found.nested) == len(doc._.attributions) == 2
    assert len(found.clusters) == len(doc._.clusters) > 0


def test_reading_with_a_model_is_reading_with_that_one() -> None:
    one, other = load()(TEXT), reading_with(model())(TEXT)
    assert one.to_json() == other.to_json()
    assert one._.attributions == other._.attributions
