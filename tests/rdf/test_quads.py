"""The graph of a document: its lines to the letter, the canonical form, and what a reader may rely on."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import fields, replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import Document, Span
from kg.errors import KgError
from kg.rdf import PREFIXES, Names, clean, derived_quads, quads, run_quads
from kg.rdf import vocabulary as v
from kg.records import Argument, Reading
from kg.resolve import ClaimGroup, EntityLink, Link, Origin, Resolution, ResolvedEntity
from tests.rdf.everything import links, reuse, twin
from tests.rdf.lines import cut, full, of_type, parsed
from tests.samples import HOSTILE, sample_reading

GOLDEN = Path(__file__).parent / "golden"


RESOLVED = ResolvedEntity("r1", "person", "Ada Moreno", ("A. Moreno", "Ada Moreno"), ("d1-e3", "d2-e4"), "same name")


@pytest.mark.parametrize(("name", "words"), [("bridge", ""), ("hostile", " ".join(HOSTILE))])
def test_golden(name: str, words: str) -> None:
    written = "".join(f"{line}\n" for line in quads(sample_reading(words)))
    assert written.encode() == (GOLDEN / f"{name}.nq").read_bytes()


def derived(found: Resolution) -> list[str]:
    """The derived graph with short names."""
    lines = derived_quads(found, "urn:x:")
    for prefix, iri in sorted(PREFIXES.items(), key=lambda pair: -len(pair[1])):
        lines = [re.sub(f"<{re.escape(iri)}([A-Za-z]+)>", rf"{prefix}:\1", line) for line in lines]
    assert all(line.endswith(" <urn:x:graph/derived> .") for line in lines)
    return [line.removesuffix(" <urn:x:graph/derived> .").replace("<urn:x:", "<") for line in lines]


def test_golden_entities() -> None:
    link = EntityLink("d1-e3", "d2-e4", 0.95, "same name", ("both are called Ada Moreno",))
    assert derived(Resolution(entities=(RESOLVED,), entity_links=(link,))) == [
        "<entity/d1-e3> prov:specializationOf <resolved/r1>",
        "<entity/d2-e4> prov:specializationOf <resolved/r1>",
        "<link/entity/d1-e3/d2-e4> rdf:type kg:EntityLink",
        "<link/entity/d1-e3/d2-e4> kg:from <entity/d1-e3>",
        '<link/entity/d1-e3/d2-e4> kg:method "same name"',
        '<link/entity/d1-e3/d2-e4> kg:reason "both are called Ada Moreno"',
        '<link/entity/d1-e3/d2-e4> kg:score "0.95"^^xsd:decimal',
        "<link/entity/d1-e3/d2-e4> kg:to <entity/d2-e4>",
        "<resolved/r1> rdf:type schema:Person",
        "<resolved/r1> rdf:type kg:ResolvedEntity",
        '<resolved/r1> skos:altLabel "A. Moreno"',
        '<resolved/r1> skos:prefLabel "Ada Moreno"',
        '<resolved/r1> kg:entityType "person"',
        '<resolved/r1> kg:method "same name"',
    ]


def test_golden_groups() -> None:
    one = Origin("o1", "Ada Moreno", "r1", ("c1", "c2"), ("d1", "d2"), ("the same ultimate speaker",))
    group = ClaimGroup("g1", "12 cracks", ("c1", "c2"), ("d1", "d2"), ("Ada Moreno",), ("Courier", "Post"), (one,))
    assert derived(Resolution(groups=(group,))) == [
        "<claim/c1> kg:hasOrigin <origin/o1>",
        "<claim/c1> kg:inGroup <group/g1>",
        "<claim/c2> kg:hasOrigin <origin/o1>",
        "<claim/c2> kg:inGroup <group/g1>",
        "<group/g1> rdf:type kg:ClaimGroup",
        '<group/g1> skos:prefLabel "12 cracks"',
        '<group/g1> kg:documents "2"^^xsd:nonNegativeInteger',
        '<group/g1> kg:origins "1"^^xsd:nonNegativeInteger',
        '<group/g1> kg:publishers "2"^^xsd:nonNegativeInteger',
        '<group/g1> kg:speakers "1"^^xsd:nonNegativeInteger',
        "<origin/o1> rdf:type kg:Origin",
        '<origin/o1> schema:name "Ada Moreno"',
        "<origin/o1> kg:entity <resolved/r1>",
        "<origin/o1> kg:originOf <group/g1>",
        '<origin/o1> kg:reason "the same ultimate speaker"',
    ]


def test_golden_links() -> None:
    conflict = Link("conflict", "c1", "c2", 0.9, "figures", ("12 is not 40",), "figure", "high")
    told = [
        '<link/conflict/c1/c2> kg:conflictKind "figure"',
        "<link/conflict/c1/c2> kg:from <claim/c1>",
        '<link/conflict/c1/c2> kg:linkKind "conflict"',
        '<link/conflict/c1/c2> kg:method "figures"',
        '<link/conflict/c1/c2> kg:reason "12 is not 40"',
        '<link/conflict/c1/c2> kg:score "0.9"^^xsd:decimal',
        '<link/conflict/c1/c2> kg:severity "high"',
        "<link/conflict/c1/c2> kg:to <claim/c2>",
    ]
    sure, maybe = derived(Resolution(links=(conflict,))), derived(Resolution(possible=(conflict,)))
    plain, kind = "<claim/c1> kg:conflictsWith <claim/c2>", "<link/conflict/c1/c2> rdf:type kg:"
    assert sure == [plain, kind + "ConflictLink", *told]
    assert maybe == [kind + "PossibleLink", *told]


def test_shared_words_are_quoted_with_their_place_in_both_documents() -> None:
    first, second = sample_reading("the road is open"), twin()
    lines = [cut(line) for line in derived_quads(Resolution(reuses=(reuse(first, second),)))]
    said = {(s, p): o for s, p, o, _ in lines if p != v.TYPE}
    (passage,) = of_type(derived_quads(links()), v.KG_SHARED_PASSAGE)
    for reading, at in ((first, v.FROM_AT), (second, v.TO_AT)):
        place = said[passage, at].strip("<>")
        assert said[place, v.HAS_SOURCE] == f"<{Names().document(reading.document.id)}>"
        span = Span(0, 40)
        assert said[place + "/selector", v.EXACT] == f'"{span.of(reading.document.text)}"'
        # where the document's own graph speaks of the same characters it says the same of them
        assert place == Names().span(reading.document.id, span)


def test_golden_run() -> None:
    graph = "<urn:kg:graph/run> ."
    assert run_quads("urn:kg:", "0.1", "ab", {"a b": "1"}) == [
        f"<urn:kg:run/option/a%20b> <{v.TYPE}> <https://schema.org/PropertyValue> {graph}",
        f'<urn:kg:run/option/a%20b> <https://schema.org/name> "a b" {graph}',
        f'<urn:kg:run/option/a%20b> <https://schema.org/value> "1" {graph}',
        f"<urn:kg:run> <{v.TYPE}> <http://www.w3.org/ns/prov#Activity> {graph}",
        f"<urn:kg:run> <http://www.w3.org/ns/prov#wasAssociatedWith> <urn:kg:software/kg-0.1> {graph}",
        f'<urn:kg:run> <urn:kg:ontology#model> "ab" {graph}',
        f"<urn:kg:run> <urn:kg:ontology#option> <urn:kg:run/option/a%20b> {graph}",
        f"<urn:kg:software/kg-0.1> <{v.TYPE}> <http://www.w3.org/ns/prov#SoftwareAgent> {graph}",
        f"<urn:kg:software/kg-0.1> <{v.TYPE}> <https://schema.org/SoftwareApplication> {graph}",
        f'<urn:kg:software/kg-0.1> <https://schema.org/name> "kg" {graph}',
        f'<urn:kg:software/kg-0.1> <https://schema.org/softwareVersion> "0.1" {graph}',
    ]


@pytest.mark.parametrize("words", ["", *HOSTILE])
def test_lines_are_the_canonical_form(words: str) -> None:
    lines = quads(sample_reading(words))
    found = parsed(lines)
    assert lines == sorted(set(lines))
    assert len(found) == len(lines)
    assert not any(isinstance(part, ox.BlankNode) for quad in found for part in (quad.subject, quad.object))
    again = ox.serialize(found, format=ox.RdfFormat.N_QUADS)
    assert again is not None
    assert parsed(again.decode().split("\n")) == found


def test_rdflib_reads_the_same_quads() -> None:
    from rdflib import Dataset

    lines = quads(sample_reading(" ".join(HOSTILE)))
    data = Dataset()
    data.parse(data="".join(f"{line}\n" for line in lines), format="nquads")
    read = {(str(s), str(p), str(o), str(g)) for s, p, o, g in data.quads()}
    assert read == {tuple(part.value for part in quad) for quad in parsed(lines)}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_order_of_records_does_not_matter(data: st.DataObject) -> None:
    reading = sample_reading("words of hers")
    entities = [replace(e, mentions=tuple(data.draw(st.permutations(e.mentions)))) for e in reading.entities]
    mixed = Reading(
        reading.document,
        tuple(data.draw(st.permutations(entities))),
        tuple(data.draw(st.permutations(reading.claims))),
        reading.quantities,
        tuple(data.draw(st.permutations(reading.times))),
    )
    assert quads(mixed) == quads(reading)


def test_derived_quads_do_not_depend_on_order() -> None:
    found = links()
    turned = {f.name: tuple(reversed(getattr(found, f.name))) for f in fields(found)}
    assert derived_quads(Resolution(**turned)) == derived_quads(found)
    assert derived_quads(Resolution()) == []


@pytest.mark.parametrize("words", ["", "The Alder Bridge was opened in 1987"])
def test_nothing_claimed_is_outside_the_claims_own_graph(words: str) -> None:
    reading = sample_reading(words)
    inside: set[tuple[str, str, str]] = set()
    outside: set[tuple[str, str, str]] = set()
    for subject, predicate, written, graph in map(cut, quads(reading)):
        (inside if graph.endswith("/content") else outside).add((subject, predicate, written))
    assert inside and outside
    assert not inside & outside
    predicates = {predicate for _, predicate, _ in outside}
    assert not any(predicate.startswith("urn:kg:predicate/") for predicate in predicates)
    assert not predicates & {v.RDF_SUBJECT, v.RDF_OBJECT, v.NEGATED, v.ARGUMENT, *v.QUALIFIERS.values()}


def test_every_claim_has_a_graph_of_its_own_that_is_not_empty() -> None:
    reading = sample_reading("words")
    sizes: dict[str, int] = defaultdict(int)
    for line in quads(reading):
        sizes[cut(line)[3]] += 1
    names = Names()
    expected = {names.content(claim.id) for claim in reading.claims} | {names.graph(reading.document.id)}
    assert set(sizes) == expected


def test_a_statement_is_a_plain_triple_unless_negated() -> None:
    reading = sample_reading()
    lines = quads(reading)
    bridge = next(e for e in reading.entities if e.name == "Alder Bridge")
    crack = reading.quantities[0]
    plain = [(s, p, o) for s, p, o, _ in map(cut, lines) if p.startswith("urn:kg:predicate/")]
    assert plain == [(f"urn:kg:quantity/{crack.id}", "urn:kg:predicate/weaken", f"<urn:kg:entity/{bridge.id}>")]
    negated = [s for s, p, o, _ in map(cut, lines) if p == v.NEGATED and o.startswith('"true"')]
    assert len(negated) == 1


def test_a_condition_is_kept_out_of_plain_triples() -> None:
    reading = sample_reading()
    claim = next(c for c in reading.claims if any(p.predicate == "weaken" for p in c.propositions))
    (proposition,) = claim.propositions
    plain = f"<{Names().predicate('weaken')}>"
    assert any(f" {plain} " in line for line in quads(reading))
    supposed = replace(proposition.arguments[0], role="condition")
    told = replace(proposition, arguments=(*proposition.arguments, supposed))
    changed = tuple(replace(c, propositions=(told,)) if c is claim else c for c in reading.claims)
    lines = quads(replace(reading, claims=changed))
    assert not any(f"> {plain} <" in line and v.RDF_PREDICATE not in line for line in lines)
    assert any(f"<{v.QUALIFIERS['condition']}>" in line for line in lines)


def _plain(**said: str) -> list[str]:
    """The plain triples of the sample's warning, said in another way."""
    reading = sample_reading()
    claim = next(claim for claim in reading.claims if claim.kind == "warning")
    lines = quads(replace(reading, claims=(replace(claim, within="", **said),)))
    return [line for line in lines if line.split(" ")[1] == f"<{Names().predicate('weaken')}>"]


