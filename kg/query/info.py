"""What a case holds and what made it, in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.query.result import Result
from kg.query.source import Source
from kg.query.tables import read

_COUNTS = {
    "documents": "?x a kg:Document",
    "claims": "?x a kg:Claim",
    "author claims": "?x a kg:Claim ; kg:directness kg:Author",
    "claims told in a claim": "?x a kg:Claim ; kg:within ?y",
    "speakers": "?x a kg:Speaker",
    "entities": "?x a kg:Entity",
    "entities across documents": "?x a kg:ResolvedEntity",
    "mentions": "?x a kg:Mention",
    "mentions inside names": "?x a kg:NestedMention",
    "roles": "?x a kg:Role",
    "quantities": "?x a kg:Quantity",
    "times": "?x a kg:Time",
}
_SIZES = ("sources", "graphs", "index")


@dataclass(frozen=True)
class Info:
    """Counts by what is counted; versions by name; sizes in bytes by folder of the case."""

    path: Path
    base: str
    counts: dict[str, int]
    versions: dict[str, str]
    sizes: dict[str, int]

    def to_result(self) -> Result:
        """A table of two columns, `what` and `value`."""
        rows = [("case", str(self.path)), ("base IRI", self.base)]
        rows += [(name, f"{number:,}") for name, number in self.counts.items()]
        rows += list(self.versions.items())
        rows += [(f"size of {name}", _size(number)) for name, number in self.sizes.items()]
        return Result.of(("what", "value"), rows)

    def _repr_html_(self) -> str:
        return self.to_result()._repr_html_()


def info(case: Source) -> Info:
    """Counts, versions, the hash of the model that read the documents, and sizes on disk."""
    counts = {}
    for name, pattern in _COUNTS.items():
        counts[name] = int(next(read(case, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"))[0])
    # The default graph only repeats what named graphs say.
    counts["quads"] = int(next(read(case, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))[0])
    sizes = {name: _bytes(case.path / name) for name in _SIZES if (case.path / name).is_dir()}
    return Info(case.path, case.base, counts, _versions(case), sizes)


def _versions(case: Source) -> dict[str, str]:
    """This program's version, and what the run graph says of the program and model that read the documents."""
    import pyoxigraph as ox

    from kg.version import __version__

    found = {"kg": __version__, "pyoxigraph": str(ox.__version__)}
    run = """SELECT ?v ?m { ?r a prov:Activity OPTIONAL { ?r kg:model ?m }
             OPTIONAL { ?r prov:wasAssociatedWith/schema:softwareVersion ?v } }"""
    for version, model in read(case, run):
        found |= {"read by kg": version, "model sha256": model}
    return {name: said for name, said in found.items() if said}


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def _size(number: int) -> str:
    size = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError
