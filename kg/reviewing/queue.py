"""What is uncertain in a case, the most useful question first: how likely an answer changes something, times how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from kg.judgement.entries import Entry
from kg.judgement.history import in_force
from kg.judgement.journal import matter_key
from kg.query.source import Source
from kg.query.tables import Names, local, read, values

Sort = Literal["claims", "entities", "speaker"]

LOW: Final = 0.8
"""Links in force with a score below this are asked about."""
PRONOUN: Final = 0.25
"""How likely a speaker that a pronoun leads to is somebody else."""
UNNAMED: Final = 0.15
"""How likely a person can say more of a speaker whom the text does not name."""

_POSSIBLE: Final = ("PossibleLink", "PossibleEntityLink")
_IN_FORCE: Final = ("SameLink", "SupportLink", "ConflictLink", "ConfirmationLink", "RepetitionLink", "EntityLink")
_PRONOUNS: Final = frozenset("he she they it him her them who we i his their one".split())


@dataclass(frozen=True)
class Item:
    """A question. `a` and `b` are IRIs of claims, or of documents' entities (`b` is empty for a speaker: `a` is the claim).

    `kind` is what the machine made of it ("same", "conflict" ..., "entity", or the kind of speaker), `possible` whether it is not
    sure enough to act on it; `score` (0 to 1), `method` and `reasons` are its own. `chance` is how likely an answer changes
    something, `size` how many claims it would change.
    """

    sort: Sort
    a: str
    b: str
    kind: str
    possible: bool
    score: float | None
    method: str
    reasons: tuple[str, ...]
    chance: float
    size: int

    @property
    def worth(self) -> float:
        """How useful an answer is."""
        return self.chance * self.size

    @cached_property
    def matter(self) -> tuple[str, ...]:
        """The matter of a judgement on it, as in `Entry.matter`."""
        ids = sorted(iri.rpartition("/")[2] for iri in (self.a, self.b) if iri)
        return (self.sort, *ids)


def candidates(case: Source) -> list[Item]:
    """All that is uncertain, in no order."""
    sizes = _Sizes(case)
    return [*_links(case, sizes), *_speakers(case, sizes)]


def remaining(
    items: Iterable[Item], entries: Collection[Entry], skipped: Mapping[str, int], tops: Mapping[str, str]
) -> list[Item]:
    """The questions that nobody has answered, the most useful first, those that were passed over last.

    `entries` are the judgements, with the ids that their things have now; `skipped` says when a matter was passed over; `tops`
    the entity across documents that an entity is part of, by id: who judged one part of it has judged them all.
    """
    held = in_force(entries)
    decided = {entry.matter for entry in held}
    joined = {_tops(entry.matter, tops) for entry in held if entry.subject == "entities"}
    none = {entry.a for entry in held if entry.subject == "claim" and entry.verdict == "wrong"}

    def is_open(item: Item) -> bool:
        if item.sort == "entities" and _tops(item.matter, tops) in joined:
            return False
        return item.matter not in decided and none.isdisjoint(item.matter[1:])

    def rank(item: Item) -> tuple[int, float, tuple[str, ...], str]:
        return (skipped.get(matter_key(item.matter), -1), -item.worth, item.matter, item.kind)

    # Two links may tie the same claims: one answer is enough.
    found: dict[tuple[str, ...], Item] = {}
    for item in sorted(filter(is_open, items), key=rank):
        found.setdefault(item.matter, item)
    return list(found.values())


def _tops(matter: tuple[str, ...], tops: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(tops.get(id, id) for id in matter[1:]))


class _Sizes:
    """How many claims a thing stands for."""

    def __init__(self, case: Source) -> None:
        self._case = case
        self._groups = dict(values(case, "kg:inGroup"))
        self._members = Counter(self._groups.values())

    def claim(self, claim: str) -> int:
        """The claims that say the same, itself among them."""
        return self._members[self._groups[claim]] if claim in self._groups else 1

    def entity(self, entity: str) -> int:
        """The claims about or by an entity and all that are one with it."""
        return max(1, self._claims[self._resolved.get(entity, entity)])

    @cached_property
    def _resolved(self) -> dict[str, str]:
        return Names(self._case).resolved

    @cached_property
    def _claims(self) -> Counter[str]:
        found: Counter[str] = Counter()
        speakers = dict(values(self._case, "kg:entity"))
        for _, speaker in values(self._case, "prov:wasAttributedTo"):
            if entity := speakers.get(speaker):
                found[self._resolved.get(entity, entity)] += 1
        for _, entity in values(self._case, "schema:about"):
            found[self._resolved.get(entity, entity)] += 1
        return found


def _links(case: Source, sizes: _Sizes) -> Iterable[Item]:
    kinds = " ".join(f"kg:{name}" for name in (*_POSSIBLE, *_IN_FORCE))
    rows = read(
        case,
        f"""SELECT ?l ?t ?a ?b ?s ?m ?k {{ VALUES ?t {{ {kinds} }}
            ?l a ?t ; kg:from ?a ; kg:to ?b ; kg:score ?s ; kg:method ?m OPTIONAL {{ ?l kg:linkKind ?k }} }}""",
    )
    found = [row for row in rows if row[1].rpartition("#")[2] in _POSSIBLE or float(row[4]) < LOW]
    reasons: dict[str, list[str]] = {row[0]: [] for row in found}
    for link, reason in values(case, "kg:reason", set(reasons)):
        reasons[link].append(reason)
    for link, type, a, b, score, method, kind in sorted(found):
        possible = type.rpartition("#")[2] in _POSSIBLE
        chance = float(score) if possible else 1 - float(score)
        why = tuple(sorted(reasons[link]))
        if type.endswith("EntityLink"):
            size = min(sizes.entity(a), sizes.entity(b))
            yield Item("entities", a, b, "entity", possible, float(score), method, why, chance, size)
        else:
            size = sizes.claim(a) + sizes.claim(b)
            yield Item("claims", a, b, kind or local(type), possible, float(score), method, why, chance, size)


def _speakers(case: Source, sizes: _Sizes) -> Iterable[Item]:
    """Claims whose speaker a pronoun leads to, or whom the text does not name."""
    rows = read(
        case,
        """SELECT ?c ?k ?m ?n { ?s a kg:Speaker ; kg:speakerKind ?k ; schema:name ?n . ?c prov:wasAttributedTo ?s
           OPTIONAL { ?s kg:mentionText ?m } FILTER(?k != "document") }""",
    )
    for claim, kind, words, name in sorted(rows):
        pronoun = " ".join(words.casefold().split()) in _PRONOUNS
        if kind == "entity" and not pronoun:
            continue
        why = f"{words!r} is taken to be {name}" if pronoun else "the text does not say who it is"
        chance = PRONOUN if pronoun else UNNAMED
        what = "pronoun" if pronoun else kind
        yield Item("speaker", claim, "", what, True, None, "", (why,), chance, sizes.claim(claim))
