"""The claims of a case, as records for programs and as a table for people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, get_args

from kg.errors import KgError
from kg.language import called, is_english
from kg.query.propositions import propositions
from kg.query.result import Result, Value, dump_json
from kg.query.source import Source
from kg.query.tables import Names, fold, grouped, local, only, read, values
from kg.rdf import CHAIN_MARK, PREFIXES
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
    "modality",
    "chain",
    "about",
    "quantities",
    "times",
]
"""Columns of the table of claims."""

SHOWN = ["document", "speaker", "cue", "kind", "quote", "id"]
"""Those that a terminal has room for."""

_LISTED = 8
"""Documents named in a note before the rest is only counted."""


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
    `polarity`, `modality`, `about` (names of entities), `quantities` ({text, min, max, approx, of}; None where open) and `times`
    ({text, edtf}; `edtf` is empty where it could not be resolved) and `propositions` (see `kg.query.propositions`).

    `speaker` and `about` are names in any case of letters: shown names, aliases, names of resolved entities.
    `document` is a file stem, file name or id. Raises `KgError` for an unknown kind or document.
    """
    chosen = chosen_claims(case, speaker, about, document, kind)
    stated = propositions(case, chosen)
    return (
        {**record, "propositions": stated.get(f"{case.base}claim/{record['id']}", [])}
        for record in _records(case, chosen)
    )


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
    rows = (_row(record) for record in _records(case, chosen_claims(case, speaker, about, document, kind)))
    return Result.of(COLUMNS, rows, case.base)


def why_none(case: Source, speaker: str | None = None, about: str | None = None) -> str:
    """One line that says why filters found nothing, with names that look like those asked for."""
    names = Names(case)
    for asked, is_speaker, label in ((speaker, True, "speaker"), (about, False, "entity")):
        if asked and not (names.speakers(asked) if is_speaker else names.entities(asked)):
            near = names.near(asked, is_speaker)
            return f"no {label} is named {asked!r}" + (f"; there is: {', '.join(near)}" if near else "")
    return "no claim matches"


def remarks(
    case: Source, count: int, speaker: str | None = None, about: str | None = None, document: str | None = None
) -> list[str]:
    """What to say beside a list of `count` claims: why there is none, and in which documents none were read."""
    none = [] if count else [f"kg: {why_none(case, speaker, about)}"]
    unread = _not_english(case, document)
    return [*none, f"note: no claims were read in: {unread}"] if unread else none


def _not_english(case: Source, document: str | None) -> str:
    """The documents (all, or the one asked for) that are not English, each with its language; "" if there is none."""
    only_one = "" if document is None else f"VALUES ?d {{ <{document_iri(case, document)}> }}"
    rows = read(
        case, f"SELECT ?file ?tag {{ {only_one} ?d kg:file ?file ; schema:inLanguage ?tag }} ORDER BY ?file ?tag"
    )
    found = [f"{file} in {called(tag)}" for file, tag in rows if not is_english(tag)]
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more


def chosen_claims(
    case: Source, speaker: str | None, about: str | None, document: str | None, kind: str | None
) -> set[str] | None:
    """The IRIs of the claims that pass the filters of `claim_records`; None for all. Raises as it does."""
    found: list[set[str]] = []
    if kind is not None:
        found.append(_claims(case, "kg:kind", [PREFIXES["kg"] + _kind(kind).capitalize()]))
    if document is not None:
        found.append(_claims(case, "prov:wasDerivedFrom", [document_iri(case, document)]))
    names = Names(case)
    if speaker is not None:
        found.append(_claims(case, "prov:wasAttributedTo", names.speakers(speaker)))
    if about is not None:
        found.append(_claims(case, "schema:about", names.entities(about)))
    return set.intersection(*found) if found else None


def _claims(case: Source, path: str, wanted: Collection[str]) -> set[str]:
    """The claims that lead to one of the things wanted."""
    rows = read(case, f"SELECT ?c ?o {{ {only('o', wanted)} ?c {path} ?o }}")
    return {claim for claim, thing in rows if thing in wanted}


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


