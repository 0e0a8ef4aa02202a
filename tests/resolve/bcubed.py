"""B³ of entities against a gold set: see `benchmarks/across`. Precision and recall over the gold mentions."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.document import Span
from kg.records import Reading
from kg.resolve.records import ResolvedEntity

LINKS = frozenset("of for in de da do du del at".split())


@dataclass(frozen=True)
class GoldMention:
    """A name in a text of a story: whose it is (`entity` and its `type`), and where."""

    story: str
    file: str
    span: Span
    text: str
    entity: str
    type: str


def gold_mentions(folder: Path) -> list[GoldMention]:
    """All mentions of one story's gold.json, placed in its texts."""
    found = []
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    for one in json.loads((folder / "gold.json").read_text(encoding="utf-8"))["entities"]:
        for mention in one["mentions"]:
            start, text = -1, texts[mention["file"]]
            for _ in range(mention["nth"]):
                start = text.index(mention["text"], start + 1)
            span = Span(start, start + len(mention["text"]))
            found.append(GoldMention(folder.name, mention["file"], span, mention["text"], one["id"], one["type"]))
    return found


def head(text: str) -> str:
    """The word that a name is built on: the last one, or the last before "of" and the like."""
    words = text.split()
    cut = next((n for n, word in enumerate(words) if n and word.lower() in LINKS), len(words))
    return words[cut - 1].rstrip("’'s").casefold()


def matched(gold: Sequence[GoldMention], readings: Mapping[tuple[str, str], Reading]) -> dict[GoldMention, str]:
    """Gold mention → id of the entity record that has it: with the same span, or overlapping it with the same head."""
    found: dict[GoldMention, str] = {}
    for one in gold:
        reading = readings[one.story, one.file]
        near = [
            (span != one.span, span.start, entity.id)
            for entity in reading.entities
            for span in entity.mentions
            if span == one.span or (span.overlaps(one.span) and head(span.of(reading.document.text)) == head(one.text))
        ]
        if near:
            found[one] = min(near)[2]
    return found


@dataclass(frozen=True)
class Score:
    """B³ precision, recall and F1, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def bcubed(gold: Sequence[GoldMention], system: Mapping[GoldMention, Hashable]) -> Score:
    """B³ over gold mentions; one without a system entity is a singleton."""
    truth = {one: (one.story, one.entity) for one in gold}
    found = {one: system.get(one, ("alone", one)) for one in gold}
    sizes_truth, sizes_found = Counter(truth.values()), Counter(found.values())
    both = Counter((truth[one], found[one]) for one in gold)
    precision = sum(both[truth[one], found[one]] / sizes_found[found[one]] for one in gold) / len(gold)
    recall = sum(both[truth[one], found[one]] / sizes_truth[truth[one]] for one in gold) / len(gold)
    return Score(precision, recall)


def by_mention(records: Mapping[GoldMention, str], entities: Sequence[ResolvedEntity]) -> dict[GoldMention, str]:
    """Gold mention → id of the resolved entity that its record is a member of."""
    home = {member: one.id for one in entities for member in one.members}
    return {mention: home[record] for mention, record in records.items()}


def best_possible(gold: Sequence[GoldMention], records: Mapping[GoldMention, str]) -> dict[GoldMention, Hashable]:
    """What a resolution without error would give, with the records as read: each record goes where most of it belongs."""
    votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for mention, record in records.items():
        votes[record][mention.story, mention.entity] += 1
    home = {record: min(some, key=lambda key: (-some[key], key)) for record, some in votes.items()}
    return {mention: home[record] for mention, record in records.items()}


def false_merges(
    gold: Sequence[GoldMention], system: Mapping[GoldMention, Hashable], kind: str = "person"
) -> Iterator[tuple[GoldMention, GoldMention]]:
    """Pairs of entities of a type that one system entity holds, each shown by a mention."""
    homes: dict[Hashable, dict[tuple[str, str], GoldMention]] = defaultdict(dict)
    for one in gold:
        if one in system and one.type == kind:
            homes[system[one]].setdefault((one.story, one.entity), one)
    for some in homes.values():
        first, *others = some.values()
        yield from ((first, other) for other in others)
