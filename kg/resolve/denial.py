"""One claim that denies what another says: whether it is that very thing."""

from __future__ import annotations

import re
from typing import Final

from kg.resolve.aboutness import Signs
from kg.resolve.differences import LIGHT, Difference, alike, heads, is_role, part_of, same_predicates, senses
from kg.resolve.records import ConflictKind
from kg.resolve.statement import Statement
from kg.resolve.table import PropositionRow
from kg.resolve.thresholds import ALIKE, COVERED, NEARLY, WELL_COVERED

_NONE: Final = re.compile(r"\b(?:no|none|nobody|not (?:one|a single)|nothing)\b", re.IGNORECASE)
"""Denials of any figure at all."""


def of_denial(a: Statement, b: Statement, found: Signs, figure: Difference | None) -> Difference | None:
    """What holds where one denies: the very thing, or a figure that the other does not give either; None for other deeds."""
    near = found.meaning >= NEARLY and found.coverage >= WELL_COVERED
    if not (a.predicates & b.predicates - LIGHT or found.meaning >= ALIKE or near) or _of_one_doer(a, b):
        return None
    if figure and figure.outcome != "same" and not any(_NONE.search(one.row.quote) for one in (a, b) if one.negated):
        reasons = ("it gives another figure than the one denied",)
        if figure.outcome == "conflict" and (a.kind == "denial") != (b.kind == "denial"):
            return Difference("supported" if a.kind == "denial" else "support", reasons)
        return Difference("compatible", (f"what is denied is another figure: {figure.reasons[0]}",))
    reason = "asserted by one, denied by the other"
    kind: ConflictKind = "role" if is_role(a) and is_role(b) else _kind_instead(a, b)
    return Difference("conflict", (reason,), kind, "high")


def stands_against(a: Statement, b: Statement, found: Signs) -> bool:
    """Whether what one denies is so near to what the other says that both cannot hold.

    Either a statement of each, of the same deed done to or by the same, of which one is denied; or most of the words of both.
    Who denies what is to come does not deny what was.
    """
    if a.planned != b.planned:
        return False
    most = found.coverage >= WELL_COVERED and found.meaning >= NEARLY
    return most or (found.coverage >= COVERED and _opposed(a, b))


def _opposed(a: Statement, b: Statement) -> bool:
    """Whether a statement of one is denied by a statement of the other."""
    return any(
        (p.negated != (a.kind == "denial")) != (q.negated != (b.kind == "denial")) and _of_one_thing(p, q, a, b)
        for p, q in same_predicates(a, b)
    )


def _of_one_thing(p: PropositionRow, q: PropositionRow, a: Statement, b: Statement) -> bool:
    """Whether two statements have the same object, or the same subject; of a verb that says little by itself, the same object."""
    light = senses(p.predicate) & senses(q.predicate) <= LIGHT  # who holds a post is not said not to be held to account
    for role in ("object",) if light else ("object", "subject"):
        x, y = part_of(p, role), part_of(q, role)
        if x and y and (alike(x, y, a, b) or heads(x.text) & heads(y.text)):
            return True
    return False


def _of_one_doer(a: Statement, b: Statement) -> bool:
    """Whether one claim is of who did it, and the other only of what was done: "she has not signed it", "it was signed"."""
    pairs = [(p, q) for p, q in same_predicates(a, b) if part_of(p, "object") and part_of(q, "object")]
    return bool(pairs) and all(_names_doer(p, q) or _names_doer(q, p) for p, q in pairs)


def _names_doer(one: PropositionRow, other: PropositionRow) -> bool:
    """Whether a statement says by name who did it, and another says nothing of that."""
    doer = part_of(one, "subject")
    return bool(doer and doer.entity) and part_of(other, "subject") is None


def contrary(first_denies: bool) -> Difference:
    """That one says the contrary of what the other denies: who does not deny supports who does."""
    return Difference("supported" if first_denies else "support", ("it says the contrary of what is denied",))


def _kind_instead(a: Statement, b: Statement) -> ConflictKind:
    """Of a denial that says what was instead: "not at A but at B" is of places."""
    for one, other in ((a, b), (b, a)):
        if one.instead and len(one.names.get("place", ())) > 1 and other.names.get("place"):
            return "place"
    return "polarity"
