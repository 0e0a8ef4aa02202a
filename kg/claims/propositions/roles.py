"""What an argument besides subject and object is: when, where, how much, to whom, with what, about what, how."""

from __future__ import annotations

from typing import Any, Final

from kg.claims.propositions.tree import marker

_TIMES: Final = frozenset(
    "year month week weekend day hour minute decade century period summer winter spring autumn fall morning evening night "
    "afternoon today tomorrow yesterday tonight now then later earlier ago recently soon monday tuesday wednesday thursday "
    "friday saturday sunday january february march april may june july august september october november december".split()
)
_WHEN: Final = frozenset({"since", "until", "during", "before", "after", "till"})
_WHERE: Final = frozenset("in at near inside outside across throughout above below behind".split())
_PLACES: Final = frozenset("here there abroad nearby elsewhere everywhere home".split())
_TOPIC: Final = frozenset({"about", "on", "over", "regarding", "concerning"})
_UNITS: Final = frozenset(
    "percent % $ € £ dollar euro pound million billion trillion mile kilometer kilometre meter metre point".split()
)
_PEOPLE: Final = frozenset({"person", "organization", "group"})
_MEASURING: Final = frozenset({"", "by", "to", "at", "from", "for"})
_CLAUSES: Final = {
    "time": frozenset("when while before after since until till once whenever as".split()),
    "condition": frozenset("if unless provided".split()),
}


def is_time(token: Any) -> bool:
    """Whether a noun or adverb names a time."""
    year = token.text.isdigit() and len(token) == 4
    return year or token.lemma_.lower() in _TIMES


def role(token: Any) -> str:
    """The role of an oblique noun: "time", "place", "quantity", "recipient", "instrument", "topic" or "other"."""
    preposition = marker(token)
    if is_time(token) or preposition in _WHEN:
        return "time"
    if token.ent_type_ == "place" or (preposition in _WHERE and token.pos_ == "PROPN"):
        return "place"
    if preposition in _MEASURING and (token.pos_ == "NUM" or token.lemma_.lower() in _UNITS):
        return "quantity"
    if preposition == "to" or (preposition == "for" and token.ent_type_ in _PEOPLE):
        return "recipient"
    if preposition in ("with", "via"):
        return "instrument"
    return "topic" if preposition in _TOPIC else "other"


def adverb_role(token: Any) -> str:
    """The role of an adverb: "time", "place", "manner" or "other"."""
    if is_time(token):
        return "time"
    if token.lower_ in _PLACES:
        return "place"
    return "manner" if token.lower_.endswith("ly") else "other"


def clause_role(token: Any) -> str:
    """The role of a subordinate clause, by the word that opens it: "time", "condition" or "other"; empty where nothing
    but "to", or no word at all, ties it to its verb, so that it is a statement of its own and no more."""
    opening = [c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i]
    if not opening or opening[0] == "to":
        return ""
    return next((name for name, words in _CLAUSES.items() if opening[0] in words), "other")
