"""Measure a reader on the development sets: one figure a line, read through the same pipeline as users' (`kg.reader`).

    python -m training.evaluate --corpora ../shared/corpora --scorer ../shared/tools/score_attribution.py

Prints attribution F1 (PolNeAR dev, the published protocol), linking accuracy on found spans, entity F1 by type and
corpus, and syntax; with `--weights FOLDER` those of another model. `benchmarks/` calls the same functions.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from kg.reader import decode, reading_with
from kg.reader.analysis import Analysis
from kg.reader.labels import ENTITY_TAGS, SPAN_TYPES
from kg.reader.lemmas import apply
from kg.reader.model import Model
from training import corpora

LINKED = ("source", "content")
ALL_TYPES = "all"
SCORE = re.compile(r"(\w+) +exact P ([\d.]+) R ([\d.]+) F1 ([\d.]+) +begin F1 ([\d.]+) +jaccard ([\d.]+)")


@dataclass(frozen=True, slots=True)
class SpanScore:
    """How well a kind of span is found, in percent: exact precision, recall, F1; F1 of the first token; overlap."""

    precision: float
    recall: float
    f1: float
    begin_f1: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Of `number` gold links whose cue and other span are both found exactly, the percentage that is linked right."""

    accuracy: float
    number: int


@dataclass(frozen=True, slots=True)
class AttributionScores:
    """Scores on PolNeAR dev: spans by kind, and the links of cues to sources and contents."""

    articles: int
    spans: dict[str, SpanScore]
    links: dict[str, LinkScore]


@dataclass(frozen=True, slots=True)
class EntityScore:
    """Exact span and type F1, in percent, of one type in one corpus, which holds `number` of them."""

    corpus: str
    type: str
    f1: float
    number: int


@dataclass(frozen=True, slots=True)
class SyntaxScores:
    """Percentages of right words in a treebank (gold tokens and sentences, relations without subtypes); F1 of starts."""

    treebank: str
    upos: float
    uas: float
    las: float
    lemma: float
    sentence_start: float


def attribution(folder: Path, scorer: Path, network: Model, limit: int = 0) -> AttributionScores:
    """The scorer's figures on PolNeAR dev (its first `limit` articles; 0: all), read through the whole pipeline."""
    read = reading_with(network)
    links = Counter[tuple[str, str]]()
    with tempfile.TemporaryDirectory() as out:
        predicted, part = Path(out) / "predicted.jsonl", Path(out) / "gold.jsonl"
        gold = corpora.lines(folder / "attribution/polnear-dev.jsonl.gz")
        with predicted.open("w", encoding="utf8") as ours, part.open("w", encoding="utf8") as reference:
            for line in islice(gold, limit or None):
                article = json.loads(line)
                doc = read(article["text"])
                ours.write(json.dumps({"id": article["id"], "spans": sorted(_spans(doc))}) + "\n")
                reference.write(line + "\n")
                _count_links(article, doc, links)
        tokens = folder / "attribution/polnear-dev-corenlp.tsv.gz"
        command = [sys.executable, str(scorer), str(part), str(tokens), str(predicted)]
        report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spans = {match[1]: SpanScore(*map(float, match.groups()[1:])) for match in SCORE.finditer(report)}
    assert set(spans) == set(SPAN_TYPES), report
    found = {k: LinkScore(100 * links[k, "right"] / max(1, links[k, "all"]), links[k, "all"]) for k in LINKED}
    return AttributionScores(int(report.split()[0]), spans, found)


def _spans(doc: Doc) -> set[tuple[str, int, int]]:
    """Spans of the outermost attributions, which are what PolNeAR marks: (kind, start, end)."""
    ones = [one for one in doc._.attributions if not one.nested]
    return {(kind, s.start, s.end) for one in ones for kind in SPAN_TYPES for s in getattr(one, kind)}


def _count_links(article: dict[str, Any], doc: Doc, links: Counter[tuple[str, str]]) -> None:
    reading = article["readings"][min(article["readings"])]
    gold = {
        (tuple(cue), kind, tuple(span))
        for one in reading
        for cue in one.get("cue", [])[:1]
        for kind in LINKED
        for span in one.get(kind, [])
    }
    ours = {
        ((cue.start, cue.end), kind, (span.start, span.end))
        for one in doc._.attributions
        if not one.nested
        for cue in one.cue[:1]
        for kind in LINKED
        for span in getattr(one, kind)
    }
    found = _spans(doc)
    for cue, kind, span in gold:
        if ("cue", *cue) in found and (kind, *span) in found:
            links[kind, "all"] += 1
            links[kind, "right"] += (cue, kind, span) in ours


