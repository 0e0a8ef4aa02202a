"""HTML: the main text and the metadata of a page, without network, clock or noise."""

from __future__ import annotations

import socket

import pytest

from kg.document import Metadata
from kg.errors import KgError
from kg.loaders import MAX_HTML_CHARACTERS, from_bytes

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Dry wells | Example Wire</title>
<meta property="og:title" content="Dry wells"><meta property="og:site_name" content="Example Wire">
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2020-03-04T23:30:00-08:00">
<link rel="canonical" href="https://example.org/wells">
<script>var hidden = "script words";</script><style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Home page link</a></li><li><a href="/b">Subscribe link</a></li></ul></nav>
<article><h1>Dry wells</h1>
<p>The water board said on Monday that 40 wells &amp; 3 pumps had failed, and that repairs would take weeks.</p>
<p>“Nobody told us,” said <b>Bo Ek</b>, a farmer in the north of the district, when asked about the notice.</p>
<p>A tag such as &lt;script&gt; is text here.</p></article>
<footer><p>Copyright notice and imprint</p></footer></body></html>
"""
PARAGRAPHS = [
    "The water board said on Monday that 40 wells & 3 pumps had failed, and that repairs would take weeks.",
    "“Nobody told us,” said Bo Ek, a farmer in the north of the district, when asked about the notice.",
    "A tag such as <script> is text here.",
]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a loader went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_main_text_in_paragraphs_without_the_rest() -> None:
    document = from_bytes(PAGE.encode(), "a.html")
    assert document.media_type == "text/html"
    assert document.text.endswith("\n\n".join(PARAGRAPHS))
    for unwanted in ("Subscribe", "Copyright", "script words", "color"):
        assert unwanted not in document.text


def test_metadata_of_the_page_is_kept() -> None:
    expected = Metadata("Dry wells", "Example Wire", "Ann Lee", "2020-03-04", "https://example.org/wells")
    assert from_bytes(PAGE.encode(), "a.htm").metadata == expected


def test_given_metadata_wins() -> None:
    metadata = from_bytes(PAGE.encode(), "a.html", Metadata(publisher="Given", date="1999")).metadata
    assert (metadata.publisher, metadata.date, metadata.author) == ("Given", "1999", "Ann Lee")


def test_same_bytes_same_document_and_silent(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    first = from_bytes(PAGE.encode(), "a.html")
    from_bytes(b"<html><body><p>Other words on another page.</p></body></html>", "b.html")
    with pytest.raises(KgError):
        from_bytes(b"<html><body><nav></nav>&nbsp;</body></html>", "c.html")
    assert from_bytes(PAGE.encode(), "a.html") == first
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def test_date_does_not_depend_on_today() -> None:
    page = b'<html><head><meta name="date" content="2090-01-02"></head><body><p>Words in the page.</p></body></html>'
    assert from_bytes(page, "a.html").metadata.date == "2090-01-02"


def test_no_date_is_guessed_from_the_text() -> None:
    page = b"<html><body><p>In 2015 the board met. It met again on 3 May 2016.</p></body></html>"
    assert from_bytes(page, "a.html").metadata.date == ""


@pytest.mark.parametrize("encoding", ["iso-8859-2", "windows-1251", "koi8-r", "windows-1252"])
def test_declared_encoding_is_followed(encoding: str) -> None:
    words = "Мэр сказал нет" if encoding in {"windows-1251", "koi8-r"} else "Müller said “no”".replace("“", '"')
    words = words.replace("”", '"')
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{words} to the council.</p></body></html>'
    assert words in from_bytes(page.encode(encoding), "a.html").text


def test_utf16_page() -> None:
    assert PARAGRAPHS[1] in from_bytes(PAGE.encode("utf-16"), "a.html").text


def test_a_fragment_is_a_page() -> None:
    assert from_bytes(b"<p>Forty wells were dry.</p>", "a.html").text == "Forty wells were dry."


def test_images_inlined_in_a_saved_page_do_not_count() -> None:
    image = f'<img src="data:image/png;base64,{"A" * (MAX_HTML_CHARACTERS + 1)}">'
    page = f"<html><body>{image}<p>Forty wells were dry.</p></body></html>"
    assert from_bytes(page.encode(), "a.html").text == "Forty wells were dry."


@pytest.mark.parametrize("reference", ["&#0;", "&#1;", "&#xD800;", "&#xFFFF;", "&#x110000;", "&#999999999;"])
def test_references_to_what_is_no_character_do_no_harm(reference: str) -> None:
    text = from_bytes(f"<html><body><p>Forty {reference}wells were dry.</p></body></html>".encode(), "a.html").text
    assert text == "Forty wells were dry."


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body></body></html>",
        b"<!-- nothing 1 -->",
        b"<html><body><script>var a = 1;</script></body></html>",
        b"<html><body>" + b"<div>" * 50_000 + b"</div>" * 50_000 + b"1</body></html>",
        b"<html>\0</html>",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"<p>" + b"x" * MAX_HTML_CHARACTERS,
    ],
    ids=["empty", "comment", "script", "deep", "nul", "png", "large"],
)
def test_a_page_without_text_is_refused_in_one_line(page: bytes) -> None:
    with pytest.raises(KgError) as caught:
        from_bytes(page, "page.html")
    assert str(caught.value).startswith("page.html: ")
    assert ";" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
