"""Attributions that the tagger missed and the tree shows: a subject, a verb of saying, and the clause it governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from kg.claims.extent import core, tokens_in
from kg.claims.heads import is_passive
from kg.claims.lexicon import FINITE, is_reporting, lookup
from kg.claims.spans import SpanIndex
from kg.document import Span
from kg.reader.attribution import Attribution

_SHOWN: Final = frozenset({"find", "reveal", "record", "document", "detail", "recall", "rule", "learn", "discover"})
"""Weak words of the lexicon that say something after "as": "As the court found, …"."""
_TURNED: Final = frozenset({"not", "n't", "n’t", "never", "no", "nor", "whether", "if"})
_BESIDE: Final = frozenset({"parataxis", "conj", "ROOT"})
_IDLE: Final = frozenset({"speak", "talk", "ask", "call", "discuss", "express", "see", "hear", "know", "show", "point"})
"""Weak words of the lexicon that say nothing behind a clause."""
LEAST: Final = 4
"""Words of a clause that is taken for a content."""


def missed(doc: Any, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions outside all that were `found`: "They concluded that …", with the "that", in one piece."""
    covered = SpanIndex((s, one) for one in found if not one.nested for s in (*one.content, *one.cue))
    for verb in doc:
        if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or not is_reporting([verb]):
            continue
        subject = next((c for c in reversed(list(verb.lefts)) if c.dep_ == "nsubj"), None)
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        if subject is None or clause is None or is_passive(verb):
            continue
        content = _clause(clause, verb)
        source = _span([t for t in doc[subject.left_edge.i : subject.right_edge.i + 1] if t.i < verb.i])
        if not content or not source:
            continue
        # What it overlaps must lie inside its content, and becomes nested there.
        if all(content.holds(s) for s, _ in covered.overlapping(Span(source.start, content.end))):
            yield Attribution((source,), (Span(verb.idx, verb.idx + len(verb)),), (content,))