@pytest.mark.parametrize("kind", v.KINDS)
def test_a_plain_triple_is_what_the_speaker_stands_behind(kind: str) -> None:
    assert bool(_plain(kind=kind)) == (kind in ("assertion", "opinion", "belief", "warning"))
    assert _plain(kind=kind, polarity="negative") == []
    assert not any(_plain(kind=kind, modality=modality) for modality in v.MODALITIES if modality != "certain")


def test_words_that_stand_apart_have_a_selector_each() -> None:
    reading = sample_reading()
    claim = next(c for c in reading.claims if any(p.predicate == "close" for p in c.propositions))
    (proposition,) = claim.propositions
    board, road = (argument.spans[0] for argument in proposition.arguments)
    both = Argument("object", "The board the road", (board, road))
    told = replace(proposition, spans=(board, road), arguments=(both,))
    changed = tuple(replace(c, propositions=(told,)) if c is claim else c for c in reading.claims)
    lines = [cut(line) for line in quads(replace(reading, claims=changed))]
    names, id = Names(), reading.document.id
    wanted = {f"<{names.span(id, span)}>" for span in (board, road)}
    for node in (names.proposition(claim.id, 1), names.term(id, (board, road))):
        assert {o for s, p, o, _ in lines if s == node and p == v.FOUND_AT} == wanted


