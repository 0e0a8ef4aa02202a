"""Time and memory of `kg build` and `kg read`, and the same texts through a tagger of BERT-base's size."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import measure, stages
from benchmarks.measure import Ran, kg, median
from benchmarks.table import Row, Section, at_least, at_most, plain
from benchmarks.texts import Texts

COLD, SUSTAINED = "Speed: kg build, cold", "Speed: kg build, sustained"
PARTS, BERT = "Speed: where the time goes", "Speed: against a tagger of BERT-base's size"
NAMES = (COLD, SUSTAINED, PARTS, BERT)
MOST_SECONDS, MOST_GB, MOST_HELP, LEAST_RATE, LEAST_RATIO = 5.0, 1.0, 0.3, 4000.0, 15.0
LEAST_READ = 8000.0
COLD_RUNS, HELP_RUNS = 3, 7
STAGED = 30
WINDOW, BATCH = 128, 16
PRECISIONS = ("float32", "bfloat16")
PATIENCE = 90.0
"""Seconds of each precision after which the tagger is stopped; its rate is that of the part that it did."""
GB = 1e9


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: the folder of the five articles, the texts, reading processes, the other Python, its share."""

    seeds: Path
    texts: Texts
    workers: int
    torch_python: Path | None
    bert_articles: int


def run(plan: Plan, folder: Path) -> Iterator[Section]:
    """The sections of speed, each as soon as it is measured; cases are built in `folder`."""
    yield _cold(plan.seeds, folder)
    sustained, rate = _sustained(plan, folder)
    yield sustained
    yield _parts(plan.texts.sample(STAGED))
    if plan.torch_python:
        yield _bert(plan, rate)


def _memory(ran: Ran) -> list[Row]:
    return [at_most("peak memory, with child processes, GB", ran.peak / GB, MOST_GB, "{:.2f}")] if ran.peak else []


def _cold(seeds: Path, folder: Path) -> Section:
    files = sorted(file for file in seeds.iterdir() if file.suffix == ".txt")
    words = sum(len(file.read_text(encoding="utf-8", errors="replace").split()) for file in files)
    builds = [kg("build", seeds.resolve(), "--case", folder / f"cold-{n}") for n in range(COLD_RUNS)]
    kg("--help")  # so that what follows is warm
    helps = [kg("--help").seconds for _ in range(HELP_RUNS)]
    rows = [
        Row("articles / words", f"{len(files)} / {words:,}"),
        at_most(
            f"`kg build` of the seed articles, fresh process, s (median of {COLD_RUNS})",
            median(b.seconds for b in builds),
            MOST_SECONDS,
            "{:.2f}",
        ),
        *_memory(max(builds, key=lambda b: b.peak)),
        at_most(f"`kg --help`, s (median of {HELP_RUNS}, warm)", median(helps), MOST_HELP, "{:.2f}"),
    ]
    return Section(COLD, rows)


def _sustained(plan: Plan, folder: Path) -> tuple[Section, float]:
    """Building and reading the texts; the second is the rate of reading, words/s."""
    texts, source = plan.texts, plan.texts.files[0].parent
    built = kg("build", source, "--case", folder / "sustained", "--workers", str(plan.workers))
    rate = texts.words / built.seconds
    again = kg("build", source, "--case", folder / "sustained", "--workers", str(plan.workers))
    read = kg("read", source, "--format", "jsonl", "--workers", str(plan.workers))
    pace = texts.words / read.seconds
    rows = [
        Row("articles of PolNeAR train / words", f"{len(texts.files)} / {texts.words:,}"),
        plain(f"`kg build --workers {plan.workers}`, s", built.seconds),
        at_least(f"`kg build --workers {plan.workers}`, words/s", rate, LEAST_RATE, "{:,.0f}"),
        *_memory(built),
        plain("the same build again, nothing changed, s", again.seconds, "{:.2f}"),
        at_least(f"`kg read --workers {plan.workers}`, words/s", pace, LEAST_READ, "{:,.0f}"),
    ]
    note = "Words are separated by white space. Times are from the start of the process to its end: starting, reading, "
    return Section(SUSTAINED, rows, [note + "writing the case and its index are in them."]), pace


def _parts(texts: Texts) -> Section:
    spent, start = stages.seconds(texts)
    total = sum(spent.values())
    rows = [Row("articles / words", f"{len(texts.files)} / {texts.words:,}")]
    rows += [plain("starting (imports, model, first document), s", start, "{:.2f}")]
    for stage, time in spent.items():
        rows.append(Row(f"{stage}, share / words/s", f"{100 * time / total:.1f} % / {texts.words / time:,.0f}"))
    rows.append(plain("all of it but starting, one process, words/s", texts.words / total, "{:,.0f}"))
    return Section(PARTS, rows)


def _bert(plan: Plan, rate: float) -> Section:
    from kg.reader.files import WEIGHTS

    texts = plan.texts.sample(plan.bert_articles)
    request = {
        "tokenizer": str(WEIGHTS / "tokenizer.json"),
        "texts": [file.read_text(encoding="utf-8") for file in texts.files],
        "threads": plan.workers,
        "window": WINDOW,
        "batch": BATCH,
        "precisions": PRECISIONS,
        "patience": PATIENCE,
    }
    command = [str(plan.torch_python), str(measure.ROOT / "benchmarks/bert_base.py")]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the tagger could not be timed: {done.stderr.strip()[-500:]}")
    answer = json.loads(done.stdout)
    rates = {name: texts.words * r / answer["wordpieces"] for name, r in answer["rates"].items()}
    rows = [
        Row("articles / words / wordpieces", f"{len(texts.files)} / {texts.words:,} / {answer['wordpieces']:,}"),
        *(plain(f"tagger, {name}, {plan.workers} threads, words/s", r, "{:,.0f}") for name, r in rates.items()),
        plain(f"`kg read --workers {plan.workers}` in the same run, words/s", rate, "{:,.0f}"),
        at_least("kg read ÷ tagger, float32", rate / rates["float32"], LEAST_RATIO),
        *(plain(f"kg read ÷ tagger, {name}", rate / rates[name]) for name in PRECISIONS[1:]),
    ]
    model = f"BertForTokenClassification, {answer['parameters'] / 1e6:.0f} million random weights, {answer['versions']}"
    notes = [
        f"{model}; windows of {WINDOW} wordpieces without overlap, {BATCH} in a batch, sorted by length.",
        "The tagger only labels wordpieces, and its start is not counted. `kg read` starts, loads files, reads with all "
        "heads, and writes JSON.",
    ]
    return Section(BERT, rows, notes)
