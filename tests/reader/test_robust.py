"""Texts as they come: in capitals, without punctuation, badly scanned, in other scripts. All are read, and every place holds.

What is read of them may be poor; what must never happen is an error, a span outside the text, or a quote that is not there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.claims import read_claims
from kg.document import Document, Metadata, Span
from kg.rdf import BASE, quads
from kg.reader import read
from kg.reading import check, read_document
from kg.records import Reading
from kg.verification import selector_problems

SENTENCES = (
    "The harbour office said on Monday that 14 boats had left the port.",
    "“We regret the delay,” said Elena Varga, the board's director, who added that repairs would cost 12 million euros.",
    "According to Northern Wire, the ministry had denied that more than 30,000 people were affected in the summer of 1988.",
    "She told reporters: 'Nobody has been found.'",
    "The court ordered the Harbour Board of Westmark (HBW) to publish the figures by 4 May 2021.",
    "Residents fear that the bridge will not be opened, Mr. T. Okafor Jr. wrote in the Valley Courier.",
    "\"It was,\" Ferrer recalled, \"the worst winter since 1947.\"",
    "The report describes the closure as a “failure of planning”, and asks whether it could have been avoided.",
    "Rain fell.",
)  # fmt: skip
FOREIGN = (
    "Le bureau du port a déclaré lundi que quatorze bateaux avaient quitté la ville et que le pont serait fermé.",
    "اداره بندر روز دوشنبه اعلام کرد که چهارده قایق بندر را ترک کرده‌اند و پل دو هفته بسته می‌ماند.",
    "Управление порта сообщило в понедельник, что четырнадцать лодок покинули порт.",
    "港務局は月曜日、「十四隻の船が港を出た」と発表した。",
    "सोमवार को बंदरगाह कार्यालय ने कहा कि चौदह नावें चली गई हैं।",
)
BOILERPLATE = (
    "By Ana Petrov, staff writer",
    "WESTMARK, May 4 (Northern Wire) —",
    "Share this article | Tweet | Email | Print",
    "© 2021 Valley Courier. All rights reserved.",
    "Read more: https://courier.example/a?b=1&c=%20d#e",
    "Photo: Elena Varga / Harbour Board",
    "Page 2 of 14",
    "* * *",
)
STRAY = "\u200b\u200d\u2060\ufeff\xad\u202e\u202c\u00a0\u2028\u2029\x07\x0b\x0c\x1b\x85\t~^|¬•¶�😀👩\u200d👩\u200d👧🇺🇳e\u0301ﬁ…—"


def lines(mark: str) -> Callable[[str], str]:
    """Every sentence an item of a list."""
    return lambda text: "\n".join(mark + part for part in re.split(r"(?<=[.!?]) ", text))


PLAIN: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    str.title,
    lambda text: re.sub(r"[^\w\s]", "", text),
    lambda text: re.sub(r"\s", "", text),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("\n", "\r\n"),
    lines("- "),
    lines("• "),
    lines("\t1) "),
    lambda text: text.replace("“", '"').replace("”", '"'),
    lambda text: text.replace("“", "‘‘").replace("”", "’’").replace("'", "’"),
    lambda text: text.replace("“", "«\xa0").replace("”", "\xa0»"),
    lambda text: text.replace("”", ""),
    lambda text: f"“He said, ‘{text}’” the clerk read out.",
    lambda text: "“" + text.replace(". ", ".\n\n“"),
)
"""Ways in which a whole text comes differently."""


@st.composite
def scanned(draw: Any, text: str) -> str:
    """The text as a scanner reads it: letters taken for others, words broken, marks that are none."""
    pairs = (
        ("l", "1"),
        ("o", "0"),
        ("rn", "m"),
        ("e", "c"),
        ("fi", "ﬁ"),
        (" ", ""),
        (" ", "  "),
        ("a", "-\na"),
        ("t", "t "),
    )
    for old, new in draw(st.lists(st.sampled_from(pairs), max_size=3)):
        text = text.replace(old, new, draw(st.integers(1, 20)))
    return text


@st.composite
def strewn(draw: Any, text: str) -> str:
    """The text with characters in it that nobody sees, or that belong to no word."""
    for mark, at in draw(st.lists(st.tuples(st.sampled_from(STRAY), st.floats(0, 1)), max_size=12)):
        place = int(at * len(text))
        text = text[:place] + mark + text[place:]
    return text


@st.composite
def texts(draw: Any) -> str:
    """An article: sentences, boilerplate and foreign text in some order, then changed in some of the ways above."""
    paragraphs = draw(
        st.lists(
            st.one_of(
                st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join),
                st.sampled_from(BOILERPLATE),
                st.sampled_from(FOREIGN),
                st.tuples(st.sampled_from(SENTENCES), st.sampled_from(FOREIGN)).map(" ".join),
            ),
            min_size=1,
            max_size=5,
        )
    )
    text = draw(st.sampled_from(["\n\n", "\n", " "])).join(paragraphs)
    for change in draw(st.lists(st.sampled_from(PLAIN), max_size=2)):
        text = change(text)
    return draw(strewn(draw(scanned(text))))


def document(text: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document("sample.txt", text, digest, metadata=Metadata(date="2021-05-04", publisher="Valley Courier"))


def hold(text: str) -> Reading:
    """Read a text in both ways, with and without what is foreign in it, and check all that must be true of any text."""
    page = document(text)
    doc = read(page)
    assert doc.text == text
    tokens = [(token.idx, token.idx + len(token)) for token in doc]
    assert all(a[1] <= b[0] for a, b in pairwise(tokens))
    assert "".join("".join(text[a:b] for a, b in tokens).split()) == "".join(text.split())
    sentences = list(doc.sents) if text.strip() else []
    assert all(a.start < a.end == b.start for a, b in pairwise(sentences))
    assert not sentences or (sentences[0].start, sentences[-1].end) == (0, len(doc))
    for one in doc._.attributions:
        for span in (*one.source, *one.cue, *one.content):
            assert span.end <= len(text) and span.of(text).strip()
    reading = read_claims(page, doc)
    prove(reading)
    prove(read_document(page))
    return reading


def prove(reading: Reading) -> None:
    """Every record points to characters that are there, to records that are there, and says what stands there."""
    page = reading.document
    check(reading, page)
    for thing in (*reading.quantities, *reading.times):
        assert " ".join(thing.span.of(page.text).split()) == " ".join(thing.text.split())
    for spans in places(reading):
        assert list(spans) == sorted(spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    claims = {claim.id: claim for claim in reading.claims}
    known = {x.id for x in (*reading.entities, *reading.quantities, *reading.times)}
    assert len(claims) == len(reading.claims)
    for claim in reading.claims:
        assert claim.quote == " … ".join(" ".join(span.of(page.text).split()) for span in claim.spans)
        assert all(claim.sentence.holds(span) for span in (*claim.spans, *claim.cue_spans))
        assert {*claim.about, *claim.quantities, *claim.times} <= known
        assert not claim.within or claim.within in claims
        assert not claim.speaker.entity or claim.speaker.entity in known
    written = "".join(f"{line}\n" for line in quads(reading, BASE)).encode()
    assert list(selector_problems(list(ox.parse(written, ox.RdfFormat.N_QUADS)), page, BASE)) == []


def places(reading: Reading) -> Iterator[tuple[Span, ...]]:
    """Groups of spans that stand in the order of the text without overlap."""
    yield from (entity.mentions for entity in reading.entities)
    for claim in reading.claims:
        yield from (claim.spans, claim.cue_spans)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(texts())
def test_any_article_is_read_and_every_place_holds(text: str) -> None:
    hold(text)


@pytest.mark.parametrize("change", PLAIN)
def test_every_change_of_a_whole_article_is_read(change: Callable[[str], str]) -> None:
    hold(change("\n\n".join([*BOILERPLATE[:3], " ".join(SENTENCES), *BOILERPLATE[3:]])))


@pytest.mark.parametrize("mark", sorted(set(STRAY)))
def test_a_stray_character_in_any_place_does_no_harm(mark: str) -> None:
    text = SENTENCES[1]
    hold(f"{mark}{text[:3]}{mark}{text[3:29]}{mark} {mark}{text[29:]}{mark}")


@pytest.mark.parametrize("text", FOREIGN)
def test_foreign_text_is_read_like_any_and_nothing_comes_of_it(text: str) -> None:
    hold(text)
    assert read_document(document(text)) == Reading(document(text))


def test_a_quote_may_run_over_paragraphs() -> None:
    text = (
        "Elena Varga read a statement. “We regret the delay,” she said. “The bridge was not safe.\n\n"
        "“It will be opened on Monday.\n\n“We thank the residents of Westmark,” she added."
    )
    assert any("regret the delay" in claim.quote for claim in hold(text).claims)


@pytest.mark.parametrize(
    "text",
    [
        "The clerk said that " + "the old boats and the nets of Westmark, " * 625 + "were gone.",
        "the clerk said the boats were gone " * 100,
        "“" * 40 + SENTENCES[0] + "”" * 40,
        "said " * 300,
        "that that that said said said . . . , , , “ ” “ ” ( ) [ ]",
        "\u200b",
        "\n\n\n.\n\n\n",
        "1988",
        "“”",
    ],
)
def test_extremes_are_read(text: str) -> None:
    hold(text)
