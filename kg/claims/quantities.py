"""Quantities in a text: how many at least, how many at most, of what, and in which characters.

What a range means, where English leaves room:
- "more than 30,000 prisoners" begins at 30,001, "fewer than 20" ends at 19: things are counted in whole numbers. A
  measure (time, money, a share, a distance, a decimal number) keeps the number written: the next value is any beyond.
- "up to", "at most", "as many as" and the like have no minimum; "at least", "or more" no maximum.
- "about", "some", "nearly", "an estimated" keep the number and are `approximate`; so are the vague magnitudes, whose
  ranges `kg.claims.numerals.numeral_at` gives ("tens of thousands" 20,000 to 99,999).
- A number from-to after a verb of change ("rose from 20 to 30") is two numbers, otherwise a range.
- "Four in ten voters" is 40 "percent of voters".
- `of` is the counted noun phrase as written, without the number, without "more" or "other" and, after "of", without
  its article. A share is of "percent", with what it is a share of where that is named ("percent of voters"). Money is
  of its sign or word. An age is of "year-old" or "years old"; "a three-day strike" is 3 of "day".
- Where nothing was counted in so many words ("30,000 were executed") `of` is empty.
Not quantities: ordinals, years and what lies in a time, fractions ("two-thirds"), ages without a unit, times of day,
identifiers, numbers in names, "one" as a pronoun, "several" or "many" without a magnitude.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.claims.bounds import between_bounds
from kg.claims.counted import Phrases
from kg.claims.dates import is_year
from kg.claims.measures import HYPHENED, MEASURES, PERCENT, PERIOD, UNIT
from kg.claims.numerals import ANCHORS, DASH, SPACE, Numeral, is_identifier, is_share, numeral_at, share_of
from kg.document import Document, Span
from kg.records import Quantity, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"[A-Za-z]+|\d+")
_RUN = re.compile(r"\d(?:[\d.,:/-]*\d)?")
_ENTITIES: Final = frozenset(
    "person organization place event work group org gpe loc norp law work_of_art fac product".split()
)
_FLAGS = re.IGNORECASE

_ADVERB = rf"(?:\b(?:just|well|slightly|far|much|a{SPACE}little|significantly|considerably|only){SPACE})?"
_MODIFIER = re.compile(
    rf"{_ADVERB}(?:"
    rf"(?P<least>\b(?:at{SPACE}least|(?:no|not){SPACE}(?:fewer|less){SPACE}than|(?:a{SPACE})?minimum{SPACE}of))"
    rf"|(?P<most>\b(?:up{SPACE}to|at{SPACE}(?:the{SPACE})?most|(?:no|not){SPACE}more{SPACE}than|as{SPACE}(?:many|much|"
    rf"high){SPACE}as|(?:a{SPACE})?maximum{SPACE}of))"
    rf"|(?P<more>\b(?:more{SPACE}than|greater{SPACE}than|in{SPACE}excess{SPACE}of|upwards?{SPACE}of|exceeding|over|above)|>)"
    rf"|(?P<less>\b(?:(?:fewer|less){SPACE}than|under|below)|<)"
    rf"|(?P<about>\b(?:about|around|some|nearly|almost|roughly|approximately|approx\.|circa|ca?\.|close{SPACE}to|"
    rf"in{SPACE}the{SPACE}region{SPACE}of|(?:an{SPACE})?estimated)|[~≈])"
    rf"){SPACE}?\Z",
    _FLAGS,
)
_CURRENCY = re.compile(r"(?:\b(?:US|AU|CA|HK|NZ|A|C))?[$€£¥₹]\s?\Z|\b(?:USD|EUR|GBP|CHF|Rs\.?)\s?\Z")
_LASTING = re.compile(
    rf"\b(?:been|is|was|are|were|be|for|of|took|taken|lasted|spent|served|than|after|just|well|far|['’]s){SPACE}\Z",
    _FLAGS,
)
_PARTITIVE = re.compile(
    rf"{SPACE}of{SPACE}(?:(?:the|these|those|his|her|its|our|their|all|all{SPACE}the){SPACE})?(?=[\w‘“\"'])", _FLAGS
)
_OF = re.compile(rf"{SPACE}of{SPACE}(?:(?:the|all|these|those|its|their){SPACE}){{0,2}}", _FLAGS)
_SUFFIX = re.compile(
    rf"(?P<least>{SPACE}or{SPACE}more\b|\+(?!\d))|(?P<most>{SPACE}or{SPACE}(?:fewer|less)\b)|(?P<about>{SPACE}or{SPACE}so\b)",
    _FLAGS,
)
_OLD = re.compile(rf"{SPACE}old\b")
_JOIN = re.compile(rf"(?P<dash>{DASH})|{SPACE}(?P<word>to|or|and){SPACE}|{SPACE}{DASH}{SPACE}", _FLAGS)
_OPENER = re.compile(rf"\b(?P<word>between|from){SPACE}(?P<sign>(?:US)?[$€£¥₹])?\Z", _FLAGS)
_CHANGE = re.compile(
    r"\b(?:rise|rises|rose|risen|rising|fell|fall|falls|fallen|falling|grew|grow|grows|grown|growing|climb|climbed|drop"
    r"|dropped|jump|jumped|went|gone|increas\w+|decreas\w+|declin\w+|rais\w+|reduc\w+|chang\w+|cut|expand\w+|up|down|"
    r"shrank|revis\w+)\b[^.;\n]*\Z",
    _FLAGS,
)
_CLOCK = re.compile(rf"{SPACE}?(?:[ap]\.m\.|[ap]m\b|o[’']clock|GMT\b|UTC\b|hrs\b)", _FLAGS)
_LIST = re.compile(r"(?:^|\n)[ \t]*[([]?\Z")
_LIST_AFTER = re.compile(r"[.)\]:](?:\s|$)")
_POINTED = re.compile(rf"\b(?:the|these|those|other|which|any|no|that|this|every|each|another|all){SPACE}\Z", _FLAGS)
_AGE = re.compile(
    rf"\b(?:aged?|ages){SPACE}(?:(?:between|from){SPACE})?(?:\d+(?:{SPACE}(?:to|and){SPACE}|{DASH}))?\Z", _FLAGS
)
_CAPITAL = re.compile(r"(?P<before>\S?\s+)?\b(?P<word>[A-Z][\w’'-]*)[ \u00a0]\Z")
_IDLE_ONE: Final = frozenset("day thing way hand side point time example reason sense word step".split())
_VERB_AFTER = re.compile(
    rf"{SPACE}(?:were|was|are|have|had|has|died|remain|remained|of{SPACE}(?:them|whom|us)|others?|went|survived|could|"
    rf"would|may|might|did|came|fled|who)\b"
)
_COUNTING = re.compile(
    rf"\b(?:(?:tolls?|totals?|numbers?|sentences?|groups?|deaths?|killings?|executions?|arrests?|famil(?:y|ies)|teams?|"
    rf"panels?|maximum|minimum|average|population|crowds?|sum|figures?|loss(?:es)?|estimates?|massacre|murders?)"
    rf"(?:{SPACE}(?:\w+{SPACE})?(?:of|at|to|is|was))|kill(?:s|ed|ing)?|execut(?:e|ed|es|ing)|arrest(?:ed|s|ing)|"
    rf"wound(?:ed|ing)|injur(?:ed|ing)|detain(?:ed|ing)|reach(?:es|ed|ing)?|total(?:s|ed|led|ing|ling)|"
    rf"(?:rose|risen|rises|rise|climbed|grew|fell|dropped|increased|raised){SPACE}(?:to|by|from)|than){SPACE}\Z",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity in the making: characters, range and what is counted. `modified` tells that words bound the number."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    of: str = ""
    modified: bool = False


@dataclass(frozen=True)
class _Text:
    """A document's text with what may not be read as a quantity: times and names."""

    text: str
    phrases: Phrases
    times: Sequence[tuple[int, int]]
    entities: Sequence[tuple[int, int]] = field(default_factory=tuple)

    def limit(self, at: int) -> int:
        """Where the next time begins."""
        i = bisect_left(self.times, (at, 0))
        return self.times[i][0] if i < len(self.times) else len(self.text)

    def floor(self, at: int) -> int:
        """Where the time before ends."""
        i = bisect_right(self.times, (at, 0)) - 1
        return self.times[i][1] if i >= 0 else 0

    def named(self, start: int) -> bool:
        """Whether a number is part of a name: inside one, and not what counts it ("seven experts")."""
        i = bisect_right(self.entities, (start, 1 << 60)) - 1
        if i < 0 or start >= self.entities[i][1]:
            return False
        first, end = self.entities[i]
        last = self.text[first:end].split()[-1]
        return first != start or not last[0].islower()


