"""The page in a real browser, offline: what a reader sees and does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.render import ClaimNode, DocumentNode, EntityNode, RenderGraph, SpeakerNode
from tests.render.conftest import Opened
from tests.render.sample import large, sample

Show = Callable[..., Opened]
SECONDS = 8.0
"""Most that 1,500 nodes may take to be drawn, on a slow and busy machine; about half a second on an idle one."""


def test_opens_offline_and_asks_for_nothing(show: Show) -> None:
    opened = show(sample(), "The Lower Weir")
    assert opened.messages == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert len(opened.requests) == 1
    assert opened.view.title() == opened.view.inner_text("h1") == "The Lower Weir"
    assert opened.view.inner_text("#counts") == "80 claims · 15 speakers · 40 other entities · 5 documents"
    assert "does not say what is true" in opened.view.inner_text(".note")
    assert opened.shown() == {node.id for node in sample().nodes}


def test_the_policy_forbids_any_connection(show: Show) -> None:
    opened = show(sample())
    script = """async () => {
        window.ran = false;
        const s = document.createElement("script"); s.textContent = "window.ran = true"; document.body.append(s);
        const image = new Image();
        const loads = new Promise((done) => { image.onload = () => done(true); image.onerror = () => done(false); });
        image.src = "https://news.example/picture.png";
        const fetched = await fetch("https://news.example/").then(() => "fetched", () => "blocked");
        return [window.ran, await loads, fetched];
    }"""
    assert opened.view.evaluate(script) == [False, False, "blocked"]
    assert any("Content Security Policy" in message for message in opened.messages)


def test_a_large_graph_is_drawn_soon(show: Show) -> None:
    graph = large(1000, 20, 140, 340)
    assert len(graph.nodes) == 1500
    opened = show(graph)
    assert float(opened.view.evaluate("document.documentElement.dataset.drawnAfter")) < SECONDS * 1000
    assert opened.messages == []


def test_a_click_opens_the_quote_in_its_sentence(show: Show) -> None:
    graph = sample()
    claim = next(c for c in graph.claims if c.cue and c.quantities)
    document = next(d for d in graph.documents if d.id == claim.document)
    opened = show(graph)
    assert opened.view.is_hidden("#panel")
    opened.click(claim.id)
    assert opened.view.inner_text(".quote mark") == claim.quote
    assert opened.view.inner_text(".quote") == claim.sentence
    assert opened.view.inner_text(".quote .cue") == claim.cue
    assert opened.view.inner_text(".chain").split("\n") == list(claim.chain)
    details = opened.view.inner_text("#panel")
    low, high = claim.spans[0]
    for piece in (claim.claim_kind, claim.polarity, claim.directness, claim.quantities[0].text, document.title,
                  document.publisher, document.date, f"{low:,}–{high:,}", claim.id):  # fmt: skip
        assert piece in details
    opened.view.click("#close")
    assert opened.view.is_hidden("#panel")


@pytest.mark.parametrize("kind", ["speaker", "entity", "document"])
def test_a_click_on_others_lists_their_claims(show: Show, kind: str) -> None:
    graph = sample()
    keys = {"speaker": "speaker", "document": "document"}
    node = next(n for n in graph.nodes if n.kind == kind)
    mine = [c for c in graph.claims if (node.id in c.about if kind == "entity" else getattr(c, keys[kind]) == node.id)]
    opened = show(graph)
    opened.click(node.id)
    listed = opened.view.inner_text("#details")
    assert mine and all(claim.quote in listed for claim in mine)
    opened.view.click(f"#details .go:has-text('{mine[0].quote}')")
    assert opened.view.inner_text(".quote mark") == mine[0].quote


def test_offsets_count_code_points(show: Show) -> None:
    sentence = "😀𝔘 Ms Lind said: e\u0301lan 😀 is back, he said."
    low, high = sentence.index("e\u0301"), sentence.index(", he")
    claim = ClaimNode("c", sentence[low:high], "s", "d", sentence=sentence, sentence_start=50,
                      spans=((50 + low, 50 + low + 2), (50 + low + 3, 50 + high)), chain=("A", "B"))  # fmt: skip
    opened = show(RenderGraph((DocumentNode("d", "D"),), (SpeakerNode("s", "S"),), (), (claim,)))
    opened.click("c")
    marks = [mark.text_content() for mark in opened.view.query_selector_all(".quote mark")]
    assert marks == [sentence[low : low + 2], sentence[low + 3 : high]]
    assert opened.view.text_content(".quote") == sentence


def test_search_finds_names_and_quotes(show: Show) -> None:
    opened = show(sample())
    opened.view.keyboard.press("/")
    opened.view.keyboard.type("beltran sons")
    assert "Beltrán & Sons" in opened.view.inner_text("#results")
    assert "Ana Beltrán" not in opened.view.inner_text("#results")
    opened.view.fill("#search", "no such words at all")
    assert opened.view.inner_text("#found") == "Nothing found"
    opened.view.fill("#search", "sensors near")
    hits = opened.view.evaluate("[...kgPage.canvas.hits()].map(n => kgPage.data.nodes[n].label)")
    assert hits and all("sensors near" in hit for hit in hits)
    opened.view.keyboard.press("Enter")
    assert opened.view.inner_text(".quote mark") == hits[0]
    chosen = opened.view.evaluate(
        "kgPage.data.nodes.findIndex(n => n.label === document.querySelector('mark').innerText)"
    )
    at = opened.view.evaluate("n => kgPage.canvas.network.canvasToDOM(kgPage.data.network.nodes[n])", chosen)
    box = opened.view.query_selector("#network").bounding_box()
    assert 0 < at["x"] < box["width"] and 0 < at["y"] < box["height"]


def _claims(graph: RenderGraph, **wanted: str) -> set[str]:
    return {c.id for c in graph.claims if all(getattr(c, key) == value for key, value in wanted.items())}


def test_filters(show: Show) -> None:
    graph = sample()
    every = {node.id for node in graph.nodes}
    claims = {c.id for c in graph.claims}
    opened = show(graph)
    document, speaker = graph.documents[2].id, graph.claims[33].speaker
    opened.view.select_option("#by-document", document)
    assert opened.shown() & claims == _claims(graph, document=document)
    assert opened.shown() & {d.id for d in graph.documents} == {document}
    assert f"{len(_claims(graph, document=document))} claims" in opened.view.inner_text("#shown")
    opened.view.select_option("#by-speaker", speaker)
    both = _claims(graph, document=document, speaker=speaker)
    assert both and opened.shown() & claims == both
    assert {e for c in graph.claims if c.id in both for e in c.about} <= opened.shown()
    opened.view.select_option("#by-document", "")
    assert opened.shown() & claims == _claims(graph, speaker=speaker)
    opened.view.click("#show-all")
    opened.view.wait_for_selector("#shown:text-is('Everything shown')")
    assert opened.shown() == every
    opened.view.uncheck("input[value='claim/denial']")
    assert claims - opened.shown() == _claims(graph, claim_kind="denial")
    opened.view.uncheck("input[value='entity/place']")
    places = {e.id for e in graph.entities if e.type == "place"}
    assert places and not places & opened.shown()
    lines = "kgPage.canvas.network.body.data.edges.get().filter(e => e.kind === 'about').length"
    assert opened.view.evaluate(lines) > 0
    opened.view.uncheck("input[value='line/about']")
    assert opened.view.evaluate(lines) == 0
    assert opened.messages == []


def test_a_hidden_claim_reached_from_the_panel_is_shown_again(show: Show) -> None:
    graph = sample()
    claim = next(c for c in graph.claims if c.claim_kind == "denial")
    opened = show(graph)
    opened.view.uncheck("input[value='claim/denial']")
    opened.view.evaluate("n => kgPage.select(n, true)", opened.number(claim.speaker))
    opened.view.click(f"#details .go:has-text('{claim.quote}')")
    assert claim.id in opened.shown()
    assert opened.view.is_checked("input[value='claim/denial']")


def test_keyboard_alone(show: Show) -> None:
    opened = show(sample())
    opened.view.focus("#network")
    opened.view.keyboard.press("ArrowRight")
    first = opened.view.inner_text("#panel .iri")
    opened.view.keyboard.press("ArrowRight")
    second = opened.view.inner_text("#panel .iri")
    assert first != second
    x = "id => kgPage.data.network.nodes[kgPage.data.nodes.findIndex(n => n.id === id)].x"
    assert opened.view.evaluate(x, second) > opened.view.evaluate(x, first)
    opened.view.keyboard.press("Escape")
    assert opened.view.is_hidden("#panel")
    scale = opened.view.evaluate("kgPage.canvas.network.getScale()")
    opened.view.keyboard.press("+")
    assert opened.view.evaluate("kgPage.canvas.network.getScale()") > scale
    opened.view.click("#list")
    assert opened.view.inner_text("#found").startswith("80 results")
    opened.view.focus("#search")
    opened.view.keyboard.press("ArrowDown")
    opened.view.keyboard.press("Enter")
    assert opened.view.is_visible(".quote mark")


def test_every_control_has_a_name(show: Show) -> None:
    opened = show(sample())
    opened.click(sample().claims[0].id)
    script = """[...document.querySelectorAll("input, select, button, [role=application]")].filter((e) =>
        !(e.getAttribute("aria-label") || (e.labels && [...e.labels].some((l) => l.textContent.trim()))
          || e.textContent.trim())).map((e) => e.outerHTML)"""
    assert opened.view.evaluate(script) == []


@pytest.mark.parametrize("width", [360, 800, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_sideways(show: Show, width: int, scheme: str) -> None:
    graph = sample()
    long = replace(graph.documents[0], title="Averyveryverylongwordwithoutanyspace" * 6)
    graph = replace(graph, documents=(long, *graph.documents[1:]))
    opened = show(graph, viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened.view.evaluate("n => kgPage.select(n, true)", opened.number(long.id))
    assert opened.view.evaluate("document.documentElement.scrollWidth") <= width
    stage = opened.view.query_selector("#network").bounding_box()
    assert stage["width"] >= 150 and stage["height"] >= 250


HOSTILE = (
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran=1">',
    "<!--<script>",
    "javascript:window.ran=1",
    "{{ scripts }} {{ data }} \\u003cimg src=x onerror=window.ran=1\\u003e",
    "' onmouseover='window.ran=1",
    "]]>&lt;svg onload=window.ran=1&gt;\u2028\u2029",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_documents_is_text(show: Show, text: str) -> None:
    document = DocumentNode("d" + text, text, text, text, text, text, text, text, 9)
    speaker = SpeakerNode("s" + text, text, "entity", "person", (text,), (text,), (document.id,))
    entity = EntityNode("e" + text, text, text, (text,), (document.id,))
    claim = ClaimNode(
        "c" + text, text, speaker.id, document.id, text, text, text, "Yes: " + text, 10, ((15, 15 + len(text)),),
        text, (), (text, text), "", (entity.id, speaker.id),
    )  # fmt: skip
    opened = show(RenderGraph((document,), (speaker,), (entity,), (claim,)), text)
    view: Any = opened.view
    assert view.text_content("h1") == text
    for node in (document, speaker, entity, claim):
        opened.click(node.id)
        assert text in view.text_content("#details")
        assert view.text_content("#panel .iri") == node.id
    assert view.text_content(".quote mark") == text
    view.click("#close")
    view.fill("#search", text.split()[0])
    assert text in view.text_content("#results")
    view.hover("#network")
    assert view.evaluate("window.ran") is None
    script = (
        "document.querySelectorAll('img, svg[onload], [onmouseover], a[href^=java], body script:not([type])').length"
    )
    assert view.evaluate(script) == 4
    assert opened.messages == []
    assert len(opened.requests) == 1


def test_a_graph_without_claims_says_so(show: Show) -> None:
    opened = show(RenderGraph())
    assert "no claims yet" in opened.view.inner_text("#empty")
    assert opened.messages == []
