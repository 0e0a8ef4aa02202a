"""Numerals in English text: digits, number words and the vague magnitudes ("tens of thousands"), as value ranges.

The rooms of quantities and of times share this grammar. Everything works on characters and needs no tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

DASH: Final = "[-‐‑–—]"
SPACE: Final = r"(?:[ \t\u00a0\u202f]{1,3}|[ \t]?\r?\n[ \t]{0,3})"
"""White space inside an expression: at most one line break, since a blank line ends a paragraph."""

UNITS: Final = {
    word: value
    for value, word in enumerate(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ).split(),
        start=1,
    )
}
TENS: Final = {
    word: value * 10
    for value, word in enumerate(("twenty thirty forty fifty sixty seventy eighty ninety").split(), start=2)
}
MAGNITUDES: Final = {
    "dozen": 12, "hundred": 100, "thousand": 1_000, "lakh": 100_000, "million": 1_000_000, "crore": 10_000_000,
    "billion": 1_000_000_000, "trillion": 1_000_000_000_000,
}  # fmt: skip
_SHORT: Final = {"k": 1_000, "mn": 1_000_000, "m": 1_000_000, "bn": 1_000_000_000, "tn": 1_000_000_000_000}
_PLURALS: Final = {
    "tens": (10, 100), "dozens": (12, 100), "scores": (20, 100), "hundreds": (100, 1_000),
    "thousands": (1_000, 10_000), "millions": (10**6, 10**7), "billions": (10**9, 10**10),
}  # fmt: skip

ANCHORS: Final = frozenset({*UNITS, *TENS, *MAGNITUDES, *_PLURALS})
"""Lower-case words that a spelled numeral can start with ("a", "half a", "several" before it are found from there)."""

MOST: Final = 24
"""Further words of a spelled numeral; one that is meant to be read has fewer."""
_WORD = "|".join(sorted({*UNITS, *TENS, *MAGNITUDES}, key=len, reverse=True))
_MAGNITUDE = "|".join(MAGNITUDES)
_JOINT = rf"(?:{SPACE}|{DASH})"
_HALF = rf"(?:{_JOINT}and{_JOINT}a{_JOINT}half\b)"
_DIGITS = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d%]{{0,40}}[.,]\d)"
    rf"(?P<half>{_HALF})?(?:{_JOINT}?(?P<magnitude>{_MAGNITUDE})\b|(?P<short>k|mn|m|bn|tn)\b)?",
    re.IGNORECASE,
)
_AND = "(?:" + "|".join(f"(?<={word})" for word in MAGNITUDES) + rf"){_JOINT}and"
_SPELLED = re.compile(
    rf"(?P<words>(?:{_WORD})\b(?:(?:{_AND})?{_JOINT}(?:{_WORD})\b){{0,{MOST}}})(?P<half>{_HALF})?"
    rf"(?:(?<=half){_JOINT}(?P<magnitude>{_MAGNITUDE})\b)?",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    rf"(?P<first>{'|'.join(_PLURALS)})\b(?:{SPACE}of{SPACE}(?P<second>thousands|millions|billions)\b)?", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"\b(?P<vague>half{SPACE}an?|several|(?:an?{SPACE})?few|a{SPACE}couple{SPACE}of|many|some|"
    rf"(?:(?P<quarters>a|one|three){SPACE}quarters?{SPACE}of{SPACE})?an?){SPACE}\Z",
    re.IGNORECASE,
)
_POINT = re.compile(
    rf"(?P<whole>{'|'.join(UNITS)}){SPACE}point(?P<decimals>(?:{SPACE}(?:{'|'.join(UNITS)}|zero|nought)\b){{1,4}})"
    rf"(?:{_JOINT}(?P<magnitude>{_MAGNITUDE})\b)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(rf"{_JOINT}(?:hal(?:f|ves)|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at `start` to `end` whose value lies in `low` to `high`; `vague` where no exact number is written.

    `large` tells numbers with a thousands separator or a magnitude, which are hardly ever identifiers; `scale` is the
    magnitude that the numeral ends with ("3 million"), which may belong to a number before it too ("2 to 3 million").
    """

    start: int
    end: int
    low: float
    high: float
    vague: bool = False
    large: bool = False
    spelled: bool = False
    scale: float = 1.0


