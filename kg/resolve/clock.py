"""What days and hours the words of a claim name, beside those that were read as dates: "on Tuesday", "at 23:40"."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from kg.resolve.dates import Days, days

_MONTHS: Final = {
    form: number
    for number, name in enumerate(calendar.month_name)
    if name
    for short in (name, name[:3], name[:4])
    for form in (short, short.upper())  # never in small letters: "12 may have died"
}
_WEEKDAYS: Final = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAY: Final = re.compile(
    r"\b(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
    r"(?(before)|\s+(?P<day>\d{1,2})\b)"
)
_WEEKDAY: Final = re.compile(
    rf"\b(?P<next>next\s+)?(?P<day>{'|'.join(_WEEKDAYS)})\b(?P<last>\s+of\s+last\s+week|\s+last\s+week)?", re.IGNORECASE
)
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"quarter": 15, "half": 30, "twenty-five": 25}
_NUMBER: Final = rf"(?:\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_HOUR: Final = re.compile(
    rf"(?<![\d.,$€£])(?P<h>[01]?\d|2[0-3])(?::|(?:(?<=\bat \d)|(?<=\bat \d\d))\.|\.(?=[0-5]\d\s*[ap]\.?m\b))(?P<m>[0-5]\d)\b"
    rf"(?:\s*(?P<half>[ap])\.?m\b)?(?!\s*(?:%|percent|per cent|million|billion|metres|meters|km|tonnes|points|seconds))"
    rf"|\b(?P<minutes>{_NUMBER})\s+(?:minutes\s+)?(?P<way>past|to)\s+(?P<of>{_NUMBER})\b(?!\s+(?:people|per))"
    rf"|\b(?P<full>{_NUMBER})\s+(?:o['’]clock|in\s+the\s+(?P<part>morning|afternoon|evening)|(?P<ampm>[ap])\.?m\b|at\s+night)"
    r"|\b(?P<name>noon|midnight)\b",
    re.IGNORECASE,
)


_ABOUT: Final = re.compile(r"\b(?:about|around|before|after|by|until|nearly|almost|towards?|circa)\s+\Z", re.IGNORECASE)


def named_days(quote: str, day: Days | None) -> tuple[Days, ...]:
    """The days that words name where no date was read; a weekday is the last one up to the document's `day`."""
    written = (f"XXXX-{_MONTHS[m['month']]:02}-{int(m['day'] or m['before']):02}" for m in _DAY.finditer(quote))
    found = tuple(d for text in written if (d := days(text)) is not None)
    if found or day is None or day.first != day.last:
        return found
    own = date.fromordinal(day.first).weekday()
    back = [
        own - _WEEKDAYS[m["day"].lower()] + 7 if m["last"] else (own - _WEEKDAYS[m["day"].lower()]) % 7
        for m in _WEEKDAY.finditer(quote)
        if not m["next"]
    ]
    return tuple(Days(day.first - gap, day.first - gap) for gap in back)


def named_weekdays(quote: str) -> frozenset[str]:
    """The weekdays that words name without a day of a month, so that which one is meant may have been guessed."""
    return frozenset() if _DAY.search(quote) else frozenset(m["day"].lower() for m in _WEEKDAY.finditer(quote))


def hours(quote: str) -> tuple[tuple[int, bool], ...]:
    """The hours of the day that words name, in minutes from midnight, and whether it may be the other half of the day as well."""
    return tuple(found for m in _HOUR.finditer(quote) if (found := _hour(m)) is not None)


NEAR: Final = 12
"""Characters before an hour in which "about" and the like stand."""


def exact(quote: str) -> bool:
    """Whether words name an hour to the minute: "at 05:58", but not "about nine" or "shortly before 05:58"."""
    return any(
        match["m"] and not _ABOUT.search(quote, max(0, match.start() - NEAR), match.start())
        for match in _HOUR.finditer(quote)
    )


def _hour(match: re.Match[str]) -> tuple[int, bool] | None:
    if match["h"]:
        return (int(match["h"]) % 12 + (12 if match["half"].lower() == "p" else 0)) * 60 + int(match["m"]) if match[
            "half"
        ] else (int(match["h"]) * 60 + int(match["m"])), False
    if match["name"]:
        return (12 * 60 if match["name"].lower() == "noon" else 24 * 60), False
    if match["full"]:
        hour, part = _value(match["full"]), (match["part"] or match["ampm"] or "night").lower()
        if not 0 < hour <= 12:
            return None
        return (hour % 12 + (12 if part in ("afternoon", "evening", "p") else 0)) * 60, part == "night"
    minutes, hour = _value(match["minutes"]), _value(match["of"])
    if not 0 < hour <= 24:
        return None
    return (hour * 60 + (minutes if match["way"].lower() == "past" else -minutes)) % (24 * 60), hour <= 12


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower(), 0)


def apart(ours: tuple[tuple[int, bool], ...], theirs: tuple[tuple[int, bool], ...]) -> int:
    """Minutes between the nearest hours of two claims; -1 where one names none."""
    gaps = []
    for a, loose in ours:
        for b, vague in theirs:
            gap = abs(a - b) % (24 * 60)
            gap = min(gap, 24 * 60 - gap)
            gaps.append(min(gap, abs(gap - 12 * 60)) if loose or vague else gap)
    return min(gaps, default=-1)
