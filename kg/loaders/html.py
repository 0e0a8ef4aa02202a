"""HTML: the main text of a page, found by trafilatura, and the metadata that the page gives."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.document import Metadata
from kg.loaders.content import MAX_HTML_CHARACTERS, Content, UnreadableError, checked
from kg.loaders.decode import decode
from kg.loaders.fields import clean, edtf_date, own_url

if TYPE_CHECKING:
    from trafilatura.settings import Document as Page

# Nothing may depend on the day of the run: the library's default upper bound for dates is today. The extensive search
# guesses a date from any figure in the page, so it is off.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2200-12-31"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_ENCODINGS = re.compile(r"iso8859-\d+|cp(125\d|866|874|932|949)|koi8-[ru]|mac-roman|shift_jis|euc_(jp|kr)|gb.*|big5")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|(\d{1,9}));?", re.IGNORECASE)
_INLINED = re.compile(r"(?<=[\"'(])data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=]*")  # images in saved pages
_NOISY = ("trafilatura", "htmldate", "justext", "courlan", "charset_normalizer")


def read(data: bytes) -> Content:
    """The main text of a page, one paragraph a block with a blank line between, and its metadata.

    Menus, footers and readers' comments are left out. Nothing is fetched. Raises UnreadableError if the page is
    larger than `MAX_HTML_CHARACTERS`, is not text, or has no main text.
    """
    page = _extract(_source(data))
    # every line of the extracted text is a block of the page (a paragraph, an item, a row, a heading)
    lines = (line.rstrip() for line in (page.text or "").splitlines()) if page else iter(())
    text = "\n\n".join(line for line in lines if line)
    if page is None or not text:
        raise UnreadableError("has no main text; give the page of the article itself, or save its text as .txt")
    return Content(
        text,
        Metadata(
            title=clean(page.title),
            publisher=clean(page.sitename),
            author=clean(page.author),
            date=edtf_date(page.date),
            url=own_url(page.url),
        ),
    )


def _source(data: bytes) -> str:
    """The page's characters, ready to be parsed: by mark or UTF-8, else as the page declares, else Windows-1252."""
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = _declared(data) or decode(data)
    source = _INLINED.sub("", source)
    if len(source) > MAX_HTML_CHARACTERS:
        raise UnreadableError(
            f"is a page of {len(source):,} characters, more than the {MAX_HTML_CHARACTERS:,} of one page; "
            "save its main text as .txt"
        )
    source = _REFERENCE.sub(_reference, checked(source))
    # a fragment without the outer element is taken for something else than HTML by the parser's own checks
    return source if "<html" in source.lower() else f"<html><body>{source}</body></html>"


def _declared(data: bytes) -> str:
    """The characters by the encoding that the page declares, or "" if it declares none that fits."""
    head = data[:4096]
    found = _CHARSET.search(head) or _DECLARATION.search(head)
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii", "replace")).name
        name = "cp1252" if name == "iso8859-1" else name  # as browsers do
        return data.decode(name) if _ENCODINGS.fullmatch(name) else ""
    except (LookupError, UnicodeDecodeError):
        return ""


def _reference(found: re.Match[str]) -> str:
    """A numeric character reference, or nothing where it names a character that no text may have."""
    code = int(found[1], 16) if found[1] else int(found[2])
    legal = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found[0] if legal else ""


def _extract(source: str) -> Page | None:
    from trafilatura import bare_extraction

    try:
        with _quiet():
            page = bare_extraction(
                source, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATES
            )
    except Exception as error:  # the parsers below raise errors of many kinds on broken pages
        raise UnreadableError(f"cannot be read as HTML ({type(error).__name__}); save its main text as .txt") from None
    return None if isinstance(page, dict) else page


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries from logging: what is wrong with a page is said once, by us."""
    loggers = [logging.getLogger(name) for name in _NOISY]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
