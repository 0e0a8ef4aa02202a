"""Time and memory of resolving synthetic news, how they grow, what blocking misses, and what one more document costs.

python -m benchmarks.across.cost [--sizes 1000 10000 30000]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks import measure
from benchmarks.across import blocked
from benchmarks.table import Row, Section, at_least, at_most, plain
from kg.resolve.table import Table, dump, parse

COST, BLOCKING = "Across documents: cost on synthetic news", "Across documents: what blocking misses"
ONE_MORE = "Across documents: one more document"
NAMES = (COST, BLOCKING, ONE_MORE)
SIZES: Final = (1_000, 10_000, 30_000)
PAIRED: Final = 500
MOST_GB, LEAST_RECALL = 4.0, 0.98
GB = 1e9
LENGTH: Final = 4
"""Bytes that say how long a table in a file is."""


def run(folder: Path, sizes: Sequence[int] = SIZES) -> Iterator[Section]:
    """The sections of cost, each as soon as it is measured. Raises RuntimeError where a process fails."""
    file = folder / "tables"
    begin = time.perf_counter()
    write(file, max(sizes))
    made = time.perf_counter() - begin
    runs = {size: _process("resolve", file, size) for size in sizes}
    yield Section(COST, [plain(f"making {max(sizes):,} documents' tables, s", made), *_cost(runs)], [_NOTE])
    lost = _process("blocking", file, PAIRED)
    yield Section(BLOCKING, list(_blocking(lost)))
    more = {size: _process("more", file, size) for size in sizes[:2]}
    yield Section(ONE_MORE, list(_one_more(more)))


_NOTE = (
    "Synthetic news, seed 0; each size in a process of its own. Seconds are those of `kg.resolve.resolve`; reading the tables "
    "is apart. Seconds of a core do not depend on what else the machine does. The aim of the exponent is that of n log n, "
    "fitted to the same sizes."
)


def write(file: Path, number: int, seed: int = 0) -> None:
    """Write the tables of the first `number` synthetic articles into a file."""
    from benchmarks.synthetic import articles, table

    with file.open("wb") as out:
        for article in articles(number, seed):
            data = dump(table(article))
            out.write(len(data).to_bytes(LENGTH, "big"))
            out.write(data)


def load(file: Path) -> Iterator[Table]:
    """The tables of a file."""
    with file.open("rb") as data:
        while head := data.read(LENGTH):
            yield parse(data.read(int.from_bytes(head, "big")), file.name)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of a straight line through the logarithms of the points, by least squares."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return float(sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread)


def _process(task: str, file: Path, size: int) -> dict[str, Any]:
    done = measure.run([sys.executable, "-m", "benchmarks.across.cost", task, str(file), str(size)])
    if done.code:
        raise RuntimeError(f"{task} of {size:,} documents ended with {done.code}: {done.errors.strip()[-500:]}")
    answer: dict[str, Any] = json.loads(done.output)
    return {**answer, "peak": max(done.peak, answer["peak"])}


def _cost(runs: dict[int, dict[str, Any]]) -> Iterator[Row]:
    for size, ran in runs.items():
        yield Row(f"{size:,} documents: claims / entities named", f"{ran['claims']:,} / {ran['entities']:,}")
        yield Row(f"{size:,} documents: derived", ", ".join(f"{n:,} {what}" for what, n in ran["derived"].items()))
        yield plain(f"{size:,} documents: reading the tables, s", ran["load"], "{:.2f}")
        yield Row(
            f"{size:,} documents: resolving, s by the clock / of a core", f"{ran['seconds']:.2f} / {ran['cpu']:.2f}"
        )
        yield at_most(f"{size:,} documents: peak memory, GB", ran["peak"] / GB, MOST_GB, "{:.2f}")
    if len(runs) > 1:
        most = exponent([(size, size * math.log(size)) for size in runs])
        slopes = [exponent([(size, ran[what]) for size, ran in runs.items()]) for what in ("cpu", "seconds")]
        yield at_most("exponent of a core's seconds in the number of documents", slopes[0], most, "{:.2f}")
        yield plain("the same by the clock", slopes[1], "{:.2f}")


def _blocking(ran: dict[str, Any]) -> Iterator[Row]:
    yield Row("documents / claims / pairs of claims", f"{PAIRED} / {ran['claims']:,} / {ran['all']:,}")
    yield Row("pairs that blocking proposes", f"{ran['proposed']:,} ({100 * ran['proposed'] / ran['all']:.2f} %)")
    for kind, (kept, of) in ran["kinds"].items():
        yield plain(f"{kind}: recall ({kept:,} of {of:,})", kept / of, "{:.4f}")
    kept, of = (sum(values) for values in zip(*ran["kinds"].values(), strict=True))
    yield at_least(f"same, support and conflict: recall ({kept:,} of {of:,})", kept / of, LEAST_RECALL, "{:.4f}")
    yield plain("comparing all pairs, s", ran["seconds"])


def _one_more(runs: dict[int, dict[str, Any]]) -> Iterator[Row]:
    for size, ran in runs.items():
        yield plain(f"{size:,} documents from scratch, s of a core", ran["scratch"], "{:.2f}")
        yield plain(f"one more than {size:,} documents, with memory, s of a core", ran["more"], "{:.2f}")
        made = f"{ran['made']:,} / {ran['made_whole']:,}"
        yield Row(f"one more than {size:,}: comparisons made anew / from scratch", made)
        yield plain(f"one more than {size:,}: the memory's file, MB", ran["bytes"] / 1e6)
        yield Row(
            f"one more than {size:,}: the same as from scratch", "yes" if ran["same"] else "no", "yes", ran["same"]
        )


def _resolve(file: Path, size: int) -> dict[str, Any]:
    from benchmarks.across.system import resolution

    begin = time.perf_counter()
    tables = list(islice(load(file), size))
    loaded, idle = time.perf_counter(), _core()
    made = resolution(tables)
    ended, spent = time.perf_counter(), _core() - idle
    links = Counter(link.kind for link in made.links)
    counts = {
        "entities": len(made.entities),
        "groups": len(made.groups),
        **{f"{kind} links": n for kind, n in sorted(links.items())},
        "reuses": len(made.reuses),
    }
    return {
        "load": loaded - begin,
        "seconds": ended - loaded,
        "cpu": spent,
        "claims": sum(len(table.claims) for table in tables),
        "entities": sum(len(table.entities) for table in tables),
        "derived": counts,
    }


def _core() -> float:
    """Seconds that processors have worked for this process and its children."""
    return sum(os.times()[:4])


def _more(file: Path, size: int) -> dict[str, Any]:
    """As a case does it: what the first resolving remembers is kept as bytes, and read for the next."""
    resolve, memory = import_module("kg.resolve").resolve, import_module("kg.resolve.memory").Memory
    tables = list(islice(load(file), size + 1))
    first = memory()
    resolve(tables[:-1], memory=first)
    kept = first.dump()
    del first
    begin = _core()
    second = memory(kept)
    more = resolve(tables, memory=second)
    ended = _core()
    made = second.made
    del second
    whole = memory()
    begin_whole = _core()
    same = resolve(tables, memory=whole) == more
    scratch = _core() - begin_whole
    counts = {"made": made, "made_whole": whole.made, "bytes": len(kept)}
    return {"more": ended - begin, "scratch": scratch, "same": same, **counts}


def _blocked(file: Path, size: int) -> dict[str, Any]:
    begin = time.perf_counter()
    found = blocked.measured(list(islice(load(file), size)))
    return {**found, "seconds": time.perf_counter() - begin}


TASKS: Final = {"resolve": _resolve, "more": _more, "blocking": _blocked}


def main() -> int:
    """Print the sections; with a task, do it for a file of tables and print the answer as JSON."""
    if len(sys.argv) > 1 and sys.argv[1] in TASKS:
        answer = TASKS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
        unit = 1 if sys.platform == "darwin" else 1024
        print(json.dumps({**answer, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}))
        return 0
    parser = argparse.ArgumentParser(prog="python -m benchmarks.across.cost")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="documents (default: %(default)s)")
    with tempfile.TemporaryDirectory(prefix="kg-cost-") as folder:
        for section in run(Path(folder), parser.parse_args().sizes):
            print(f"\n{section.name}\n\n{section}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
