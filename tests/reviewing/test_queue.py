"""What is asked, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from kg.judgement.journal import matter_key
from kg.rdf import derived_quads
from kg.records import Reading
from kg.resolve import ClaimGroup, EntityLink, Link, Resolution, ResolvedEntity
from kg.reviewing.queue import LOW, Item, candidates, remaining
from tests.judgement.strategies import place
from tests.query.cases import Memory, in_memory
from tests.samples import sample_reading

from kg.judgement.entries import make  # isort: skip


def asked(resolution: Resolution, *readings: Reading) -> list[Item]:
    """The questions of a case in memory with a derived graph."""
    case: Memory = in_memory(readings)
    lines = "".join(f"{line}\n" for line in derived_quads(resolution))
    for quad in ox.parse(lines.encode(), ox.RdfFormat.N_QUADS):
        case.store.add(quad)
        case.store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return remaining(candidates(case), [], {}, {})


ONE, TWO = sample_reading(), sample_reading("the road is open", "other.txt")
A, B = ONE.claims[0].id, TWO.claims[0].id
C, D = ONE.claims[1].id, TWO.claims[1].id


def link(a: str, b: str, score: float, kind: str = "same") -> Link:
    return Link(kind, a, b, score, "a method", ("words in common", "one date"))  # type: ignore[arg-type]


def test_what_the_machine_is_not_sure_of_is_asked_the_nearest_to_a_link_first() -> None:
    first, second = asked(Resolution(possible=(link(A, B, 0.4), link(C, D, 0.45))), ONE, TWO)
    assert (first.matter, second.matter) == (("claims", *sorted((C, D))), ("claims", *sorted((A, B))))
    assert (first.kind, first.possible, first.score, first.reasons) == (
        "same",
        True,
        0.45,
        ("one date", "words in common"),
    )


def test_links_in_force_are_asked_about_where_their_score_is_low() -> None:
    sure, unsure = link(A, B, LOW), link(C, D, 0.6)
    (item,) = asked(Resolution(links=(sure, unsure)), ONE, TWO)
    assert (item.matter, item.possible, item.chance) == (("claims", *sorted((C, D))), False, 0.4)


def test_what_would_change_more_comes_first() -> None:
    group = ClaimGroup("g", "label", (A, B), ("d",), ("s",), ("p",), ())
    likely, large = link(C, D, 0.45), link(*sorted((A, D)), 0.4)
    first, second = asked(Resolution(groups=(group,), possible=(likely, large)), ONE, TWO)
    assert (first.size, second.size) == (3, 2)
    assert first.worth > second.worth


def test_entities_and_how_many_claims_they_stand_for() -> None:
    ends = tuple(sorted((ONE.entities[1].id, TWO.entities[1].id)))
    (item,) = asked(Resolution(possible_entities=(EntityLink(*ends, 0.75, "a method", ("one acronym",)),)), ONE, TWO)
    assert (item.sort, item.matter, item.size) == ("entities", ("entities", *ends), 3)


def test_speakers_found_by_a_pronoun_and_speakers_without_a_name_are_asked_about() -> None:
    first, second, *rest = ONE.claims
    she = replace(first.speaker, mention="She")
    experts = replace(second.speaker, kind="description", entity="", name="seven experts", mention="seven experts")
    claims = (
        replace(first, speaker=she, chain=(*first.chain[:-1], she)),
        replace(second, speaker=experts, chain=(*second.chain[:-1], experts)),
    )
    reading = replace(ONE, claims=claims)
    pronoun, unnamed = asked(Resolution(), reading)
    assert (pronoun.kind, pronoun.a) == ("pronoun", f"urn:kg:claim/{first.id}")
    assert pronoun.reasons == (f"'She' is taken to be {she.name}",)
    assert (unnamed.kind, unnamed.a) == ("description", f"urn:kg:claim/{second.id}")
    assert asked(Resolution(), replace(ONE, claims=(first, second, *rest))) == []


def item(a: int, b: int, chance: float = 0.4, sort: str = "c") -> Item:
    head = "urn:kg:claim/" if sort == "c" else "urn:kg:entity/"
    things = [head + place(number, sort=sort).thing for number in (a, b)]
    return Item("claims" if sort == "c" else "entities", *things, "same", True, chance, "m", (), chance, 1)


def test_what_was_decided_does_not_come_back_and_what_was_passed_over_comes_last() -> None:
    items = [item(1, 2, 0.4), item(3, 4, 0.3), item(5, 6, 0.2)]
    assert remaining(items, [], {}, {}) == items
    decided = make("claims", "different", [place(2), place(1)], by="Ana")
    assert remaining(items, [decided], {}, {}) == items[1:]
    skipped = {matter_key(items[0].matter): 0, matter_key(items[1].matter): 1}
    assert remaining(items, [], skipped, {}) == [items[2], items[0], items[1]]
    none = make("claim", "wrong", [place(3)], by="Ana")
    assert remaining(items, [none], {}, {}) == [items[0], items[2]]
    right = make("claim", "right", [place(3)], by="Ana")
    assert remaining(items, [right], {}, {}) == items


def test_who_judged_a_part_of_an_entity_has_judged_it() -> None:
    items = [item(1, 2, 0.4, "e"), item(3, 2, 0.3, "e"), item(4, 5, 0.2, "e")]
    tops = {place(1, sort="e").thing: "r1", place(3, sort="e").thing: "r1"}
    decided = make("entities", "different", [place(1, sort="e"), place(2, sort="e")], by="Ana")
    assert remaining(items, [decided], {}, tops) == items[2:]


def test_two_links_between_two_claims_are_one_question() -> None:
    low, high = item(1, 2, 0.3), replace(item(1, 2, 0.4), kind="conflict")
    assert remaining([low, high], [], {}, {}) == [high]


def test_a_resolved_entity_needs_no_question() -> None:
    members = tuple(sorted((ONE.entities[1].id, TWO.entities[1].id)))
    one = ResolvedEntity("r1", "person", "Ada Moreno", (), members, "same full name")
    sure = EntityLink(*members, 1.0, "same full name", ())
    assert asked(Resolution(entities=(one,), entity_links=(sure,)), ONE, TWO) == []
