"""Dates as they are written: calendar days, months, seasons, years, decades and centuries, without any context.

Values are EDTF level 0 and 1 (https://www.loc.gov/standards/datetime/): a season is 21 to 24 in the place of the
month, an unknown digit is X. A date that its own words leave open ("17 July") has the empty string for its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Day
from typing import Final, Literal

from kg.claims.numerals import DASH, SPACE, is_identifier

Kind = Literal["day", "month", "season", "year", "decade", "interval", "weekday", "relative"]

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
WEEKDAYS: Final = {
    name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ABBREVIATIONS: Final = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
_CENTURIES: Final = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
_DAY_SHORT: Final = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")

ANCHORS: Final = frozenset({*MONTHS, *_ABBREVIATIONS, *WEEKDAYS, *_DAY_SHORT, *SEASONS, *_CENTURIES, "twenty"})
"""Lower-case words that a date can start with; the others start with a digit."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date at `start` to `end`. `low` is its EDTF value, `high` the other end of an interval; both may be empty.

    `month` (1 to 12) and `day`, or `weekday` (Monday is 0), keep what is known of a date without a year.
    """

    start: int
    end: int
    kind: Kind
    low: str = ""
    high: str = ""
    month: int = 0
    day: int = 0
    weekday: int = -1

    @property
    def edtf(self) -> str:
        """The value as one EDTF string, or empty."""
        return f"{self.low}/{self.high}" if self.low and self.high else self.low


_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(sorted(_ABBREVIATIONS, key=len, reverse=True))})\b\.?)"
_YEAR = r"(?P<year>(?:1\d|20)\d\d)(?!\d|[.,]\d)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|,\d|[.:]\d|%)(?:(?:st|nd|rd|th)\b)?"
_TO = rf"(?:{DASH}|{SPACE}?{DASH}{SPACE}?|{SPACE}(?:to|and|through){SPACE})"
_DAYS = rf"(?P<day>{_D})(?:{_TO}(?P<until>{_D}))?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)}|(?:{'|'.join(_DAY_SHORT)})\b\.?),?{SPACE}"
_FLAGS = re.IGNORECASE

_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?![\d-])")
_DMY = re.compile(rf"(?:{_WEEKDAY})?{_DAYS}(?:{SPACE}of)?{SPACE}{_MONTH}(?![A-Za-z])(?:,?{SPACE}{_YEAR})?", _FLAGS)
_MDY = re.compile(rf"(?:{_WEEKDAY})?{_MONTH}{SPACE}{_DAYS}(?![A-Za-z/]|{DASH}\d)(?:,?{SPACE}{_YEAR})?", _FLAGS)
_MY = re.compile(rf"{_MONTH},?(?:{SPACE}of)?{SPACE}{_YEAR}(?![A-Za-z])", _FLAGS)
_M = re.compile(rf"(?P<month>{'|'.join(MONTHS)})(?![A-Za-z])", _FLAGS)
_W = re.compile(rf"(?P<weekday>{'|'.join(WEEKDAYS)})(?![A-Za-z])", _FLAGS)
_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2((?:19|20)\d\d)(?![\d/])")
_DECADE = re.compile(r"((?:1\d|20)\d)0['’]?s\b")
_SHORT_DECADE = re.compile(r"([3-9])0['’]?s\b")
_CENTURY = re.compile(rf"(?:(1\d|2[01])(?:st|th)|(?P<word>{'|'.join(_CENTURIES)}))(?:{SPACE}|{DASH})century\b", _FLAGS)
_YEARS = re.compile(rf"((?:1\d|20)\d\d)(?:{DASH}|/)((?:1\d|20)?\d\d)(?!\d|{DASH}\d|[.,]\d|%)")
_ONE_YEAR = re.compile(_YEAR)
_SEASON = re.compile(
    rf"(?P<season>{'|'.join(SEASONS)})(?:{SPACE}of|{SPACE}in|,)?{SPACE}{_YEAR}(?P<more>(?:{DASH}|/)\d\d(?:\d\d)?\b)?",
    _FLAGS,
)
_ON = re.compile(rf"\b[Oo]n{SPACE}(?:the{SPACE})?\Z")
_SHORT_OPENER = re.compile(rf"\bthe{SPACE}(?:(?:early|late){SPACE}|mid-)?['’]?\Z", re.IGNORECASE)


def date_at(text: str, start: int) -> Date | None:
    """The longest date that begins with the word or number at `start`, or None.

    Text that is no date in its place ("1,500 people", "Article 19", "1500 protesters") gives None; names of months and
    days are taken as they are, for a caller who knows whether they name a person.
    """
    readers = _DIGIT_READERS if text[start].isdigit() else _WORD_READERS
    if text[start].islower():  # months and days are written with a capital
        readers = (_season, _century)
    for reader in readers:
        found = reader(text, start)
        if found:
            return found
    return None


def ymd(year: int, month: int, day: int = 0) -> str:
    """The EDTF value of a calendar day or month; empty where there is no such day."""
    try:
        Day(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


def _number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def _month(name: str) -> int:
    return next(number for full, number in MONTHS.items() if full.startswith(name.lower().rstrip(".")[:3]))


def _calendar(text: str, start: int, pattern: re.Pattern[str]) -> Date | None:
    match = pattern.match(text, start)
    if not match or not match["month"][0].isupper():
        return None
    year, month, day = match["year"], _month(match["month"]), _number(match["day"])
    if not year and (_counts(text, start, match) or is_identifier(text, start, match.end())):
        return None
    if not year:
        return Date(start, match.end(), "day", month=month, day=0 if match["until"] else day)
    low = ymd(int(year), month, day)
    if match["until"]:
        high = ymd(int(year), month, _number(match["until"]))
        joined = bool(low and high and low < high)
        return Date(start, match.end(), "interval", low if joined else "", high if joined else "")
    return Date(start, match.end(), "day", low, month=month, day=day)


def _counts(text: str, start: int, match: re.Match[str]) -> bool:
    """ "In November 30 people were held": the day's number counts what follows."""
    return bool(_NOUNS.match(text, match.end())) and not _ON.search(text, max(0, start - 8), start)


