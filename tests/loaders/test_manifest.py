"""manifest.csv: read whole, or refused with the line to put right."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.document import Metadata
from kg.errors import KgError
from kg.loaders import read_manifest
from kg.loaders.fields import is_edtf


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "manifest.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_rows_become_metadata_by_file_name(tmp_path: Path) -> None:
    content = (
        "\ufeffFile, Title ,publisher,author,date,url,source,colour\r\n"
        'a.txt,"Wells, dry\r\nand deep","The ""Wire""",Ann Lee,1988-22,https://example.org/a,own words,blue\r\n'
        "\r\n"
        ",,,,,,,\r\n"
        "b.pdf,,,,,,,\r\n"
        "c.md,Short row\r\n"
    )
    assert read_manifest(write(tmp_path, content)) == {
        "a.txt": Metadata("Wells, dry and deep", 'The "Wire"', "Ann Lee", "1988-22", "https://example.org/a"),
        "b.pdf": Metadata(),
        "c.md": Metadata("Short row"),
    }


def test_only_the_file_column_is_required(tmp_path: Path) -> None:
    assert read_manifest(write(tmp_path, "note,file\nx,a.txt")) == {"a.txt": Metadata()}


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ("", "line 1", "header"),
        ("title,date\nA,2019\n", "line 1", "header"),
        ("file;title\na.txt;A\n", "line 1", "header"),
        ("file,title,title\na.txt,A,B\n", "line 1", "twice"),
        ("file,title\n,A\n", "line 2", "names no file"),
        ("title,file\nA\n", "line 2", "names no file"),
        ("file,title\na.txt,A\nb.txt,B\na.txt,C\n", "line 4", "line 2"),
        ('file,title\na.txt,"A\nB"\nb.txt,B,C\n', "line 4", "more cells"),
        ("file,date\na.txt,2019\nb.txt,last summer\n", "line 3", "EDTF"),
        ("file,date\na.txt,2019-02-29\n", "line 2", "EDTF"),
        ("file,date\na.txt,12/23/2019\n", "line 2", "EDTF"),
        ("file,url\na.txt,javascript:alert(1)\n", "line 2", "https://"),
        ("file,url\na.txt,https://example.org/a b\n", "line 2", "https://"),
        ("file,language\na.txt,fa\nb.txt,Persian\n", "line 3", "pt-BR"),
        ("file\nsub/a.txt\n", "line 2", "path"),
        ('file,title\na.txt,A\nb.txt,"never closed\nc.txt,C\n', "line 3", "quotes"),
        ('file,title\na.txt,"A" B\n', "line 2", "quotes"),
        (b"file,title\na.txt,A\nb.txt,caf\xe9\n", "line 3", "UTF-8"),
        ("file,title\na.txt,A\0\n", "manifest.csv", "binary"),
        ("file,title\na.txt," + "A" * 200_000 + "\n", "line 2", "CSV"),
    ],
)
def test_a_broken_manifest_names_file_and_line(tmp_path: Path, content: str | bytes, place: str, words: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(KgError) as caught:
        read_manifest(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert place in message
    assert words in message
    assert len(message.splitlines()) == 1


def test_a_manifest_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="is not there"):
        read_manifest(tmp_path / "manifest.csv")
    with pytest.raises(KgError, match="folder"):
        read_manifest(tmp_path)


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.txt", fullmatch=True), st.tuples(WORDS, WORDS), max_size=5))
def test_what_csv_writes_is_read(tmp_path: Path, rows: dict[str, tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("file", "title", "author"), *((name, *row) for name, row in rows.items())])
    found = read_manifest(write(tmp_path, out.getvalue()))
    assert list(found) == list(rows)
    for name, (title, author) in rows.items():
        assert found[name].title.split() == title.split()
        assert found[name].author.split() == author.split()


@pytest.mark.parametrize(
    "date", ["1988", "1988-07", "1988-22", "2020-02-29", "0000-02-29", "1988-07/1988-09", "198X", "1988?", "../1988"]
)
def test_edtf(date: str) -> None:
    assert is_edtf(date)


@pytest.mark.parametrize(
    "date",
    ["", "88", "2019-13", "2019-00", "2019-02-29", "2019-1-2", "1988-22-01", "٢٠١٩", "July", "1" * 10_000, "1988\n"],
)
def test_not_edtf(date: str) -> None:
    assert not is_edtf(date)
