"""The figures of the gold stories as sections of the results table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from benchmarks.across import system
from benchmarks.across.gold import Gold, stories, together
from benchmarks.across.marked import STORIES as MARKED
from benchmarks.across.marked import marked
from benchmarks.across.score import Found, Scores, Share, score
from benchmarks.across.system import Read
from benchmarks.table import Row, Section, at_least, at_most

UNSEEN = "Across documents: marked stories that no network learnt from"
NAMES = {"test": "Across documents: stories kept for measuring", "dev": "Across documents: stories for development"}
ENTITIES, GROUPS, PRECISION, RECALL = 0.93, 0.85, 0.85, 0.80
F3 = "{:.3f}"


def measure(part: str, lenient: bool = False, name: str = "") -> Section:
    """Read and score a part ("dev" or "test"), or only its story `name`."""
    some = {one: gold for one, gold in stories(part).items() if name in ("", one)}
    if not some:
        raise RuntimeError(f"no story {name!r} in part {part!r}")
    return section(part, some, system.read(together(some.values())), lenient)


def measure_unseen() -> Section:
    """Read and score the marked stories that neither networks nor weights nor rules, but a few thresholds, were fitted on."""
    with tempfile.TemporaryDirectory(prefix="kg-marked-") as folder:
        some = marked(MARKED / "unseen", Path(folder))
        whole = together(some.values())
        found = score(system.view(whole, system.read(whole)))
    head = Row("stories / documents / claims", f"{len(some)} / {len(whole.files)} / {len(whole.claims)}")
    notes = [
        "`training/stories/unseen`, all documents in one pool. Names, speakers and origins are not marked in them."
    ]
    return Section(UNSEEN, [head, *_claims(found)], notes)


def section(part: str, some: Mapping[str, Gold], reads: Mapping[str, Read], lenient: bool) -> Section:
    """The table of a part whose documents are read."""
    from kg.reader import text_vectors

    whole = together(some.values())
    pool = score(system.view(whole, reads), lenient)
    alone = sum((score(system.view(gold, reads), lenient) for gold in some.values()), Scores())
    linked = score(system.linked(whole, reads, text_vectors), lenient)
    head = Row("stories / documents / claims", f"{len(some)} / {len(whole.files)} / {len(whole.claims)}")
    notes = ["All documents are resolved in one pool; below it each story by itself; then with the gold's claims."]
    if lenient:
        notes.append("Lenient: links that touch claims outside the gold are left out.")
    rows = [head, *_main(pool), *_short("each story by itself", alone), *_short("gold claims", linked)]
    return Section(NAMES[part], rows, notes)


def _main(s: Scores) -> Iterator[Row]:
    yield _share("gold names found by the reader", s.mentions)
    yield at_least("entities, B³ F1", s.entities.f1, ENTITIES, F3)
    yield _both("entities, B³ precision / recall", s.entities)
    yield at_most("persons merged by mistake", s.person_merges, 0, "{:.0f}")
    yield Row("of these, merged inside one document by the reader", str(s.person_merges_read))
    yield from _claims(s)
    yield _share("kinds of conflicts right", s.kinds)
    yield _both("confirmations, precision / recall", s.confirmations)
    yield _share("origins exact, of groups with two found claims or more", s.origins)
    yield _share("origins exact, of those that are one group", s.origins_grouped)
    yield _both("reused passages, precision / recall", s.reused)


def _claims(s: Scores) -> Iterator[Row]:
    yield _share("gold claims found by the reader", s.claims)
    yield at_least("claim groups, B³ F1", s.groups.f1, GROUPS, F3)
    yield _both("claim groups, B³ precision / recall", s.groups)
    yield _aim("conflicts, precision", s.conflicts.precision, PRECISION)
    yield _aim("conflicts, recall", s.conflicts.recall, RECALL)
    yield Row("conflicts that touch a claim outside the gold", str(s.conflicts.apart))
    yield at_most("compatible pairs called conflicts", s.compatible, 0, "{:.0f}")
    yield _both("supports, precision / recall", s.supports)


def _short(how: str, s: Scores) -> Iterator[Row]:
    yield Row(f"{how}: B³ F1 of entities / of claim groups", f"{s.entities.f1:.3f} / {s.groups.f1:.3f}")
    yield Row(f"{how}: persons merged / compatible called conflicts", f"{s.person_merges} / {s.compatible}")
    yield _both(f"{how}: conflicts, precision / recall", s.conflicts)
    yield _both(f"{how}: supports, precision / recall", s.supports)
    yield _share(f"{how}: origins exact", s.origins)


def _aim(what: str, share: Share, aim: float) -> Row:
    made = at_least(f"{what} ({_of(share)})", share.value, aim, F3)
    return made if share.of else replace(made, figure=_value(share), met=None)


def _both(what: str, found: Found) -> Row:
    p, r = found.precision, found.recall
    return Row(f"{what} ({_of(p)}; {_of(r)})", f"{_value(p)} / {_value(r)}")


def _share(what: str, share: Share) -> Row:
    return Row(f"{what} ({_of(share)})", _value(share))


def _value(share: Share) -> str:
    return F3.format(share.value) if share.of else "–"


def _of(share: Share) -> str:
    return f"{share.right:.4g} of {share.of:.4g}"
