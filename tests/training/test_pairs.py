"""The pairs that the network which reads two claims together is fitted on."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from kg.reader.claims import claim_model
from training.news_pairs import NEWS, OUTCOMES, labelled
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


def test_every_labelled_pair_of_the_news_is_whole_and_comes_once() -> None:
    rows = [line.split("\t") for line in NEWS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len({tuple(row[1:7]) for row in rows}) > 2000
    for number, (part, first, start, end, second, begin, stop, relation) in enumerate(rows, 1):
        assert part in {"train", "held-out"} and first and second, f"line {number}"
        assert 0 <= int(start) < int(end) and 0 <= int(begin) < int(stop), f"line {number}"
        assert relation in {*OUTCOMES, "compatible"}, f"line {number}"
    parts = {
        part: {name for row in rows if row[0] == part for name in (row[1], row[4])} for part in ("train", "held-out")
    }
    assert not parts["train"] & parts["held-out"]


def test_a_damaged_pair_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "attribution").mkdir()
    with gzip.open(tmp_path / "attribution" / "polnear-train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "one", "text": "The road is open. The road is closed."}) + "\n")
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("train\tone\t0\t16\tone\t18\t36\tconflict\n", encoding="utf-8")
    (found,) = labelled(tmp_path, pairs)
    assert found == ("train", "The road is open", "The road is closed", "conflict")
    pairs.write_text("train\tone\t0\t16\ttwo\t18\t36\tconflict\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv, line 1: no pair of places in known articles"):
        list(labelled(tmp_path, pairs))
