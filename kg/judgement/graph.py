"""Judgements as RDF (PROV-O, Web Annotation) and back: the graph `graph/judgements` of a case, which no build makes anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast
from urllib.parse import unquote

from kg.errors import KgError
from kg.judgement.entries import PAIRS, Entry, Place, Selector, check
from kg.rdf import vocabulary as v
from kg.rdf.names import Names
from kg.rdf.nquads import Sink, canonical, check_base
from kg.rdf.vocabulary import BASE

Values = dict[str, list[str]]


def to_quads(entries: Iterable[Entry], base: str = BASE) -> list[str]:
    """Canonical N-Quads of the graph of judgements. Raises KgError where `base` is not a base IRI."""
    names = Names(check_base(base))
    sink = Sink(names.judgements_graph)
    for entry in entries:
        _write(sink, names, entry)
    return canonical(sink.lines)


def _write(sink: Sink, names: Names, entry: Entry) -> None:
    node, person = names.judgement(entry.id), names.person(entry.by)
    thing = names.entity if entry.subject == "entities" else names.claim
    sink.types(node, v.KG_JUDGEMENT, v.PROV_ENTITY)
    sink.text(node, v.SUBJECT, entry.subject)
    sink.text(node, v.VERDICT, entry.verdict)
    sink.link(node, v.JUDGED_A, thing(entry.a))
    if entry.subject in PAIRS:
        sink.link(node, v.JUDGED_B, thing(entry.b))
    elif entry.b:
        sink.text(node, v.SPEAKER_NAME, entry.b)
    sink.link(node, v.ATTRIBUTED_TO, person)
    sink.types(person, v.PROV_PERSON, v.PROV_AGENT)
    sink.text(person, v.FOAF_NAME, entry.by)
    sink.typed(node, v.GENERATED_AT, entry.at, v.XSD_DATE_TIME)
    if entry.why:
        sink.text(node, v.COMMENT, entry.why)
    sink.links(node, v.REVISION_OF, map(names.judgement, entry.supersedes))
    if entry.withdraws:
        sink.link(node, v.WITHDRAWS, names.judgement(entry.withdraws))
    for number, place in enumerate(entry.places, start=1):
        sink.link(node, v.RESTS_ON, f"{node}/{number}")
        _write_place(sink, names, f"{node}/{number}", place, thing(place.thing))


def _write_place(sink: Sink, names: Names, node: str, place: Place, thing: str) -> None:
    sink.types(node, v.KG_JUDGED)
    sink.link(node, v.PASSAGE_OF, thing)
    sink.link(node, v.HAS_SOURCE, names.document(place.document))
    sink.text(node, v.SHA256, place.sha256)
    sink.text(node, v.FILE, place.file)
    sink.text(node, v.QUOTE, place.quote)
    for number, at in enumerate(place.selectors, start=1):
        selector = f"{node}/{number}"
        sink.link(node, v.HAS_SELECTOR, selector)
        sink.types(selector, v.QUOTE_SELECTOR, v.POSITION_SELECTOR)
        for predicate, text in ((v.EXACT, at.exact), (v.PREFIX, at.prefix), (v.SUFFIX, at.suffix)):
            sink.text(selector, predicate, text)
        sink.count(selector, v.START, at.start)
        sink.count(selector, v.END, at.end)


def from_quads(data: bytes, base: str, name: str) -> list[Entry]:
    """The entries that the N-Quads of a graph of judgements hold, by id.

    Raises KgError, naming `name`, where they hold anything else, or an entry that was changed since it was made.
    """
    import pyoxigraph as ox

    things: dict[str, Values] = {}
    try:
        for quad in ox.parse(data, ox.RdfFormat.N_QUADS):
            values = things.setdefault(str(getattr(quad.subject, "value", "")), {})
            values.setdefault(quad.predicate.value, []).append(str(getattr(quad.object, "value", "")))
        names = Names(base)
        nodes = sorted(node for node, values in things.items() if v.KG_JUDGEMENT in values.get(v.TYPE, ()))
        entries = [_entry(node, things, names) for node in nodes]
        for entry in entries:
            check(entry)
        if "".join(f"{line}\n" for line in to_quads(entries, base)).encode() != data:
            raise ValueError("it holds something else than judgements")
    except (SyntaxError, ValueError, KeyError, IndexError) as error:
        said = " ".join(str(error).split())
        raise KgError(f"{name}: damaged ({said}); put back a good copy of it") from None
    return entries


def _entry(node: str, things: Mapping[str, Values], names: Names) -> Entry:
    values = things[node]
    subject, verdict = _one(values, v.SUBJECT), _one(values, v.VERDICT)
    head = names.entity("") if subject == "entities" else names.claim("")

    def ids(predicate: str, head: str) -> tuple[str, ...]:
        return tuple(sorted(unquote(iri.removeprefix(head)) for iri in values.get(predicate, ())))

    judged = names.judgement("")
    rests = sorted(values.get(v.RESTS_ON, ()), key=lambda part: int(part.rpartition("/")[2]))
    return Entry(
        id=unquote(node.removeprefix(judged)),
        subject=cast(Any, subject),
        a=ids(v.JUDGED_A, head)[0],
        b=ids(v.JUDGED_B, head)[0] if subject in PAIRS else _one(values, v.SPEAKER_NAME, ""),
        verdict=cast(Any, verdict),
        by=_one(things[_one(values, v.ATTRIBUTED_TO)], v.FOAF_NAME),
        at=_one(values, v.GENERATED_AT),
        why=_one(values, v.COMMENT, ""),
        places=tuple(_place(part, things, names, head) for part in rests),
        supersedes=ids(v.REVISION_OF, judged),
        withdraws=(*ids(v.WITHDRAWS, judged), "")[0],
    )


def _place(node: str, things: Mapping[str, Values], names: Names, head: str) -> Place:
    values = things[node]
    parts = sorted(values[v.HAS_SELECTOR], key=lambda part: int(part.rpartition("/")[2]))
    return Place(
        thing=unquote(_one(values, v.PASSAGE_OF).removeprefix(head)),
        document=unquote(_one(values, v.HAS_SOURCE).removeprefix(names.document(""))),
        sha256=_one(values, v.SHA256),
        file=_one(values, v.FILE),
        quote=_one(values, v.QUOTE),
        selectors=tuple(_selector(things[part]) for part in parts),
    )


def _selector(values: Values) -> Selector:
    start, end, *texts = (_one(values, key) for key in (v.START, v.END, v.EXACT, v.PREFIX, v.SUFFIX))
    return Selector(int(start), int(end), *texts)


def _one(values: Values, predicate: str, default: str | None = None) -> str:
    """The one value of a property; `default`, where given, if there is none."""
    found = values.get(predicate, [])
    if len(found) == 1:
        return found[0]
    if found or default is None:
        raise ValueError(f"{len(found)} values of {predicate}")
    return default