def find_quantities(document: Document, doc: Doc, times: Sequence[Time] = ()) -> tuple[Quantity, ...]:
    """All quantities of a document, in order; none overlaps another or one of `times`.

    `doc` is the parsed text (`doc.text == document.text`); its tags find the counted noun, its entities keep numbers
    in names out. `times` are those that `kg.claims.times.find_times` gives for the same document: their numbers are
    dates. Without them years are still left out.
    """
    entities = sorted((e.start_char, e.end_char) for e in doc.ents if e.label_.lower() in _ENTITIES)
    spans = sorted((time.span.start, time.span.end) for time in times)
    text = document.text
    found = (
        Quantity(
            f"{document.id}-q{f.start}-{f.end}",
            Span(f.start, f.end),
            text[f.start : f.end],
            f.low,
            f.high,
            f.approximate,
            f.of,
        )
        for f in _scan(_Text(text, Phrases(doc), spans, entities))
    )
    return tuple(between_bounds(found, text))


def _scan(source: _Text) -> Iterator[_Found]:
    text, position = source.text, 0
    for match in _WORD.finditer(text):
        start, word = match.start(), match.group()
        if start < position or not (word[0].isdigit() or word.lower() in ANCHORS):
            continue
        numeral = numeral_at(text, start)
        found = None
        if numeral and numeral.start >= position and not _excluded(source, numeral):
            found = _quantity(source, numeral, max(position, source.floor(numeral.start)))
        if found:
            yield found
            position = found.end
        else:
            run = _RUN.match(text, start)
            position = run.end() if run else numeral.end if numeral else match.end()


