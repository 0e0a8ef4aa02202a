"""Names of entities taken apart: what kind of name it is, and how two names stand to each other.

A *full* name can stand for an entity by itself: a person's given name and surname, a body's or a place's own name. A *weak*
one cannot, since many bear it: a surname, initials with a surname, an acronym, a body named by common words alone ("Ministry
of Defence").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kg.claims.names import LEGAL, OFFICE_ADJECTIVES, SMALL, TITLES, WELL_KNOWN, is_acronym, key
from kg.claims.roles.lexicon import lexicon
from kg.resolve.spelling import alike, ascii_words, skeleton, sounds

Kind = Literal["full", "surname", "initials", "acronym", "common", "office"]
Relation = Literal["", "same", "variant", "initials", "middle", "suffix", "order"]

SUFFIXES: Final = frozenset("jr ii iii iv qc kc phd md esq obe mbe cbe mp mep".split())
"""Words after a person's name that are no part of it."""
PARTICLES: Final = frozenset(
    "al el abd abdul abdel abu bou bu ben bin bint ibn de del della da di do dos das du des la le van von der den ter zu".split()
)
"""Words that go with the word after them as one surname or given name."""
ARTICLES: Final = frozenset({"al", "el"})
"""Arabic articles, which some write apart before a surname: left out of a name that they do not begin."""
COMMON: Final = frozenset(
    (
        "a academy accident administration affairs against agency agriculture aid air ambassador and anti "
        "army assembly association attorney authority aviation bank board border brigade broadcasting budget "
        "bureau cabinet center central centre chamber child children church city civic civil clinic coast "
        "college command commerce commission committee communications company conference congress "
        "constitution constitutional control convention cooperation council county court crime criminal "
        "culture customs daily defence defense department deputies development diplomatic directorate "
        "district division drug drugs east eastern economic economy education election elections electoral "
        "embassy emergencies emergency energy environment executive facility family farmers federal "
        "federation finance financial fire first fisheries food for force forces foreign forensic forestry "
        "forum foundation front fund general governing government group guard guards head headquarters health "
        "high higher highway home hospital house housing human humanitarian immigration in independent "
        "industry information inspectorate institute intelligence interior internal international "
        "investigation investigations investigative investigators joint judicial judiciary justice labor "
        "labour land law league legal liberation library list local lower main management march marine "
        "maritime mayor media medical men metropolitan military mine miners mines ministry mission monitoring "
        "monitors municipal municipality museum national navy network new news newspaper north northern of "
        "office oil ombudsman on open operations opposition organisation organization panel parliament "
        "parliamentary party peace people peoples permanent planning police political population port post "
        "postal power presidency president presidential press prison prisons prosecution prosecutor "
        "prosecutors province provincial public radio rail railway railways red referendum reform refugee "
        "refugees regional registry relief republic rescue research resources revenue revolutionary rights "
        "river road royal safety school sciences secretariat secretary security senate service services "
        "situations social society south southern special sports staff state station statistical statistics "
        "students supreme syndicate tax teachers technology telecommunications television the theatre times "
        "to tourism town trade trades traffic training transport transportation treasury tribunal truth union "
        "unit united university upper urban veterans victims village war watch water weather welfare west "
        "western women workers works world youth zone"
    ).split()
)
"""Words that bodies are named with everywhere: a name of these alone is no body's own."""
FEATURES: Final = frozenset(
    "river dam lake tunnel mountain mount valley prison penitentiary jail desert glacier volcano strait canyon reservoir "
    "reactor mine".split()
)
"""Words that say what a place is and that texts leave out, since the bare name means it ("the Zhelda" for Zhelda River)."""
STATES: Final = frozenset(
    "republic kingdom state federation islamic democratic peoples socialist arab federal of the".split()
)
"""Words of a country's long name beside its own: "Islamic Republic of Iran"."""
BRACKETS: Final = re.compile(r"[()\[\]]")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name as it is compared: `text` as written, its `words` in plain letters without titles, legal forms and particles
    joined, and what `kind` of name it is. `person`: it is a person's."""

    text: str
    words: tuple[str, ...]
    kind: Kind
    person: bool

    @property
    def key(self) -> str:
        """Under which the same name meets, whatever its case, marks and titles."""
        return " ".join(self.words)

    @property
    def surname(self) -> str:
        """The last word."""
        return self.words[-1]


