"""What documents have in common beside a name: the evidence that two of them tell of the same people.

A document's features are the other names that it holds, as they sound, the days that its claims speak of, and its publisher.
A feature of very many documents says little. Nothing here looks at pairs of documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Final

from kg.resolve.naming import COMMON, FEATURES, NameForm, thing_name
from kg.resolve.spelling import ascii_words, skeleton, sounds
from kg.resolve.table import Table
from kg.resolve.units import Record, Unit

RARE: Final = 30
"""Documents that a feature may be of before it begins to count for less."""
HALF: Final = 0.5
"""Weight of a day, a figure, a publisher or a name of common words beside a name's 1."""
FIGURE: Final = 20
"""Figures from which on one says something."""
SHOWN: Final = 3
"""Shared features that a reason shows."""
Feature = tuple[str, str]


def sound_of(form: NameForm) -> str:
    """A name as a feature: a person by the surname, anything else by its own words ("Verkhan" of "Verkhan Dam")."""
    if form.kind in ("acronym", "common"):
        return form.key
    own = tuple(word for word in form.words if word not in FEATURES)
    return _heard((form.surname,) if form.person else own or form.words)


def _heard(words: Sequence[str]) -> str:
    bones = "".join(map(skeleton, words))
    return bones if len(bones) > 2 else "".join(map(sounds, words))


@dataclass(frozen=True, slots=True)
class Company:
    """What documents have in common: what it is `worth`, 1 for a name of few documents, and the best of it in words."""

    worth: float
    shown: tuple[str, ...] = ()

    def words(self) -> tuple[str, ...]:
        """The reason in words; none where there is nothing."""
        return (f"both with {', '.join(self.shown)}",) if self.shown else ()


class Context:
    """The features of all documents, and how often each occurs."""

    def __init__(self, tables: Sequence[Table], records: Iterable[Record]) -> None:
        self.of: list[set[Feature]] = [_own(table) for table in tables]
        self.files = [table.file or table.document for table in tables]
        self.dates = [table.date for table in tables]
        self.publishers = [" ".join(ascii_words(table.publisher)) for table in tables]
        self._names: dict[Feature, str] = {}
        for record in records:
            if record.row.nested:
                continue
            for feature, name in features_of(record).items():
                self.of[record.document].add(feature)
                self._names[feature] = min(name, self._names.get(feature, name))
        self.count: Counter[Feature] = Counter(feature for some in self.of for feature in some)

    def weight(self, feature: Feature) -> float:
        """What a feature is worth: 1 for a name of few documents, less for days, publishers and what is everywhere."""
        share = min(1.0, RARE / self.count[feature])
        return share if feature[0] == "name" else HALF * share

    def around(self, documents: Iterable[int]) -> Counter[Feature]:
        """Features of documents, with the number of those documents that have each."""
        return Counter(feature for document in documents for feature in self.of[document])

    def company(self, a: set[int], b: set[int], but: Set[Feature]) -> Company:
        """What two sets of documents have in common beside the features `but`, those of the compared themselves.

        A feature counts once for all that the documents share; a document in both says nothing and counts not.
        """
        few, many = (a, b) if len(a) <= len(b) else (b, a)
        return self.shared(self.around(few), self.around(many), but)

    def shared(self, a: Counter[Feature], b: Counter[Feature], but: Set[Feature]) -> Company:
        """The same of features already counted."""
        few, many = (a, b) if len(a) <= len(b) else (b, a)
        found = sorted((f for f in few if f in many and f not in but), key=lambda f: (-self.weight(f), f))
        worth = {self.words(f): self.weight(f) for f in reversed(found)}  # two features of one name count once
        return Company(sum(worth.values()), tuple(dict.fromkeys(map(self.words, found)))[:SHOWN])

    def share(self, documents: Iterable[int], around: Counter[Feature], but: Set[Feature]) -> float:
        """How well an entity of the documents that `around` counts fits into `documents`, by the features they share.

        Each counts by how many of the other documents that have it also have the entity.
        """
        here = self.around(documents)
        # Features come in no order: summed exactly, so that equal evidence is equal in every process.
        return math.fsum(
            self.weight(feature) * min(1.0, inside / max(1, self.count[feature] - number))
            for feature, number in here.items()
            if feature not in but and (inside := around.get(feature, 0))
        )

    def words(self, feature: Feature) -> str:
        """A feature as a person reads it."""
        return self._names.get(feature, feature[1])


def features_of(record: Record) -> dict[Feature, str]:
    """The features that the names of a record are, with the name."""
    found: dict[Feature, str] = {}
    for form in record.forms:
        if form.kind == "office":
            continue
        found["common" if form.kind == "common" else "name", sound_of(form)] = form.text
        if not form.person and len(form.words) == 2 and form.words[-1] not in COMMON | FEATURES:
            found["name", _heard(form.words[-1:])] = (
                form.text
            )  # a person's name, where the reader took it for a place's
    return found


def own_features(units: Iterable[Unit]) -> frozenset[Feature]:
    """The features that the names of units are: no evidence for them."""
    return frozenset(feature for unit in units for record in unit.records for feature in features_of(record))


def _own(table: Table) -> set[Feature]:
    """What a document has beside its entities: days, figures, its publisher, who is a name as well."""
    found: set[Feature] = {
        ("day", date) for claim in table.claims for date in claim.dates if len(date) == len("2031-01-01")
    }
    for claim in table.claims:
        for figure in claim.figures:
            if (
                figure.minimum is not None
                and figure.minimum == figure.maximum
                and figure.minimum >= FIGURE
                and figure.of
            ):
                found.add(("figure", f"{figure.minimum:g} {figure.of.split()[-1].lower()}"))
    if publisher := thing_name(table.publisher) if table.publisher else None:
        found |= {
            ("publisher", publisher.key),
            ("common" if publisher.kind == "common" else "name", sound_of(publisher)),
        }
    return found
