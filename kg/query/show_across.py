"""What is derived across documents, shown one thing at a time: groups, origins, links, and why entities are one."""

from __future__ import annotations

from collections.abc import Collection

from kg.errors import KgError
from kg.query.grouping import Group, groups_of
from kg.query.passages import Passage, passages
from kg.query.shared import offsets, shared_passages
from kg.query.source import Source
from kg.query.tables import read, values

LISTED = 12
"""Links or claims that are listed before the rest is only counted."""

Facts = list[tuple[str, str]]

_WAYS = (
    ("same as", "kg:SameLink", "kg:from", "kg:to"),
    ("same as", "kg:SameLink", "kg:to", "kg:from"),
    ("conflicts with", "kg:ConflictLink", "kg:from", "kg:to"),
    ("conflicts with", "kg:ConflictLink", "kg:to", "kg:from"),
    ("compatible with", "kg:CompatibleLink", "kg:from", "kg:to"),
    ("compatible with", "kg:CompatibleLink", "kg:to", "kg:from"),
    ("supports", "kg:SupportLink", "kg:from", "kg:to"),
    ("supported by", "kg:SupportLink", "kg:to", "kg:from"),
    ("confirms", "kg:ConfirmationLink", "kg:from", "kg:to"),
    ("confirmed by", "kg:ConfirmationLink", "kg:to", "kg:from"),
    ("repeats", "kg:RepetitionLink", "kg:from", "kg:to"),
    ("repeated by", "kg:RepetitionLink", "kg:to", "kg:from"),
)
"""What a link says of a claim, its class, the end at which the claim stands, and the other end."""


def group_at(case: Source, iri: str, kind: str) -> Group:
    """The group that an IRI means: its own, that of an origin or of a claim. Raises `KgError` where there is none."""
    path = {"origin": "kg:originOf", "claim": "kg:inGroup"}.get(kind)
    found = iri if kind == "group" else _one(case, f"<{iri}> {path} ?x") if path else ""
    if not found:
        name = iri.removeprefix(case.base)
        what = "no other claim says the same as" if kind == "claim" else "not a group, an origin or a claim:"
        raise KgError(f"{what} {name}; kg origins CASE lists the groups")
    return groups_of(case, {found})[0]


def group_facts(case: Source, iri: str) -> tuple[str, Facts, list[Passage]]:
    """Title, facts and quotes of a group."""
    group = group_at(case, iri, "group")
    facts = [("counted", f"{group.counted}, {group.publishers} publisher{'' if group.publishers == 1 else 's'}")]
    facts += [(f"origin {n}", origin.line) for n, origin in enumerate(group.origins, start=1)]
    facts += [
        (f"claim {n}", f"{claim.speaker}: {claim.quote} ({claim.document}; claim/{claim.id})")
        for n, claim in enumerate(group.claims[:LISTED], start=1)
    ]
    facts += _more(len(group.claims), f"kg origins CASE {group.id}")
    facts += [
        (f"shared {n}", f"{s.document_a} {s.span_a[0]}-{s.span_a[1]} = {s.document_b} {s.span_b[0]}-{s.span_b[1]}")
        for n, s in enumerate(shared_passages(case, group)[:LISTED], start=1)
    ]
    claims = [claim.iri for claim in group.claims[:LISTED]]
    return group.label, [*facts, ("id", group.id)], claim_places(case, claims)


def origin_facts(case: Source, iri: str) -> tuple[str, Facts, list[Passage]]:
    """Title, facts and quotes of an origin."""
    group = group_at(case, iri, "origin")
    origin = next(one for one in group.origins if one.id == iri.removeprefix(case.base))
    facts = [
        ("origin of", f"{group.label} ({group.id}: {group.counted})"),
        ("entity", _one(case, f"<{iri}> kg:entity ?x").removeprefix(case.base)),
        ("one because", "; ".join(origin.reasons)),
    ]
    facts += [
        (f"claim {n}", f"{claim.speaker}: {claim.quote} ({claim.document}; claim/{claim.id})")
        for n, claim in enumerate(origin.claims[:LISTED], start=1)
    ]
    facts += [*_more(len(origin.claims), f"kg origins CASE {group.id}"), ("id", origin.id)]
    return origin.name, facts, claim_places(case, [claim.iri for claim in origin.claims[:LISTED]])


def link_facts(case: Source, iri: str) -> tuple[str, Facts, list[Passage]]:
    """Title, facts and quotes of a link between claims or between entities."""
    said = {
        what: _one(case, f"<{iri}> {path} ?x")
        for what, path in (
            *(("class", "rdf:type"), ("from", "kg:from"), ("to", "kg:to"), ("kind", "kg:linkKind")),
            *(("conflict", "kg:conflictKind"), ("severity", "kg:severity"), ("score", "kg:score")),
            ("method", "kg:method"),
        )
    }
    ends = (said["from"], said["to"])
    possible = "Possible" in said["class"]
    kind = said["kind"] or "one entity"
    facts = [
        ("what", f"possibly {kind}: for a person to judge" if possible else kind),
        ("differ in", said["conflict"]),
        ("severity", said["severity"]),
        ("reasons", _reasons(case, iri)),
        ("method", said["method"]),
        ("score", said["score"]),
    ]
    if said["kind"]:
        facts += [(name, _told(case, claim)) for name, claim in zip(("first", "second"), ends, strict=True)]
        places = claim_places(case, ends)
    else:
        facts += [(name, _named(case, entity)) for name, entity in zip(("first", "second"), ends, strict=True)]
        places = [place for entity in ends for place in _mentions(case, entity)]
    title = " / ".join(_one(case, f"<{end}> kg:quote|skos:prefLabel ?x") for end in ends)
    return title, [*facts, ("id", iri.removeprefix(case.base))], places


