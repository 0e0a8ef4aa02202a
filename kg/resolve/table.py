"""What one document brings to the work across documents: its row in every table, a pure function of its reading.

Rows hold what links are made of and nothing else, so that the rows of many documents fit in memory and travel well. They are
kept in the case beside the document's graph (MessagePack, one file a document), so that nothing is read twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
import numpy.typing as npt

from kg.errors import KgError
from kg.records import Directness, EntityType, Kind, Modality, Polarity, Reading, SpeakerKind
from kg.resolve.winnowing import Fingerprint, fingerprints

if TYPE_CHECKING:
    from kg.records import Claim, Proposition

Floats = npt.NDArray[np.float32]
Vectors = Callable[[str, Sequence[str]], tuple[Floats, Floats]]
"""What a text (384,) and its claims (claims, 192) are about, as directions of length 1: see `kg.reader.text_vectors`."""

SCALE: Final = 127
"""A component of a vector, -1 to 1, is kept as a whole number up to this."""
GRAIN: Final = 2048
"""Parts of 1 to which a component of a direction is rounded."""
FORMAT: Final = 3


class EntityRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entity of the document. `nested`: it is named only inside longer names or roles. `mentions`: how often, at least 1."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: int
    nested: bool


class RoleRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An office as the document words it: see `kg.records.Role`. `of_text` are the words of what it is an office of."""

    id: str
    lemma: str
    holder: str
    of: str
    of_text: str
    qualifier: str


class SpeakerRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A speaker: see `kg.records.Speaker`."""

    id: str
    name: str
    kind: SpeakerKind
    entity: str
    mention: str


class FigureRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An amount inside a claim: at least `minimum`, at most `maximum` (None: open), of what."""

    minimum: float | None
    maximum: float | None
    approximate: bool
    of: str
    text: str


class PartRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An argument of a proposition: its role, words, and the id of the entity that they mention, or ""."""

    role: str
    text: str
    entity: str


class PropositionRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    predicate: str
    negated: bool
    parts: tuple[PartRow, ...]


class ClaimRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A claim: see `kg.records.Claim`. `chain` are places in the document's `speakers`, from the document inwards; `about` ids of
    entities; `dates` EDTF strings; `start` and `end` where the first span begins and the last ends, in characters."""

    id: str
    start: int
    end: int
    quote: str
    kind: Kind
    polarity: Polarity
    modality: Modality
    directness: Directness
    cue: str
    within: str
    chain: tuple[int, ...]
    about: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    dates: tuple[str, ...]
    propositions: tuple[PropositionRow, ...]


