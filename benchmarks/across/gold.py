"""The gold stories: documents of several publishers about invented events, and the right answers.

Names of files, entities and claims bear their story's name ("dam/01.txt", "dam/c3"), so stories can be put together.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from kg.document import Metadata, Span

HERE: Final = Path(__file__).parent
PARTS: Final = ("dev", "test")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A name in a text and the id of the entity that it names."""

    file: str
    span: Span
    text: str
    entity: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim: its content's characters, who says it, and to whom it goes back as far as the text tells."""

    id: str
    file: str
    span: Span
    quote: str
    speaker: str
    ultimate: str


@dataclass(frozen=True, slots=True)
class GoldConflict:
    """A pair of claims that conflict; it stands for all pairs of the groups that they are in."""

    a: str
    b: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class GoldReuse:
    """Words of `a` that `b` prints too."""

    a: str
    b: str
    span: Span


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """One story, or several put together. `types` and `names` are those of entities, by id; `origins` are by group's place."""

    files: Mapping[str, tuple[Path, Metadata]] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[GoldMention, ...] = ()
    claims: Mapping[str, GoldClaim] = field(default_factory=dict)
    groups: tuple[tuple[str, ...], ...] = ()
    supports: tuple[Pair, ...] = ()
    conflicts: tuple[GoldConflict, ...] = ()
    compatible: tuple[Pair, ...] = ()
    confirmations: tuple[Pair, ...] = ()
    reused: tuple[GoldReuse, ...] = ()
    origins: Mapping[int, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def units(self) -> dict[str, str]:
        """For every claim its group ("group dam/c1", after its first claim) or, outside groups, itself."""
        found = {claim: claim for claim in self.claims}
        found.update({claim: f"group {group[0]}" for group in self.groups for claim in group})
        return found


def stories(part: str, folder: Path = HERE) -> dict[str, Gold]:
    """The stories of a part ("dev" or "test"), by name."""
    return {one.name: read_story(one) for one in sorted((folder / part).iterdir()) if (one / "gold.json").exists()}


def read_story(folder: Path) -> Gold:
    """The story of a folder: NN.txt, manifest.csv, gold.json. Raises ValueError where the gold does not fit the texts."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    name = folder.name
    files = {f"{name}/{row['file']}": (folder / row["file"], _metadata(row)) for row in rows}
    texts = {file: path.read_text(encoding="utf-8") for file, (path, _) in files.items()}
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))

    def ids(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{name}/{value}" for value in values)

    def pairs(values: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
        return tuple((f"{name}/{a}", f"{name}/{b}") for a, b in values)

    claims = [_claim(name, row, texts) for row in gold["claims"]]
    return Gold(
        files=files,
        types={f"{name}/{e['id']}": e["type"] for e in gold["entities"]},
        names={f"{name}/{e['id']}": e["name"] for e in gold["entities"]},
        mentions=tuple(_mention(name, e["id"], m, texts) for e in gold["entities"] for m in e["mentions"]),
        claims={claim.id: claim for claim in claims},
        groups=tuple(ids(group) for group in gold["groups"]),
        supports=pairs(gold["supports"]),
        conflicts=tuple(
            GoldConflict(f"{name}/{c['a']}", f"{name}/{c['b']}", c["kind"], c["reason"]) for c in gold["conflicts"]
        ),
        compatible=pairs(gold["compatible"]),
        confirmations=pairs((c["claim"], c["confirms"]) for c in gold["confirmations"]),
        reused=tuple(_reuse(name, row, texts) for row in gold["reused"]),
        origins={row["group"]: tuple(ids(one) for one in row["origins"]) for row in gold["origins"]},
    )


def together(some: Iterable[Gold]) -> Gold:
    """Several stories as one."""
    whole = Gold()
    for one in some:
        at = len(whole.groups)
        whole = Gold(
            files={**whole.files, **one.files},
            types={**whole.types, **one.types},
            names={**whole.names, **one.names},
            mentions=whole.mentions + one.mentions,
            claims={**whole.claims, **one.claims},
            groups=whole.groups + one.groups,
            supports=whole.supports + one.supports,
            conflicts=whole.conflicts + one.conflicts,
            compatible=whole.compatible + one.compatible,
            confirmations=whole.confirmations + one.confirmations,
            reused=whole.reused + one.reused,
            origins={**whole.origins, **{at + place: parts for place, parts in one.origins.items()}},
        )
    return whole


def only(gold: Gold, kept: set[str]) -> Gold:
    """The gold as it is where only the claims `kept` are to be linked.

    A pair that stands for two groups moves to claims of theirs that are kept; where a side has none, the pair goes.
    """
    units = gold.units()
    first: dict[str, str] = {}
    for claim in gold.claims:
        if claim in kept:
            first.setdefault(units[claim], claim)

    def moved(claim: str) -> str:
        return claim if claim in kept else first.get(units[claim], "")

    def pairs(values: Iterable[Pair]) -> tuple[Pair, ...]:
        some = ((moved(a), moved(b)) for a, b in values)
        return tuple((a, b) for a, b in some if a and b)

    places = [place for place, group in enumerate(gold.groups) if sum(c in kept for c in group) > 1]
    conflicts = [replace(c, a=moved(c.a), b=moved(c.b)) for c in gold.conflicts if moved(c.a) and moved(c.b)]
    parts = {p: tuple(tuple(c for c in one if c in kept) for one in gold.origins.get(p, ())) for p in places}
    return replace(
        gold,
        claims={id_: claim for id_, claim in gold.claims.items() if id_ in kept},
        groups=tuple(tuple(c for c in gold.groups[p] if c in kept) for p in places),
        supports=pairs(gold.supports),
        conflicts=tuple(conflicts),
        compatible=pairs(gold.compatible),
        confirmations=tuple((a, moved(b)) for a, b in gold.confirmations if a in kept and moved(b)),
        origins={n: tuple(one for one in parts[p] if one) for n, p in enumerate(places)},
    )


def _metadata(row: Mapping[str, str]) -> Metadata:
    return Metadata(row["title"], row["publisher"], row["author"], row["date"], row["url"])


def _claim(story: str, row: Mapping[str, str], texts: Mapping[str, str]) -> GoldClaim:
    file = f"{story}/{row['file']}"
    if texts[file].count(row["quote"]) != 1:
        raise ValueError(f"{file}: the quote of {row['id']} is not once in the text")
    start = texts[file].index(row["quote"])
    span = Span(start, start + len(row["quote"]))
    return GoldClaim(f"{story}/{row['id']}", file, span, row["quote"], row["speaker"], row["ultimate"])


def _mention(story: str, entity: str, row: Mapping[str, Any], texts: Mapping[str, str]) -> GoldMention:
    file, start = f"{story}/{row['file']}", -1
    for _ in range(row["nth"]):
        start = texts[file].find(row["text"], start + 1)
        if start < 0:
            raise ValueError(f"{file}: a mention of {entity} is not in the text")
    return GoldMention(file, Span(start, start + len(row["text"])), row["text"], f"{story}/{entity}")


def _reuse(story: str, row: Mapping[str, str], texts: Mapping[str, str]) -> GoldReuse:
    file = f"{story}/{row['a']}"
    start = texts[file].find(row["text"])
    if start < 0:
        raise ValueError(f"{file}: a reused passage is not in the text")
    return GoldReuse(file, f"{story}/{row['b']}", Span(start, start + len(row["text"])))