def _excluded(source: _Text, numeral: Numeral) -> bool:
    """Whether the number stands where numbers count nothing."""
    text, start, end = source.text, numeral.start, numeral.end
    if source.floor(start) > start or source.limit(start) < end or source.named(start):
        return True
    before = text[max(0, start - 24) : start]
    if is_share(text, numeral) or _AGE.search(before) or _CLOCK.match(text, end):
        return True
    if numeral.spelled:
        return (before[-1:] in ("-", "–") and before[-2:-1].isalpha()) or _capital_inside(text, numeral)
    short = not numeral.large and end - start < 4
    if short and _LIST_AFTER.match(text, end) and _LIST.search(text, max(0, start - 8), start):
        return True
    if before[-1:] in ("(", "[") and text[end : end + 1] in (")", "]") and not numeral.large:
        return True
    return end - start == 4 and text[start:end].isdigit() and is_year(text, start, end)


def _capital_inside(text: str, numeral: Numeral) -> bool:
    """ "Group of Seven", "Air Force One": a spelled number with a capital inside a sentence belongs to a name."""
    if not text[numeral.start].isupper():
        return False
    before = text[max(0, numeral.start - 3) : numeral.start].rstrip(" \u00a0")
    return bool(before) and (before[-1].isalnum() or before[-1] in ",-–&")


