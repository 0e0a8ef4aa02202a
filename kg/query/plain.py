"""Text that a terminal can show: what a document says must never drive the screen."""

from __future__ import annotations

import re

# Controls that a terminal obeys (C0 but tab and newline, DEL, C1) and the marks that turn the order of letters around,
# with which a text can be made to look like another.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` with control characters made visible (U+2400 block) or replaced by U+FFFD; tabs and newlines stay."""
    return _CONTROL.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def one_line(text: str) -> str:
    """`text` on one line, ready for a terminal: runs of white space become a blank."""
    return clean(" ".join(text.split()))
