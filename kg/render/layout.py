"""Where everything stands: claims in rings around their speaker, speakers around their document, entities outside.

The page does no simulation of its own, so it opens at once. Speakers and entities that several documents share stand
between these documents. Only the documents and shared speakers, which are few, go through a force layout (networkx,
seeded); everything else is placed by geometry, so that ten thousand nodes take seconds. Units are canvas units: a
claim is 20 across.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.render.graph import ClaimNode, RenderGraph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 7
RING = 64.0  # between two rings of claims
GAP = 66.0  # between two claims of a ring
ONE_RING = 11
CLAIM = 26.0  # room a claim needs around its centre
ENTITY = 34.0
DOCUMENT = 44.0
ANGLES = 32
FORCE_LIMIT = 400  # networkx needs scipy for 500 nodes and more
WIDE = 1.45  # screens are wider than high

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """The disc around a document and what only it holds."""

    document: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A position for every node id, and the region of every document."""

    positions: dict[str, Point]
    regions: tuple[Region, ...]


@dataclass(slots=True)
class _Disc:
    """Some nodes that move together, around (0, 0)."""

    radius: float
    points: dict[str, Point] = field(default_factory=dict)

    def add(self, other: _Disc, at: Point) -> None:
        for key, (x, y) in other.points.items():
            self.points[key] = (x + at[0], y + at[1])
        self.radius = max(self.radius, math.hypot(*at) + other.radius)


def lay_out(graph: RenderGraph) -> Layout:
    """Positions for the whole graph: the same graph always gives the same positions, and no two nodes coincide."""
    by_speaker: dict[str, list[ClaimNode]] = defaultdict(list)
    for claim in graph.claims:
        by_speaker[claim.speaker].append(claim)
    homes = _homes(graph, by_speaker)
    speakers = {s.id: _flower(s.id, by_speaker[s.id]) for s in graph.speakers}
    local: dict[str, list[str]] = defaultdict(list)
    for speaker in graph.speakers:
        if homes[speaker.id]:
            local[homes[speaker.id]].append(speaker.id)
    own: dict[str, list[str]] = defaultdict(list)
    for entity in graph.entities:
        own[homes[entity.id]].append(entity.id)
    about = _about(graph)
    discs = {d.id: _document_disc(d.id, [speakers[s] for s in local[d.id]], own[d.id], about) for d in graph.documents}
    regions = {key: disc.radius + 14 for key, disc in discs.items()}
    discs |= {s.id: speakers[s.id] for s in graph.speakers if not homes[s.id]}
    whole, centres = _spread(graph, discs, homes)
    orphans = [c.id for c in graph.claims if c.id not in whole.points]
    _between(whole, list(discs.values()), centres, own[""] + orphans + [g.id for g in graph.groups], about)
    places = dict(zip(discs, centres, strict=True))
    rooms = tuple(Region(d.id, *places[d.id], regions[d.id]) for d in graph.documents)
    return Layout(whole.points, rooms)


def _about(graph: RenderGraph) -> dict[str, list[str]]:
    """The claims about each entity, and those of each group."""
    about: dict[str, list[str]] = defaultdict(list)
    for claim in graph.claims:
        for entity in claim.about:
            about[entity].append(claim.id)
    about.update((group.id, list(group.claims)) for group in graph.groups)
    return about


def _homes(graph: RenderGraph, by_speaker: dict[str, list[ClaimNode]]) -> dict[str, str]:
    """The one document that a speaker or entity belongs to, or "" where several documents share it."""
    known = {d.id for d in graph.documents}
    shared_speakers: set[str] = set()
    homes: dict[str, str] = {}
    claim_homes: dict[str, str] = {}
    for speaker in graph.speakers:
        found = {c.document for c in by_speaker[speaker.id]} or set(speaker.documents[:1])
        found &= known
        homes[speaker.id] = min(found) if len(found) == 1 else ""
        if not homes[speaker.id]:
            shared_speakers.add(speaker.id)
        claim_homes.update((c.id, homes[speaker.id]) for c in by_speaker[speaker.id])
    touched: dict[str, set[str]] = defaultdict(set)
    for claim in graph.claims:
        for entity in claim.about:
            touched[entity].add(claim_homes.get(claim.id, ""))
    for entity_node in graph.entities:
        places = touched[entity_node.id] or (set(entity_node.documents) & known)
        homes[entity_node.id] = min(places) if len(places) == 1 else ""
    return homes


