"""The tables of synthetic articles, made of what the generator knows: no reader is needed.

Vectors stand in for the reader's: a sum of pseudo-random directions of the words' hashes, one direction for words that
mean the same, little weight for small words and figures. So paraphrases are near each other, and near misses as well.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.synthetic.facts import CONCEPTS
from benchmarks.synthetic.names import Thing
from benchmarks.synthetic.stream import Article, Statement
from benchmarks.synthetic.writing import Placed, Written, write
from kg.resolve.table import (
    ClaimRow,
    EntityRow,
    Floats,
    PartRow,
    PropositionRow,
    RoleRow,
    SpeakerRow,
    Table,
    directions,
)
from kg.resolve.winnowing import fingerprints

DIMENSIONS: Final = 384
CLAIM: Final = 192
"""Components of a claim vector."""
SMALL: Final = frozenset(
    "a about according after an and at because between by from had have in into it its least more of off on out put than "
    "that the there to up was were will without would".split()
)
SMALL_WEIGHT, FIGURE_WEIGHT = 0.2, 0.5
_WORD: Final = re.compile(r"[\w,]*\w")


def vectors(text: str, claims: Sequence[str]) -> tuple[Floats, Floats]:
    """Vectors of length 1 in place of the reader's: of the text (384,), and of claims (claims, 192)."""
    rows = np.stack([np.sum([_direction(w) for w in _WORD.findall(text.lower())], axis=0) for text in (text, *claims)])
    return _of_length_one(rows[:1])[0], _of_length_one(rows[1:, :CLAIM])


def _of_length_one(rows: Floats) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@cache
def _direction(word: str) -> npt.NDArray[np.float32]:
    weight = SMALL_WEIGHT if word in SMALL else FIGURE_WEIGHT if word[0].isdigit() else 1.0
    seed = zlib.crc32(CONCEPTS.get(word, word).encode())
    return weight * np.random.Generator(np.random.SFC64(seed)).standard_normal(DIMENSIONS, np.float32)


def table(article: Article) -> Table:
    """The table that a faultless reader would make of the article."""
    page = write(article)
    data = page.text.encode()
    document = hashlib.sha256(data).hexdigest()[:16]
    ids = {thing: f"{document}-e{spans[0].start}" for thing, spans in page.mentions.items()}
    speakers: dict[str, SpeakerRow] = {}
    own = SpeakerRow(f"{document}-s", article.publisher, "document", "", "")
    speakers[own.id] = own
    claims = tuple(_claim(document, page, placed, ids, speakers) for placed in page.placed)
    theme, matters = directions(page.text, [claim.quote for claim in claims], vectors)
    packed: dict[str, Any] = {"packed": zlib.compress(data)} if "packed" in Table.__struct_fields__ else {}
    return Table(
        document=document,
        file=article.file,
        title=article.title,
        publisher=article.publisher,
        author="",
        date=article.date,
        url="",
        words=len(page.text.split()),
        entities=tuple(_entity(page, thing, id_) for thing, id_ in ids.items()),
        roles=tuple(
            RoleRow(f"{document}-r{at.start}-{at.end}", one.office.lower(), ids[one], "", "", "")
            for at, one in page.roles
        ),
        speakers=tuple(speakers.values()),
        claims=claims,
        vectors=matters,
        theme=theme,
        fingerprints=fingerprints(page.text),
        **packed,
    )


def _entity(page: Written, thing: Thing, id_: str) -> EntityRow:
    spans = page.mentions[thing]
    forms = {span.of(page.text) for span in spans}
    return EntityRow(id_, thing.type, thing.name, tuple(sorted(forms - {thing.name})), len(spans), False)


def _claim(
    document: str, page: Written, placed: Placed, ids: dict[Thing, str], speakers: dict[str, SpeakerRow]
) -> ClaimRow:
    said, span = placed.statement, placed.clause
    chain = [0]
    for thing, at in ((said.speaker, placed.speaker), (said.source, None)):
        if thing is not None:
            start, end = (at.start, at.end) if at else (page.mentions[thing][0].start, page.mentions[thing][0].end)
            id_ = f"{document}-s{start}-{end}"
            speakers.setdefault(id_, SpeakerRow(id_, thing.name, "entity", ids[thing], page.text[start:end]))
            chain.append(list(speakers).index(id_))
    cue = f"-{placed.cue}" if said.cue else ""
    return ClaimRow(
        id=f"{document}-c{span.start}-{span.end}{cue}",
        start=span.start,
        end=span.end,
        quote=span.of(page.text),
        kind="assertion",
        polarity="negative" if said.negated else "positive",
        modality="certain",
        directness="indirect" if said.cue else "author",
        cue=said.cue,
        within="",
        chain=tuple(chain),
        about=tuple(dict.fromkeys(ids[part.thing] for part in said.clause if part.thing)),
        figures=tuple(part.figure for part in said.clause if part.figure),
        dates=tuple(part.date for part in said.clause if part.date),
        propositions=(_proposition(said, ids),),
    )


def _proposition(said: Statement, ids: dict[Thing, str]) -> PropositionRow:
    parts = tuple(PartRow(p.role, p.text, ids[p.thing] if p.thing else "") for p in said.clause if p.role)
    return PropositionRow(said.predicate, said.negated, parts)
