"""Groups of claims that say the same, as records: their origins, the claims of each, and the words that documents share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kg.query.claims import chosen_claims
from kg.query.result import Result, Value, dump_json
from kg.query.source import Source
from kg.query.tables import local, only, read, values
from kg.rdf import CHAIN_MARK

COLUMNS = [
    *("group", "line", "label", "documents", "speakers", "publishers", "origins"),
    *("origin", "claim", "document", "publisher", "date", "speaker", "cue", "kind", "quote", "chain"),
]
"""Columns of the table of groups with their claims."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a group: `document` is a file stem, `chain` are names from the document inwards, `iri` its name."""

    id: str
    document: str
    publisher: str
    date: str
    speaker: str
    cue: str
    kind: str
    quote: str
    chain: tuple[str, ...]
    origin: str
    iri: str


@dataclass(frozen=True, slots=True)
class OriginRecord:
    """A source that claims of a group go back to: `reasons` say why they are one."""

    id: str
    name: str
    reasons: tuple[str, ...]
    claims: tuple[Told, ...]

    @property
    def line(self) -> str:
        """Who, in which documents, and why these are one."""
        stems = ", ".join(dict.fromkeys(claim.document for claim in self.claims))
        why = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return f"{self.name} ← {stems}{why}"


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that say the same. `origins` are the independent sources, that with the most claims first."""

    id: str
    label: str
    documents: int
    speakers: int
    publishers: int
    origins: tuple[OriginRecord, ...]
    iri: str

    @property
    def claims(self) -> tuple[Told, ...]:
        """All claims, by origin."""
        return tuple(claim for origin in self.origins for claim in origin.claims)

    @property
    def counted(self) -> str:
        """How much stands behind it: "5 documents, 3 speakers, 1 origin"."""
        return ", ".join(
            (_many(self.documents, "document"), _many(self.speakers, "speaker"), _many(len(self.origins), "origin"))
        )

    @property
    def line(self) -> str:
        """The group on one line: "5 documents, 1 origin: Lake Board ← courier, echo (reused text)"."""
        told = " | ".join(origin.line for origin in self.origins)
        return f"{_many(self.documents, 'document')}, {_many(len(self.origins), 'origin')}: {told}"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def groups_of(case: Source, these: Collection[str] | None = None) -> list[Group]:
    """The groups of the case, or those with the IRIs given; those with the most documents and fewest origins first."""
    told = _claims(case, these)
    reasons: dict[str, list[str]] = defaultdict(list)
    for origin, reason in read(case, "SELECT ?o ?r { ?o a kg:Origin ; kg:reason ?r } ORDER BY ?o ?r"):
        reasons[origin].append(reason)
    sources: dict[str, list[OriginRecord]] = defaultdict(list)
    rows = read(case, f"SELECT ?o ?g ?n {{ {only('g', these)} ?o kg:originOf ?g ; schema:name ?n }} ORDER BY ?g ?o ?n")
    for origin, group, name in rows:
        claims = tuple(sorted(told.get(origin, ()), key=lambda c: (c.date, c.document, c.id)))
        sources[group].append(OriginRecord(_id(case, origin), name, tuple(reasons[origin]), claims))
    head = "?g a kg:ClaimGroup ; skos:prefLabel ?l ; kg:documents ?d ; kg:speakers ?s ; kg:publishers ?p"
    found = []
    for group, label, *numbers in read(case, f"SELECT ?g ?l ?d ?s ?p {{ {only('g', these)} {head} }}"):
        if these is None or group in these:
            parts = sorted(sources[group], key=lambda o: (-len(o.claims), o.name, o.id))
            documents, speakers, publishers = map(int, numbers)
            found.append(Group(_id(case, group), label, documents, speakers, publishers, tuple(parts), group))
    return sorted(found, key=lambda g: (-g.documents, len(g.origins), g.label, g.id))


def _claims(case: Source, groups: Collection[str] | None) -> dict[str, list[Told]]:
    """The claims in groups, by origin."""
    member = {claim: group for claim, group in values(case, "kg:inGroup") if groups is None or group in groups}
    origins = dict(values(case, "kg:hasOrigin", member))
    quotes, cues, kinds, chains, speakers, homes = (
        dict(values(case, path, member))
        for path in ("kg:quote", "kg:cue", "kg:kind", "kg:chain", "prov:wasAttributedTo", "prov:wasDerivedFrom")
    )
    names = dict(values(case, "schema:name", set(speakers.values())))
    stems, papers, dates = (
        dict(values(case, path)) for path in ("schema:identifier", "schema:publisher", "schema:datePublished")
    )
    found: dict[str, list[Told]] = defaultdict(list)
    for claim, origin in origins.items():
        home = homes[claim]
        found[origin].append(
            Told(
                id=claim.removeprefix(case.base + "claim/"),
                document=stems[home],
                publisher=papers.get(home, ""),
                date=dates.get(home, ""),
                speaker=names[speakers[claim]],
                cue=cues.get(claim, ""),
                kind=local(kinds[claim]),
                quote=quotes[claim],
                chain=tuple(chains[claim].split(CHAIN_MARK)),
                origin=_id(case, origin),
                iri=claim,
            )
        )
    return found


def _id(case: Source, iri: str) -> str:
    return iri.removeprefix(case.base)


def chosen_groups(
    case: Source,
    speaker: str | None = None,
    about: str | None = None,
    document: str | None = None,
    kind: str | None = None,
) -> list[Group]:
    """The groups in which one claim at least passes the filters, which are those of `kg.query.claims`. Raises as it does."""
    chosen = chosen_claims(case, speaker, about, document, kind)
    if chosen is None:
        return groups_of(case)
    return groups_of(case, {group for claim, group in values(case, "kg:inGroup", chosen)})


def group_lines(groups: list[Group]) -> Iterator[str]:
    """One line of JSON for each group: its line, numbers and origins, each with its claims."""
    for group in groups:
        yield dump_json({"line": group.line, **_plain(asdict(group))})


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what only the program needs."""
    del record["iri"]
    for origin in record["origins"]:
        origin["claims"] = [{k: v for k, v in c.items() if k not in ("iri", "origin")} for c in origin["claims"]]
    return record


def group_table(case: Source, groups: list[Group]) -> Result:
    """A row for each claim of each group."""
    rows: list[list[Value]] = [
        [
            *(group.id, group.line, group.label, group.documents, group.speakers, group.publishers, len(group.origins)),
            *(origin.name, claim.id, claim.document, claim.publisher, claim.date, claim.speaker, claim.cue, claim.kind),
            *(claim.quote, CHAIN_MARK.join(claim.chain)),
        ]
        for group in groups
        for origin in group.origins
        for claim in origin.claims
    ]
    return Result.of(COLUMNS, rows, case.base)
