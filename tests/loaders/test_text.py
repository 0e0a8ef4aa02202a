"""Plain text and Markdown: the decoded characters, unchanged, or one clear line."""

from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Metadata
from kg.errors import KgError
from kg.loaders import MAX_CHARACTERS, from_bytes


@given(st.text(alphabet=st.characters(codec="utf-8")), st.sampled_from([".txt", ".text", ".md", ".MD"]))
def test_utf8_comes_back_unchanged(text: str, suffix: str) -> None:
    data = text.encode("utf-8")
    try:
        document = from_bytes(data, "a" + suffix)
    except KgError:
        refused = "\0" in text or not any(c.isalnum() for c in text) or any(ord(c) < 32 or c == "\x7f" for c in text)
        assert refused
        return
    assert document.text == text.removeprefix("\ufeff")  # the byte order mark is part of the encoding
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@given(st.binary(max_size=200), st.sampled_from([".txt", ".md"]))
def test_any_bytes_give_text_or_one_line(data: bytes, suffix: str) -> None:
    try:
        text = from_bytes(data, "a" + suffix).text
    except KgError as error:
        assert str(error).startswith(f"a{suffix}: ")
        assert "\n" not in str(error)
        return
    text.encode("utf-8")  # no lone surrogates
    assert "\0" not in text
    assert any(c.isalnum() for c in text)


def test_every_common_character_of_prose_is_accepted() -> None:
    text = "Title\r\n\r\n\tThe “board” – as ever – said: naïve, 30 °C, 👩‍👩‍👧 e\u0301, \u2028 and\r a\x0c page.\n\n"
    assert from_bytes(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_byte_order_mark_is_dropped(mark: bytes, encoding: str) -> None:
    text = "The wells — all 40 — were dry. 😀\r\n"
    assert from_bytes(mark + text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("text", ["café", "He said “no” to them – twice.", "Señor Muñoz, Zürich, 30 °C, £5"])
def test_western_eight_bit_text_is_read(text: str) -> None:
    assert from_bytes(text.encode("cp1252"), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "no text"),
        ("— … —".encode(), "no text"),
        (b"words\0words", "binary"),
        (b"\x7fELF\x01\x02\x03\x04abc", "binary"),
        (bytes(range(1, 256)), "UTF-8"),
        ("Городской совет сообщил в понедельник.".encode("cp1251"), "UTF-8"),
        ("水道局は月曜日に発表した。".encode("shift_jis"), "UTF-8"),
        ("It said “no”.".encode()[:-2], "damaged"),
        ("“Yes” and “no”".encode() + b"\xff", "damaged"),
        ("Wells".encode("utf-16") + b"x", "damaged"),
        (b"\xff\xfe\x00\xd8a\x00", "damaged"),
        (b"word \xed\xa0\x80 word", "damaged"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(KgError) as caught:
        from_bytes(data, "report.txt")
    message = str(caught.value)
    assert message.startswith("report.txt: ")
    assert words in message
    assert ";" in message or "remove" in message  # what is wrong; what to do
    assert len(message.splitlines()) == 1


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(KgError, match=r"a\.txt: .*split"):
        from_bytes(b"a" * (MAX_CHARACTERS + 1), "a.txt")


def test_front_matter_gives_metadata_and_stays_in_the_text() -> None:
    text = (
        "---\r\ntitle: \"Dry wells: a report\"  # working title\r\nauthors: [Ann Lee, 'Bo Ek']\r\n"
        "Site: Example Wire\r\ndate: 2020-03-04T10:00:00Z\r\nurl: https://example.org/a\r\n"
        "tags:\r\n  - x\r\n---\r\n\r\n# One\r\n"
    )
    document = from_bytes(text.encode(), "a.md")
    assert document.text == text
    assert document.media_type == "text/markdown"
    assert document.metadata == Metadata(
        "Dry wells: a report", "Example Wire", "Ann Lee, Bo Ek", "2020-03-04", "https://example.org/a"
    )


@pytest.mark.parametrize(
    "text",
    [
        "title: not front matter\n\nText",
        "Text\n---\ntitle: too late\n---\n",
        "---\ntitle: never closed\n\nText",
        "---\ndate: last summer\nurl: javascript:alert(1)\n---\nText",
    ],
)
def test_what_is_no_front_matter_gives_nothing(text: str) -> None:
    document = from_bytes(text.encode(), "a.md")
    assert document.text == text
    assert document.metadata == Metadata()


def test_given_metadata_overrides_field_by_field() -> None:
    own = b"---\ntitle: Own\nauthor: Ann Lee\n---\nText"
    given = Metadata(title="Given", date="1988-22")
    assert from_bytes(own, "a.md", given).metadata == Metadata(title="Given", author="Ann Lee", date="1988-22")
