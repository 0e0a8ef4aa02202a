"""What people decided, applied to what the machine found: theirs is the last word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.claims.names import key
from kg.resolve.records import Judgement, ResolvedEntity
from kg.resolve.statement import Statement
from kg.resolve.verdict import Comparison

Pair = tuple[str, str]


def judged_claims(
    claims: Iterable[Statement], judgements: Sequence[Judgement], entities: Iterable[ResolvedEntity]
) -> Iterator[Statement]:
    """The claims less those that are none, with the speakers that people named."""
    none = {one.a for one in judgements if one.subject == "claim" and one.verdict == "wrong"}
    named = {one.a: one.b for one in judgements if one.subject == "speaker" and one.verdict == "wrong"}
    known = _by_name(list(entities)) if named else {}
    number = 0
    for one in claims:
        if one.id in none:
            continue
        if one.id in named:
            name = named[one.id]
            speaker = known.get(key(name), f"judged {key(name)}" if name else f"{one.story.document} unknown {one.id}")
            one = replace(one, speaker=speaker, chain=(*one.chain[:-1], speaker), judged=name)
        yield one if one.number == number else replace(one, number=number)
        number += 1


def _by_name(entities: Sequence[ResolvedEntity]) -> dict[str, str]:
    """Entities by the names that only one of them has; a name goes before what is an alias of another."""
    known: dict[str, str] = {}
    for names in ([(one, (one.name,)) for one in entities], [(one, one.aliases) for one in entities]):
        holders: dict[str, set[str]] = {}
        for one, forms in names:
            for form in forms:
                holders.setdefault(key(form), set()).add(one.id)
        known = {form: next(iter(ids)) for form, ids in holders.items() if len(ids) == 1} | known
    return known


def judged_pairs(judgements: Iterable[Judgement]) -> dict[Pair, Comparison | None]:
    """What people said of pairs of claims, by their ids, the lesser first: the same, or nothing."""
    found: dict[Pair, Comparison | None] = {}
    for one in judgements:
        if one.subject == "claims":
            a, b = sorted((one.a, one.b))
            reason = (f"judged by {one.by}" + (f": {one.why}" if one.why else ""),)
            found[a, b] = Comparison("same", 1.0, reason) if one.verdict == "same" else None
    return found
