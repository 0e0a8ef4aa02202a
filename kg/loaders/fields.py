"""Metadata fields: cleaning, checking, and which of two sources wins."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import fields

from kg.document import Metadata

MAX_EDTF = 100
"""Longest date string handed to the EDTF parser, in characters."""

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d", re.ASCII)
_URL = re.compile(r"(?:(?:https?|ftp)://|urn:|doi:)[^\s<>\"{}|\\^`\x00-\x1f\x7f-\x9f]+", re.IGNORECASE)
_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(value: str | None) -> str:
    """`value` on one line: runs of white space become one space; control characters and lone surrogates go."""
    return " ".join(_DROPPED.sub("", value or "").split())


def is_edtf(value: str) -> bool:
    """Whether `value` is a date in Extended Date/Time Format (ISO 8601-2:2019), levels 0 to 2."""
    if plain := _PLAIN.fullmatch(value):
        year, month, day = (int(part) if part else None for part in plain.groups())
        if month is None or (day is None and 21 <= month <= 24):  # 21 to 24 are the seasons
            return True
        if 1 <= month <= 12:
            return day is None or 1 <= day <= monthrange(year or 4, month)[1]  # year 0 is a leap year
    if not value.isascii() or len(value) > MAX_EDTF or value != value.strip():
        return False
    from edtf import parse_edtf

    try:
        parse_edtf(value)
    except Exception:  # the parser raises its own errors and, on odd input, those of what it is built on
        return False
    return True


def edtf_date(value: str | None) -> str:
    """The date that a file gives of itself: EDTF as it is, a timestamp's day, or "" for anything else."""
    text = clean(value)
    if stamp := _TIMESTAMP.match(text):
        text = stamp[1]
    return text if text and is_edtf(text) else ""


def is_url(value: str) -> bool:
    """Whether `value` is a web address or a name that may be shown as a link (never `javascript:` or `data:`)."""
    return _URL.fullmatch(value) is not None


def own_url(value: str | None) -> str:
    """The address that a file gives of itself, or "" if it is none."""
    text = clean(value)
    return text if is_url(text) else ""


def merge(own: Metadata, given: Metadata | None) -> Metadata:
    """What is given where something is given, else what the file itself says, field by field."""
    if given is None:
        return own
    return Metadata(**{f.name: getattr(given, f.name) or getattr(own, f.name) for f in fields(Metadata)})