@lru_cache(maxsize=1 << 18)
def person_name(text: str) -> NameForm:
    """A person's name."""
    words = list(ascii_words(BRACKETS.sub(" ", text)))
    if is_office(words):
        return NameForm(text, tuple(words), "office", True)
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    if len(words) > 2 and words[-1] == "sr":  # the father, where the name alone means the son
        words[-2:] = ["".join(words[-2:])]
    title = max((n for n, w in enumerate(words[:-1]) if w in TITLES), default=-1)
    words = words[title + 1 :]
    joined: list[str] = []
    for place, word in reversed(list(enumerate(words))):
        if joined and place and word in ARTICLES:
            continue
        if joined and word in PARTICLES and len(word) > 1:
            joined[-1] = word + joined[-1]
        else:
            joined.append(word)
    parts = tuple(reversed(joined))
    if not parts:
        return NameForm(text, (text.casefold(),), "surname", True)
    short = [w for w in parts[:-1] if len(w) == 1]
    kind: Kind = "surname" if len(parts) == 1 else "initials" if len(short) == len(parts) - 1 else "full"
    return NameForm(text, parts, kind, True)


@lru_cache(maxsize=1 << 18)
def thing_name(text: str) -> NameForm:
    """The name of anything but a person."""
    if is_acronym(text) and key(text) not in WELL_KNOWN.values():
        return NameForm(text, (text.replace(".", "").lower(),), "acronym", False)
    words = list(ascii_words(key(text)))
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    while len(words) > 1 and words[0] == "the":
        words.pop(0)
    words = list(_country(words))
    if not words:
        return NameForm(text, (text.casefold(),), "common", False)
    if is_office(words):
        return NameForm(text, tuple(words), "office", True)
    common = all(w in COMMON or w in SMALL or w.removesuffix("s") in COMMON or w.isdigit() for w in words)
    known = " ".join(words) in WELL_KNOWN.values()
    return NameForm(text, tuple(words), "common" if common and not known else "full", False)


def is_firm(name: NameForm) -> bool:
    """Whether a name ends with a legal form: "Harbour Works Ltd"."""
    words = ascii_words(key(name.text))
    return not name.person and len(words) > 1 and words[-1] in LEGAL


def is_office(words: Sequence[str]) -> bool:
    """Whether a name is an office without its holder: "supreme leader"."""
    return len(words) > 1 and words[-1] in TITLES and all(w in TITLES or w in OFFICE_ADJECTIVES for w in words)


def _country(words: list[str]) -> list[str]:
    """A country's own name out of its long one: "islamic republic of iran" is "iran"."""
    if len(words) > 2 and "of" in words:
        at = words.index("of")
        own = [w for w in words[at + 1 :] if w != "the"]
        if (
            words[0] in STATES
            and all(w in STATES for w in words[: at + 1])
            and 0 < len(own) < 3
            and not set(own) & COMMON
        ):
            return own
    return words


def slashed(text: str) -> tuple[str, ...]:
    """The names that one name holds beside each other: "PMOI / MEK Iran" is PMOI, and MEK Iran; itself alone else.

    A slash without blanks joins two of anything ("Reuters/Ipsos"), but for the same letters in another order ("TLF/FLT").
    """
    parts = [part.strip(" ()[]") for part in re.split(r"\s+/\s+|\s*[(\[]\s*|\s*[)\]]\s*", text)]
    halves = text.split("/")
    if len(halves) == 2 and all(map(is_acronym, halves)) and sorted(halves[0]) == sorted(halves[1]):
        parts = halves
    parts = [part for part in parts if len(part) > 1]
    return tuple(dict.fromkeys(parts)) if len(parts) > 1 else (text,)


