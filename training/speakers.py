"""Speaker accuracy: is a source resolved to whom it refers to? By kind of source, on gold coreference (GUM dev).

    python -m training.speakers --corpora ../shared/corpora [--weights FOLDER] [--wrong]

Every attribution that the reader finds, whose source is a gold mention, counts. A named speaker is right where the name
belongs to the source's gold cluster; a described one where the cluster has no name and holds the description; the
document's own voice where the cluster has no name and says "I" or "we".
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.claims import read_claims
from kg.claims.names import is_acronym
from kg.claims.speakers import FIRST
from kg.document import Document, Span
from kg.reader import reading_with
from kg.reader.labels import UPOS
from kg.reader.model import Model
from kg.records import Entity, Reading, Speaker
from training.corpora import Mention, Text, mentions_of

KINDS = ("name", "acronym", "pronoun", "description", "first person")
GAPS = ("", " ", "\n", "\n\n")


@dataclass(frozen=True, slots=True)
class Judged:
    """A source of the reader's with its kind, its words, the speaker it was resolved to, and whether that is right."""

    kind: str
    source: str
    speaker: str
    right: bool
    gold: str


def judge(path: Path, network: Model) -> Iterator[Judged]:
    """Every source that the reader finds and the treebank has as a mention."""
    read = reading_with(network)
    for text, mentions in mentions_of(path):
        document, at = _document(text)
        reading = read_claims(document, read(document.text))
        yield from _judged(document, reading, _Gold(text, mentions, at))


def _document(text: Text) -> tuple[Document, list[Span]]:
    """A treebank's document as running text, and where its words are in it."""
    written, at = "", []
    for i, word in enumerate(text.words):
        written += GAPS[text.gaps[i]] if i else ""
        at.append(Span(len(written), len(written) + len(word)))
        written += word
    return Document(f"{text.name}.txt", written, "0" * 64), at


class _Gold:
    """The gold mentions of a document as characters."""

    def __init__(self, text: Text, mentions: Sequence[Mention], at: Sequence[Span]) -> None:
        self.text, self.at = text, at
        self.mentions = [(Span(at[m.first].start, at[m.end - 1].end), m) for m in mentions]

    def of(self, spans: Sequence[Span]) -> Mention | None:
        """The mention that a source is: the one that shares most characters with it, if more than half."""
        start, end = spans[0].start, spans[-1].end
        shared = [
            (min(end, s.end) - max(start, s.start), -len(range(s.start, s.end)), i)
            for i, (s, _) in enumerate(self.mentions)
            if s.start < end and start < s.end
        ]
        shared = [one for one in shared if one[0] * 2 > max(end - start, -one[1])]
        return self.mentions[max(shared)[2]][1] if shared else None

    def kind(self, mention: Mention) -> str:
        assert self.text.upos is not None and self.text.heads is not None
        inside = range(mention.first, mention.end)
        head = next((i for i in inside if self.text.heads[i] not in inside), mention.end - 1)
        upos = UPOS[self.text.upos[head]]
        if upos == "PRON":
            return "first person" if self.text.words[head].lower() in FIRST else "pronoun"
        if upos == "PROPN":
            return "acronym" if is_acronym(self.text.words[head]) else "name"
        return "description"

    def cluster(self, mention: Mention) -> list[Span]:
        return [s for s, m in self.mentions if m.cluster == mention.cluster]

    def named(self, mention: Mention) -> bool:
        return any(self.kind(m) in ("name", "acronym") for _, m in self.mentions if m.cluster == mention.cluster)


def _judged(document: Document, reading: Reading, gold: _Gold) -> Iterator[Judged]:
    entities = {e.id: e for e in reading.entities}
    for claim in reading.claims:
        spans = claim.speaker.spans
        mention = gold.of(spans) if claim.cue and spans else None
        if mention is None:
            continue
        cluster = gold.cluster(mention)
        right = _right(document, claim.speaker, entities, cluster, gold.named(mention))
        longest = max((s.of(document.text) for s in cluster), key=len)
        yield Judged(gold.kind(mention), claim.speaker.mention, claim.speaker.name, right, longest)


def _right(
    document: Document, speaker: Speaker, entities: dict[str, Entity], cluster: Sequence[Span], named: bool
) -> bool:
    if speaker.entity:
        entity = entities[speaker.entity]
        shown = [m for m in entity.mentions if " ".join(m.of(document.text).split()) == entity.name]
        return any(s.start < m.end and m.start < s.end for m in shown for s in cluster)
    words = {" ".join(s.of(document.text).lower().split()) for s in cluster}
    if speaker.kind == "document":
        return not named and bool(words & FIRST)
    return not named and any(speaker.name.lower() in w for w in words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="another model than the shipped one")
    parser.add_argument("--wrong", action="store_true", help="print those that are wrong")
    options = parser.parse_args()
    network = Model(options.weights) if options.weights else Model()
    count = Counter[tuple[str, bool]]()
    for one in judge(options.corpora / "syntax/gum-dev.conllu.gz", network):
        count[one.kind, one.right] += 1
        if options.wrong and not one.right:
            print(f"{one.kind}: {one.source!r} → {one.speaker!r}, gold {one.gold!r}")
    for kind in KINDS:
        right, wrong = count[kind, True], count[kind, False]
        print(f"{kind:12} {100 * right / max(1, right + wrong):.1f} % of {right + wrong}")
    right = sum(n for (_, good), n in count.items() if good)
    print(f"all          {100 * right / max(1, count.total()):.1f} % of {count.total()}")
    third = {
        good: sum(n for (kind, g), n in count.items() if g == good and kind != "first person") for good in (True, False)
    }
    print(f"third person {100 * third[True] / max(1, sum(third.values())):.1f} % of {sum(third.values())}")


if __name__ == "__main__":
    main()