def numeral_at(text: str, start: int) -> Numeral | None:
    """The numeral whose first digit or number word is at `start`, or None where there is none that can be read.

    The result may begin earlier ("a hundred", "several thousand"). Ranges for vague magnitudes: a plural is at least
    two and stays below the next named size ("tens of thousands" 20,000 to 99,999), "several" is three to nine of the
    magnitude, "a few" two to nine, "a couple of" two.
    """
    if text[start].isdigit():
        return _digits(text, start)
    plural = _PLURAL.match(text, start)
    if plural:
        return _plural(text, plural)
    point = _POINT.match(text, start)
    if point:
        return _decimal(point)
    spelled = _SPELLED.match(text, start)
    return _spelled(text, spelled) if spelled else None


LONGEST = 24
"""Characters of a figure; what is longer is a key or a serial number, and no amount."""


def _digits(text: str, start: int) -> Numeral | None:
    match = _DIGITS.match(text, start)
    if not match:
        return None
    digits, half = match["digits"], match["half"]
    if len(digits) > LONGEST:
        return None
    value = float(digits.replace(",", "")) + (0.5 if half else 0.0)
    scale = _scale(match["magnitude"], match["short"])
    value = round(value * scale, 6)
    return Numeral(start, match.end(), value, value, large="," in digits or scale > 1, scale=scale)


def _scale(magnitude: str | None, short: str | None = None) -> int:
    if magnitude:
        return MAGNITUDES[magnitude.lower()]
    return _SHORT[short.lower()] if short else 1


def _plural(text: str, match: re.Match[str]) -> Numeral | None:
    first, second = match["first"].lower(), (match["second"] or "").lower()
    low, below = _PLURALS[first]
    if not second and first in ("tens", "scores") and not re.match(rf"{SPACE}of\b", text[match.end() :][:6]):
        return None  # "test scores", "she scores": only "scores of" counts
    scale = _PLURALS[second][0] if second else 1
    return Numeral(
        match.start(),
        match.end(),
        float(low * 2 * scale),
        float(below * scale - 1),
        vague=True,
        large=True,
        spelled=True,
    )


def _decimal(match: re.Match[str]) -> Numeral:
    """ "two point four billion": one digit a word behind the point."""
    digits = "".join(str(UNITS.get(word, 0)) for word in match["decimals"].lower().split())
    scale = _scale(match["magnitude"])
    value = round(float(f"{UNITS[match['whole'].lower()]}.{digits}") * scale, 6)
    return Numeral(match.start(), match.end(), value, value, large=scale > 1, spelled=True, scale=scale)


def _spelled(text: str, match: re.Match[str]) -> Numeral | None:
    words = re.split(r"[^A-Za-z]+", match["words"].lower())
    start, end = match.span()
    if words[0] in MAGNITUDES:
        return _after_article(text, match, words)
    value = _value(words)
    if value is None or _FRACTION.match(text, end):
        return None  # "two-thirds" is a share, not two of something
    if match["half"]:
        value += 0.5
    value *= _scale(match["magnitude"])
    large = any(word in MAGNITUDES for word in words) or bool(match["magnitude"])
    scale = _scale(match["magnitude"]) * MAGNITUDES.get(words[-1], 1)
    return Numeral(start, end, value, value, large=large, spelled=True, scale=scale)


def _after_article(text: str, match: re.Match[str], words: list[str]) -> Numeral | None:
    """ "a hundred", "half a million", "several thousand": the numeral begins before the magnitude."""
    before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
    value = _value(["one", *words])
    if not before or value is None:
        return None
    start, end = before.start(), match.end()
    vague = before["vague"].lower()
    if before["quarters"]:
        value *= 0.75 if before["quarters"].lower() == "three" else 0.25
        return Numeral(start, end, value, value, large=True, spelled=True)
    if vague == "some":  # which says that it is not counted exactly, and stays outside as "about" does
        return Numeral(match.start(), end, value, value, large=True, spelled=True)
    if vague.startswith("half"):
        return Numeral(start, end, value / 2, value / 2, large=True, spelled=True)
    if vague in ("a", "an"):
        return Numeral(start, end, value, value, large=True, spelled=True)
    low = 3 if vague in ("several", "many") else 2
    high = value * 2 if "couple" in vague else value * 10 - 1
    return Numeral(start, end, value * low, high, vague=True, large=True, spelled=True)


