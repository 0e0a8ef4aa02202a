"""Which language a text is in, paragraph by paragraph, so that nothing foreign is read as if it were English.

English is told by its function words; only a paragraph without them is given to CLD3, Google's Compact Language
Detector, which names nearly a hundred languages but is easily misled by short texts and by names.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.document import Document

ENGLISH: Final = "en"
UNKNOWN: Final = "und"
"""The BCP 47 tag of a language that is not known, here: not English, because of its script."""
TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""What a language tag looks like (BCP 47, without private and grandfathered tags)."""

LEAST_WORDS: Final = 12
"""Words in Latin letters below which a paragraph is never called foreign: names, headings and captions are shorter."""
LEAST_LETTERS: Final = 20
"""The same for letters of other scripts, some of which do not divide words."""
ENGLISH_SHARE: Final = 0.1
"""Share of English function words from which on a paragraph is English."""
FOREIGN_SHARE: Final = 0.05
"""Share of English function words up to which a paragraph can be foreign: a few are words of other languages too."""
LOWER_SHARE: Final = 0.45
"""Share of words in small letters that running text has in every language of a script with capitals; lists of names have
less."""
LEAST_CHANCE: Final = 0.95
"""Probability that the detector must give a language."""
DETECTED_BYTES: Final = 3000
"""Bytes of a paragraph that the detector looks at, in samples spread over it."""

# English words that are no words of other languages in Latin letters, or rare ones: "in", "was", "to" and "for" are not here.
_ENGLISH_WORDS: Final = frozenset(
    (
        "the and of that with from which were been this they their would said by not but it its who than about after when "
        "what there you we our us has have his she my your says also only more other because between against through should "
        "into being first year years people three new toward towards before during while where some such these those both "
        "still another each now how down say could did does any every few him her them himself herself itself themselves "
        "can't don't it's i'm you've there's that's didn't doesn't won't isn't aren't wasn't weren't haven't hasn't couldn't"
    ).split()
)
_NOISE: Final = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S[^\s@]*@\S+|@\w+|<[^<>\n]{1,300}>")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BLOCK_END: Final = re.compile(r"\n[^\S\n]*\n|\Z")
_LINE_END: Final = re.compile(r"\n|\Z")
_CURRENT: Final = {"iw": "he"}
"""Tags of the detector that the registry of languages has replaced."""

Piece = tuple[int, int, str]
"""A part of a text, start and end in characters, and its language; "" where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The language that most of a text is in, as a BCP 47 tag ("" where it cannot be told), and its foreign passages."""

    main: str
    foreign: tuple[Piece, ...]


@functools.lru_cache(maxsize=2)
def languages(text: str) -> Languages:
    """The languages of a text; a pure function, kept for the two or three times that a document is asked for them."""
    pieces = _between(list(_pieces(text)))
    letters: Counter[str] = Counter()
    for start, end, tag in pieces:
        letters[tag] += sum(map(str.isalpha, text[start:end]))
    known = {tag: count for tag, count in letters.items() if tag}
    # Ties go to English, then to the tag that sorts first.
    main = min(known, key=lambda tag: (-known[tag], tag != ENGLISH, tag)) if known else _judge(text)
    return Languages(main, tuple(piece for piece in pieces if piece[2] not in ("", ENGLISH)))


def language_of(document: Document) -> str:
    """The tag that a person gave the document, else that of most of its text; "" where it cannot be told."""
    return document.metadata.language or languages(document.text).main


def is_english(tag: str) -> bool:
    """Whether a tag is one of English ("en", "en-GB") or of nothing: what is too short to be told is read."""
    return not tag or tag.lower().partition("-")[0] in (ENGLISH, "eng")


def english_part(document: Document) -> Document:
    """The document with blanks for what is not English: offsets into it are offsets into the document.

    A document that is not English has nothing else. The document itself where all of it can be read.
    """
    text = document.text
    if not is_english(language_of(document)):
        return replace(document, text=_blank(text))
    foreign = languages(text).foreign
    if not foreign:
        return document
    cuts = [0, *(at for start, end, _ in foreign for at in (start, end)), len(text)]
    parts = [text[a:b] for a, b in pairwise(cuts)]
    return replace(document, text="".join(_blank(part) if i % 2 else part for i, part in enumerate(parts)))


