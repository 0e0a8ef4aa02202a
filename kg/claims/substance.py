"""Whether a statement without a name, a figure or a date still says something that can be told apart from talk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kg.claims.deeds import is_done_with
from kg.claims.heads import is_passive
from kg.claims.lexicon import is_reporting
from kg.claims.quotation import MARKS

LEAST: Final = 4
"""Words of a document's own statement that has no name, figure or date."""
SHORT: Final = 3
"""The same, of what is named or counted: "Nine took part"."""
DEFINITE: Final = frozenset(
    {"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"}
)
_ALL: Final = frozenset(
    {"no", "every", "each", "all", "both", "neither", "none", "nobody", "nothing", "everybody", "everyone"}
)
"""Words that say of all, or of none: "no ransom was paid" is as definite as "the ransom was paid"."""
_OTHERS: Final = frozenset({"he", "she", "they"})
_SINGLE: Final = frozenset({"he", "she", "it"})
_US: Final = frozenset({"we", "i"})
_PART: Final = frozenset("some most many several few half all part much".split())
"""Words for some of what "of" names: "Some of the tents"."""
_CLEFT: Final = frozenset({"what", "whoever"})
"""Words of which a clause makes something definite: "What loosened the panels was water"."""
_PLACED: Final = frozenset("in at on near under beside along outside inside behind".split())
_COMING: Final = frozenset({"will", "’ll", "'ll"})
_QUOTES: Final = MARKS | frozenset("‘’'")
_COURTESIES: Final = frozenset(
    "correct right true fine fair okay ok sure all kind welcome honour honor pleasure privilege".split()
)
"""What "that", "it" or "you" are said to be in answers and greetings."""
_POLITE: Final = frozenset({"thank", "welcome", "appreciate", "greet", "apologize", "apologise"})
_MINDS: Final = frozenset(
    {"know", "remember", "recall", "understand", "think", "see", "mean", "guess", "agree", "believe"}
)
_OPEN: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def tells(part: Sequence[Any], verbs: Sequence[Any]) -> bool:
    """Whether a stretch tells what somebody or something definite did, or, as a whole sentence, is: "The gate was closed again".

    `verbs` are the finite verbs of the stretch that have their subject there. Passages in quotation marks are left out, and
    what a pronoun's verb of saying governs ("They said …"): these are words of somebody else.
    """
    verb = _main(verbs)
    subject = _subject(verb) if verb is not None else None
    words = [t for t in part if t.text[:1].isalnum()]
    if verb is None or subject is None or part[0].text in _QUOTES or _reports(verb):
        return False
    counted = subject.pos_ in ("PROPN", "NUM")
    if (
        len(words) < (SHORT if counted else LEAST)
        or part[0].tag_ in ("VB", "VBP")
        or all(t.is_upper for t in words[:2])
    ):
        return False  # an imperative; a label in capitals
    group = [verb, *(c for c in verb.children if c.dep_ in ("aux", "cop"))]
    modal = any(t.tag_ == "MD" and t.lower_ not in _COMING for t in group)
    if modal or any(c.dep_ == "mark" and not _is_due(c, group) for c in verb.children):
        return False
    past = _is_past(verb, group)
    definite = _is_definite(subject) or _is_cleft(subject, verb)
    if _is_whole(part):
        return definite or _is_told(subject, verb, group, past, len(words))
    return past and _ends_at_marks(part) and (definite or subject.lower_ in _OTHERS)


def _is_past(verb: Any, group: Sequence[Any]) -> bool:
    if any(t.tag_ == "VBD" for t in group) or is_past_alone(verb):
        return True
    had = any(t.lemma_.lower() == "have" for t in group if t != verb)
    return had and any(t.tag_ == "VBN" for t in group)


def is_past_alone(verb: Any) -> bool:
    """Whether a verb that the tagger takes for a participle must be the past: "A warehouse burnt in January"."""
    bare = verb.dep_ == "ROOT" and verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "cop") for c in verb.children)
    return bare and any(c.dep_ == "nsubj" for c in verb.lefts)


def _is_told(subject: Any, verb: Any, group: Sequence[Any], past: bool, words: int) -> bool:
    """Whether a whole sentence tells of what is not named: what happened, will happen or goes on; of "it", and what "we" did."""
    if subject.lower_ in _US:
        return past and verb.pos_ == "VERB" and verb.lemma_.lower() not in _MINDS | _POLITE
    if subject.lower_ in _SINGLE:
        return not _is_bare_remark(subject, verb)
    # "Boats will always be sold", "Patients suffer in the winter"
    generic = subject.tag_ == "NNS" and not any(c.dep_ in ("det", "nummod", "nmod") for c in subject.children)
    coming = any(t.lower_ in _COMING for t in group) and not generic
    noun = subject.pos_ == "NOUN" or (
        subject.lower_ in _PART and any(c.dep_ in ("nmod", "acl") for c in subject.children)
    )
    if noun and (_goes_on(verb, group) or (not generic and _has_place(verb))):
        return True
    return (subject.pos_ == "NUM" or (noun and words > LEAST)) and (past or (noun and coming))


def _is_cleft(subject: Any, verb: Any) -> bool:
    """Whether a clause makes something definite: "What loosened the panels was water"."""
    if subject.lower_ not in _CLEFT:
        return False
    return subject.head != verb or any(c.dep_ == "acl" for c in subject.children)


