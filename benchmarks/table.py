"""The results table: rows, sections, and the file that keeps the sections that were not measured again."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.workers import cpus

HEAD = """# Results

Written by `python -m benchmarks`, not by hand. What the rows mean and how to repeat them: [README.md](README.md). Each
section holds the figures of one run: below its name the command that prints them, the date, the machine, the versions.
"""
COLUMNS = "| what | figure | aim | met |\n|---|---:|---:|---|\n"
PACKAGES = ("onnxruntime", "tokenizers", "spacy", "numpy", "pyoxigraph", "oxrdflib", "rdflib")
BUSY = 0.35
"""Load average a core, before the run, above which times are not to be trusted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, its value and, where there is an aim, the aim and whether it is met."""

    what: str
    figure: str
    aim: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        met = {True: "yes", False: "**no**", None: ""}[self.met]
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in (self.what, self.figure, self.aim, met)) + " |"


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one run; `notes` say what a reader must know to read them right."""

    name: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        notes = "".join(f"\n- {note}" for note in self.notes)
        return COLUMNS + "".join(f"{row}\n" for row in self.rows) + (notes + "\n" if notes else "")


def at_least(what: str, value: float, aim: float, form: str = "{:.1f}") -> Row:
    """A row whose value is to be `aim` or more."""
    return Row(what, form.format(value), "≥ " + form.format(aim), value >= aim)


def at_most(what: str, value: float, aim: float, form: str = "{:.1f}") -> Row:
    """A row whose value is to be `aim` or less."""
    return Row(what, form.format(value), "≤ " + form.format(aim), value <= aim)


def plain(what: str, value: float, form: str = "{:.1f}") -> Row:
    """A row without an aim."""
    return Row(what, form.format(value))


def machine() -> str:
    """The machine in words: cores that may be used, CPU model, memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    info = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.M) if info.exists() else None
    model = named[1] if named else platform.processor() or platform.machine()
    return f"{cpus()} cores, {model}, {memory:.0f} GB memory"


def busy() -> str:
    """A warning if the machine had other work when the run began; else nothing."""
    load = os.getloadavg()[0]
    cores = os.cpu_count() or 1
    return f"; **busy with other work (load {load:.1f}): times are too long**" if load > BUSY * cores else ""


def versions(model: str) -> str:
    """kg, the model that reads, Python and the packages that the figures depend on."""
    from kg.version import __version__

    found = [f"kg {__version__}", f"model {model[:12]}", f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return ", ".join(found)


def update(path: Path, fresh: Iterable[Section], about: str, order: Sequence[str]) -> None:
    """Write the fresh sections into the file, `about` above each; keep the others, drop what `order` does not name."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    blocks = dict(re.findall(r"^## ([^\n]+)\n\n(.*?)\s*(?=^## |\Z)", text, re.M | re.S))
    blocks.update({section.name: f"{about}\n\n{section}".rstrip() for section in fresh})
    body = "".join(f"\n## {name}\n\n{blocks[name]}\n" for name in order if name in blocks)
    part = path.with_name(f".{path.name}.part")
    part.write_text(HEAD + body, encoding="utf-8")
    part.replace(path)
