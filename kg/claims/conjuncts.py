"""Contents, and statements of a document's own, taken apart where they state several things.

"Said that the gate was closed and that nine boats were lost" is two claims.

Only whole clauses part company: each with a subject and a finite verb of its own, side by side at the top of the content; of what
somebody is quoted with word for word only whole sentences. What they deny, doubt or ask stays whole: who denies that A and B
does not deny each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from kg.claims.extent import text_of, tokens_in, trimmed
from kg.claims.lexicon import FINITE, lookup
from kg.claims.quotation import CLOSERS, OPENERS
from kg.document import Span
from kg.reader.attribution import Attribution

LEAST: Final = 4
"""Words of a part."""
SHORT: Final = 3
"""Words of a sentence that is quoted: "He resigned himself"."""
_WHOLE: Final = frozenset({"denial", "doubt", "question"})
_AND: Final = frozenset({"and", "but", "so", "yet"})
UNTRUE: Final = frozenset(
    (
        "not never no nobody none nothing false untrue wrong lie lies rumour rumor myth version story theory legend case "
        "truth true"
    ).split()
)
"""Words before a colon that say of what follows whether it is so, or whose it is; with all words of saying."""
_LEANING: Final = re.compile(
    r"\b(?:(?:it|that|this)(?: is|['’]s| was)(?: not|n['’]t)? (?:true|so|false|wrong|a lie|a myth|nonsense|propaganda)"
    r"|(?:is|was)n['’]t true|if (?:not|so)\b|never said (?:that|so|this|it))",
    re.IGNORECASE,
)
"""Sentences that say of the one beside them whether it is so: quotations with one stay whole."""
_OR: Final = frozenset({"or", "nor"})
_HEDGES: Final = frozenset(
    (
        "allegedly reportedly supposedly purportedly apparently perhaps maybe possibly probably presumably either if "
        "unless whether"
    ).split()
)
"""Words that may hold for all clauses of a sentence, wherever they stand."""
_JOINTS: Final = frozenset({",", ":", ";", "–", "—"})
_SUBJECTS: Final = frozenset({"nsubj", "csubj", "expl"})


def taken_apart(attributions: Iterable[Attribution], doc: Any, quoted: Sequence[Span]) -> list[Attribution]:
    """The attributions, those with several clauses as one each. `quoted` are the document's quotations, in order."""
    return [part for one in attributions for part in _parts(one, doc, quoted)]


def _parts(one: Attribution, doc: Any, quoted: Sequence[Span]) -> Iterator[Attribution]:
    cue = [t for span in one.cue for t in tokens_in(doc, span)]
    kinds = {hit[1] for t in cue if (hit := lookup(t)) is not None}
    text = text_of(doc)
    if kinds & _WHOLE:
        yield one
        return
    if any(text[span.start] in OPENERS for span in one.content):
        whole = any(t.lower_ in UNTRUE for t in cue) or any(_LEANING.search(span.of(text)) for span in one.content)
        yield from [one] if whole else _sentences(one, doc)
        return
    starts = [start for span in one.content for start in _starts(tokens_in(doc, span))]
    starts += [span.start for span in one.content[1:] if _is_clause(tokens_in(doc, span))]
    starts = [start for start in starts if not _inside(start, quoted)]
    marked = [start for start in _after_semicolons(one.content, doc) if not _inside(start, quoted)]
    spans = _bare_pieces(one.content, {*starts, *marked}, doc)
    if marked and not all(_is_main([t for span in some for t in tokens_in(doc, span)]) for some in spans):
        spans = _bare_pieces(one.content, set(starts), doc)  # a list, of which some is no clause
    if len(spans) < 2 or any(sum(len(tokens_in(doc, s)) for s in some) < LEAST for some in spans):
        yield one
        return
    for some in spans:
        yield Attribution(one.source, one.cue, some, one.nested)


def _sentences(one: Attribution, doc: Any) -> Iterator[Attribution]:
    """An attribution of quoted sentences as one each; what states nothing alone ("Not this time.") stays with what is before."""
    tokens = [t for span in one.content for t in tokens_in(doc, span)]
    bounds = [0, *(n for n in range(1, len(tokens)) if tokens[n].sent != tokens[n - 1].sent), len(tokens)]
    starts = [tokens[n].idx for n, end in pairwise(bounds) if _is_sentence(tokens[n:end])]
    if starts and starts[0] > one.content[0].start and not _is_sentence(tokens[: bounds[1]]):
        starts = starts[1:]  # "Yes. We blew her up."
    pieces = list(_cut(one.content, starts))
    if len(pieces) < 2:
        yield one
        return
    text = text_of(doc)
    for some in pieces:
        # what holds no letter is a mark that is left of a quotation
        spoken = [_without_half_marks(span, text) for span in some if any(map(str.isalnum, span.of(text)))]
        if spoken:
            yield Attribution(one.source, one.cue, tuple(spoken), one.nested)


def _is_sentence(tokens: Sequence[Any]) -> bool:
    """Whether quoted words state something by themselves: a clause with its subject, and a word more."""
    words = sum(t.text[:1].isalnum() for t in tokens)
    inside = {t.i for t in tokens}
    return words >= SHORT and any(_is_told(t, inside) for t in tokens if t.head == t or t.head.i not in inside)


def _without_half_marks(span: Span, text: str) -> Span:
    """A sentence of a quotation without the mark that opens or closes all of it, and without white space at its ends."""
    start, end = _stripped(span.start, span.end, text)
    opened, closed = text[start] in OPENERS, text[end - 1] in CLOSERS
    if opened != closed:
        start, end = _stripped(start + opened, end - closed, text)
    return Span(start, end)


