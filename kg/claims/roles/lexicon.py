"""The words that roles are known by: nouns of offices and occupations (made from WordNet), qualifiers, verbs of taking office."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.records import Qualifier

QUALIFIERS: Final[Mapping[str, Qualifier]] = {
    "former": "former", "formerly": "former", "ex": "former", "erstwhile": "former", "onetime": "former",
    "then": "then", "acting": "acting", "interim": "acting", "caretaker": "acting", "late": "late",
    "current": "current", "currently": "current", "now": "current", "incumbent": "current", "sitting": "current",
    "incoming": "incoming", "future": "incoming", "next": "incoming", "designate": "incoming", "elect": "incoming",
    "outgoing": "outgoing",
}  # fmt: skip
"""Words that say when an office is held, and what they say."""
DESCRIPTIVE: Final = frozenset(
    (
        "well known famous prominent notorious leading veteran controversial powerful respected noted renowned "
        "influential outspoken popular young old elderly new newly longtime local key main top own other many several "
        "first second third last same only such certain own good great best true real more most little big"
    ).split()
)
"""Adjectives that describe who holds an office and are no word of it."""
HONORIFICS: Final = frozenset(
    (
        "mr mrs ms miss mx dr prof sir dame lord lady rev hon honourable honorable "
        "gen col capt lt sgt maj adm sen rep gov"
    ).split()
)
"""Words that may stand between an office and a name, besides other offices."""
TAKES: Final = frozenset("become becomes became becoming remain remains remained".split())
"""Verbs after which an office is the subject's."""
SERVES: Final = frozenset("serve serves served serving act acts acted acting work works worked working".split())
"""Verbs after which an office with "as" is the subject's."""
APPOINTS: Final = frozenset(
    (
        "appoint appoints appointed appointing name names named naming elect elects elected electing reelected re-elected "
        "install installs installed make makes made confirm confirms confirmed designate designated chosen chose "
        "choose chooses crown crowned inaugurated ordained promoted swear sworn"
    ).split()
)
"""Verbs by which an office is given: to the object, and in the passive to the subject."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Nouns in lower case. `loose` are offices only in a clear context; `phrases` offices with the noun in front;
    `adjectives` those of places ("Norwegian")."""

    offices: frozenset[str]
    occupations: frozenset[str]
    loose: frozenset[str]
    phrases: frozenset[str]
    adjectives: frozenset[str]

    @property
    def nouns(self) -> frozenset[str]:
        """All nouns of one word."""
        return self.offices | self.occupations | self.loose


@cache
def lexicon() -> Lexicon:
    """The table that `training/offices.py` makes."""
    table = json.loads((Path(__file__).parent / "offices.json").read_text(encoding="utf-8"))
    one = {name: frozenset(table[name].split()) for name in ("offices", "occupations", "loose")}
    return Lexicon(**one, phrases=frozenset(table["phrases"]), adjectives=frozenset(table["adjectives"]))


@cache
def nouns() -> frozenset[str]:
    """All nouns of offices and occupations, in lower case and in the singular."""
    return lexicon().nouns
