"""The noun phrase that a number counts: "political prisoners" in "30,000 political prisoners were executed".

Penn tags say where it ends, and which of its words is the plural; a few words are known better than their tags.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_IRREGULAR: Final = frozenset(
    (
        "people men women children police staff personnel troops cattle aircraft series species feet "
        "teeth media data criteria phenomena clergymen policemen policewomen gunmen servicemen "
        "businessmen fishermen lawmen spokesmen countrymen kinsmen militiamen infantrymen youth "
        "clergy crew percent livestock offspring sheep fish mice geese grandchildren schoolchildren "
        "firemen journeymen"
    ).split()
)
_DEAD: Final = frozenset({"dead", "wounded", "injured", "missing"})
_NOT_PLURAL: Final = frozenset(
    (
        "was is has does this his its us as thus always perhaps besides towards afterwards sometimes "
        "across less plus versus unless yes says goes hers ours theirs yours news whereas lots "
        "remains comes makes takes gives shows includes means seems needs wants tells calls adds "
        "begins continues happens occurs"
    ).split()
)
_PENN: Final = {
    "NN": "N", "NNP": "N", "NNS": "P", "NNPS": "P", "JJ": "J", "JJR": "J", "JJS": "J", "VBN": "V", "VBG": "V",
    "RB": "R", "RBR": "R", "RBS": "R", "HYPH": "H", "AFX": "J", "POS": "S", "CC": "C", "FW": "N", "ADD": "X",
}  # fmt: skip
_COMPOUND: Final = frozenset({"nations", "states", "rights", "emirates"})
"""Plurals inside a name or compound, after which the phrase may go on ("seven United Nations human rights experts")."""
_DASHES: Final = frozenset("-‐‑–—")
_MORE: Final = frozenset({"more", "other", "others", "additional", "further", "fewer", "new", "different", "separate"})


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun phrase: the characters `start` to `end`, without the number and without words such as "more"."""

    start: int
    end: int


@dataclass(frozen=True)
class Phrases:
    """The tokens of a document, to be asked for the noun phrase that begins after a character."""

    doc: Doc

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def at(self, start: int, one: bool, limit: int) -> Noun | None:
        """The noun phrase that begins with the first token at or after `start` and ends by `limit`, or None.

        `one`: the number is one, so its noun is singular; otherwise it has to be plural.
        """
        i = bisect_left(self._starts, start)
        kinds: list[str] = []
        tokens: list[Token] = []
        for token in self.doc[i : i + 10]:
            if token.is_space and token.text.count("\n") < 2:
                continue
            kind = _kind(token)
            if token.idx + len(token) > limit or kind == "X" or not _follows(tokens, kinds, token, kind, one):
                break
            kinds.append(kind)
            tokens.append(token)
        head = _head(kinds, one)
        if head is None:
            return None
        first = 0
        while first < head and tokens[first].lower_ in _MORE:
            first += 1
        return Noun(tokens[first].idx, tokens[head].idx + len(tokens[head]))

    def tag(self, start: int) -> str:
        """The Penn tag of the token that holds a character, or ''."""
        i = bisect_left(self._starts, start + 1) - 1
        return str(self.doc[i].tag_) if i >= 0 else ""

    def counts(self, start: int) -> bool:
        """Whether the parse says that the token at a character is a number that modifies a noun after it."""
        i = bisect_left(self._starts, start)
        return i < len(self.doc) and self.doc[i].dep_ == "nummod" and self.doc[i].head.i > i


def _plural(word: str) -> bool:
    lower = word.lower()
    if lower in _IRREGULAR:
        return True
    return len(lower) > 3 and lower[-1] == "s" and lower[-2:] not in ("ss", "us", "is") and lower not in _NOT_PLURAL


def _kind(token: Token) -> str:
    """N noun, P plural noun, D "dead" and the like as nouns, J adjective, V participle, R adverb, H hyphen, S possessive,
    C conjunction, X what ends a noun phrase."""
    text = token.text
    if text in _DASHES:
        return "H"
    if text in ("'s", "’s"):
        return "S"
    if not text[0].isalpha():
        return "X"
    kind = _PENN.get(token.tag_, "X")
    if kind == "X" and (token.lower_ in _MORE or token.tag_ == "CD"):
        return "J"
    if token.lower_ in _DEAD and kind in "JVN":
        return "D"
    return "P" if kind == "N" and _plural(text) else kind


def _follows(tokens: list[Token], kinds: list[str], token: Token, kind: str, one: bool) -> bool:
    """Whether a token may continue the noun phrase."""
    last = kinds[-1] if kinds else ""
    if kind == "H":  # a dash with spaces around it ends the phrase
        return bool(kinds) and last != "H" and not token.whitespace_ and not tokens[-1].whitespace_
    if kind == "S":
        return last in ("N", "P")
    if kind == "C":  # "senior and junior officials", but not "30 brothers and sisters"
        return last in ("J", "V") and token.lower_ in ("and", "or")
    if "P" in kinds and last not in ("H", "S"):  # "rights groups", but not "experts Anna", "brothers sentenced"
        return kind in ("P", "N") or (kind == "J" and tokens[-1].lower_ in _COMPOUND)
    return not (one and kind in ("J", "V") and last == "N")


def _head(kinds: list[str], one: bool) -> int | None:
    """Which token is the head: the last plural, or for one the last noun."""
    if not one:
        plurals = [i for i, kind in enumerate(kinds) if kind == "P"]
        return plurals[-1] if plurals else 0 if kinds[:1] == ["D"] else None
    nouns = [i for i, kind in enumerate(kinds) if kind in ("N", "P")]
    return nouns[-1] if nouns else None
