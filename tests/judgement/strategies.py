"""Judgements of all sorts, for Hypothesis: histories that people could have made, in any order."""

from __future__ import annotations

import hashlib
from typing import Any

from hypothesis import strategies as st

from kg.judgement.entries import Entry, Place, Selector, make, withdraw
from kg.judgement.history import heads

SHA = hashlib.sha256(b"a document").hexdigest()
DOCUMENT = SHA[:16]
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
"""Any words at all: line ends, quotes, right-to-left marks, characters outside the first plane."""
people = st.sampled_from(["Ana Brito", "Bo Lind", "Cleo “the editor” Hart\\"])
times = st.integers(0, 59).map(lambda second: f"2031-04-12T09:30:{second:02}Z")


def place(number: int, text: str = "the road is open", sort: str = "c") -> Place:
    """A claim (or, with sort "e", an entity) of the document, whose characters begin at `number`."""
    at = Selector(number, number + len(text), text, "before ", "")
    return Place(f"{DOCUMENT}-{sort}{number}", DOCUMENT, SHA, "road, again.txt", text, (at,))


@st.composite
def histories(draw: st.DrawFn, size: int = 8) -> list[Entry]:
    """Entries in the order in which they were made, by people whose clocks differ, each knowing those before it or none."""
    made: list[Entry] = []
    for _ in range(draw(st.integers(0, size))):
        by, at, why = draw(people), draw(times), draw(st.just("") | words)
        known = made if draw(st.booleans()) else []
        if made and draw(st.integers(0, 3)) == 0:
            made.append(withdraw(draw(st.sampled_from(made)), by=by, at=at, why=why))
            continue
        first, second = draw(st.permutations([1, 2, 3]))[:2]
        places = [place(first, draw(words)), place(second)]
        said: dict[str, Any] = draw(
            st.sampled_from(
                [
                    {"subject": "claims", "verdict": "same"},
                    {"subject": "claims", "verdict": "different"},
                    {"subject": "claim", "verdict": "wrong"},
                    {"subject": "speaker", "verdict": "right"},
                    {"subject": "speaker", "verdict": "wrong", "name": "Ivo Hale"},
                ]
            )
        )
        said |= {"places": places if said["subject"] == "claims" else places[:1], "by": by, "at": at, "why": why}
        before = heads(known, make(**said).matter)
        made.append(make(**said, supersedes=before))
    return made