def claim_links(case: Source, iri: str) -> Facts:
    """What other documents have to do with a claim: its group and every link, each with its reasons."""
    facts: Facts = []
    group = _one(case, f"<{iri}> kg:inGroup ?x")
    if group:
        found = groups_of(case, {group})[0]
        facts.append(("group", f"{found.counted}: {found.label} ({found.id})"))
        facts.append(("origin", _one(case, f"<{iri}> kg:hasOrigin/schema:name ?x")))
    for name, kind, here, there in _WAYS:
        rows = sorted(read(case, f"SELECT ?l ?o {{ ?l {here} <{iri}> ; a {kind} ; {there} ?o }}"))
        for link, other in rows[:LISTED]:
            facts.append((name, f"{_told(case, other)}: {_weight(case, link)}{_reasons(case, link)}"))
        facts += _more(len(rows), "kg query CASE --name conflicts, support, confirmations")
    return facts


def merge_facts(case: Source, members: Collection[str]) -> Facts:
    """Why the entities of documents are one: the links that made them so, and those that may, each with its reasons."""
    facts: Facts = []
    for name, kind, sure in (("joined by", "kg:EntityLink", True), ("perhaps also", "kg:PossibleEntityLink", False)):
        rows = read(
            case, f"SELECT ?l ?a ?b ?s ?m {{ ?l a {kind} ; kg:from ?a ; kg:to ?b ; kg:score ?s ; kg:method ?m }}"
        )
        mine = [
            row for row in rows if (row[1] in members and row[2] in members) or (not sure and _one_of(row, members))
        ]
        for link, a, b, score, method in sorted(mine)[:LISTED]:
            pair = f"{_named(case, a)} = {_named(case, b)}"
            facts.append((name, f"{pair}: {_reasons(case, link)} ({method}, {score})"))
        facts += _more(len(mine), "kg export CASE --format trig")
    return facts


def _one_of(row: list[str], members: Collection[str]) -> bool:
    return row[1] in members or row[2] in members


def claim_places(case: Source, claims: Collection[str]) -> list[Passage]:
    """The words of claims, each in its sentence."""
    found: list[Passage] = []
    for claim in claims:
        home = _one(case, f"<{claim}> prov:wasDerivedFrom ?x")
        stem = _one(case, f"<{home}> schema:identifier ?x")
        spans = sorted(offsets(row[1]) for row in values(case, "kg:contentAt", {claim}))
        around = [offsets(row[1]) for row in values(case, "kg:sentenceAt", {claim})]
        found += passages(case, home, stem, [(spans, around[0] if around else None)])
    return found


def _mentions(case: Source, entity: str) -> list[Passage]:
    home = _one(case, f"<{entity}> dcterms:source ?x")
    stem = _one(case, f"<{home}> schema:identifier ?x")
    spans = sorted(offsets(row[1]) for row in values(case, "kg:mentionedAt", {entity}))
    return passages(case, home, stem, [([span], None) for span in spans[:2]])


def _told(case: Source, claim: str) -> str:
    """A claim in one line: who says what, where and when."""
    said = f"<{claim}> kg:quote ?q ; prov:wasAttributedTo/schema:name ?n ; prov:wasDerivedFrom ?d"
    rows = read(
        case,
        f"SELECT ?n ?q ?s ?t {{ {said} . ?d schema:identifier ?s OPTIONAL {{ ?d schema:datePublished ?t }} }}",
    )
    name, quote, stem, date = next(rows, ["", "", "", ""])
    return f"{name}: {quote} ({stem}{', ' if date else ''}{date}; {claim.removeprefix(case.base)})"


def _named(case: Source, entity: str) -> str:
    name = _one(case, f"<{entity}> skos:prefLabel ?x")
    return f"{name} in {_one(case, f'<{entity}> dcterms:source/schema:identifier ?x')}"


def _weight(case: Source, link: str) -> str:
    """The kind and severity of a conflict; nothing for other links."""
    words = [_one(case, f"<{link}> {path} ?x") for path in ("kg:conflictKind", "kg:severity")]
    return f"{', '.join(words)}: " if all(words) else ""


def _reasons(case: Source, link: str) -> str:
    return "; ".join(row[0] for row in read(case, f"SELECT ?r {{ <{link}> kg:reason ?r }} ORDER BY ?r"))


def _one(case: Source, pattern: str) -> str:
    """The first value of ?x, in order; "" where there is none."""
    return next((row[0] for row in read(case, f"SELECT ?x {{ {pattern} }} ORDER BY ?x LIMIT 1")), "")


def _more(number: int, see: str) -> Facts:
    return [("more", f"{number - LISTED}; see: {see}")] if number > LISTED else []
