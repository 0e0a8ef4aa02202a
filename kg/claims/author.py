"""Author claims: what a document states in its own voice, beside what it credits others with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kg.claims.extent import text_of, tokens_in
from kg.claims.spans import SpanIndex
from kg.claims.stance import kind_of, modality_of, polarity_of
from kg.document import Document, Span
from kg.reader.attribution import Attribution
from kg.records import Claim, Quantity, Speaker, Time

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
LEAST: Final = 4
"""Words of a statement."""
_LOOSE: Final = frozenset({"CCONJ", "PUNCT", "SPACE", "SYM"})
_LEADING: Final = frozenset(
    {"that", "which", "who", "but", "and", "or", "while", "as", "however", "though", "although"}
)
_TRAILING: Final = frozenset(
    {"and", "but", "or", "as", "that", "which", "who", "while", "however", "because", "after", "when"}
)
_TERMINAL: Final = ".!?…:;”’\"')"


def author_claims(
    document: Document,
    doc: Any,
    attributions: Sequence[Attribution],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    speaker: Speaker,
) -> Iterator[Claim]:
    """Statements outside all attributions: a finite verb, and an entity, a quantity or a date. Headings are not statements."""
    facts = SpanIndex([*((q.span, q.id) for q in quantities), *((t.span, t.id) for t in times)])
    parts = [one for one in attributions if not one.nested]
    taken = _tokens_of(doc, [s for one in parts for s in (*one.content, *one.cue)])
    sources = _tokens_of(doc, [s for one in parts for s in one.source])
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        if (
            not tokens
            or is_heading(doc, tokens)
            or tokens[-1].text == "?"
            or (len(tokens) > 1 and tokens[-2].text == "?")
        ):
            continue
        stated: set[int] = set()
        for part in _outside(tokens, taken, sources):
            part = _trimmed(part)
            if len([t for t in part if t.text[:1].isalnum()]) < LEAST or not (verbs := _finite(part)):
                continue
            part = _complete(part, tokens, verbs)
            if not part:
                continue
            span = Span(part[0].idx, part[-1].idx + len(part[-1]))
            if part[0].i in stated:
                continue  # the whole sentence, already
            stated |= {t.i for t in part}
            if any(t.ent_type_ for t in part) or any(True for _ in facts.overlapping(span)):
                yield _claim(document, span, part, tokens, speaker)


def _claim(document: Document, span: Span, part: list[Any], sentence: list[Any], speaker: Speaker) -> Claim:
    kind = kind_of((), part)
    return Claim(
        id=f"{document.id}-c{span.start}-{span.end}",
        spans=(span,),
        quote=" ".join(span.of(document.text).split()),
        sentence=Span(sentence[0].idx, sentence[-1].idx + len(sentence[-1])),
        speaker=speaker,
        chain=(speaker,),
        kind=kind,
        directness="author",
        polarity=polarity_of((), part, kind),
        modality=modality_of((), part, kind),
    )


def is_heading(doc: Any, tokens: Sequence[Any]) -> bool:
    """A line of its own, most of its words capitalised: a heading, a menu, a byline. With a full stop, nearly all of them."""
    words = [t for t in tokens if t.is_alpha]
    capitals = sum(t.text[0].isupper() for t in words)
    stopped = tokens[-1].text[-1] in _TERMINAL and not tokens[-1].text.endswith(")")
    if stopped and (len(words) < 6 or capitals < 0.75 * len(words)):
        return False
    text, start, end = text_of(doc), tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t\r":
        end += 1
    alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    return alone and (len(words) < LEAST or capitals >= 0.5 * len(words))


def _tokens_of(doc: Any, spans: Sequence[Span]) -> set[int]:
    return {token.i for span in spans for token in tokens_in(doc, span)}


def _outside(tokens: list[Any], taken: set[int], sources: set[int]) -> Iterator[list[Any]]:
    """The stretches of a sentence that no cue and no content covers; a source stays where it is the subject of what is left."""
    part: list[Any] = []
    for token in tokens:
        if token.i in taken:
            if part:
                yield _without_source(part, sources)
            part = []
        else:
            part.append(token)
    if part:
        yield _without_source(part, sources)


def _without_source(part: list[Any], sources: set[int]) -> list[Any]:
    """A stretch less a source at its end, which belongs to the cue after it, or before its comma ("according to X, …")."""
    cut = part
    first = next((n for n, t in enumerate(cut) if t.i not in sources), len(cut))
    if 0 < first < len(cut) and cut[first].text == ",":
        cut = cut[first + 1 :]
    while cut and cut[-1].i in sources:
        cut = cut[:-1]
    return cut if any(t.tag_ in FINITE for t in cut) else [] if len(cut) < len(part) else part


def _complete(part: list[Any], sentence: list[Any], verbs: list[Any]) -> list[Any]:
    """A stretch that says nothing alone, grown to its sentence: it ends in the middle of a phrase, or its first verb's subject is
    a relative pronoun for something outside it. Nothing, where it is a prepositional phrase with a relative clause."""
    if len(part) == len(sentence):
        return part
    inside = {t.i for t in part}
    relative = verbs[0].dep_ == "acl" and verbs[0].head.i not in inside
    if relative or (part[-1].pos_ == "ADP" and part[-1].i < sentence[-1].i):
        return _trimmed(sentence)
    if all(v.dep_ == "acl" for v in verbs) and part[0].i != sentence[0].i:
        return [] if part[0].pos_ == "ADP" else _trimmed(sentence)
    return part


def _finite(part: Sequence[Any]) -> list[Any]:
    """The finite verbs of a stretch that have their subject there too, in order."""
    inside = {t.i for t in part}
    found = []
    for token in part:
        if token.tag_ not in FINITE:
            continue
        verb = token.head if token.dep_ in ("aux", "cop") else token
        subjects = [c for c in (*verb.children, *token.children) if c.dep_ in ("nsubj", "csubj", "expl")]
        if any(c.i in inside for c in subjects):
            found.append(verb)
    return found


def _trimmed(part: list[Any]) -> list[Any]:
    while part and (
        (part[0].pos_ in _LOOSE and part[0].text not in '“"‘$([')
        or (part[0].lower_ in _LEADING and part[0].i != part[0].sent[0].i)
    ):
        part = part[1:]
    while part and (part[-1].pos_ in ("CCONJ", "SPACE") or part[-1].text in ",;:–—-" or part[-1].lower_ in _TRAILING):
        part = part[:-1]
    return part
