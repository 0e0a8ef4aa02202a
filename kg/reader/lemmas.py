"""Lemmas: irregular forms from a list, regular ones by rule, the rest as the network says.

The network's answer is an edit script, how many characters to cut from a word's end and what to put there (Chrupala 2006).
A script that is right for one word is wrong for its neighbour ("hoped", "hopped"), so regular English inflection is undone
by rule, and what comes out must be a word that the tokenizer's vocabulary holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

_VOWELS: Final = frozenset("aeiou")
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh", "o")
_INFLECTED: Final = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "VBZ": "s", "NNS": "s"}
_UNINFLECTED: Final = frozenset({"NN", "VB", "VBP", "JJ", "RB", "IN", "CC", "DT", "MD", "EX", "UH"})
SHORTEST: Final = 3
"""Letters that a stem must have left."""


def script(word: str, lemma: str) -> str:
    """The edit script that makes `lemma` from `word`, such as "3|ay" (said, say); "=" where the lemma keeps its case."""
    lowered, target = word.lower(), lemma.lower()
    if word == lemma and word != lowered:
        return "="
    common = 0
    while common < min(len(lowered), len(target)) and lowered[common] == target[common]:
        common += 1
    return f"{len(lowered) - common}|{target[common:]}"


def apply(rule: str, word: str) -> str:
    """The lemma of `word` under an edit script; the lowered word where the script cuts more than there is."""
    if rule == "=":
        return word
    cut, _, tail = rule.partition("|")
    count = int(cut)
    lowered = word.lower()
    return lowered if count > len(lowered) else lowered[: len(lowered) - count] + tail


def regular(word: str, xpos: str, known: Collection[str]) -> str:
    """The lemma of a word (lower case) that its Penn tag calls uninflected, or regularly inflected from one of `known`; or ""."""
    if xpos in _UNINFLECTED:
        return word
    ending = _INFLECTED.get(xpos, "")
    if not ending or not word.endswith(ending):
        return ""
    if ending == "s":
        found = _without_s(word)
    else:
        stem = word[: -len(ending)]
        found = [f"{stem[:-1]}y"] if ending == "ed" and stem.endswith("i") else _from_stem(stem)
    return next((lemma for lemma in found if len(lemma) >= SHORTEST and lemma in known), "")


def _without_s(word: str) -> list[str]:
    if word.endswith("ies"):
        return [f"{word[:-3]}y", word[:-1]]
    if word.endswith("es") and word[:-2].endswith(_SIBILANTS):
        return [word[:-1], word[:-2]] if word[:-2].endswith(("s", "z")) else [word[:-2], word[:-1]]
    return [] if word.endswith("ss") else [word[:-1]]


def _from_stem(stem: str) -> list[str]:
    """What "-ed" and "-ing" may have been put to, the likeliest first: "hop" + "ed" was "hope", for "hop" would be doubled."""
    doubled = len(stem) > SHORTEST and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    short = len(stem) < 5 and _closed(stem)
    found = [f"{stem}e", stem] if short else [stem, f"{stem}e"]
    return [*found, stem[:-1]] if doubled else found


def _closed(stem: str) -> bool:
    """Whether a stem ends in one consonant after one vowel, and so would double it."""
    if len(stem) < 2 or stem[-1] in _VOWELS or stem[-1] in "wxy":
        return False
    return stem[-2] in _VOWELS and (len(stem) < 3 or stem[-3] not in _VOWELS)


@dataclass(frozen=True, slots=True)
class Lemmatizer:
    """`forms`: lemmas of irregular forms by universal tag; `scripts`: those that the network chooses from; `known`: words."""

    forms: Mapping[str, Mapping[str, str]]
    scripts: tuple[str, ...]
    known: frozenset[str]

    def lemma(self, word: str, upos: str, xpos: str, rule: int) -> str:
        """The lemma of a word with its tags and the network's script; never empty."""
        lowered = word.lower()
        if upos != "PROPN":
            irregular = self.forms.get(upos, {}).get(lowered, "")
            if found := irregular or regular(lowered, xpos, self.known):
                return found
        return apply(self.scripts[rule], word) or word
