"""Times in a text, as EDTF level 0 and 1 (https://www.loc.gov/standards/datetime/).

What a value means, where the standard leaves room:
- A part of a period gives the whole period ("early 2019" is 2019): what is meant lies inside, and nothing is invented.
- "~" is kept for "circa", "around", "approximately", and for a counted distance ("32 years ago").
- since, after: "1988/.."; until, before, by: "../1988". The bound itself may or may not be meant. These words are
  then in the span; other prepositions are not.
- A season without a hemisphere is the northern name, codes 21 to 24.
- A relative time is resolved against the document's date, where that is fine enough and the words allow one reading.
  A month, day or weekday without a year means the last one before or on that date, unless a year stands in the
  same or the preceding sentence, or the sentence looks ahead. Inside double quotation marks nothing relative is
  resolved: the speaker's day is not the document's.
- "32 years after this" is a time without a value (so its years are no quantity); "32 years in prison" is none at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.claims.context import Context, Unit
from kg.claims.dates import ANCHORS, MONTHS, SEASONS, Date, date_at, ymd
from kg.claims.numerals import DASH, SPACE, TENS, UNITS, numeral_at
from kg.document import Document, Span
from kg.records import Time

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"[A-Za-z]+|\d+")
_UNIT = frozenset(
    f"{unit}{end}" for unit in ("day", "week", "month", "year", "decade", "weekend") for end in ("", "s")
) | {"century", "centuries"}
_STEPS: Final[dict[str, Unit]] = {"day": "day", "month": "month", "year": "year"}
_WORDS: Final = ANCHORS | _UNIT | {"yesterday", "tomorrow"}
_NAMES: Final = frozenset({"person", "organization", "place", "group", "norp", "org", "gpe", "loc"})
_WORKS: Final = frozenset({"work", "law", "work_of_art"})
_UNSURE: Final = frozenset({"march", "april", "may", "june"})
"""Months that are also names of people or verbs: alone they need a preposition."""

_FLAGS = re.IGNORECASE
_RELATIVE = re.compile(rf"\b(?P<which>last|this|next){SPACE}\Z", _FLAGS)
_SEASON_BEFORE = re.compile(
    rf"\b(?:(?P<which>last|this|next)|that|the{SPACE}(?:same|following|previous|next|past)){SPACE}\Z", _FLAGS
)
_UNIT_BEFORE = re.compile(
    rf"\b(?:(?:(?:earlier|later|late|early){SPACE})?(?P<which>last|this|next)|that"
    rf"|(?P<open>(?:(?:the|this|these){SPACE})?(?:past|coming|recent|preceding)"
    rf"|the{SPACE}(?:last|previous|next|following|same))"
    rf"(?:{SPACE}(?:\d+|few|several|many|couple{SPACE}of|dozen|{'|'.join([*UNITS, *TENS])}))?){SPACE}\Z",
    _FLAGS,
)
_IN = re.compile(
    rf"\b(?:in|since|until|till|of|during|last|this|next|early|late|mid)(?:{SPACE}|{DASH})\Z",
    _FLAGS,
)
_COUNT_BEFORE = re.compile(
    rf"(?:\b(?:more{SPACE}than|less{SPACE}than|at{SPACE}least|over|about|around|nearly|almost|some|just|only){SPACE})?"
    rf"(?:\b(?:an?|a{SPACE}(?:few|couple{SPACE}of)|several|many|some|(?<![\d.,])\d[\d,]*(?:\.\d+)?|"
    rf"(?:{'|'.join([*UNITS, *TENS])})(?:{DASH}(?:{'|'.join(UNITS)}))?)"
    rf"(?:(?:{SPACE}|{DASH})and(?:{SPACE}|{DASH})a(?:{SPACE}|{DASH})half)?{SPACE})\Z",
    _FLAGS,
)
_SPENDING = re.compile(rf"\b(?:for|in|within|during|spent|served|of|under|lasted|another){SPACE}\Z", _FLAGS)
_DISTANCE = re.compile(rf"{SPACE}(ago|later|earlier|before|after|afterwards)\b", _FLAGS)
_PART = re.compile(
    rf"\b(?:(?:the{SPACE})?(?:very{SPACE})?(?:early|late|mid|middle|mid{DASH}to{DASH}late)(?:{SPACE}|{DASH})"
    rf"(?:in{SPACE}|of{SPACE})?(?:the{SPACE})?|the{SPACE}(?:very{SPACE})?(?:end|beginning|start|middle|"
    rf"(?:first|second|third|fourth|last){SPACE}(?:half|quarter|days|weeks|months)){SPACE}of{SPACE}(?:the{SPACE})?)\Z",
    _FLAGS,
)
_ON = re.compile(rf"\b[Oo]n{SPACE}\Z")
_THE = re.compile(rf"\bthe{SPACE}\Z", _FLAGS)
_CIRCA = re.compile(rf"\b(?:circa|ca?\.|around|approximately|roughly){SPACE}\Z", _FLAGS)
_BOUND = re.compile(
    rf"\b(?:(?P<since>(?:ever{SPACE})?since|after|from)|(?P<until>until|till|before|by|prior{SPACE}to)){SPACE}\Z",
    _FLAGS,
)
_ONWARDS = re.compile(rf"{SPACE}(?:onwards?\b|on(?=[.,;:)]))", _FLAGS)
_JOIN = re.compile(rf"(?:{SPACE}(?P<word>to|and|until|till|through){SPACE}|{SPACE}?{DASH}{SPACE}?)\Z", _FLAGS)
_AND = re.compile(rf"(?:{SPACE}(?:and|or)|,){SPACE}\Z")
_OPEN = re.compile(rf"\b(?P<word>between|from){SPACE}\Z", _FLAGS)
_OWNER = re.compile(rf"(?:{SPACE}(?:morning|afternoon|evening|night))?['’]s\b")
_PRESENT = re.compile(
    rf"(?:{SPACE}(?:to|until|till){SPACE}(?:(?:the{SPACE})?present|now|today)|{DASH}present)\b", _FLAGS
)
_CAPITAL_BEFORE = re.compile(rf"\b(?P<word>[A-Z][\w’'.]*){SPACE}\Z")
_REPEATED = re.compile(rf"\b(?:every|each|most){SPACE}\Z", _FLAGS)
_CAPITAL_AFTER = re.compile(rf"{SPACE}[A-Z]")
_PLAIN: Final = frozenset(
    (
        "on in by since until till during after before from for last this next early late mid the and "
        "or of to every each between through around as at both that"
    ).split()
) | {*MONTHS}


def find_times(document: Document, doc: Doc) -> tuple[Time, ...]:
    """All time expressions of a document, in order, none overlapping another.

    `doc` is the parsed text (`doc.text == document.text`). Its entities keep "1988" out of the name of a person, an
    organization, a place or a group, but not of an event; its tags, where set, tell "May" from "may".
    """
    context = Context(document, doc)
    found = list(_scan(context, names(doc)))
    context.years.extend(date.start for date in found if date.kind not in ("relative", "weekday") and date.low)
    times: list[Time] = []
    floor = 0
    for date in _joined(document.text, found):
        start, end, edtf = _finished(context, date, floor)
        text = document.text[start:end]
        times.append(Time(f"{document.id}-t{start}-{end}", Span(start, end), text, edtf))
        floor = end
    return tuple(times)


def names(doc: Doc) -> list[tuple[int, int]]:
    """Character ranges of the entities whose numbers are part of a name, in order.

    All of a person, an organization, a place or a group; of a work or law all but a year at its edge ("the 1948
    Genocide Convention"); nothing of an event.
    """
    ranges: list[tuple[int, int]] = []
    for entity in doc.ents:
        label = entity.label_.lower()
        if label in _NAMES:
            ranges.append((entity.start_char, entity.end_char))
        elif label in _WORKS:
            year = re.match(r"(?:the\s)?[12]\d{3}\s(?=\S)", entity.text)
            of = re.search(r"\bof\s(?=[12]\d{3}$)", entity.text)
            end = entity.start_char + of.end() if of else entity.end_char
            ranges.append((entity.start_char + (year.end() if year else 0), end))
    return ranges


def within(ranges: Sequence[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """The range that holds a position, of ranges that are in order and do not overlap."""
    i = bisect_right(ranges, (start, 1 << 60)) - 1
    return ranges[i] if i >= 0 and start < ranges[i][1] else None


def _scan(context: Context, named: Sequence[tuple[int, int]]) -> Iterator[Date]:
    text, position = context.document.text, 0
    for match in _WORD.finditer(text):
        word = match.group()
        start = match.start()
        if start < position or (len(word) > 4 if word[0].isdigit() else word.lower() not in _WORDS):
            continue
        if named and within(named, start):
            continue
        date = _one(context, start, match.end(), word.lower())
        if date and date.start >= position:
            position = date.end
            yield date


def _one(context: Context, start: int, end: int, word: str) -> Date | None:
    text = context.document.text
    if word in _UNIT:
        return _distance(context, start, end, word) or _period(context, start, end, word)
    if word in ("yesterday", "tomorrow"):
        value = "" if context.quoted(start) else context.moved("day", 1 if word == "tomorrow" else -1)
        return Date(start, end, "relative", value)
    date = date_at(text, start)
    if date is None:
        return _bare_season(context, start, end, word) if word in SEASONS else None
    if date.kind == "season" and text[start].isupper() and _proper_before(text, start):
        return None  # "Arab Spring of 2011"; its year is found on its own
    bare = not date.low and not date.day and (date.kind == "weekday" or date.kind == "month")
    return date if not bare or _is_time(context, date, word) else None


def _is_time(context: Context, date: Date, word: str) -> bool:
    """Whether the bare name of a month or weekday is meant as one."""
    text, start, end = context.document.text, date.start, date.end
    if date.month and not date.weekday >= 0 and date.end - date.start > 9:
        return True  # "2005-06": written in digits
    if _proper_before(text, start) or text[end : end + 1] in ("-", "@") or text[start - 1 : start] in ("-", "@", "#"):
        return False
    token = context.doc.char_span(start, end, alignment_mode="expand")
    if token is not None and token[0].tag_[:2] in ("MD", "VB"):
        return False
    preposed = bool(_IN.search(text, max(0, start - 10), start))
    if word in _UNSURE:
        return preposed and text[start:end] != text[start:end].upper() and not _CAPITAL_AFTER.match(text, end)
    if date.kind == "weekday":
        if _REPEATED.search(text, max(0, start - 8), start) or text[end : end + 7].strip().startswith("prayer"):
            return False
        return not _CAPITAL_AFTER.match(text, end) or bool(_ON.search(text, max(0, start - 4), start))
    return True


def _proper_before(text: str, start: int) -> bool:
    """Whether a capitalised word that is no function word stands directly before ("Black Friday")."""
    before = _CAPITAL_BEFORE.search(text, max(0, start - 24), start)
    return before is not None and before["word"].lower() not in _PLAIN


def _bare_season(context: Context, start: int, end: int, word: str) -> Date | None:
    """ "last summer", "that winter": a season is a time without a year only where it is pointed at."""
    before = _SEASON_BEFORE.search(context.document.text, max(0, start - 20), start)
    if not before:
        return None
    year, month, _ = context.today
    code, value = SEASONS[word], ""
    if year and month and not context.quoted(start):
        if before["which"] == "this" and month >= 3 and code != 24:
            value = f"{year}-{code}"
        elif before["which"] == "last" and month <= {21: 2, 22: 5, 23: 8}.get(code, 0):
            value = f"{year - 1}-{code}"  # later in the year it may be the one just over
    return Date(before.start(), end, "relative", value)


def _period(context: Context, start: int, end: int, word: str) -> Date | None:
    """ "last year", "earlier this month", "the past few years", "that day", "the following week"."""
    text = context.document.text
    before = _UNIT_BEFORE.search(text, max(0, start - 36), start)
    if not before:
        return None
    which, plural = (before["which"] or "").lower(), word.endswith("s")
    if not before["open"] and (plural or (which == "this" and word == "day")):
        return None  # "last days", "to this day"
    value = ""
    if which and not context.quoted(start) and word in ("year", "month"):
        value = context.moved("year" if word == "year" else "month", {"last": -1, "this": 0, "next": 1}[which])
    return Date(before.start(), end, "relative", value)


def _distance(context: Context, start: int, end: int, word: str) -> Date | None:
    """ "32 years ago", "two days later", "three months before": a count of units and its direction."""
    text = context.document.text
    after = _DISTANCE.match(text, end)
    before = _COUNT_BEFORE.search(text, max(0, start - 36), start) if after else None
    if not after or not before:
        return None
    ago = after[1].lower() == "ago"
    if not ago and _SPENDING.search(text, max(0, before.start() - 10), before.start()):
        return None  # "spent three years before": a duration
    value = ""
    count = _exact(before.group().strip().lower())
    unit = _STEPS.get(word.removesuffix("s"))
    if ago and unit and 0 < count < 1000 and not context.quoted(start):
        value = context.moved(unit, -count)
        if value and unit != "day":
            value += "~"
    return Date(before.start(), after.end(), "relative", value)


def _exact(number: str) -> int:
    """The whole number that lower-case words spell, or 0 where they give no exact one ("a few", "more than 30")."""
    if number in ("a", "an"):
        return 1
    numeral = numeral_at(number, 0) if number[0].isdigit() or number.split("-")[0] in UNITS | TENS else None
    if numeral is None or numeral.end != len(number) or numeral.low != int(numeral.low):
        return 0
    return int(numeral.low)


def _joined(text: str, found: Sequence[Date]) -> Iterator[Date]:
    """Dates with those that stand at the two ends of one interval put together ("from 1985 to 1988")."""
    i = 0
    while i < len(found):
        date, following = found[i], found[i + 1] if i + 1 < len(found) else None
        whole = _interval(text, date, following) if following else None
        if whole:
            i += 1
        elif following and not date.low and date.kind == following.kind and following.kind in ("month", "day"):
            # "July and August 1988": the year belongs to both
            gap = text[date.end : following.start]
            date = _in_year(date, following) if _AND.fullmatch(gap) else date
        yield whole or date
        i += 1


def _in_year(date: Date, other: Date) -> Date:
    if date.low or not date.month or not other.low or (date.kind == "day" and not date.day):
        return date
    return replace(date, low=ymd(int(other.low[:4]), date.month, date.day))


def _interval(text: str, first: Date, second: Date) -> Date | None:
    join = _JOIN.fullmatch(text, first.end, second.start)
    kinds = ("day", "month", "season", "year", "decade")
    if not join or first.kind not in kinds or second.kind not in kinds:
        return None
    opening = _OPEN.search(text, max(0, first.start - 12), first.start)
    word = (join["word"] or "").lower()
    if word == "and" and (not opening or opening["word"].lower() != "between"):
        return None
    first = _in_year(first, second)
    if not first.low or not second.low or (not opening and first.kind != second.kind):
        return None
    low, high = first.low.replace("X", "0"), second.low.replace("X", "9")
    if not low < high:
        return None
    return Date(opening.start() if opening else first.start, second.end, "interval", low, high)


def _finished(context: Context, date: Date, floor: int) -> tuple[int, int, str]:
    """Start, end and EDTF value of a date with the words before it that belong to it, none before `floor`."""
    text = context.document.text
    start, end, edtf = date.start, date.end, date.edtf
    if date.kind in ("relative", "interval"):
        return _open_ended(text, floor, start, end, edtf) if date.kind == "relative" else (start, end, edtf)
    if not edtf and (date.kind == "weekday" or date.month):
        start, edtf = _yearless(context, date, floor)
        return _open_ended(text, floor, start, end, edtf)
    part = _PART.search(text, max(floor, start - 28), start)
    article = _THE.search(text, max(floor, start - 6), start) if date.kind in ("season", "decade") else None
    if part and (article or not _THE.search(part.group())):  # "early in the 2019 season" is not early in 2019
        start = part.start()
    elif article:
        start = article.start()
    circa = _CIRCA.search(text, max(floor, start - 18), start)
    if circa and edtf and date.kind not in ("season", "decade"):
        start, edtf = circa.start(), edtf + "~"
    return _open_ended(text, floor, start, end, edtf)


def _yearless(context: Context, date: Date, floor: int) -> tuple[int, str]:
    """Start and value of a month, day or weekday that is written without its year."""
    text, start = context.document.text, date.start
    which = _RELATIVE.search(text, max(floor, start - 8), start)
    if which:
        start = which.start()
        last = which["which"].lower() == "last"
        return start, context.last(date, strictly=True) if last and not context.quoted(start) else ""
    bound = _BOUND.search(text, max(floor, start - 12), start)
    owner = date.kind == "weekday" and _OWNER.match(text, date.end)
    value = context.last(date)
    # "by Friday" and "Friday's debate" may lie ahead
    if not value or context.open(start) or (bound and bound["until"]) or (owner and not bound):
        value = ""
    part = _PART.search(text, max(floor, start - 28), start) if date.kind == "month" else None
    part = part if part and not _THE.search(part.group()) else None
    return part.start() if part else start, value


def _open_ended(text: str, floor: int, start: int, end: int, edtf: str) -> tuple[int, int, str]:
    """The value with "since", "until" and the like before it, or "to the present" after it."""
    if not edtf or "/" in edtf:
        return start, end, edtf
    low, high = edtf.replace("X", "0"), edtf.replace("X", "9")
    present = _PRESENT.match(text, end)
    bound = _BOUND.search(text, max(floor, start - 14), start)
    if present:
        opened = bound and bound["since"]
        return bound.start() if bound and opened else start, present.end(), f"{low}/.."
    if not bound or text[end : end + 1] in ("'", "’"):  # "after last year's vote" is after the vote
        return start, end, edtf
    if bound["until"]:
        return bound.start(), end, f"../{high}"
    onwards = _ONWARDS.match(text, end)
    if bound["since"].lower() == "from":
        return (bound.start(), onwards.end(), f"{low}/..") if onwards else (start, end, edtf)
    return bound.start(), end, f"{low}/.."
