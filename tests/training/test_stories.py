"""Stories whose claims are marked, and the pairs of claims that they give."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.pair_texts import AGREE, CONFLICT, OTHER
from training.stories import STORIES, read_story, stories
from training.story_pairs import story_pairs

STORY = """support dead.a dead.b

== Harbour News | 2031-05-04 | Ferry sinks off Westmark
The harbour master, Ada Moreno, said that [dead.a: nine people had died when the ferry sank].

== Board of Pilots | 2031-05-06 | Statement
[dead.b: More than five people died when the ferry sank off Westmark]. [crew.a: The ferry had a crew of four].

== Westmark Gazette | 2031-05-07 | What the keeper saw
[dead.c: Four people died when the ferry sank], according to Karl Lund.
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "ferry.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_marks_stand_where_their_words_do_and_documents_without_them_are_plain_text(tmp_path: Path) -> None:
    story = read_story(written(tmp_path, STORY))
    assert [one.metadata.publisher for one in story.documents] == [
        "Harbour News",
        "Board of Pilots",
        "Westmark Gazette",
    ]
    assert [mark.span.of(one.text) for one in story.documents for mark in one.marks] == [
        "nine people had died when the ferry sank",
        "More than five people died when the ferry sank off Westmark",
        "The ferry had a crew of four",
        "Four people died when the ferry sank",
    ]
    assert "[" not in "".join(one.text for one in story.documents)


def test_answers_to_one_question_conflict_unless_the_head_says_otherwise(tmp_path: Path) -> None:
    story = read_story(written(tmp_path, STORY))
    assert story.relation("dead.a", "dead.a") == "same"
    assert story.relation("dead.b", "dead.a") == "support"
    assert story.relation("dead.a", "dead.c") == "conflict"
    assert story.relation("dead.a", "crew.a") == "other"


def test_pairs_are_made_of_marks_and_of_what_is_read(tmp_path: Path) -> None:
    pairs = list(story_pairs(read_story(written(tmp_path, STORY))))
    found = {frozenset((one.a, one.b)): one.outcome for one in pairs}
    dead, more, four = "nine people had died when the ferry sank", "More than five people died", "Four people died"
    of = {
        (one, other): {
            outcome for pair, outcome in found.items() if all(any(x in t for t in pair) for x in (one, other))
        }
        for one, other in ((dead, more), (dead, four), (more, four))
    }
    assert of == {(dead, more): {AGREE}, (dead, four): {CONFLICT}, (more, four): {CONFLICT}}
    assert OTHER in found.values()
    assert any("that nine people had died" in words for pair in found for words in pair)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("support dead.a dead.b", "support dead.a dead.x"),
        ("[crew.a: ", "[crew: "),
        ("support", "supports"),
        ("2031-05-06", "6 May"),
    ],
)
def test_a_damaged_story_is_named(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"ferry\.txt"):
        read_story(written(tmp_path, STORY.replace(old, new, 1)))


def test_all_stories_of_the_repository_can_be_read() -> None:
    for part in ("train", "held-out"):
        for story in stories(STORIES / part):
            answers = {mark.answer for one in story.documents for mark in one.marks}
            assert len(story.documents) == 7
            assert len(answers) > 20
