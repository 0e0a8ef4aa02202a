"""Words of claims as they are compared: stems, senses that news words in different clothes, and words that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import snowballstemmer

_STEMMER: Final = snowballstemmer.stemmer("english")

FUNCTION: Final = frozenset(
    (
        "a an the this that these those of in on at by for to from with about into over under after before during "
        "since until till between among against within without through and or but nor so yet as than then there "
        "here it its he him his she her hers they them their theirs we us our i me my you your who whom whose "
        "which what when where why how is are was were be been being am do does did done have has had having will "
        "would shall should can could may might must not no n't never also only just still already even both each "
        "every any some such own other more most less very too again up out off down all one s t said say says "
        "told tell according had been that's it's"
    ).split()
)
"""Words that say nothing of what a claim is about."""
TIMES: Final = frozenset(
    (
        "january february march april june july august september october november december monday tuesday wednesday thursday "
        "friday saturday sunday morning evening afternoon night midnight noon dawn today yesterday tomorrow week month year day "
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million"
    ).split()
)
"""Words for days and numbers, which are compared as dates and figures."""
NEGATORS: Final = frozenset("no not n't never nobody nothing none neither nor cannot without".split())
_NO_DENIAL: Final = frozenset(
    {
        ("not", "only"),
        ("not", "just"),
        ("not", "merely"),
        ("no", "doubt"),
        ("nothing", "but"),
        ("no", "matter"),
        ("no", "fewer"),
        ("without", "interruption"),
        ("without", "exception"),
        ("without", "doubt"),
        ("without", "delay"),
    }
)
_PHRASES: Final = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), word)
    for pattern, word in (
        (r"g(?:a|i)ve[sn]? way", "broke"),
        (r"(?:came|comes?|coming) down", "landed"),
        (r"br(?:o|ea)k(?:e|en|s)? out", "began"),
        (r"los(?:e|t|ing) (?:his|her|their|its) li(?:fe|ves)", "died"),
        (r"(?:went|goes|go|gone) off", "sounded"),
        (r"(?:took|takes?|taken) office", "inaugurated"),
        (r"(?:set|sets|setting) (?:off|out)", "left"),
        (r"(?:went|goes|go|going|gone) (?:across|over)", "crossed"),
        (r"made public", "published"),
        (r"(?:switched|turned|shut) off|out of order", "idle"),
        (r"(?:switched|turned) on|in working order|up and running", "working"),
    )
)
_ANY_PHRASE: Final = re.compile("|".join(pattern.pattern for pattern, _ in _PHRASES), re.IGNORECASE)
"""Verbs of two words, and the one that says the same."""
_AFTER_NOUN: Final = re.compile(
    r",|\s(?:of|in|at|on|from|for|with|by|to|under|near|who|which|that|whose|and|or)\s", re.IGNORECASE
)
_WORD: Final = re.compile(r"n['’]t\b|[^\W_]+(?:['’-][^\W_]+)*")

_SENSES: Final[dict[str, str]] = {
    "death": "kill die dead death toll perish fatality fatal deadly slay deceased massacre execute execution succumb",
    "injury": "injure injury wound hurt maim",
    "missing": "missing disappear unaccounted",
    "evacuation": "evacuate evacuation displace displaced relocate resettle move moved",
    "arrest": "arrest detain detention custody jail imprison imprisonment",
    "treatment": "treat treatment hospitalise hospitalize intensive",
    "prisoner": "inmate inmates prisoner prisoners detainee detainees",
    "collision": "collide collision crash",
    "win": "win won victory winner elect",
    "begin": "begin start began begun commence launch outset",
    "end": "end finish complete conclude finished completion",
    "break": "break broke broken fail failure collapse burst rupture",
    "arrive": "arrive reach come came arrival",
    "leave": "leave left depart departure",
    "remove": "remove take took taken withdraw",
    "build": "build built construct construction erect",
    "buy": "buy bought purchase acquire acquisition",
    "sell": "sell sold sale",
    "pay": "pay paid payment spend spent cost",
    "own": "own owner ownership belong",
    "lead": "head leader lead director chief",
    "jam": "jam jammed stuck block blocked",
    "work": "work working function operate operation running",
    "open": "open opened unlock unlocked",
    "close": "close closed shut lock locked",
    "idle": "idle defective",
    "order": "order ordered command instruct",
    "cause": "cause caused trigger",
    "publish": "publish publication public release disclose",
    "demand": "demand ask urge request appeal",
    "rise": "rise rose increase grow",
    "fall": "fall fell decrease drop decline",
    "destroy": "destroy destruction raze demolish demolition",
    "attack": "attack assault raid strike shell bomb bombing",
    "shoot": "shoot shot gunfire",
    "ammunition": "ammunition bullet cartridge",
    "flee": "flee escape",
    "supply": "supply distribute distribution deliver delivery donate provide",
    "steal": "steal theft rob robbery loot burgle burglary",
    "sign": "sign signature signatory",
    "enter": "enter entrance",
    "resign": "resign resignation quit",
    "appoint": "appoint appointment nominate nomination",
    "inspect": "inspect inspection check examine examination",
    "warn": "warn warning alert",
    "promise": "promise pledge vow",
    "inquiry": "investigate investigation investigator inquiry probe",
    "explosion": "explode explosion blast detonate detonation",
    "fire": "fire blaze ablaze",
    "pollution": "pollute pollution contaminate contamination taint",
    "evict": "evict eviction expel expulsion",
    "hide": "hide conceal concealment",
    "permit": "permit permission authorise authorize authorisation authorization licence license",
    "reject": "reject rejection refuse refusal",
    "compensation": "compensate compensation",
    "protest": "protest demonstrate demonstration demonstrator protester rally",
    "dismiss": "dismiss dismissal sack",
    "hire": "hire employ recruit",
    "carry": "carry transport haul",
    "search": "search hunt",
    "bribe": "bribe bribery kickback",
    "ship": "ship vessel boat ferry",
    "doctor": "doctor physician medic",
    "soldier": "soldier troop",
    "plane": "plane aircraft airliner jet aeroplane airplane",
    "lorry": "lorry truck",
    "firm": "firm company",
    "home": "home house",
    "journalist": "journalist reporter correspondent",
    "attorney": "lawyer attorney",
    "quake": "earthquake quake tremor",
    "illness": "ill illness sick sickness",
    "gun": "gun rifle firearm",
}
OUTCOMES: Final = frozenset("death injury missing evacuation arrest treatment".split())
"""Senses that say what became of people."""
_AS_WRITTEN: Final = {"lives": "death", "survived": "aliv", "survives": "aliv"}
"""Senses of a form that its stem has not: "30 lives", but not "people live there"."""
CONTRASTS: Final = tuple(
    frozenset(group.split())
    for group in (
        " ".join(sorted(OUTCOMES)),
        "open close",
        "rise fall",
        "begin end",
        "buy sell",
        "jam work",
        "north south east west",
        "red green amber",
        "rubber live",
        "work idle",
        "genuin copi fake forgeri",
        "aliv death",
        "resign dismiss",
        "accept reject",
        "approv reject",
        "support oppos",
        "acquit convict",
        "guilti innoc",
        "present absent",
        "asleep awak",
        "sober drunk",
        "full empti",
        "intact damag",
        "intact destroy",
        "safe danger",
    )
)
"""Words and senses of which two claims that have different ones do not say the same."""
ORDINALS: Final = frozenset(
    (
        "first last second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth"
    ).split()
)
"""The same, where they are said of the same: "the third gate", but not "the second turnout" and "the third win"."""


_IRREGULAR: Final = {
    form: base
    for base, forms in {
        "hear": "heard", "hold": "held", "give": "gave given", "sink": "sank sunk", "steal": "stole stolen",
        "fight": "fought", "shoot": "shot", "flee": "fled", "lose": "lost", "find": "found", "go": "went gone",
        "drive": "drove driven", "write": "wrote written", "speak": "spoke spoken", "take": "took taken",
        "see": "saw seen", "know": "knew known", "meet": "met", "send": "sent", "build": "built",
        "buy": "bought", "bring": "brought", "catch": "caught", "fall": "fell fallen", "rise": "rose risen",
        "throw": "threw thrown", "burn": "burnt", "make": "made", "come": "came", "run": "ran", "get": "got",
        "keep": "kept", "lead": "led", "choose": "chose chosen", "draw": "drew drawn", "feed": "fed",
        "freeze": "froze frozen",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Forms that a stemmer does not know. Past tenses that are other words too ("left", "saw" the tool) are few here."""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of an English word, lower case (Porter 2, snowballstem.org; irregular verbs by list)."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    return str(_STEMMER.stemWord(_IRREGULAR.get(plain, plain)))