def _quantity(source: _Text, numeral: Numeral, floor: int) -> _Found | None:
    text = source.text
    found = _Found(numeral.start, numeral.end, numeral.low, numeral.high, numeral.vague)
    share = share_of(text, numeral)
    if share is not None:
        return _bounded(source, _share(source, found, *share), floor, None)
    ranged = _range(source, numeral, floor)
    found = ranged or found
    unit = UNIT.match(text, found.end)
    if not numeral.spelled and not unit and is_identifier(text, numeral.start, found.end):
        return None
    if not numeral.spelled and unit and is_identifier(text, numeral.start, unit.end()):
        return None
    sign = _CURRENCY.search(text, max(floor, found.start - 6), found.start)
    if sign:
        found = replace(found, start=sign.start(), of=sign.group().strip())
    elif _short_million(text, numeral):
        return None  # "5m" is millions of money, or metres
    suffix = _SUFFIX.match(text, found.end)
    counted = _counted(source, replace(found, end=suffix.end()) if suffix else found, numeral)
    if counted is None:
        return None
    suffix = suffix or _SUFFIX.match(text, counted.end)
    if suffix and suffix.end() > counted.end:
        counted = replace(counted, end=suffix.end())
    bounded = _bounded(source, counted, floor, suffix)
    return bounded if _counts(source, bounded, numeral, bool(ranged)) else None


def _share(source: _Text, found: _Found, end: int, percent: float) -> _Found:
    """ "Four in ten voters" as 40 percent of voters."""
    partitive = _PARTITIVE.match(source.text, end)
    noun = source.phrases.at(partitive.end() if partitive else end, False, source.limit(end))
    of = f"percent of {source.text[noun.start : noun.end]}" if noun else "percent"
    low, high = (None if value is None else round(value * percent, 6) for value in (found.low, found.high))
    rough = found.approximate or percent != int(percent)
    return replace(found, end=noun.end if noun else end, low=low, high=high, approximate=rough, of=of, modified=True)


def _short_million(text: str, numeral: Numeral) -> bool:
    return text[numeral.end - 1] in "mM" and text[numeral.end - 2].isdigit()


def _range(source: _Text, first: Numeral, floor: int) -> _Found | None:
    """ "20 to 30", "20-30", "between 20 and 30", "two or three" as one range."""
    text = source.text
    join = _JOIN.match(text, first.end)
    if not join or join.end() >= min(len(text), source.limit(first.start)):
        return None
    at = join.end() + (text[join.end()] in "$€£¥₹")
    second = numeral_at(text, at) if at < len(text) and text[at].isalnum() else None
    if second is None or second.start != at or second.end > source.limit(first.start):
        return None
    opener = _OPENER.search(text, max(floor, first.start - 12), first.start)
    opening = opener["word"].lower() if opener else ""
    word = (join["word"] or "").lower()
    low = first.low * (second.scale if first.low < 1000 and not first.large else 1.0)
    if (word == "and") != (opening == "between") or not low < second.high or second.high > 1000 * low:
        return None
    if opening == "from" and _CHANGE.search(text, max(floor, first.start - 60), first.start):
        return None
    start = opener.start() if opener and opening == "between" else first.start
    return _Found(start, second.end, low, second.high, first.vague or second.vague, modified=opening == "between")


def _counted(source: _Text, found: _Found, numeral: Numeral) -> _Found | None:
    """The quantity with what is counted; None where the number is part of a compound that counts nothing."""
    text, end = source.text, found.end
    percent = PERCENT.match(text, end)
    if percent:
        of = "percentage points" if "point" in percent.group().lower() else "percent"
        share = _OF.match(text, percent.end())
        noun = source.phrases.at(share.end(), False, source.limit(end)) if share else None
        if noun and of == "percent":
            return replace(found, end=noun.end, of=f"{of} of {text[noun.start : noun.end]}")
        return replace(found, end=percent.end(), of=of)
    hyphened = HYPHENED.match(text, end)
    if hyphened:
        return replace(found, end=hyphened.end(), of=re.sub(DASH, "-", hyphened["unit"]))
    if re.match(rf"{DASH}[A-Za-z]", text[end : end + 2]):
        return None  # "two-state", "fifty-first"
    if found.of:
        return found
    unit = None if numeral.spelled else UNIT.match(text, end)
    if unit:
        return replace(found, end=unit.end(), of=unit["unit"])
    one = found.low == found.high == 1
    partitive = _PARTITIVE.match(text, end)
    noun = source.phrases.at(partitive.end() if partitive else end, one and not partitive, source.limit(numeral.start))
    if not noun or (not partitive and text[end : noun.start].count("\n") > 1):
        return found
    old = _OLD.match(text, noun.end)
    stop = old.end() if old and PERIOD.fullmatch(text, noun.start, noun.end) else noun.end
    return replace(found, end=stop, of=" ".join(text[noun.start : stop].split()))


