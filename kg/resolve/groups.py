"""Groups of claims that state the same: connected components that nothing known forbids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


def components(
    members: Iterable[str], edges: Sequence[tuple[str, str]], forbidden: Iterable[tuple[str, str]]
) -> list[tuple[str, ...]]:
    """The members joined by edges, the first edges first, so that no two forbidden ones come together. Sorted.

    Kruskal's order makes it the same whatever the order of members; an edge that would join what must stay apart is passed over.
    """
    root = {member: member for member in members}
    held = {member: [member] for member in root}
    apart: dict[str, set[str]] = defaultdict(set)
    for a, b in forbidden:
        apart[a].add(b)
        apart[b].add(a)

    def find(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for a, b in edges:
        a, b = find(a), find(b)
        if a == b:
            continue
        small, large = sorted((a, b), key=lambda one: (len(held[one]), one))
        if any(find(other) == large for member in held[small] for other in apart.get(member, ())):
            continue
        root[small] = large
        held[large] += held.pop(small)
    return sorted(tuple(sorted(some)) for some in held.values())