def _stripped(start: int, end: int, text: str) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _bare_pieces(content: Sequence[Span], starts: set[int], doc: Any) -> list[tuple[Span, ...]]:
    """A content cut before each of `starts`, without what joins the pieces."""
    return [
        tuple(s for span in piece if (s := _bare(span, doc)) is not None) for piece in _cut(content, sorted(starts))
    ]


def _after_semicolons(content: Sequence[Span], doc: Any) -> Iterator[int]:
    """Where what follows a semicolon begins, in characters: inside a span, or with one ("…, he said; …")."""
    for span in content:
        tokens = tokens_in(doc, span)
        yield from (after.idx for token, after in pairwise(tokens) if token.text == ";")
        if span != content[0] and tokens and doc[max(0, tokens[0].i - 1)].text == ";":
            yield tokens[0].idx


def beside(tokens: list[Any], quoted: Sequence[Span]) -> list[list[Any]]:
    """The main clauses of a stretch of a sentence that stand side by side, without the "and", colon or semicolon between.

    All of it, where one would have fewer than `LEAST` words or no subject and finite verb, or where a word such as "allegedly"
    or "if" may hold for all. `quoted`: its document's quotations.
    """
    if any(t.lower_ in _HEDGES for t in tokens):
        return [tokens]
    starts = {*_starts(tokens), *(t.idx for n, t in enumerate(tokens) if t.text == ";" or _explains(tokens, n))}
    starts = {start for start in starts if not _inside(start, quoted)}
    bounds = [0, *(n for n, t in enumerate(tokens) if n and t.idx in starts), len(tokens)]
    if len(bounds) == 2:
        return [tokens]
    pieces = [_without_joints(tokens[a:b]) for a, b in pairwise(bounds)]
    return pieces if all(len(some) >= LEAST and _is_main(some) for some in pieces) else [tokens]


def _explains(tokens: Sequence[Any], colon: int) -> bool:
    """Whether a colon is followed by more of the same speaker, and not by what the words before it deny or tell of another."""
    return tokens[colon].text == ":" and not any(
        t.lower_ in UNTRUE or t.lower_.endswith("n't") or lookup(t) is not None for t in tokens[:colon]
    )


def _without_joints(tokens: list[Any]) -> list[Any]:
    """A clause without the "and" before it, the marks around it and the "and" behind it, which joins it to the next."""
    while tokens and (tokens[0].lower_ in _AND or (tokens[0].is_punct and tokens[0].text not in OPENERS)):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower_ in _AND or tokens[-1].text in _JOINTS):
        tokens = tokens[:-1]
    return tokens


def _is_main(tokens: Sequence[Any]) -> bool:
    """Whether a stretch has a clause that hangs on nothing in it, with its subject and a finite verb; no quotation, no list."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head == t or t.head.i not in inside]
    return bool(tokens) and tokens[0].text not in OPENERS and any(_is_told(t, inside) for t in tops)


def _inside(start: int, quoted: Sequence[Span]) -> bool:
    """Whether a place lies within a quotation, which nobody takes apart."""
    i = bisect_right(quoted, start, key=lambda span: span.start) - 1
    return i >= 0 and quoted[i].start < start < quoted[i].end


def _starts(tokens: Sequence[Any]) -> Iterator[int]:
    """Where clauses begin, in characters, that stand beside the first one of a content."""
    inside = {t.i for t in tokens}
    for token in tokens:
        if any(c.dep_ == "cc" and c.lower_ in _OR for c in token.children):
            continue
        if token.dep_ != "conj" or not _is_told(token, inside) or not _is_told(_first(token), inside):
            continue
        first = _first(token)
        left = token.left_edge
        tops = first.head == first or first.head.i not in inside
        if tops and first.i in inside and first.i < left.i in inside:
            yield left.idx


def _first(token: Any) -> Any:
    """The first of the clauses that a clause stands beside."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _is_told(verb: Any, inside: set[int]) -> bool:
    """Whether a clause has its subject and a finite verb among the words of a content."""
    children = [c for c in verb.children if c.i in inside]
    finite = verb.tag_ in FINITE or any(c.dep_ in ("aux", "cop") and c.tag_ in FINITE for c in children)
    return finite and any(c.dep_ in _SUBJECTS for c in children)


def _is_clause(tokens: Sequence[Any]) -> bool:
    """Whether a later part of a content begins with "and" and is a clause of its own."""
    inside = {t.i for t in tokens}
    return bool(tokens) and tokens[0].dep_ == "cc" and any(_is_told(t, inside) for t in tokens)


def _cut(spans: Sequence[Span], starts: Sequence[int]) -> Iterator[tuple[Span, ...]]:
    """Spans cut before each of `starts`: what stands between two of them together."""
    bounds = [spans[0].start, *(start for start in starts if start > spans[0].start), spans[-1].end]
    for begin, end in pairwise(bounds):
        piece = [Span(max(s.start, begin), min(s.end, end)) for s in spans if s.start < end and begin < s.end]
        if piece:
            yield tuple(piece)


def _bare(span: Span, doc: Any) -> Span | None:
    """A part without the "and" or comma that joins it to another."""
    kept = trimmed(span, doc)
    tokens = tokens_in(doc, kept) if kept else []
    while tokens and (tokens[0].dep_ == "cc" or tokens[0].is_punct):
        tokens = tokens[1:]
    return trimmed(Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1])), doc) if tokens else None
