"""Reading quality on the development sets, and what 8-bit weights cost."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.table import Row, Section, at_least, at_most, plain

if TYPE_CHECKING:
    from kg.reader.model import Model
    from training.evaluate import AttributionScores, EntityScore, SyntaxScores

ATTRIBUTION, INT8 = "Attribution: PolNeAR dev", "8-bit weights against 32-bit weights"
ENTITIES, SYNTAX = "Entities: development sets", "Syntax: development sets"
COREFERENCE, SPEAKERS = "Coreference: GUM dev", "Speakers: sources of GUM dev resolved"
PROPOSITIONS, VECTORS, SIZE = "Propositions: CaRB dev", "Sentence vectors", "Size of the model"
NAMES = (ATTRIBUTION, INT8, ENTITIES, SYNTAX, COREFERENCE, SPEAKERS, PROPOSITIONS, VECTORS, SIZE)
AIMS = {"source": 86.0, "cue": 78.0, "content": 76.0}
ENTITY_AIMS = {"UNER EWT dev, held out": 84.0, "CrossNER politics dev": 78.0, "re3d held out": 70.0}
SYNTAX_AIMS = {"ewt-dev": (97.0, 93.0, 91.0)}
LEAST_LINKED, LEAST_CONLL, LEAST_SPEAKERS, LEAST_CARB, LEAST_RHO, MOST_MB = 95.0, 62.0, 88.0, 53.0, 0.95, 30.0
MOST_LOST = 0.5


@dataclass(frozen=True, slots=True)
class Other:
    """What some sections need besides: the 32-bit model; a Python with torch and the encoder's folder."""

    float32: Path | None
    torch_python: Path | None
    encoder: Path | None


def measure(corpora: Path, scorer: Path, other: Other, limit: int) -> Iterator[Section]:
    """The sections of quality, each as soon as it is measured. `limit` articles of PolNeAR dev are read (0: all)."""
    from kg.reader.model import Model
    from training import evaluate

    network = Model()
    notes = [f"Only the first {limit} articles: a trial, not a result."] if limit else []
    spans = evaluate.attribution(corpora, scorer, network, limit)
    yield Section(ATTRIBUTION, _attribution(spans), notes)
    entities = _entity_scores(corpora, network)
    yield Section(ENTITIES, [_entity(e) for e in entities])
    trees = [evaluate.syntax(path, network) for path in evaluate.treebanks(corpora)]
    yield Section(SYNTAX, [row for scores in trees for row in _syntax(scores)])
    yield _coreference(corpora, network)
    yield _speakers(corpora, network)
    yield _propositions(corpora)
    yield _size()
    if other.torch_python and other.encoder:
        yield _vectors(corpora, other.torch_python, other.encoder)
    if other.float32:
        precise = Model(other.float32)
        exact = evaluate.attribution(corpora, scorer, precise, limit)
        rows = [*_lost_spans(exact, spans), *_lost_entities(_entity_scores(corpora, precise), entities)]
        for path, ours in zip(evaluate.treebanks(corpora), trees, strict=True):
            reference = evaluate.syntax(path, precise)
            rows.append(_lost(f"{ours.treebank}, LAS", reference.las, ours.las))
        yield Section(INT8, rows, [*notes, "Points lost: the score of 32-bit weights less that of 8-bit weights."])


def _entity_scores(corpora: Path, network: Model) -> list[EntityScore]:
    from training import evaluate

    sets = evaluate.entity_sets(corpora)
    return [score for name, texts, types in sets for score in evaluate.entities(name, texts, network, types)]


def _entity(score: EntityScore) -> Row:
    what = f"{score.corpus}, {score.type} ({score.number}), F1"
    aim = ENTITY_AIMS.get(score.corpus) if score.type == "all" else None
    return plain(what, score.f1) if aim is None else at_least(what, score.f1, aim)


