"""Words of names as they sound: what makes two romanisations ("Dzhamal" / "Jamal") the same word, and what does not.

A word is folded into sounds: upper-case letters for consonants, lower-case ones for vowels. Different systems of writing
the same sounds meet there; what still differs costs more the less likely it is a matter of writing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from kg.claims.names import normalise

_STEPS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^y(?=e)", ""),
        (r"^abd(?:[aeiou]l|[aeu](?=([rsndtz])\1)[rsndtz])?(?=[a-z]{3})", "abd"),
        (r"(?<=[bcdfghjklmnprstvz])yo", "e"),
        (r"sch?tsch|shch|schtsch|chtch|szcz", "S"),
        (r"dsch", "J"),
        (r"tsch", "X"),
        (r"(?<=X)ch", "H"),
        (r"sch|sh", "S"),
        (r"tch|chh|tx|ch|cz", "X"),
        (r"dzh|dj|zh|j", "J"),
        (r"kh", "H"),
        (r"gh", "G"),
        (r"ph", "F"),
        (r"th", "T"),
        (r"dh", "D"),
        (r"^rh", "R"),
        (r"(?<=[ae])h$", ""),
        (r"h(?=[bcdfgklmnpqrstvz])", ""),
        (r"ck|qu?(?=[aeiouy])|q|k|c(?![eiy])", "K"),
        (r"x", "KC"),
        (r"ts|tz", "Z"),
        (r"g(?=[ei])", "g"),
        (r"^w|(?<=[b-df-hj-np-tv-zA-Z])w", "V"),
        (r"w", "u"),
        (r"ou|oo", "u"),
        (r"ee|i[yj]|yi", "i"),
        (r"[ae][iy]|ae", "e"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"y", "i"),
        (r"([A-Za-z])\1+", r"\1"),
    )
)
_LETTERS: Final = str.maketrans("bcdfghklmnprstvz", "BCDFGHKLMNPRCTVZ")
_VOWELS: Final = frozenset("aeiou")
_NEAR: Final = {
    frozenset(pair): cost
    for pair, cost in {
        "ae": 0.35,
        "ei": 0.3,
        "ou": 0.3,
        "ao": 0.8,
        "ai": 0.8,
        "au": 0.8,
        "eo": 0.8,
        "io": 1.0,
        "iu": 0.8,
        "eu": 0.5,
        "XS": 0.3,
        "XK": 0.5,
        "XH": 0.4,
        "HK": 0.6,
        "HG": 0.5,
        "VF": 0.3,
        "VB": 0.6,
        "CZ": 0.4,
        "SC": 0.6,
        "XZ": 0.6,
        "JG": 0.5,
        "JZ": 0.5,
        "JS": 0.6,
        "KG": 0.6,
        "TD": 0.7,
        "XC": 0.6,
        "XJ": 0.6,
        "uV": 0.4,
        "iJ": 0.4,
        "JK": 0.6,
    }.items()
}
VOWEL: Final = 0.5
"""Cost of a vowel that one spelling has and the other has not."""
FEMININE: Final = 0.6
"""What two words are alike at most where but one ends in "a": Kowalski and Kowalska are two."""
GENDER: Final = 1.0
"""Cost of a last "a" more, or "a" for "o" at the end: "Erkinova" is not Erkinov, "Maria" not Mario."""


@lru_cache(maxsize=1 << 18)
def ascii_words(name: str) -> tuple[str, ...]:
    """The words of a name in plain Latin letters, in lower case, without marks and Arabic articles; hyphens join words."""
    plain = anyascii(normalise(name)).lower()
    plain = re.sub(r"(?<![a-z])(?:al|el|ul|a[nrsdtz]|e[nrsdtz]|as[hs]|es[hs])[-']+(?=[a-z])", "", plain)
    return tuple(word for part in plain.split() if (word := re.sub(r"[^a-z0-9&]", "", part)))


@lru_cache(maxsize=1 << 18)
def sounds(word: str) -> str:
    """A word of `ascii_words` as it sounds."""
    for pattern, to in _STEPS:
        word = pattern.sub(to, word)
    word = word.translate(_LETTERS)
    return re.sub(r"([A-Za-z])\1+", r"\1", word)


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """The consonants of a word; the first letter where it has but one: a cheap key under which spellings meet."""
    heard = sounds(word)
    bones = "".join(c for c in heard if c not in _VOWELS)
    bones = bones.translate(str.maketrans("XVGZ", "SFHC"))
    return bones if len(bones) > 1 else bones + heard[:1]


@lru_cache(maxsize=1 << 18)
def alike(a: str, b: str) -> float:
    """How surely two words are one, written differently: 1 for the same sounds, 0 for unlike ones."""
    if a == b:
        return 1.0
    x, y = sounds(a), sounds(b)
    if not x or not y:
        return 0.0
    likeness = max(0.0, 1.0 - _distance(x, y) / max(len(x), len(y)))
    feminine = (x[-1] == "a") != (y[-1] == "a") and not {x[-1], y[-1]} <= {"a", "e"}
    return min(likeness, FEMININE) if feminine else likeness


def _distance(x: str, y: str) -> float:
    row = [0.0]
    for j in range(1, len(y) + 1):
        row.append(row[-1] + _alone(y, j - 1))
    for i in range(1, len(x) + 1):
        before, row = row, [row[0] + _alone(x, i - 1)]
        for j in range(1, len(y) + 1):
            swap = before[j - 1] + _swap(x, i - 1, y, j - 1)
            row.append(min(before[j] + _alone(x, i - 1), row[j - 1] + _alone(y, j - 1), swap))
    return row[-1]


def _alone(word: str, at: int) -> float:
    letter, last = word[at], at == len(word) - 1
    if letter == "a" and last:
        return GENDER
    if letter in _VOWELS:
        return 0.3 if letter == "e" and last else VOWEL
    return 0.6 if letter == "H" else 1.0


def _swap(x: str, i: int, y: str, j: int) -> float:
    if x[i] == y[j]:
        return 0.0
    pair = frozenset((x[i], y[j]))
    if pair == frozenset("ao") and i == len(x) - 1 and j == len(y) - 1:
        return GENDER
    return _NEAR.get(pair, 1.2)
