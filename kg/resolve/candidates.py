"""What a weak name may stand for, by the names alone: whose surname it is, whose initials, which longer name it is short for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kg.claims.names import WELL_KNOWN, initials
from kg.resolve.full_names import place_words
from kg.resolve.naming import (
    COMMON,
    FEATURES,
    NameForm,
    is_firm,
    nation_words,
    one_word,
    persons_relation,
    without_country,
)
from kg.resolve.spelling import alike, skeleton
from kg.resolve.units import Unit
from kg.resolve.weighing import INITIALS, SURNAME, Candidate, Weighing

ACRONYM: Final = "acronym"
SHORTER: Final = "shorter form of one name"
TYPED: Final = "same name"
SAME_SURNAME: Final = 0.93
"""How alike a surname alone must be to one of a full name."""
OWN: Final = 2
"""How many times as many documents as a long name its short form may be in."""
LINKS: Final = frozenset("of for on against in".split())
"""Words after which a body's name says what it deals with or where it is."""
OWN_WORDS: Final = 4
"""Words of a firm's name, without its legal form, that texts may call by its first."""
OWN_LETTERS: Final = 4
"""Letters of a first word that is a firm's own name."""


class Index:
    """Clusters by what weak names of them are looked up under."""

    def __init__(self, weighing: Weighing) -> None:
        self.weighing = weighing
        self.surnames: dict[str, dict[int, set[NameForm]]] = defaultdict(lambda: defaultdict(set))
        self.given: dict[str, dict[int, set[NameForm]]] = defaultdict(lambda: defaultdict(set))
        self.introduced: dict[str, dict[int, str]] = defaultdict(dict)
        self.fitting: dict[str, dict[int, str]] = defaultdict(dict)
        self.things: dict[str, set[int]] = defaultdict(set)
        self.acronyms: dict[str, set[int]] = defaultdict(set)
        self.longer: dict[tuple[str, ...], dict[int, NameForm]] = defaultdict(dict)
        units = weighing.clusters.units
        self.firms: set[int] = set()
        self.places = place_words(units)
        for root, members in weighing.members.items():
            for at in members:
                self._add(root, units[at])

    def _add(self, root: int, unit: Unit) -> None:
        name = unit.name
        if name.kind == "full" and len(name.words) > 1 and (name.person or len(name.words) < 4):
            self.surnames[skeleton(name.surname)][root].add(name)
            if name.person:
                self.given[name.words[0]][root].add(name)
        if name.kind == "acronym":
            self.acronyms[name.key] |= unit.documents
        if not name.person:
            if any(map(is_firm, unit.forms())):
                self.firms.add(root)
            if name.kind == "full":
                self.things["".join(map(skeleton, name.words))].add(root)
            self._add_thing(root, unit)

    def _add_thing(self, root: int, unit: Unit) -> None:
        for record in unit.records:
            for form in record.forms:
                if form.kind == "acronym" and unit.name.kind != "acronym":
                    file = self.weighing.context.files[record.document]
                    self.introduced[form.key][root] = min(file, self.introduced[form.key].get(root, file))
        if unit.name.kind in ("full", "common") and len(unit.name.words) > 1:
            for letters in initials(unit.first.row.name):
                self.fitting[letters.lower()][root] = unit.name.text
            for words in short_forms(unit, self.places):
                self.longer[words][root] = unit.name

    def candidates(self, root: int, unit: Unit) -> list[Candidate]:
        """What a unit of a cluster may stand for, by its names alone."""
        name = unit.name
        if name.kind == "surname":
            return [*self._by_surname(unit), *self._as_thing(root, name)]
        if name.kind == "initials":
            return list(self._by_initials(name))
        if name.kind == "acronym":
            return list(self._by_acronym(name))
        if name.person:
            return list(self._as_shorter(root, name))
        others = sorted(
            {f for r in unit.records for f in r.forms if f.kind == "full" and f != name}, key=lambda f: f.key
        )
        return [one for form in (name, *others) for one in self._by_longer(root, form)]

    def _by_surname(self, unit: Unit) -> Iterator[Candidate]:
        name = unit.name
        for root, full in sorted(self.surnames.get(skeleton(name.surname), {}).items()):
            likeness, best = max((alike(name.surname, one.surname), one.key) for one in full)
            named = min(one.text for one in full if one.key == best)
            person = any(one.person for one in full)
            inside = not self.weighing.clusters.documents[root].isdisjoint(unit.documents)
            close = likeness >= SAME_SURNAME and len(skeleton(name.surname)) > 2
            if (close or name.surname in {one.surname for one in full}) and (person or (inside and likeness == 1)):
                reason = f"{name.text} is the surname of {named}"
                score = 0.9 if likeness == 1 and name.surname in {one.surname for one in full} else 0.8 * likeness
                yield Candidate(root, SURNAME, score, 1.5, reason)
        for root, full in sorted(self.given.get(name.surname, {}).items()):
            here = self.weighing.clusters.documents[root]
            if not here.isdisjoint(unit.documents):
                named = min(one.text for one in full)
                yield Candidate(root, SURNAME, 0.7, 1.5, f"{name.text} begins the name {named} in the same document")

    def _as_thing(self, own: int, name: NameForm) -> Iterator[Candidate]:
        for root in sorted(self.things.get(skeleton(name.surname), ())):
            for unit in self.weighing.units(root):
                if not unit.name.person and len(unit.name.words) == 1 and one_word(unit.name.key, name.key):
                    same = unit.name.key == name.key
                    reason = "same name, read as another type" if same else f"{name.text} / {unit.name.text}"
                    yield Candidate(root, TYPED, 0.9 if same else 0.8, 1.0, reason)
                    break
        yield from self._as_shorter(own, name)

    def _as_shorter(self, own: int, name: NameForm) -> Iterator[Candidate]:
        documents = len(self.weighing.clusters.documents[own])
        for root, long in sorted(self.longer.get(name.words, {}).items()):
            named = long.words[-1] in FEATURES or self._calls_firm(name, root, long)
            if named and not self._own_name(documents, root):
                yield Candidate(root, SHORTER, 0.75, 1.5, f"{name.text} is short for {long.text}")

    def _by_initials(self, name: NameForm) -> Iterator[Candidate]:
        for root, full in sorted(self.surnames.get(skeleton(name.surname), {}).items()):
            for one in sorted(full, key=lambda form: form.key):
                relation, score = persons_relation(name, one)
                if relation == "initials":
                    yield Candidate(root, INITIALS, score, 1.0, f"initials of one name: {name.text} / {one.text}")
                    break

    def _by_acronym(self, name: NameForm) -> Iterator[Candidate]:
        letters = name.key
        introduced = self.introduced.get(letters, {})
        for root, file in sorted(introduced.items()):
            full = min(unit.name.text for unit in self.weighing.units(root))
            needed = 0.0 if len(letters) > 3 else 0.5
            reason = f"acronym {letters.upper()} introduced with {full} in {file}"
            yield Candidate(root, ACRONYM, 0.95, needed, reason)
        fitting = {} if introduced or len(letters) < 3 else self.fitting.get(letters, {})
        for root, full in sorted(fitting.items()):
            if not self._own_name(len(self.acronyms[letters]), root):
                yield Candidate(root, ACRONYM, 0.75, 1.5, f"acronym {letters.upper()} fits {full} alone")

    def _by_longer(self, root: int, name: NameForm) -> Iterator[Candidate]:
        own = len(self.weighing.clusters.documents[root])
        kind = self.weighing.kind(root)
        for other, long in sorted(self.longer.get(name.words, {}).items()):
            feature = long.words[-1] in FEATURES
            parent = " ".join(long.words[:2]) in WELL_KNOWN.values()
            if long.words == name.words or (self._own_name(own, other) and not parent):
                continue
            firm = kind != "group" and self._calls_firm(name, other, long)
            if not (feature or firm) and (kind == "place" or (other in self.firms and name.words == long.words[:1])):
                continue
            needed = 1.5 if len(name.words) == 1 else 1.0
            yield Candidate(other, SHORTER, 0.75, needed, f"{name.text} is short for {long.text}")

    def _calls_firm(self, name: NameForm, root: int, long: NameForm) -> bool:
        """Whether a name is the first word of a firm's, and of no person: "Green" is not short for Green Energy Ltd where
        there is a Mara Green."""
        return root in self.firms and name.words == long.words[:1] and skeleton(name.key) not in self.surnames

    def _own_name(self, documents: int, longer: int) -> bool:
        """Whether a short form is in so many more documents than the long name that it is a name of its own ("Congress")."""
        return documents > OWN * max(len(self.weighing.clusters.documents[longer]), 1)


