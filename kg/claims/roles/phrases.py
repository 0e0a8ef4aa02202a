"""The words of an office: its noun, what makes an office of the noun, what it is an office of, and when it is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.claims.propositions.roles import is_time
from kg.claims.roles.lexicon import DESCRIPTIVE, HONORIFICS, QUALIFIERS, lexicon, nouns
from kg.document import Span
from kg.records import Entity, Qualifier

_HYPHENS: Final = frozenset("-‐‑–")
_DEFINITE: Final = frozenset("the this that its his her their our my".split())
_LINKS: Final = frozenset("of for to at in on".split())
_BODIES: Final = frozenset({"organization", "place", "group", "event", "work"})
_NOUNS: Final = ("NOUN", "PROPN")
_SUFFIXES: Final = frozenset({"elect", "designate"})
LONGEST: Final = 14
"""Words before or after the noun that are looked at."""

Place = tuple[int, int]
"""The first and the last token of some words."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name as tokens of the document."""

    first: int
    last: int
    span: Span
    entity: Entity


@dataclass(slots=True)
class Office:
    """An office as it is being read; token indices, the last one included."""

    head: Any
    first: int
    last: int
    title: Place
    qualifier: Qualifier = ""
    qualifier_at: Place | None = None
    of: Place | None = None
    body: Named | None = None
    definite: bool = False
    determined: bool = False

    @property
    def top(self) -> Any:
        """The word of the title that hangs on something outside it: the "elect" of "President-elect"."""
        words = self.head.doc[self.title[0] : self.title[1] + 1]
        return next((t for t in words if not self.title[0] <= t.head.i <= self.title[1]), self.head)


def token_names(doc: Any, entities: Sequence[Entity]) -> dict[int, Named]:
    """Token index → the name that it is a word of."""
    found: dict[int, Named] = {}
    for entity in entities:
        for span in entity.mentions:
            some = doc.char_span(span.start, span.end, alignment_mode="expand")
            if some is not None:
                one = Named(some[0].i, some[-1].i, span, entity)
                found.update((t.i, one) for t in some)
    return found


def is_title_only(name: Named, doc: Any) -> bool:
    """Whether a "person" is but an office: "Minister", "Bishop of Westmark"."""
    words = [doc[i] for i in range(name.first, name.last + 1) if doc[i].text.isalnum()]
    known = nouns()
    if not words or words[0].lower_ not in known:
        return False
    return len(words) == 1 or words[1].lower_ == "of" or all(w.lower_ in known for w in words)


def office_at(token: Any, names: Mapping[int, Named], after: int = 0) -> Office | None:
    """The office whose noun a token is; None where it is the word of a name, or of a longer noun.

    `after`: the token behind the title before, which is not read again ("Supreme Leader | Ayatollah").
    """
    doc, name = token.doc, names.get(token.i)
    if name is not None and not (name.entity.type == "person" and is_title_only(name, doc)):
        return None
    if token.i >= 2 and doc[token.i - 1].lower_ == "in" and doc[token.i - 2].text in _HYPHENS:
        return None  # the last word of "commander-in-chief"
    if token.i and doc[token.i - 1].lower_.rstrip(".") in HONORIFICS:
        return None  # "Mr. King" is a name
    found = Office(token, token.i, token.i, (token.i, token.i))
    _suffix(found)
    if not _ends(found, names):
        return None
    _left(found, names, after)
    _complements(found, names)
    return found


def _suffix(one: Office) -> None:
    """Words right after the noun that belong to it: "-elect", "-in-chief", "of state"."""
    doc, i = one.head.doc, one.head.i
    end = len(doc)
    at = i + 2 if i + 2 < end and doc[i + 1].text in _HYPHENS else i + 1
    if at < end and doc[at].lower_ in _SUFFIXES:
        one.qualifier, one.qualifier_at = QUALIFIERS[doc[at].lower_], (at, at)
        one.title = (i, at)
    words: list[str] = []
    for after in doc[i : i + 8]:
        if after.text not in _HYPHENS:
            words.append(after.lower_)
        if after.i > i and " ".join(words) in lexicon().phrases and after.text not in _HYPHENS:
            one.title = (i, after.i)
    one.last = one.title[1]


