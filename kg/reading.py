"""One document on its way in: bytes → document → records → quads. A pure function, so it runs in any process."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.case_manifest import Copy, DocumentEntry
from kg.document import Document, Metadata, Span
from kg.errors import KgError
from kg.language import english_part, unread
from kg.records import Claim, Reading

Reader = Callable[[Document], Reading]


def read_document(document: Document) -> Reading:
    """Read what is in English in a document with the neural reader; see `kg.language`."""
    from kg.claims import read_claims
    from kg.reader import read as parse

    english = english_part(document)
    if not english.text.strip():
        return Reading(document)
    return replace(read_claims(english, parse(english)), document=document)


def read(path: str | Path, metadata: Metadata | None = None) -> Reading:
    """Read one file: its entities, claims, quantities and times. Raises KgError if it cannot be read."""
    from kg.loaders import load

    return read_document(load(Path(path), metadata))


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be read: its kept bytes, the hash they must have, the copy that names it, and how it is read."""

    source: Path
    sha256: str
    copies: tuple[Copy, ...]
    base: str
    reader: Reader


@dataclass(frozen=True, slots=True)
class Yield:
    """What a document yields: its N-Quads, its rows for the work across documents, its entry in the manifest, and what of it was
    not read ("" if all was)."""

    graph: bytes
    table: bytes
    entry: DocumentEntry
    unread: str = ""


def perform(job: Job) -> Yield:
    """Read one document. Raises KgError where its bytes cannot be read, or the reader strays from the text."""
    from kg.loaders import from_bytes
    from kg.rdf import quads
    from kg.reader import text_vectors
    from kg.resolve import dump, table_of

    data = job.source.read_bytes()
    if hashlib.sha256(data).hexdigest() != job.sha256:
        raise KgError("the bytes kept in the case are damaged; build it again from the original file")
    document = from_bytes(data, job.copies[0].file, job.copies[0].metadata)
    reading = job.reader(document)
    check(reading, document)
    lines = quads(reading, job.base)
    graph = "".join(f"{line}\n" for line in lines).encode()
    table = dump(table_of(reading, text_vectors))
    counts = {
        "characters": len(document.text),
        "claims": len(reading.claims),
        "entities": len(reading.entities),
        "quads": len(lines),
        "quantities": len(reading.quantities),
        "roles": len(reading.roles),
        "times": len(reading.times),
    }
    entry = _entry(document, job, graph, table, counts)
    return Yield(graph, table, entry, unread(document) if job.reader is read_document else "")


def _entry(document: Document, job: Job, graph: bytes, table: bytes, counts: dict[str, int]) -> DocumentEntry:
    return DocumentEntry(
        id=document.id,
        file=document.file,
        stem=document.stem,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        media_type=document.media_type,
        metadata=document.metadata,
        copies=job.copies,
        graph=hashlib.sha256(graph).hexdigest(),
        counts=counts,
        table=hashlib.sha256(table).hexdigest(),
    )


def check(reading: Reading, document: Document) -> None:
    """Raise KgError where a reading is not of this document, points outside its text, or gives two records one id."""
    if reading.document != document:
        raise KgError("the reader returned the reading of another document; correct the reader")
    records = (reading.entities, reading.claims, reading.quantities, reading.times, reading.roles, reading.nested)
    ids = Counter(record.id for some in records for record in some)
    if doubled := sorted(name for name, count in ids.items() if count > 1):
        raise KgError(f"the reader returned two records with the id {doubled[0]!r}; correct the reader")
    length = len(document.text)
    for name, spans in _places(reading):
        if not name.startswith(document.id + "-"):
            raise KgError(f"the reader returned {name!r}, not an id of this document; correct the reader")
        if any(span.end > length for span in spans):
            raise KgError(f"the reader returned {name!r} with a span outside the text; correct the reader")


def _places(reading: Reading) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for entity in reading.entities:
        yield entity.id, (*entity.mentions, *entity.nested)
    for quantity in reading.quantities:
        yield quantity.id, (quantity.span,)
    for time in reading.times:
        yield time.id, (time.span,)
    for role in reading.roles:
        parts = (role.span, role.title_span, role.sentence, role.holder_span, role.of_span, role.qualifier_span)
        yield role.id, tuple(part for part in parts if part is not None)
    for nested in reading.nested:
        yield nested.id, (nested.span, nested.within)
    for claim in reading.claims:
        yield from _claim_places(claim)


def _claim_places(claim: Claim) -> Iterator[tuple[str, tuple[Span, ...]]]:
    yield claim.id, (*claim.spans, claim.sentence, *claim.cue_spans)
    for speaker in (*claim.chain, claim.speaker):
        yield speaker.id, speaker.spans
    for proposition in claim.propositions:
        yield claim.id, (*proposition.spans, *(span for part in proposition.arguments for span in part.spans))
