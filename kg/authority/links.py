"""Which entities across documents a link speaks of: worked out anew whenever documents come, change or go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.rdf import Attached, AuthorityLink, Names
from kg.rdf import vocabulary as v


@dataclass(frozen=True, slots=True)
class Known:
    """An entity across documents, as the derived graph has it: its id, type, names (the preferred one first), members."""

    id: str
    type: str
    names: tuple[str, ...]
    members: tuple[str, ...]


def known(lines: Iterable[str], base: str) -> list[Known]:
    """The entities of a derived graph, by id."""
    import pyoxigraph as ox

    names = Names(base)
    head, tie = f"<{names.resolved('')}", f"> <{v.SPECIALIZATION_OF}> <"
    data = "".join(f"{line}\n" for line in lines if line.startswith(head) or tie in line)
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(data.encode(), ox.RdfFormat.N_QUADS):
        subject, object = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
        if quad.predicate.value == v.SPECIALIZATION_OF:
            said[object][v.SPECIALIZATION_OF].append(subject.removeprefix(names.entity("")))
        else:
            said[subject][quad.predicate.value].append(object)
    return [
        Known(
            node.removeprefix(names.resolved("")),
            next(iter(values[v.ENTITY_TYPE]), ""),
            (*values[v.PREF_LABEL], *sorted(values[v.ALT_LABEL])),
            tuple(sorted(values[v.SPECIALIZATION_OF])),
        )
        for node, values in sorted(said.items())
        if values[v.PREF_LABEL]
    ]


def attach(links: Iterable[AuthorityLink], entities: Iterable[Known]) -> list[Attached]:
    """The links that still hold, by id, with the entities that they speak of.

    A link holds as long as an entity has one of its members and bears the name that was sent; what no longer is in the case
    leaves it. It is exact if the service was sure, its members are still one entity, and the service was sure of no other
    record for that entity; else it is a candidate, for people to judge.
    """
    held: list[tuple[AuthorityLink, tuple[Known, ...]]] = []
    by_member = {member: entity for entity in entities for member in entity.members}
    for link in sorted(links, key=lambda link: link.id):
        members = tuple(member for member in link.members if member in by_member)
        found = {by_member[member].id: by_member[member] for member in members}
        bearers = tuple(entity for _, entity in sorted(found.items()) if link.sent in entity.names)
        if bearers:
            held.append((replace(link, members=members), bearers))
    sure: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link, bearers in held:
        for entity in bearers if link.sure else ():
            sure[entity.id, link.service].add(link.record)
    return [Attached(link, tuple(e.id for e in found), _is_exact(link, found, by_member, sure)) for link, found in held]


def _is_exact(
    link: AuthorityLink, bearers: tuple[Known, ...], by_member: dict[str, Known], sure: dict[tuple[str, str], set[str]]
) -> bool:
    one = {by_member[member].id for member in link.members}
    return link.sure and len(one) == 1 and all(len(sure[entity.id, link.service]) == 1 for entity in bearers)
