"""Author claims: what a document states in its own voice, beside what it credits others with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from kg.claims.conjuncts import beside
from kg.claims.extent import text_of, tokens_in
from kg.claims.furniture import LEAST, furniture, is_heading
from kg.claims.quotation import MARKS
from kg.claims.relatives import with_antecedent
from kg.claims.spans import SpanIndex
from kg.claims.stance import kind_of, modality_of, polarity_of
from kg.claims.substance import DEFINITE, SHORT, is_past_alone, tells, testifies
from kg.claims.turns import Turns
from kg.document import Document, Span
from kg.reader.attribution import Attribution
from kg.records import Claim, Quantity, Speaker, Time

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DEPENDENT: Final = frozenset({"advcl", "obl", "xcomp", "csubj"})
_INDEPENDENT: Final = frozenset({"ROOT", "conj", "parataxis", "ccomp"})
_HYPHENS: Final = "-‐‑"
_BRACKETS: Final = "(["
_TICKED: Final = re.compile(r"\d{1,2}[:.]\d\d")
"""The hour before an entry of a ticker."""
LABEL: Final = 14
"""Words of a label before a statement, its colon among them, at most."""
_LOOSE: Final = frozenset({"CCONJ", "PUNCT", "SPACE", "SYM"})
_LEADING: Final = frozenset(
    {"that", "which", "who", "but", "and", "or", "while", "as", "however", "though", "although"}
)
_TRAILING: Final = frozenset(
    {"and", "but", "or", "as", "that", "which", "who", "while", "however", "because", "after", "when"}
)


def author_claims(
    document: Document,
    doc: Any,
    attributions: Sequence[Attribution],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    speaker: Speaker,
    turns: Turns | None = None,
    quoted: Sequence[Span] = (),
) -> Iterator[Claim]:
    """Statements outside all attributions: a finite verb, and an entity, a quantity, a date, or something definite that is told.

    Headings are not statements. In a turn of a transcript all is that states something. Clauses side by side are one claim each;
    `quoted` are the document's quotations, which stay whole.
    """
    facts = SpanIndex([*((q.span, q.id) for q in quantities), *((t.span, t.id) for t in times)])
    parts = [one for one in attributions if not one.nested]
    cues = _tokens_of(doc, [s for one in parts for s in one.cue])
    taken = cues | _tokens_of(doc, [s for one in parts for s in one.content])
    sources = _tokens_of(doc, [s for one in parts for s in one.source])
    aside = SpanIndex((line, line) for line in furniture(doc, text_of(doc)))
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        if not tokens or not _states(tokens, doc) or any(True for _ in aside.overlapping(_span(tokens))):
            continue
        stated: set[int] = set()
        for part in _outside(tokens, taken, sources):
            relative = with_antecedent(part, tokens)
            part = _trimmed(_without_label(_trimmed(part)))
            spoken = bool(part) and turns is not None and turns.at(part[0].idx) is not None
            part = relative or _complete(part, tokens, taken, cues | sources)
            if not part or part[0].i in stated:
                continue  # the whole sentence, already
            stated |= {t.i for t in part}
            says = partial(_says, facts=facts, spoken=spoken, relative=bool(relative))
            for piece in _pieces(part, quoted, says):
                yield _claim(document, _span(piece), piece, tokens, speaker)


def _says(some: list[Any], facts: SpanIndex[str], spoken: bool, relative: bool) -> bool:
    """Whether words state something: `spoken` in somebody's turn, or in a document's own voice; `relative`: of what is named."""
    if spoken:
        return testifies(some, _finite(some))
    fact = any(t.ent_type_ for t in some) or any(True for _ in facts.overlapping(_span(some)))
    return (
        (fact and len(_words(some)) >= LEAST) or tells(some, _finite(some)) or (relative and some[0].lower_ in DEFINITE)
    )


def _words(some: Sequence[Any]) -> list[Any]:
    return [t for t in some if t.text[:1].isalnum()]


def _pieces(part: list[Any], quoted: Sequence[Span], says: Callable[[list[Any]], bool]) -> Iterator[list[Any]]:
    """The clauses of a statement that stand side by side, if each says something; else all of it, if it does."""
    pieces = beside(part, quoted)
    yield from pieces if all(map(says, pieces)) else filter(says, [part])


def _states(tokens: Sequence[Any], doc: Any) -> bool:
    """Whether a sentence may state something: no heading, no question."""
    asks = any(t.text == "?" for t in tokens[-2:])
    return not asks and not is_heading(text_of(doc), tokens)


def _span(tokens: Sequence[Any]) -> Span:
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


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


def _tokens_of(doc: Any, spans: Sequence[Span]) -> set[int]:
    return {token.i for span in spans for token in tokens_in(doc, span)}


def _outside(tokens: list[Any], taken: set[int], sources: set[int]) -> Iterator[list[Any]]:
    """The stretches of a sentence that no cue and no content covers; a source stays where it is the subject of what is left."""
    part: list[Any] = []
    for token in tokens:
        if token.i in taken:
            if part:
                # before a participle ("a decree by the mayor | demanding …") a source belongs to what it modifies
                yield part if token.tag_ == "VBG" else _without_source(part, sources)
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


def _without_label(part: list[Any]) -> list[Any]:
    """A statement without a label before it: bracketed names, "(HBW) and (WPA): The harbour was closed", or a time, "09:20 …"."""
    if len(part) > LEAST and _TICKED.fullmatch(part[0].text) and part[1].text[:1].isupper():
        part = part[1:]
    colon = next((n for n, t in enumerate(part[:LABEL]) if t.text.endswith(":")), 0)
    after = part[colon + 1 :]
    if not part or part[0].text not in _BRACKETS or not colon or len(after) < LEAST or not after[0].text[0].isupper():
        return part
    return part if any(t.tag_ in FINITE for t in part[:colon]) else after


def _complete(part: list[Any], sentence: list[Any], taken: set[int], said: set[int]) -> list[Any]:
    """A stretch as a clause that says something alone: cut to it, grown to its last phrase, or to its sentence.

    `said` are the words of cues and sources. Nothing, where no finite verb has its subject in the stretch, or where it all
    hangs on what is `said` ("… she said | on Friday, as she left").
    """
    if len(_words(part)) < SHORT:
        return []
    verbs = _finite(part)
    if not any(t.i in taken for t in sentence):
        return part if verbs or _has_subject(part) else []
    if not verbs:
        return []
    inside = {t.i for t in part}
    tops = [_top(v, inside) for v in verbs]
    clauses = [t for t in tops if t in verbs and t.dep_ != "acl" and (t.dep_ not in _DEPENDENT or t.head.i not in said)]
    if not clauses:
        introduces = part[-1].i + 1 in said and part[-1].nbor().text == ":"
        loose = introduces or all(t.head.i in said for t in tops) or part[0].pos_ == "ADP"
        return [] if loose else _trimmed(sentence)
    if part[0] != sentence[0] and not any(c == part[0] or c.is_ancestor(part[0]) for c in clauses):
        main = next((c for c in clauses if c.dep_ in _INDEPENDENT), None)
        part = _trimmed([t for t in part if t.i >= main.left_edge.i]) if main is not None else []
        if main not in _finite(part):
            return []
    last = _end_of_phrase(part, inside, said)
    if last > part[-1].i:
        return _trimmed([t for t in sentence if part[0].i <= t.i <= last])
    return _trimmed(sentence) if part[-1].pos_ == "ADP" and part[-1].i < sentence[-1].i else part


def _top(verb: Any, inside: set[int]) -> Any:
    """The highest word above a verb that is still inside a stretch."""
    while verb.head != verb and verb.head.i in inside:
        verb = verb.head
    return verb


def _has_subject(sentence: Sequence[Any]) -> bool:
    """Whether a whole sentence has a finite verb after a noun, which the tree may have failed to see as its subject."""
    finite = next((t for t in sentence if t.tag_ in FINITE), None)
    return finite is not None and any(t.i < finite.i and t.pos_ in ("NOUN", "PROPN", "PRON") for t in sentence)


def _end_of_phrase(part: Sequence[Any], inside: set[int], said: set[int]) -> int:
    """The last word of the phrase that goes on after a stretch, up to a clause or a mark; 0 where none does.

    "The panels held | the hearings, which were described by …": the hearings are the author's too.
    """
    doc, following = part[0].doc, part[-1].i + 1
    if following >= len(doc) or (doc[following].is_punct and doc[following].text not in _HYPHENS):
        return 0
    top = doc[following]
    while top.head != top and top.head.i not in inside and top.head.i > part[0].i:
        top = top.head
    if top.head.i not in inside or top.dep_ not in ("obj", "obl", "iobj", "nmod", "appos", "flat") or top.i in said:
        return 0
    last = 0
    for token in doc[following : top.right_edge.i + 1]:
        if (
            token.i in said
            or (token.is_punct and token.text not in _HYPHENS)
            or (token.i > top.i and token.dep_ in ("acl", "cc"))
        ):
            break
        last = token.i
    return last if last >= top.i else 0


def _finite(part: Sequence[Any]) -> list[Any]:
    """The finite verbs of a stretch that have their subject there too, in order."""
    inside = {t.i for t in part}
    found = []
    for token in part:
        if token.tag_ not in FINITE and not is_past_alone(token):
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
    if part and part[-1].text in MARKS and sum(t.text in MARKS for t in part) % 2:
        part = part[:-1]  # what opens or closes a quotation that is somebody's
    while part and (part[-1].pos_ in ("CCONJ", "SPACE") or part[-1].text in ",;:–—-" or part[-1].lower_ in _TRAILING):
        part = part[:-1]
    return part
