"""The claims that the claim vectors are fitted on: every line is whole, every matter is told in several ways."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

CLAIMS = sorted((Path(__file__).parents[2] / "training" / "claims").glob("*.tsv"))
RELATIONS = {"same", "conflict", "near", "other"}


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.stem)
def test_every_line_is_whole_and_every_matter_told_in_several_ways(path: Path) -> None:
    matters: dict[tuple[str, str], list[str]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        assert len(cells) == 4, f"{path.name}, line {number}"
        event, matter, relation, words = cells
        assert relation in RELATIONS, f"{path.name}, line {number}"
        assert event and words == " ".join(words.split()), f"{path.name}, line {number}"
        matters[event, matter].append(relation)
    for (event, matter), relations in matters.items():
        if not {"near", "other"} & set(relations):
            assert relations.count("same") >= 2, f"{path.name}: {event} {matter}"
            assert "conflict" in relations, f"{path.name}: {event} {matter}"