def _ends(one: Office, names: Mapping[int, Named]) -> bool:
    """Whether the noun ends its compound: before a name, other titles of one, or anything but a noun."""
    doc = one.head.doc
    after = one.last + 1
    if after >= len(doc) or doc[after].is_space:
        return True
    token, name = doc[after], names.get(after)
    if name is not None and not (name.entity.type == "person" and is_title_only(name, doc)):
        return True
    if token.text in _HYPHENS and not doc[one.last].whitespace_ and not token.whitespace_:
        return False
    if token.pos_ not in _NOUNS:
        return True
    part = one.head.dep_ in ("compound", "amod") and one.head.head.lower_ in nouns()
    return not part and one.head.lower_ not in lexicon().loose and holder_after(one, names) is not None


def holder_after(one: Office, names: Mapping[int, Named]) -> Named | None:
    """The person whose name follows the title at once, or after other titles: "Supreme Leader Ayatollah | A. Name"."""
    doc, known, end = one.head.doc, nouns(), one.head.sent.end
    for token in doc[one.last + 1 : min(end, one.last + 6)]:
        name = names.get(token.i)
        if name is not None:
            if name.entity.type != "person":
                return None
            if not is_title_only(name, doc):
                return name
        word = token.lower_.rstrip(".")
        titled = word in HONORIFICS or (word in known and token.text[:1].isupper())
        if not (titled or token.text == "."):
            return None
    return None


def _left(one: Office, names: Mapping[int, Named], after: int) -> None:
    """The words before the noun: those of the title, a body, a possessor, when it is held, and the determiner."""
    doc, i = one.head.doc, one.head.i - 1
    lowest = max(one.head.sent.start, one.head.i - LONGEST, after)
    while i >= lowest:
        token, name = doc[i], names.get(i)
        if name is not None:
            if one.of is not None or name.entity.type not in _BODIES:
                return
            one.of, one.body, one.first = (name.first, name.last), name, name.first
            i = name.first - 1
        elif token.text in _HYPHENS and not token.whitespace_ and i > lowest and not doc[i - 1].whitespace_:
            i -= 1  # its left half decides
        elif token.lower_ in QUALIFIERS and not one.qualifier:
            one.qualifier, one.qualifier_at, one.first = QUALIFIERS[token.lower_], (i, i), i
            i -= 1
        elif token.tag_ == "POS" and one.of is None:
            if not _possessor(one, i, names):
                return
            i = one.first - 1
        elif token.lower_ in _DEFINITE or token.pos_ == "DET" or token.tag_ == "PRP$":
            one.determined, one.definite = True, token.lower_ in _DEFINITE
            if i > lowest and doc[i - 1].lower_ in QUALIFIERS and not one.qualifier:  # "now | a consultant"
                one.qualifier, one.qualifier_at = QUALIFIERS[doc[i - 1].lower_], (i - 1, i - 1)
            return
        elif not _modifies(token, one, names):
            return
        else:
            _take(one, token)
            i -= 1


def _take(one: Office, token: Any) -> None:
    """A modifier of the noun: a word of the title, an adjective of a place, or a description."""
    one.first = token.i
    if token.text in lexicon().adjectives and one.of is None:
        one.of = (token.i, token.i)
    elif one.of is None and one.title[0] - token.i <= 2 and not _describes(token):
        one.title = (token.i, one.title[1])


def _describes(token: Any) -> bool:
    return token.lower_ in DESCRIPTIVE or token.tag_ in ("JJR", "JJS", "VBN") or token.pos_ in ("NUM", "ADV", "VERB")


def _modifies(token: Any, one: Office, names: Mapping[int, Named]) -> bool:
    """Whether a word is a modifier inside the noun phrase of the office."""
    if not token.text[:1].isalpha() or token.is_space:
        return False
    inside = range(token.i + 1, one.last + 1)
    if token.pos_ in ("ADJ", "NOUN", "PROPN"):
        after = holder_after(one, names)
        return token.head.i in inside or (after is not None and after.first <= token.head.i <= after.last)
    return token.dep_ in ("amod", "compound") and token.head.i in inside and token.pos_ in ("NUM", "VERB", "ADV")


