"""Which entities a link speaks of, when what is one entity changes: nothing is asked again."""

from __future__ import annotations

import random
from dataclasses import replace

from kg.authority.links import Known, attach, known
from kg.rdf import AuthorityLink, authority_links, authority_quads, derived_quads
from kg.resolve import Resolution, ResolvedEntity

MORENO = AuthorityLink(
    id="l1",
    members=("d1-e0", "d2-e0"),
    sent="Ada Moreno",
    record="https://authority.example/record/7",
    name="Ada Moreno",
    description="engineer, “born” 1961",
    types=("Person", "human"),
    score=98.5,
    matched=True,
    threshold=None,
    service="https://authority.example/api",
    at="2026-03-01T12:00:00Z",
    method="OpenRefine Reconciliation API 0.2",
)
OTHER = replace(MORENO, id="l2", members=("d3-e0",), record="https://authority.example/record/8")


def entity(id: str, *members: str, names: tuple[str, ...] = ("Ada Moreno",)) -> Known:
    return Known(id, "person", names, members)


def told(links: list[AuthorityLink], *entities: Known) -> list[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    return [(one.link.id, one.link.members, one.entities, one.exact) for one in attach(links, entities)]


def test_a_link_speaks_of_the_entity_that_has_its_members_whatever_it_is_called() -> None:
    assert told([MORENO], entity("r1", "d1-e0", "d2-e0")) == [("l1", MORENO.members, ("r1",), True)]
    assert told([MORENO], entity("new", "d0-e5", "d1-e0", "d2-e0")) == [("l1", MORENO.members, ("new",), True)]


def test_a_link_forgets_members_that_are_gone_and_goes_with_the_last() -> None:
    assert told([MORENO], entity("r1", "d2-e0")) == [("l1", ("d2-e0",), ("r1",), True)]
    assert told([MORENO], entity("r1", "d9-e0")) == []


def test_a_link_goes_with_the_name_that_was_sent() -> None:
    assert told([MORENO], entity("r1", *MORENO.members, names=("A. Moreno", "Ada Moreno")))
    assert told([MORENO], entity("r1", *MORENO.members, names=("A. Moreno",))) == []


def test_where_one_entity_becomes_two_nobody_knows_which_was_meant() -> None:
    apart = (entity("r1", "d1-e0"), entity("r2", "d2-e0"))
    assert told([MORENO], *apart) == [("l1", MORENO.members, ("r1", "r2"), False)]
    renamed = (entity("r1", "d1-e0"), entity("r2", "d2-e0", names=("A. Moreno",)))
    assert told([MORENO], *renamed) == [("l1", MORENO.members, ("r1",), False)]
    again = [one.link for one in attach([MORENO], apart)]
    assert told(again, entity("r1", "d1-e0", "d2-e0")) == [("l1", MORENO.members, ("r1",), True)]


def test_where_two_entities_become_one_two_records_cannot_both_be_it() -> None:
    apart = (entity("r1", *MORENO.members), entity("r2", "d3-e0"))
    assert [exact for *_, exact in told([MORENO, OTHER], *apart)] == [True, True]
    assert [exact for *_, exact in told([MORENO, OTHER], entity("r1", *MORENO.members, "d3-e0"))] == [False, False]
    same = replace(OTHER, record=MORENO.record)
    assert [exact for *_, exact in told([MORENO, same], entity("r1", *MORENO.members, "d3-e0"))] == [True, True]
    elsewhere = replace(OTHER, service="https://register.example/api")
    assert [exact for *_, exact in told([MORENO, elsewhere], entity("r1", *MORENO.members, "d3-e0"))] == [True, True]


def test_order_changes_nothing() -> None:
    links = [replace(MORENO, id=f"l{n}", record=f"https://authority.example/{n}", matched=n % 3 == 0) for n in range(9)]
    entities = [entity("r1", "d1-e0"), entity("r2", "d2-e0"), entity("r3", "d3-e0")]
    expected = attach(links, entities)
    for seed in range(5):
        random.Random(seed).shuffle(links)
        random.Random(seed).shuffle(entities)
        assert attach(links, entities) == expected


def test_links_come_back_from_their_graph() -> None:
    bare = replace(OTHER, name="", description="", types=(), score=None, matched=False, threshold=90.25)
    entities = (entity("r1", *MORENO.members), entity("r2", "d3-e0"))
    for base in ("urn:kg:", "https://example.org/case/"):
        lines = authority_quads(attach([MORENO, bare], entities), base)
        assert authority_links(lines, base) == [MORENO, bare]


def test_entities_come_back_from_the_derived_graph() -> None:
    one = ResolvedEntity("r1", "person", "Ada Moreno", ("A. Moreno", "“Moreno”"), ("d1-e0", "d2-e0"), "same full name")
    two = ResolvedEntity("r2", "place", "Alder", (), ("d1-e9",), "same full name")
    assert known(derived_quads(Resolution(entities=(two, one)), "urn:kg:"), "urn:kg:") == [
        Known("r1", "person", ("Ada Moreno", "A. Moreno", "“Moreno”"), one.members),
        Known("r2", "place", ("Alder",), two.members),
    ]
