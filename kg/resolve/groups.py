"""Groups of claims that state the same: average-link clusters that nothing known forbids.

A chain of likenesses, of which the first and the last claim have nothing to do with each other, is no group: two become one
where most pairs of their claims are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

MOST: Final = 0.5
"""Part of the pairs between two groups that must be the same for them to be one."""
LOOKED_AT: Final = 30
"""Members of a large group that stand for all."""


Pair = tuple[str, str]


def components(
    members: Iterable[str],
    edges: Sequence[Pair],
    forbidden: Iterable[Pair],
    together: Sequence[Pair] = (),
    never: Iterable[Pair] = (),
    wording: Mapping[str, object] | None = None,
) -> list[tuple[str, ...]]:
    """The members joined by edges, the first edges first, so that no two forbidden ones come together. Sorted.

    An edge is passed over that would join what must stay apart, or groups of which fewer than `MOST` of the pairs are edges (of
    large groups the first `LOOKED_AT` members are looked at). What people decided goes before: pairs `together` are joined unless
    they are `never` to be. The order of edges decides, not that of members.

    Members of one `wording` count once: of a story that hundreds print, not all pairs are looked at, and no part is left out.
    """
    said = wording or {}
    joined = {(said.get(a, a), said.get(b, b)) for a, b in (*edges, *together)}
    root = {member: member for member in members}
    held = {member: [member] for member in root}
    decided = tuple(never)
    people, all_ = _neighbours(decided), _neighbours([*forbidden, *decided])

    def find(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for number, (a, b) in enumerate([*together, *edges]):
        a, b = find(a), find(b)
        if a == b:
            continue
        small, large = sorted((a, b), key=lambda one: (len(held[one]), one))
        judged = number < len(together)
        apart = people if judged else all_
        if any(find(other) == large for member in held[small] for other in apart.get(member, ())):
            continue
        if not judged and not _linked(_wordings(held[small], said), _wordings(held[large], said), joined):
            continue
        root[small] = large
        held[large] += held.pop(small)
    return sorted(tuple(sorted(some)) for some in held.values())


def _neighbours(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return found


def _wordings(members: Sequence[str], said: Mapping[str, object]) -> list[object]:
    """The wordings of a group, once each, in the order of their least members; no more than `LOOKED_AT`."""
    found: dict[object, None] = {}
    for member in sorted(members):
        found.setdefault(said.get(member, member))
        if len(found) == LOOKED_AT:
            break
    return list(found)


def _linked(ours: Sequence[object], theirs: Sequence[object], joined: Collection[tuple[object, object]]) -> bool:
    """Whether most pairs of two groups' wordings are edges; one wording in both is, where it is known to say the same."""
    linked = sum((a, b) in joined or (b, a) in joined for a in ours for b in theirs)
    return linked >= MOST * len(ours) * len(theirs)
