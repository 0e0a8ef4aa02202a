"""The page as text: nothing fetched, nothing unescaped, everything placed; and reading it from a store."""

from __future__ import annotations

import itertools
import json
import math
import re
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.rdf import derived_quads, quads
from kg.records import Reading
from kg.render import ClaimNode, DocumentNode, EntityNode, RenderGraph, SpeakerNode, collect, page, render
from kg.render.assemble import to_json
from kg.render.layout import lay_out
from kg.render.network import network, shorten
from kg.resolve import Resolution, ResolvedEntity
from tests.render.sample import large, sample
from tests.samples import HOSTILE, sample_reading

NOTHING = Resolution()


def _data(text: str) -> Any:
    found = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert len(found) == 1
    return json.loads(found[0])


def test_the_page_holds_all_of_the_graph_and_refers_to_nothing_outside() -> None:
    graph = sample()
    text = page(graph, "Title")
    data = _data(text)
    assert [node["id"] for node in data["nodes"]] == [node.id for node in graph.nodes]
    assert len(data["network"]["edges"]) == len(graph.edges)
    assert data["network"]["options"]["physics"]["enabled"] is False
    assert all(isinstance(n["x"], int) and isinstance(n["y"], int) for n in data["network"]["nodes"])
    assert not re.search(r"<link|<iframe|<object|<base|\ssrc=|@import|sourceMappingURL", text)
    assert "cdn" not in text.lower().replace("cdnjs.com", "")
    assert "default-src 'none'" in text and "unsafe" not in text.split("<style>")[0]
    assert text == page(graph, "Title")


def test_pyvis_draws_the_same_network() -> None:
    graph = sample()
    net = network(graph)
    assert (len(net.nodes), len(net.edges)) == (len(graph.nodes), len(graph.edges))
    assert net.get_node(0)["label"] == graph.documents[0].title


@settings(max_examples=50, deadline=None)
@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_survives_and_cannot_leave_its_block(value: Any) -> None:
    text = to_json(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)
    text.encode("utf-8")


@settings(max_examples=15, deadline=None)
@given(st.text(), st.text())
def test_hostile_text_stays_in_the_data(words: str, title: str) -> None:
    node = DocumentNode("d", words)
    text = page(RenderGraph((node,)), title)
    assert _data(text)["title"] == title
    assert text.count("</script>") == 5
    text.encode("utf-8")


@given(st.text(max_size=200), st.integers(2, 60))
def test_short_labels_are_short(text: str, width: int) -> None:
    short = shorten(text, width)
    assert len(short) <= width
    assert "\n" not in short
    whole = " ".join(text.split())
    assert short == whole or whole.startswith(short.removesuffix("…").rstrip())


@st.composite
def _graphs(draw: st.DrawFn) -> RenderGraph:
    """Small graphs, some with claims whose speaker or document is missing."""
    documents = [DocumentNode(f"d{n}", "D") for n in range(draw(st.integers(0, 4)))]
    speakers = [SpeakerNode(f"s{n}", "S", documents=("d0",)) for n in range(draw(st.integers(0, 5)))]
    entities = [EntityNode(f"e{n}", "E", documents=(f"d{n % 3}",)) for n in range(draw(st.integers(0, 8)))]
    places, names = st.integers(0, 5), st.integers(0, 6)
    pairs = draw(st.lists(st.tuples(names, places, st.lists(st.integers(0, 9), max_size=3)), max_size=40))
    claims = [
        ClaimNode(f"c{n}", "Q", f"s{who}", f"d{where}", about=tuple(f"e{e}" for e in dict.fromkeys(about)))
        for n, (who, where, about) in enumerate(pairs)
    ]
    return RenderGraph(tuple(documents), tuple(speakers), tuple(entities), tuple(claims))


@settings(max_examples=60, deadline=None)
@given(_graphs())
def test_everything_has_a_place_of_its_own(graph: RenderGraph) -> None:
    layout = lay_out(graph)
    assert set(layout.positions) == {node.id for node in graph.nodes}
    for left, right in itertools.combinations(layout.positions.values(), 2):
        assert math.dist(left, right) >= 40
    for region in layout.regions:
        held = [c.id for c in graph.claims if c.document == region.document]
        alone = {c.speaker for c in graph.claims if c.document != region.document}
        inside = [
            c.id for c in graph.claims if c.id in held and c.speaker not in alone and c.speaker in layout.positions
        ]
        for node in (region.document, *inside):
            assert math.dist(layout.positions[node], (region.x, region.y)) <= region.radius
    assert lay_out(graph) == layout


def test_claims_stand_nearest_to_their_own_speaker() -> None:
    graph = sample()
    places = lay_out(graph).positions
    speakers = [s.id for s in graph.speakers]
    for claim in graph.claims:
        nearest = min(speakers, key=lambda s: math.dist(places[s], places[claim.id]))
        assert nearest == claim.speaker