def _coreference(corpora: Path, network: Model) -> Section:
    from training.coreference import coreference_scores

    s = coreference_scores(corpora / "syntax/gum-dev.conllu.gz", network)
    rows = [plain(f"{name}, F1", value) for name, value in (("mentions", s.mentions), ("MUC", s.muc), ("B³", s.b3))]
    rows += [plain("CEAF-e, F1", s.ceafe), at_least("CoNLL average", s.conll, LEAST_CONLL)]
    return Section(COREFERENCE, rows, ["Exact mentions, without singletons. `python -m training.coreference`"])


def _speakers(corpora: Path, network: Model) -> Section:
    from training.speakers import KINDS, judge

    count = Counter((one.kind, one.right) for one in judge(corpora / "syntax/gum-dev.conllu.gz", network))
    rows = []
    for kind in KINDS:
        total = count[kind, True] + count[kind, False]
        rows.append(plain(f"{kind} ({total}), right, %", 100 * count[kind, True] / max(1, total)))
    right = sum(n for (_, good), n in count.items() if good)
    rows.append(at_least(f"all ({count.total()}), right, %", 100 * right / max(1, count.total()), LEAST_SPEAKERS))
    return Section(
        SPEAKERS, rows, ["Sources that the reader finds and GUM has as mentions. `python -m training.speakers`"]
    )


def _propositions(corpora: Path) -> Section:
    from training import carb

    s = carb.score(carb.read_gold(corpora / carb.DEV), carb.reader())
    rows = [plain("precision, %", 100 * s.precision), plain("recall, %", 100 * s.recall)]
    rows.append(at_least("F1, %", 100 * s.f1, LEAST_CARB))
    return Section(PROPOSITIONS, rows, ["Binary lenient match, one tuple a proposition. `python -m training.carb`"])


def _size() -> Section:
    from kg.reader.files import WEIGHTS

    files = sorted(file for file in WEIGHTS.iterdir() if file.is_file())
    sizes = {file.name: file.stat().st_size / 1e6 for file in files}
    rows = [plain(f"{name}, MB", size, "{:.2f}") for name, size in sizes.items()]
    return Section(SIZE, [*rows, at_most("all, MB", sum(sizes.values()), MOST_MB, "{:.2f}")])


def _vectors(corpora: Path, python: Path, encoder: Path) -> Section:
    command = [str(python), "-m", "training.vectors", "--corpora", str(corpora), "--encoder", str(encoder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rho, pairs, cosine = re.findall(r"Spearman ([\d.]+) over (\d+) pairs .* mean cosine ([\d.]+)", done)[0]
    rows = [at_least(f"Spearman with all-MiniLM-L6-v2's cosines ({pairs} pairs)", float(rho), LEAST_RHO, "{:.4f}")]
    return Section(VECTORS, [*rows, plain("mean cosine with its vector", float(cosine), "{:.4f}")])


def _attribution(scores: AttributionScores) -> list[Row]:
    rows = [at_least(f"{kind}, exact F1", s.f1, AIMS[kind]) for kind, s in scores.spans.items()]
    for kind, s in scores.spans.items():
        rows.append(Row(f"{kind}, exact precision / recall", f"{s.precision:.1f} / {s.recall:.1f}"))
        rows.append(Row(f"{kind}, first token F1 / token overlap", f"{s.begin_f1:.1f} / {s.jaccard:.1f}"))
    for kind, link in scores.links.items():
        what = f"link cue–{kind}, right where both spans are found ({link.number}), %"
        rows.append(at_least(what, link.accuracy, LEAST_LINKED))
    return [Row("articles", str(scores.articles)), *rows]


def _syntax(scores: SyntaxScores) -> Iterator[Row]:
    aims = SYNTAX_AIMS.get(scores.treebank, (None, None, None))
    for (name, value), aim in zip((("UPOS", scores.upos), ("UAS", scores.uas), ("LAS", scores.las)), aims, strict=True):
        what = f"{scores.treebank}, {name}, %"
        yield plain(what, value, "{:.2f}") if aim is None else at_least(what, value, aim, "{:.2f}")
    yield plain(f"{scores.treebank}, lemma, %", scores.lemma, "{:.2f}")
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
