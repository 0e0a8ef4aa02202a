"""The figures: entities and groups (B³), conflicts, supports, confirmations, origins, reused text. See ../README.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, TypeVar

from benchmarks.across import match
from benchmarks.across.gold import Gold
from benchmarks.across.view import UnitPair, View, unmatched
from kg.document import Span
from kg.records import Reading
from kg.resolve.records import Link, Resolution

Thing = TypeVar("Thing", bound=Hashable)

REUSED: Final = 0.5
"""Share of a passage's words that must be in the other's for the two to be the same passage."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `of`."""

    right: float = 0.0
    of: float = 0.0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float:
        """0 to 1; 1 where there was nothing to get right."""
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """Precision and recall. `apart` are those of the system's that touch a claim outside the gold: they count as wrong.

    Only those count neither way that say again, of a claim that holds a gold claim among other words, what the gold says.
    """

    precision: Share = field(default_factory=Share)
    recall: Share = field(default_factory=Share)
    apart: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.precision + other.precision, self.recall + other.recall, self.apart + other.apart)

    @property
    def f1(self) -> float:
        p, r = self.precision.value, self.recall.value
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of a story, or of stories together; scores of several stories can be added."""

    mentions: Share = field(default_factory=Share)
    entities: Found = field(default_factory=Found)
    person_merges: int = 0
    """Persons that are one with another by mistake, of which `person_merges_read` were so in one document already."""
    person_merges_read: int = 0
    claims: Share = field(default_factory=Share)
    groups: Found = field(default_factory=Found)
    conflicts: Found = field(default_factory=Found)
    kinds: Share = field(default_factory=Share)
    compatible: int = 0
    """Compatible pairs that are called conflicts."""
    supports: Found = field(default_factory=Found)
    confirmations: Found = field(default_factory=Found)
    origins: Share = field(default_factory=Share)
    origins_grouped: Share = field(default_factory=Share)
    """The same for the groups that were found whole."""
    reused: Found = field(default_factory=Found)

    def __add__(self, other: Scores) -> Scores:
        return Scores(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Scores)})


def view_of(
    gold: Gold, readings: Mapping[str, Reading], resolution: Resolution, claims: Mapping[str, str] | None = None
) -> View:
    """The resolution of these readings (by file) seen from the gold. `claims`: gold claim to the reader's, if known."""
    matched = match.claims(gold, readings) if claims is None else claims
    return View(gold, readings, resolution, matched, match.mentions(gold, readings))


def score(view: View, lenient: bool = False) -> Scores:
    """The figures. `lenient`: links that touch a claim outside the gold are left out instead of being wrong."""
    conflicts, kinds = _conflicts(view, lenient)
    whole = [exact for exact, together in _origins(view) if together]
    all_ = [exact for exact, _ in _origins(view)]
    merges, read = person_merges(view)
    return Scores(
        mentions=Share(len(view.entity_of), len(view.gold.mentions)),
        entities=bcubed(
            {m: m.entity for m in view.gold.mentions}, {m: view.system_entity(m) for m in view.gold.mentions}
        ),
        person_merges=merges,
        person_merges_read=read,
        claims=Share(len(view.claim_of), len(view.gold.claims)),
        groups=bcubed(view.units, {claim: view.system_cluster(claim) for claim in view.gold.claims}),
        conflicts=conflicts,
        kinds=kinds,
        compatible=len(flagged(view)),
        supports=_found(view, view.links("support", True), gold_supports(view), lenient),
        confirmations=_found(view, system_confirmations(view), gold_confirmations(view), lenient),
        origins=Share(sum(all_), len(all_)),
        origins_grouped=Share(sum(whole), len(whole)),
        reused=_reused(view),
    )


def bcubed(gold: Mapping[Thing, str], system: Mapping[Thing, str]) -> Found:
    """B³ (Bagga and Baldwin 1998) of two clusterings of the same things, each given as thing to cluster."""
    ours = Counter(system.values())
    theirs = Counter(gold.values())
    both = Counter((gold[thing], system[thing]) for thing in gold)
    precision = sum(n * n / ours[mine] for (_, mine), n in both.items())
    recall = sum(n * n / theirs[one] for (one, _), n in both.items())
    return Found(Share(precision, len(gold)), Share(recall, len(gold)))


def person_merges(view: View) -> tuple[int, int]:
    """How many gold persons too few there are since persons are one, and how many of them one document's reading merged."""
    total = read = 0
    for some in merged_persons(view).values():
        persons = {person for person, _ in some}
        total += len(persons) - 1
        homes: dict[str, set[str]] = defaultdict(set)
        for person, entity in some:
            homes[entity].add(person)
        read += len(persons) - len(_components(persons, homes.values()))
    return total, read


def merged_persons(view: View) -> dict[str, set[tuple[str, str]]]:
    """Resolved entities that hold several gold persons: the pairs of person and entity of a document."""
    held: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for mention, entity in view.entity_of.items():
        if view.gold.types[mention.entity] == "person":
            held[view.system_entity(mention)].add((mention.entity, entity))
    return {one: some for one, some in sorted(held.items()) if len({person for person, _ in some}) > 1}


def _components(nodes: Iterable[str], edges: Iterable[set[str]]) -> list[set[str]]:
    found = [{node} for node in nodes]
    for edge in edges:
        touched = [one for one in found if one & edge]
        found = [one for one in found if not one & edge] + [set().union(*touched)]
    return found


