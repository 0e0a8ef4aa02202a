"""Every error of a resolution against the gold, with the words of the texts: for development only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from benchmarks.across import score as scorer
from benchmarks.across.gold import GoldMention
from benchmarks.across.view import UnitPair, View, unmatched
from kg.resolve.records import Link, Origin

Error = tuple[str, str]
"""The kind of the error, and what happened (lines)."""


def report(view: View) -> str:
    """All errors, grouped by kind."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for part in (_persons, _entities, _claims, _groups, _conflicts, _supports, _confirmations, _origins, _reuse):
        for kind, what in part(view):
            kinds[kind].append(what)
    return "\n".join(f"\n== {kind} ({len(some)})\n" + "\n".join(some) for kind, some in kinds.items())


def _persons(view: View) -> Iterator[Error]:
    why = {(link.a, link.b): link for link in view.resolution.entity_links}
    for resolved, some in scorer.merged_persons(view).items():
        persons = sorted({view.gold.names[person] for person, _ in some})
        entities = {entity for _, entity in some}
        links = [f"{x.method}: {'; '.join(x.reasons)}" for (a, b), x in sorted(why.items()) if {a, b} <= entities]
        yield "persons merged", "\n    ".join([f"{resolved}: {', '.join(persons)}", *links])


def _entities(view: View) -> Iterator[Error]:
    ours: dict[str, list[GoldMention]] = defaultdict(list)
    theirs: dict[str, list[GoldMention]] = defaultdict(list)
    for mention in view.gold.mentions:
        if mention not in view.entity_of:
            yield "names not found", f"{mention.file}: {mention.text} ({view.gold.names[mention.entity]})"
        ours[view.system_entity(mention)].append(mention)
        theirs[mention.entity].append(mention)
    for entity, some in theirs.items():
        if len({view.system_entity(m) for m in some if m in view.entity_of}) > 1:
            yield "entities split", f"{entity} {view.gold.names[entity]}: {_forms(view, some)}"
    for some in ours.values():
        if len({m.entity for m in some}) > 1:
            parts = {m.entity: [x for x in some if x.entity == m.entity] for m in some}
            yield "entities merged", " + ".join(f"{view.gold.names[e]} {_forms(view, x)}" for e, x in parts.items())


def _forms(view: View, some: Iterable[GoldMention]) -> str:
    parts: dict[str, list[str]] = defaultdict(list)
    for m in some:
        if m in view.entity_of:
            parts[view.system_entity(m)].append(f"{m.text} ({m.file})")
    return " | ".join(", ".join(part) for part in parts.values())


def _claims(view: View) -> Iterator[Error]:
    for id_, claim in view.gold.claims.items():
        if id_ not in view.claim_of:
            reading = view.readings[claim.file]
            near = [c.quote for c in reading.claims if any(s.overlaps(claim.span) for s in c.spans)]
            yield "claims not found", _quote(view, id_) + "".join(f"\n        read: {quote}" for quote in near)


def _groups(view: View) -> Iterator[Error]:
    for group in view.gold.groups:
        parts: dict[str, list[str]] = defaultdict(list)
        for claim in group:
            if claim in view.claim_of:
                parts[view.system_cluster(claim)].append(claim)
        if len(parts) > 1:
            yield "groups split", _blocks(view, parts.values())
    ours: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim in view.claim_of:
        ours[view.system_cluster(claim)][view.units[claim]].append(claim)
    for some in ours.values():
        if len(some) > 1:
            yield "groups merged", _blocks(view, some.values())


def _blocks(view: View, parts: Iterable[list[str]]) -> str:
    return "\n    --\n".join("\n".join(_quote(view, claim) for claim in part) for part in parts) + "\n"


def _conflicts(view: View) -> Iterator[Error]:
    gold, system = scorer.gold_conflicts(view), view.links("conflict", False)
    for one in view.gold.conflicts:
        pair = (min(view.units[one.a], view.units[one.b]), max(view.units[one.a], view.units[one.b]))
        text = f"{_quote(view, one.a)}\n{_quote(view, one.b)}\n        {one.kind}: {one.reason}\n"
        if pair not in system:
            yield "conflicts missed", text + _instead(view, pair)
        elif not any(link.conflict in gold[pair] for link in system[pair]):
            yield "conflicts of another kind", text + "\n".join(_link(view, x) for x in system[pair])
    yield from _wrong(view, "conflicts", system, gold.keys())


