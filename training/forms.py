"""The list of irregular forms that `kg.reader.lemmas` looks up: what its rules get wrong in the treebanks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from kg.reader.labels import UPOS, XPOS
from kg.reader.lemmas import apply, regular
from training.corpora import Text

SKIPPED = frozenset({"PROPN", "PUNCT", "SYM", "X", "NUM"})


def irregular_forms(texts: Iterable[Text], known: Collection[str]) -> dict[str, dict[str, str]]:
    """Universal tag → form (lower case) → its commonest lemma, for forms whose lemma no rule gives."""
    seen: defaultdict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for text in texts:
        assert text.upos is not None and text.xpos is not None and text.lemmas is not None
        for word, u, x, rule in zip(text.words, text.upos, text.xpos, text.lemmas, strict=True):
            if u >= 0 and x >= 0 and rule and UPOS[u] not in SKIPPED:
                seen[UPOS[u], word.lower()][apply(rule, word), XPOS[x]] += 1
    found: dict[str, dict[str, str]] = {}
    for (upos, form), lemmas in sorted(seen.items()):
        lemma, xpos = min(lemmas, key=lambda one: (-lemmas[one], one))
        if lemma and regular(form, xpos, known) != lemma:
            found.setdefault(upos, {})[form] = lemma
    return found