def gold_conflicts(view: View) -> dict[UnitPair, set[str]]:
    """The pairs of groups that conflict, with the kinds that the gold gives."""
    pairs: dict[UnitPair, set[str]] = defaultdict(set)
    for one in view.gold.conflicts:
        a, b = sorted((view.units[one.a], view.units[one.b]))
        pairs[a, b].add(one.kind)
    return dict(pairs)


def gold_supports(view: View) -> set[UnitPair]:
    """The pairs of groups of which the first supports the second."""
    return {(view.units[a], view.units[b]) for a, b in view.gold.supports}


def gold_confirmations(view: View) -> set[UnitPair]:
    """Claims that confirm, each with the group that it confirms."""
    return {(a, view.units[b]) for a, b in view.gold.confirmations}


def system_confirmations(view: View) -> dict[UnitPair, list[Link]]:
    """The resolution's confirmations in the same terms."""
    found: dict[UnitPair, list[Link]] = defaultdict(list)
    for link in view.resolution.links:
        if link.kind == "confirmation":
            found[view.gold_of.get(link.a, f"other {link.a}"), view.pair(link)[1]].append(link)
    return found


def flagged(view: View) -> set[UnitPair]:
    """Compatible pairs of groups that the resolution calls conflicts."""
    pairs = {(min(p), max(p)) for a, b in view.gold.compatible for p in [(view.units[a], view.units[b])]}
    return {pair for pair in view.links("conflict", False) if pair in pairs - gold_conflicts(view).keys()}


def _found(view: View, system: Mapping[UnitPair, list[Link]], gold: Iterable[UnitPair], lenient: bool) -> Found:
    wanted = set(gold)
    right = len(wanted & system.keys())
    outside = [pair for pair in system if unmatched(pair)]
    again = sum(any(is_again(view, link, wanted) for link in system[pair]) for pair in outside)
    apart = len(outside) - again
    return Found(Share(right, len(system) - again - (apart if lenient else 0)), Share(right, len(wanted)), apart)


def is_again(view: View, link: Link, gold: set[UnitPair]) -> bool:
    """Whether a link of a claim that holds a gold claim says what the gold says of the claim held, or joins it to itself."""
    a, b = view.as_held(link)
    if link.kind == "conflict":
        return (a, b) in gold or (b, a) in gold
    return bool(a) and (a == b or (a, b) in gold)


def _conflicts(view: View, lenient: bool) -> tuple[Found, Share]:
    system, gold = view.links("conflict", False), gold_conflicts(view)
    right = [pair for pair in gold if pair in system]
    kinds = sum(any(link.conflict in gold[pair] for link in system[pair]) for pair in right)
    return _found(view, system, gold, lenient), Share(kinds, len(right))


def split(view: View, place: int) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The found claims of a gold group by origin: as the gold has them, and as the resolution has them."""
    found = [claim for claim in view.gold.groups[place] if claim in view.claim_of]
    ours: dict[str, set[str]] = defaultdict(set)
    for claim in found:
        own = view.claim_of[claim]
        ours[view.origin.get(own, f"alone {own}")].add(claim)
    parts = (frozenset(c for c in one if c in view.claim_of) for one in view.gold.origins.get(place, ()))
    return {one for one in parts if one}, set(map(frozenset, ours.values()))


def _origins(view: View) -> list[tuple[bool, bool]]:
    """For every gold group with two found claims or more: whether its origins are exact, and whether it is in one group."""
    out = []
    for place, group in enumerate(view.gold.groups):
        found = [claim for claim in group if claim in view.claim_of]
        if len(found) > 1:
            theirs, ours = split(view, place)
            out.append((theirs == ours, len({view.system_cluster(claim) for claim in found}) == 1))
    return out


def _reused(view: View) -> Found:
    hit, false, ours = reuse(view)
    return Found(Share(ours - len(false), ours), Share(sum(hit), len(hit)))


def reuse(view: View) -> tuple[list[bool], list[tuple[str, str, Span]], int]:
    """Which gold passages were found, the system's passages that are none of the gold's, and how many it has in all."""
    name = {reading.document.id: file for file, reading in view.readings.items()}
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)  # both ways round; spans in the first
    ours = []
    for one in view.resolution.reuses:
        for at, there in map(_spans, one.passages):
            found[name[one.a], name[one.b]].append(at)
            found[name[one.b], name[one.a]].append(there)
            ours.append((name[one.a], name[one.b], at, there))
    hit = [_covered(view, g.a, g.span, found[g.a, g.b]) for g in view.gold.reused]
    gold: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for g in view.gold.reused:
        gold[g.a, g.b].append(g.span)
    false = [
        (a, b, at)
        for a, b, at, there in ours
        if not (_covered(view, a, at, gold[a, b]) or _covered(view, b, there, gold[b, a]))
    ]
    return hit, false, len(ours)


def _spans(passage: Any) -> tuple[Span, Span]:
    """Where a shared passage stands in both documents: as a pair of spans, or of selectors."""
    if isinstance(passage, tuple):
        return passage[0], passage[1]
    return passage.a.span, passage.b.span


def _covered(view: View, file: str, span: Span, by: Iterable[Span]) -> bool:
    text = view.readings[file].document.text
    wanted = match.words_in(text, span)
    have = {word for one in by for word in match.words_in(text, one)}
    return bool(wanted) and len(wanted & have) >= REUSED * len(wanted)