_SENSE_OF: Final = {stem(word): sense for sense, words in _SENSES.items() for word in words.split()} | {
    stem(f"{side}{ending}"): side for side in ("north", "south", "east", "west") for ending in ("", "ern", "erly")
}


def words(text: str) -> list[str]:
    """The words of a text in lower case, figures too; verbs of two words as one."""
    for pattern, word in _PHRASES if _ANY_PHRASE.search(text) else ():
        text = pattern.sub(word, text)
    return [m[0].lower().replace("’", "'") for m in _WORD.finditer(text.replace("‘", "'"))]


@lru_cache(maxsize=1 << 16)
def meaning(word: str) -> str:
    """What a word is compared by: its sense where it has one of those known here, else its stem."""
    if word.lower() in _AS_WRITTEN:
        return _AS_WRITTEN[word.lower()]
    found = stem(word)
    return _SENSE_OF.get(found, found)


@lru_cache(maxsize=1 << 14)
def head_meaning(phrase: str) -> str:
    """What the noun that heads a phrase is compared by: "the people in the grave" by that of "people"; "" for a pronoun."""
    head = [word for word in words(_AFTER_NOUN.split(phrase, maxsplit=1)[0]) if word not in FUNCTION]
    return meaning(head[-1]) if head else ""


def meanings(text: Iterable[str]) -> frozenset[str]:
    """What the words that say something are compared by; figures are not among them."""
    return frozenset(meaning(w) for w in text if w not in FUNCTION and w not in TIMES and not w[0].isdigit())