class Table(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All rows of one document. `vectors` are the claims' own vectors, (claims, 192) signed bytes, row by row; `theme` is the
    vector of the document's text, 384 signed bytes, none without claims; `packed` is that text, compressed: what is shared with
    others is shown in its words."""

    document: str
    file: str
    title: str
    publisher: str
    author: str
    date: str
    url: str
    words: int
    entities: tuple[EntityRow, ...]
    roles: tuple[RoleRow, ...]
    speakers: tuple[SpeakerRow, ...]
    claims: tuple[ClaimRow, ...]
    vectors: bytes
    theme: bytes
    fingerprints: tuple[Fingerprint, ...]
    packed: bytes
    format: int = FORMAT

    @property
    def text(self) -> str:
        """The document's text."""
        return zlib.decompress(self.packed).decode("utf-8", "surrogatepass")

    def matrix(self) -> Floats:
        """The claims' vectors (claims, 192), of length 1 (see `grained`); all zeros for a claim without words."""
        if not self.claims:
            return np.zeros((0, 0), np.float32)
        return grained(np.frombuffer(self.vectors, np.int8).reshape(len(self.claims), -1).astype(np.int64))

    def direction(self) -> Floats:
        """What the document is about, as a direction (384,) of length 1; (0,) for one without claims."""
        whole = np.frombuffer(self.theme, np.int8).astype(np.int64)
        return grained(whole[None])[0] if whole.size else np.zeros(0, np.float32)


def grained(rows: npt.NDArray[np.int64]) -> Floats:
    """Directions (rows, dimensions) of rows of whole numbers: of length 1, components rounded to grains of 1 / GRAIN.

    An inner product of two is a whole number of squared grains below 2**24 at every step, which 32 bits hold: it is exact, so the
    same on every processor, in whatever order it is summed.
    """
    length = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    return np.asarray(np.rint(rows / np.maximum(length, 1e-9) * GRAIN) / GRAIN, np.float32)


def table_of(reading: Reading, vectors: Vectors) -> Table:
    """The rows of a document. `vectors` gives the vectors of its text and of its claims' quotes."""
    theme, own = directions(reading.document.text, [claim.quote for claim in reading.claims], vectors)
    document, meta = reading.document, reading.document.metadata
    figures = {
        q.id: FigureRow(q.minimum, q.maximum, q.approximate, q.of, " ".join(q.text.split())) for q in reading.quantities
    }
    dates = {t.id: t.edtf for t in reading.times if t.edtf}
    speakers: dict[str, int] = {}
    rows: list[SpeakerRow] = []
    for claim in reading.claims:
        for one in claim.chain:
            if one.id not in speakers:
                speakers[one.id] = len(rows)
                rows.append(SpeakerRow(one.id, one.name, one.kind, one.entity, one.mention))
    return Table(
        document=document.id,
        file=document.file,
        title=meta.title,
        publisher=meta.publisher,
        author=meta.author,
        date=meta.date,
        url=meta.url,
        words=len(document.text.split()),
        entities=tuple(
            EntityRow(e.id, e.type, e.name, e.aliases, max(1, len(e.mentions)), not e.mentions)
            for e in reading.entities
        ),
        roles=tuple(
            RoleRow(r.id, r.lemma, r.holder, r.of, r.of_span.of(document.text) if r.of_span else "", r.qualifier)
            for r in reading.roles
        ),
        speakers=tuple(rows),
        claims=tuple(_claim(claim, speakers, figures, dates) for claim in reading.claims),
        vectors=own,
        theme=theme,
        fingerprints=fingerprints(document.text),
        packed=zlib.compress(document.text.encode("utf-8", "surrogatepass"), 6),
    )


def _claim(claim: Claim, speakers: dict[str, int], figures: dict[str, FigureRow], dates: dict[str, str]) -> ClaimRow:
    return ClaimRow(
        id=claim.id,
        start=claim.spans[0].start,
        end=claim.spans[-1].end,
        quote=claim.quote,
        kind=claim.kind,
        polarity=claim.polarity,
        modality=claim.modality,
        directness=claim.directness,
        cue=claim.cue,
        within=claim.within,
        chain=tuple(speakers[one.id] for one in claim.chain),
        about=claim.about,
        figures=tuple(figures[q] for q in claim.quantities if q in figures),
        dates=tuple(dates[t] for t in claim.times if t in dates),
        propositions=tuple(map(_proposition, claim.propositions)),
    )


def _proposition(one: Proposition) -> PropositionRow:
    return PropositionRow(one.predicate, one.negated, tuple(PartRow(a.role, a.text, a.entity) for a in one.arguments))


def directions(text: str, quotes: Sequence[str], vectors: Vectors) -> tuple[bytes, bytes]:
    """The `theme` and the `vectors` of the table of a text whose claims have these quotes."""
    if not quotes:
        return b"", b""
    theme, claims = vectors(text, quotes)
    return _bytes(theme / max(float(np.abs(theme).max()), 1e-9)), _bytes(claims)


def _bytes(vectors: Floats) -> bytes:
    return np.clip(np.rint(vectors * SCALE), -SCALE, SCALE).astype(np.int8).tobytes()


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Table)


def dump(table: Table) -> bytes:
    """The bytes of a table's file: the same table gives the same bytes."""
    return _ENCODER.encode(table)


def parse(data: bytes, name: str) -> Table:
    """The table that the bytes of a file hold. Raises KgError, naming `name`, if they are damaged."""
    try:
        table = _DECODER.decode(data)
    except (msgspec.DecodeError, ValueError):
        raise KgError(f"{name}: damaged; build the document again") from None
    if table.format != FORMAT:
        raise KgError(f"{name}: written by another version of kg; build the document again")
    return table