def _flower(speaker: str, claims: Sequence[ClaimNode]) -> _Disc:
    """A speaker with the claims around it, clockwise in the order of the text, ring after ring."""
    disc = _Disc(CLAIM + 6, {speaker: (0.0, 0.0)})
    ordered = sorted(claims, key=lambda c: (c.document, c.spans[:1], c.id))
    done, ring = 0, 1
    while done < len(ordered):
        radius = ring * RING
        room = int(2 * math.pi * radius / GAP)
        if ring == 1 and room < len(ordered) <= ONE_RING:  # a few too many: a wider ring, not a second one
            room = len(ordered)
            radius = room * GAP / (2 * math.pi)
        here = ordered[done : done + room]
        for place, claim in enumerate(here):
            angle = 2 * math.pi * place / len(here) - math.pi / 2 + (ring % 2) * math.pi / 9
            disc.points[claim.id] = (radius * math.cos(angle), radius * math.sin(angle))
        disc.radius = radius + CLAIM
        done += room
        ring += 1
    return disc


def _document_disc(
    document: str, flowers: Sequence[_Disc], entities: Sequence[str], about: dict[str, list[str]]
) -> _Disc:
    """A document, its speakers' flowers around it (the largest first), and outside them the entities only it has."""
    disc = _Disc(DOCUMENT, {document: (0.0, 0.0)})
    packer = _Packer()
    packer.add(DOCUMENT, (0.0, 0.0))
    for flower in sorted(flowers, key=lambda f: (-f.radius, min(f.points))):
        disc.add(flower, packer.put(flower.radius, (0.0, 0.0), even=True))
    wanted = {e: _middle([disc.points[c] for c in about.get(e, ()) if c in disc.points]) for e in entities}
    for entity in sorted(entities, key=lambda e: (-len(about.get(e, ())), e)):
        disc.add(_Disc(ENTITY, {entity: (0.0, 0.0)}), packer.put(ENTITY, wanted[entity], even=True))
    return _centred(disc)


def _centred(disc: _Disc) -> _Disc:
    """The same disc around the middle of its contents, so that no room is wasted where they lie to one side."""
    import numpy as np

    points = np.array(list(disc.points.values()))
    centre = points.mean(axis=0)
    for step in range(1, 60):  # towards the farthest point, by less each time: nears the smallest circle around all
        farthest = points[((points - centre) ** 2).sum(axis=1).argmax()]
        centre = centre + (farthest - centre) / (step + 1)
    radius = float(np.sqrt(((points - centre) ** 2).sum(axis=1).max()))
    moved = {key: (x - float(centre[0]), y - float(centre[1])) for key, (x, y) in disc.points.items()}
    return _Disc(max(DOCUMENT, radius + CLAIM), moved)


def _spread(graph: RenderGraph, discs: dict[str, _Disc], homes: dict[str, str]) -> tuple[_Disc, list[Point]]:
    """Place the documents' discs and the shared speakers', those that share much near each other."""
    wanted = _force(graph, discs, homes)
    scale = 0.5 * math.sqrt(sum(d.radius**2 for d in discs.values()) or 1.0)
    whole, packer = _Disc(0.0), _Packer()
    places: dict[str, Point] = {}
    for key in sorted(discs, key=lambda k: (-discs[k].radius, k)):
        x, y = wanted.get(key, (0.0, 0.0))
        places[key] = packer.put(discs[key].radius + 30, (x * scale * WIDE, y * scale))
        whole.add(discs[key], places[key])
    return whole, [places[key] for key in discs]


def _force(graph: RenderGraph, discs: dict[str, _Disc], homes: dict[str, str]) -> dict[str, Point]:
    """Directions for the discs from a force layout of the largest of them; weights are what two discs share."""
    import networkx as nx

    largest = sorted(discs, key=lambda k: (-len(discs[k].points), k))[:FORCE_LIMIT]
    if len(largest) < 2:
        return dict.fromkeys(largest, (0.0, 0.0))
    weights = _shared(graph, homes)
    net = nx.Graph()
    net.add_nodes_from(sorted(largest))
    for (left, right), weight in sorted(weights.items()):
        if net.has_node(left) and net.has_node(right):
            net.add_edge(left, right, weight=min(4.0, weight**0.5))
    found = nx.spring_layout(net, seed=SEED, iterations=60, weight="weight")
    return {str(key): (float(p[0]), float(p[1])) for key, p in found.items()}


