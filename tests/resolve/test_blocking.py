"""Which claims are compared at all, on synthetic news: little that is linked is missed, and people are asked little."""

from __future__ import annotations

import functools
import random
from collections import Counter

import numpy as np

from benchmarks.synthetic import articles, table
from kg.reader import pair_outcomes
from kg.resolve import Resolution, Table, resolve
from kg.resolve.aboutness import kinship
from kg.resolve.blocking import pairs
from kg.resolve.comparing import compare
from kg.resolve.pairwise import distinct
from kg.resolve.reach import Reach
from kg.resolve.resolution import FEW
from kg.resolve.sieve import Kin
from kg.resolve.statement import Statement, statements
from kg.resolve.thresholds import SURE


@functools.cache
def tables() -> tuple[Table, ...]:
    return tuple(sorted(map(table, articles(60)), key=lambda one: one.document))


@functools.cache
def found() -> Resolution:
    return resolve(tables())


@functools.cache
def claims() -> tuple[Statement, ...]:
    return tuple(statements(tables(), found().entities))


def test_hardly_a_link_is_between_claims_that_are_not_compared() -> None:
    proposed = {(a, b) for a, b in pairs(claims()).tolist()}
    linked = [
        (a.number, b.number)
        for a in claims()
        for b in claims()[a.number + 1 :]
        if (result := compare(a, b, pair_outcomes)) and result.score >= SURE and result.outcome != "compatible"
    ]
    assert len(linked) > 100
    assert len(proposed) < len(claims()) ** 2 / 8
    assert sum(pair in proposed for pair in linked) >= 0.98 * len(linked)


def test_pairs_are_each_proposed_once_and_in_order() -> None:
    some = [tuple(pair) for pair in pairs(claims()).tolist()]
    assert some == sorted(set(some))
    assert all(a < b for a, b in some)


def test_documents_are_kin_where_their_stories_are_at_all_alike() -> None:
    stories = list({one.story.number: one.story for one in claims()}.values())
    first, second = (np.asarray(side) for side in zip(*[(a, b) for a in range(60) for b in range(60)], strict=True))
    kin = Kin(stories).of(first, second)
    assert 0 < kin.sum() < len(kin)
    assert kin.tolist() == [kinship(stories[a], stories[b]).story > 0 for a, b in zip(first, second, strict=True)]


def test_distinct_numbers() -> None:
    assert distinct(np.asarray([5, 3, 5, 0, 3, -1])).tolist() == [-1, 0, 3, 5]
    assert distinct(np.zeros(0, np.int64)).tolist() == []


def test_people_are_asked_few_things_of_a_group_and_once_of_two_groups() -> None:
    home = {claim: one.id for one in found().groups for claim in one.claims}
    ends = [tuple(sorted((home.get(one.a, one.a), home.get(one.b, one.b)))) for one in found().possible]
    assert len(ends) == len(set(ends)) > 0
    asked = Counter(end for some in ends for end in some)
    assert all(min(asked[a], asked[b]) <= 2 * FEW for a, b in ends)
    assert len(ends) <= FEW * len(claims())


def test_the_order_of_many_documents_changes_nothing() -> None:
    mixed = list(tables())
    random.Random(1).shuffle(mixed)
    assert resolve(mixed) == found()


def test_what_comparing_finds_is_within_reach() -> None:
    numbers = range(0, len(claims()), 3)
    first, second = (
        np.asarray(side) for side in zip(*[(a, b) for a in numbers for b in numbers if a < b], strict=True)
    )
    vectors = np.stack([one.vector for one in claims()])
    reach = Reach(claims()).of(first, second, np.einsum("ij,ij->i", vectors[first], vectors[second]))
    found = [compare(claims()[a], claims()[b], pair_outcomes) is not None for a, b in zip(first, second, strict=True)]
    assert all(reach[found])
    assert sum(found) < reach.sum() < len(first) / 2
