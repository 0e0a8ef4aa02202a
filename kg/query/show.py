"""One claim, entity, speaker or document: what it says, where it stands, and where that comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import KgError
from kg.query.authority import records
from kg.query.judged import judged
from kg.query.passages import Passage, passages
from kg.query.plain import clean, one_line
from kg.query.result import shorten
from kg.query.show_across import claim_links, group_facts, link_facts, merge_facts, origin_facts
from kg.query.source import Source
from kg.query.tables import Names, fold, local, only, read

_LISTED = 12
"""Places or claims that are listed before the rest is only counted."""


@dataclass(frozen=True)
class Shown:
    """One thing of a case. `kind` is claim, entity, speaker, document, group, origin or link; `facts` are pairs of
    what and the value."""

    kind: str
    iri: str
    title: str
    facts: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]

    def __str__(self) -> str:
        """Plain text, ready for a terminal: marked words stand between » and «."""
        return self.to_text()

    def to_text(self, start: str = "»", end: str = "«") -> str:
        """The thing as text, control characters made visible; `start` and `end` stand around marked words."""
        wide = max((len(name) for name, _ in self.facts), default=0)
        lines = [f"{self.kind}  {one_line(self.title)}", ""]
        lines += [f"  {name:<{wide}}  {one_line(value)}" for name, value in self.facts]
        for passage in self.passages:
            lines += ["", f"  {one_line(passage.where)}", f"    {passage.marked(start, end, one_line)}"]
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        from html import escape

        def safe(text: str) -> str:
            return escape(clean(text))

        rows = "".join(
            f'<tr><th style="text-align:left">{safe(name)}</th><td style="text-align:left">{safe(value)}</td></tr>'
            for name, value in self.facts
        )
        quotes = "".join(
            f"<p><small>{safe(p.where)}</small></p><blockquote>{p.marked('<mark>', '</mark>', safe)}</blockquote>"
            for p in self.passages
        )
        return f"<p>{safe(self.kind)} <b>{safe(self.title)}</b></p><table>{rows}</table>{quotes}"


def show(case: Source, id: str) -> Shown:
    """One thing of a case: the quote in its context with the span marked, the chain, the source, offsets and hashes.

    `id` is an IRI, an id as the tables print it (`claim/...` or without the head; the beginning is enough where it is
    the only one), or the exact name of an entity, speaker or document in any case of letters. Raises `KgError` where
    nothing or more than one thing fits.
    """
    iri, kind = find(case, id)
    makers = {"claim": _claim, "entity": _entity, "speaker": _speaker, "document": _document}
    if kind in makers:
        return makers[kind](case, iri)
    title, facts, places = {"group": group_facts, "origin": origin_facts, "link": link_facts}[kind](case, iri)
    return Shown(kind, iri, title, _facts(*facts), tuple(places))


_KINDS = {
    "ClaimGroup": "group",
    "Origin": "origin",
    **{
        f"{name}Link": "link"
        for name in (
            *("Same", "Support", "Conflict", "Compatible", "Confirmation", "Repetition", "Possible"),
            *("Entity", "PossibleEntity"),
        )
    },
    "Claim": "claim",
    "ResolvedEntity": "entity",
    "Entity": "entity",
    "Speaker": "speaker",
    "Document": "document",
}


def find(case: Source, id: str) -> tuple[str, str]:
    """The IRI that `id` means, as in `show`, and its kind: exact ids come before names, names before beginnings.

    Raises KgError where nothing or more than one thing fits.
    """
    id = id.strip().rstrip("…")
    if not id:
        raise KgError("give the id, the IRI or the name of a claim, an entity or a document")
    exact = _known(case, only("x", [head + id for head in ("", case.base, *_heads(case)) if _is_iri(head + id)]))
    if len(exact) == 1:
        return next(iter(exact.items()))
    known = _known(case)
    short = {iri: iri.removeprefix(case.base) for iri in known}
    bare = {iri: name.partition("/")[2] for iri, name in short.items()}
    for fits in (
        [iri for iri in known if id in (iri, short[iri])],
        [iri for iri in known if id == bare[iri]],
        _named(case, id, known),
        [iri for iri in known if len(id) >= 4 and (short[iri].startswith(id) or bare[iri].startswith(id))],
    ):
        found = _fewest(case, fits, known)
        if len(found) == 1:
            return found[0], known[found[0]]
        if found:
            raise KgError(f"{len(found)} things fit {id!r}: {_several(case, found)}; give more of the id")
    near = Names(case).near(id, speakers=True)
    raise KgError(f"nothing here is called {id!r}" + (f"; there is: {', '.join(near)}" if near else ""))


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


_HEADS = ("claim", "entity", "resolved", "speaker", "document", "group", "origin", "link")


def _heads(case: Source) -> list[str]:
    return [f"{case.base}{kind}/" for kind in _HEADS]


def _known(case: Source, these: str = "") -> dict[str, str]:
    """Things that can be shown, by IRI, and their kinds; `these` limits ?x."""
    kinds = " ".join(f"kg:{name}" for name in _KINDS)
    rows = read(case, f"SELECT ?x ?t {{ {these} VALUES ?t {{ {kinds} }} ?x a ?t }}")
    return {iri: _KINDS[type.rpartition("#")[2]] for iri, type in sorted(rows)}


def _fewest(case: Source, found: list[str], known: dict[str, str]) -> list[str]:
    """Where a document and what was read in it fit, the document; where an entity and its resolved one, the latter;
    where an entity and a speaker, the entity."""
    for kind in ("document", "entity"):
        some = [iri for iri in found if known[iri] == kind]
        if some and len(found) > 1:
            found = some
            break
    resolved = Names(case).resolved if len(found) > 1 else {}
    tops = list(dict.fromkeys(resolved.get(iri, iri) for iri in found))
    return tops if len(tops) < len(found) else found


def _named(case: Source, name: str, known: dict[str, str]) -> list[str]:
    rows = read(
        case,
        "SELECT ?x ?n { ?x skos:prefLabel|skos:altLabel|schema:name|schema:identifier|kg:file ?n } ORDER BY ?x",
    )
    wanted = fold(name)
    derived = ("group", "origin", "link")  # they have words of others for a name: asked for by their ids
    fits = (iri for iri, label in rows if fold(label) == wanted and known.get(iri, "link") not in derived)
    return list(dict.fromkeys(fits))


def _several(case: Source, found: list[str]) -> str:
    listed = ", ".join(iri.removeprefix(case.base) for iri in found[:6])
    return listed + (", ..." if len(found) > 6 else "")


def _pairs(case: Source, iri: str) -> dict[str, list[str]]:
    """What the default graph says of a thing: property (shortened) → values, sorted."""
    found: dict[str, list[str]] = {}
    for predicate, value in sorted(read(case, f"SELECT ?p ?o {{ <{iri}> ?p ?o }}")):
        found.setdefault(shorten(predicate), []).append(value)
    return found


def _facts(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in pairs if value)


def _label(case: Source, iri: str, predicate: str) -> str:
    return next((row[0] for row in read(case, f"SELECT ?n {{ <{iri}> {predicate} ?n }} ORDER BY ?n")), "")


def _texts(case: Source, iri: str, path: str) -> str:
    return "; ".join(row[0] for row in read(case, f"SELECT DISTINCT ?n {{ <{iri}> {path} ?n }} ORDER BY ?n"))


def _origin(case: Source, document: str) -> list[tuple[str, str]]:
    """Where a document comes from and how its bytes and its text are pinned down."""
    said = _pairs(case, document)

    def one(name: str) -> str:
        return said.get(name, [""])[0]

    return [
        ("title", one("schema:name")),
        ("publisher", one("schema:publisher")),
        ("author", one("schema:author")),
        ("date", one("schema:datePublished")),
        ("url", one("schema:url")),
        ("language", one("schema:inLanguage")),
        ("file", one("kg:file")),
        ("sha256 of the file", one("kg:sha256")),
        ("sha256 of the text", one("kg:textSha256")),
    ]


def _claim(case: Source, iri: str) -> Shown:
    said = _pairs(case, iri)

    def one(name: str) -> str:
        return said.get(name, [""])[0]

    speaker = one("prov:wasAttributedTo")
    document = one("dcterms:source")
    words = _label(case, speaker, "kg:mentionText")
    stem = _label(case, document, "schema:identifier")
    facts = _facts(
        ("speaker", _label(case, speaker, "schema:name")),
        ("named as", words),
        ("cue", one("kg:cue")),
        ("chain", one("kg:chain")),
        ("told in", one("kg:within").removeprefix(case.base)),
        (
            "kind",
            f"{local(one('kg:kind'))}, {local(one('kg:directness'))}, {local(one('kg:polarity'))}, "
            f"{local(one('kg:modality'))}",
        ),
        ("about", _texts(case, iri, "schema:about/skos:prefLabel")),
        ("quantities", _texts(case, iri, "kg:quantity/kg:text")),
        ("times", _texts(case, iri, "kg:time/kg:text")),
        ("document", stem),
        ("offsets", ", ".join(f"{start}-{end}" for start, end in _spans(case, iri, "kg:contentAt"))),
        *judged(case, [iri]),
        *_origin(case, document),
        *claim_links(case, iri),
        ("id", iri.removeprefix(case.base)),
    )
    around = _spans(case, iri, "kg:sentenceAt")
    found = passages(case, document, stem, [(_spans(case, iri, "kg:contentAt"), around[0] if around else None)])
    return Shown("claim", iri, one("kg:quote"), facts, tuple(found))


def _spans(case: Source, iri: str, predicate: str) -> list[tuple[int, int]]:
    rows = read(case, f"SELECT ?a ?b {{ <{iri}> {predicate}/oa:hasSelector ?s . ?s oa:start ?a ; oa:end ?b }}")
    return sorted({(int(a), int(b)) for a, b in rows})


def _entity(case: Source, iri: str) -> Shown:
    names = Names(case)
    members = names.members.get(iri, [iri])
    said = _pairs(case, iri)
    labels = list(dict.fromkeys(n for node in (iri, *members) for n in names.labels.get(node, [])))
    stems = [_label(case, member, "dcterms:source/schema:identifier") for member in members]
    about, by = (_count(case, members, p) for p in ("schema:about", "prov:wasAttributedTo/kg:entity"))
    top = names.resolved.get(iri, "")
    facts = _facts(
        ("type", said.get("kg:entityType", [""])[0]),
        ("also", "; ".join(labels[1:])),
        ("documents", "; ".join(sorted(set(stems)))),
        ("one because", said.get("kg:method", [""])[0] if len(members) > 1 else ""),
        ("joins", "; ".join(f"{m.removeprefix(case.base)} in {s}" for m, s in zip(members, stems, strict=True))),
        ("part of", top.removeprefix(case.base)),
        *merge_facts(case, members),
        ("claims about it", str(about)),
        ("claims by it", str(by)),
        *_roles(case, members),
        *records(case, [top or iri]),
        ("id", iri.removeprefix(case.base)),
    )
    places: list[Passage] = []
    for member, stem in zip(members, stems, strict=True):
        document = _label(case, member, "dcterms:source")
        spots = _spans(case, member, "kg:mentionedAt") or _spans(case, member, "kg:nestedAt")
        places += passages(case, document, stem, [([s], None) for s in spots[: max(1, _LISTED // len(members))]])
    return Shown("entity", iri, (labels or [""])[0], facts, tuple(places[:_LISTED]))


def _roles(case: Source, members: list[str]) -> list[tuple[str, str]]:
    """What documents call somebody, each with the sentence that has it, in the order of the documents."""
    holders = " ".join(f"<{member}>" for member in members)
    rows = read(
        case,
        f"""SELECT ?stem ?start ?text ?sentence {{ VALUES ?e {{ {holders} }}
            ?r kg:holder ?e ; kg:text ?text ; kg:foundAt/oa:hasSelector/oa:start ?start ;
              kg:sentenceAt/oa:hasSelector/oa:exact ?sentence ; dcterms:source/schema:identifier ?stem }}""",
    )
    ordered = sorted(rows, key=lambda row: (row[0], int(row[1])))
    facts = [
        (f"role {n}", f"{text} ({stem}: {' '.join(sentence.split())})")
        for n, (stem, _, text, sentence) in enumerate(ordered[:_LISTED], start=1)
    ]
    if len(ordered) > _LISTED:
        facts.append(("more roles", f"{len(ordered) - _LISTED}; see: kg query CASE --name roles --param person=..."))
    return facts


def _count(case: Source, members: list[str], path: str) -> int:
    values = " ".join(f"<{member}>" for member in members)
    text = f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ VALUES ?e {{ {values} }} ?c a kg:Claim ; {path} ?e }}"
    return int(next(read(case, text))[0])


def _speaker(case: Source, iri: str) -> Shown:
    said = _pairs(case, iri)
    document = said.get("dcterms:source", [""])[0]
    stem = _label(case, document, "schema:identifier")
    facts = _facts(
        ("kind", said.get("kg:speakerKind", [""])[0]),
        ("named as", said.get("kg:mentionText", [""])[0]),
        ("entity", said.get("kg:entity", [""])[0].removeprefix(case.base)),
        ("document", stem),
        ("claims", str(next(read(case, f"SELECT (COUNT(?c) AS ?n) {{ ?c prov:wasAttributedTo <{iri}> }}"))[0])),
        ("id", iri.removeprefix(case.base)),
    )
    places = passages(case, document, stem, [([spot], None) for spot in _spans(case, iri, "kg:statedAt")])
    return Shown("speaker", iri, said.get("schema:name", [""])[0], facts, tuple(places))


def _document(case: Source, iri: str) -> Shown:
    said = _pairs(case, iri)
    claims = sorted(
        read(
            case,
            f"""SELECT ?c ?name ?quote {{ ?c a kg:Claim ; dcterms:source <{iri}> ; kg:quote ?quote ;
                prov:wasAttributedTo/schema:name ?name }}""",
        ),
        key=lambda row: [int(n) for n in re.findall(r"\d+", row[0].rpartition("-c")[2])],
    )
    facts = [
        *_origin(case, iri)[1:],
        ("format", said.get("dcterms:format", [""])[0]),
        ("characters", said.get("kg:length", [""])[0]),
        ("claims", str(len(claims))),
        ("id", iri.removeprefix(case.base)),
    ]
    facts += [(f"claim {n}", f"{name}: {quote}") for n, (_, name, quote) in enumerate(claims[:_LISTED], start=1)]
    if len(claims) > _LISTED:
        stem = said.get("schema:identifier", [""])[0]
        facts.append(("more", f"{len(claims) - _LISTED} claims; see: kg claims CASE --document {stem}"))
    return Shown("document", iri, said.get("schema:name", [""])[0], _facts(*facts), ())
