"""Synthetic news and the measures of cost."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from benchmarks.across.blocked import Blocking, counts, together
from benchmarks.across.cost import exponent, load, write
from benchmarks.synthetic import articles, table
from benchmarks.synthetic.tables import vectors
from benchmarks.synthetic.writing import write as written
from kg.resolve.table import dump


def test_the_stream_is_the_same_for_a_seed_and_a_longer_one_begins_with_it() -> None:
    few = [article.text for article in articles(30)]
    assert few == [article.text for article in articles(60)][:30]
    assert few != [article.text for article in articles(30, seed=1)]
    assert len(set(few)) == 30


def test_a_few_names_are_in_very_many_documents_and_most_in_few() -> None:
    tables = [table(article) for article in articles(400)]
    count: dict[str, int] = {}
    for one in tables:
        for entity in one.entities:
            count[entity.name] = count.get(entity.name, 0) + 1
    often = sorted(count.values(), reverse=True)
    assert often[0] >= 40
    assert sum(n <= 3 for n in often) > len(often) / 2


def test_rows_stand_where_the_text_has_them() -> None:
    for article in articles(25):
        text, made = written(article).text, table(article)
        assert made.words == len(text.split())
        assert len(made.claims) == len(article.statements)
        for claim in made.claims:
            assert text[claim.start : claim.end] == claim.quote
            assert all(figure.text.casefold() in claim.quote.casefold() for figure in claim.figures)
            assert made.speakers[claim.chain[0]].name == article.publisher
        for entity in made.entities:
            start = int(entity.id.rsplit("e", 1)[1])
            assert text[start:].startswith(entity.name)
        for speaker in made.speakers[1:]:
            start, end = map(int, speaker.id.rsplit("s", 1)[1].split("-"))
            assert text[start:end] == speaker.mention


def test_one_event_is_told_in_other_words_with_other_figures_and_in_copies() -> None:
    made = list(articles(400))
    events: dict[str, list[str]] = {}
    for article in made:
        events.setdefault(article.title.partition(",")[0], []).append(article.text)
    some = max(events.values(), key=len)
    sentences = [line for text in some for line in text.split("\n\n")[2:]]
    assert len(some) > 10
    assert len(set(sentences)) < len(sentences)  # copied paragraphs
    assert len({tuple(f for c in table(a).claims for f in c.figures) for a in made}) > 200


def test_vectors_of_paraphrases_are_nearer_than_those_of_other_matters() -> None:
    texts = (
        "30 people were killed by the flood in Osvik",
        "the flood in Osvik had cost 30 lives",
        "Osrail had no licence",
    )
    whole, claims = np.stack([vectors(text, ["a"])[0] for text in texts]), vectors("a", texts)[1]
    for one, same, other in (whole, claims):
        assert float(one @ same) > 0.6 > 0.3 > float(one @ other)
        assert np.allclose(np.linalg.norm([one, same, other], axis=1), 1, atol=1e-5)


def test_tables_come_back_from_their_file(tmp_path: Path) -> None:
    write(tmp_path / "tables", 12)
    assert [dump(one) for one in load(tmp_path / "tables")] == [dump(table(one)) for one in articles(12)]


@pytest.mark.parametrize("power", [1.0, 1.5, 2.0])
def test_the_exponent_is_that_of_a_power(power: float) -> None:
    assert exponent([(n, 3 * n**power) for n in (10, 100, 1000)]) == pytest.approx(power)


def test_the_exponent_of_n_log_n_is_a_little_above_one() -> None:
    assert 1.05 < exponent([(n, n * math.log(n)) for n in (1_000, 10_000, 30_000)]) < 1.15


def test_links_that_blocking_does_not_propose_are_missed() -> None:
    kinds = {frozenset(("a", "b")): "same", frozenset(("b", "c")): "conflict", frozenset(("a", "d")): "same"}
    given = Blocking("abcd", frozenset({(0, 1), (2, 3)}), lambda a, b: kinds.get(frozenset((a, b)), ""))
    parts = [counts(given, range(0, 4, 2)), counts(given, range(1, 4, 2))]
    assert together(parts) == {"same": (1, 2), "conflict": (0, 1)}
