"""Transcripts: lines that begin with who speaks.

"MS. MORENO: The gate was closed.": the label is the source, its colon the cue. Hearings, interviews and statements of witnesses
are printed so. A text is taken for one where labels come back; a single "Note: …" or "Oslo: …" makes no turn.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kg.claims import names
from kg.document import Document, Span
from kg.reader.attribution import Attribution
from kg.records import Claim, Entity, Speaker

LEAST: Final = 3
"""Labels that come back, counted with each return, that make a transcript."""
LONGEST: Final = 60
"""Characters of a label."""
_SMALL: Final = r"of|the|and|for|de|la|del|der|van|von|bin|al"
_WORD: Final = r"[^\W\d_][\w.'’-]*"
_LABEL: Final = re.compile(
    rf"^[ \t>*_]*(?P<label>{_WORD}(?:,?[ \t]+(?:{_WORD}|\([^()\n]{{1,30}}\))){{0,7}})[*_]*[ \t]*(?P<colon>:)[*_]*(?=\s)",
    re.MULTILINE,
)
_NO_SPEAKER: Final = frozenset(
    "note notes update updated source sources photo image picture video caption date time place location venue contact tel "
    "phone fax email e-mail web website url tags tag title subject re from to cc by read also see more related share follow "
    "copyright summary conclusion introduction background example warning correction editor's result results total price "
    "address".split()
)
"""First words of lines that have a colon and no speaker."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break: from behind the `colon` to `end`; `label` names who speaks."""

    label: Span
    colon: Span
    end: int
    speaker: Speaker

    @property
    def marks(self) -> Attribution:
        """The words before what is said, as parts of an attribution."""
        return Attribution((self.label,), (self.colon,), (), False)


class Turns:
    """The turns of a document, in order; none where it is no transcript."""

    def __init__(self, document: Document, entities: Sequence[Entity]) -> None:
        self.document = document
        self.entities = entities

    def __iter__(self) -> Iterator[Turn]:
        return iter(self._found)

    def at(self, position: int) -> Turn | None:
        """The turn that a character belongs to, its label not included."""
        i = bisect_right(self._starts, position) - 1
        return self._found[i] if i >= 0 and position < self._found[i].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [turn.colon.end for turn in self._found]

    @cached_property
    def _found(self) -> list[Turn]:
        text = self.document.text
        labels = [m for m in _LABEL.finditer(text) if _may_speak(m["label"])]
        often = Counter(names.key(m["label"]) for m in labels)
        again = [m for m in labels if often[names.key(m["label"])] > 1]
        if len(again) < LEAST:
            return []
        ends = [m.start() for m in labels[1:]] + [len(text)]
        return [
            Turn(Span(*m.span("label")), Span(*m.span("colon")), end, self._speaker(Span(*m.span("label"))))
            for m, end in zip(labels, ends, strict=True)
        ]

    def _speaker(self, label: Span) -> Speaker:
        shown = " ".join(label.of(self.document.text).split())
        identifier = f"{self.document.id}-s{label.start}-{label.end}"
        entity = self._entity(label, shown)
        if entity:
            return Speaker(identifier, entity.name, "entity", entity.id, shown, (label,))
        return Speaker(identifier, shown, "description", "", shown, (label,))

    def _entity(self, label: Span, shown: str) -> Entity | None:
        """The one entity that the label names in full, or by surname behind a title."""
        words = shown.split()
        bare = names.key(" ".join(words[names.strip_titles(words) :]))
        people = [e for e in self.entities if e.type in ("person", "organization")]
        full = [e for e in people if bare in {names.key(form) for form in (e.name, *e.aliases)}]
        full = full or [e for e in people if names.shortens(bare, names.key(e.name), e.type)]
        return full[0] if len(full) == 1 else None


def _may_speak(label: str) -> bool:
    """Whether a label may name a speaker: few words, each with a capital or a small one of names, and no heading's word."""
    words = [word.strip("(),.") for word in label.split()]
    if len(label) > LONGEST or words[0].lower() in _NO_SPEAKER:
        return False
    return words[0][0].isupper() and all(w[:1].isupper() or re.fullmatch(_SMALL, w) or "(" in label for w in words if w)


def is_label(text: str, start: int, colon: int) -> bool:
    """Whether the characters from `start` to a colon may be the label of a turn: the first words of a line, only a name."""
    match = _LABEL.match(text, start) if start == 0 or text[start - 1] == "\n" else None
    return match is not None and match.start("colon") == colon and _may_speak(match["label"])


def in_turn(claim: Claim, turn: Turn | None) -> Claim:
    """A statement of the document's own voice as the claim of whoever's turn it stands in."""
    if turn is None:
        return claim
    start = turn.colon.start
    return replace(
        claim,
        id=f"{claim.id}-{start}",
        speaker=turn.speaker,
        chain=(*claim.chain, turn.speaker),
        directness="direct",
        cue=":",
        cue_spans=(turn.colon,),
    )
