"""Attributions to claims: who speaks, and inside whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.claims.extent import sentence_around, tokens_in
from kg.claims.quotation import directness_of
from kg.claims.spans import SpanIndex
from kg.claims.speakers import Discourse
from kg.claims.stance import kind_of, modality_of, polarity_of
from kg.document import Document, Span
from kg.reader.attribution import Attribution
from kg.records import Claim, Speaker

RECENT: Final = 64
"""Drafts that are looked through for the one that holds an attribution: it comes right before what it holds."""
JOINT: Final = " … "


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its quantities, times and entities are added: an attribution with its speaker and its parent."""

    contents: tuple[Span, ...]
    cue: tuple[Span, ...]
    sources: tuple[Span, ...]
    speaker: Speaker
    chain: tuple[Speaker, ...]
    parent: int | None


def draft(attributions: Sequence[Attribution], discourse: Discourse) -> list[Draft]:
    """Drafts with outer claims before what they hold, in the order of their cues; chains run from the document inwards.

    Attributions of the same words by the same cue are one claim: that with a source, and of those that with most words.
    """
    outer = SpanIndex((c, a.cue[0].start) for a in attributions if not a.nested for c in a.content)

    def place(one: Attribution) -> tuple[int, bool, int, bool, int]:
        cue = one.cue[0]
        holder = next((at for content, at in outer.overlapping(cue) if content.holds(cue)), cue.start)
        words = sum(content.end - content.start for content in one.content)
        return (holder if one.nested else cue.start), one.nested, cue.start, not one.source, -words

    found: list[Draft] = []
    seen: set[str] = set()
    for one in sorted(attributions, key=place):
        if (name := _name(one.content, one.cue)) in seen:
            continue
        seen.add(name)
        parent = _parent(one, found)
        above = found[parent] if parent is not None else None
        speaker = discourse.speaker(one.source, one.cue[0], above.speaker if above else None)
        chain = above.chain if above else discourse.voice(one.cue[0].start)
        same = (chain[-1].name, chain[-1].entity) == (speaker.name, speaker.entity)  # "we" inside a quotation
        found.append(
            Draft(one.content, one.cue, one.source, speaker, (*(chain[:-1] if same else chain), speaker), parent)
        )
    return found


def _name(contents: Sequence[Span], cue: Sequence[Span]) -> str:
    """What tells a claim from all others of its document."""
    return f"{contents[0].start}-{contents[-1].end}-{cue[0].start}"


def _parent(one: Attribution, found: Sequence[Draft]) -> int | None:
    """The innermost of the last drafts whose content holds this attribution's cue, or None."""
    first = max(0, len(found) - RECENT)
    holders = [
        (c.end - c.start, i)
        for i, d in enumerate(found[first:], start=first)
        for c in d.contents
        if c.holds(one.cue[0]) and d.contents != one.content
    ]
    return min(holders)[1] if holders else None


def claim(document: Document, doc: Any, one: Draft, quoted: Sequence[Span], within: str) -> Claim:
    """The claim of a draft, its content still without entities, quantities and times."""
    text = document.text
    cue = [t for span in one.cue for t in tokens_in(doc, span)]
    content = [t for span in one.contents for t in tokens_in(doc, span)]
    kind = kind_of(cue, content)
    return Claim(
        id=f"{document.id}-c{_name(one.contents, one.cue)}",
        spans=one.contents,
        quote=JOINT.join(" ".join(span.of(text).split()) for span in one.contents),
        sentence=sentence_around(doc, (*one.contents, *one.cue, *one.sources)),
        speaker=one.speaker,
        chain=one.chain,
        kind=kind,
        directness=directness_of(text, one.contents, quoted),
        polarity=polarity_of(cue, content, kind),
        modality=modality_of(cue, content, kind),
        cue=JOINT.join(" ".join(span.of(text).split()) for span in one.cue),
        cue_spans=one.cue,
        within=within,
    )
