"""Names as the reader marks them, put right: ends trimmed or grown, common nouns and the words of headings and menus left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.claims import names
from kg.claims.furniture import furniture, headings
from kg.claims.lexicon import FINITE
from kg.claims.spans import SpanIndex
from kg.document import Span

MENU: Final = 5
"""Words from which on a name without "of", "and" and the like is a row of headings where its line has no verb."""
LONG: Final = 3
"""Words of a name that is known again wherever it stands."""
_GENERIC: Final = frozenset("ngo ceo cfo mp mep pm tv pr hr it q&a faq pdf url id".split())
"""Acronyms of common nouns."""
_SURNAMES: Final = frozenset("king prince pope judge justice major lord lady queen princess chair".split())
"""Titles that are also surnames, or name one person by themselves."""
_TOPICAL: Final = frozenset(
    "minister secretary undersecretary commissioner rapporteur representative envoy ombudsman advocate prosecutor".split()
)
"""Offices whose "for" is followed by what they deal with, not by whom they serve."""
_COMBINED: Final = frozenset("based born backed led style controlled run held bound funded educated wide".split())
_SEATED: Final = frozenset({"based", "born", "educated"})
_TITLED: Final = frozenset({"called", "titled", "entitled", "named", "dubbed"})
_QUOTES: Final = "“”\"‘’'«»"
_REST: Final = re.compile(r"\s(?:the\s)?[A-Z][\w’'-]+(?:\s(?:(?:of|for)\s(?:the\s)?)?(?:[A-Z][\w’'-]+|\d{4}(?!\w)))*")
"""How a name goes on after "of", "for" and the like."""
_WORDS: Final = re.compile(r"[^\s()]+")
NEAR: Final = 90
"""Characters on both sides of a mention in which the rest of its name may stand."""
PLACE: Final = 3.0
"""Score as a place from which on what is left of a body's name is one."""
STRUCK: Final = 1.0
"""The same for two names joined before what happened there."""
_HAPPENINGS: Final = frozenset(
    "protest demonstration rally riot clash uprising unrest attack bombing shooting raid killing massacre strike march fire "
    "flood storm earthquake explosion blast battle siege".split()
)
LOOKED_UP: Final = 100
"""Names of headings that are looked up in the running text."""


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name: its characters, its type as an entity, and its words."""

    span: Span
    kind: str
    text: str


def name_at(text: str, span: Span, kind: str) -> Name:
    """The name at a place of the text, its words with one blank between."""
    return Name(span, kind, " ".join(span.of(text).split()))


def in_order(found: Iterable[Name]) -> list[Name]:
    """Names in order, the longer of two that share characters."""
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.span.start, -n.span.end)):
        if not kept or not name.span.overlaps(kept[-1].span):
            kept.append(name)
    return kept


def marked(text: str, doc: Any) -> list[Name]:
    """The names that the reader marked, in order, without those that are none."""
    aside = SpanIndex((line, line) for line in furniture(doc, text))
    found = []
    for ent in doc.ents:
        tokens = _trimmed([t for t in ent if not t.is_space], ent.label_)
        if not tokens or not any(c.isupper() or c.isdigit() for t in tokens for c in t.text):
            continue
        if tokens[0].lower_ in ("of", "for"):
            continue  # an office without its holder, its title stripped: "Minister | of Fisheries"
        if _is_office(tokens) or _is_menu(tokens) or _is_common(tokens, ent.label_) or _is_topic(tokens, ent.label_):
            continue
        span = _whole_phrase(Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1])), text)
        if span is not None and not any(True for _ in aside.overlapping(span)):
            found.append(Name(span, _kind(ent.label_, tokens), " ".join(span.of(text).split())))
    return _without_heading_words(found, text, SpanIndex((line, line) for line in headings(doc, text)))


def _trimmed(tokens: list[Any], kind: str) -> list[Any]:
    """A mention without titles, articles, stray marks and half brackets at its ends, and without a verb in it."""
    texts = [t.text for t in tokens]
    if ")" in texts and "(" not in texts[: texts.index(")")]:
        tokens = tokens[texts.index(")") + 1 :]  # "(HBW) General Assembly", the first bracket left out
    while tokens and (tokens[0].is_punct or tokens[0].lower_ in ("the", "a", "an", "'s", "’s")):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in ("'s", "’s", "'", "’") or tokens[-1].is_punct):
        tokens = tokens[:-1]
    if kind == "person" and tokens:
        tokens = tokens[names.strip_titles([t.text for t in tokens]) :]
        tokens = tokens[1:] if len(tokens) > 1 and tokens[0].text == "." else tokens  # "MS | . | MORENO"
    # of a heading ("UN Pushes Ministry") only who does it
    verb = next((n for n, t in enumerate(tokens) if n and t.tag_ in FINITE), len(tokens))
    tokens = tokens[: min(verb, _combined(tokens))]
    return _without_noun(tokens) if kind == "organization" else tokens


def _without_noun(tokens: list[Any]) -> list[Any]:
    """A body's name without common nouns at its end: "Lake Union | water experts", "Westmark | office".

    One word is left only where it is an acronym or looks like a place: "Time magazine" stays.
    """
    last = max((n for n, t in enumerate(tokens) if t.text[0].isupper() or not t.is_alpha), default=-1)
    if not 0 <= last < len(tokens) - 1 or tokens[last + 1].pos_ not in ("NOUN", "ADJ"):
        return tokens
    kept = tokens[: last + 1]
    while len(kept) > 1 and kept[-1].pos_ == "ADJ":
        kept = kept[:-1]  # "Lake Union | Northern | division"
    alone = len(kept) == 1 and not names.is_acronym(kept[0].text) and _place_score(kept[0]) < PLACE
    return tokens if alone or kept[-1].is_punct else kept


def _place_score(token: Any) -> float:
    """The reader's second opinion on whether a word names a place."""
    return float((token.doc._.place_scores or {}).get(token.i, 0.0))


