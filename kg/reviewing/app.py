"""The screen of `kg review`: two things side by side, a question, and a key for each answer."""

from __future__ import annotations

from typing import ClassVar, Literal

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static

from kg.errors import KgError
from kg.query.plain import one_line
from kg.reviewing.panes import question, side, why_asked
from kg.reviewing.queue import Item
from kg.reviewing.session import Session

HELP = """\
s   they say the same, or are one
d   they are different
n   nobody claims this (asks which)
r   the speaker is right
w   the speaker is wrong (asks which, and who it is)
y   why: a note that goes with the next decision
u   undo: take the last decision back
space   skip: it comes last
q   quit; all decisions are kept, and applied to the graph

tab and the arrow keys scroll the texts. Every decision is on the disk at once: a review that is
interrupted goes on where it stopped. What you decide is never overwritten; undo is kept too."""

Asking = Literal["", "why", "who"]


class Help(ModalScreen[None]):
    """What the keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,question_mark,q,space,enter", "app.pop_screen", "close")]
    DEFAULT_CSS = (
        "Help { align: center middle; } Help Static { width: 100; height: auto; padding: 1 2; border: round $primary; }"
    )

    def compose(self) -> ComposeResult:
        yield Static(Text(HELP))


class Review(App[None]):
    """Asks one question after another; see `kg.reviewing.session`."""

    TITLE = "kg review"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head { height: auto; padding: 0 1; }
    #sides { height: 1fr; }
    .side { width: 1fr; border: round $primary; padding: 0 1; }
    .hidden { display: none; }
    #why, #note, #said { height: auto; padding: 0 1; }
    #why { max-height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("s", "pair('same')", "same"),
        ("d", "pair('different')", "different"),
        ("n", "one('not-a-claim')", "no claim"),
        ("r", "one('speaker-right')", "right speaker"),
        ("w", "one('speaker-wrong')", "wrong speaker"),
        ("y", "note", "why"),
        ("u", "undo", "undo"),
        ("space", "skip", "skip"),
        ("question_mark", "help", "help"),
        ("q", "quit", "quit"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._asking: Asking = ""
        self._note = ""
        self._verdict = ""
        """A verdict on one of two claims, while it is asked on which."""
        self._claim = ""

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with Horizontal(id="sides"):
            for name in ("left", "right"):
                with VerticalScroll(classes="side", id=name):
                    yield Static(id=f"{name}-text")
        yield Static(id="why")
        yield Static(id="note")
        yield Static(id="said")
        yield Input(id="input", classes="hidden")
        yield Footer()

    def on_mount(self) -> None:
        self._show()

    # What the keys do

    def action_pair(self, verdict: str) -> None:
        """Same or different."""
        self._answer(verdict)

    def action_one(self, verdict: str) -> None:
        """Something of one claim; of two it is asked of which."""
        item = self.session.current
        if item is None:
            return
        if item.sort == "entities":
            self._say("these are two names; are they the same (s) or different (d)?")
            return
        self._verdict = verdict
        if item.sort == "claims":
            self._say("which one? 1 the left, 2 the right, escape: neither")
            return
        self._choose(item.a)

    def on_key(self, event: object) -> None:
        key, item = getattr(event, "key", ""), self.session.current
        if self._asking or len(self.screen_stack) > 1:
            if key == "escape" and self._asking:
                self._close_input()
            return
        if self._verdict and item and key in ("1", "2", "escape"):
            if key == "escape":
                self._verdict = ""
                self._say("")
            else:
                self._choose(item.a if key == "1" else item.b)

    def action_note(self) -> None:
        """Ask why."""
        self._ask("why", "why? (enter: keep it for the next decision)", self._note)

    def action_undo(self) -> None:
        """Take the last decision back."""
        try:
            entry = self.session.undo()
        except KgError as error:
            self._say(str(error))
            return
        self._forget()
        self._show("nothing to undo" if entry is None else f"taken back: {entry.verdict}")

    def action_skip(self) -> None:
        """Pass over the question."""
        try:
            self.session.skip()
        except KgError as error:
            self._say(str(error))
            return
        self._forget()
        self._show("skipped")

    def action_help(self) -> None:
        """Show what the keys do."""
        self.push_screen(Help())

    # The line at the bottom

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed."""
        asked, words = self._asking, event.value.strip()
        self._close_input()
        if asked == "why":
            self._note = words
            self.query_one("#note", Static).update(Text(f"why: {one_line(words)}" if words else ""))
        elif asked == "who":
            self._answer("speaker-wrong", self._claim, words)

    def _ask(self, asking: Asking, placeholder: str, value: str = "") -> None:
        if self.session.current is None:
            return
        self._asking = asking
        box = self.query_one("#input", Input)
        box.placeholder, box.value = placeholder, value
        box.remove_class("hidden")
        box.focus()

    def _close_input(self) -> None:
        self._asking = ""
        self.query_one("#input", Input).add_class("hidden")
        self.query_one("#left").focus()

    def _choose(self, claim: str) -> None:
        verdict, self._verdict, self._claim = self._verdict, "", claim
        if verdict == "speaker-wrong":
            self._ask("who", "who says it? (enter without a name: not known)")
        else:
            self._answer(verdict, claim)

    def _answer(self, verdict: str, claim: str = "", name: str = "") -> None:
        try:
            entry = self.session.answer(verdict, claim=claim, name=name, why=self._note)
        except KgError as error:
            self._say(str(error))
            return
        self._forget()
        self._show(f"kept: {entry.subject} {entry.verdict} (u takes it back)")

    def _forget(self) -> None:
        self._note, self._verdict, self._claim = "", "", ""

    # What is seen

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(Text(one_line(words), style="yellow"))

    def _show(self, said: str = "") -> None:
        """The question that is asked now."""
        item = self.session.current
        self.query_one("#note", Static).update(Text(""))
        self._say(said)
        self.query_one("#head", Static).update(self._head(item))
        self.query_one("#why", Static).update(why_asked(item) if item else Text(""))
        for name, iri in (("left", item.a if item else ""), ("right", item.b if item else "")):
            self.query_one(f"#{name}").set_class(not iri, "hidden")
            if iri and item:
                self.query_one(f"#{name}-text", Static).update(self._side(item, iri))
                self.query_one(f"#{name}", VerticalScroll).scroll_home(animate=False)
        if not self._asking:
            self.query_one("#left").focus()

    def _head(self, item: Item | None) -> Text:
        counted = f"{len(self.session.queue)} left, {self.session.decided} decided as {one_line(self.session.by)}"
        if item is None:
            return Text(f"Nothing is left to decide. {counted}. q quits.", style="bold")
        return Text.assemble(question(item), (f"   {counted}", "dim"))

    def _side(self, item: Item, iri: str) -> Text:
        try:
            return side(self.session.case, item, iri)
        except KgError as error:
            return Text(one_line(str(error)))
