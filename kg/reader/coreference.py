"""Which words refer to the same thing: every noun and pronoun chooses one antecedent before it, or none.

Word-level coreference (Dobrovolskii 2021): heads of mentions are linked, not spans. An antecedent's score is the
network's, plus what a few small tables say of the pair: kinds of word, distance, spelling, determiners, roles in the sentence
(a mention-ranking model, Durrett and Klein 2013). `kg.reader.mentions` reads the spans off the tree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.reader.decode import Words
from kg.reader.features import IntArray
from kg.reader.labels import ENTITY_TYPES, RELATIONS, UPOS, XPOS
from kg.reader.mentions import children, mention

Floats = npt.NDArray[np.float32]

REACH: Final = 300
"""Nouns and pronouns back that are looked at as antecedents, at least: some 900 words. Training looks at so many exactly."""
BLOCK: Final = 256
"""Nouns and pronouns that choose at once. They look at the same ones before them, so the last of a block looks up to so many
further back than the first; to leave those out changes next to nothing (GUM dev, CoNLL 50.81 with and without)."""
BAG: Final = 256
"""Buckets into which the words of a name, or before a noun, are hashed to be compared."""

_PRONOUNS: Final = (
    "i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves", "he him his himself",
    "she her hers herself", "it its itself", "they them their theirs themselves themself", "this that these those",
    "who whom whose which",
)  # fmt: skip
_PRONOUN_CLASS: Final = {word: i for i, words in enumerate(_PRONOUNS) for word in words.split()}
_OTHER_PRONOUN, _SINGULAR, _PLURAL, _NAME, _NAMES = range(len(_PRONOUNS), len(_PRONOUNS) + 5)
CLASSES: Final = len(_PRONOUNS) + 5
_KINDS: Final = np.asarray([0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3])
"""First and second person, third person, noun, name: by class."""
_DETERMINERS: Final = {
    "the": 1, "a": 2, "an": 2, "another": 2, "some": 2, "this": 3, "that": 3, "these": 3, "those": 3, "such": 3, "both": 3,
    "all": 3, "my": 4, "our": 4, "your": 4, "his": 4, "her": 4, "its": 4, "their": 4,
}  # fmt: skip
_ROLES: Final = {"nsubj": 1, "csubj": 1, "obj": 2, "iobj": 2, "obl": 3, "nmod": 3, "appos": 4, "root": 4}
_MODIFIERS: Final = frozenset(RELATIONS.index(name) for name in ("amod", "compound", "nummod", "nmod", "flat"))
_NOMINAL: Final = [UPOS.index(name) for name in ("NOUN", "PROPN", "PRON")]

TABLES: Final[dict[str, tuple[int, ...]]] = {
    "pair": (CLASSES, CLASSES), "words": (4, 12), "sentences": (4, 6), "spelling": (3, 3, 3), "determiners": (5, 5, 2),
    "roles": (5, 5), "types": (len(ENTITY_TYPES) + 1, len(ENTITY_TYPES) + 1), "modifiers": (4,), "names": (5,),
}  # fmt: skip
"""What is looked up of a pair, by its sizes: see `pairs`."""
ALONE: Final[dict[str, tuple[int, ...]]] = {
    "alone_class": (CLASSES,), "alone_determiner": (5, 3), "alone_seen": (3, 2), "alone_role": (5,),
    "alone_type": (len(ENTITY_TYPES) + 1,),
}  # fmt: skip
"""What is looked up of a word for having no antecedent: see `Nominals.alone`."""


_WORDS_APART: Final = np.asarray([min(max(n, 1).bit_length() - 1, 11) for n in range(2**11 + 1)])
"""Bucket by words between, the binary logarithm."""
_SENTENCES_APART: Final = np.asarray([0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 5])
"""Bucket by sentences between."""


@dataclass(frozen=True)
class Nominals:
    """The nouns, names and pronouns of a document, (N,) each: what the tables are asked about."""

    at: IntArray
    kind: IntArray  # 0 noun, 1 name, 2 pronoun
    word_class: IntArray
    form: IntArray
    lemma: IntArray
    determiner: IntArray
    role: IntArray
    type: IntArray
    sentence: IntArray
    before: Floats  # (N, BAG): words before the noun that narrow it down
    name: Floats  # (N, BAG): words of the name

    def alone(self) -> dict[str, tuple[IntArray, ...]]:
        """Indices into `ALONE`."""
        seen: set[int] = set()
        again = np.zeros(len(self.at), np.int64)
        for i, lemma in enumerate(self.lemma.tolist()):
            again[i] = lemma in seen
            seen.add(lemma)
        return {
            "alone_class": (self.word_class,),
            "alone_determiner": (self.determiner, self.kind),
            "alone_seen": (self.kind, again),
            "alone_role": (self.role,),
            "alone_type": (self.type,),
        }


def nominals(
    words: Sequence[str],
    labels: IntArray,
    lemmas: Sequence[str],
    tree: tuple[IntArray, IntArray],
    sentences: Sequence[Words],
    entities: Sequence[tuple[str, int, int]],
) -> Nominals:
    """`labels` (words, 3) begin with UPOS and Penn tag; `tree` holds heads (a root is its own) and relations by word."""
    at = np.flatnonzero(np.isin(labels[:, 0], _NOMINAL))
    below = children(*tree)
    ids: dict[str, int] = {}
    types = np.zeros(len(words), np.int64)
    for kind, a, b in entities:
        types[a:b] = ENTITY_TYPES.index(kind) + 1
    sentence = np.zeros(len(words), np.int64)
    for n, (a, b) in enumerate(sentences):
        sentence[a:b] = n
    lowered = [word.lower() for word in words]
    upos = [UPOS[labels[i, 0]] for i in at]
    size = len(at)
    before, name = np.zeros((size, BAG), np.float32), np.zeros((size, BAG), np.float32)
    determiner = np.zeros(size, np.int64)
    for n, i in enumerate(at.tolist()):
        for child, relation in below[i]:
            determiner[n] = max(determiner[n], _DETERMINERS.get(lowered[child], 0) if child < i else 0)
            if relation in _MODIFIERS and upos[n] != "PRON":
                before[n, _bucket(lowered[child])] = 1
                if upos[n] == "PROPN" and labels[child, 0] == labels[i, 0]:
                    name[n, _bucket(lowered[child])] = 1
        if upos[n] == "PROPN":
            name[n, _bucket(lowered[i])] = 1
    return Nominals(
        at,
        np.asarray([("NOUN", "PROPN", "PRON").index(kind) for kind in upos], np.int64),
        np.asarray(
            [_class(lowered[i], u, XPOS[labels[i, 1]]) for i, u in zip(at.tolist(), upos, strict=True)], np.int64
        ),
        np.asarray([ids.setdefault(lowered[i], len(ids)) for i in at.tolist()], np.int64),
        np.asarray([ids.setdefault(lemmas[i].lower(), len(ids)) for i in at.tolist()], np.int64),
        determiner,
        np.asarray([_ROLES.get(RELATIONS[tree[1][i]], 0) for i in at.tolist()], np.int64),
        types[at],
        sentence[at],
        before,
        name,
    )


def _class(word: str, upos: str, xpos: str) -> int:
    if upos == "PRON":
        return _PRONOUN_CLASS.get(word, _OTHER_PRONOUN)
    if upos == "PROPN":
        return _NAMES if xpos == "NNPS" else _NAME
    return _PLURAL if xpos == "NNS" else _SINGULAR


def _bucket(word: str) -> int:
    """A bucket for a word, the same in every process."""
    value = 0
    for character in word:
        value = (value * 31 + ord(character)) % 1_000_003
    return value % BAG


def pairs(of: Nominals, rows: IntArray, columns: IntArray) -> dict[str, tuple[IntArray, ...]]:
    """Indices into `TABLES` of every word of `rows` with every possible antecedent of `columns`: arrays that broadcast to
    (rows, columns)."""
    i, j = rows[:, None], columns[None]
    same_lemma = (of.lemma[i] == of.lemma[j]).astype(np.int64)
    spelling = np.where(of.form[i] == of.form[j], 2, same_lemma)
    apart = np.clip(of.at[i] - of.at[j], 1, len(_WORDS_APART) - 1)
    sentences = np.clip(of.sentence[i] - of.sentence[j], 0, len(_SENTENCES_APART) - 1)
    kind = _KINDS[of.word_class]
    return {
        "pair": (of.word_class[i], of.word_class[j]),
        "words": (kind[i], _WORDS_APART[apart]),
        "sentences": (kind[i], _SENTENCES_APART[sentences]),
        "spelling": (of.kind[i], of.kind[j], spelling),
        "determiners": (of.determiner[i], of.determiner[j], same_lemma),
        "roles": (of.role[i], of.role[j]),
        "types": (of.type[i], of.type[j]),
        "modifiers": (_overlap(of.before[rows], of.before[columns], same_lemma > 0, 3),),
        "names": (_overlap(of.name[rows], of.name[columns], (of.kind[i] == 1) & (of.kind[j] == 1), 4),),
    }


def _overlap(ours: Floats, theirs: Floats, asked: npt.NDArray[np.bool_], largest: int) -> IntArray:
    """0 where not asked; 1 nothing in common, 2 ours among theirs (or nothing of ours), 3 some in common, 4 the same."""
    at, to = np.nonzero(asked)
    shared = (ours @ theirs.T)[at, to]
    mine, other = ours.sum(1)[at], theirs.sum(1)[to]
    kinds = np.where(shared >= mine, np.where((mine == other) & (mine > 0), 4, 2), np.where(shared > 0, 3, 1))
    found = np.zeros(asked.shape, np.int64)
    found[at, to] = np.minimum(kinds, largest)
    return found


def clusters(
    of: Nominals,
    words: Sequence[str],
    upos: IntArray,
    vectors: dict[str, Floats],
    tree: tuple[IntArray, IntArray],
    arrays: dict[str, Floats],
) -> list[list[Words]]:
    """Mentions by what they refer to: word spans in order, clusters by their first mention, none of one mention only."""
    chosen = antecedents(of, vectors, arrays)
    cluster_of: dict[int, int] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for i, antecedent in zip(of.at.tolist(), chosen.tolist(), strict=True):
        cluster_of[i] = cluster_of[antecedent] if antecedent >= 0 else i
        members[cluster_of[i]].append(i)
    below = children(*tree)
    found = [
        sorted({mention(i, below, upos, words) for i in heads})
        for _, heads in sorted(members.items())
        if len(heads) > 1
    ]
    return [spans for spans in found if len(spans) > 1]


def antecedents(of: Nominals, vectors: dict[str, Floats], arrays: dict[str, Floats]) -> IntArray:
    """The chosen antecedent (a word) of each noun, name and pronoun, (N,); -1 for none."""
    ours, theirs = vectors["mention"][of.at], vectors["antecedent"][of.at]
    scale = np.float32(ours.shape[1] ** -0.5)
    alone = ours @ arrays["no_antecedent"]
    for name, index in of.alone().items():
        alone += arrays[f"coreference_{name}"][index]
    chosen = np.full(len(of.at), -1, np.int64)
    for first in range(0, len(of.at), BLOCK):
        rows = np.arange(first, min(first + BLOCK, len(of.at)))
        columns = np.arange(max(0, first - REACH), rows[-1] + 1)
        scores = ours[rows] @ theirs[columns].T * scale
        for name, index in pairs(of, rows, columns).items():
            scores += arrays[f"coreference_{name}"][index]
        scores[columns[None] >= rows[:, None]] = -np.inf
        best = scores.argmax(1)
        better = scores[np.arange(len(rows)), best] > alone[rows]
        chosen[rows[better]] = of.at[columns[best[better]]]
    return chosen
