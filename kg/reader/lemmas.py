"""Lemmas as edit scripts: how many characters to cut from a word's end, and what to put there.

A small closed set of scripts, learnt from a treebank, covers regular and frequent irregular forms alike
(Chrupala 2006; the scheme of UDPipe and Stanza's edit classifier).
"""

from __future__ import annotations


def script(word: str, lemma: str) -> str:
    """The edit script that makes `lemma` from `word`, such as "3|ay" (said, say); "=" where the lemma keeps its case."""
    lowered, target = word.lower(), lemma.lower()
    if word == lemma and word != lowered:
        return "="
    common = 0
    while common < min(len(lowered), len(target)) and lowered[common] == target[common]:
        common += 1
    return f"{len(lowered) - common}|{target[common:]}"


def apply(rule: str, word: str) -> str:
    """The lemma of `word` under an edit script; the lowered word where the script cuts more than there is."""
    if rule == "=":
        return word
    cut, _, tail = rule.partition("|")
    count = int(cut)
    lowered = word.lower()
    return lowered if count > len(lowered) else lowered[: len(lowered) - count] + tail
