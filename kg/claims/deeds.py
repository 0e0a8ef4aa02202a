"""Deeds that a cue of speech only looks like: a petition rejected, the coast guard called, victims promised money.

PolNeAR's cues cover what is done with words; where what they govern is a thing and not words, nobody says anything, and the
sentence is its author's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kg.claims.extent import tokens_in
from kg.claims.heads import base_head, is_passive
from kg.claims.quotation import MARKS
from kg.document import Span

_RULED: Final = frozenset("reject dismiss refuse grant approve uphold adopt file submit withdraw".split())
"""What is done with what somebody files."""
_FILED: Final = frozenset(
    "petition appeal request application motion bid bill bail complaint lawsuit suit plea amendment candidacy nomination "
    "tender permit licence license visa leave".split()
)
"""What is filed, and not what is said: "rejected the petition", but "rejected the accusation"."""
_GIVEN: Final = frozenset({"promise", "offer", "guarantee", "pledge"})
_CALLED: Final = frozenset(
    "police guard brigade station ambulance doctor hotline hospital helpline headquarters "
    "meeting session election vote referendum strike conference assembly".split()
)
"""Who is called by telephone, and what is called together."""
_CALLED_ON: Final = frozenset({"for", "on", "upon", "into", "out"})


def is_deed(contents: Sequence[Span], cue: Sequence[Any], doc: Any) -> bool:
    """Whether what a cue governs is no words but a thing, with which something is done, or which the source is given."""
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    if verb is None or len(contents) != 1:
        return False
    tokens = tokens_in(doc, contents[0])
    head = base_head(tokens)
    if head is None or head.head != verb or any(t.text in MARKS or t.text == "‘" for t in tokens):
        return False
    return is_done_with(verb, head)


def is_done_with(verb: Any, thing: Any) -> bool:
    """Whether a verb that may be one of speech says what was done with its object, or passive subject, or what was given."""
    lemma, noun = verb.lemma_.lower(), thing.lemma_.lower()
    passive = is_passive(verb)
    if lemma in _GIVEN and passive and thing.dep_ == "obj":
        # "the injured have been promised 5,000 rupees": they are no source
        return not any(c.dep_ == "obl" and any(x.lower_ == "by" for x in c.children) for c in verb.children)
    if thing.dep_ != ("nsubj" if passive else "obj"):
        return False
    if lemma in _RULED:
        return noun in _FILED
    named = any(c.dep_ in ("xcomp", "ccomp", "obj") and c.i > thing.i for c in verb.children)
    return lemma == "call" and noun in _CALLED and not named and not any(c.lower_ in _CALLED_ON for c in verb.children)