def _mdy(text: str, start: int) -> Date | None:
    return _calendar(text, start, _MDY)


def _dmy(text: str, start: int) -> Date | None:
    return None if _glued(text, start) else _calendar(text, start, _DMY)


def _month_year(text: str, start: int) -> Date | None:
    match = _MY.match(text, start)
    if not match or not match["month"][0].isupper():
        return None
    month = _month(match["month"])
    return Date(start, match.end(), "month", ymd(int(match["year"]), month), month=month)


def _bare(text: str, start: int) -> Date | None:
    month, weekday = _M.match(text, start), _W.match(text, start)
    if month:
        return Date(start, month.end(), "month", month=MONTHS[month["month"].lower()])
    return Date(start, weekday.end(), "weekday", weekday=WEEKDAYS[weekday["weekday"].lower()]) if weekday else None


def _season(text: str, start: int) -> Date | None:
    match = _SEASON.match(text, start)
    if not match:
        return None
    # "the winter of 1988-89" spans two years, for which EDTF level 1 has no season: left open.
    value = "" if match["more"] else f"{match['year']}-{SEASONS[match['season'].lower()]}"
    return Date(start, match.end(), "season", value)


def _iso(text: str, start: int) -> Date | None:
    match = _ISO.match(text, start)
    if not match or _glued(text, start):
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    value = ymd(year, month, day)
    if not value or not 1000 <= year < 2100:
        return None
    if not day and month > year % 100:
        value = ""  # "2005-06" is June, or the years 2005 and 2006
    return Date(start, match.end(), "day" if day else "month", value, month=month, day=day)


def _numeric(text: str, start: int) -> Date | None:
    match = _NUMERIC.match(text, start)
    if not match or _glued(text, start):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or first > 12:  # with dots the day comes first everywhere
        day, month = first, second
    elif second > 12 or first == second:
        day, month = second, first
    else:
        return Date(start, match.end(), "day")  # 3/4/2019 is read differently on the two sides of an ocean
    value = ymd(year, month, day)
    return Date(start, match.end(), "day", value) if value else None


def _decade(text: str, start: int) -> Date | None:
    match = _DECADE.match(text, start)
    if match:
        # "the 1900s" may be a decade or a century
        return Date(start, match.end(), "decade", "" if match[1].endswith("0") else match[1] + "X")
    match = _SHORT_DECADE.match(text, start)
    if match and _SHORT_OPENER.search(text, max(0, start - 16), start):
        apostrophe = text[start - 1] in "'’"
        return Date(start - apostrophe, match.end(), "decade", f"19{match[1]}X")
    return None


