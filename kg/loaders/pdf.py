"""PDF: the text layer, page by page, read by PDFium."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.document import Metadata
from kg.loaders.content import MAX_CHARACTERS, Content, UnreadableError
from kg.loaders.fields import clean, edtf_date

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

_TAIL = 1024  # bytes in which header and end mark must stand (as readers do; ISO 32000-1, annex H)
_LENGTH = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})\b")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_DROPPED = re.compile(r"[\x00-\x01\x03-\x08\x0b-\x1f\x7f\ufffe\uffff\ufdd0-\ufdef]")
_HYPHEN = re.compile(r"(\w)[\x02\ufffe\xad]\n?(\w)")
_STRAY = re.compile(r"[\ufffd\ue000-\uf8ff]")


def read(data: bytes) -> Content:
    """The text layer with pages joined by a blank line, and title, author and creation date.

    Lines stay lines; a blank line is put where a paragraph seems to end; words that PDFium marks as divided at a line's
    end are joined. Raises UnreadableError for a file that is no PDF, truncated, encrypted, damaged, or without
    text layer.
    """
    _check_whole(data)
    document = _open(data)
    try:
        text = "\n\n".join(filter(None, _pages(document)))
        metadata = _metadata(document)
    finally:
        document.close()
    if not text:
        raise UnreadableError("has no text layer (scanned images?); run a text recognition (OCR) over it first")
    if len(_STRAY.findall(text)) > 0.1 * len(text):
        raise UnreadableError("has a text layer whose characters cannot be told; run a text recognition (OCR) over it")
    return Content(text, metadata)


def _check_whole(data: bytes) -> None:
    if b"%PDF-" not in data[:_TAIL]:
        raise UnreadableError("is not a PDF, whatever its name says; rename it to its true format")
    length = _LENGTH.search(data[:_TAIL])
    if b"%%EOF" not in data[-_TAIL:] or (length and int(length[1]) > len(data)):
        # PDFium would mend it and quietly read the part that is left
        raise UnreadableError("is truncated (its end is missing); get a complete copy")


def _open(data: bytes) -> PdfDocument:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY  # type: ignore[import-untyped]

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise UnreadableError("is encrypted; save a copy without password") from None
        raise UnreadableError("is a damaged PDF; get a good copy, or save its text as .txt") from None


def _pages(document: PdfDocument) -> list[str]:
    from pypdfium2 import PdfiumError

    pages: list[str] = []
    size = 0
    for number in range(len(document)):
        try:
            page = document[number]
            layer = page.get_textpage()
            raw = layer.get_text_bounded()
            layer.close()
            page.close()
        except PdfiumError:
            raise UnreadableError(
                f"is damaged at page {number + 1}; get a good copy, or save its text as .txt"
            ) from None
        size += len(raw)
        if size > MAX_CHARACTERS:
            raise UnreadableError(f"has more than {MAX_CHARACTERS:,} characters of text; split it into parts")
        pages.append(tidy(raw))
    return pages


def tidy(raw: str) -> str:
    """The text of a page as PDFium gives it, with plain line ends, whole words and blank lines between paragraphs."""
    text = _HYPHEN.sub(_join, raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = _DROPPED.sub("", text.replace("\x02", "-"))
    lines = [line.strip() for line in text.split("\n")]
    if not any(lines):
        return ""
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[len(lengths) // 2]  # the usual line, not the longest: joined words make joined lines
    parts = [lines[0]]
    for line, following in pairwise(lines):
        parts.append(("\n\n" if _ends(line, following, full) else "\n") + following)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()


def _ends(line: str, following: str, full: int) -> bool:
    """Whether a paragraph or a heading ends with `line`: it stops well short of the margin and a new start follows."""
    if not line or not following or following[0].islower():
        return False
    closed = line.rstrip("\"'”’)")[-1:] in {".", "!", "?", ":"}
    return len(line) < (0.85 if closed else 0.6) * full


def _join(found: re.Match[str]) -> str:
    """A word divided at a line's end; the hyphen stays before a capital or a digit ("Anglo-Saxon", "COVID-19")."""
    keep = found[2].isupper() or found[2].isdigit()
    return f"{found[1]}-{found[2]}" if keep else found[1] + found[2]


def _metadata(document: PdfDocument) -> Metadata:
    date = _DATE.match(document.get_metadata_value("CreationDate"))
    return Metadata(
        title=clean(document.get_metadata_value("Title")),
        author=clean(document.get_metadata_value("Author")),
        date=edtf_date("-".join(filter(None, date.groups()))) if date else "",
    )
