"""A resolution seen from the gold: which groups, links and origins of the one are which of the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from benchmarks.across import match
from benchmarks.across.gold import Gold, GoldMention
from kg.records import Claim, Reading
from kg.resolve.records import Link, LinkKind, Resolution

UnitPair = tuple[str, str]


@dataclass(frozen=True)
class View:
    """Gold, readings by file, the resolution, and what was matched: `claim_of` gives the reader's claim for the gold's."""

    gold: Gold
    readings: Mapping[str, Reading]
    resolution: Resolution
    claim_of: Mapping[str, str]
    entity_of: Mapping[GoldMention, str]

    @cached_property
    def gold_of(self) -> dict[str, str]:
        """The gold claim for the reader's claim."""
        return {ours: gold for gold, ours in self.claim_of.items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """The gold's group, or itself, for each gold claim."""
        return self.gold.units()

    @cached_property
    def cluster(self) -> dict[str, str]:
        """The id of the resolution's group for each of its claims."""
        return {claim: group.id for group in self.resolution.groups for claim in group.claims}

    @cached_property
    def origin(self) -> dict[str, str]:
        """Group and origin for each claim that has one."""
        groups = self.resolution.groups
        return {claim: f"{g.id} {origin.id}" for g in groups for origin in g.origins for claim in origin.claims}

    @cached_property
    def resolved(self) -> dict[str, str]:
        """The resolved entity for each entity of a document; those that are in none are by themselves."""
        return {member: one.id for one in self.resolution.entities for member in one.members}

    @cached_property
    def claims(self) -> dict[str, tuple[str, Claim]]:
        """The reader's claims with their files, by id."""
        return {claim.id: (file, claim) for file, reading in self.readings.items() for claim in reading.claims}

    @cached_property
    def _cluster_unit(self) -> dict[str, str]:
        """The gold's group that most claims of a group of the resolution are in."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for claim, group in self.cluster.items():
            if claim in self.gold_of:
                votes[group][self.units[self.gold_of[claim]]] += 1
        return {group: min(count, key=lambda unit: (-count[unit], unit)) for group, count in votes.items()}

    @cached_property
    def _held(self) -> dict[str, str]:
        return {c: self.units[one] for c, one in match.holders(self.gold, self.readings, self.claim_of).items()}

    def as_held(self, link: Link) -> UnitPair:
        """What a link joins, where a claim that holds a gold claim among other words stands for it."""
        a, b = (self.unit(claim) or self._held.get(claim, "") for claim in (link.a, link.b))
        return a, b

    def unit(self, claim: str) -> str:
        """The gold's group (or claim) that one of the reader's claims stands for; "" where it is none of the gold's.

        A claim that no gold claim matches stands for what its group stands for.
        """
        if claim in self.gold_of:
            return self.units[self.gold_of[claim]]
        return self._cluster_unit.get(self.cluster.get(claim, ""), "")

    def pair(self, link: Link) -> tuple[str, str]:
        """What a link joins, each side named by its gold group or else by the resolution's group, or itself."""
        a, b = (self.unit(c) or f"other {self.cluster.get(c, c)}" for c in (link.a, link.b))
        return a, b

    def links(self, kind: LinkKind, ordered: bool) -> dict[UnitPair, list[Link]]:
        """The links of a kind by what they join; links between the same two groups are together.

        `ordered`: from a to b is not from b to a.
        """
        found: dict[UnitPair, list[Link]] = defaultdict(list)
        for link in self.resolution.links:
            if link.kind == kind:
                a, b = self.pair(link)
                found[(a, b) if ordered else (min(a, b), max(a, b))].append(link)
        return dict(found)

    def system_cluster(self, gold_claim: str) -> str:
        """The group of the resolution that a gold claim came to be in; one of its own where it is not found or grouped."""
        ours = self.claim_of.get(gold_claim)
        return f"alone {gold_claim}" if ours is None else self.cluster.get(ours, f"alone {gold_claim}")

    def system_entity(self, mention: GoldMention) -> str:
        """The resolved entity that a gold mention came to name; one of its own where it is not found."""
        ours = self.entity_of.get(mention)
        if ours is None:
            return f"alone {mention.file} {mention.span.start}"
        return self.resolved.get(ours, ours)


def unmatched(pair: UnitPair) -> bool:
    """Whether a side of the pair is no claim of the gold."""
    return any(side.startswith("other ") for side in pair)
