"""Result tables: what a query gives, in the terminal, in a notebook, as a file, as a pandas table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import KgError
from kg.query.plain import clean, one_line

if TYPE_CHECKING:
    import pandas as pd

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value: TypeAlias = str | int | float | bool | None
Form = Literal["select", "graph", "ask"]

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")
SHOWN = 200
"""Rows that a notebook shows."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SIZES = "integer|int|long|short|byte|nonNegativeInteger|positiveInteger|nonPositiveInteger|negativeInteger"
_INTEGERS = re.compile(re.escape(_XSD) + rf"({_SIZES}|unsigned(Int|Long|Short|Byte))")
_NUMBERS = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_MORE = "{} more rows"


@dataclass(frozen=True)
class Result:
    """A table of RDF terms with named columns.

    `terms` holds the rows as pyoxigraph terms (None: no value); `rows`, iteration and pandas give plain Python values.
    `form` is `select` for a table, `ask` for yes or no (one cell; `bool(result)` is the answer), `graph` for the
    triples of CONSTRUCT and DESCRIBE (columns subject, predicate, object). `base` is the IRI that the case's names
    start with: it is left out where people read.
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    form: Form = "select"
    base: str = ""

    @classmethod
    def of(cls, columns: Sequence[str], rows: Iterable[Sequence[Value]], base: str = "") -> Result:
        """A table of plain values."""
        made = tuple(tuple(None if v is None else ox.Literal(v) for v in row) for row in rows)
        return cls(tuple(columns), made, base=base)

    @classmethod
    def ask(cls, answer: bool, base: str = "") -> Result:
        """The answer to an ASK query."""
        return cls(("answer",), ((ox.Literal(answer),),), "ask", base)

    @classmethod
    def graph(cls, triples: Iterable[ox.Triple], base: str = "") -> Result:
        """The triples of a CONSTRUCT or DESCRIBE query, each once, in the order they come."""
        rows = dict.fromkeys((t.subject, t.predicate, t.object) for t in triples)
        return cls(("subject", "predicate", "object"), tuple(rows), "graph", base)

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The rows as plain values: text for IRIs and strings, int, float and bool for typed numbers and booleans."""
        return [tuple(_value(term) for term in row) for row in self.terms]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.terms)

    def __bool__(self) -> bool:
        return bool(_value(self.terms[0][0])) if self.form == "ask" else bool(self.terms)

    def __repr__(self) -> str:
        return f"<Result: {len(self)} rows, columns {', '.join(self.columns)}>"

    def pick(self, *columns: str) -> Result:
        """The same rows with some of the columns, in the order named."""
        places = [self.columns.index(column) for column in columns]
        return Result(columns, tuple(tuple(row[i] for i in places) for row in self.terms), "select", self.base)

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas DataFrame of plain values."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))

    def shown(self, limit: int | None = None) -> list[list[str]]:
        """The cells as people read them: one line each, IRIs shortened, control characters made visible."""
        return [[one_line(self._show(term)) for term in row] for row in self.terms[:limit]]

    def _show(self, term: Term | None) -> str:
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            return shorten(term.value, self.base)
        value = _value(term)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _repr_html_(self) -> str:
        """An HTML table, every cell escaped; the first `SHOWN` rows."""
        from html import escape

        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f'<td style="text-align:left">{escape(cell)}</td>' for cell in row) + "</tr>"
            for row in self.shown(SHOWN)
        )
        more = f"<p>{escape(_MORE.format(len(self) - SHOWN))}</p>" if len(self) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def to_table(self, width: int | None = None, color: bool = False) -> str:
        """A text table. With a `width` (columns of a terminal) the cells are cut to it, else they are whole."""
        if width is None:
            return _plain_table(self.columns, self.shown())
        return _terminal_table(self.columns, self.shown(), width, color)

    def to_bytes(self, format: str) -> bytes:
        """The result in a format for programs: csv, tsv, json or xml (SPARQL 1.1 results) or turtle.

        For triples json is JSON-LD and xml is RDF/XML. Raises `KgError` for a format that does not fit.
        """
        if format == "table":
            return self.to_table().encode()
        if format not in FORMATS:
            raise KgError(f"unknown format {format!r}; there are: {', '.join(FORMATS)}")
        if self.form == "graph" and format in ("turtle", "json", "xml"):
            return self._graph_bytes(format)
        if format == "turtle":
            raise KgError("turtle is for CONSTRUCT and DESCRIBE; take csv, tsv, json or xml for a table")
        whole = self.form == "ask" and format in ("json", "xml")
        data = json.dumps(self._boolean() if whole else self._bindings(), ensure_ascii=False).encode()
        if format == "json":
            return _escaped(data.decode()).encode() + b"\n"
        known = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "xml": ox.QueryResultsFormat.XML}
        parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        made = parsed.serialize(format=known[format]) or b""
        return _xml(made) if format == "xml" else made

    def _graph_bytes(self, format: str) -> bytes:
        from kg.rdf import PREFIXES

        known = {"turtle": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}
        triples: Any = (ox.Triple(*cast(Any, row)) for row in self.terms)
        made = ox.serialize(triples, format=known[format], prefixes=dict(PREFIXES)) or b""
        return _xml(made) if format == "xml" else made

    def _boolean(self) -> dict[str, Any]:
        return {"head": {}, "boolean": bool(self)}

    def _bindings(self) -> dict[str, Any]:
        rows = [
            {column: _json(term) for column, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.terms
        ]
        return {"head": {"vars": list(self.columns)}, "results": {"bindings": rows}}


def shorten(iri: str, base: str = "") -> str:
    """An IRI as people read it: without the case's base, or with a known prefix, or whole."""
    from kg.rdf import PREFIXES

    best = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    if best and iri != best[1]:
        return f"{best[0]}:{iri[len(best[1]) :]}"
    return iri[len(base) :] if base and iri.startswith(base) and iri != base else iri


def dump_json(record: Any) -> str:
    """One line of JSON: characters as they are, but control characters escaped."""
    return _escaped(json.dumps(record, ensure_ascii=False))


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(c):04x}" if "\x7f" <= c <= "\x9f" or c in "\u2028\u2029" else c for c in text)


