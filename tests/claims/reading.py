"""Small documents read through the real reader, for tests of claims."""

from __future__ import annotations

import functools
import hashlib

from kg.claims import read_claims
from kg.document import Document, Metadata
from kg.reader import read
from kg.records import Claim, Reading


@functools.cache
def reading(text: str, date: str = "", publisher: str = "") -> Reading:
    """What a text yields as a document of its own."""
    data = text.encode()
    metadata = Metadata(date=date, publisher=publisher)
    document = Document("sample.txt", text, hashlib.sha256(data).hexdigest(), metadata=metadata)
    return read_claims(document, read(document))


def attributed(text: str) -> list[Claim]:
    return [claim for claim in reading(text).claims if claim.cue]


def only(text: str) -> Claim:
    """The one attributed claim at the top level of a text."""
    (claim,) = [claim for claim in attributed(text) if not claim.within]
    return claim
