"""`kg review`, with real keys on a real case."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

import kg
from kg.judgement.applying import apply
from kg.judgement.journal import Journal
from kg.reviewing.app import Help, Review
from kg.reviewing.queue import Item
from kg.reviewing.session import Session
from tests.reviewing.conftest import HOSTILE

Steps = Callable[[Review, Pilot[None]], Awaitable[None]]


def reviewed(case: Path, steps: Steps, by: str = "Ana Brito") -> Session:
    """What a person does who sits down at the review, until it is closed."""

    async def sit() -> Session:
        with kg.open(case) as opened:
            session = Session.of(opened, by)
            app = Review(session)
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()
                await steps(app, pilot)
                await pilot.pause()
            return session

    with ThreadPoolExecutor(1) as apart:  # the browser that other tests drive has a loop running in this thread
        return apart.submit(asyncio.run, sit()).result()


def text(app: Review, name: str) -> str:
    """What a part of the screen says."""
    return str(app.query_one(f"#{name}", Static).render())


def whole(app: Review) -> str:
    return "\n".join(text(app, name) for name in ("head", "left-text", "right-text", "why", "note", "said"))


async def typed(pilot: Pilot[None], words: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in words), "enter")


def rows(case: Path) -> list[tuple[object, ...]]:
    with kg.open(case) as opened:
        return opened.judgements().pick("by", "verdict", "b", "why", "state").rows


def test_both_sides_are_shown_with_their_quotes_speakers_and_reasons(case: Path, questions: list[Item]) -> None:
    async def steps(app: Review, pilot: Pilot[None]) -> None:
        assert "taken for a conflict" in text(app, "head")
        await pilot.press("space")
        left, right = text(app, "left-text"), text(app, "right-text")
        assert "Do these two say the same?" in text(app, "head")
        for side in (left, right):
            assert "Ada Moreno had warned that at least 12 cracks had weakened the Alder Bridge" in side
            assert "The Lake Board said on 3 May 2021 that" in side
            for fact in ("speaker     Lake Board", "chain       Ivo Hale › Lake Board"):
                assert fact in side
        assert "document    bridge" in left
        assert "document    other" in right
        assert "score 0.40" in text(app, "why")
        assert "a method" in text(app, "why")
        assert "a reason [b]in[/b] words" in text(app, "why")

    reviewed(case, steps)


def test_the_quote_is_marked_at_its_very_characters(case: Path, questions: list[Item]) -> None:
    from kg.reviewing.panes import MARK, side

    with kg.open(case) as opened:
        shown = side(opened, questions[0], questions[0].a)
    marked = [shown.plain[span.start : span.end] for span in shown.spans if span.style == MARK]
    assert marked == ["Ada Moreno had warned that at least 12 cracks had weakened the Alder Bridge"]


def test_same_different_and_why(case: Path, questions: list[Item]) -> None:
    async def steps(app: Review, pilot: Pilot[None]) -> None:
        await pilot.press("y")
        await typed(pilot, "two roads")
        assert "why: two roads" in text(app, "note")
        await pilot.press("d")
        assert text(app, "note") == ""
        await pilot.press("s", "s", "s")
        assert "about one claim" in text(app, "said")
        await pilot.press("r")
        assert "Nothing is left to decide" in text(app, "head")
        await pilot.press("s", "n", "w", "space", "q")

    session = reviewed(case, steps)
    assert (session.decided, session.queue) == (4, [])
    assert [(e.subject, e.verdict, e.why) for e in session.known] == [
        ("claims", "different", "two roads"),
        ("claims", "same", ""),
        ("entities", "same", ""),
        ("speaker", "right", ""),
    ]
    assert apply(case) == 4
    assert [state for *_, state in rows(case)] == ["in force"] * 4
    assert kg.verify(case).problems == ()


def test_a_claim_that_is_none_and_a_speaker_who_is_wrong(case: Path, questions: list[Item]) -> None:
    first, second = questions[1], questions[0]

    async def steps(app: Review, pilot: Pilot[None]) -> None:
        await pilot.press("n")
        assert "1 the left, 2 the right" in text(app, "said")
        await pilot.press("escape", "1")
        assert app.session.decided == 0
        await pilot.press("n", "2")
        assert app.session.current == second
        await pilot.press("w", "1")
        await typed(pilot, "Ivo Hale")
        assert app.session.current == second  # whether they say the same is still open
        assert "kept: speaker wrong" in text(app, "said")
        await pilot.press("space")
        assert "the same" in text(app, "head")
        await pilot.press("n", "r")
        assert "two names" in text(app, "said")
        await pilot.press("d", "w")
        await pilot.press("escape", "w", "enter")

    session = reviewed(case, steps)
    claims = [(e.subject, e.verdict, e.b, e.a) for e in session.known if e.subject != "entities"]
    assert claims == [
        ("claim", "wrong", "", first.b.rpartition("/")[2]),
        ("speaker", "wrong", "Ivo Hale", second.a.rpartition("/")[2]),
        ("speaker", "wrong", "", questions[3].a.rpartition("/")[2]),
    ]
    assert [item.matter for item in session.queue] == [second.matter]


def test_undo_asks_again_and_keeps_both(case: Path, questions: list[Item]) -> None:
    async def steps(app: Review, pilot: Pilot[None]) -> None:
        before = whole(app)
        await pilot.press("u")
        assert "nothing to undo" in text(app, "said")
        await pilot.press("s", "u")
        assert "taken back: same" in text(app, "said")
        assert app.session.current == questions[1]
        assert before.splitlines()[1:8] == whole(app).splitlines()[1:8]
        await pilot.press("d", "s", "u")

    session = reviewed(case, steps)
    assert (session.decided, session.withdrawn) == (3, 2)
    apply(case)
    assert sorted(str(row[-1])[:9] for row in rows(case)) == ["in force", *["withdrawn"] * 2, *["withdraws"] * 2]


def test_it_goes_on_where_it_stopped(case: Path, questions: list[Item]) -> None:
    async def first(app: Review, pilot: Pilot[None]) -> None:
        await pilot.press("space", "s", "q")

    async def second(app: Review, pilot: Pilot[None]) -> None:
        assert app.session.current == questions[2]
        assert app.session.queue[-1] == questions[1]  # passed over: last
        await pilot.press("u")
        assert app.session.current == questions[0]
        await pilot.press("d")

    reviewed(case, first)
    session = reviewed(case, second)
    assert [entry.verdict for entry in session.known] == ["same", "withdrawn", "different"]

    async def other(app: Review, pilot: Pilot[None]) -> None:
        await pilot.press("u")  # what somebody else decided is theirs to take back
        assert "nothing to undo" in text(app, "said")

    reviewed(case, other, by="Bo Lind")


def test_after_the_decisions_are_applied_they_do_not_come_back(case: Path, questions: list[Item]) -> None:
    async def steps(app: Review, pilot: Pilot[None]) -> None:
        await pilot.press("s", "s")

    reviewed(case, steps)
    apply(case)

    async def again(app: Review, pilot: Pilot[None]) -> None:
        assert app.session.queue == questions[2:]

    reviewed(case, again)


def test_keys_go_to_the_line_while_one_types_and_help_is_there(case: Path, questions: list[Item]) -> None:
    async def steps(app: Review, pilot: Pilot[None]) -> None:
        await pilot.press("y")
        await typed(pilot, "quite sad news, undone 12")
        assert "quite sad news, undone 12" in text(app, "note")
        assert app.session.decided == 0
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)
        await pilot.press("escape")
        assert not isinstance(app.screen, Help)
        await pilot.press("y", "x", "escape")
        assert app.query_one("#input", Input).has_class("hidden")
        await pilot.press("s")

    assert reviewed(case, steps).known[0].why == "quite sad news, undone 12"


def test_what_documents_say_is_shown_to_the_letter_and_drives_nothing(case: Path) -> None:
    from kg.query import claim_records
    from kg.reviewing.panes import side

    with kg.open(case) as opened:
        for record in claim_records(opened):
            item = Item("speaker", f"urn:kg:claim/{record['id']}", "", "pronoun", True, None, "", (), 0.1, 1)
            shown = side(opened, item, item.a)
            assert "\x1b" not in shown.plain
            assert "\u202e" not in shown.plain
        words = [r for r in claim_records(opened, document="other") if r["quote"].startswith("[bold")]
        item = Item("speaker", f"urn:kg:claim/{words[0]['id']}", "", "pronoun", True, None, "", (), 0.1, 1)
        assert HOSTILE in side(opened, item, item.a).plain


def test_markup_in_a_document_is_shown_on_the_screen(case: Path, questions: list[Item]) -> None:
    async def steps(app: Review, pilot: Pilot[None]) -> None:
        assert HOSTILE in text(app, "right-text")  # the question about the claim that was added

    reviewed(case, steps)


KILLED = """
import os, signal, sys
import kg
from kg.reviewing.session import Session
with kg.open(sys.argv[1]) as case:
    session = Session.of(case, "Ana")
    claim = str(case.claims().rows[0][0])
    from kg.reviewing.queue import Item
    session.queue = [Item("speaker", case.base + "claim/" + claim, "", "pronoun", True, None, "", (), 0.1, 1)]
    session.answer("speaker-wrong", name="Bo Lind", why="the next line says so")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_review_that_is_killed_loses_nothing(case: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(case)], timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    assert rows(case) == [("Ana", "speaker wrong", "Bo Lind", "the next line says so", "in force, not yet applied")]
    assert apply(case) == 1
    assert [row[-1] for row in rows(case)] == ["in force"]


def test_what_cannot_be_kept_is_said_and_asked_again(
    case: Path, questions: list[Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Journal, entries: object) -> None:
        raise kg.KgError("pending.jsonl: No space left on device; the judgement was not kept")

    monkeypatch.setattr(Journal, "add", full)

    async def steps(app: Review, pilot: Pilot[None]) -> None:
        asked = app.session.current
        await pilot.press("s")
        assert "No space left" in text(app, "said")
        assert app.session.current == asked

    assert reviewed(case, steps).decided == 0
