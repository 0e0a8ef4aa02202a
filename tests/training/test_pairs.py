"""The pairs that the network which reads two claims together is fitted on."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice

from kg.reader.claims import claim_model
from training.pair_texts import AGREE, CONFLICT, OTHER, other_pairs, real_pairs, told_pairs

EVENT = [
    ("m1", "same", "Two ferries collided off Port Amsel."),
    ("m1", "same", "Off Port Amsel one ferry ran into another."),
    ("m1", "conflict", "A ferry and a tanker collided off Port Amsel."),
    ("m2", "same", "Nine passengers were hurt."),
    ("m2", "same", "The hospital treated nine people from the ferries."),
    ("m2", "conflict", "Nobody on board was hurt."),
    ("n1", "near", "Nine passengers were hurt on the ferry last year."),
]
REAL = [
    [
        "The council heard 40 people on Monday, and the mayor spoke about the new harbour road.",
        "The mayor opened the meeting.",
    ],
    ["The council meets again in May to speak about the harbour road.", "A school was closed for a week."],
]


def test_claims_of_one_matter_agree_or_conflict_and_those_that_agree_come_twice() -> None:
    found = Counter(told_pairs(EVENT))
    assert {pair.outcome: sum(n for p, n in found.items() if p.outcome == pair.outcome) for pair in found} == {
        AGREE: 4,
        CONFLICT: 4,
    }
    assert all(count == (2 if pair.outcome == AGREE else 1) for pair, count in found.items())
    assert not any("last year" in pair.a + pair.b for pair in found)


def test_pairs_of_different_matters_are_never_of_one() -> None:
    of = {words: matter for matter, _, words in EVENT}
    found = list(islice(other_pairs(EVENT, random.Random(1)), 100))
    assert len(found) == 100
    assert all(pair.outcome == OTHER and of[pair.a] != of[pair.b] for pair in found)
    assert any("last year" in pair.a + pair.b and "hurt." in pair.a + pair.b for pair in found)


def test_real_sentences_are_of_different_matters_but_for_what_was_changed() -> None:
    found = list(real_pairs(REAL, claim_model(), random.Random(1)))
    text = {sentence for some in REAL for sentence in some}
    assert {pair.outcome for pair in found} == {OTHER, AGREE, CONFLICT}
    assert all(pair.b in text for pair in found)
    for pair in found:
        assert pair.a != pair.b
        assert (pair.a in text) == (pair.outcome == OTHER)
    (changed,) = (pair.a for pair in found if pair.outcome == CONFLICT)
    assert "40 people" not in changed
    assert changed.startswith("The council heard ")