def _xml(data: bytes) -> bytes:
    """XML 1.0 has no way to write most control characters: they become U+FFFD. A carriage return is kept as a reference."""
    text = data.decode().replace("\r", "&#13;")
    return "".join("\ufffd" if (c < " " and c not in "\t\n") or c in "\ufffe\uffff" else c for c in text).encode()


def _value(term: Term | None) -> Value:
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return str(term) if isinstance(term, ox.Triple | ox.BlankNode) else term.value
    kind = term.datatype.value
    try:
        if _INTEGERS.fullmatch(kind):
            return int(term.value)
        if kind in _NUMBERS:
            number = float(term.value)
            # A whole xsd:decimal is a count of people or things: 30000, not 30000.0.
            return int(number) if kind == _XSD + "decimal" and number.is_integer() else number
    except ValueError:
        return term.value
    if kind == _XSD + "boolean" and term.value in ("true", "false", "1", "0"):
        return term.value in ("true", "1")
    return term.value


def _json(term: Term) -> dict[str, Any]:
    """A term in SPARQL 1.1 Query Results JSON (section 3.2.2)."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    made: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        return made | {"xml:lang": term.language}
    return made if term.datatype.value == _XSD + "string" else made | {"datatype": term.datatype.value}


def _plain_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from rich.cells import cell_len

    wide = [max([cell_len(name), *(cell_len(row[i]) for row in rows)]) for i, name in enumerate(columns)]
    lines = [list(columns), ["-" * size for size in wide], *rows]
    return "".join(
        "  ".join(cell + " " * (wide[i] - cell_len(cell)) for i, cell in enumerate(line)).rstrip() + "\n"
        for line in lines
    )


def _terminal_table(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, color: bool) -> str:
    import io

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name, size in zip(columns, _widths(columns, rows, width), strict=True):
        table.add_column(Text(clean(name)), width=size, no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out = io.StringIO()
    system: Any = "auto" if color else None
    Console(file=out, width=width, force_terminal=color, color_system=system, emoji=False, markup=False).print(table)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Cells for each column: short columns get what they need, the long ones share the rest evenly."""
    from rich.cells import cell_len

    needs = [max([cell_len(name), *(cell_len(row[i]) for row in rows)]) for i, name in enumerate(columns)]
    left = width - 2 * len(columns)
    given: dict[int, int] = {}
    for place, i in enumerate(sorted(range(len(columns)), key=lambda i: needs[i])):
        given[i] = max(3, min(needs[i], left // (len(columns) - place)))
        left -= given[i]
    return [given[i] for i in range(len(columns))]