def unread(document: Document) -> str:
    """What of a document is not read because it is not English, and what to do if it is; "" where all is read."""
    tag = language_of(document)
    if not is_english(tag):
        return f"is in {called(tag)}: kept with its metadata, no claims read (if it is English: language en in manifest.csv)"
    foreign = languages(document.text).foreign
    if not foreign:
        return ""
    paragraphs = "1 paragraph" if len(foreign) == 1 else f"{len(foreign)} paragraphs"
    named = ", ".join(called(tag) for tag in sorted({tag for *_, tag in foreign}))
    return f"has {paragraphs} in {named}: no claims read there"


def called(tag: str) -> str:
    """The English name of a language with its tag: "Persian (fa)"."""
    from babel import Locale, UnknownLocaleError

    if tag == UNKNOWN:
        return f"a language other than English ({UNKNOWN})"
    try:
        name = Locale.parse(tag, sep="-", resolve_likely_subtags=False).get_display_name(ENGLISH)
    except (UnknownLocaleError, ValueError):
        name = ""
    return f"{name} ({tag})" if name else tag


def _blank(text: str) -> str:
    return re.sub(r"\S", " ", text)


def _pieces(text: str) -> Iterator[Piece]:
    """The paragraphs of a text; a block of lines that is not foreign as a whole, line by line."""
    for start, end in _cut(text, 0, len(text), _BLOCK_END):
        tag = _judge(text[start:end])
        lines = list(_cut(text, start, end, _LINE_END))
        if tag not in ("", ENGLISH) or len(lines) == 1:
            yield start, end, tag
            continue
        for a, b in lines:
            own = _judge(text[a:b])
            yield a, b, own if own not in ("", ENGLISH) else tag


def _cut(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for found in separator.finditer(text, start, end):
        if text[start : found.start()].strip():
            yield start, found.start()
        start = found.end()


def _between(pieces: list[Piece]) -> list[Piece]:
    """The pieces, where what is too short to be told takes the language of the foreign pieces on both its sides."""
    out: list[Piece] = []
    runs = [(known, list(run)) for known, run in groupby(pieces, key=lambda piece: bool(piece[2]))]
    for i, (known, run) in enumerate(runs):
        sides = {runs[j][1][at][2] for j, at in ((i - 1, -1), (i + 1, 0)) if 0 <= j < len(runs)}
        inside = not known and 0 < i < len(runs) - 1 and len(sides) == 1 and ENGLISH not in sides
        out += [(a, b, min(sides)) for a, b, _ in run] if inside else run
    return out


def _judge(text: str) -> str:
    """The language of a paragraph: its tag, or "" where it is too short, or holds too little but names, to be told."""
    text = _NOISE.sub(" ", text)
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    latin = letters if text.isascii() else sum(_is_latin(character) for word in words for character in word)
    if letters > 2 * latin:
        return "" if letters < LEAST_LETTERS else _detected(text).replace(ENGLISH, "") or UNKNOWN
    share = _share(word.lower().replace("’", "'") in _ENGLISH_WORDS for word in words)
    if share >= ENGLISH_SHARE:
        return ENGLISH
    if len(words) < LEAST_WORDS or share > FOREIGN_SHARE or _share(w[0].islower() for w in words) < LOWER_SHARE:
        return ""
    return _detected(text)


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / len(values) if values else 0.0


def _is_latin(character: str) -> bool:
    return character < "\u0250" or "\u1e00" <= character <= "\u1eff"


def _detected(text: str) -> str:
    """The detector's answer where it is sure, else ""."""
    found = _detector().FindLanguage(text.lower().replace("\0", " ").encode("utf-8", "replace").decode())
    if not found.is_reliable or found.probability < LEAST_CHANCE:
        return ""
    return _CURRENT.get(found.language, str(found.language))


@functools.cache
def _detector() -> Any:
    # Loaded where it is needed: most documents are plainly English, and reading them costs no start-up time.
    import gcld3

    return gcld3.NNetLanguageIdentifier(0, DETECTED_BYTES)