def test_a_statement_without_a_verb_stands_at_its_parts() -> None:
    reading = sample_reading()
    claim = next(c for c in reading.claims if any(p.predicate == "close" for p in c.propositions))
    (proposition,) = claim.propositions
    told = replace(proposition, text="is", spans=())
    changed = tuple(replace(c, propositions=(told,)) if c is claim else c for c in reading.claims)
    lines = [cut(line) for line in quads(replace(reading, claims=changed))]
    names = Names()
    places = {f"<{names.span(reading.document.id, s)}>" for a in proposition.arguments for s in a.spans}
    node = names.proposition(claim.id, 1)
    assert {o for s, p, o, _ in lines if s == node and p == v.FOUND_AT} == places


def test_every_named_thing_carries_its_document_and_its_place() -> None:
    reading = sample_reading("words")
    document = f"<urn:kg:document/{reading.document.id}>"
    lines = [cut(line) for line in quads(reading)]
    spans = {s for s, p, o, _ in lines if p == v.HAS_SOURCE and o == document}
    places = defaultdict(set)
    sources = defaultdict(set)
    for subject, predicate, written, _ in lines:
        if predicate == v.DCTERMS_SOURCE:
            sources[subject].add(written)
        if written[1:-1] in spans:
            places[subject].add(written)
    voice = f"urn:kg:speaker/{reading.document.id}-s"
    for name in ("kg:Entity", "kg:Speaker", "kg:Claim", "kg:Quantity", "kg:Time"):
        found = of_type(quads(reading), full(name))
        assert found
        for thing in found:
            assert sources[thing] == {document}
            assert places[thing] or thing == voice
    for thing in [*of_type(quads(reading), v.KG_TERM), *of_type(quads(reading), v.KG_MENTION)]:
        assert places[thing] or thing in spans


