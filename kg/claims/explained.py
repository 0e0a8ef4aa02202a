"""Names that the document itself explains: bracketed acronyms, legal forms, titles, and names told elsewhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kg.claims import names
from kg.claims.extent import text_of
from kg.claims.mentions import Name, in_order, name_at
from kg.claims.roles.lexicon import HONORIFICS, nouns
from kg.claims.spans import SpanIndex
from kg.document import Span

_SHORT: Final = re.compile(r"\((?P<short>[A-Z][A-Za-z]{2,6})\)")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SKIPPED: Final = names.SMALL | frozenset(
    "des du les le do da dos das di dei della delle e y et el los las und für die das".split()
)
"""Small words of several languages, which an acronym may skip."""
NEAR: Final = 120
"""Characters before a bracket in which the name stands."""
SLACK: Final = 4
"""Small words that a name has more than its acronym has letters, at most."""
_LEGAL: Final = re.compile(
    r"(?:,?[ \u00a0](?:(?:Pvt|Pte)\.?[ \u00a0]Ltd\b\.?|Sdn\.?[ \u00a0]Bhd\b\.?|S\.[ ]?A\.(?:[ ]de[ ]C\.V\.)?|"
    r"S\.p\.A\.|S\.r\.l\.|A\.Ş\.|d\.o\.o\.|a\.s\.|s\.r\.o\.|(?:Ltd|Inc|Corp|Bros)\b\.?|(?:LLC|LLP|PLC|plc|GmbH|SARL|SpA|Srl|ApS|Oyj|EOOD|OOD|"
    r"JSC|OAO|OOO|ZAO|PAO|PJSC|Zrt|Kft|Nyrt|Lda|Ltda|Tbk|Bhd)\b(?!\.?\w))"
    r"|[ \u00a0](?:AG|KG|SA|SAS|SL|NV|BV|AB|ASA|AD|Oy)\b(?!\w|\.\w|[ \u00a0][^\W\d_a-z]))"
)
"""Legal forms of firms as they are written behind a name (after ISO 20275); those of two letters not behind a comma, where they
are regions ("Calgary, AB"), nor before another name."""
_INITIALS: Final = re.compile(
    r", (?!D\.C\.|B\.C\.|U\.[SK]\.|N\.[A-Z]\.|P\.M\.|M\.[PD]\.)"
    r"((?:[^\W\d_a-z]\.[ -]?){0,2}[^\W\d_a-z]\.)(?=[,;:)]|\s*\n|\s*$| \()"
)
"""Initials behind a surname, in lists and records: "Bánkuti, A.-M.,"."""
SURE: Final = 3
"""Letters from which a legal form makes a firm of what was read as a person or place."""
RECURRING: Final = frozenset({"person", "organization", "place"})
LEAST: Final = 4
"""Letters of a single word that is a name wherever it stands."""


def explained(text: str, doc: Any, found: Sequence[Name]) -> list[Name]:
    """Names with those that the text explains, in order: what a bracketed acronym stands for, the legal form behind a name,
    who follows a title, and again what was named elsewhere."""
    persons = SpanIndex((name.span, name) for name in found if name.kind == "person")
    meant = (name for name in _expansions(text) if not any(True for _ in persons.overlapping(name.span)))
    whole = in_order(_with_legal_form(text, name) for name in _replacing(found, list(meant)))
    whole = in_order(_with_initials(text, name) for name in in_order([*whole, *_titled(doc, whole)]))
    return in_order([*whole, *_again(text, doc, whole)])


def _expansions(text: str) -> Iterator[Name]:
    """What acronyms in brackets stand for, and these: "Syndicat autonome des dockers (SAD)" (after Schwartz and Hearst 2003)."""
    for match in _SHORT.finditer(text):
        letters = match["short"]
        if sum(c.isupper() for c in letters) < max(2, len(letters) - 1):
            continue
        near = max(0, match.start() - NEAR)
        line = text.rfind("\n", near, match.start()) + 1
        words = list(_WORD.finditer(text, max(line, near), match.start()))
        start = _start(words, [c.lower() for c in letters if c.isupper()])
        if start is not None and text[start].isupper() and "(" not in text[start : match.start()]:
            span = Span(start, words[-1].end())
            if re.fullmatch(r"[\w\s'’&-]+", span.of(text)) and not text[words[-1].end() : match.start()].strip():
                yield name_at(text, span, "organization")
                yield name_at(text, Span(*match.span("short")), "organization")


def _start(words: Sequence[re.Match[str]], letters: list[str]) -> int | None:
    """Where the words begin whose initials, read from the end, are the letters; small words may be skipped."""
    left = list(letters)
    for count, word in enumerate(reversed(words)):
        if count >= len(letters) + SLACK:
            return None
        if word[0][0].lower() == left[-1]:
            left.pop()
            if not left:
                return word.start()
        elif word[0].lower() not in _SKIPPED:
            return None
    return None


def _with_legal_form(text: str, name: Name) -> Name:
    """A name grown to the legal form behind it, which says that it is a firm."""
    match = _LEGAL.match(text, name.span.end) if name.kind != "group" and not name.text.isupper() else None
    if match is None or (name.kind != "organization" and len(match[0].strip(" ,")) < SURE):
        return name
    span = Span(name.span.start, match.end())
    return name_at(text, span, "organization")


def _with_initials(text: str, name: Name) -> Name:
    """A surname with the initials that lists and records write behind it, named as elsewhere: "Bánkuti, A." is A. Bánkuti."""
    match = _INITIALS.match(text, name.span.end) if name.kind == "person" and " " not in name.text else None
    return Name(Span(name.span.start, match.end()), "person", f"{match[1]} {name.text}") if match else name


def _titled(doc: Any, found: Sequence[Name]) -> Iterator[Name]:
    """Persons that the reader missed, or read half of, behind a title or occupation: "Major | Bánkuti", "witness | Ana Ruiz"."""
    index = SpanIndex((name.span, name) for name in found)
    for token in doc:
        plain = token.lower_.rstrip(".")
        title = token.text[0].isupper() and (plain in names.TITLES or plain in HONORIFICS)
        if not title and not (token.tag_ == "NN" and plain in nouns()):
            continue
        last = token.i
        while last + 1 < len(doc) and _is_named(doc[last + 1], doc[last]):
            last += 1
        if last > token.i + 1 or (title and last > token.i):
            first = token.i + 1
            while not title and first < last and doc[first].lower_ in nouns():
                first += 1  # "the witness Corporal Ngar"
            span = Span(doc[first].idx, doc[last].idx + len(doc[last]))
            inside = [name for _, name in index.overlapping(span)]
            if any(name.span == span or name.kind != "person" or not span.holds(name.span) for name in inside):
                continue
            if title or _is_of(token, last):
                yield name_at(text_of(doc), span, "person")


def _is_of(noun: Any, last: int) -> bool:
    """Whether the tree ties the name up to a word to the noun before it."""
    row = noun.doc[noun.i + 1 : last + 1]
    return noun.head in row or any(t.head == noun for t in row)


def _is_named(token: Any, before: Any) -> bool:
    """Whether a word goes on a row of proper nouns on one line."""
    plain = token.lower_.rstrip(".")
    known = plain in names.TITLES or plain in names.OFFICE_ADJECTIVES or plain in HONORIFICS
    proper = token.tag_ == "NNP" and token.text[0].isupper() and token.text.replace("-", "").replace("'", "").isalpha()
    # "Im" as "I" and "m"
    halved = not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().text[0].isalnum()
    return proper and not known and not halved and bool(before.whitespace_ or before.text == ".") and not token.like_num


def _again(text: str, doc: Any, found: Sequence[Name]) -> Iterator[Name]:
    """Names of the document where the reader missed them: the same words in the same letters, proper nouns with none beside."""
    index = SpanIndex((name.span, name) for name in found)
    kinds: dict[str, set[str]] = {}
    for name in found:
        kinds.setdefault(name.text, set()).add(name.kind)
        if name.kind == "person" and len(name.text.split()) > 1:
            kinds.setdefault(name.text.split()[-1], set()).add("person")
    known = {form: some for form, some in kinds.items() if len(some) == 1 and some <= RECURRING and _is_distinct(form)}
    if not known:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?![\w-])")
    for match in pattern.finditer(text):
        span = Span(match.start(), match.end())
        tokens = doc.char_span(span.start, span.end, alignment_mode="strict")
        if (
            tokens is None
            or any(True for _ in index.overlapping(span))
            or any(t.tag_ not in ("NNP", "NNPS") for t in tokens)
        ):
            continue
        first, last = tokens[0].i, tokens[-1].i
        beside = [doc[n] for n in (first - 1, last + 1) if 0 <= n < len(doc) and doc[n].tag_ in ("NNP", "NNPS")]
        name = Name(span, next(iter(known[match[0]])), match[0])
        whole = _with_legal_form(text, name)
        beside = [t for t in beside if not whole.span.holds(Span(t.idx, t.idx + len(t)))]
        if not any(t.text[0].isupper() and t.lower_.rstrip(".") not in names.TITLES for t in beside):
            yield whole


def _is_distinct(form: str) -> bool:
    words = form.split()
    capital = all(word[0].isupper() or word.lower() in _SKIPPED for word in words)
    return capital and form.lower() not in names.TITLES and (len(words) > 1 or len(form) >= LEAST)


def _replacing(found: Sequence[Name], added: Sequence[Name]) -> list[Name]:
    """Names with others in the place of those that share characters with them, unless these are longer."""
    index = SpanIndex((name.span, name) for name in added)
    kept = [n for n in found if all(n.span.holds(s) and n.span != s for s, _ in index.overlapping(n.span))]
    return in_order([*kept, *added])