def _records(case: Source, chosen: set[str] | None) -> Iterator[dict[str, Any]]:
    def told(path: str) -> dict[str, str]:
        return dict(values(case, path, chosen))

    quotes, speakers, chains, cues = map(told, ("kg:quote", "prov:wasAttributedTo", "kg:chain", "kg:cue"))
    kinds, directness, sources = map(told, ("kg:kind", "kg:directness", "prov:wasDerivedFrom"))
    polarity, modality = map(told, ("kg:polarity", "kg:modality"))
    names = dict(read(case, "SELECT ?s ?n { ?s a kg:Speaker ; schema:name ?n }"))
    stems = dict(values(case, "schema:identifier"))
    spans = _spans(case, chosen)
    about, quantities, times = _about(case, chosen), _quantities(case, chosen), _times(case, chosen)
    for claim in sorted(quotes, key=lambda c: (stems[sources[c]], sources[c], spans.get(c, []), c)):
        yield {
            "id": claim.removeprefix(case.base + "claim/"),
            "document": stems[sources[claim]],
            "quote": quotes[claim],
            "spans": spans.get(claim, []),
            "speaker": names[speakers[claim]],
            "chain": chains[claim].split(CHAIN_MARK),
            "cue": cues.get(claim),
            "kind": local(kinds[claim]),
            "directness": local(directness[claim]),
            "polarity": local(polarity[claim]),
            "modality": local(modality[claim]),
            "about": about.get(claim, []),
            "quantities": quantities.get(claim, []),
            "times": times.get(claim, []),
        }


def _spans(case: Source, chosen: set[str] | None) -> dict[str, list[list[int]]]:
    """Offsets, which the IRI of a part of a document ends in (`kg verify` checks them against the selectors)."""
    rows = grouped(values(case, "kg:contentAt", chosen)).items()
    return {claim: sorted([*map(int, part[1].rsplit("-", 2)[1:])] for part in parts) for claim, parts in rows}


def _about(case: Source, chosen: set[str] | None) -> dict[str, list[str]]:
    """Names of the entities, in the order in which the document first names them, each once."""
    names = dict(values(case, "skos:prefLabel"))
    found = {}
    for claim, rows in grouped(values(case, "schema:about", chosen)).items():
        ordered = sorted((_number(entity), names[entity]) for _, entity in rows)
        found[claim] = list(dict.fromkeys(name for _, name in ordered))
    return found


def _number(iri: str) -> int:
    """The offset at the end of an entity's IRI; 0 where there is none."""
    digits = iri.rpartition("-e")[2]
    return int(digits) if digits.isdecimal() else 0


def _place(iri: str) -> tuple[int, int]:
    """The offsets at the end of the IRI of a quantity or a time."""
    start, _, end = iri.rpartition("/")[2].partition("-")[2][1:].partition("-")
    return int(start), int(end)


def _parts(case: Source, path: str, chosen: set[str] | None) -> tuple[dict[str, list[str]], set[str] | None]:
    """Claim → its quantities or times in the order of the text, and all of them (None: too many to ask for by name)."""
    rows = grouped(values(case, path, chosen)).items()
    found = {claim: sorted((row[1] for row in parts), key=_place) for claim, parts in rows}
    return found, None if chosen is None else {thing for things in found.values() for thing in things}


def _quantities(case: Source, chosen: set[str] | None) -> dict[str, list[dict[str, Any]]]:
    found, these = _parts(case, "kg:quantity", chosen)
    texts, low, high, approximate, of = (
        dict(values(case, path, these))
        for path in ("kg:text", "schema:minValue", "schema:maxValue", "kg:approximate", "schema:unitText")
    )
    return {
        claim: [
            {
                "text": texts[thing],
                "min": whole(low.get(thing, "")),
                "max": whole(high.get(thing, "")),
                "approx": approximate[thing] in ("true", "1"),
                "of": of.get(thing, ""),
            }
            for thing in things
        ]
        for claim, things in found.items()
    }


def _times(case: Source, chosen: set[str] | None) -> dict[str, list[dict[str, str]]]:
    found, these = _parts(case, "kg:time", chosen)
    texts, edtf = dict(values(case, "kg:text", these)), dict(values(case, "kg:edtf", these))
    return {
        claim: [{"text": texts[thing], "edtf": edtf.get(thing, "")} for thing in things]
        for claim, things in found.items()
    }


def whole(number: str) -> int | float | None:
    """An xsd:decimal as a number: int where it is whole, None where it is empty."""
    if not number:
        return None
    left, _, right = number.partition(".")
    return float(number) if right.strip("0") else int(left or "0")


def _row(record: dict[str, Any]) -> list[Value]:
    flat: dict[str, Value] = dict(record) | {
        "chain": CHAIN_MARK.join(record["chain"]),
        "about": "; ".join(record["about"]),
        "quantities": "; ".join(q["text"] for q in record["quantities"]),
        "times": "; ".join(t["edtf"] or t["text"] for t in record["times"]),
    }
    return [flat[column] for column in COLUMNS]
