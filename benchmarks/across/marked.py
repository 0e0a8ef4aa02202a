"""Gold of stories whose claims are marked in their texts (`training/stories`): claims, groups, and what holds between them.

Who speaks, names and origins are not marked.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.across.gold import Gold, GoldClaim, GoldConflict, Pair

if TYPE_CHECKING:
    from training.stories import Story

STORIES: Final = Path(__file__).parents[2] / "training/stories"


def marked(folder: Path, into: Path) -> dict[str, Gold]:
    """The stories of a folder by name, their documents written without marks into folders of `into`.

    Raises ValueError, naming the file, for a story that is damaged.
    """
    from training.stories import stories

    return {story.name: gold_of(story, into / story.name) for story in stories(folder)}


def gold_of(story: Story, into: Path) -> Gold:
    """A story's gold. Answers that conflict are told apart only as such: the kind of each is "polarity"."""
    into.mkdir(parents=True)
    files, claims = {}, {}
    told: dict[str, list[str]] = defaultdict(list)
    for number, document in enumerate(story.documents, 1):
        file = f"{story.name}/{number:02}.txt"
        path = into / f"{number:02}.txt"
        path.write_text(document.text, encoding="utf-8")
        files[file] = (path, document.metadata)
        for place, mark in enumerate(document.marks):
            one = f"{story.name}/{number}-{place}"
            claims[one] = GoldClaim(one, file, mark.span, mark.span.of(document.text), "", "")
            told[mark.answer].append(one)
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for a, b in combinations(sorted(told), 2):
        pairs[story.relation(a, b)].append((told[a][0], told[b][0]))
    return Gold(
        files=files,
        claims=claims,
        groups=tuple(tuple(some) for some in told.values() if len(some) > 1),
        supports=tuple(pairs["support"]),
        conflicts=tuple(GoldConflict(a, b, "polarity", "") for a, b in pairs["conflict"]),
        compatible=tuple(pairs["compatible"]),
    )