def _combined(tokens: Sequence[Any]) -> int:
    """Where the name ends in a mention that the reader took with "-based" and the like: "Westmark-based Group"."""
    for n, token in enumerate(tokens):
        if n and token.text in "-‐‑" and _combines(token):
            return n
    return len(tokens)


def _combines(hyphen: Any) -> bool:
    doc, after = hyphen.doc, hyphen.i + 1
    return after < len(doc) and doc[after].lower_ in _COMBINED and not hyphen.whitespace_


def _kind(kind: str, tokens: Sequence[Any]) -> str:
    """The type of a mention, where the words around it say more than the reader: a seat is a place, a title a work."""
    doc, before, after = tokens[0].doc, tokens[0].i - 1, tokens[-1].i + 1
    if after + 1 < len(doc) and doc[after].text in "-‐‑" and doc[after + 1].lower_ in _SEATED:
        return "place"
    quoted = before > 0 and after < len(doc) and doc[before].text in _QUOTES and doc[after].text in _QUOTES
    if quoted and doc[before - 1].lower_ in _TITLED:
        return "work"
    if _left_of_body(tokens) or _struck(tokens, kind):
        return "place"
    return names.KINDS.get(names.key(" ".join(t.text for t in tokens)), kind)


def _left_of_body(tokens: Sequence[Any]) -> bool:
    """Whether a mention was cut before a common noun and what is left looks like a place: "Westmark | office"."""
    doc, after = tokens[0].doc, tokens[-1].i + 1
    cut = after < len(doc) and doc[after].ent_iob_ == "I" and doc[after].ent_type_ == "organization"
    return cut and doc[after].is_lower and _place_score(tokens[-1]) >= PLACE


def _struck(tokens: Sequence[Any], kind: str) -> bool:
    """Whether names of one word are joined before what happened there, and both look like places: "Norby and Westmark floods"."""
    if len(tokens) > 1 or kind not in ("organization", "group"):
        return False
    first = tokens[0].head if tokens[0].dep_ == "conj" else tokens[0]
    both = [first, *(c for c in first.children if c.dep_ == "conj")]
    noun = first.head
    if len(both) < 2 or tokens[0] not in both or first.dep_ != "compound" or noun.lemma_.lower() not in _HAPPENINGS:
        return False
    return all(t.tag_ == "NNP" and t.ent_type_ != "person" and _place_score(t) >= STRUCK for t in both)


def _is_office(tokens: Sequence[Any]) -> bool:
    """Whether a name is an office without its holder, or the first half of one, such as "Supreme" of "Supreme Leader"."""
    words = [t.lower_.rstrip(".") for t in tokens if t.text not in "-‐‑"]
    if not all(w in names.TITLES or w in names.OFFICE_ADJECTIVES for w in words):
        return False
    after = tokens[-1].i + 1
    half = after < len(tokens[0].doc) and tokens[0].doc[after].lower_ in names.TITLES
    return half or (words[-1] in names.TITLES and not (len(words) == 1 and words[0] in _SURNAMES))


def _is_common(tokens: Sequence[Any], kind: str) -> bool:
    """Whether a name is a common noun in capitals: "NGOs", "21 Non-Governmental Organizations"."""
    if kind in ("group", "person"):
        return False
    last = tokens[-1]
    if len(tokens) == 1 and (last.lower_.removesuffix("s") in _GENERIC or re.fullmatch(r"[A-Z]{2,6}s", last.text)):
        return True
    return last.tag_ in ("NNS", "NNPS") and any(c.dep_ == "nummod" and c.i < tokens[0].i for c in last.children)