def short_forms(unit: Unit, places: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The words of a thing's name without those that texts leave out: a country or parent, the first words, "of …", "River".

    The noun that the name is built on always stays: "Brussels" is not short for "University of Brussels". Of a firm's name the
    first word may be all: "Marvela" for Marvela Holdings SA.
    """
    words = unit.name.words
    core, country = without_country(words, places)
    if country and core:
        yield core
    if " ".join(words[:2]) in WELL_KNOWN.values() and len(words) > 2:
        yield words[2:]
    if any(record.row.type in ("organization", "group", "event", "work") for record in unit.records):
        link = next((n for n, word in enumerate(words) if n and word in LINKS), len(words))
        short = [words[first:] for first in {1, link - 1} if 0 < first < link]
        if 0 < link < len(words):
            short += [words[:link], words[link - 1 : link]]
        if any(map(is_firm, unit.forms())) and 1 < len(words) == link <= OWN_WORDS and _is_own(words[0], places):
            short.append(words[:1])
        yield from (form for form in short if len(form) > 1 or form[0] not in COMMON)
    if len(words) > 1 and words[-1] in FEATURES:
        yield words[:-1]


def _is_own(word: str, places: frozenset[str]) -> bool:
    """Whether a firm's first word may be its own name: no place's, no nation's ("British"), and no short word."""
    return len(word) >= OWN_LETTERS and word not in places and word not in nation_words()
