"""manifest.csv: what a person knows about the documents of a folder.

A CSV file (RFC 4180, commas, UTF-8 with or without byte order mark) with a header row. The column `file` is required:
the name of a file in the same folder. `title`, `publisher`, `author`, `date` (EDTF), `url` and `language` (BCP 47) are
read; any other column (such as `source`, where facts come from) is for people.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from kg.document import Metadata
from kg.errors import KgError
from kg.language import TAG
from kg.loaders.content import UnreadableError
from kg.loaders.fields import clean, is_edtf, is_url
from kg.loaders.files import read_bytes, shown

COLUMNS = ("file", "title", "publisher", "author", "date", "url", "language")


def read_manifest(path: Path) -> dict[str, Metadata]:
    """Metadata by file name, in the order of the rows.

    Raises KgError, naming the manifest and the line, for a file that cannot be read or is not UTF-8, a header without
    `file`, broken quotes, more cells than the header has, a row without file name, a second row for the same file, a
    date that is no EDTF, an address and a language tag that are none.
    """
    name = shown(path)
    try:
        text = _text(read_bytes(path))
    except UnreadableError as error:
        raise KgError(f"{name}: {error}") from None
    found: dict[str, tuple[int, Metadata]] = {}
    rows = _rows(text, name)
    _, header = next(rows, (1, []))
    columns = _columns(header, name)
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        file, metadata = _row(cells, columns, len(header), f"{name}, line {line}")
        if file in found:
            raise KgError(f"{name}, line {line}: {shown(file)} is already described in line {found[file][0]}; keep one")
        found[file] = (line, metadata)
    return {file: metadata for file, (_, metadata) in found.items()}


def _text(data: bytes) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"is not UTF-8 in line {line}; save it as CSV in UTF-8") from None
    if "\0" in text:
        raise UnreadableError("is binary data; save it as CSV in UTF-8")
    return text


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts in, counted from 1."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise KgError(f"{name}, line {line}: broken CSV ({error}); check its quotes and commas") from None


def _columns(header: list[str], name: str) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header]
    if "file" not in names:
        raise KgError(f"{name}, line 1: needs a header with a column `file`; begin it with {','.join(COLUMNS)}")
    for column in COLUMNS:
        if names.count(column) > 1:
            raise KgError(f"{name}, line 1: has the column `{column}` twice; keep one")
    return {column: names.index(column) for column in COLUMNS if column in names}


def _row(cells: list[str], columns: dict[str, int], width: int, place: str) -> tuple[str, Metadata]:
    if any(cell.strip() for cell in cells[width:]):
        raise KgError(f"{place}: has more cells than the header; put cells that hold commas in double quotes")
    values = {column: clean(cells[at]) if at < len(cells) else "" for column, at in columns.items()}
    file = cells[columns["file"]].strip() if columns["file"] < len(cells) else ""
    if not file:
        raise KgError(f"{place}: names no file; fill the column `file`")
    if "/" in file or "\\" in file:
        raise KgError(f"{place}: {shown(file)} is a path; give a file name, with a manifest in that file's own folder")
    metadata = Metadata(**{column: value for column, value in values.items() if column != "file"})
    if metadata.date and not is_edtf(metadata.date):
        raise KgError(f"{place}: {shown(metadata.date)} is no EDTF date; write it as 2019, 2019-12 or 2019-12-23")
    if metadata.url and not is_url(metadata.url):
        raise KgError(f"{place}: {shown(metadata.url)} is no address; begin it with https://")
    if metadata.language and not TAG.fullmatch(metadata.language):
        raise KgError(f"{place}: {shown(metadata.language)} is no language tag; write it as en, fa or pt-BR")
    return file, metadata
