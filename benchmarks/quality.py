"""Reading quality on the development sets, and what 8-bit weights cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.table import Row, Section, at_least, at_most, plain

if TYPE_CHECKING:
    from kg.reader.model import Model
    from training.evaluate import AttributionScores, EntityScore, SyntaxScores

ATTRIBUTION, INT8 = "Attribution: PolNeAR dev", "8-bit weights against 32-bit weights"
ENTITIES, SYNTAX = "Entities: development sets", "Syntax: development sets"
NAMES = (ATTRIBUTION, INT8, ENTITIES, SYNTAX)
AIMS = {"source": 79.0, "cue": 74.0, "content": 71.0}
MOST_LOST = 0.5


def measure(corpora: Path, scorer: Path, float32: Path | None, limit: int) -> Iterator[Section]:
    """The sections of quality, each as soon as it is measured. `limit` articles of PolNeAR dev are read (0: all)."""
    from kg.reader.model import Model
    from training import evaluate

    network = Model()
    notes = [f"Only the first {limit} articles: a trial, not a result."] if limit else []
    spans = evaluate.attribution(corpora, scorer, network, limit)
    yield Section(ATTRIBUTION, _attribution(spans), notes)
    entities = _entity_scores(corpora, network)
    yield Section(ENTITIES, [plain(f"{e.corpus}, {e.type} ({e.number}), F1", e.f1) for e in entities])
    trees = [evaluate.syntax(path, network) for path in evaluate.treebanks(corpora)]
    yield Section(SYNTAX, [row for scores in trees for row in _syntax(scores)])
    if float32:
        other = Model(float32)
        exact = evaluate.attribution(corpora, scorer, other, limit)
        rows = [*_lost_spans(exact, spans), *_lost_entities(_entity_scores(corpora, other), entities)]
        for path, ours in zip(evaluate.treebanks(corpora), trees, strict=True):
            reference = evaluate.syntax(path, other)
            rows.append(_lost(f"{ours.treebank}, LAS", reference.las, ours.las))
        yield Section(INT8, rows, [*notes, "Points lost: the score of 32-bit weights less that of 8-bit weights."])


def _entity_scores(corpora: Path, network: Model) -> list[EntityScore]:
    from training import evaluate

    sets = evaluate.entity_sets(corpora)
    return [score for name, texts, types in sets for score in evaluate.entities(name, texts, network, types)]


def _attribution(scores: AttributionScores) -> list[Row]:
    rows = [at_least(f"{kind}, exact F1", s.f1, AIMS[kind]) for kind, s in scores.spans.items()]
    for kind, s in scores.spans.items():
        rows.append(Row(f"{kind}, exact precision / recall", f"{s.precision:.1f} / {s.recall:.1f}"))
        rows.append(Row(f"{kind}, first token F1 / token overlap", f"{s.begin_f1:.1f} / {s.jaccard:.1f}"))
    for kind, link in scores.links.items():
        rows.append(plain(f"link cue–{kind}, right where both spans are found ({link.number}), %", link.accuracy))
    return [Row("articles", str(scores.articles)), *rows]


def _syntax(scores: SyntaxScores) -> Iterator[Row]:
    yield Row(f"{scores.treebank}, UPOS / lemma, %", f"{scores.upos:.2f} / {scores.lemma:.2f}")
    yield Row(f"{scores.treebank}, UAS / LAS, %", f"{scores.uas:.2f} / {scores.las:.2f}")
    yield plain(f"{scores.treebank}, sentence starts, F1", scores.sentence_start)


def _lost_spans(exact: AttributionScores, ours: AttributionScores) -> list[Row]:
    # The scorer prints one decimal.
    return [_lost(f"{kind}, exact F1", exact.spans[kind].f1, ours.spans[kind].f1, 1) for kind in ours.spans]


def _lost_entities(exact: list[EntityScore], ours: list[EntityScore]) -> list[Row]:
    pairs = [(a, b) for a, b in zip(exact, ours, strict=True) if b.type == "all"]
    return [_lost(f"{b.corpus}, all types, F1", a.f1, b.f1) for a, b in pairs]


def _lost(what: str, exact: float, ours: float, digits: int = 2) -> Row:
    form = f"{{:.{digits}f}}"
    lost = (
        round(exact - ours, digits) + 0.0
    )  # rounded: 79.6 less 79.1 is not more than 0.5; + 0.0: no minus before zero
    return at_most(f"{what}: {form.format(exact)} → {form.format(ours)}, points lost", lost, MOST_LOST, form)
