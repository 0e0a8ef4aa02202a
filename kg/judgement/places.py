"""From what a person names (an id, a beginning of one, a name) to what is judged, with its words."""

from __future__ import annotations

from typing import Final, Literal

from kg.errors import KgError
from kg.judgement.entries import Entry, Place, Selector, make, withdraw
from kg.judgement.history import heads, withdrawn
from kg.query.plain import one_line
from kg.query.show import find
from kg.query.source import Source
from kg.query.tables import Names, read
from kg.resolve.records import Subject, Verdict

Word = Literal["same", "different", "not-a-claim", "is-a-claim", "speaker-wrong", "speaker-right", "withdraw"]

ON_ONE: Final[dict[str, tuple[Subject, Verdict]]] = {
    "not-a-claim": ("claim", "wrong"),
    "is-a-claim": ("claim", "right"),
    "speaker-wrong": ("speaker", "wrong"),
    "speaker-right": ("speaker", "right"),
}
WORDS: Final = ("same", "different", *ON_ONE, "withdraw")
SHORTEST: Final = 4
"""Characters of a judgement's id that may stand for it."""


def decide(case: Source, known: list[Entry], a: str, verdict: str, b: str = "", *, by: str, why: str = "") -> Entry:
    """The entry that says of `a` (and `b`) what a person decided; see `kg.judge`. `known` are the case's entries.

    Raises KgError where a name fits nothing or several things, or the verdict does not fit them.
    """
    if verdict not in WORDS:
        raise KgError(f"no verdict is called {verdict!r}; there are: {', '.join(WORDS)}")
    try:
        if verdict == "withdraw":
            return withdraw(chosen(known, a), by=by, why=why)
        if verdict in ON_ONE:
            return _on_one(case, known, a, verdict, b, by, why)
        return _on_two(case, known, a, verdict, b, by, why)
    except ValueError as error:
        raise KgError(str(error)) from None


def _on_one(case: Source, known: list[Entry], a: str, verdict: str, name: str, by: str, why: str) -> Entry:
    if name and verdict != "speaker-wrong":
        raise KgError(f"{verdict} is said of one claim; leave out {name!r}")
    iri, kind = find(case, a)
    if kind != "claim":
        raise KgError(f"{a!r} is no claim but: {kind} {iri.removeprefix(case.base)}")
    subject, word = ON_ONE[verdict]
    return _made(known, subject, word, [place(case, iri)], by, why, name)


def _on_two(case: Source, known: list[Entry], a: str, verdict: str, b: str, by: str, why: str) -> Entry:
    if not b:
        raise KgError(f"{verdict}: as what? give two claims, or two entities")
    (first, kind), (second, other) = find(case, a), find(case, b)
    if kind != other or kind not in ("claim", "entity"):
        raise KgError(f"two claims or two entities can be {verdict}, not: {kind} and {other}")
    if kind == "entity":
        first, second = _members(case, first, second)
    if first == second:
        raise KgError(f"{a!r} and {b!r} are the same {kind}: {first.removeprefix(case.base)}")
    word: Verdict = "same" if verdict == "same" else "different"
    places = [place(case, first), place(case, second)]
    return _made(known, "claims" if kind == "claim" else "entities", word, places, by, why)


def _made(
    known: list[Entry], subject: Subject, verdict: Verdict, places: list[Place], by: str, why: str, name: str = ""
) -> Entry:
    entry = make(subject, verdict, places, by=by, name=name, why=why)
    before = heads(known, entry.matter)
    return make(subject, verdict, places, by=by, name=name, why=why, at=entry.at, supersedes=before)


def _members(case: Source, first: str, second: str) -> tuple[str, str]:
    """Two entities of documents that stand for what was named, which may be entities across documents."""
    names = Names(case)
    tops = [names.resolved.get(iri, iri) for iri in (first, second)]
    if tops[0] == tops[1] and {first, second} & set(tops):
        joined = sorted(names.members.get(tops[0], []))
        listed = ", ".join(iri.removeprefix(case.base) for iri in joined)
        raise KgError(f"these are one entity already; to part it, name two of the entities that it joins: {listed}")
    return min(names.members.get(first, [first])), min(names.members.get(second, [second]))


def chosen(known: list[Entry], id: str) -> Entry:
    """The entry that an id, or its beginning, means. Raises KgError where there is none, several, or it was taken back."""
    head = id.strip().removeprefix("judgement/").rstrip("…")
    some = [entry for entry in known if len(head) >= SHORTEST and entry.id.startswith(head)]
    if len(some) != 1:
        what = f"{len(some)} judgements begin" if some else "no judgement begins"
        raise KgError(f"{what} with {head!r}; kg judgements CASE lists them")
    if some[0].id in withdrawn(known):
        raise KgError(f"judgement {some[0].id} was withdrawn already")
    return some[0]


def place(case: Source, iri: str) -> Place:
    """A claim, or an entity of a document, with its words as the case has them. Raises KgError where it has none."""
    path = "kg:contentAt" if iri.startswith(case.base + "claim/") else "(kg:mentionedAt|kg:nestedAt)"
    rows = sorted(
        {
            (int(start), int(end), exact, prefix, suffix)
            for start, end, exact, prefix, suffix in read(
                case,
                f"""SELECT ?a ?b ?x ?p ?s {{ <{iri}> {path}/oa:hasSelector ?at .
                    ?at oa:start ?a ; oa:end ?b ; oa:exact ?x ; oa:prefix ?p ; oa:suffix ?s }}""",
            )
        }
    )
    about = f"""SELECT ?d ?sha ?file ?words {{ <{iri}> dcterms:source ?d ; kg:quote|skos:prefLabel ?words .
                ?d kg:sha256 ?sha ; kg:file ?file }}"""
    found = next(read(case, about), None)
    if not rows or found is None:
        raise KgError(f"{one_line(iri)}: has no words in a document; run kg verify")
    document, sha256, file, words = found
    selectors = tuple(Selector(*row) for row in (rows if path == "kg:contentAt" else rows[:1]))
    thing = iri.removeprefix(case.base).partition("/")[2]
    return Place(thing, document.removeprefix(case.base + "document/"), sha256, file, words, selectors)
