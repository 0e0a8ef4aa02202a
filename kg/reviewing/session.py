"""A review, without its screen: which question is next, what was answered, what was taken back."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.case import Case
from kg.case_files import CaseFolder
from kg.errors import KgError
from kg.joining import tables_of
from kg.judgement.attach import Ground, attached
from kg.judgement.entries import WITHDRAWN, Entry
from kg.judgement.history import states
from kg.judgement.journal import Journal
from kg.judgement.kept import all_entries, journal
from kg.judgement.places import decide
from kg.query.tables import Names
from kg.reviewing.queue import Item, candidates, remaining


@dataclass
class Session:
    """One person's way through the questions of a case. Every answer is on the disk before the next question is asked."""

    case: Case
    by: str
    waiting: Journal
    known: list[Entry]
    items: list[Item]
    tops: dict[str, str]
    skipped: dict[str, int]
    undoable: list[Entry]
    queue: list[Item] = field(default_factory=list)
    decided: int = 0
    withdrawn: int = 0

    @classmethod
    def of(cls, case: Case, by: str) -> Session:
        """A review that goes on where the last one ended. Raises KgError where the judgements of the case are damaged."""
        folder = CaseFolder(case.path)
        known = all_entries(folder, case.manifest)
        waiting = journal(folder)
        fresh = {entry.id for entry in waiting.read()}
        state = states(known)
        mine = [
            e for e in known if e.id in fresh and e.by == by and state[e.id] == "in force" and e.verdict != WITHDRAWN
        ]
        documents = {place.document for entry in known for place in entry.places}
        moved, _ = attached(known, Ground(tables_of(folder, case.manifest, documents)))
        resolved = Names(case).resolved
        tops = {entity.rpartition("/")[2]: top for entity, top in resolved.items()}
        mine.sort(key=lambda entry: (entry.at, entry.id))
        made = cls(case, by, waiting, moved, candidates(case), tops, waiting.skipped(), mine)
        made.order()
        return made

    @property
    def current(self) -> Item | None:
        """The question that is asked now; None where there is none left."""
        return self.queue[0] if self.queue else None

    def order(self) -> None:
        """Put the questions that are left in their order."""
        self.queue = remaining(self.items, self.known, self.skipped, self.tops)

    def answer(self, verdict: str, *, claim: str = "", name: str = "", why: str = "") -> Entry:
        """Decide: "same" or "different" of the pair that is asked about, else see `kg.judge`, of `claim` (an IRI).

        Raises KgError where the answer does not fit the question, or cannot be kept.
        """
        item = self.current
        if item is None:
            raise KgError("there is nothing left to decide")
        if verdict in ("same", "different"):
            if not item.b:
                raise KgError("this is about one claim: is its speaker right (r), wrong (w), or is it no claim (n)?")
            entry = decide(self.case, self.known, item.a, verdict, item.b, by=self.by, why=why)
        else:
            entry = decide(self.case, self.known, claim or item.a, verdict, name, by=self.by, why=why)
        self.waiting.add([entry])
        self.known.append(entry)
        self.undoable.append(entry)
        self.decided += 1
        self.order_after(item)
        return entry

    def order_after(self, item: Item) -> None:
        """Put the questions in their order; one that was not answered whole stays the one that is asked."""
        self.order()
        self._first(item.matter)

    def skip(self) -> None:
        """Pass over the question; it comes last from now on."""
        if self.queue:
            item = self.queue.pop(0)
            self.waiting.skip(item.matter)
            self.skipped = self.waiting.skipped()
            self.queue.append(item)

    def undo(self) -> Entry | None:
        """Take the last answer back, which asks its question again; None where there is none that was not applied yet."""
        if not self.undoable:
            return None
        entry = self.undoable[-1]
        back = decide(self.case, self.known, entry.id, "withdraw", by=self.by)
        self.waiting.add([back])
        self.undoable.pop()
        self.known.append(back)
        self.withdrawn += 1
        self.order()
        self._first(entry.matter)
        return entry

    def _first(self, matter: tuple[str, ...]) -> None:
        self.queue.sort(key=lambda item: item.matter != matter)