def _instead(view: View, pair: UnitPair) -> str:
    """What the resolution has between the two groups."""
    some = [*view.resolution.links, *view.resolution.possible]
    found = [link for link in some if set(view.pair(link)) == set(pair)]
    possible = set(view.resolution.possible)
    return "".join(f"{'        possible' if x in possible else ''}{_link(view, x)}\n" for x in found[:3])


def _wrong(view: View, what: str, system: dict[UnitPair, list[Link]], gold: Iterable[UnitPair]) -> Iterator[Error]:
    right = set(gold)
    for pair, links in system.items():
        if pair not in right:
            apart = unmatched(pair)
            if apart and any(scorer.is_again(view, link, right) for link in links):
                continue
            yield f"{what} wrong" + (", touching a claim outside the gold" if apart else ""), _link(view, links[0])


def _supports(view: View) -> Iterator[Error]:
    gold, system = scorer.gold_supports(view), view.links("support", True)
    for a, b in view.gold.supports:
        pair = (view.units[a], view.units[b])
        if pair not in system:
            yield "supports missed", f"{_quote(view, a)}\n{_quote(view, b)}\n{_instead(view, pair)}"
    yield from _wrong(view, "supports", system, gold)


def _confirmations(view: View) -> Iterator[Error]:
    gold, system = scorer.gold_confirmations(view), scorer.system_confirmations(view)
    for a, b in view.gold.confirmations:
        if (a, view.units[b]) not in system:
            yield "confirmations missed", f"{_quote(view, a)}\n{_quote(view, b)}"
    yield from _wrong(view, "confirmations", system, gold)


def _origins(view: View) -> Iterator[Error]:
    for place, group in enumerate(view.gold.groups):
        if sum(claim in view.claim_of for claim in group) > 1:
            theirs, ours = scorer.split(view, place)
            if theirs != ours:
                lines = [_quote(view, claim) for claim in group if claim in view.claim_of]
                parts = " | ".join(sorted(",".join(sorted(part)) for part in theirs))
                own = " | ".join(sorted(",".join(sorted(part)) for part in ours))
                why = [f"        {o.speaker}: {'; '.join(o.reasons)}" for o in _origins_of(view, group)]
                yield "origins", "\n".join([*lines, f"        gold: {parts}", f"        kg:   {own}", *why, ""])


def _origins_of(view: View, group: Iterable[str]) -> list[Origin]:
    wanted = {view.claim_of[claim] for claim in group if claim in view.claim_of}
    return [o for g in view.resolution.groups for o in g.origins if wanted & set(o.claims)]


def _reuse(view: View) -> Iterator[Error]:
    hit, false, _ = scorer.reuse(view)
    for one, found in zip(view.gold.reused, hit, strict=True):
        if not found:
            yield "reuse missed", f"{one.a} {one.b}: {one.span.of(view.readings[one.a].document.text)}"
    for a, b, span in false:
        yield "reuse wrong", f"{a} {b}: {span.of(view.readings[a].document.text)}"


def _quote(view: View, claim: str) -> str:
    one = view.gold.claims[claim]
    mark = "" if claim in view.claim_of else " [not found]"
    return f"    {claim} {one.speaker}{' < ' + one.ultimate if one.ultimate != one.speaker else ''}: {one.quote}{mark}"


def _link(view: View, link: Link) -> str:
    sides = []
    for id_ in (link.a, link.b):
        file, claim = view.claims[id_]
        sides.append(f"    {view.gold_of.get(id_, file)} {' > '.join(s.name for s in claim.chain)}: {claim.quote}")
    reasons = "; ".join(link.reasons)
    kind = f"{link.kind} {link.conflict}".strip()
    return "\n".join([*sides, f"        {kind} {link.score:.2f} {link.method}: {reasons}"])
