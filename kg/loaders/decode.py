"""Bytes to characters, the same for every format that is text: nothing guessed, nothing normalised.

A byte order mark belongs to the encoding and is dropped; every other character, line ends included, is kept as it is,
so that offsets into the text are offsets into what the author saved.
"""

from __future__ import annotations

import codecs
import re

from kg.loaders.content import UnreadableError

_MARKS = (  # the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = re.compile(r"[^\x00-\x7f]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # half of a character, written as if it were UTF-8
_PUNCTUATION = frozenset("“”‘’„‚‹›«»–—…•·†‡€£¥¢§°©®™ªº¹²³¼½¾±×÷¿¡¶´¨\xa0\xad")
_SAVE = "save it again as UTF-8"


def decode(data: bytes) -> str:
    """The characters of `data`: by its byte order mark, else UTF-8, else Windows-1252 if that gives Western text.

    Raises UnreadableError if no encoding fits. Windows-1252 (and so Latin-1, its subset in text) is taken only if
    the bytes are not damaged UTF-8, every byte is defined, and what is not ASCII is few and mostly letters.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" in data:
        raise UnreadableError("is binary data, not text; give a text file, or one with the suffix of its format")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows(data, error)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"begins as {encoding} but has a damaged byte at {error.start}; {_SAVE}") from None


def _windows(data: bytes, error: UnicodeDecodeError) -> str:
    loose = data.decode("utf-8", "replace")
    broken = loose.count("\ufffd") - data.count("\ufffd".encode())
    whole = len(_HIGH.findall(loose)) - loose.count("\ufffd")
    cut = error.reason == "unexpected end of data" and error.end - error.start > 1
    if whole >= broken or cut or _SURROGATE.search(data):
        raise UnreadableError(f"is UTF-8 with a damaged byte at {error.start}; {_SAVE}")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableError(f"is in no encoding that can be told from its bytes; {_SAVE}") from None
    high = _HIGH.findall(text)
    good = sum(character.isalpha() or character in _PUNCTUATION for character in high)
    # few: in Western European text under a tenth is not ASCII; in Cyrillic or Greek bytes read as Windows-1252 most is
    if good < 0.9 * len(high) or len(high) > max(2, 0.3 * len(text)):
        raise UnreadableError(f"is neither UTF-8 nor Western European text; {_SAVE}")
    return text
