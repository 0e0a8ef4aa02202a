"""Every shape, broken on purpose, is reported; what the writer writes conforms."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from rdflib import RDF, SH, BNode, Graph

from kg.rdf import validate
from kg.rdf import vocabulary as v
from kg.resources import resource
from tests.rdf.everything import authority_lines, document_lines, link_lines, run_lines
from tests.rdf.judged import judgement_lines
from tests.rdf.lines import cut, full, join, of_type
from tests.samples import HOSTILE, sample_reading

MANY = 99
TARGETS = {
    *(
        "kg:Document",
        "oa:SpecificResource",
        "oa:TextQuoteSelector",
        "kg:Entity",
        "kg:Mention",
        "kg:NestedMention",
        "kg:Role",
        "kg:Speaker",
        "kg:Claim",
    ),
    *("kg:Quantity", "kg:Time", "kg:Proposition", "kg:Term", "kg:ResolvedEntity"),
    *("kg:AuthorityLink", "kg:PossibleAuthorityLink", "kg:AuthorityRecord"),
    *("kg:EntityLink", "kg:PossibleEntityLink", "kg:ClaimGroup", "kg:Origin", "kg:Reuse", "kg:SharedPassage"),
    *("kg:SameLink", "kg:SupportLink", "kg:ConflictLink", "kg:CompatibleLink", "kg:ConfirmationLink"),
    *("kg:RepetitionLink", "kg:PossibleLink"),
    *("prov:Activity", "prov:SoftwareAgent", "schema:PropertyValue"),
    *("kg:Judgement", "kg:JudgedPassage", "prov:Person"),
}


@cache
def good() -> tuple[str, ...]:
    return (*document_lines(), *link_lines(), *authority_lines(), *run_lines(), *judgement_lines())


def shapes() -> Graph:
    return Graph().parse(resource("ontology", "shapes.ttl"), format="turtle")


def rules() -> list[tuple[str, str, int, int]]:
    """Class, path, least and most values of every property constraint with a plain path."""
    graph = shapes()
    found = []
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        target = str(graph.value(shape, SH.targetClass))
        for rule in graph.objects(shape, SH.property):
            path = graph.value(rule, SH.path)
            if isinstance(path, BNode):
                continue
            least, most = graph.value(rule, SH.minCount), graph.value(rule, SH.maxCount)
            found.append((target, str(path), int(str(least or 0)), int(str(most or MANY))))
    return sorted(found)


def focus(target: str, path: str) -> tuple[str, str]:
    """A thing of a class, one that has the property where there is one, and the graph that speaks of it."""
    things = of_type(good(), target)
    having = [s for s, p, _, _ in map(cut, good()) if p == path and s in things]
    thing = (having or things)[0]
    return thing, next(g for s, p, _, g in map(cut, good()) if s == thing and p in (path, v.TYPE))


def without(thing: str, path: str) -> list[str]:
    return [line for line in good() if cut(line)[:2] != (thing, path)]


def reported(lines: list[str], thing: str, path: str = "") -> bool:
    return any(problem.startswith(f"{thing}:") and path in problem for problem in validate(lines))


def test_what_is_written_conforms() -> None:
    assert validate(good()) == []
    assert validate([]) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_conforms(words: str) -> None:
    from kg.rdf import quads

    assert validate(quads(sample_reading(words))) == []


def test_every_class_has_a_shape() -> None:
    graph = shapes()
    found = {str(graph.value(shape, SH.targetClass)) for shape in graph.subjects(RDF.type, SH.NodeShape)}
    assert found == {full(name) for name in TARGETS}


@pytest.mark.parametrize(("target", "path"), [(t, p) for t, p, least, _ in rules() if least])
def test_a_value_that_is_missing_is_reported(target: str, path: str) -> None:
    thing, graph = focus(target, path)
    lines = without(thing, path)
    if path == v.TYPE:
        lines.append(join(thing, path, f"<{target}>", graph))
    assert reported(lines, thing, path)


@pytest.mark.parametrize(("target", "path"), [(t, p) for t, p, _, most in rules() if most < MANY])
def test_one_value_too_many_is_reported(target: str, path: str) -> None:
    thing, graph = focus(target, path)
    extra = [join(thing, path, f"<urn:more:{n}>", graph) for n in range(3)]
    problems = [p for p in validate([*good(), *extra]) if p.startswith(f"{thing}:") and path in p]
    assert any("More than" in problem for problem in problems)


@pytest.mark.parametrize(("target", "path"), [(t, p) for t, p, _, _ in rules()])
def test_a_value_of_the_wrong_sort_is_reported(target: str, path: str) -> None:
    thing, graph = focus(target, path)
    values = [o for s, p, o, _ in map(cut, good()) if (s, p) == (thing, path)]
    wrong = '"words"' if (values and values[0].startswith("<")) else "<urn:wrong>"
    lines = [*without(thing, path), join(thing, path, wrong, graph)]
    if path == v.TYPE:
        lines.append(join(thing, path, f"<{target}>", graph))
    assert reported(lines, thing, path)


COUNT = f"^^<{v.XSD_COUNT}>"
DECIMAL = f"^^<{v.XSD_DECIMAL}>"
VALUES = [
    ("kg:Document", "kg:sha256", '"ABC"'),
    ("kg:Document", "kg:textSha256", f'"{"a" * 63}"'),
    ("kg:Document", "schema:name", '""'),
    ("kg:Document", "kg:length", f'"-1"{COUNT}'),
    ("kg:Document", "kg:length", '"12"'),
    ("kg:Document", "schema:datePublished", '"2021-05-04"'),
    ("kg:Document", "schema:url", '"https://courier.example/"'),
    ("kg:Document", "prov:wasDerivedFrom", '"bytes"'),
    ("oa:SpecificResource", "oa:hasSource", "<urn:kg:document/other>"),
    ("oa:TextQuoteSelector", "oa:exact", '""'),
    ("oa:TextQuoteSelector", "oa:prefix", f'"{"x" * 33}"'),
    ("oa:TextQuoteSelector", "oa:suffix", f'"{"x" * 33}"'),
    ("oa:TextQuoteSelector", "oa:start", f'"9999"{COUNT}'),
    ("kg:Entity", "skos:prefLabel", '""'),
    ("kg:Judgement", "kg:verdict", '"true"'),
    ("kg:Judgement", "prov:generatedAtTime", '"yesterday"'),
    ("kg:JudgedPassage", "kg:sha256", '"ABC"'),
    ("prov:Person", "foaf:name", '""'),
    ("kg:Entity", "kg:entityType", '"thing"'),
    ("kg:Mention", "kg:mentions", "<urn:kg:entity/none>"),
    ("kg:NestedMention", "kg:nestedIn", "<urn:kg:span/none>"),
    ("kg:Role", "schema:roleName", '""'),
    ("kg:Role", "kg:holder", "<urn:kg:entity/none>"),
    ("kg:Role", "kg:officeOf", "<urn:kg:entity/none>"),
    ("kg:Role", "kg:qualifier", '"perhaps"'),
    ("kg:Role", "kg:titleAt", "<urn:kg:span/none>"),
    ("kg:Speaker", "schema:name", '""'),
    ("kg:Speaker", "kg:speakerKind", '"ghost"'),
    ("kg:Speaker", "kg:entity", "<urn:kg:entity/none>"),
    ("kg:Claim", "kg:quote", '""'),
    ("kg:Claim", "prov:wasAttributedTo", "<urn:kg:speaker/none>"),
    ("kg:Claim", "kg:within", "<urn:kg:claim/none>"),
    ("kg:Claim", "kg:kind", "<urn:kg:ontology#Direct>"),
    ("kg:Claim", "kg:directness", "<urn:kg:ontology#Positive>"),
    ("kg:Claim", "kg:polarity", "<urn:kg:ontology#Denial>"),
    ("kg:Claim", "schema:about", "<urn:kg:entity/none>"),
    ("kg:Claim", "kg:quantity", "<urn:kg:quantity/none>"),
    ("kg:Claim", "kg:time", "<urn:kg:time/none>"),
    ("kg:Quantity", "schema:minValue", '"12"'),
    ("kg:Quantity", "kg:approximate", '"perhaps"'),
    ("kg:Quantity", "kg:text", '""'),
    ("kg:Time", "kg:edtf", '"1987"'),
    ("kg:Time", "kg:foundAt", "<urn:kg:span/none>"),
    ("kg:Proposition", "kg:negated", '"no"'),
    ("kg:Term", "rdfs:label", '""'),
    ("kg:ResolvedEntity", "kg:method", '""'),
    ("kg:ResolvedEntity", "kg:entityType", '"thing"'),
    ("kg:AuthorityLink", "kg:record", "<https://authority.example/record/none>"),
    ("kg:AuthorityLink", "kg:serviceMatch", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
    ("kg:AuthorityLink", "kg:service", '"ftp://authority.example/"^^<http://www.w3.org/2001/XMLSchema#anyURI>'),
    ("kg:PossibleAuthorityLink", "kg:nameSent", '""'),
    ("kg:PossibleAuthorityLink", "prov:generatedAtTime", '"today"'),
    ("kg:EntityLink", "kg:score", f'"1.5"{DECIMAL}'),
    ("kg:EntityLink", "kg:reason", '""'),
    ("kg:ClaimGroup", "kg:origins", '"two"'),
    ("kg:Origin", "kg:originOf", "<urn:kg:group/none>"),
    ("kg:Origin", "kg:entity", "<urn:kg:resolved/none>"),
    ("kg:SameLink", "kg:linkKind", '"support"'),
    ("kg:SupportLink", "kg:score", f'"-0.1"{DECIMAL}'),
    ("kg:ConflictLink", "kg:conflictKind", '"taste"'),
    ("kg:ConflictLink", "kg:severity", '"dreadful"'),
    ("kg:PossibleLink", "kg:linkKind", '"friendship"'),
    ("kg:Reuse", "kg:share", f'"2"{DECIMAL}'),
    ("kg:Reuse", "kg:passage", "<urn:kg:reuse/none>"),
    ("kg:SharedPassage", "kg:toAt", "<urn:kg:span/none>"),
    ("prov:Activity", "kg:model", '"abc"'),
    ("prov:Activity", "kg:option", "<urn:kg:run/option/none>"),
]


@pytest.mark.parametrize(("target", "path", "value"), VALUES)
def test_a_wrong_value_is_reported(target: str, path: str, value: str) -> None:
    thing, graph = focus(full(target), full(path))
    assert reported([*without(thing, full(path)), join(thing, full(path), value, graph)], thing, full(path))


def test_more_than_a_property_can_be_wrong() -> None:
    quantity, graph = focus(v.KG_QUANTITY, v.MIN_VALUE)
    below = join(quantity, v.MAX_VALUE, f'"3"^^<{v.XSD_DECIMAL}>', graph)
    assert reported([*good(), below], quantity, v.MIN_VALUE)
    entity, graph = focus(v.KG_ENTITY, v.PREF_LABEL)
    name = next(o for s, p, o, _ in map(cut, good()) if (s, p) == (entity, v.PREF_LABEL))
    assert reported([*good(), join(entity, v.ALT_LABEL, name, graph)], entity, v.ALT_LABEL)
    speaker, _ = focus(v.KG_SPEAKER, v.SPEAKER_ENTITY)
    assert reported(without(speaker, v.SPEAKER_ENTITY), speaker)
    resolved = of_type(good(), v.KG_RESOLVED)[0]
    assert reported([line for line in good() if cut(line)[1] != v.SPECIALIZATION_OF], resolved)
    for name, tie in ((v.KG_CLAIM_GROUP, v.IN_GROUP), (v.KG_CLAIM_GROUP, v.ORIGIN_OF), (v.KG_ORIGIN, v.HAS_ORIGIN)):
        lost = [line for line in good() if cut(line)[1] != tie]
        assert reported(lost, of_type(good(), name)[0])
    link, graph = focus(v.KG_ENTITY_LINK, v.FROM)
    end = next(o for s, p, o, _ in map(cut, good()) if (s, p) == (link, v.FROM))
    assert reported([*without(link, v.TO), join(link, v.TO, end, graph)], link, v.FROM)


def test_the_derived_graph_is_checked_without_the_documents() -> None:
    assert validate(link_lines()) == []
    places = [s for s, p, _, _ in map(cut, link_lines()) if p == v.HAS_SOURCE]
    assert len(places) == 2
    astray = [line for line in link_lines() if cut(line)[:2] != (places[0], v.HAS_SOURCE)]
    graph = cut(link_lines()[0])[3]
    assert reported([*astray, join(places[0], v.HAS_SOURCE, "<urn:kg:document/none>", graph)], places[0], v.HAS_SOURCE)


CLASSES = [
    ("kg:Claim", v.SCHEMA_CLAIM),
    ("kg:Claim", v.PROV_ENTITY),
    ("kg:Speaker", v.PROV_AGENT),
    ("kg:Quantity", v.QUANTITATIVE_VALUE),
    ("kg:Mention", v.SPECIFIC_RESOURCE),
    ("kg:NestedMention", v.SPECIFIC_RESOURCE),
    ("kg:Role", v.PROV_ENTITY),
    ("oa:TextQuoteSelector", v.POSITION_SELECTOR),
]


@pytest.mark.parametrize(("target", "lost"), CLASSES)
def test_a_class_that_is_missing_is_reported(target: str, lost: str) -> None:
    thing = of_type(good(), full(target))[0]
    assert reported([line for line in good() if cut(line)[:3] != (thing, v.TYPE, f"<{lost}>")], thing)


def leaked(lines: list[str]) -> list[str]:
    """One triple of what is claimed, put among the facts about the document."""
    content = next(line for line in lines if cut(line)[1].startswith("urn:kg:predicate/"))
    graph = next(cut(line)[3] for line in lines if cut(line)[1] == v.FILE)
    return [*lines, join(*cut(content)[:3], graph)]


def emptied(lines: list[str]) -> list[str]:
    graph = next(cut(line)[3] for line in lines if cut(line)[3].endswith("/content"))
    return [line for line in lines if cut(line)[3] != graph]


def orphaned(lines: list[str]) -> list[str]:
    return [*lines, join("urn:a", "urn:b", "<urn:c>", "urn:kg:claim/none/content")]


BETWEEN: list[tuple[Callable[[list[str]], list[str]], str]] = [
    (leaked, "asserted outside its graph"),
    (emptied, "content graph is empty"),
    (orphaned, "no claim points to"),
    (lambda lines: [*lines, "_:b <urn:p> <urn:o> <urn:g> ."], "neither IRI nor literal"),
    (lambda lines: [*lines, "<urn:s> <urn:p> <urn:o> ."], "default graph"),
    (lambda lines: [*lines, '<urn:s> <urn:p> "cut'], "not N-Quads"),
]


@pytest.mark.parametrize(("damage", "words"), BETWEEN)
def test_what_shapes_cannot_see_is_reported(damage: Callable[[list[str]], list[str]], words: str) -> None:
    problems = validate(damage(list(good())))
    assert any(words in problem for problem in problems)
    assert all("\n" not in problem for problem in problems)