def behind(doc: Any, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions outside all that were `found`, put behind what is said: "The port was shut, the harbour master repeated"."""
    covered = SpanIndex((s, one) for one in found if not one.nested for s in (*one.content, *one.cue))
    for verb in doc:
        if verb.tag_ not in ("VBD", "VBZ", "VBP") or not (verb.dep_ in _BESIDE or (verb.dep_ == "acl" and _ends(verb))):
            continue
        subject = next((c for c in reversed(list(verb.lefts)) if c.dep_ == "nsubj"), None)
        if subject is None or not _says(verb):
            continue
        first = subject.left_edge.i
        words = [t for t in doc[verb.sent.start : first] if not t.is_space]
        while words and words[0].tag_ == "CC":
            words = words[1:]
        if len(words) <= LEAST or words[-1].text != "," or not any(t.tag_ in FINITE for t in words):
            continue
        content, source = _span(words[:-1]), _span(doc[first : subject.right_edge.i + 1])
        hangs = any(t == verb.head or (t.head == verb and t.dep_ in ("ccomp", "parataxis")) for t in words)
        said = Span(content.start, verb.idx + len(verb)) if content else None
        if hangs and content and source and said and not any(True for _ in covered.overlapping(said)):
            yield Attribution((source,), (Span(verb.idx, verb.idx + len(verb)),), (content,))


def _ends(verb: Any) -> bool:
    """Whether a verb is the last word of its sentence, so that a clause it seems to be in may be what it says."""
    return all(t.is_punct or t.is_space for t in verb.doc[verb.i + 1 : verb.sent.end])


def _says(verb: Any) -> bool:
    """Whether a verb of saying behind a clause leaves open what is said."""
    objects = any(c.dep_ in ("obj", "cc") or (c.dep_ in ("ccomp", "xcomp") and c.i > verb.i) for c in verb.children)
    return is_reporting([verb]) and not objects and verb.lemma_.lower() not in _IDLE


def framed(doc: Any, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions outside all that were `found`, put as a remark before what is said or after it: "As X noted, …"."""
    covered = SpanIndex((s, one) for one in found if not one.nested for s in (*one.content, *one.cue))
    for verb in doc:
        if verb.dep_ != "advcl" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or not _remarks(verb):
            continue
        subject = next((c for c in reversed(list(verb.lefts)) if c.dep_ == "nsubj"), None)
        mark = next((c for c in verb.lefts if c.dep_ == "mark" and c.lower_ == "as"), None)
        if subject is None or mark is None or not mark.i < subject.left_edge.i:
            continue
        source = _span([t for t in doc[subject.left_edge.i : subject.right_edge.i + 1] if t.i < verb.i])
        cue = _span([t for t in doc[subject.right_edge.i + 1 : verb.i + 1] if t.text != ","])
        content = _beside_remark(mark, verb, doc)
        if not source or not cue or not content:
            continue
        if all(content.holds(s) for s, _ in covered.overlapping(Span(min(source.start, content.start), content.end))):
            yield Attribution((source,), (cue,), (content,))


def _remarks(verb: Any) -> bool:
    """Whether a verb of saying after "as" leaves open what is said: not "as she announced her plans", "as he told them"."""
    shows = (hit := lookup(verb)) is not None and hit[0] in _SHOWN
    said = any(c.dep_ in ("obj", "iobj", "ccomp", "xcomp") and c.i > verb.i for c in verb.children)
    passive = is_passive(verb)
    return (shows or is_reporting([verb])) and not said and not passive


def _beside_remark(mark: Any, verb: Any, doc: Any) -> Span | None:
    """The clause that a remark is set before, or after, with a comma between."""
    words = [t for t in verb.sent if not t.is_space]
    last = max(t.i for t in verb.subtree if not t.is_space)
    first, main = mark.i, verb.head
    if words[0].i == first or all(t.pos_ in ("CCONJ", "ADV") or t.is_punct for t in words if t.i < first):
        comma = next((t.i for t in words if t.i > verb.i and t.text == ","), len(doc))
        kept = [t for t in words if t.i > comma] if comma <= last + 1 and main.i > comma else []
    else:
        kept = [t for t in words if t.i < first] if doc[first - 1].text == "," and main.i < first else []
        turned = any(
            t.lower_ in _TURNED or t.dep_ == "neg" for t in kept
        )  # "It was not so, as she said": what did she say?
        kept = kept if last >= words[-1].i - 1 and not turned else []
    while kept and kept[-1].is_punct and kept[-1].text not in '”"’)]':
        kept = kept[:-1]
    clause = len(kept) >= LEAST and any(t.tag_ in FINITE for t in kept)
    return _span(kept) if clause else None


def announced(doc: Any, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions inside contents, of what a noun says about itself: "the toll of 12 | that was announced by | the board"."""
    cues = {mark for one in found for mark in one.cue}
    for content in sorted({c for one in found if not one.nested for c in one.content}):
        tokens = tokens_in(doc, content)
        for verb in tokens:
            if verb.tag_ != "VBN" or verb.dep_ != "acl" or verb.head.pos_ != "NOUN" or not is_reporting([verb]):
                continue
            agent = next((c for c in verb.children if c.dep_ == "obl" and c.i > verb.i and _by(c)), None)
            between = [
                c.i for c in verb.children if verb.head.i < c.i < verb.i and c.dep_ in ("nsubj", "aux", "advmod")
            ]
            first, last = doc[core(verb.head, doc)], doc[min([verb.i, *between]) - 1]
            while last.is_punct and last.i > verb.head.i:
                last = doc[last.i - 1]
            mark = Span(verb.idx, verb.idx + len(verb))
            if agent is None or first.i < tokens[0].i or last.i < verb.head.i or mark in cues:
                continue
            source = _span([t for t in doc[agent.left_edge.i : agent.i + 1] if t.dep_ != "case" or t.head != agent])
            end = max([agent.right_edge.i, agent.i])
            if source and end <= tokens[-1].i:
                grown = Span(source.start, _named_end(agent, doc))
                yield Attribution((grown,), (mark,), (Span(first.idx, last.idx + len(last)),), True)


def _by(noun: Any) -> bool:
    return any(c.dep_ == "case" and c.lower_ == "by" for c in noun.children)


def _named_end(noun: Any, doc: Any) -> int:
    """Where a noun phrase ends with the "of …" that belongs to a name, and without brackets or dates after it."""
    last = noun
    for token in doc[noun.i + 1 : noun.right_edge.i + 1]:
        if token.dep_ not in ("case", "det", "nmod", "flat", "compound", "amod") or token.is_punct or token.like_num:
            break
        last = token
    while last.i > noun.i and last.pos_ in ("ADP", "DET"):
        last = doc[last.i - 1]
    return int(last.idx + len(last))


def left_alone(doc: Any, raw: Sequence[Attribution], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions of which the tagger saw who says, but not what: the clause that the tree hangs on the verb or it on.

    "The quay was swept away, the board found in May." `raw` are the tagger's, `found` those that are claims already.
    """
    covered = SpanIndex((s, one) for one in found if not one.nested for s in (*one.content, *one.cue))
    for one in raw:
        if one.nested or one.content or not one.cue or not one.source:
            continue
        verb = next((t for t in tokens_in(doc, one.cue[0]) if t.pos_ == "VERB" and is_reporting([t])), None)
        clause = _said_clause(verb) if verb is not None else None
        if verb is None or clause is None:
            continue
        own = {t.i for s in (*one.source, *one.cue) for t in tokens_in(doc, s)}
        below = {t.i for t in verb.subtree} if clause.is_ancestor(verb) else set()
        # sorted: where a tree crosses itself, spaCy's subtree is not in the order of the text
        whole = sorted((t for t in clause.subtree if not t.is_space), key=lambda t: t.i)
        words = _without_gap([t for t in whole if t.i not in own and t.i not in below], clause)
        while words and words[-1].is_punct and words[-1].text not in '”"’)]':
            words = words[:-1]
        content = _span(words)
        if content is None or len(words) < LEAST:
            continue
        apart = words[-1].i < min(own) or words[0].i > max(own)
        if apart and any(t.tag_ in FINITE for t in words) and not any(True for _ in covered.overlapping(content)):
            yield Attribution(one.source, one.cue, (content,))


def _without_gap(words: Sequence[Any], head: Any) -> list[Any]:
    """Of the words of a clause those that stand together with its head, up to a semicolon."""
    runs: list[list[Any]] = [[]]
    for token in words:
        if runs[-1] and (token.i - runs[-1][-1].i > 2 or token.text == ";"):
            runs.append([])
        runs[-1].append(token)
    return next((run for run in runs if head in run), [])


def _said_clause(verb: Any) -> Any | None:
    """The head of the clause that a verb of saying governs, or that it is put behind with a comma."""
    before = verb.doc[max(0, verb.left_edge.i - 1)]
    behind = verb.dep_ == "advcl" and before.text == "," and not any(c.dep_ == "mark" for c in verb.children)
    if (verb.dep_ == "parataxis" or behind) and verb.head != verb:
        return verb.head
    return next(
        (c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN")),
        None,
    )


def _clause(head: Any, verb: Any) -> Span | None:
    """The words of a clause where they stand together after the verb, begin with "that" and hold a finite verb."""
    words = sorted((t for t in head.subtree if not t.is_space), key=lambda t: t.i)
    while words and words[-1].is_punct and words[-1].text not in '”"’)]':
        words = words[:-1]
    gaps = any(b.i - a.i > 2 for a, b in pairwise(words))
    if len(words) < LEAST or gaps or words[0].i <= verb.i or words[0].lower_ != "that":
        return None
    return _span(words) if any(t.tag_ in FINITE for t in words) else None


def _span(tokens: Sequence[Any]) -> Span | None:
    words = [t for t in tokens if not t.is_space]
    return Span(words[0].idx, words[-1].idx + len(words[-1])) if words else None
