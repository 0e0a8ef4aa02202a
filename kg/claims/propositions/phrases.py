"""Which words belong to an argument, and the characters they stand on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from kg.claims.propositions.tree import Part, Words, children
from kg.document import Span

_LOOSE: Final = frozenset({"parataxis", "vocative", "discourse", "list", "reparandum", "dislocated"})
_CLAUSAL: Final = frozenset({"mark", "cop", "aux", "nsubj", "csubj", "expl", "advcl"})
_PAIRS: Final = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«", "’": "‘", "''": "``", "-RRB-": "-LRB-"}
_BRACKETS: Final = frozenset({"(", "[", "-LRB-"})
_SIGNS: Final = frozenset("$%#£€")


def subtree(token: Any, inside: Words, cut: Collection[str] = ()) -> set[int]:
    """A token with all that hangs on it; `cut` relations are left out at the token itself, loose ones everywhere."""
    found = {token.i}
    queue = [c for c in children(token, inside) if c.dep_ not in cut and c.dep_ not in _LOOSE]
    while queue:
        at = queue.pop()
        if not at.is_space and at.i not in found:
            found.add(at.i)
            queue += [c for c in children(at, inside) if c.dep_ not in _LOOSE]
    return found


def noun_phrase(token: Any, inside: Words, alone: bool) -> frozenset[int]:
    """The words of a noun phrase without its preposition, its apposition and clauses that state something of it;
    `alone` leaves out what is joined to it."""
    words = subtree(token, inside, {"case", "appos", *_CLAUSAL, *(("conj", "cc") if alone else ())})
    words |= {c.i for c in children(token, inside, "case") if c.i > token.i}
    for clause in children(token, inside, "acl"):
        if stating(clause):
            words -= {w.i for w in clause.subtree}
    return _closed(trimmed(words, token), inside, token.doc)


def clause_words(token: Any, inside: Words) -> frozenset[int]:
    """The words of a whole clause."""
    return trimmed(subtree(token, inside, {"punct"}), token)


def preposition_words(token: Any, inside: Words) -> frozenset[int]:
    """The words of the preposition in front of a noun."""
    cases = [c for c in children(token, inside, "case") if c.i < token.i]
    return frozenset(i for case in cases for i in subtree(case, inside))


def possessor(token: Any, inside: Words) -> frozenset[int]:
    """The words of a possessor in front of a noun ("the board's", "their")."""
    for child in children(token, inside, "nmod", "det"):
        if child.i < token.i and (child.tag_ == "PRP$" or any(c.tag_ == "POS" for c in child.children)):
            return frozenset(subtree(child, inside))
    return frozenset()


def stating(clause: Any) -> bool:
    """Whether a clause on a noun states something of it: "the plan that failed", not "the plan to leave"."""
    return not any(c.dep_ == "mark" for c in clause.children)


def trimmed(words: Iterable[int], head: Any) -> frozenset[int]:
    """Words without marks and conjunctions at their edges; brackets and quotation marks stay in pairs."""
    doc, kept = head.doc, sorted(words)
    while kept and kept[0] != head.i and _loose(doc, kept, 0):
        kept.pop(0)
    while kept and kept[-1] != head.i and _loose(doc, kept, -1):
        kept.pop()
    if len(kept) > 2 and doc[kept[0]].text in _BRACKETS and _PAIRS.get(doc[kept[-1]].text) == doc[kept[0]].text:
        kept = kept[1:-1]
    return frozenset(kept)


def _closed(words: frozenset[int], inside: Words, doc: Any) -> frozenset[int]:
    """Words with the bracket or quotation mark behind them that closes one of theirs, wherever the tree has it."""
    following = max(words, default=-1) + 1
    if following not in inside or following >= len(doc):
        return words
    held = [doc[i].text for i in words]
    text = doc[following].text
    opening = _PAIRS.get(text)
    return words | {following} if opening and held.count(opening) > held.count(text) else words


def _loose(doc: Any, words: Sequence[int], end: int) -> bool:
    token = doc[words[end]]
    if token.dep_ == "cc":
        return True
    if not token.is_punct or token.text in _SIGNS:
        return False
    opening = _PAIRS.get(token.text)
    others = [doc[i].text for i in words]
    return opening not in others if opening else not any(_PAIRS.get(text) == token.text for text in others)


def spans_of(words: Iterable[int], doc: Any) -> tuple[Span, ...]:
    """The characters of words: one span for each run, white space between words taken along."""
    runs: list[list[int]] = []
    for i in sorted(words):
        if runs and (runs[-1][1] == i - 1 or all(doc[j].is_space for j in range(runs[-1][1] + 1, i))):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return tuple(Span(doc[a].idx, doc[b].idx + len(doc[b])) for a, b in runs)


def joined_text(spans: Iterable[Span], text: str) -> str:
    """The characters of spans, with single blanks for white space and between spans."""
    return " ".join(" ".join(span.of(text).split()) for span in spans)


def noun_part(role: str, token: Any, inside: Words, alone: bool = False) -> Part:
    """A noun phrase as an argument."""
    words = noun_phrase(token, inside, alone) or frozenset({token.i})
    return Part(role, token, words, preposition_words(token, inside))
