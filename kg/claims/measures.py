"""Units in English text: of time, length, weight, money and shares, in words, in signs and behind a hyphen."""

from __future__ import annotations

import re
from typing import Final

from kg.claims.numerals import DASH, SPACE

_TIME_UNIT: Final = frozenset(
    "second minute hour day night week weekend fortnight month year decade century generation".split()
)
PERIOD = re.compile(rf"(?:{'|'.join(sorted(_TIME_UNIT | {'centurie'}))})s?\b", re.IGNORECASE)
_ABBREVIATED: Final = r"km|cm|mm|kg|mg|lbs?|ft|mph|kph|km/h|kW|MW|GW|kWh|MWh|GB|MB|TB|ha|°C|°F|sq{0}km|m²|km²|m"
MEASURES: Final = frozenset(
    "percent percentage dollar euro pound cent rial toman yen yuan rupee franc crown ruble rouble dirham dinar shekel "
    "mile kilometre kilometer metre meter centimetre centimeter foot feet inch acre hectare ton tonne kilogram "
    "kilogramme kilo gram gramme ounce litre liter gallon barrel degree watt megawatt gigawatt volt knot old".split()
)
UNIT = re.compile(rf"{SPACE}?(?P<unit>{_ABBREVIATED.format(' ')})(?![A-Za-z])")
PERCENT = re.compile(
    rf"{SPACE}?%|(?:{SPACE}|{DASH})per{SPACE}?cent\b(?!age)|{SPACE}percentage{SPACE}points?\b", re.IGNORECASE
)
HYPHENED = re.compile(
    rf"{DASH}(?P<unit>(?:{'|'.join(sorted(_TIME_UNIT | MEASURES))}|mile|member|person|people|seat|page|man|strong)s?"
    rf"(?:{DASH}olds?\b)?)(?![A-Za-z])",
    re.IGNORECASE,
)
