"""The scorer of propositions, on tuples whose score is plain to see."""

from __future__ import annotations

import pytest

from training.carb import Triple, match, score, score_sentence, triples

GOLD = Triple.of("closed", ["the board", "the road", "in May"])


@pytest.mark.parametrize(
    ("relation", "arguments", "expected"),
    [
        ("closed", ["the board", "the road in May"], (1.0, 1.0)),
        ("closed", ["the board", "the road"], (1.0, 5 / 7)),
        ("has closed", ["the old board", "the road", "in May"], (7 / 9, 1.0)),
        (
            "closed",
            ["the road", "the board"],
            (3 / 5, 3 / 7),
        ),  # the right words in the wrong part: only "the" is shared
        ("opened", ["the board", "the road", "in May"], (0.0, 0.0)),
        ("closed", ["the board"], (0.0, 0.0)),
    ],
)
def test_words_count_part_by_part(relation: str, arguments: list[str], expected: tuple[float, float]) -> None:
    assert match(GOLD, Triple.of(relation, arguments)) == pytest.approx(expected)


def test_what_is_said_may_stand_first() -> None:
    gold = Triple.of("said", ["the road is closed", "the board"])
    assert match(gold, Triple.of("said", ["the board", "the road is closed"])) == (1.0, 1.0)


def test_one_tuple_may_serve_several_for_recall_and_one_for_precision() -> None:
    gold = [Triple.of("closed", ["the board", thing]) for thing in ("roads", "bridges")]
    found = score_sentence(gold, [Triple.of("closed", ["the board", "roads bridges"])])
    assert (found.precision, found.recall) == pytest.approx((4 / 5, 1.0))
    twice = score_sentence(gold[:1], [gold[0], gold[0]])
    assert (twice.precision, twice.recall, twice.f1) == pytest.approx((0.5, 1.0, 2 / 3))


def test_sentences_without_tuples_count() -> None:
    gold = {"a": [GOLD], "b": [GOLD]}
    found = score(gold, lambda sentence: [GOLD] if sentence == "a" else [])
    assert (found.precision, found.recall) == (1.0, 0.5)
    assert score(gold, lambda sentence: []).f1 == 0.0


def test_a_proposition_becomes_a_tuple_in_the_order_of_the_text() -> None:
    text = "In May the board closed the road"
    one = {
        "subject": [[7, 16]],
        "predicate": {"text": "closed", "lemma": "close", "spans": [[17, 23]]},
        "object": [[24, 32]],
        "arguments": [{"role": "time", "spans": [[0, 6]]}],
        "negated": False,
    }
    assert list(triples([one], text)) == [Triple.of("closed", ["the board", "In May", "the road"])]
    assert list(triples([{**one, "object": [], "arguments": []}], text)) == []
