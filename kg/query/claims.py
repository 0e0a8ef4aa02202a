"""The claims of a case, as records for programs and as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from kg.errors import KgError
from kg.query.result import Result, Value, dump_json
from kg.query.source import Source
from kg.query.tables import Names, fold, grouped, local, only, read
from kg.records import Kind

COLUMNS = [
    "id",
    "document",
    "speaker",
    "quote",
    "kind",
    "cue",
    "directness",
    "polarity",
    "chain",
    "about",
    "quantities",
    "times",
]
"""Columns of the table of claims."""

SHOWN = ["document", "speaker", "cue", "kind", "quote", "id"]
"""Those that a terminal has room for."""


def claim_records(
    case: Source,
    speaker: str | None = None,
    about: str | None = None,
    document: str | None = None,
    kind: str | None = None,
) -> Iterator[dict[str, Any]]:
    """The claims as plain records, in the order of documents (by file stem) and of their text.

    Each has `id`, `document` (file stem), `quote`, `spans` ([start, end] in characters of the document's text),
    `speaker`, `chain` (names, from the document inwards), `cue` (None for an author claim), `kind`, `directness`,
    `polarity`, `about` (names of entities), `quantities` ({text, min, max, approx, of}; None where open) and `times`
    ({text, edtf}; `edtf` is empty where it could not be resolved).

    `speaker` and `about` are names in any case of letters: shown names, aliases, names of resolved entities.
    `document` is a file stem, file name or id. Raises `KgError` for an unknown kind or document.
    """
    chosen = _choose(case, speaker, about, document, kind)
    return _records(case, chosen)


def claim_lines(
    case: Source,
    speaker: str | None = None,
    about: str | None = None,
    document: str | None = None,
    kind: str | None = None,
) -> Iterator[str]:
    """`claim_records` as lines of JSON."""
    return map(dump_json, claim_records(case, speaker, about, document, kind))


def claims(
    case: Source,
    speaker: str | None = None,
    about: str | None = None,
    document: str | None = None,
    kind: str | None = None,
) -> Result:
    """The claims as a table; see `claim_records` for the filters. Lists are joined with "; ", chains with " › "."""
    rows = (_row(record) for record in claim_records(case, speaker, about, document, kind))
    return Result.of(COLUMNS, rows, case.base)


def why_none(case: Source, speaker: str | None = None, about: str | None = None) -> str:
    """One line that says why filters found nothing, with names that look like those asked for."""
    names = Names(case)
    for asked, is_speaker, label in ((speaker, True, "speaker"), (about, False, "entity")):
        if asked and not (names.speakers(asked) if is_speaker else names.entities(asked)):
            near = names.near(asked, is_speaker)
            return f"no {label} is named {asked!r}" + (f"; there is: {', '.join(near)}" if near else "")
    return "no claim matches"


def _choose(
    case: Source, speaker: str | None, about: str | None, document: str | None, kind: str | None
) -> list[list[str]]:
    """The claims that pass: claim, document, quote, speaker name, chain, kind, directness, polarity, cue, speaker."""
    lines = []
    if kind is not None:
        lines.append(f"?c kg:kind kg:{_kind(kind).capitalize()} .")
    if document is not None:
        lines.append(only("d", [document_iri(case, document)]))
    names = Names(case) if speaker is not None or about is not None else None
    who = names.speakers(speaker) if names and speaker is not None else None
    things = names.entities(about) if names and about is not None else None
    lines += [only("s", who), only("e", things), "?c schema:about ?e ." if things is not None else ""]
    rows = read(
        case,
        f"""SELECT DISTINCT ?c ?stem ?quote ?name ?chain ?kind ?direct ?polarity ?cue ?s {"?e" if things else ""} {{
            {" ".join(lines)}
            ?c a kg:Claim ; dcterms:source ?d ; kg:quote ?quote ; prov:wasAttributedTo ?s ; kg:chain ?chain ;
               kg:kind ?kind ; kg:directness ?direct ; kg:polarity ?polarity .
            ?d schema:identifier ?stem . ?s schema:name ?name . OPTIONAL {{ ?c kg:cue ?cue }} }}""",
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        if (who is None or row[9] in who) and (things is None or row[10] in things):
            found.setdefault(row[0], row)
    return list(found.values())


def _kind(kind: str) -> str:
    known = get_args(Kind)
    if kind.lower() not in known:
        raise KgError(f"no kind of claim is called {kind!r}; there are: {', '.join(known)}")
    return kind.lower()


def document_iri(case: Source, document: str) -> str:
    """The IRI of a document named by file stem, file name, id or IRI. Raises `KgError` if none or several match."""
    rows = list(read(case, "SELECT ?d ?stem ?file { ?d a kg:Document ; schema:identifier ?stem ; kg:file ?file }"))
    ids = [(iri, iri.removeprefix(case.base + "document/"), stem, file) for iri, stem, file in rows]
    exact = [iri for iri, *known in ids if document in (iri, *known)]
    found = exact or [iri for iri, *known in ids if fold(document) in map(fold, known)]
    if len(found) == 1:
        return found[0]
    if found:
        said = ", ".join(iri.removeprefix(case.base + "document/") for iri in sorted(found))
        raise KgError(f"several documents are called {document!r}; give the id: {said}")
    stems = sorted({row[1] for row in rows})
    said = ", ".join(stems[:8]) + (", ..." if len(stems) > 8 else "")
    raise KgError(f"no document is called {document!r}; there are: {said}" if stems else "the case has no documents")


def _records(case: Source, chosen: Sequence[Sequence[str]]) -> Iterator[dict[str, Any]]:
    claims = [row[0] for row in chosen]
    these = only("c", claims)
    spans = _spans(case, these)
    about, quantities, times = _about(case, these), _quantities(case, these), _times(case, these)
    for row in sorted(chosen, key=lambda r: (r[1], spans.get(r[0], []), r[0])):
        claim, stem, quote, name, chain, kind, direct, polarity, cue, *_ = row
        yield {
            "id": claim.removeprefix(case.base + "claim/"),
            "document": stem,
            "quote": quote,
            "spans": spans.get(claim, []),
            "speaker": name,
            "chain": chain.split(_mark()),
            "cue": cue or None,
            "kind": local(kind),
            "directness": local(direct),
            "polarity": local(polarity),
            "about": about.get(claim, []),
            "quantities": quantities.get(claim, []),
            "times": times.get(claim, []),
        }


def _mark() -> str:
    from kg.rdf import CHAIN_MARK

    return CHAIN_MARK


def _spans(case: Source, these: str) -> dict[str, list[list[int]]]:
    text = f"""SELECT ?c ?from ?to {{ {these} ?c a kg:Claim ; kg:contentAt/oa:hasSelector ?at .
               ?at oa:start ?from ; oa:end ?to }}"""
    return {c: sorted([int(r[1]), int(r[2])] for r in rows) for c, rows in grouped(read(case, text)).items()}


def _about(case: Source, these: str) -> dict[str, list[str]]:
    """Names of the entities, in the order in which the document first names them, each once."""
    text = f"SELECT ?c ?e ?name {{ {these} ?c a kg:Claim ; schema:about ?e . ?e skos:prefLabel ?name }}"
    found = {}
    for claim, rows in grouped(read(case, text)).items():
        rows.sort(key=lambda row: (_number(row[1]), row[2]))
        found[claim] = list(dict.fromkeys(row[2] for row in rows))
    return found


def _number(iri: str) -> int:
    """The offset at the end of an entity's IRI; 0 where there is none."""
    digits = iri.rpartition("-e")[2]
    return int(digits) if digits.isdecimal() else 0


def _quantities(case: Source, these: str) -> dict[str, list[dict[str, Any]]]:
    text = f"""SELECT ?c ?q ?start ?text ?min ?max ?approx ?of {{ {these} ?c a kg:Claim ; kg:quantity ?q .
        ?q kg:text ?text ; kg:approximate ?approx ; kg:foundAt/oa:hasSelector/oa:start ?start .
        OPTIONAL {{ ?q schema:minValue ?min }} OPTIONAL {{ ?q schema:maxValue ?max }}
        OPTIONAL {{ ?q schema:unitText ?of }} }}"""
    found: dict[str, list[dict[str, Any]]] = {}
    for claim, rows in grouped(read(case, text)).items():
        found[claim] = [
            {"text": said, "min": whole(low), "max": whole(high), "approx": approx in ("true", "1"), "of": of}
            for _, _, _, said, low, high, approx, of in sorted(rows, key=lambda r: (int(r[2]), r[1]))
        ]
    return found


def whole(number: str) -> int | float | None:
    """An xsd:decimal as a number: int where it is whole, None where it is empty."""
    if not number:
        return None
    left, _, right = number.partition(".")
    return float(number) if right.strip("0") else int(left or "0")


def _times(case: Source, these: str) -> dict[str, list[dict[str, str]]]:
    text = f"""SELECT ?c ?t ?start ?text ?edtf {{ {these} ?c a kg:Claim ; kg:time ?t .
        ?t kg:text ?text ; kg:foundAt/oa:hasSelector/oa:start ?start . OPTIONAL {{ ?t kg:edtf ?edtf }} }}"""
    return {
        claim: [{"text": r[3], "edtf": r[4]} for r in sorted(rows, key=lambda r: (int(r[2]), r[1]))]
        for claim, rows in grouped(read(case, text)).items()
    }


def _row(record: dict[str, Any]) -> list[Value]:
    flat: dict[str, Value] = dict(record) | {
        "chain": _mark().join(record["chain"]),
        "about": "; ".join(record["about"]),
        "quantities": "; ".join(q["text"] for q in record["quantities"]),
        "times": "; ".join(t["edtf"] or t["text"] for t in record["times"]),
    }
    return [flat[column] for column in COLUMNS]
