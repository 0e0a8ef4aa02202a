"""Reporting words by what they commit a source to: closed word classes, matched in all their forms.

The classes follow FactBank's source-introducing predicates (Sauri and Pustejovsky 2009) and Hyland's (2002) reporting verbs.
Forms are made by rule, so that a wrong lemma of the reader does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from kg.records import Kind

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Penn tags of finite verbs."""
_BY_KIND: Final[dict[Kind, str]] = {
    "denial": "deny refute rebut disavow dispute reject dismiss repudiate disclaim contest denial rebuttal refutation rejection",
    "warning": "warn caution alert threaten warning threat caveat",
    "concern": "fear worry concern lament deplore regret dread concerned worried afraid alarmed fearful",
    "order": "order instruct command decree mandate ordain fatwa edict directive",
    "demand": "demand urge request ask call plead beg petition insist require lobby implore exhort appeal press recommend "
    "propose advocate invite suggest proposal recommendation plea want",
    "prediction": "predict forecast expect foresee anticipate project prophesy prediction expectation",
    "belief": "believe think feel suspect assume presume suppose consider hope reckon guess trust imagine belief "
    "suspicion view deem regard conviction hopeful convinced confident",
    "doubt": "doubt doubtful sceptical skeptical scepticism skepticism unconvinced unsure mistrust distrust",
    "opinion": "describe criticize criticise praise condemn denounce blame hail slam blast decry applaud welcome defend label "
    "brand characterize characterise accuse accusation criticism condemnation argue opine opinion",
    "question": "wonder question inquire query",
    "assertion": "say tell report announce state claim declare assert affirm confirm note remark comment mention emphasize "
    "emphasise "
    "stress highlight underline underscore explain add write publish reveal disclose admit acknowledge concede confess "
    "maintain contend allege testify conclude find show indicate imply hint signal estimate calculate agree "
    "disagree repeat reiterate "
    "recall remind inform notify advise observe point quote cite document detail record respond reply answer retort counter "
    "quip joke boast brag complain grumble promise pledge vow swear guarantee assure express voice convey speak talk discuss "
    "argue stipulate specify clarify elaborate outline tweet post read recount relate narrate describe "
    "plead know learn hear understand discover realize realise determine see rule decide attest certify "
    "statement announcement claim report declaration assertion remark testimony evidence "
    "allegation confirmation revelation admission assessment account according finding conclusion promise pledge",
}
WEAK: Final = frozenset(
    (
        "know learn hear understand discover realize realise determine see rule decide attest certify find show read record "
        "document publish reveal recall discuss talk speak detail outline calculate signal express voice support favor "
        "favour prefer oppose "
        "endorse press expect project consider regard view account evidence indicate question"
    ).split()
)
"""Words that report only what a clause says: "found that …", but not "found the boats"."""
_IRREGULAR: Final = {
    "say": "said", "tell": "told", "write": "wrote written", "think": "thought", "feel": "felt", "find": "found",
    "speak": "spoke spoken", "swear": "swore sworn", "know": "knew known", "hear": "heard", "see": "saw seen",
    "show": "shown", "understand": "understood", "forecast": "forecast", "foresee": "foresaw foreseen", "read": "read",
    "lay": "laid lain", "learn": "learnt", "beg": "begged begging", "plead": "pled", "admit": "admitted admitting",
    "refer": "referred", "regret": "regretted regretting", "allege": "alleging", "quip": "quipped quipping",
}  # fmt: skip


def _forms(word: str) -> Iterable[str]:
    yield word
    yield from _IRREGULAR.get(word, "").split()
    if word.endswith("ee"):
        yield from (word + "s", word + "d", word + "ing")
    elif word.endswith("e"):
        yield from (word + "s", word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2] not in "aeiou":
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    else:
        if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in "aeiou" and word[-3] not in "aeiou":
            yield from (
                word + word[-1] + "ed",
                word + word[-1] + "ing",
            )  # rebutted, labelled; a form too many does no harm
        yield from (word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s"), word + "ed", word + "ing")


_KINDS: Final[dict[str, tuple[str, Kind]]] = {}
"""Form → (word, kind); the first kind that lists a form keeps it."""
for _kind, _words in _BY_KIND.items():
    for _word in _words.split():
        for _form in _forms(_word):
            _KINDS.setdefault(_form, (_word, _kind))


def lookup(token: Any) -> tuple[str, Kind] | None:
    """The reporting word that a spaCy token is a form of, and its kind; None for any other token."""
    return _KINDS.get(token.lower_) or _KINDS.get(token.lemma_.lower())


def is_reporting(tokens: Iterable[Any]) -> bool:
    """Whether a cue holds a word of saying, thinking, asking or feeling that can take more than a clause."""
    return any(hit[0] not in WEAK for t in tokens if (hit := lookup(t)) is not None)
