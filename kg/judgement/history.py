"""Which judgements hold, out of all that were ever made: the last on each matter that nobody has taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from kg.judgement.entries import WITHDRAWN, Entry

State = Literal["in force", "superseded", "withdrawn", "withdraws"]


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that hold, one a matter, by id. The order of `entries` changes nothing.

    An entry that was withdrawn counts for nothing (unless the withdrawal was). One that another takes the place of, directly or
    over others, gives way to it; of those that know nothing of each other, as when two people's files are put together, the later
    in time holds.
    """
    known = {entry.id: entry for entry in entries}
    gone = withdrawn(known.values())
    matters: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in known.values():
        if entry.verdict != WITHDRAWN and entry.id not in gone:
            matters[entry.matter].append(entry)
    held = [_last(some, known) for some in matters.values()]
    return sorted(held, key=lambda entry: entry.id)


def heads(entries: Iterable[Entry], matter: tuple[str, ...]) -> list[str]:
    """Ids of the entries on a matter that a new one takes the place of, sorted: those that stand and gave way to none."""
    known = {entry.id: entry for entry in entries}
    gone = withdrawn(known.values())
    some = [e for e in known.values() if e.matter == matter and e.verdict != WITHDRAWN and e.id not in gone]
    return sorted(entry.id for entry in _heads(some, known))


def withdrawn(entries: Iterable[Entry]) -> set[str]:
    """Ids of what was taken back, by an entry that was not itself taken back."""
    takers: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.withdraws:
            takers[entry.withdraws].append(entry.id)
    gone: dict[str, bool] = {}
    for target in takers:
        stack = [target]  # not by recursion: a file may hold a long chain of withdrawals
        while stack:
            some = takers.get(stack[-1], [])
            open_ = [taker for taker in some if taker not in gone]
            if open_ and stack[-1] not in gone:
                stack += open_
                continue
            gone[stack.pop()] = any(not gone[taker] for taker in some)
    return {id for id, is_gone in gone.items() if is_gone}


def states(entries: Iterable[Entry]) -> dict[str, State]:
    """What has become of each entry, by id."""
    all_ = list(entries)
    held, gone = {entry.id for entry in in_force(all_)}, withdrawn(all_)

    def state(entry: Entry) -> State:
        if entry.id in gone:
            return "withdrawn"
        if entry.verdict == WITHDRAWN:
            return "withdraws"
        return "in force" if entry.id in held else "superseded"

    return {entry.id: state(entry) for entry in all_}


def _last(some: list[Entry], known: Mapping[str, Entry]) -> Entry:
    """The one that holds among the entries of one matter that stand."""
    return max(_heads(some, known), key=lambda entry: (entry.at, entry.id))


def _heads(some: list[Entry], known: Mapping[str, Entry]) -> list[Entry]:
    """Of the entries of one matter that stand, those that none of the others takes the place of."""
    if len(some) < 2:
        return some
    matter = some[0].matter
    below: set[str] = set()
    for entry in some:
        stack = list(entry.supersedes)
        while stack:
            id = stack.pop()
            if id not in below and id in known and known[id].matter == matter:
                below.add(id)
                stack += known[id].supersedes
    return [entry for entry in some if entry.id not in below]
