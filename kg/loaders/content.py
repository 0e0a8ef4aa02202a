"""What every format yields, the limits it keeps to, and the checks that any text has to pass."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.document import Metadata

MAX_BYTES = 50_000_000
"""Largest file that is read, in bytes; checked before reading."""

MAX_HTML_CHARACTERS = 3_000_000
"""Longest HTML source, in characters, without images in it: finding the main text takes many times its size."""

MAX_CHARACTERS = 5_000_000
"""Longest text of one document, in characters."""

MAX_CONTROL_SHARE = 0.01
"""Share of control characters above which a text counts as binary data."""

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")  # tab, newline, form feed and carriage return are text


class UnreadableError(Exception):
    """Why some bytes cannot become a document and what to do; the door puts the file's name before it."""


class Content(NamedTuple):
    """A text and what the file itself says about it."""

    text: str
    metadata: Metadata


def checked(text: str) -> str:
    """`text` itself if it can be read as a document.

    Raises UnreadableError for text that is too long, has NUL characters or lone surrogates, has more control characters
    than `MAX_CONTROL_SHARE`, or has no letter and no digit.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(
            f"has {len(text):,} characters, more than the {MAX_CHARACTERS:,} of one document; split it into parts"
        )
    if "\0" in text or len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise UnreadableError("is binary data, not text; give a text file, or one with the suffix of its format")
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise UnreadableError(
                f"has half of a character (a lone surrogate) at character {error.start}; save it again as UTF-8"
            ) from None
    if not any(character.isalnum() for character in text):
        raise UnreadableError("holds no text (no letter, no digit); remove it or give the right file")
    return text
