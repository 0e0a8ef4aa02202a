"""What a weak name may stand for, weighed against the documents around it.

A candidate is taken where its documents share enough with the name's own: names, days, a publisher, an office; and where two
fit, only if one has several times the other's evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.resolve.clusters import Clusters, Edge
from kg.resolve.context import Company, Context, Feature, own_features
from kg.resolve.naming import persons_relation
from kg.resolve.units import Office, Unit, main_type

SURNAME: Final = "surname"
INITIALS: Final = "initials"
CLEAR: Final = 2.0
"""How many times as much evidence as the next one a candidate needs."""
CLEAR_PERSON: Final = 3.0
"""The same for people who share a surname."""
MANY: Final = 24
"""Candidates of a name that are all weighed; of more, only those that are named in documents sharing a name."""
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