def entity_sets(folder: Path) -> Iterator[tuple[str, Iterable[corpora.Text], set[str]]]:
    """The development sets of entities: a name, the texts, the types that the set annotates."""
    names, sets = {"person", "organization", "place"}, folder / "entities"
    yield "UNER EWT dev, held out", corpora.uner(sets / "uner-ewt-dev.iob2.gz", held_out=True), names
    politics = corpora.conll(sets / "crossner-politics-dev.conll.gz", corpora.CROSSNER)
    yield "CrossNER politics dev", politics, names | {"event"}
    yield "re3d held out", corpora.re3d(folder, held_out=True), names | {"group"}


def entities(name: str, texts: Iterable[corpora.Text], network: Model, types: set[str]) -> list[EntityScore]:
    """Exact span and type F1 on texts whose words are given: by type, then of all types together."""
    count = Counter[tuple[str, str]]()
    for text in texts:
        if not text.words:
            continue
        read = Analysis(text.words, np.asarray(text.gaps, np.int64), network)
        found = {s for s in read.entities if s[0] in types}
        tags = np.asarray([m.bit_length() - 1 if m & (m - 1) == 0 else 0 for m in text.entities or []])
        gold = {s for s in decode.spans(tags, ENTITY_TAGS, [(0, len(tags))]) if s[0] in types}
        for kind in types:
            g, p = ({s for s in side if s[0] == kind} for side in (gold, found))
            for part, size in (("both", len(g & p)), ("gold", len(g)), ("found", len(p))):
                count[kind, part] += size
                count[ALL_TYPES, part] += size
    return [
        EntityScore(
            name,
            kind,
            200 * count[kind, "both"] / max(1, count[kind, "gold"] + count[kind, "found"]),
            count[kind, "gold"],
        )
        for kind in [*sorted(types), ALL_TYPES]
    ]


def syntax(path: Path, network: Model) -> SyntaxScores:
    """Scores on a treebank, its tokens and sentences given."""
    right = Counter[str]()
    for text in corpora.conllu(path):
        read = Analysis(text.words, np.asarray(text.gaps, np.int64), network)
        scores = read.scores
        cuts = [*map(int, np.flatnonzero(text.starts or [])), len(text.words)]
        heads, relations = read.tree_of(list(pairwise(cuts)))
        gold = np.asarray([i if h < 0 else h for i, h in enumerate(text.heads or [])])
        right["words"] += len(gold)
        right["upos"] += int((scores.labels[:, 0] == text.upos).sum())
        right["uas"] += int((heads == gold).sum())
        right["las"] += int(((heads == gold) & (relations == text.relations)).sum())
        scripts = zip(text.words, read.lemmas, text.lemmas or [], strict=True)
        right["lemma"] += sum(lemma == (apply(rule, word) if rule else "_") for word, lemma, rule in scripts)
        begun, gold_starts = scores.start > 0, np.asarray(text.starts) > 0
        right["start both"] += int((begun & gold_starts).sum())
        right["start any"] += int(begun.sum() + gold_starts.sum())
    upos, uas, las, lemma = (100 * right[name] / right["words"] for name in ("upos", "uas", "las", "lemma"))
    start = 200 * right["start both"] / right["start any"]
    return SyntaxScores(path.name.removesuffix(".conllu.gz"), upos, uas, las, lemma, start)


def treebanks(folder: Path) -> list[Path]:
    """The development sets of syntax."""
    return [folder / f"syntax/{part}.conllu.gz" for part in ("ewt-dev", "gum-dev")]


def _print_attribution(scores: AttributionScores) -> None:
    print(f"{scores.articles} articles")
    for kind, s in scores.spans.items():
        exact = f"exact P {s.precision:.1f} R {s.recall:.1f} F1 {s.f1:.1f}"
        print(f"{kind:8} {exact}  begin F1 {s.begin_f1:.1f}  jaccard {s.jaccard:.1f}")
    for kind, link in scores.links.items():
        print(f"link cue–{kind} {link.accuracy:.1f} % of {link.number} where both spans are found exactly", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="another model than the shipped one")
    parser.add_argument("--limit", type=int, default=0, help="articles of PolNeAR dev to read (0: all)")
    parser.add_argument("--only", choices=("attribution", "entities", "syntax"))
    options = parser.parse_args()
    network = Model(options.weights) if options.weights else Model()
    if options.only in (None, "attribution"):
        _print_attribution(attribution(options.corpora, options.scorer, network, options.limit))
    if options.only in (None, "entities"):
        for name, texts, types in entity_sets(options.corpora):
            for row in entities(name, texts, network, types):
                print(f"{row.corpus} {row.type:12} F1 {row.f1:.1f} ({row.number})", flush=True)
    if options.only in (None, "syntax"):
        for path in treebanks(options.corpora):
            s = syntax(path, network)
            words = f"UPOS {s.upos:.2f} UAS {s.uas:.2f} LAS {s.las:.2f} lemma {s.lemma:.2f}"
            print(f"{s.treebank} {words} sentence start F1 {s.sentence_start:.1f}", flush=True)


if __name__ == "__main__":
    main()