def _possessor(one: Office, mark: int, names: Mapping[int, Named]) -> bool:
    """Whose office it is: "Norway's | minister", "the regime's | minister"; whether there are words for it."""
    doc, name = one.head.doc, names.get(mark - 1)
    one.definite = one.determined = True
    if name is not None:
        one.of, one.body, one.first = (name.first, name.last), name, name.first
        return True
    first = mark
    while first > one.head.sent.start and doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ") and first - 1 not in names:
        first -= 1
    if first < mark:
        one.of, one.first = (first, mark - 1), first
    return first < mark


def _complements(one: Office, names: Mapping[int, Named]) -> None:
    """What follows the title with a preposition: its subject ("minister of trade"), the body it is an office of."""
    doc = one.head.doc
    while one.last - one.head.i < LONGEST:
        at = one.last + 1
        if at + 1 >= len(doc) or doc[at].lower_ not in _LINKS or doc[at].sent != one.head.sent:
            return
        first = at + 1
        determined = doc[first].pos_ == "DET" or doc[first].tag_ == "PRP$"
        first += determined
        found = _noun_phrase(doc, first, names)
        if found is None or not _attached(one, doc, found, at):
            return
        if is_time(doc[found[0]]) or doc[found[0]].lower_ == "time":
            if doc[at].lower_ == "at" and not one.qualifier:  # "at the time"
                one.qualifier, one.qualifier_at, one.last = "then", (at, found[0]), found[0]
            return
        last, name = found
        if name is not None and name.entity.type in _BODIES:
            if one.body is None or (one.body.entity.type != "organization" and name.entity.type == "organization"):
                one.of, one.body = (name.first, name.last), name
        elif name is None and not determined and doc[at].lower_ in ("of", "for") and one.last == one.title[1]:
            one.title = (one.title[0], last)
        elif one.of is None and name is None:
            one.of = (first, last)
        elif one.of is None and name is not None:
            one.of, one.body = (name.first, name.last), name
        one.last = last


def _noun_phrase(doc: Any, first: int, names: Mapping[int, Named]) -> tuple[int, Named | None] | None:
    """The last token of the noun phrase that begins at a token, and the name that it is or ends with."""
    last: int | None = None
    i, name, joined = first, None, False
    while i < min(len(doc), first + LONGEST):
        token = doc[i]
        if i in names:
            if names[i].entity.type == "person" and i > first:
                break  # "a spokesman for the ministry | A. Name"
            name = names[i]
            last, i = name.last, name.last + 1
            if name.entity.type == "person" or name.first == first:
                break
        elif token.pos_ in _NOUNS or (token.text.isalpha() and token.pos_ == "ADJ"):
            last = i if token.pos_ != "ADJ" else last
            i += 1
        elif token.tag_ == "POS" or (token.text in _HYPHENS and not token.whitespace_):
            name = None
            i += 1
        elif last is not None and name is None and _continues(doc, i, (first, last)):
            i += 1 + (doc[i + 1].pos_ == "CCONJ")
            joined = True
        else:
            break
    if last is None:
        return None
    return last, None if joined else name if name is not None and name.last == last else None


def _continues(doc: Any, mark: int, so_far: Place) -> bool:
    """Whether a comma or "and" joins one more noun to those before: "for trade, | labour and | fisheries"."""
    if doc[mark].text not in (",", "and", "&"):
        return False
    after = doc[mark + 1 : mark + 5]
    return any(t.dep_ == "conj" and so_far[0] <= t.head.i <= so_far[1] and t.pos_ in _NOUNS for t in after)


def _attached(one: Office, doc: Any, found: tuple[int, Named | None], preposition: int) -> bool:
    """Whether the tree hangs a prepositional phrase on the office, or on what was read of it."""
    for i in range(preposition + 1, found[0] + 1):
        token = doc[i]
        if one.first <= token.head.i < preposition and token.dep_ in ("nmod", "compound", "conj", "appos"):
            return True
        if not preposition <= token.head.i <= found[0]:
            return bool(doc[preposition].lower_ == "of")
    return bool(doc[preposition].lower_ == "of")
