"""The documents of gold stories read, and what kg makes of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from benchmarks.across.gold import Gold, GoldClaim, only
from benchmarks.across.score import view_of
from benchmarks.across.view import View
from kg.claims.names import key
from kg.records import Reading
from kg.resolve.records import Resolution
from kg.resolve.table import ClaimRow, SpeakerRow, Table, Vectors, directions, table_of


@dataclass(frozen=True, slots=True)
class Read:
    """A document's reading and its table."""

    reading: Reading
    table: Table


def read(gold: Gold) -> dict[str, Read]:
    """Read the documents, by file. Raises ValueError where the characters read are not those that the gold counts."""
    import kg
    from kg.reader import text_vectors

    found = {}
    for file, (path, metadata) in gold.files.items():
        reading = kg.read(path, metadata)
        if reading.document.text.rstrip() != path.read_text(encoding="utf-8").rstrip():
            raise ValueError(f"{file}: the loader changes the text, so the gold's characters do not fit")
        found[file] = Read(reading, table_of(reading, text_vectors))
    return found


def resolution(tables: Iterable[Table]) -> Resolution:
    """What kg derives across documents. Raises RuntimeError where this kg cannot."""
    from kg.resolve import resolve

    made: object = resolve(list(tables))  # type: ignore[arg-type, unused-ignore]
    if not isinstance(made, Resolution):
        raise RuntimeError("kg.resolve.resolve does not return a Resolution")
    return made


def view(gold: Gold, reads: Mapping[str, Read]) -> View:
    """The story's documents as kg reads and resolves them."""
    mine = {file: reads[file] for file in gold.files}
    return view_of(gold, _readings(mine), resolution(one.table for one in mine.values()))


def linked(gold: Gold, reads: Mapping[str, Read], vectors: Vectors) -> View:
    """The same without the reader's mistakes: only claims that are the gold's, with its quote and its speakers.

    What the reader missed is left out of the gold too, so only linking is judged. Figures, dates and propositions remain
    the reader's.
    """
    mine = {file: reads[file] for file in gold.files}
    known = view_of(gold, _readings(mine), Resolution()).claim_of
    theirs = {ours: gold.claims[one] for one, ours in known.items()}
    made = resolution(corrected(one, theirs, vectors) for one in mine.values())
    return view_of(only(gold, set(known)), _readings(mine), made, known)


def corrected(one: Read, theirs: Mapping[str, GoldClaim], vectors: Vectors) -> Table:
    """The table with the claims that `theirs` names, each with the gold's quote and speakers."""
    table, speakers, rows = one.table, list(one.table.speakers), []
    for row in table.claims:
        if row.id in theirs:
            claim = theirs[row.id]
            chain = _chain(table, row, claim, speakers)
            within = row.within if row.within in theirs else ""
            start, end = claim.span.start, claim.span.end
            rows.append(
                msgspec.structs.replace(row, start=start, end=end, quote=claim.quote, chain=chain, within=within)
            )
    theme, data = directions(table.text, [row.quote for row in rows], vectors)
    return msgspec.structs.replace(table, speakers=tuple(speakers), claims=tuple(rows), vectors=data, theme=theme)


def _chain(table: Table, row: ClaimRow, claim: GoldClaim, speakers: list[SpeakerRow]) -> tuple[int, ...]:
    """The document's voice, the gold's speaker, and to whom it goes back: rows of `speakers`, which grows where needed."""
    voice = row.chain[:1]
    names = [claim.speaker] if claim.speaker == claim.ultimate else [claim.speaker, claim.ultimate]
    own = {key(table.publisher), key(table.author)} - {""}
    return voice + tuple(_speaker(table, row, name, speakers) for name in names if key(name) not in own)


def _speaker(table: Table, row: ClaimRow, name: str, speakers: list[SpeakerRow]) -> int:
    wanted = key(name)
    place: int
    for place in (*row.chain[1:], *range(len(speakers))):
        if key(speakers[place].name) == wanted and speakers[place].kind != "document":
            return place
    entity = next((e for e in table.entities if wanted in {key(e.name), *map(key, e.aliases)}), None)
    if entity is None:
        last = [e for e in table.entities if e.type == "person" and key(e.name).split()[-1:] == wanted.split()[-1:]]
        entity = last[0] if len(last) == 1 else None
    id_ = f"{row.id}-gold{len(speakers)}"
    known = entity and SpeakerRow(id_, entity.name, "entity", entity.id, name)
    speakers.append(known or SpeakerRow(id_, name, "description", "", name))
    return len(speakers) - 1


def _readings(reads: Mapping[str, Read]) -> dict[str, Reading]:
    return {file: one.reading for file, one in reads.items()}