def without_country(words: tuple[str, ...], places: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """The words of a body's name without the country or place that it is qualified by, and that word; ("…", "") if none.

    `places` are words that name places or nations in the documents. "Iran's Ministry of Intelligence" and "Ministry of
    Intelligence of Iran" are the same words.
    """
    nations = nation_words()
    if len(words) > 2 and words[-2] == "of" and words[-1] in places:
        return words[:-2], words[-1]
    first = words[0].removesuffix("s") if words[0].removesuffix("s") in places else words[0]
    if len(words) > 1 and (first in places or words[0] in nations):
        return words[1:], first
    return words, ""


@lru_cache(maxsize=1)
def nation_words() -> frozenset[str]:
    """Adjectives of countries, in plain letters: "iranian"."""
    return frozenset("".join(ascii_words(word)) for word in lexicon().adjectives)


def persons_relation(a: NameForm, b: NameForm) -> tuple[Relation, float]:
    """How two persons' names of more than one word stand to each other, and how surely, 0 to 1; "" if they are two."""
    if a.words == b.words:
        return "same", 1.0
    last = alike(a.surname, b.surname)
    if len(a.words) == len(b.words) and sorted(a.words) == sorted(b.words) and min(map(len, a.words)) > 1:
        return "order", 0.9
    if last < WORD:
        return "", 0.0
    if a.kind == "initials" or b.kind == "initials":
        fits = _initials_fit(a.words[:-1], b.words[:-1])
        return ("initials", 0.8 * last) if fits else ("", 0.0)
    if len(a.words) == len(b.words):
        return _variant(a, b)
    short, full = sorted((a, b), key=lambda name: len(name.words))
    if alike(short.words[0], full.words[0]) >= GIVEN and (len(short.words) == 2 or _within(short.words, full.words)):
        return "middle", 0.85 * last
    if all(alike(x, y) >= GIVEN for x, y in zip(short.words, full.words[-len(short.words) :], strict=True)):
        return "suffix", 0.8 * last
    return "", 0.0


WORD: Final = 0.85
"""How alike two words must be to be one word in two spellings."""
SAME_SOUNDS: Final = 0.97
"""The same for a name of one word that is no person's."""
SAME_BONES: Final = 0.93
"""The same for one with `LONG` consonants or more."""
LONG: Final = 5
"""Consonants of a long word."""
GIVEN: Final = 0.9
"""The same for given names before one and the same surname: "Jamal" and "Jamil" are two brothers."""
GENDERED: Final = frozenset("aeo")
"""Ends by which given names of women and men differ."""


def _variant(a: NameForm, b: NameForm) -> tuple[Relation, float]:
    scores = []
    for x, y in zip(a.words[:-1], b.words[:-1], strict=True):
        if 1 in (len(x), len(y)):
            if x[0] != y[0]:
                return "", 0.0
            scores.append(0.85)
            continue
        scores.append(alike(x, y))
    last = alike(a.surname, b.surname)
    lowest = min(scores)
    if lowest < (GIVEN if a.surname == b.surname else WORD):
        return "", 0.0
    if a.surname == b.surname and any(_gendered(x, y) for x, y in zip(a.words[:-1], b.words[:-1], strict=True)):
        return "", 0.0
    return "variant", min(last, lowest)


def _gendered(x: str, y: str) -> bool:
    """Whether two given names differ by an ending that tells women from men: "Daniel", "Daniele", "Daniela"."""
    if x == y:
        return False
    short, long = sorted((x, y), key=len)
    return (long[:-1] == short and long[-1] in GENDERED) or (x[:-1] == y[:-1] and {x[-1], y[-1]} <= GENDERED)


def _initials_fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return all(
        x == y or x[0] == y[0] or (1 in (len(x), len(y)) and sounds(x)[:1] == sounds(y)[:1])
        for x, y in zip(a, b, strict=False)
        if 1 in (len(x), len(y)) or x == y
    ) and any(1 in (len(x), len(y)) for x, y in zip(a, b, strict=False))


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(any(alike(word, other) >= GIVEN for other in rest) for word in short)


def things_alike(a: NameForm, b: NameForm) -> float:
    """How surely two full names that are no persons' are one name in two spellings, 0 to 1.

    Word by word, or with the words written together ("Yun Tai He" / "Yuntaihe"); words that bodies are named with everywhere
    must be the same.
    """
    if a.words == b.words or "".join(a.words) == "".join(b.words):
        return 1.0
    if len(a.words) == len(b.words) == 1:
        return one_word(a.key, b.key)
    if len(a.words) != len(b.words):
        return _together(a.words, b.words)
    total = letters = 0.0
    for x, y in zip(a.words, b.words, strict=True):
        if x != y and (x in COMMON or y in COMMON or min(len(x), len(y)) < 3):
            return 0.0
        same = alike(x, y)
        if same < 0.7:
            return 0.0
        total, letters = total + same * len(x), letters + len(x)
    mean = total / letters
    return mean if mean >= WORD else 0.0


def one_word(a: str, b: str) -> float:
    """How surely two names of one word are one, 0 to 1: only the same sounds will do ("Iraq" is not "Iraqi", "Fox" not "Vox").

    In a long word a vowel may be another.
    """
    score, bones = alike(a, b), len(skeleton(a))
    near = score >= SAME_SOUNDS if bones < LONG else score >= SAME_BONES
    return score if near and bones > 2 and sounds(a)[:1] == sounds(b)[:1] else float(a == b)


def _together(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    x, y = "".join(a), "".join(b)
    common = [w for w in a if w in COMMON] == [w for w in b if w in COMMON]
    score = alike(x, y) if common and skeleton(x) == skeleton(y) else 0.0
    return score if score >= 0.95 else 0.0
