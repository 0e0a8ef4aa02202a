"""Kind, polarity and modality of a claim, read off its cue and the verb group of its content.

The word classes are those of `kg.claims.lexicon`; where the cue is neutral ("said"), the content's own verb group decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kg.claims.lexicon import lookup
from kg.records import Kind, Modality, Polarity

_ORDER: Final[tuple[Kind, ...]] = (
    "denial",
    "doubt",
    "warning",
    "concern",
    "order",
    "demand",
    "prediction",
    "belief",
    "opinion",
)
_NEGATIONS: Final = frozenset(
    {"not", "n't", "n’t", "never", "no", "nor", "neither", "nobody", "none", "nothing", "hardly", "without"}
)
_CLAUSE_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "nor", "nobody", "hardly"})
_NEGATIVE_SUBJECTS: Final = frozenset({"no", "none", "nobody", "nothing", "neither"})
_BEFORE_IMPERATIVE: Final = frozenset({"do", "please", "just", "always", "so", "and", "but", "now"})
_DUTY: Final = frozenset({"should", "must", "ought"})
_WHETHER: Final = frozenset({"whether", "if", "why", "how", "what", "who", "when", "where"})
_UNSURE: Final = frozenset({"call", "ask", "suggest", "want", "insist"})
"""Words that demand only in some constructions."""


def kind_of(cue: Sequence[Any], content: Sequence[Any]) -> Kind:
    """What kind of claim a cue and a content (spaCy tokens) make; without a cue, the content's verb group decides."""
    hits = [(token, *hit) for token in cue if (hit := lookup(token)) is not None]
    first = next((t.lower_ for t in content if t.text.isalnum()), "")
    asks = any(kind == "question" or word == "ask" for _, word, kind in hits)
    if (asks and first in _WHETHER) or [t.text for t in content if t.text not in "”’\"'"][-1:] == ["?"]:
        return "question"
    for kind in _ORDER:
        for token, word, found in hits:
            if found != kind or (kind == "demand" and word in _UNSURE and not _demands(token, word, cue, content)):
                continue
            return "opinion" if word in ("consider", "regard", "deem", "view") else kind
    if any(word == "call" and _calls_names(token) for token, word, _ in hits):
        return "opinion"
    return _by_verb_group(content)


def _calls_names(verb: Any) -> bool:
    """Whether "call" says what something is: "called the plan a failure", with an object and what it is called.

    The parser hangs the latter on the verb, as a clause or a second object, or on the object, without a preposition.
    """
    things = [child for child in verb.children if child.dep_ == "obj"]
    said = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp")] + things[1:]
    said += [c for thing in things for c in thing.children if c.dep_ == "nmod" and _case(c) is None]
    return bool(said and (things or verb.tag_ == "VBN"))


def _case(noun: Any) -> Any | None:
    """The preposition of a noun."""
    return next((c for c in noun.children if c.dep_ == "case"), None)


def _demands(verb: Any, word: str, cue: Sequence[Any], content: Sequence[Any]) -> bool:
    """Whether "call", "ask", "want", "suggest", "insist" ask for something here: "called on X to", "asked them to"."""
    after = [t.lower_ for t in cue if t.i > verb.i]
    ahead = [t.lower_ for t in content][:1]
    if word == "call":
        if _calls_names(verb) and any(c.dep_ == "obj" for c in verb.children):
            return False
        cases = [_case(c) for c in verb.children if c.dep_ == "obl"]  # "called on | the ministry | to open the port"
        return bool({"on", "upon", "for"} & {*after, *ahead, *(case.lower_ for case in cases if case is not None)})
    if word == "insist":  # "insisted on a recount", "that it be told"; but "insisted that it was told"
        main = _main_verb(content)
        group = [] if main is None else [t.tag_ for t in (*main.lefts, main)]
        return "on" in {*after, *ahead} or ("VB" in group and "MD" not in group)
    if word == "suggest":
        return any(t.tag_ == "VBG" for t in list(content)[:1])
    return any(t.lower_ == "to" and t.tag_ == "TO" for t in content) or bool({"for", "to"} & {*after, *ahead})


def _by_verb_group(content: Sequence[Any]) -> Kind:
    main = _main_verb(content)
    if main is not None and (said := _performed(main)) is not None:
        return said
    if main is not None and _is_imperative(main, content):
        return "demand"
    helpers = {t.lower_ for t in content if main is not None and (t.head == main or t == main) and t.tag_ == "MD"}
    if helpers & _DUTY:
        return "demand"
    if helpers & {"will", "’ll", "'ll", "wo"}:
        return "prediction"
    return "assertion"


def _is_imperative(main: Any, content: Sequence[Any]) -> bool:
    """Whether a content begins with a bare verb that has no subject, as "Open the port" and "Do not open it" do."""
    others = [c for c in main.children if c.lower_ not in _BEFORE_IMPERATIVE]
    if main.tag_ != "VB" or any(c.dep_ in ("nsubj", "csubj", "expl", "mark") or c.tag_ in ("MD", "TO") for c in others):
        return False
    words = [t for t in content if t.text[:1].isalnum()]
    ahead = [t for t in words if t.i < main.i]
    return all(t.lower_ in _BEFORE_IMPERATIVE or t.lower_ in _CLAUSE_NEGATIONS for t in ahead)


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


_POSSIBLE: Final = frozenset(
    "may might could can possibly perhaps maybe potentially conceivably suspect speculate guess wonder possible".split()
)
_PROBABLE: Final = frozenset(
    "likely probably presumably apparently evidently seem seems seemed appear appears appeared probable expect expected".split()
)
_NECESSARY: Final = frozenset({"must", "should", "ought", "shall", "need", "needs", "needed"})


def modality_of(cue: Sequence[Any], content: Sequence[Any], kind: Kind) -> Modality:
    """How sure the content is put, or whether it ought to be so: from the kind, then from the content's own verb group.

    The scale of FactBank (Sauri and Pustejovsky 2009: certain, probable, possible) with duty and condition beside it.
    """
    if kind in ("demand", "order"):
        return "necessary"
    if kind in ("question", "doubt"):
        return "possible"
    main = _main_verb(content)
    if main is None:
        return "probable" if kind == "prediction" else "certain"
    inside = {t.i for t in content}
    group = [main, *(c for c in main.children if c.i in inside and c.dep_ in ("aux", "advmod", "cop", "xcomp"))]
    words = {t.lower_ for t in group}
    if words & _POSSIBLE or any(t.lemma_.lower() in _POSSIBLE for t in cue):
        return "possible"
    if "must" in words and "have" in words:  # "must have known"
        return "probable"
    if words & _NECESSARY or (main.lower_ in ("have", "has", "had") and any(c.dep_ == "xcomp" for c in main.children)):
        return "necessary"
    condition = any(
        c.dep_ == "advcl" and c.i in inside and any(m.lower_ in ("if", "unless") for m in c.children)
        for c in main.children
    )
    if condition or (words & {"would", "’d", "'d"} and not any(t.tag_ == "VBD" for t in cue)):
        return "hypothetical"
    return "probable" if words & _PROBABLE or kind == "prediction" else "certain"
