"""Kind and polarity of a claim, read off its cue and the verb group of its content.

The word classes are those of `kg.claims.lexicon`; where the cue is neutral ("said"), the content's own verb group decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kg.claims.lexicon import lookup
from kg.records import Kind, Polarity

_ORDER: Final[tuple[Kind, ...]] = ("denial", "warning", "concern", "order", "demand", "prediction", "belief", "opinion")
_NEGATIONS: Final = frozenset(
    {"not", "n't", "n’t", "never", "no", "nor", "neither", "nobody", "none", "nothing", "hardly", "without"}
)
_CLAUSE_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "nor", "nobody", "hardly"})
_NEGATIVE_SUBJECTS: Final = frozenset({"no", "none", "nobody", "nothing", "neither"})
_DUTY: Final = frozenset({"should", "must", "ought"})
_WHETHER: Final = frozenset({"whether", "if", "why", "how", "what", "who", "when", "where"})
_UNSURE: Final = frozenset({"call", "ask", "suggest", "want"})
"""Words that demand only in some constructions."""


def kind_of(cue: Sequence[Any], content: Sequence[Any]) -> Kind:
    """What kind of claim a cue and a content (spaCy tokens) make; without a cue, the content's verb group decides."""
    hits = [(token, *hit) for token in cue if (hit := lookup(token)) is not None]
    first = next((t.lower_ for t in content if t.text.isalnum()), "")
    asks = any(kind == "question" or word in ("ask", "doubt") for _, word, kind in hits)
    if (asks and first in _WHETHER) or [t.text for t in content if t.text not in "”’\"'"][-1:] == ["?"]:
        return "question"
    for kind in _ORDER:
        for token, word, found in hits:
            if found != kind or (kind == "demand" and word in _UNSURE and not _demands(token, word, cue, content)):
                continue
            return "opinion" if word in ("consider", "regard", "deem", "view") else kind
    return _by_verb_group(content)


def _demands(verb: Any, word: str, cue: Sequence[Any], content: Sequence[Any]) -> bool:
    """Whether "call", "ask", "want", "suggest" ask for something here: "called on X to", "calls for", "asked them to"."""
    after = [t.lower_ for t in cue if t.i > verb.i]
    ahead = [t.lower_ for t in content][:1]
    if word == "call":
        return bool({"on", "upon", "for"} & {*after, *ahead})
    if word == "suggest":
        return any(t.tag_ == "VBG" for t in list(content)[:1])
    return any(t.lower_ == "to" and t.tag_ == "TO" for t in content) or bool({"for", "to"} & {*after, *ahead})


def _by_verb_group(content: Sequence[Any]) -> Kind:
    main = _main_verb(content)
    if main is not None and (said := _performed(main)) is not None:
        return said
    helpers = {t.lower_ for t in content if main is not None and (t.head == main or t == main) and t.tag_ == "MD"}
    if helpers & _DUTY:
        return "demand"
    if helpers & {"will", "’ll", "'ll", "wo"}:
        return "prediction"
    return "assertion"


def _performed(main: Any) -> Kind | None:
    """The kind that a speaker gives their own words: "we appeal to …", "I am concerned"; of others only feelings are known."""
    hit = lookup(main)
    subject = next((c.lower_ for c in main.children if c.dep_ == "nsubj"), "")
    own = subject in ("i", "we") or (subject in ("he", "she") and hit is not None and hit[1] in ("concern", "belief"))
    return hit[1] if hit is not None and own and hit[1] != "assertion" and hit[0] not in _UNSURE else None


def _main_verb(content: Sequence[Any]) -> Any | None:
    """The verb that heads the content: the highest one of its tokens in the tree."""
    inside = {t.i for t in content}
    tops = [t for t in content if t.head.i not in inside or t.head == t]
    verbs = [t for t in tops if t.pos_ in ("VERB", "AUX")] or tops
    return verbs[0] if verbs else None


def polarity_of(cue: Sequence[Any], content: Sequence[Any], kind: Kind) -> Polarity:
    """Whether the source stands for the content or against it: denied, or negated in the cue or in the main clause.

    Two of the three cancel each other ("denied that it had not paid").
    """
    denied = kind == "denial"
    unsaid = any(t.lower_ in _NEGATIONS for t in cue) or _negated_from_outside(cue)
    main = _main_verb(content)
    negated = main is not None and any(
        (t.head == main and t.lower_ in _CLAUSE_NEGATIONS)
        or (t.lower_ in _NEGATIVE_SUBJECTS and t.i < main.i and (t.head == main or t.head.head == main))
        for t in content
    )
    return "negative" if (denied + unsaid + negated) % 2 else "positive"


def _negated_from_outside(cue: Sequence[Any]) -> bool:
    inside = {t.i for t in cue}
    verbs = [t for t in cue if t.pos_ == "VERB"]
    return any(
        child.i not in inside and child.lower_ in _CLAUSE_NEGATIONS and abs(child.i - verb.i) <= 4
        for verb in verbs
        for child in verb.children
    )
