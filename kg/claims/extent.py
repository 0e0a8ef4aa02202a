"""How far a content reaches: loose ends trimmed, brackets closed, clauses made whole; and the sentence around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from kg.claims.spans import SpanIndex
from kg.document import Span
from kg.reader.attribution import Attribution

_EDGES: Final = ",;:–—-"
_CLOSE: Final = {"(": ")", "[": "]", "“": "”", "«": "»"}
_DANGLING: Final = frozenset({"that", "which", "who", "whom", "and", "but", "or"})
_JOINED: Final = re.compile(r"[\s,]*(?:and|or)?\s*")
_COMMAS: Final = frozenset({",", "–", "—"})
_PREMODIFIERS: Final = frozenset({"det", "amod", "compound", "nummod"})
REACH: Final = 60
"""Characters after a content in which a bracket it opened may still close."""


def text_of(doc: Any) -> str:
    """The text of a Doc, which spaCy puts together anew each time it is asked."""
    text = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = str(doc.text)
    return str(text)


def sentence_starts(doc: Any) -> list[int]:
    """Where the sentences of a Doc begin, in characters; worked out once."""
    starts = doc.user_data.get("sentence starts")
    if starts is None:
        starts = doc.user_data["sentence starts"] = [sentence.start_char for sentence in doc.sents]
    return list(starts)


def trimmed(span: Span, doc: Any) -> Span | None:
    """A content without marks, spaces and dangling pronouns at its ends, and with the brackets and quotation marks it opened
    closed; None where nothing is left."""
    text = text_of(doc)
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in _EDGES):
        start += 1
    tokens = tokens_in(doc, Span(start, end)) if end > start else []
    while len(tokens) > 1 and (tokens[-1].text in _EDGES or tokens[-1].lower_ in _DANGLING):
        tokens = tokens[:-1]
    if not tokens:
        return None
    return _closed(Span(max(start, tokens[0].idx), min(end, tokens[-1].idx + len(tokens[-1]))), text)


def _closed(span: Span, text: str) -> Span:
    inside = span.of(text)
    for opening, closing in _CLOSE.items():
        if inside.count(opening) > inside.count(closing) and inside.rfind(opening) > inside.rfind(closing):
            at = text.find(closing, span.end, span.end + REACH)
            if at >= 0 and "\n" not in text[span.end : at]:
                return Span(span.start, at + 1)
    return span


def whole(span: Span, cue: Sequence[Any], doc: Any) -> Span:
    """A content that is only the subject of the clause its cue governs, grown to that clause.

    "claim | the decree still stands": the tagger may stop after "decree", the tree shows the clause.
    """
    tokens = tokens_in(doc, span)
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside]
    if len(tops) != 1 or tops[0].dep_ not in ("nsubj", "mark", "expl"):
        return span
    verb = tops[0].head
    governed = verb.dep_ in ("ccomp", "parataxis") and verb.head in cue
    framed = any(t.head == verb and t.dep_ in ("advcl", "parataxis") for t in cue)  # "As she said, boats were lost"
    if not (governed or framed) or verb in cue:
        return span
    clause = [t for t in verb.subtree if not t.is_space and t.i >= tokens[0].i]
    while clause and clause[-1].is_punct and clause[-1].text not in '”"’)]':
        clause = clause[:-1]
    between = [t for t in doc[clause[0].i : clause[-1].i + 1] if not t.is_space]
    if len(between) != len(clause) or clause[-1].i < tokens[-1].i or any(t in cue for t in between):
        return span
    return Span(span.start, clause[-1].idx + len(clause[-1]))


def core(head: Any, doc: Any) -> int:
    """The first token of a noun phrase without what hangs on its head in front: determiner, adjectives, compounds, number."""
    first = head.i
    while first > head.sent.start and doc[first - 1].dep_ in _PREMODIFIERS and doc[first - 1].head.i <= head.i:
        if doc[first - 1].head.i < first:
            break
        first -= 1
    return int(first)


def governed(span: Span, cue: Sequence[Any], doc: Any) -> Span:
    """A content that begins with a circumstance of saying, cut to what the cue governs.

    "confirmed | about the crackdown the toll", "highlighted, in | the report to the council, the lack": the tree tells
    the noun that is confirmed from what stands in a prepositional phrase before it.
    """
    tokens = tokens_in(doc, span)
    before = next((t for t in reversed(list(doc[max(0, tokens[0].i - 2) : tokens[0].i])) if not t.is_space), None)
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    loose = tokens[0].pos_ == "ADP" or (before is not None and before.pos_ == "ADP" and before not in cue)
    loose = loose or _on_circumstance(tokens[0], verb)
    if not loose or verb is None:
        return span
    nouns = [c for c in verb.children if c.dep_ in ("obj", "ccomp", "xcomp") and c.pos_ in ("NOUN", "PROPN")]
    if any(c.dep_ == "nsubj" for c in verb.lefts):  # a subject on both sides: the second is what the verb governs
        nouns += [c for c in verb.rights if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        nouns.append(verb.head)
    inside = [n for n in nouns if tokens[0].i < n.i <= tokens[-1].i]
    if not inside or doc[core(inside[0], doc)].i <= tokens[0].i:
        return span
    return Span(doc[core(inside[0], doc)].idx, span.end)


def _on_circumstance(first: Any, verb: Any | None) -> bool:
    """Whether a content begins inside a phrase that only says where: "in the report | on boats that he gave, the lack"."""
    if verb is None:
        return False
    return any(c.dep_ == "obl" and verb.i < c.i and (c == first or c.is_ancestor(first)) for c in verb.children)


def antecedent(span: Span, doc: Any) -> Span | None:
    """The noun phrase that a content of one relative pronoun stands for: "this attack, | which | was described as …"."""
    tokens = tokens_in(doc, span)
    if len(tokens) != 1 or tokens[0].tag_ not in ("WDT", "WP"):
        return None
    for token in reversed(list(doc[max(tokens[0].sent.start, tokens[0].i - 4) : tokens[0].i])):
        if token.pos_ in ("NOUN", "PROPN"):
            first = doc[core(token, doc)]
            return Span(first.idx, token.idx + len(token))
        if not (token.is_punct or token.is_space):
            return None
    return None


def _subject_words(verb: Any, cue: Sequence[Any], doc: Any) -> list[Any]:
    """The subject before a verb without what hangs on it behind; after "as", where the tree has none, the words before it."""
    subject = next((c for c in reversed(list(verb.lefts)) if c.dep_ == "nsubj"), None)
    if subject is not None:
        if subject in cue or subject.lower_ in ("that", "which", "who"):
            return []
        return [t for t in doc[subject.left_edge.i : subject.i + 1] if not t.is_space]
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "as"), None)
    first = min(
        [verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "advmod") and mark is not None and c.i > mark.i)]
    )
    words = [t for t in doc[mark.i + 1 : first] if not t.is_space] if mark is not None else []
    return words if words and all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PRON") for t in words) else []


def sourced(
    source: tuple[Span, ...], cue: Sequence[Any], contents: tuple[Span, ...], doc: Any
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Source and contents after a look at the subject of the cue's verb: a source that is only the end of that subject is
    grown to its beginning, and a "content" that is that subject becomes the source."""
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    words = _subject_words(verb, cue, doc) if verb is not None else []
    if verb is None or not words:
        return source, contents
    phrase = Span(words[0].idx, words[-1].idx + len(words[-1]))
    last = doc[min(max(w.right_edge.i for w in words), verb.i - 1)]
    reach = Span(phrase.start, max(phrase.end, last.idx + len(last.text.rstrip())))
    inside = [
        s
        for s in source
        if s.overlaps(reach) or (s.start >= reach.end and _JOINED.fullmatch(text_of(doc)[reach.end : s.start]))
    ]
    if not inside:
        far = bool(source) and not any(verb.sent.start_char <= s.start < verb.sent.end_char for s in source)
        if far and words[-1].pos_ in ("NOUN", "PROPN", "PRON") and not any(c.overlaps(reach) for c in contents):
            return (reach,), contents
        if not any(c.holds(phrase) and c.end <= phrase.end + 2 for c in contents):
            return source, contents
        return (phrase,), tuple(c for c in contents if not c.overlaps(phrase))
    grown = Span(min(phrase.start, inside[0].start), inside[-1].end)
    if any(cue_token.idx < grown.end and cue_token.idx + len(cue_token) > grown.start for cue_token in cue):
        return source, contents
    rest = tuple(c for c in contents if not c.overlaps(grown))
    return (grown, *(s for s in source if not s.overlaps(grown))), rest or contents


