"""Names inside longer names, measured on GUM's nested entities.

    python -m training.inner_names --corpora ../shared/corpora --part dev

GUM nests persons, organizations and places in one another and in works and events, but no nationalities. Recall counts its
names that stand inside a longer name without a comma or a list ("Oslo, Norway"); precision asks of each inner name that is
found, group names apart, whether GUM has a name there inside a longer mention, with the same type.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.claims.entities import find_entities
from kg.claims.nested import find_nested
from kg.claims.roles import find_roles
from kg.document import Document, Span
from kg.reader import read_pretokenized
from kg.reader.labels import UPOS
from training.corpora.text import Text
from training.corpora.treebanks import Mention, mentions_of

Inner = tuple[int, int, str]
"""First word, end, type."""
TYPES = frozenset({"person", "organization", "place"})
_SMALL = frozenset("of the and for in on de - & 's ’s al la".split())
_DETERMINERS = frozenset("the a an this that".split())
_PROPER, _MARK = UPOS.index("PROPN"), UPOS.index("PUNCT")


def as_lines(text: Text) -> str:
    """A treebank's document with a sentence a line and a blank line after each paragraph."""
    assert text.starts is not None
    lines: list[str] = []
    for word, start, gap in zip(text.words, text.starts, text.gaps, strict=True):
        if start:
            lines += [""] * (gap == 3 and bool(lines))
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return "\n".join(lines)


def gold(text: Text, mentions: Iterable[Mention]) -> tuple[set[Inner], set[Inner]]:
    """Names inside longer names, and names inside any longer mention."""
    assert text.upos is not None
    spans = [(*_bare(text, m), m.type) for m in mentions]
    named = [one for one in spans if _is_name(text, one)]
    names, loose = set(), set()
    for one in named:
        if one[2] in TYPES:
            outer = [o for o in spans if o[0] <= one[0] and one[1] <= o[1] and o[1] - o[0] > one[1] - one[0]]
            if outer:
                loose.add(one)
            if any(o in named and not _is_list(text, o, named) for o in outer):
                names.add(one)
    return names, loose


def _bare(text: Text, mention: Mention) -> tuple[int, int]:
    assert text.upos is not None
    first, end = mention.first, mention.end
    while first < end and text.words[first].lower() in _DETERMINERS:
        first += 1
    while end > first and (text.words[end - 1] in ("'s", "’s") or text.upos[end - 1] == _MARK):
        end -= 1
    return first, end


def _is_name(text: Text, one: Inner) -> bool:
    assert text.upos is not None
    words = text.words[one[0] : one[1]]
    fitting = (w[:1].isupper() or w.lower() in _SMALL or not w[:1].isalpha() for w in words)
    return bool(words) and all(fitting) and _PROPER in text.upos[one[0] : one[1]]


def _is_list(text: Text, outer: Inner, named: list[Inner]) -> bool:
    words = text.words[outer[0] : outer[1]]
    parts = [n for n in named if outer[0] <= n[0] and n[1] <= outer[1]]
    return "," in words or ("and" in words and all(p[2] == outer[2] for p in parts))


def found(text: Text) -> set[Inner]:
    """The inner names that are read in a document, groups left out."""
    lines = as_lines(text)
    document = Document("gum", lines, hashlib.sha256(lines.encode()).hexdigest())
    doc = read_pretokenized(document)
    at = {token.i: n for n, token in enumerate(t for t in doc if not t.is_space)}
    entities = find_entities(document, doc)
    nested = find_nested(document, doc, entities, find_roles(document, doc, entities))[1]
    return {(*_words(doc, one.span, at), one.type) for one in nested if one.type in TYPES}


def _words(doc: Any, span: Span, at: dict[int, int]) -> tuple[int, int]:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return at[tokens[0].i], at[tokens[-1].i] + 1


def measure(path: Path) -> Iterator[tuple[str, float]]:
    """Precision and recall, with types and of spans alone, and how many there are."""
    count: Counter[str] = Counter()
    for text, mentions in mentions_of(path):
        names, loose = gold(text, mentions)
        read = found(text)
        bare = {one[:2] for one in read}
        count["gold"] += len(names)
        count["read"] += len(read)
        count["right"] += len(read & loose)
        count["right spans"] += len(bare & {one[:2] for one in loose})
        count["recalled"] += len(read & names)
        count["recalled spans"] += len(bare & {one[:2] for one in names})
    yield "names inside names, gold", count["gold"]
    yield "inner names, read", count["read"]
    for what, right, recalled in (("", "right", "recalled"), (" of spans", "right spans", "recalled spans")):
        yield f"precision{what}", 100 * count[right] / max(1, count["read"])
        yield f"recall{what}", 100 * count[recalled] / max(1, count["gold"])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the names inside names on GUM.")
    parser.add_argument("--corpora", type=Path, required=True, help="Folder of the corpora.")
    parser.add_argument("--part", choices=("train", "dev"), default="dev")
    given = parser.parse_args()
    for name, value in measure(given.corpora / "syntax" / f"gum-{given.part}.conllu.gz"):
        print(f"{name}: {value:.1f}")


if __name__ == "__main__":
    main()
