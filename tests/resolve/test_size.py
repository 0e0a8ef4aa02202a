"""Hostile sizes: what repeats itself costs as much again when it is twice as long, no more."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable

import pytest

from kg.document import Span
from kg.resolve.winnowing import Fingerprint, fingerprints, passages
from tests.resolve.test_across import resolve, table

LINE = "Read more about our cookie policy here. "


def shared(ours: str, theirs: str) -> list[tuple[Span, Span, int]]:
    known: dict[int, list[Fingerprint]] = defaultdict(list)
    for one in fingerprints(theirs):
        known[one.hash].append(one)
    return passages(fingerprints(ours), known)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("unit", [LINE, "word ", "a b c d e f g h i j k l m n o p q "])
def test_two_documents_that_repeat_one_line_are_compared_in_time_that_grows_with_their_length(unit: str) -> None:
    ours, theirs = unit * (80_000 // len(unit)), "First. " + unit * (80_000 // len(unit))
    assert seconds(lambda: shared(ours, theirs)) < 10  # all pairs of places: more than a minute


def test_what_documents_repeat_is_still_found_as_one_passage() -> None:
    ours, theirs = LINE * 200, "First. " + LINE * 200
    longest = max(shared(ours, theirs), key=lambda one: one[2])
    assert longest[2] > 0.9 * 200 * len(LINE.split())


def test_many_passages_in_another_order_are_all_found() -> None:
    lines = [" ".join(f"w{at}x{word}" for word in range(24)) + ".\n" for at in range(400)]
    found = shared("".join(lines), "".join(reversed(lines)))
    assert len(found) == len(lines)
    assert all(a.of("".join(lines)) == b.of("".join(reversed(lines))) for a, b, _ in found)


def test_blanks_before_a_claim_cost_nothing() -> None:
    text = f"Officials said that, as{' ' * 190}we said, 33 people died when the Verkhan Dam broke above Norvale.\n"
    some = (table("a.txt", text), table("b.txt", f"News.\n\n{text}"))
    assert all(one.claims for one in some)
    assert seconds(lambda: resolve(some)) < 4