def _century(text: str, start: int) -> Date | None:
    match = _CENTURY.match(text, start)
    if not match:
        return None
    number = _CENTURIES[match["word"].lower()] if match["word"] else int(match[1])
    return Date(start, match.end(), "decade", f"{number - 1}XX")


def _years(text: str, start: int) -> Date | None:
    match = _YEARS.match(text, start)
    if not match or not is_year(text, start, match.end()):
        return None
    first = int(match[1])
    second = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
    return Date(start, match.end(), "interval", str(first), str(second)) if first < second else None


def _year(text: str, start: int) -> Date | None:
    match = _ONE_YEAR.match(text, start)
    if not match or not is_year(text, start, match.end()):
        return None
    return Date(start, match.end(), "year", match["year"])


_Reader = Callable[[str, int], Date | None]
_DIGIT_READERS: Final[tuple[_Reader, ...]] = (_iso, _dmy, _numeric, _decade, _century, _years, _year)
_WORD_READERS: Final[tuple[_Reader, ...]] = (_mdy, _dmy, _month_year, _season, _century, _bare)


def _glued(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-/._@#=&$€£+")


# What stands before and after a four-digit number decides whether it is a year.
_PEOPLE = (
    "people|persons|men|women|children|prisoners|victims|protesters|protestors|demonstrators|detainees|inmates|"
    "civilians|soldiers|troops|refugees|migrants|dissidents|activists|students|workers|families|members|residents|"
    "cases|deaths|arrests|executions|names|voters|employees|others|dead|wounded|injured"
)
_NOUNS = re.compile(rf"{SPACE}(?:[a-z]+{SPACE})?(?:{_PEOPLE})\b")
_PLURAL = re.compile(rf"{SPACE}(?:[a-z]+{SPACE}){{0,2}}?(?:{_PEOPLE}|[a-z]{{2,}}[a-rtv-z]s)\b")
_MEASURE = re.compile(
    rf"(?:{SPACE}|{DASH})?(?:%|°|per{SPACE}?cent\b|(?:dollars?|euros?|pounds?|rials?|tomans?|metres?|meters?|miles?|km|kg|"
    r"kilometres?|kilometers?|tons?|tonnes?|hours?|minutes?|years?|days?|weeks?|months?|hundred|thousand|million|"
    r"billion)\b)",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?:in|since|until|till|during|circa|ca\.|c\.|the{SPACE}year|throughout|early|late|mid|AD|between|from)"
    rf"(?:{SPACE}|{DASH})(?:the{SPACE})?|\bthe{SPACE}|['’]s{SPACE}|\b(?:its|his|her|their|our|that|this){SPACE})\Z",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    rf"(?:\b(?:than|least|most|over|under|nearly|almost|some|about|roughly|approximately|estimated|many{SPACE}as|"
    rf"up{SPACE}to|(?:toll|total|number|population|crowd|group|minimum|maximum|sum|tally|score|figure|average)"
    rf"(?:{SPACE}(?:of|at|is|was|to))?|(?:rise|rises|rose|risen|climbed|grew|fell|dropped|increased|raised){SPACE}to|"
    rf"reach|reached|exceed|exceeded|kill|kills|killed|killing|executed|executing|arrested|detained|only|all|"
    rf"another|additional|further|these|those|of{SPACE}the){SPACE}|\d{SPACE}|[$€£¥#]{SPACE}?)\Z",
    re.IGNORECASE,
)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the four digits at `start` (of an expression that ends at `end`) name a year and count nothing.

    "in 1988", "the 1988 trials" and "1988 Olympics" are years; "1500 protesters", "at least 2000" and "Article 1988"
    are not. In doubt the answer is a year from 1700 to 2099, otherwise a number.
    """
    digits = text[start : start + 4]
    if not digits.isdigit() or not 1000 <= int(digits) < 2100 or is_identifier(text, start, end):
        return False
    if (text[end : end + 1] == "," and text[end + 1 : end + 4].isdigit()) or _MEASURE.match(text, end):
        return False
    window = max(0, start - 24)
    if _NUMBER_BEFORE.search(text, window, start):
        return bool(re.search(r"\bof\s+the\s\Z", text[window:start])) and not _NOUNS.match(text, end)
    plural = bool(_PLURAL.match(text, end)) if digits.endswith("00") else bool(_NOUNS.match(text, end))
    if _YEAR_BEFORE.search(text, window, start):
        return int(digits) >= 1700 or not plural
    return int(digits) >= 1700 and not plural
