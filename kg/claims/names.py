"""Names as strings: what makes two spellings the same name, a name short for another, or an acronym of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

SMALL: Final = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "der", "von", "van", "at", "&"}
)
"""Words that an acronym may skip."""

LEGAL: Final = frozenset(
    "ltd limited inc incorporated corp corporation co company plc llc llp gmbh ag kg sa sas srl spa bv nv ab as oy oyj "
    "pjsc ojsc oao ooo zao jsc pty kk asa aps se sl lda ltda tbk nyrt bros ad pvt pte bhd sdn aş doo sarl eood ood zrt "
    "kft".split()
)
"""Legal forms of firms, which texts leave out."""

WELL_KNOWN: Final = {
    "us": "united states",
    "usa": "united states",
    "united states of america": "united states",
    "uk": "united kingdom",
    "eu": "european union",
    "un": "united nations",
    "uae": "united arab emirates",
}
"""Acronyms that texts use without ever spelling them out."""

KINDS: Final = {
    "united states": "place",
    "united kingdom": "place",
    "united arab emirates": "place",
    "european union": "organization",
    "united nations": "organization",
}
"""What the names spelt out in `WELL_KNOWN` are, whatever a reader took them for."""

TITLES: Final = frozenset(
    (
        "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend pope imam ayatollah "
        "sheikh shah king queen prince princess president premier chancellor minister secretary "
        "senator sen rep congressman congresswoman governor gov mayor judge justice general gen "
        "colonel col captain capt major lieutenant lt sergeant sgt admiral commander officer "
        "ambassador spokesman spokeswoman spokesperson chairman chairwoman chair director leader"
    ).split()
)
"""Words before a name that are not part of it."""

OFFICE_ADJECTIVES: Final = frozenset(
    "supreme prime vice deputy foreign first chief attorney justice interior acting".split()
)
"""Words that make an office of a title ("Prime Minister"), and no name by themselves."""

BODIES: Final = frozenset(
    (
        "Agency Assembly Association Authority Board Bureau Commission Committee Council Court Department Directorate "
        "Federation Institute Ministry Office Panel Service Tribunal Union"
    ).split()
)
"""Nouns that head the names of bodies, with capitals."""

FEMALE: Final = frozenset("mrs ms miss dame lady queen princess congresswoman spokeswoman chairwoman".split())
MALE: Final = frozenset(["mr", "sir", "lord", "king", "prince", "congressman", "spokesman", "chairman"])

_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"})


@lru_cache(maxsize=1 << 15)
def normalise(name: str) -> str:
    """The key under which spellings of one name meet: case, accents, dots, articles and the possessive ending are dropped."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"'s?$", "", plain.strip())
    plain = re.sub(r"(?<=\b\w)\.", "", plain)  # U.S. is US, but "St." keeps no dot either: see below
    plain = re.sub(r"[^\w'&/-]+", " ", plain)
    plain = " ".join(plain.split())
    return re.sub(r"^(?:the|a|an) (?=.)", "", plain)


def key(name: str) -> str:
    """`normalise`, with acronyms that everybody knows spelt out, alone or as the first word."""
    plain = normalise(name)
    if plain in WELL_KNOWN:
        return WELL_KNOWN[plain]
    first, _, rest = plain.partition(" ")
    return f"{WELL_KNOWN[first]} {rest}" if rest and first in WELL_KNOWN else plain


def is_acronym(name: str) -> bool:
    """Two to eight capital letters, dots and digits allowed between: PMOI, U.N., G20."""
    bare = name.replace(".", "")
    letters = [c for c in bare if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    enough = capitals >= max(2, len(letters) - 1) or (capitals == len(letters) == 1 and len(bare) > 1)
    return 2 <= len(bare) <= 8 and bare.isalnum() and bare[0].isupper() and enough


def initials(name: str) -> set[str]:
    """The acronyms that a name may have, upper case: with and without its small words."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name)
    big = [w for w in words if w.lower() not in SMALL]
    return {"".join(w[0] for w in some).upper() for some in (words, big) if len(some) > 1}


def is_acronym_of(short: str, name: str) -> bool:
    """Whether `short` is made of the initials of `name`, in order: PMOI of "People's Mojahedin Organization of Iran"."""
    return is_acronym(short) and short.replace(".", "").upper() in initials(name)


def strip_titles(words: Sequence[str]) -> int:
    """How many words at the start of a person's name are titles."""
    count = 0
    while count < len(words) - 1 and words[count].rstrip(".").lower() in TITLES:
        count += 1
    return count


def shortens(short: str, full: str, kind: str) -> bool:
    """Whether `short` (a normalised name) is a usual short form of `full`, another one: a surname, a firm's first word."""
    a, b = short.split(), full.split()
    if not a or len(a) >= len(b):
        return False
    if kind == "person":
        return a == b[-len(a) :] or (len(a) > 1 and a[0] == b[0] and a[-1] == b[-1])
    if kind == "organization":
        while len(b) > 2 and b[-1] in LEGAL:
            b = b[:-1]  # "Harbour Works Ltd"
        # A body is not its parent ("United Nations", "United Nations General Assembly"): only a first word of two, and
        # what is left when the name's own country or parent is taken off its front.
        return (len(a) == 1 and len(b) == 2 and a == b[:1] and len(short) > 4) or (
            len(a) > 1 and a == b[-len(a) :] and a[0] not in SMALL
        )
    return False