def _bounded(source: _Text, found: _Found, floor: int, suffix: re.Match[str] | None) -> _Found:
    """The range as the words before ("more than") and after ("or so") the number bound it."""
    text, start = source.text, found.start
    kinds = [kind for kind in ("least", "most", "about") if suffix and suffix[kind]]
    while match := _MODIFIER.search(text, max(floor, start - 28), start):
        kind = str(match.lastgroup)
        if not _bounds(text, match, found):
            break
        kinds.append(kind)
        start = match.start()
    low, high = found.low, found.high
    step = 0.0 if _is_measure(found) else 1.0
    for kind in kinds:
        if kind in ("least", "more"):
            low, high = (low + step if kind == "more" and not found.approximate and low is not None else low), None
        elif kind in ("most", "less"):
            low, high = None, (high - step if kind == "less" and high is not None else high)
    return replace(
        found,
        start=start,
        low=low,
        high=high,
        approximate=found.approximate or "about" in kinds,
        modified=found.modified or bool(kinds),
    )


def _bounds(text: str, match: re.Match[str], found: _Found) -> bool:
    """Whether a word that has other uses bounds the number ("over three days" is during them)."""
    word = match.group().strip().lower()
    if word not in ("over", "under", "above", "below"):
        return True
    period = PERIOD.fullmatch(found.of.split()[0]) if found.of and word == "over" else None
    return not period or bool(_LASTING.search(text, max(0, match.start() - 10), match.start()))


def _is_measure(found: _Found) -> bool:
    """Whether the number measures rather than counts, so that the next larger value is not one more."""
    if any(value is not None and value != int(value) for value in (found.low, found.high)):
        return True
    if not found.of:
        return False
    if not found.of[0].isalpha() or found.of.startswith("percent") or UNIT.fullmatch(found.of):
        return True
    last = found.of.lower().replace("-", " ").split()[-1]
    return bool(PERIOD.fullmatch(last)) or last in MEASURES or last.removesuffix("s") in MEASURES


def _counts(source: _Text, found: _Found, numeral: Numeral, ranged: bool) -> bool:
    """Whether the number counts or measures something where it stands."""
    text = source.text
    if found.low == found.high == 1 and numeral.spelled and not numeral.large and not found.modified:
        return _one(source, found, numeral)
    if found.of == "times" and re.match(
        rf"{SPACE}(?:more|as|higher|the|larger|greater|less)\b", text[found.end :][:10]
    ):
        return False
    if not found.modified and not numeral.large and not numeral.spelled:
        capital = _CAPITAL.search(text, max(0, found.start - 24), found.start)
        middle = capital and capital["before"] and capital["before"].strip() not in ("", ".", "!", "?", ":", "”", "’")
        if middle and not source.phrases.counts(numeral.start):
            return False  # "Formula 1 drivers", "Boeing 747"
    if found.of or (numeral.large and not ranged):
        return True
    if _POINTED.search(text, max(0, found.start - 9), found.start):
        return False  # "the two", "those three"
    if found.modified:
        return numeral.spelled or numeral.low > 24 or not found.approximate  # "at around 10" is a time of day
    return bool(_VERB_AFTER.match(text, found.end) or _COUNTING.search(text, max(0, found.start - 32), found.start))


def _one(source: _Text, found: _Found, numeral: Numeral) -> bool:
    """Whether "one" counts: a noun follows it at once, and nothing makes it a pronoun."""
    if (
        not found.of
        or found.of.split()[-1].lower() in _IDLE_ONE
        or source.phrases.tag(numeral.start)[:2] not in ("", "CD")
    ):
        return False
    if _PARTITIVE.match(source.text, numeral.end):
        return False  # "one of the men"
    return not _POINTED.search(source.text, max(0, found.start - 9), found.start)
