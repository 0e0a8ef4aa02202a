"""A source that has no name, as words to show: "seven experts", "survivors of the flood"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

RELATIVE: Final = frozenset({"who", "which", "whose", "whom"})


def description(tokens: Sequence[Any]) -> str:
    """A source's words without the article in front, a relative clause or stray marks behind."""
    kept = _without_brackets([t for t in tokens if not t.is_space])
    while kept and (kept[0].lower_ in ("the", "a", "an") or kept[0].is_punct or kept[0].pos_ in ("ADP", "CCONJ")):
        kept = kept[1:]
    for i, token in enumerate(kept):
        listed = token.text == "," and token.head.dep_ == "conj" and any(t.dep_ == "cc" for t in kept[i:])
        if i and not listed and (token.text in (",", "–", "—", ":") or token.lower_ in RELATIVE):
            kept = kept[:i]
            break
    while kept and (kept[-1].is_punct or kept[-1].text in ("'s", "’s")):
        kept = kept[:-1]
    return "".join(
        t.text + (" " if t.whitespace_ or (t.i + 1 < len(t.doc) and t.doc[t.i + 1].is_space) else "") for t in kept
    ).strip()


def _without_brackets(tokens: list[Any]) -> list[Any]:
    depth, kept = 0, []
    for token in tokens:
        depth += token.text == "("
        if not depth:
            kept.append(token)
        depth -= token.text == ")" and depth > 0
    return kept
