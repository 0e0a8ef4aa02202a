"""Judgements and what they rest on, after documents were read again: by id, else by the same words in the same document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from kg.judgement.entries import PAIRS, Entry, Place
from kg.judgement.history import in_force
from kg.resolve.records import Judgement

if TYPE_CHECKING:
    from kg.resolve.table import Table


class Ground:
    """The claims and entities of some documents, to be found by id and by words."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._words: dict[str, set[str]] = {}
        self._ids: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
        for table in tables:
            for claim in table.claims:
                self._add("claim", table.document, claim.id, claim.start, (claim.quote,))
            for entity in table.entities:
                self._add("entity", table.document, entity.id, _start(entity.id), (entity.name, *entity.aliases))

    def _add(self, sort: str, document: str, id: str, start: int, words: Sequence[str]) -> None:
        folded = [_fold(text) for text in words]
        self._words[id] = set(folded)
        # Entities are found by their own name only: two of one document may share a short one.
        self._ids[sort, document, folded[0]].append((start, id))

    def find(self, sort: str, place: Place) -> str:
        """The id that the thing at a place has now; "" where those words are no claim, or name no entity, any more.

        Of several claims with the same words, the nearest.
        """
        words = _fold(place.quote)
        if words in self._words.get(place.thing, ()):
            return place.thing
        some = self._ids.get((sort, place.document, words), [])
        start = place.selectors[0].start
        return min(some, key=lambda one: (abs(one[0] - start), one))[1] if some else ""


def attached(entries: Iterable[Entry], ground: Ground) -> tuple[list[Entry], list[Entry]]:
    """The entries with the ids that their things have now, and those (as they are) of which a thing is no longer there."""
    found: list[Entry] = []
    lost: list[Entry] = []
    for entry in entries:
        sort = "entity" if entry.subject == "entities" else "claim"
        now = [ground.find(sort, place) for place in entry.places]
        if not all(now) or len(set(now)) < len(now):
            lost.append(entry)
        elif entry.subject in PAIRS:
            found.append(msgspec.structs.replace(entry, a=min(now), b=max(now)))
        else:
            found.append(msgspec.structs.replace(entry, a=now[0]))
    return found, lost


def applicable(entries: Sequence[Entry], tables: Iterable[Table]) -> list[Judgement]:
    """The judgements in force on what is in the tables now, sorted by id: what the work across documents takes."""
    documents = {place.document for entry in entries for place in entry.places}
    found, _ = attached(entries, Ground(table for table in tables if table.document in documents))
    return [entry.judgement for entry in in_force(found)]


def _fold(text: str) -> str:
    return " ".join(text.split())


def _start(id: str) -> int:
    """Where an entity's first mention begins, which its id ends in."""
    digits = id.rpartition("-e")[2].partition("-")[0]
    return int(digits) if digits.isdecimal() else 0