@pytest.mark.parametrize(("graph", "seconds"), [(large(1000, 20, 140, 340), 2), (large(7000, 200, 900, 1900), 10)])
def test_quick_without_scipy(graph: RenderGraph, seconds: float) -> None:
    start = time.process_time()
    page(graph, "Large")
    assert time.process_time() - start < seconds


# ---- from a store ----


@dataclass
class _Case:
    store: ox.Store


def _case(*readings: Reading, resolved: Resolution = NOTHING, base: str = "urn:kg:") -> _Case:
    """A store as a case's index holds it: every quad in its graph, and all but the claims' contents in the default."""
    lines = [line for reading in readings for line in quads(reading, base)] + derived_quads(resolved, base)
    store = ox.Store()
    for quad in ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS):
        store.add(quad)
        if not str(quad.graph_name.value).endswith("/content"):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return _Case(store)


def test_a_reading_comes_back_whole() -> None:
    reading = sample_reading()
    text = reading.document.text
    graph = collect(_case(reading))
    assert [d.title for d in graph.documents] == ["The Alder Bridge"]
    assert {s.name for s in graph.speakers} == {"Ada Moreno", "Ivo Hale", "Lake Board"}
    assert {e.name for e in graph.entities} == {"Alder Bridge"}
    names = {node.id: getattr(node, "name", "") for node in graph.nodes}
    assert len(graph.claims) == len(reading.claims)
    for shown, claim in zip(graph.claims, sorted(reading.claims, key=lambda c: c.spans), strict=True):
        assert (shown.quote, shown.claim_kind, shown.polarity) == (claim.quote, claim.kind, claim.polarity)
        assert (shown.directness, shown.cue) == (claim.directness, claim.cue)
        assert names[shown.speaker] == claim.speaker.name
        assert shown.chain == tuple(speaker.name for speaker in claim.chain)
        assert shown.spans == tuple((s.start, s.end) for s in claim.spans)
        assert shown.cue_spans == tuple((s.start, s.end) for s in claim.cue_spans)
        assert shown.sentence == claim.sentence.of(text)
        assert shown.sentence_start == claim.sentence.start
        assert bool(shown.within) == bool(claim.within)
        assert (len(shown.quantities), len(shown.times)) == (len(claim.quantities), len(claim.times))
    assert {edge.kind for edge in graph.edges} == {"says", "about", "in", "within"}


def test_one_node_for_what_is_resolved_to_one() -> None:
    readings = [sample_reading(file=name) for name in ("a.txt", "b.txt")]
    apart = collect(_case(*readings))
    assert [s.name for s in apart.speakers].count("Ada Moreno") == 2
    members = tuple(e.id for r in readings for e in r.entities if e.name == "Ada Moreno")
    one = ResolvedEntity("r1", "person", "Ada Moreno", ("Moreno",), members, "same name")
    joined = collect(_case(*readings, resolved=Resolution(entities=(one,))))
    (moreno,) = [s for s in joined.speakers if s.name == "Ada Moreno"]
    assert moreno.documents == tuple(sorted(d.id for d in joined.documents))
    assert len([c for c in joined.claims if c.speaker == moreno.id]) == 4
    assert [s.name for s in joined.speakers].count("Ivo Hale") == 2, "each document keeps a voice of its own"


def test_the_base_of_the_identifiers_does_not_matter() -> None:
    one, two = collect(_case(sample_reading())), collect(_case(sample_reading(), base="https://case.example/x/"))
    assert [c.quote for c in one.claims] == [c.quote for c in two.claims]
    assert len(one.edges) == len(two.edges)


def test_what_is_claimed_is_never_read() -> None:
    case = _case(sample_reading())
    before = asdict(collect(case))
    for graph in list(case.store.named_graphs()):
        case.store.remove_graph(graph)
    assert asdict(collect(case)) == before


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_documents(words: str, tmp_path: Path) -> None:
    case = _case(sample_reading(words))
    text = render(case, tmp_path / "graph.html").read_text(encoding="utf-8")
    nodes = _data(text)["nodes"]
    assert len(nodes) == len(collect(case).nodes)
    assert text.count("</script>") == 5


def test_writing(tmp_path: Path) -> None:
    case = _case(sample_reading())
    target = tmp_path / "new" / "graph.html"
    assert render(case, target, "Bridge") == target
    assert _data(target.read_text(encoding="utf-8"))["title"] == "Bridge"
    with pytest.raises(KgError, match="this is a folder"):
        render(case, tmp_path)
    with pytest.raises(KgError, match="cannot be written"):
        render(case, target / "graph.html")
    assert [path.name for path in target.parent.iterdir()] == ["graph.html"]


def test_the_layout_does_without_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package does not install scipy, and networkx wants it for large graphs: not even then is it asked for."""
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert lay_out(large(900, 600, 700, 100)).positions