@pytest.mark.parametrize("words", ["", *HOSTILE])
def test_selectors_quote_the_characters_they_point_at(words: str) -> None:
    reading = sample_reading(words)
    text = clean(reading.document.text)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parsed(quads(reading)):
        if quad.subject.value.endswith("/selector") and quad.predicate.value != v.TYPE:  # type: ignore[union-attr]
            values[quad.subject.value][quad.predicate.value] = quad.object.value  # type: ignore[union-attr]
    assert len(values) > 10
    for value in values.values():
        start, end = int(value[v.START]), int(value[v.END])
        assert value[v.EXACT] == text[start:end]
        assert value[v.PREFIX] == text[max(0, start - 32) : start]
        assert value[v.SUFFIX] == text[end : end + 32]


def test_the_base_is_in_every_name_and_nothing_else_changes() -> None:
    reading, base = sample_reading(), "https://example.org/case/"
    moved = quads(reading, base)
    ontology = "urn:kg:ontology#"
    back = sorted(line.replace(base, "urn:kg:") for line in moved)
    assert back == quads(reading)
    assert not any("<urn:kg:" in line.replace(f"<{ontology}", "<") for line in moved)


def test_a_base_that_cannot_work_is_refused() -> None:
    with pytest.raises(KgError, match="not a base IRI"):
        quads(sample_reading(), "x y")
    with pytest.raises(KgError, match="not a base IRI"):
        derived_quads([], "x")
    with pytest.raises(KgError, match="not a base IRI"):
        run_quads("", "1")


def test_a_document_that_yields_nothing_is_still_described() -> None:
    lines = quads(Reading(Document("a.b.txt", "Nothing.", "0" * 64)))
    by_predicate = {p: o for _, p, o, _ in map(cut, lines) if p != v.TYPE}
    assert by_predicate[v.NAME] == '"a.b"'
    assert by_predicate[v.LENGTH] == f'"8"^^<{v.XSD_COUNT}>'
    assert not {v.PUBLISHER, v.AUTHOR, v.DATE_PUBLISHED, v.URL} & set(by_predicate)
