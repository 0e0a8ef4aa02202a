"""Attributions of a read document as claims: one for the same words by the same cue."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.claims import read_claims
from kg.document import Document, Span
from kg.reader import read
from kg.reader.attribution import Attribution
from kg.records import Claim

TEXT = "Elena Varga said that the port was closed, and that boats were lost."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def claims_of(attributions: Sequence[Attribution]) -> list[Claim]:
    document = Document("sample.txt", TEXT, "0" * 64)
    doc = read(document)
    doc._.attributions = tuple(attributions)
    return [claim for claim in read_claims(document, doc).claims if claim.cue]


WHOLE = Attribution(
    (span("Elena Varga"),), (span("said"),), (span("that the port was closed, and that boats were lost"),)
)
PARTS = Attribution((), (span("said"),), (span("that the port was closed"), span("that boats were lost")))


@pytest.mark.parametrize("given", [(WHOLE, PARTS), (PARTS, WHOLE)])
def test_two_readings_of_the_same_words_are_one_claim_of_whoever_is_named(given: tuple[Attribution, ...]) -> None:
    (claim,) = claims_of(given)
    assert claim.speaker.name == "Elena Varga"