_EVENTS: Final = tuple(
    frozenset(map(meaning, group.split()))
    for group in (
        "explosion explode blast fire blaze arson attack raid ambush shooting gunfire airstrike clash siege",
        "earthquake quake tremor aftershock",
        "flood storm hurricane cyclone typhoon tornado landslide mudslide avalanche rainfall",
        "crash collision derailment derail sinking sink shipwreck",
        "protest demonstration rally riot unrest uprising strike walkout",
        "outbreak epidemic pandemic cholera measles",
        "election referendum ballot runoff",
    )
)
"""Words for what happens, by kind: one report's explosion may be another's attack, but no earthquake."""


def placed(text: Sequence[str]) -> dict[str, frozenset[str]]:
    """What words say what ordinals: for the meaning of each word that stands behind one the ordinals before it."""
    found: dict[str, set[str]] = {}
    for word, after in pairwise(text):
        if word in ORDINALS and after not in FUNCTION:
            found.setdefault(meaning(after), set()).add(word)
    return {noun: frozenset(some) for noun, some in found.items()}


def kinds_of_event(meanings: frozenset[str]) -> frozenset[int]:
    """Which kinds of event words are of, as they are compared; a word such as "strike" may be of two."""
    return frozenset(number for number, group in enumerate(_EVENTS) if meanings & group)


_NO_DEEDS: Final = frozenset(
    "anything something everything warning hearing building training funding housing evening morning".split()
)
"""Nouns that end as deeds do."""
_AGAINST: Final = ("un", "non")
_OPPOSED: Final = {
    stem(word): stem(word[3:] if word.startswith("dis") else word[2:])
    for word in (
        "illegal irregular invalid incorrect inaccurate incomplete impossible improper insufficient disagree disprove"
    ).split()
}
"""What words with other denying syllables turn round."""
_ROOT: Final = 4
"""Letters that a word has at least behind the syllable that turns it round."""


@lru_cache(maxsize=1 << 16)
def opposite(sense: str) -> str:
    """What a word without its denying syllable is compared by: of "unlicensed" that of "licensed"; "" for a word without one."""
    before = next((some for some in _AGAINST if sense.startswith(some)), "")
    rest = _OPPOSED.get(sense) or sense[len(before) :]
    known = sense in _OPPOSED or (before and len(rest) >= _ROOT)
    return _SENSE_OF.get(rest, rest) if known else ""


def negations(text: Iterable[str]) -> int:
    """How many words of a text deny; "not only" and the like do not, nor does "without" before a deed ("without asking")."""
    said = list(text)
    pairs = list(zip(said, [*said[1:], ""], strict=False))
    denying = sum(
        (w in NEGATORS or w.endswith("n't"))
        and (w, after) not in _NO_DENIAL
        and not (w == "without" and after.endswith("ing") and after not in _NO_DEEDS)
        for w, after in pairs
    )
    return (
        denying
        + pairs.count(("free", "of"))
        - sum(w == "whether" and said[i + 1 : i + 3] == ["or", "not"] for i, w in enumerate(said))
    )