def around(contents: tuple[Span, ...], one: Attribution, doc: Any, covered: SpanIndex[Attribution]) -> tuple[Span, ...]:
    """Contents on both sides of an attribution set between commas ("Boats, she said, were lost"), where only one was found.

    `covered` are the parts of all attributions: what another one holds stays there.
    """
    parts = [*one.source, *one.cue]
    if not one.source or len(contents) != 1:
        return contents
    tokens = tokens_in(doc, Span(min(p.start for p in parts), max(p.end for p in parts)))
    words = [t for t in tokens if t.text[:1].isalnum()]
    sentence = [t for t in tokens[0].sent if not t.is_space]
    inside = all(any(p.start <= t.idx < p.end for p in parts) for t in words)
    if not inside or tokens[0].i <= sentence[0].i or doc[tokens[0].i - 1].text not in _COMMAS:
        return contents
    if (
        tokens[-1].i + 1 > sentence[-1].i
        or doc[tokens[-1].i + 1].text not in _COMMAS
        or tokens[-1].sent != tokens[0].sent
    ):
        return contents
    before = [t for t in sentence if t.i < tokens[0].i - 1]
    after = [t for t in sentence if t.i > tokens[-1].i + 1]
    other = before if contents[0].start > parts[0].start else after
    while other and other[-1].text in ".,":
        other = other[:-1]
    if not other:
        return contents
    span = Span(other[0].idx, other[-1].idx + len(other[-1]))
    if any(True for _ in covered.overlapping(span)):
        return contents
    return tuple(sorted((*contents, span)))


def tokens_in(doc: Any, span: Span) -> list[Any]:
    """The tokens that a span touches, white space left out."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return [t for t in found if not t.is_space] if found is not None else []


def sentence_around(doc: Any, spans: Sequence[Span]) -> Span:
    """The sentence or sentences that hold all of the spans, without white space at the ends."""
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    start, end = tokens_in(doc, Span(first, first + 1)), tokens_in(doc, Span(last - 1, last))
    left = start[0].sent.start_char if start else first
    right = end[-1].sent.end_char if end else last
    inside = text_of(doc)[left:right]
    left += len(inside) - len(inside.lstrip())
    right -= len(inside) - len(inside.rstrip())
    return Span(min(left, first), max(right, last))
