"""Groups and conflicts in a real browser: drawn as one, with their origins, reasons and shared words; text is text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.render import (
    ClaimLink,
    ClaimNode,
    DocumentNode,
    EntityNode,
    GroupNode,
    OriginValue,
    PassageValue,
    RenderGraph,
    SpeakerNode,
    collect,
)
from tests.across import CRACKS, SHARED, in_memory
from tests.render.conftest import Opened
from tests.render.sample import large
from tests.render.test_browser import HOSTILE, SECONDS

Show = Callable[..., Opened]
GROUP = "urn:kg:group/g-cracks"


@pytest.fixture(scope="module")
def graph() -> RenderGraph:
    return collect(in_memory())


def claim(graph: RenderGraph, quote: str) -> ClaimNode:
    return next(claim for claim in graph.claims if claim.quote == quote)


def lines(opened: Opened) -> list[str]:
    """The kinds of the lines that are drawn."""
    found: list[str] = opened.view.evaluate("kgPage.canvas.network.body.data.edges.get().map(e => e.kind)")
    return found


def test_the_store_gives_groups_and_links(graph: RenderGraph) -> None:
    (cracks, tower) = graph.groups
    assert [(origin.name, len(origin.claims)) for origin in cracks.origins] == [
        *(("Lake Board", 3), ("Bo Lind", 1), ("Dora Vance", 1))
    ]
    assert cracks.origins[0].reasons == ("reused text", "the same ultimate speaker")
    assert [(p.a_words, p.b_words) for p in cracks.passages] == [(SHARED, SHARED)]
    assert tower.passages == ()
    conflicts = [edge for edge in graph.edges if edge.kind == "conflict"]
    assert {link.kind for link in graph.links} == {"conflict", "support", "confirmation", "repetition"}
    assert len(conflicts) == 3, (
        "one between claims, one between a claim and a group, one that both ends draw themselves"
    )
    assert all(graph.links[number].kind == "conflict" for edge in conflicts for number in edge.links)


def test_same_claims_are_one_node_with_the_number_of_origins(show: Show, graph: RenderGraph) -> None:
    opened = show(graph)
    members = set(graph.groups[0].claims) | set(graph.groups[1].claims)
    assert {group.id for group in graph.groups} <= opened.shown()
    assert not members & opened.shown()
    assert opened.view.inner_text("#shown") == "Everything shown"
    assert lines(opened).count("conflict") == 2
    opened.view.uncheck("input[value='group']")
    assert members <= opened.shown()
    assert GROUP not in opened.shown()
    assert lines(opened).count("conflict") == 2
    assert opened.messages == []


def test_a_group_opens_to_its_origins_quotes_and_shared_words(show: Show, graph: RenderGraph) -> None:
    opened = show(graph)
    opened.click(GROUP)
    details = opened.view.inner_text("#details")
    assert "4 documents, 3 speakers, 3 origins" in details
    assert "Origin 1: Lake Board" in details and "reused text; the same ultimate speaker" in details
    marks = [mark.text_content() for mark in opened.view.query_selector_all(".quote mark")]
    assert len(marks) == 5 and marks.count(CRACKS) == 2
    pair = [box.text_content() for box in opened.view.query_selector_all(".pair > div .quote")]
    assert pair == [SHARED, SHARED]
    assert "In conflict with (1)" in details and "≠ figure · high: 40 cracks and at least 12 cracks" in details
    opened.view.click(f"#details .plain .go:has-text('{CRACKS}')")
    assert "Claim · assertion" in opened.view.inner_text(".tag")
    assert GROUP in opened.shown(), "a claim of the group is told without drawing the group apart"
    assert "Says the same as others" in opened.view.inner_text("#details")


def test_a_conflict_says_why_in_the_panel_and_at_the_line(show: Show, graph: RenderGraph) -> None:
    opened = show(graph)
    place = """() => { const e = kgPage.data.network.edges.find(e => e.kind === "conflict"
        && kgPage.canvas.network.body.data.nodes.get(e.from) && kgPage.canvas.network.body.data.nodes.get(e.to)
        && e.links.every(i => kgPage.data.links[i].what === "wording"));
        const at = kgPage.canvas.network.canvasToDOM(kgPage.canvas.middle(e));
        const box = document.getElementById("network").getBoundingClientRect(); return [box.x + at.x, box.y + at.y]; }"""
    x, y = opened.view.evaluate(place)
    opened.view.mouse.move(x, y)
    opened.view.wait_for_selector("#hint:not([hidden])")
    assert opened.view.inner_text("#hint") == "≠ wording · medium: open and closed"
    opened.view.mouse.click(x, y)
    details = opened.view.inner_text("#details")
    assert "cannot both be exactly right" in details and "≠ wording · medium: open and closed" in details
    marks = {mark.text_content() for mark in opened.view.query_selector_all(".quote mark")}
    assert marks == {"the road will stay open.", "the road is closed."}


def test_a_claim_lists_what_supports_and_confirms_it(show: Show, graph: RenderGraph) -> None:
    opened = show(graph)
    opened.view.evaluate("n => kgPage.select(n, true)", opened.number(claim(graph, "14 cracks were counted.").id))
    assert "Supports (1)" in opened.view.inner_text("#details")
    assert "14 is at least 12" in opened.view.inner_text("#details")


def test_search_finds_claims_that_a_group_stands_for(show: Show, graph: RenderGraph) -> None:
    opened = show(graph)
    opened.view.fill("#search", "the bridge has at least")
    assert "the bridge has at least 12 cracks." in opened.view.inner_text("#results")


def test_filters_hide_a_group_with_its_claims(show: Show, graph: RenderGraph) -> None:
    opened = show(graph)
    tribune = next(d.id for d in graph.documents if d.file == "tribune.txt")
    opened.view.select_option("#by-document", tribune)
    assert GROUP in opened.shown() and graph.groups[1].id not in opened.shown()
    assert "2 claims" in opened.view.inner_text("#shown")
    opened.view.uncheck("input[value='line/conflict']")
    assert "conflict" not in lines(opened)


def linked(graph: RenderGraph) -> RenderGraph:
    """A large graph with groups of four claims and a conflict for every twenty claims."""
    ids = [claim.id for claim in graph.claims]
    fours = [tuple(ids[n : n + 4]) for n in range(0, len(ids) // 2, 4)]
    groups = tuple(
        GroupNode(f"g{n}", f"what group {n} says", 4, 4, 4, (OriginValue("A", (), c),)) for n, c in enumerate(fours)
    )
    links = tuple(
        ClaimLink(f"l{n}", ids[n], ids[-1 - n], "conflict", "figure", "high", "0.9", ("one is not two",))
        for n in range(0, len(ids) // 2, 10)
    )
    return RenderGraph(graph.documents, graph.speakers, graph.entities, graph.claims, groups, links)


def test_a_large_graph_with_groups_is_drawn_soon(show: Show) -> None:
    graph = linked(large(900, 20, 140, 328))
    assert len(graph.nodes) == 1500 + 1
    opened = show(graph)
    assert float(opened.view.evaluate("document.documentElement.dataset.drawnAfter")) < SECONDS * 1000
    assert opened.messages == []


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_groups_and_conflicts_is_text(show: Show, words: str) -> None:
    home = DocumentNode("d" + words, words, words)
    who = SpeakerNode("s" + words, words)
    two = [
        ClaimNode(f"c{n}" + words, words, who.id, home.id, sentence=words, spans=((0, len(words)),)) for n in range(3)
    ]
    group = GroupNode(
        "g" + words, words, 1, 1, 1, (OriginValue(words, (words,), (two[0].id, two[1].id)),),
        (PassageValue(home.id, (0, 9), words, home.id, (9, 18), words),),
    )  # fmt: skip
    link = ClaimLink("l" + words, two[0].id, two[2].id, "conflict", words, words, words, (words,))
    opened = show(RenderGraph((home,), (who,), (EntityNode("e", "E"),), tuple(two), (group,), (link,)), words)
    for id in (group.id, two[0].id, two[2].id):
        opened.view.evaluate("n => kgPage.select(n, true)", opened.number(id))
        assert words in opened.view.text_content("#details")
        assert opened.view.text_content("#panel .iri") == id
    assert opened.view.evaluate("window.ran") is None
    assert opened.view.evaluate("document.querySelectorAll('img, svg[onload], [onmouseover]').length") == 0
    assert opened.messages == []
