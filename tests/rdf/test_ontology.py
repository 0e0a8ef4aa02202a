"""The ontology and the JSON-LD context, held against what the writer really writes."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Dataset, Graph, Namespace, URIRef

from kg.rdf import PREFIXES
from kg.rdf import vocabulary as v
from kg.resources import resource
from tests.rdf.everything import all_lines, authority_lines, document_lines, link_lines, run_lines
from tests.rdf.judged import judgement_lines
from tests.rdf.lines import cut, parsed
from tests.samples import HOSTILE, sample_reading

SCHEMA = Namespace(PREFIXES["schema"])
ONTOLOGY = URIRef("urn:kg:ontology")
CLASSES, PROPERTIES = (OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)


@cache
def ontology() -> Graph:
    return Graph().parse(resource("ontology", "kg.ttl"), format="turtle")


def terms(*types: URIRef) -> set[URIRef]:
    return {term for kind in types for term in ontology().subjects(RDF.type, kind) if isinstance(term, URIRef)}


@cache
def used() -> frozenset[str]:
    """Terms of our own that the writer writes."""
    found = {part for line in all_lines() for part in cut(line)[1:3]}
    return frozenset(part.strip("<>") for part in found if part.strip("<>").startswith(v.KG))


def own_terms() -> list[URIRef]:
    return sorted(terms(*CLASSES, *PROPERTIES, SKOS.Concept, SKOS.ConceptScheme))


@pytest.mark.parametrize("term", own_terms())
def test_every_term_has_one_label_one_comment_and_an_example(term: URIRef) -> None:
    graph = ontology()
    for predicate in (RDFS.label, RDFS.comment):
        (text,) = graph.objects(term, predicate)
        assert str(text).strip()
    assert [str(text) for text in graph.objects(term, SKOS.example) if str(text).strip()]
    assert graph.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_the_ontology_names_itself() -> None:
    graph = ontology()
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in graph
    assert graph.value(ONTOLOGY, RDFS.label) and graph.value(ONTOLOGY, OWL.versionInfo)


def test_what_is_written_is_defined_and_what_is_defined_is_written() -> None:
    schemes = {scheme for concept in terms(SKOS.Concept) for scheme in ontology().objects(concept, SKOS.inScheme)}
    assert schemes == terms(SKOS.ConceptScheme)
    assert used() == {str(term) for term in terms(*CLASSES, *PROPERTIES, SKOS.Concept)}


def test_every_name_in_the_vocabulary_is_written() -> None:
    written = {part.strip("<>") for line in all_lines() for part in cut(line)[1:3]}
    names = {text for name, text in vars(v).items() if name.isupper() and isinstance(text, str)}
    names -= {v.BASE, *PREFIXES.values(), v.XSD_STRING}
    datatypes = {part.rpartition("^^")[2].strip("<>") for line in all_lines() for part in cut(line)[2:3]}
    assert names - written - datatypes == {v.MAX_VALUE}  # the sample's amount is open above


def test_own_terms_have_one_kind_each() -> None:
    for first, second in ((CLASSES, PROPERTIES), ((OWL.ObjectProperty,), (OWL.DatatypeProperty,))):
        assert not terms(*first) & terms(*second)
    labels = [str(ontology().value(term, RDFS.label)) for term in terms(*CLASSES)]
    assert len(labels) == len(set(labels))


def classes_of(property_: URIRef, exact: URIRef, any_of: URIRef) -> set[URIRef]:
    return {name for how in (exact, any_of) for name in ontology().objects(property_, how) if isinstance(name, URIRef)}


@pytest.mark.parametrize("term", sorted(terms(*PROPERTIES)))
def test_domains_and_ranges_hold_for_what_is_written(term: URIRef) -> None:
    domains = {str(name) for name in classes_of(term, RDFS.domain, SCHEMA.domainIncludes)}
    ranges = {str(name) for name in classes_of(term, RDFS.range, SCHEMA.rangeIncludes)}
    assert domains and ranges
    assert all(name in used() for name in domains | ranges if name.startswith(v.KG))
    types: dict[str, set[str]] = {}
    for subject, predicate, written, _ in map(cut, all_lines()):
        if predicate == v.TYPE:
            types.setdefault(subject, set()).add(written.strip("<>"))
    for concept in terms(SKOS.Concept):
        types[str(concept)] = {str(SKOS.Concept)}
    for subject, predicate, written, _ in map(cut, all_lines()):
        if predicate != str(term):
            continue
        assert types[subject] & domains, subject
        if term in terms(OWL.DatatypeProperty):
            datatype = written.rpartition("^^")[2].strip("<>") if written.endswith(">") else v.XSD_STRING
            assert {datatype} == ranges
        elif term == URIRef(v.CONTENT):
            assert written.endswith("/content>")
        else:
            assert types[written.strip("<>")] & ranges, written


def test_subproperties_are_written_with_the_property_above() -> None:
    written = {cut(line)[:3] for line in all_lines()}
    for below, above in ontology().subject_objects(RDFS.subPropertyOf):
        pairs = [(s, o) for s, p, o in written if p == str(below)]
        assert pairs and all((s, str(above), o) in written for s, o in pairs)


def context() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return loaded


def iris_of(entries: dict[str, Any]) -> dict[str, str]:
    """Every name in the context with the IRI it stands for."""
    found = {}
    for name, entry in entries.items():
        short = entry["@id"] if isinstance(entry, dict) else str(entry)
        prefix, colon, local = short.partition(":")
        if colon and prefix in PREFIXES and not name.startswith("@"):
            found[name] = PREFIXES[prefix] + local
    return found


def test_the_context_has_all_prefixes_and_every_term() -> None:
    entries = context()
    assert {prefix: entries[prefix] for prefix in PREFIXES} == PREFIXES
    names = iris_of(entries)
    assert len(set(names.values())) == len(names)
    written = {part.strip("<>") for line in all_lines() for part in cut(line)[1:3] if part.strip("<>").startswith(v.KG)}
    predicates = {cut(line)[1] for line in all_lines()} - {v.TYPE}
    own = {predicate for predicate in predicates if not predicate.startswith("urn:kg:predicate/")}
    assert written | own <= set(names.values())


@pytest.mark.parametrize(
    "lines",
    [document_lines(), link_lines(), authority_lines(), run_lines(), judgement_lines()],
    ids=["document", "derived", "authority", "run", "judgements"],
)
def test_json_ld_with_the_context_comes_back_the_same(lines: list[str]) -> None:
    assert through_json_ld(lines) == by_words(lines)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_comes_back_from_json_ld(words: str) -> None:
    from kg.rdf import quads

    lines = quads(sample_reading(words))
    assert through_json_ld(lines) == by_words(lines)


def test_json_ld_uses_the_short_names() -> None:
    written = json.loads(as_json_ld(document_lines()))
    claims = [node for graph in written["graph"] for node in graph["graph"] if "Claim" in node.get("type", "")]
    assert len(claims) == 5
    assert {"quote", "chain", "kind", "polarity", "content", "wasAttributedTo"} <= set(claims[0])
    assert {claim["kind"] for claim in claims} <= {"Assertion", "Warning", "Denial", "Opinion"}


def as_json_ld(lines: list[str]) -> str:
    data = Dataset()
    data.parse(data="".join(f"{line}\n" for line in lines), format="nquads")
    return data.serialize(format="json-ld", context=context(), auto_compact=True)


def through_json_ld(lines: list[str]) -> set[tuple[str, ...]]:
    back = Dataset()
    back.parse(data=as_json_ld(lines), format="json-ld")
    return {(str(s), str(p), str(o), str(getattr(o, "datatype", None) or ""), str(g)) for s, p, o, g in back.quads()}


def by_words(lines: list[str]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for quad in parsed(lines):
        datatype = getattr(quad.object, "datatype", None)
        name = datatype.value if datatype is not None and datatype.value != v.XSD_STRING else ""
        s, p, o, g = (str(getattr(part, "value", "")) for part in quad)
        if name == v.XSD_DATE_TIME:
            o = o.replace("Z", "+00:00")  # as rdflib writes UTC
        found.add((s, p, o, name, g))
    return found


def test_the_query_in_the_readme_answers() -> None:
    import pyoxigraph as ox

    store = ox.Store()
    for quad in parsed(document_lines()):
        store.add(quad)
        if not str(getattr(quad.graph_name, "value", "")).endswith("/content"):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    readme = resource("ontology", "README.md").read_text(encoding="utf-8")
    query = readme.split("```sparql\n")[1].split("```")[0]
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    quotes = {row["name"].value: row["quote"].value for row in found}
    assert quotes["Ada Moreno"]