def _value(words: list[str]) -> float | None:
    """The number that lower-case words spell, or None where they do not spell one ("two three", "six twenty")."""
    total, group, last = 0, 0, 10**15
    for word in words:
        if word == "and":
            continue
        if word in UNITS or word in TENS:
            value = UNITS.get(word) or TENS[word]
            free = 100 if word in TENS or value > 9 or group % 100 == 0 else 10
            if group % free or (free == 10 and group % 100 < 20):
                return None
            group += value
        elif word in ("hundred", "dozen"):
            if group >= 100:
                return None
            group = (group or 1) * MAGNITUDES[word]
        else:
            if MAGNITUDES[word] >= last:
                return None
            last = MAGNITUDES[word]
            total, group = total + (group or 1) * last, 0
    return float(total + group)


_DESIGNATOR = re.compile(
    r"(?:\b(?:articles?|art\.?|arts\.|annex|appendix|apartment|appendices|battalion|block|boeing|airbus|brigade|camp|"
    r"case|cell|channel|chapters?|clauses?|code|decree|division|document|exhibit|figs?\.?|figures?|file|flights?|form|gate|"
    r"highway|interstate|item|law|level|lines?|lot|model|no\.?|nos\.|nr\.?|number|numbers|pages?|pp?\.|paragraphs?|"
    r"paras?\.?|parts?|phase|platform|point|principle|protocol|psalm|regulation|resolutions?|room|route|rule|sections?|"
    r"sec\.?|step|sura|table|terminal|tel\.?|phone|type|unit|verse|version|vol\.?|volume|ward|zone)|[#№§]+)\s?\(?\Z",
    re.IGNORECASE,
)
_GLUED_AFTER = re.compile(rf"[A-Za-z_@/\\]|:\d|{DASH}\d|[°º]|\]")
_GLUED_BEFORE = re.compile(
    rf"(?:[A-Za-z0-9_@#&=+/\\:?\[]|[A-Za-z0-9]\.|\d,|(?<!\bmid)(?<!\bpre)(?<!post)[\w.]{DASH})\Z", re.IGNORECASE
)


def is_identifier(text: str, start: int, end: int) -> bool:
    """Whether the digits at `start` to `end` are part of a name, code, address, list or time of day, not a number.

    "Article 2", "Resolution 1325", "F-16", "COVID-19", "10:30", "24/7", "[3]" and parts of web addresses are.
    """
    before = text[max(0, start - 16) : start]
    if _GLUED_BEFORE.search(before) or _GLUED_AFTER.match(text, end):
        return True
    return bool(_DESIGNATOR.search(before))


_IN = re.compile(
    rf"\b(?:{'|'.join(UNITS)}|\d+){SPACE}(?:in|(?P<of>(?:out{SPACE})?of))(?P<every>{SPACE}every)?{SPACE}\Z",
    re.IGNORECASE,
)
_WHOLES: Final = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "10": 10,
    "twenty": 20,
    "20": 20,
    "100": 100,
}
_IN_TEN = re.compile(
    rf"{SPACE}(?:in|out{SPACE}of)(?:{SPACE}every)?{SPACE}(?P<whole>{'|'.join(_WHOLES)}|(?:an?|one){SPACE}hundred)\b"
    rf"(?!{SPACE}(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|hundred|thousand|million)\b|[.,:]?\d)",
    re.IGNORECASE,
)
_PART_OF = re.compile(rf"\b(?:quarters?|thirds?|half|fifths?|tenths?){SPACE}of{SPACE}\Z", re.IGNORECASE)


def share_of(text: str, numeral: Numeral) -> tuple[int, float] | None:
    """Where a share that begins with a numeral ends, and what one of it is in per cent: of "four in ten" ten; None for others.

    "Four in ten days" is none.
    """
    match = _IN_TEN.match(text, numeral.end)
    if not match:
        return None
    whole = _WHOLES.get(match["whole"].lower(), 100)
    return (match.end(), 100 / whole) if numeral.high <= whole else None


def is_share(text: str, numeral: Numeral) -> bool:
    """Whether a numeral is the whole of a share: "one in ten", "eight of 10 voters", "a quarter of a million"."""
    window = max(0, numeral.start - 24)
    match = _IN.search(text, window, numeral.start)
    if match and (not match["of"] or match["every"] or "out" in match["of"].lower() or numeral.low in (10, 100)):
        return True
    return bool(_PART_OF.search(text, window, numeral.start))