def _is_due(mark: Any, group: Sequence[Any]) -> bool:
    """Whether "to" stands for what is to come: "The land is to become a yard"."""
    return mark.lower_ == "to" and any(t.i < mark.i and t.lemma_.lower() == "be" for t in group)


def _goes_on(verb: Any, group: Sequence[Any]) -> bool:
    """Whether something is being done, or is somewhere: "A typist is being questioned", "A curfew is in force"."""
    is_now = any(t != verb and t.tag_ in ("VBZ", "VBP") and t.lemma_.lower() == "be" for t in group)
    return is_now and (verb.tag_ in ("VBN", "VBG") or any(c.dep_ == "case" for c in verb.children))


def _has_place(verb: Any) -> bool:
    """Whether something lies or applies somewhere now: "A curfew applies in the capital"."""
    if verb.tag_ not in ("VBZ", "VBP") or any(c.dep_ in ("obj", "xcomp", "ccomp") for c in verb.children):
        return False
    return any(c.dep_ == "obl" and any(x.lower_ in _PLACED for x in c.children) for c in verb.children)


def _is_bare_remark(subject: Any, verb: Any) -> bool:
    """Whether "it" only stands before a judgement: "It is a sad day", and not "It was the daughter who had sent it"."""
    if subject.lower_ != "it" or not any(c.dep_ == "cop" for c in verb.children):
        return False
    placed = any(c.dep_ == "case" for c in verb.children)
    named = verb.pos_ in ("NOUN", "PROPN", "PRON") and any(c.dep_ == "acl" and _has_relative(c) for c in verb.children)
    return not (placed or named)


def _has_relative(verb: Any) -> bool:
    return any(c.lower_ in ("who", "that", "which") for c in verb.lefts)


def testifies(part: Sequence[Any], verbs: Sequence[Any]) -> bool:
    """Whether a speaker whose turn it is states something: no greeting, no thanks, no "that is correct", no "I don't know"."""
    verb = _main(verbs)
    if verb is None or verb.lemma_.lower() in _POLITE or any(c.lemma_.lower() in _POLITE for c in verb.children):
        return False
    subject = _subject(verb)
    if subject is not None and subject.lower_ in ("that", "it", "this", "you") and verb.lower_ in _COURTESIES:
        return False
    governs = any(c.dep_ in ("obj", "obl", "ccomp", "xcomp", "advcl", "conj") and c.i > verb.i for c in verb.children)
    if verb.lemma_.lower() in _MINDS and not governs:
        return False
    return any(t.pos_ in _OPEN for t in part)


def _main(verbs: Sequence[Any]) -> Any | None:
    """The verb that none of the others stands above."""
    return next((v for v in verbs if not any(o != v and o.is_ancestor(v) for o in verbs)), None)


def _subject(verb: Any) -> Any | None:
    """The subject of a verb; of "there is" what is there."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None and any(c.dep_ == "cop" for c in verb.children):
        clause = next((c for c in verb.lefts if c.dep_ in ("csubj", "advcl") and c.left_edge.lower_ in _CLEFT), None)
        subject = clause.left_edge if clause is not None else None
    there = any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.lefts)
    return next((c for c in verb.rights if c.dep_ == "nsubj"), None) if subject is None and there else subject


def _reports(verb: Any) -> bool:
    """Whether a verb is one of saying, and not "has been told about the storm" or "was criticised"."""
    passive = is_passive(verb)
    clause = any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    if verb.pos_ != "VERB" or any(is_done_with(verb, c) for c in verb.children):
        return False
    return is_reporting([verb]) and (clause or not passive)


def _is_definite(noun: Any) -> bool:
    """Whether a noun is known to the reader: a name, or with "the", "this", "their" or somebody's "’s" before it."""
    if noun.pos_ in ("PROPN", "NUM") or noun.lower_ in _ALL:
        return True
    before = [c for c in noun.lefts if c.dep_ in ("det", "nmod")]
    owned = any(any(x.tag_ == "POS" for x in c.children) for c in before)
    return noun.pos_ in ("NOUN", "PRON") and (owned or any(c.lower_ in DEFINITE | _ALL for c in before))


def _ends_at_marks(part: Sequence[Any]) -> bool:
    """Whether a stretch begins and ends with its sentence or at a mark or a joining word."""
    doc, first, after = part[0].doc, part[0].i, part[-1].i + 1
    opens = first == part[0].sent.start or doc[first - 1].is_punct or doc[first - 1].pos_ in ("CCONJ", "SPACE")
    closes = part[-1].is_punct or after >= len(doc) or doc[after].is_punct or doc[after].pos_ in ("CCONJ", "SPACE")
    return opens and closes


def _is_whole(part: Sequence[Any]) -> bool:
    """Whether a stretch is a whole sentence with its full stop, or as much of one as stands before or after a semicolon."""
    words = [t for t in part[0].sent if not t.is_space]
    doc, before, after = part[0].doc, part[0].i - 1, part[-1].i + 1
    opens = part[0] == words[0] or doc[before].text == ";"
    stops = part[-1] == words[-1] and part[-1].text[-1] in ".!"
    return opens and (stops or (after < len(doc) and doc[after].text == ";"))
