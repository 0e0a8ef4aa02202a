"""Full names that may be one: spelling variants, names that a text ties, the same name taken for another type, short forms.

Candidates meet under cheap keys (the consonants of a surname, of a whole name, the last words of a body's name); a key with
very many names is split by what they begin with, so that no block is compared all against all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from kg.resolve.clusters import Edge
from kg.resolve.context import Context, own_features
from kg.resolve.naming import NameForm, persons_relation, things_alike, without_country
from kg.resolve.spelling import skeleton, sounds
from kg.resolve.units import Unit

SOUNDS: Final = 0.93
"""How alike each word of two names is that sound the same."""
BLOCK: Final = 40
"""Names under one key that are compared all against all; more are split."""
NEEDED: Final = 1.0
"""What documents must have in common for two spellings to be one name: one other name that few documents have."""

VARIANT: Final = "transliteration"
TIED: Final = "alias in a text"
TYPED: Final = "same name"
QUALIFIED: Final = "same name and country"
COUNTRY: Final = 4
"""Letters by which a country and its adjective are known for one: Iran, Iranian."""
ORDER: Final = "order of names"
MIDDLE: Final = "shorter form of a person's name"


def edges_of_full_names(units: Sequence[Unit], context: Context) -> tuple[list[Edge], list[Edge]]:
    """Edges between units of full names: those with enough evidence, and those without."""
    full = [unit for unit in units if not unit.weak]
    sure: list[Edge] = []
    unsure: list[Edge] = []
    for edge, needed in (*_persons(full), *_things(full), *_qualified(full), *_typed(full)):
        a, b = units[edge.a], units[edge.b]
        if not edge.within and not a.documents.isdisjoint(b.documents):
            continue
        common = context.company(a.documents, b.documents, own_features((a, b)))
        if common.worth >= needed:
            sure.append(Edge(edge.a, edge.b, edge.score, edge.method, (*edge.reasons, *common.words()), edge.within))
        else:
            unsure.append(edge)
    return [*_tied(full), *sure], unsure


def blocks(
    units: Iterable[Unit], keys: Callable[[Unit], Iterable[str]], finer: Callable[[Unit], str]
) -> Iterator[list[Unit]]:
    """Units that share a key; a large block is split by a finer key, and what is still large into neighbours in its order."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for key in sorted(set(keys(unit))):
            found[key].append(unit)
    for key in sorted(found):
        some = found[key]
        if len(some) <= BLOCK:
            yield some
            continue
        parts: dict[str, list[Unit]] = defaultdict(list)
        for unit in some:
            parts[finer(unit)].append(unit)
        for part in sorted(parts):
            near = sorted(parts[part], key=lambda unit: (unit.name.key, unit.at))
            for start in range(0, max(1, len(near) - BLOCK // 2), BLOCK // 2):
                yield near[start : start + BLOCK]


def pairs(some: Iterable[list[Unit]]) -> Iterator[tuple[Unit, Unit]]:
    """Each pair of units in a block, once."""
    seen: set[tuple[int, int]] = set()
    for block in some:
        for a, b in combinations(sorted(block, key=lambda unit: unit.at), 2):
            if (a.at, b.at) not in seen:
                seen.add((a.at, b.at))
                yield a, b


def _persons(full: Sequence[Unit]) -> Iterator[tuple[Edge, float]]:
    people = [unit for unit in full if unit.name.person]
    found = blocks(people, lambda u: [skeleton(u.name.surname), "|".join(sorted(u.name.words))], _given)
    for a, b in pairs(found):
        relation, score = persons_relation(a.name, b.name)
        if relation == "variant":
            yield Edge(a.at, b.at, 0.9 * score, VARIANT, (spelt(a.name, b.name),)), _needed(a.name, score)
        elif relation == "order":
            yield (
                Edge(a.at, b.at, 0.8, ORDER, (f"the same words in another order: {a.name.text} / {b.name.text}",)),
                1.0,
            )
        elif relation in ("middle", "suffix"):
            words = (f"one name is part of the other: {a.name.text} / {b.name.text}",)
            yield Edge(a.at, b.at, score, MIDDLE, words), NEEDED if relation == "middle" else 2 * NEEDED


def _needed(name: NameForm, score: float) -> float:
    """The evidence that two spellings need: less where a long name sounds the same throughout."""
    return NEEDED / 2 if score >= SOUNDS and len("".join(map(skeleton, name.words))) > 5 else NEEDED


def _given(unit: Unit) -> str:
    return sounds(unit.name.words[0])[:1].upper() + skeleton(unit.name.words[0])[:2]


def spelt(a: NameForm, b: NameForm) -> str:
    """In words: which words of two names are written differently."""
    different = [(x, y) for x, y in zip(a.words, b.words, strict=False) if x != y]
    if len(a.words) != len(b.words) or not different:
        return f"one name written in two ways: {a.text} / {b.text}"
    return "transliteration of one name: " + ", ".join(f"{x.capitalize()} / {y.capitalize()}" for x, y in different)


def _things(full: Sequence[Unit]) -> Iterator[tuple[Edge, float]]:
    things = [unit for unit in full if not unit.name.person]
    found = blocks(things, lambda u: ["".join(map(skeleton, u.name.words))], lambda u: sounds(u.name.words[0])[:2])
    for a, b in pairs(found):
        score = things_alike(a.name, b.name)
        if score:
            yield Edge(a.at, b.at, 0.9 * score, VARIANT, (spelt(a.name, b.name),), within=True), NEEDED


def _qualified(full: Sequence[Unit]) -> Iterator[tuple[Edge, float]]:
    """Bodies with the same words and the same country, before or behind: "Iran's Ministry of …", "Ministry of … of Iran"."""
    places = place_words(full)
    found: dict[tuple[tuple[str, ...], str], list[Unit]] = defaultdict(list)
    for unit in full:
        core, country = ((), "") if unit.name.person else without_country(unit.name.words, places)
        if country and len(core) > 1:
            found[core, country[:COUNTRY]].append(unit)
    for some in found.values():
        for other in some[1:]:
            words = f"the same body and country: {some[0].name.text} / {other.name.text}"
            yield Edge(some[0].at, other.at, 0.9, QUALIFIED, (words,), within=True), 0.0


def place_words(units: Iterable[Unit]) -> frozenset[str]:
    """Words that alone name a place in the documents."""
    return frozenset(
        unit.name.words[0]
        for unit in units
        if len(unit.name.words) == 1 and any(record.row.type == "place" for record in unit.records)
    )


def _typed(full: Sequence[Unit]) -> Iterator[tuple[Edge, float]]:
    """A name that one document takes for a person's and another for a place's: one thing where the documents tell the same."""
    long = [unit for unit in full if len(unit.name.words) > 1 or not unit.name.person]
    found = blocks(long, lambda u: ["".join(map(skeleton, u.name.words))], lambda u: sounds(u.name.words[0])[:2])
    for a, b in pairs(found):
        if a.name.person == b.name.person:
            continue
        same = "".join(a.name.words) == "".join(b.name.words)
        relation, score = persons_relation(a.name, b.name) if len(a.name.words) == len(b.name.words) > 1 else ("", 0.0)
        if same:
            once = len(a.name.words) > 1 and min(len(a.records), len(b.records)) == 1  # the reader's slip, most likely
            reason = ("same full name, read as another type",)
            yield Edge(a.at, b.at, 0.9, TYPED, reason), 0.0 if once else NEEDED / 2
        elif relation == "variant":
            yield Edge(a.at, b.at, 0.8 * score, VARIANT, (spelt(a.name, b.name),)), _needed(a.name, score)


def _tied(full: Sequence[Unit]) -> Iterator[Edge]:
    """Full names that one document gives to one entity."""
    homes = {(unit.name.person, unit.name.key): unit for unit in full}
    for unit in full:
        for record in unit.records:
            for form in record.forms[1:]:
                other = homes.get((form.person, form.key)) if form.kind == "full" else None
                if other is None or other is unit or (form.person and not persons_relation(unit.name, form)[0]):
                    continue
                if len(form.words) == 1 < len(unit.name.words) or set(form.words) < set(unit.name.words):
                    continue  # a short form, which needs evidence: see `kg.resolve.candidates`
                words = (f"{unit.name.text} and {form.text} are one in a document",)
                yield Edge(unit.at, other.at, 0.95, TIED, words, within=True)