def _shared(graph: RenderGraph, homes: dict[str, str]) -> Counter[tuple[str, str]]:
    """How often two discs touch: a shared speaker and its documents; two documents with claims about one entity."""
    weights: Counter[tuple[str, str]] = Counter()
    holders: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in graph.claims:
        if not homes.get(claim.speaker):
            weights[_pair(claim.speaker, claim.document)] += 2
        for entity in claim.about:
            holders[entity][claim.document] += 1
    for counts in holders.values():
        # a star around the document that says most, so that an entity found everywhere costs no pair of pairs
        (main, _), *others = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        weights.update(_pair(main, other) for other, _ in others)
    return weights


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)


def _between(
    whole: _Disc, discs: Sequence[_Disc], centres: Sequence[Point], nodes: Sequence[str], about: dict[str, list[str]]
) -> None:
    """Place shared entities and groups between the discs, each as near as there is room to its claims."""
    packer = _Packer()
    for disc, centre in zip(discs, centres, strict=True):
        packer.add(disc.radius + 6, centre)
    for node in sorted(nodes, key=lambda n: (-len(about.get(n, ())), n)):
        wanted = _middle([whole.points[c] for c in about.get(node, ()) if c in whole.points])
        place = packer.put(ENTITY + 4, wanted, even=True)
        whole.points[node] = place


def _middle(points: Iterable[Point]) -> Point:
    found = list(points)
    if not found:
        return (0.0, 0.0)
    return (sum(p[0] for p in found) / len(found), sum(p[1] for p in found) / len(found))


class _Packer:
    """Puts discs where they are wanted, or as near as there is room, without overlap."""

    def __init__(self) -> None:
        import numpy as np

        self._angles: NDArray[np.floating[Any]] = np.arange(ANGLES) * (2 * np.pi / ANGLES)
        self._placed: NDArray[np.floating[Any]] = np.empty((3, 64))
        self._count = 0

    def add(self, radius: float, at: Point) -> None:
        """Take the room of a disc, whatever stands there."""
        import numpy as np

        if self._count == self._placed.shape[1]:
            self._placed = np.concatenate([self._placed, np.empty_like(self._placed)], axis=1)
        self._placed[:, self._count] = (*at, radius)
        self._count += 1

    def put(self, radius: float, wanted: Point, even: bool = False) -> Point:
        """Place a disc: walk from the wanted point along rays, out of every disc in the way; the nearest end wins.

        `even` counts every direction alike.
        """
        import numpy as np

        xs, ys, radii = self._placed[:, : self._count]
        need = radii + radius
        # the rays turn a little from disc to disc, else what has no place of its own would line up along them
        rays_x, rays_y = np.cos(self._angles + self._count * 0.618), np.sin(self._angles + self._count * 0.618)
        far: NDArray[np.floating[Any]] = np.zeros(ANGLES)
        best = np.ones(ANGLES, bool)
        if self._count:
            dx, dy = wanted[0] - xs, wanted[1] - ys
            while True:
                px = dx[None, :] + (far * rays_x)[:, None]
                py = dy[None, :] + (far * rays_y)[:, None]
                inside = need[None, :] ** 2 - px**2 - py**2
                worst = inside.argmax(axis=1)
                hit = inside[np.arange(ANGLES), worst] > 1e-6
                best = ~hit
                if not hit.any() or (not hit[far.argmin()]):
                    break
                along = dx[worst] * rays_x + dy[worst] * rays_y
                across = dx[worst] * rays_y - dy[worst] * rays_x
                leave = -along + np.sqrt(np.maximum(need[worst] ** 2 - across**2, 0.0)) + 0.01
                far = np.where(hit, np.maximum(far + 0.01, leave), far)
        # going up or down costs more than going sideways: the whole grows as wide as a screen
        cost = np.where(best, far if even else far * np.hypot(rays_x / WIDE, rays_y * WIDE), np.inf)
        chosen = int(cost.argmin())
        place = (wanted[0] + float(far[chosen] * rays_x[chosen]), wanted[1] + float(far[chosen] * rays_y[chosen]))
        self.add(radius, place)
        return place