def _is_topic(tokens: Sequence[Any], kind: str) -> bool:
    """Whether a name is what an office deals with: "Secretary for Fisheries, Harbours, and Trade"."""
    if kind in ("person", "place") or any(names.is_acronym(t.text) for t in tokens):
        return False
    doc, at = tokens[0].doc, tokens[0].i - 1
    while at > 0 and (doc[at].text in ",&" or doc[at].lower_ in ("and", "of", "state") or doc[at].text[0].isupper()):
        if doc[at].lower_ in _TOPICAL:
            return False
        at -= 1
    if at < 1 or doc[at].lower_ != "for":
        return False
    at -= 1
    while at > 0 and (doc[at].lower_ in ("of", "state", "general", "-")):
        at -= 1
    return doc[at].lower_ in _TOPICAL and doc[at].text[0].isupper()


def _is_menu(tokens: Sequence[Any]) -> bool:
    """Whether a name is a row of words of a menu or heading: many capitalised words in a line without a verb."""
    if len(tokens) < MENU or any(t.lower_ in names.SMALL for t in tokens):
        return False
    return not any(t.pos_ in ("VERB", "AUX") for t in tokens[0].sent)


def _whole_phrase(span: Span, text: str) -> Span | None:
    """A name that ends in a preposition, grown to what follows ("Justice for | the Miners of 1970") or cut before it."""
    inside = span.of(text)
    if inside.split()[-1].lower() not in names.SMALL:
        return span
    rest = _REST.match(text, span.end)
    if rest:
        return Span(span.start, rest.end())
    while inside and inside.split()[-1].lower() in names.SMALL:
        inside = inside[: -len(inside.split()[-1])].rstrip()
    return Span(span.start, span.start + len(inside)) if inside else None


def _without_heading_words(found: list[Name], text: str, heads: SpanIndex[Span]) -> list[Name]:
    """Names less those that only a heading writes in capitals, where the running text has "Westmark regime".

    Of such a name that part is kept which the running text names.
    """
    body = [name for name in found if not any(True for _ in heads.overlapping(name.span))]
    known = {name.text: name.kind for name in body}
    written: dict[str, list[str]] = {}
    kept = list(body)
    for name in (name for name in found if any(True for _ in heads.overlapping(name.span))):
        if name.text not in written and len(written) < LOOKED_UP:
            matches = re.finditer(rf"(?<!\w){re.escape(name.text)}(?!\w)", text, re.IGNORECASE)
            spans = (Span(m.start(), m.end()) for m in matches)
            written[name.text] = [s.of(text) for s in spans if not any(True for _ in heads.overlapping(s))]
        elsewhere = written.get(name.text, [])
        if not elsewhere or name.text in elsewhere:
            kept.append(name)
            continue
        part = " ".join(word for word in elsewhere[0].split() if word[0].isupper())
        if part in known and name.text.startswith(part):
            kept.append(Name(Span(name.span.start, name.span.start + len(part)), known[part], part))
    return sorted(kept, key=lambda name: name.span)


def whole(text: str, found: list[Name]) -> list[Name]:
    """Names with halves of the document's long ones grown to them.

    "Miners' Union of Westmark" named once makes "Union of Westmark" whole where "Miners'" stands before it.
    """
    long = {_plain(name.text): name.kind for name in found if len(name.text.split()) >= LONG and name.kind != "person"}
    starts = {" ".join(full.split()[:n]): kind for full, kind in long.items() for n in range(2, len(full.split()))}
    pairs = {_plain(name.text): name.kind for name in found if len(name.text.split()) == 2 and name.kind != "person"}
    return in_order(_paired(text, name, pairs) for name in (_grown(text, name, long, starts) for name in found))


def _paired(text: str, name: Name, pairs: Mapping[str, str]) -> Name:
    """The first word of a name of two that the document has whole elsewhere, grown to it where the second word follows."""
    single = " " not in name.text and not names.is_acronym(name.text) and name.kind not in ("person", "group")
    after = _WORDS.match(text, name.span.end + 1) if single else None
    if after is None:
        return name
    span = Span(name.span.start, after.start() + len(after[0].rstrip(',.;:!?”"')))
    kind = pairs.get(_plain(span.of(text)))
    return Name(span, kind, " ".join(span.of(text).split())) if kind and text[name.span.end] == " " else name


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _grown(text: str, name: Name, long: Mapping[str, str], starts: Mapping[str, str]) -> Name:
    """A name grown to a long one around it, or to the beginning of one that ends with it."""
    before = _WORDS.finditer(text, max(0, name.span.start - NEAR), name.span.start)
    after = _WORDS.finditer(text, name.span.end, name.span.end + NEAR)
    first = [*(m.start() for m in before), name.span.start]
    last = [name.span.end, *(m.start() + len(word) for m in after if (word := m[0].rstrip(',.;:!?”"')))]
    for start in first:
        for end in reversed(last):
            words = _plain(text[start:end])
            half = start < name.span.start and end == name.span.end and starts.get(words) == name.kind
            kind = long.get(words) or (name.kind if half else "")
            if kind and (start, end) != (name.span.start, name.span.end):
                return Name(Span(start, end), kind, " ".join(text[start:end].split()))
    return name
