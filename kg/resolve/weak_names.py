"""Names that stand for nobody by themselves, tied to the one entity that the documents around them tell of.

A surname, initials or an acronym joins the one candidate that fits and whose documents share enough with its own: names,
days, a publisher, an office. Where two fit, neither is taken unless one has several times the other's evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.claims.names import WELL_KNOWN, initials
from kg.resolve.clusters import Clusters, Edge
from kg.resolve.context import Company, Context, Feature, own_features
from kg.resolve.full_names import place_words
from kg.resolve.naming import COMMON, FEATURES, NameForm, one_word, persons_relation, without_country
from kg.resolve.spelling import alike, skeleton
from kg.resolve.units import Office, Unit, main_type

SURNAME: Final = "surname"
INITIALS: Final = "initials"
ACRONYM: Final = "acronym"
SHORTER: Final = "shorter form of one name"
TYPED: Final = "same name"
CLEAR: Final = 2.0
"""How many times as much evidence as the next one a candidate needs."""
CLEAR_PERSON: Final = 3.0
"""The same for people who share a surname."""
SAME_SURNAME: Final = 0.93
"""How alike a surname alone must be to one of a full name."""
OWN: Final = 2
"""How many times as many documents as a long name its short form may be in."""
MANY: Final = 24
"""Candidates of a name that are all weighed; of more, only those that are named in documents sharing a name."""
LINKS: Final = frozenset("of for on against in".split())
"""Words after which a body's name says what it deals with or where it is."""
POSTINGS: Final = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cluster that a weak name may stand for: how, how surely by the name alone, how much evidence it needs, and why."""

    root: int
    method: str
    score: float
    needed: float
    reason: str


class Weighing:
    """Candidates weighed against a unit's documents, over clusters that do not change meanwhile."""

    def __init__(self, clusters: Clusters, context: Context) -> None:
        self.clusters, self.context = clusters, context
        self.members = clusters.members()
        self._around: dict[int, Counter[Feature]] = {}
        self._own: dict[int, frozenset[Feature]] = {}
        self._offices: dict[int, frozenset[Office]] = {}
        self._by_feature: dict[Feature, set[int]] = defaultdict(set)
        for document, features in enumerate(context.of):
            for feature in features:
                if context.count[feature] <= POSTINGS:
                    self._by_feature[feature].add(document)

    def units(self, root: int) -> list[Unit]:
        """The units of a cluster."""
        return [self.clusters.units[at] for at in self.members[root]]

    def around(self, root: int) -> Counter[Feature]:
        """Features of the documents of a cluster."""
        if root not in self._around:
            self._around[root] = self.context.around(sorted(self.clusters.documents[root]))
        return self._around[root]

    def kind(self, root: int) -> str:
        """What a cluster is, by most of its documents."""
        return main_type(record for unit in self.units(root) for record in unit.records)

    def own(self, root: int) -> frozenset[Feature]:
        """Features that its own names are."""
        if root not in self._own:
            self._own[root] = own_features(self.units(root))
        return self._own[root]

    def offices(self, root: int) -> frozenset[Office]:
        """All offices of a cluster."""
        if root not in self._offices:
            self._offices[root] = frozenset(office for unit in self.units(root) for office in unit.offices())
        return self._offices[root]

    def choose(self, root: int, candidates: Sequence[Candidate]) -> tuple[Edge | None, Edge | None]:
        """The edge to the one candidate that the documents point to; or else one to the best, for a person to judge."""
        some = self._near(root, candidates) if len(candidates) > MANY else candidates
        weighed = sorted((self._weigh(root, one) for one in some), key=lambda w: (-w.total, w.candidate.root))
        if not weighed:
            return None, None
        best, others = weighed[0], [w for w in weighed[1:] if w.candidate.root != weighed[0].candidate.root]
        edge = best.edge(root)
        if best.company.worth <= 0 and not best.office and not best.inside:
            return (edge, None) if best.candidate.needed <= 0 and not others else (None, None)
        alone = bool(best.office) and not any(w.office for w in others)
        times = CLEAR_PERSON if best.candidate.method in (SURNAME, INITIALS) else CLEAR
        clear = not others or alone or best.total >= times * others[0].total
        if best.candidate.method == SURNAME and any(self._is_rival(best, other) for other in others):
            clear = alone or (best.inside and not any(w.inside for w in others))  # two of one name in one story
        return (edge, None) if best.enough and clear else (None, edge)

    def _is_rival(self, best: Weighed, other: Weighed) -> bool:
        """Whether another bearer of a surname is near too, and not the same person spelt otherwise."""
        if other.candidate.method != SURNAME or other.company.worth <= 0:
            return False
        names = [[u.name for u in self.units(w.candidate.root) if not u.weak] for w in (best, other)]
        return not any(persons_relation(x, y)[0] for x in names[0] for y in names[1])

    def _near(self, root: int, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Candidates in documents that share a name that few documents have."""
        documents: set[int] = set()
        for feature in self.around(root):
            if feature not in self.own(root):
                documents |= self._by_feature.get(feature, set())
        return [one for one in candidates if not documents.isdisjoint(self.clusters.documents[one.root])]

    def _weigh(self, root: int, one: Candidate) -> Weighed:
        but = self.own(root) | self.own(one.root)
        mine, theirs = self.clusters.documents[root], self.clusters.documents[one.root]
        company = self.context.shared(self.around(root), self.around(one.root), but)
        office = shared_office(self.offices(root), self.offices(one.root))
        inside = not mine.isdisjoint(theirs)
        total = one.score * (
            self.context.share(sorted(mine), self.around(one.root), but) + 2 * bool(office) + 3 * inside
        )
        return Weighed(one, company, office, inside, total)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its evidence: what the documents share, the office that both hold, whether one document has both."""

    candidate: Candidate
    company: Company
    office: str
    inside: bool
    total: float

    @property
    def enough(self) -> bool:
        """Whether there is as much evidence as the kind of name needs."""
        needed = self.candidate.needed
        return self.inside or self.company.worth >= needed or (bool(self.office) and self.company.worth >= needed / 2)

    def edge(self, root: int) -> Edge:
        """The edge to the candidate, with its reasons."""
        one = self.candidate
        office = (f"the same office: {self.office}",) if self.office else ()
        within = ("both in one document",) if self.inside else ()
        score = one.score * min(1.0, 0.8 + 0.05 * self.company.worth + 0.1 * bool(self.office))
        reasons = (one.reason, *office, *within, *self.company.words())
        return Edge(root, one.root, round(score, 3), one.method, reasons, within=True)


def shared_office(some: Iterable[Office], others: Iterable[Office]) -> str:
    """An office that both hold, in words, or "": the same word, and neither says more than the other that does not fit."""
    mine = sorted(some, key=_office_key)
    theirs = sorted(others, key=_office_key)
    for a in mine:
        for b in theirs:
            if a.head == b.head and (a.rest <= b.rest or b.rest <= a.rest) and (not a.of or not b.of or a.of == b.of):
                longer = a if len(a.rest) >= len(b.rest) else b
                return " ".join((*sorted(longer.rest), longer.head))
    return ""


def _office_key(office: Office) -> tuple[str, list[str], str]:
    return office.head, sorted(office.rest), office.of


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
            return list(self._as_feature(root, name))
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
        yield from self._as_feature(own, name)

    def _as_feature(self, own: int, name: NameForm) -> Iterator[Candidate]:
        documents = len(self.weighing.clusters.documents[own])
        for root, long in sorted(self.longer.get(name.words, {}).items()):
            if long.words[-1] in FEATURES and not self._own_name(documents, root):
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
        place = self.weighing.kind(root) == "place"
        for other, long in sorted(self.longer.get(name.words, {}).items()):
            feature = long.words[-1] in FEATURES
            parent = " ".join(long.words[:2]) in WELL_KNOWN.values()
            if long.words == name.words or (place and not feature) or (self._own_name(own, other) and not parent):
                continue
            needed = 1.5 if len(name.words) == 1 else 1.0
            yield Candidate(other, SHORTER, 0.75, needed, f"{name.text} is short for {long.text}")

    def _own_name(self, documents: int, longer: int) -> bool:
        """Whether a short form is in so many more documents than the long name that it is a name of its own ("Congress")."""
        return documents > OWN * max(len(self.weighing.clusters.documents[longer]), 1)


def short_forms(unit: Unit, places: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The words of a thing's name without those that texts leave out: a country or parent, the first words, "of …", "River".

    The noun that the name is built on always stays: "Brussels" is not short for "University of Brussels".
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
        yield from (form for form in short if len(form) > 1 or form[0] not in COMMON)
    if len(words) > 1 and words[-1] in FEATURES:
        yield words[:-1]


def resolve_weak(
    clusters: Clusters, context: Context, kinds: Iterable[str]
) -> Iterator[tuple[Edge | None, Edge | None]]:
    """For each cluster whose names are all of some weak kinds, or short: the edge to what it stands for, or a possible one."""
    weighing = Weighing(clusters, context)
    index = Index(weighing)
    wanted = frozenset(kinds)
    for root in sorted(weighing.members):
        some = {unit.name: unit for unit in weighing.units(root)}
        if any(name.kind not in wanted for name in some):
            continue
        found = (one for unit in some.values() for one in index.candidates(root, unit) if one.root != root)
        best: dict[int, Candidate] = {}
        for one in found:
            if one.root not in best or one.score > best[one.root].score:
                best[one.root] = one
        candidates = list(best.values())
        if candidates:
            yield weighing.choose(root, candidates)


def same_weak(clusters: Clusters, context: Context, kinds: Mapping[str, float]) -> Iterator[Edge]:
    """Edges between documents' records of one weak name (kind → the evidence needed), where the documents share enough.

    Documents are met through the features that they share: for each, neighbours in the order of documents; no pair of
    documents is looked at that shares nothing.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for root, members in clusters.members().items():
        names = {clusters.units[at].name for at in members}
        kinds_here = {name.kind for name in names}
        if len({name.key for name in names}) == 1 and len(kinds_here) == 1 and kinds_here <= kinds.keys():
            name = clusters.units[members[0]].name
            groups[name.kind, name.key].append(root)
    for (kind, name_key), roots in sorted(groups.items()):
        if len(roots) > 1:
            yield from _same(clusters, context, sorted(roots), kinds[kind], name_key)


def _same(clusters: Clusters, context: Context, roots: list[int], needed: float, name: str) -> Iterator[Edge]:
    but = own_features(clusters.units[root] for root in roots)
    holders: dict[Feature, list[int]] = defaultdict(list)
    for root in roots:
        for feature in context.around(sorted(clusters.documents[root])):
            if feature not in but:
                holders[feature].append(root)
    shared: Counter[tuple[int, int]] = Counter()
    for feature in sorted(holders):
        some = holders[feature]
        for n, a in enumerate(some):
            for b in some[n + 1 : n + 1 + NEIGHBOURS]:
                shared[a, b] += 1
    for (a, b), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        company = context.company(clusters.documents[a], clusters.documents[b], but)
        office = shared_office(clusters.units[a].offices(), clusters.units[b].offices())
        if company.worth >= needed or (office and company.worth >= needed / 2):
            reasons = ("same name", *((f"the same office: {office}",) if office else ()), *company.words())
            score = round(min(0.9, 0.7 + 0.05 * company.worth), 3)
            yield Edge(a, b, score, TYPED, reasons)


NEIGHBOURS: Final = 6
"""Later documents with the same feature that a document is compared with."""
