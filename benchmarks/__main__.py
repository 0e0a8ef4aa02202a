"""Measure quality and speed, print the figures, and put them into benchmarks/RESULTS.md.

python -m benchmarks --corpora ../shared/corpora --seeds ../shared/seeds [--only quality|speed|store|across|cost]

Sections that are not measured again stay in the file as they are.
"""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import quality, speed, store, table, texts
from benchmarks.across import cost, report

RESULTS = Path(__file__).with_name("RESULTS.md")
ORDER = (*quality.NAMES, *speed.NAMES, *store.NAMES, *report.NAMES.values(), report.UNSEEN, *cost.NAMES)
PARTS = ("quality", "speed", "store", "across", "cost")


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--corpora", type=Path, default=Path("../shared/corpora"), help="the corpora (default: %(default)s)")
    add("--seeds", type=Path, default=Path("../shared/seeds"), help="the five articles (default: %(default)s)")
    add("--only", choices=PARTS, help="one part (default: all)")
    add("--scorer", type=Path, help="the scorer of PolNeAR (default: tools/score_attribution.py beside the corpora)")
    add("--float32", type=Path, metavar="FOLDER", help="the model exported with --float32: what 8 bits cost")
    add("--torch-python", type=Path, metavar="PYTHON", help="a Python with torch, transformers and tokenizers")
    add("--encoder", type=Path, metavar="FOLDER", help="all-MiniLM-L6-v2, for the sentence vectors")
    add("--workers", type=int, default=2, help="processes of kg build, threads of the tagger (default: %(default)s)")
    add("--articles", type=int, default=340, help="articles of PolNeAR train for speed (default: %(default)s)")
    add("--bert-articles", type=int, default=24, help="of these, for the tagger (default: %(default)s)")
    add("--store-articles", type=int, default=24, help="articles for the store (default: %(default)s)")
    add("--limit", type=int, default=0, help="articles of PolNeAR dev, for a trial (default: all)")
    add("--date", default=datetime.date.today().isoformat(), help="the date to note (default: today)")
    add("--results", type=Path, default=RESULTS, help="the file to update (default: benchmarks/RESULTS.md)")
    return parser.parse_args(arguments)


def sections(part: str, given: argparse.Namespace, folder: Path) -> Iterator[table.Section]:
    """One part, section by section; `folder` is for texts and cases."""
    if part == "quality":
        scorer = given.scorer or given.corpora.parent / "tools/score_attribution.py"
        if not given.float32:
            _skipped(quality.INT8, "--float32 FOLDER")
        if not (given.torch_python and given.encoder):
            _skipped(quality.VECTORS, "--torch-python PYTHON --encoder FOLDER")
        other = quality.Other(given.float32, given.torch_python, given.encoder)
        yield from quality.measure(given.corpora, scorer, other, given.limit)
    elif part == "speed":
        if not given.torch_python:
            _skipped(speed.BERT, "--torch-python PYTHON")
        many = texts.write(given.corpora, folder / "many", given.articles)
        plan = speed.Plan(given.seeds, many, given.workers, given.torch_python, given.bert_articles)
        yield from speed.run(plan, folder)
    elif part == "across":
        yield from map(report.measure, report.NAMES)
        yield report.measure_unseen()
    elif part == "cost":
        yield from cost.run(folder)
    else:
        few = texts.write(given.corpora, folder / "few", given.store_articles)
        yield from store.run(few, given.workers, folder)


def _skipped(section: str, option: str) -> None:
    print(f"not measured: {section} (needs {option}); its figures stay as they are", file=sys.stderr, flush=True)


def command(given: argparse.Namespace) -> str:
    """The command that prints the figures, with no path of this machine in it."""
    words = ["python -m benchmarks", "--corpora ../shared/corpora", "--seeds ../shared/seeds"]
    words += [f"--only {given.only}"] if given.only else []
    words += ["--float32 FOLDER"] if given.float32 else []
    words += ["--torch-python PYTHON"] if given.torch_python else []
    words += ["--encoder FOLDER"] if given.encoder else []
    default = options([])
    numbers = ("workers", "articles", "bert_articles", "store_articles", "limit")
    changed = [name for name in numbers if getattr(given, name) != getattr(default, name)]
    return " ".join([*words, *(f"--{name.replace('_', '-')} {getattr(given, name)}" for name in changed)])


def main() -> int:
    """Measure; 0 if all could be measured, 1 if not."""
    from kg.reader import model_sha256

    given = options()
    place = f"{table.machine()}{table.busy()}"
    about = f"`{command(given)}`\n\n{given.date}; {place}; {table.versions(model_sha256())}."
    print(about, flush=True)
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    code = 0
    for part in PARTS if given.only is None else (given.only,):
        try:
            with tempfile.TemporaryDirectory(prefix="kg-benchmarks-") as folder:
                for section in sections(part, given, Path(folder)):
                    print(f"\n{section.name}\n\n{section}", flush=True)
                    table.update(given.results, [section], about, ORDER)
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:  # the other parts can still be measured
            print(f"benchmarks: {part}: {error}", file=sys.stderr, flush=True)
            code = 1
    return code


if __name__ == "__main__":
    raise SystemExit(main())
