"""Gold made of stories whose claims are marked in their texts."""

from __future__ import annotations

from pathlib import Path

from benchmarks.across.marked import marked

STORY = """support dead.a dead.b
compatible dead.a dead.d

== Harbour News | 2031-05-04 | Ferry sinks off Westmark
The harbour master, Ada Moreno, said that [dead.a: nine people had died when the ferry sank].

== Board of Pilots | 2031-05-06 | Statement
[dead.b: More than five people died]. [crew.a: The ferry had a crew of four]. [dead.d: Some people died].

== Westmark Gazette | 2031-05-07 | What the keeper saw
[dead.c: Four people died], Karl Lund said, not [dead.a: the nine of whom the harbour speaks].
"""


def test_marks_are_claims_and_answers_are_groups_or_conflicts(tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "ferry.txt").write_text(STORY, encoding="utf-8")
    made = marked(stories, tmp_path / "texts")
    gold = made["ferry"]
    for claim in gold.claims.values():
        assert claim.span.of(gold.files[claim.file][0].read_text(encoding="utf-8")) == claim.quote
    quotes = {one: claim.quote for one, claim in gold.claims.items()}
    assert [[quotes[one] for one in some] for some in gold.groups] == [
        ["nine people had died when the ferry sank", "the nine of whom the harbour speaks"]
    ]
    assert [(quotes[a], quotes[b]) for a, b in gold.supports] == [
        ("nine people had died when the ferry sank", "More than five people died")
    ]
    assert {(quotes[one.a], quotes[one.b]) for one in gold.conflicts} == {
        ("nine people had died when the ferry sank", "Four people died"),
        ("More than five people died", "Four people died"),
        ("More than five people died", "Some people died"),
        ("Four people died", "Some people died"),
    }
    assert len(gold.compatible) == 1
