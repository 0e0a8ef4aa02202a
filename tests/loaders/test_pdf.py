"""PDF: the text layer, or one clear line."""

from __future__ import annotations

import pytest

from kg.document import Metadata
from kg.errors import KgError
from kg.loaders import from_bytes
from tests.loaders.pdf_writer import ENCRYPTED, pdf

INFO = b"/Title (Dry wells) /Author (Ann Lee) /CreationDate (D:20200304101112+01'00')"


def test_pages_are_joined_by_a_blank_line() -> None:
    data = pdf([["Forty wells (of 50) were dry."], [], ["“Nobody told us,” he said."]])
    document = from_bytes(data, "a.PDF")
    assert document.text == "Forty wells (of 50) were dry.\n\n“Nobody told us,” he said."
    assert document.media_type == "application/pdf"
    assert from_bytes(data, "a.PDF") == document


def test_metadata() -> None:
    assert from_bytes(pdf([["Words"]], INFO), "a.pdf").metadata == Metadata(
        title="Dry wells", author="Ann Lee", date="2020-03-04"
    )
    given = Metadata(title="Given", date="1988-07")
    assert from_bytes(pdf([["Words"]], INFO), "a.pdf", given).metadata == Metadata("Given", "", "Ann Lee", "1988-07")


@pytest.mark.parametrize(("raw", "date"), [(b"D:2020", "2020"), (b"D:20201399", ""), (b"yesterday", ""), (b"", "")])
def test_a_bad_creation_date_is_left_out(raw: bytes, date: str) -> None:
    assert from_bytes(pdf([["Words"]], b"/CreationDate (" + raw + b")"), "a.pdf").metadata.date == date


def test_lines_paragraphs_and_divided_words() -> None:
    lines = [
        "A report on wells",
        "The water board of the northern district said on Monday that the infor-",
        "mation about the wells had reached the council of the city late, and that",
        "repairs would take weeks. The Anglo-",
        "Saxon pumps were old.",
        "The council of the city did not answer to questions about the matter.",
    ]
    text = from_bytes(pdf([lines]), "a.pdf").text
    assert text.startswith("A report on wells\n\nThe water board")
    assert "the information about" in text
    assert "Anglo-Saxon pumps" in text
    assert all(character.isprintable() or character == "\n" for character in text)


def _linearized() -> bytes:
    whole = pdf([["Words"]])
    head, rest = whole[:9], whole[9:]
    return head + b"9 0 obj\n<< /Linearized 1 /L 99999 /N 1 >>\nendobj\n" + rest


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"words", "not a PDF"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (pdf([["Words"]])[:300], "truncated"),
        (pdf([["Words"]])[:-8], "truncated"),
        (pdf([["Words"] * 40] * 9)[:-4000], "truncated"),
        (_linearized(), "truncated"),
        (pdf([["Words"]], trailer=ENCRYPTED), "encrypted"),
        (pdf([[], []]), "no text layer"),
        (pdf([["— … —"]]), "no text"),
        (pdf([["Words"]])[:60] + b"\xff" * 900 + b"%%EOF", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(KgError) as caught:
        from_bytes(data, "scan.pdf")
    message = str(caught.value)
    assert message.startswith("scan.pdf: ")
    assert words in message
    assert len(message.splitlines()) == 1


def test_cut_anywhere_it_is_refused() -> None:
    whole = pdf([["Words on a page"], ["Words on another"]], INFO)
    for length in range(1, len(whole) - len("%%EOF\n"), 37):
        with pytest.raises(KgError):
            from_bytes(whole[:length], "a.pdf")
