"""Files and folders: what is read, what is passed over and why; nothing blocks, nothing escapes as a traceback."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.document import Metadata
from kg.errors import KgError
from kg.loaders import MAX_BYTES, SUFFIXES, from_bytes, load, walk

posix = pytest.mark.skipif(os.name != "posix", reason="needs pipes, links or permissions as POSIX has them")


@pytest.fixture(autouse=True)
def _never_blocks() -> Iterator[None]:
    if hasattr(signal, "alarm"):
        signal.alarm(120)  # ends the whole run rather than letting it hang
        yield
        signal.alarm(0)
    else:
        yield


def refusal(path: Path) -> str:
    with pytest.raises(KgError) as caught:
        load(path)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert message.isprintable()
    return message


def test_load_is_from_bytes_of_the_file(tmp_path: Path) -> None:
    data = b"Forty wells\r\nwere dry.\r"
    (tmp_path / "Report A.TXT").write_bytes(data)
    given = Metadata(title="T")
    document = load(tmp_path / "Report A.TXT", given)
    assert document == from_bytes(data, "Report A.TXT", given)
    assert document.text == data.decode()
    assert document.stem == "Report A"


def test_missing_folder_and_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"words")
    (tmp_path / "plain").write_bytes(b"words")
    (tmp_path / "file.txt").write_bytes(b"words")
    assert "is not there" in refusal(tmp_path / "no.txt")
    assert "is not there" in refusal(tmp_path / "file.txt" / "x.txt")
    assert "folder" in refusal(tmp_path)
    assert ".docx" in refusal(tmp_path / "a.docx")
    assert "suffix" in refusal(tmp_path / "plain")
    assert str(tmp_path / "no.txt") in refusal(tmp_path / "no.txt")
    assert "path" in refusal(Path("a\0b.txt"))
    refusal(tmp_path / ("x" * 5000 + ".txt"))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # sparse: takes no room
    assert "200.0 MB" in refusal(path)
    with pytest.raises(KgError, match=r"huge\.txt"):
        from_bytes(b"a" * (MAX_BYTES + 1), "huge.txt")


@posix
def test_pipes_sockets_and_devices_never_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "s.txt"))
        for name in ("pipe.txt", "zero.txt", "s.txt"):
            assert "no regular file" in refusal(tmp_path / name)


@posix
def test_links(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "dead.txt").symlink_to("nowhere.txt")
    assert "loop.txt" in refusal(tmp_path / "loop.txt")
    assert "is not there" in refusal(tmp_path / "dead.txt")
    found = walk([tmp_path])
    assert not found.files
    assert {path.name for path, _ in found.skipped} == {"loop.txt", "dead.txt", tmp_path.name}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut").chmod(0)
    try:
        assert "may not be read" in refusal(tmp_path / "a.txt")
        assert [path.name for path, _ in walk([tmp_path]).skipped] == ["shut"]
    finally:
        (tmp_path / "shut").chmod(0o700)


@posix
def test_odd_names_give_one_printable_line(tmp_path: Path) -> None:
    assert "a\\nb" in refusal(tmp_path / "a\nb.txt")
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_bytes(b"words")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert "rename" in refusal(path)


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"words in " + name.encode())


def test_walk_finds_known_files_sorted_and_lists_the_rest(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.md", "sub/deep/c.HTML", "sub/x.docx", "manifest.csv", "sub/manifest.csv")
    make(tmp_path, ".hidden.txt", ".git/d.txt", "noname")
    found = walk([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.md", "b.txt", "sub/deep/c.HTML"]
    assert [path.relative_to(tmp_path).as_posix() for path, _ in found.skipped] == ["noname", "sub/x.docx"]
    for path, reason in found.skipped:
        assert reason.startswith(f"{path}: ")
        assert ".txt" in reason
    assert walk([tmp_path]) == found


def test_what_is_named_is_kept_once_whatever_its_format(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.docx", ".c.txt", "manifest.csv")
    named = [tmp_path / name for name in ("b.docx", "a.txt", ".c.txt", "manifest.csv", "no.txt", "a.txt")]
    found = walk([*named, tmp_path, tmp_path / "." / "a.txt"])
    assert [path.name for path in found.files] == [".c.txt", "a.txt", "b.docx"]
    reasons = {path.name: reason for path, reason in found.skipped if path.name not in {"b.docx"}}
    assert list(reasons) == ["no.txt"]
    assert "is not there" in reasons["no.txt"]


def test_a_file_kept_by_name_is_not_also_skipped(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.docx")
    found = walk([tmp_path, tmp_path / "b.docx"])
    assert [path.name for path in found.files] == ["a.txt", "b.docx"]
    assert not found.skipped


def test_order_of_the_paths_does_not_matter(tmp_path: Path) -> None:
    make(tmp_path, "x/a.txt", "x/y/b.txt", "c.txt")
    paths = [tmp_path / "x", tmp_path / "x" / "y", tmp_path / "c.txt", tmp_path / "none"]
    assert walk(paths) == walk(paths[::-1])
    assert [path.name for path in walk(paths).files] == ["c.txt", "a.txt", "b.txt"]


def test_a_folder_without_documents_is_said(tmp_path: Path) -> None:
    (_, reason), *rest = walk([tmp_path]).skipped
    assert not rest
    assert "no document" in reason


def test_excluded_folders_are_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "case/sources/b.txt")
    found = walk([tmp_path], exclude=[tmp_path / "case", tmp_path / "absent"])
    assert [path.name for path in found.files] == ["a.txt"]


@posix
def test_link_loops_end(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "sub" / "self").symlink_to("self")
    found = walk([tmp_path])
    assert [path.name for path in found.files] == ["a.txt", "b.txt"]
    assert [path.name for path, _ in found.skipped] == ["self"]


def test_suffixes_are_those_promised() -> None:
    assert {".txt", ".text", ".md", ".html", ".htm", ".pdf"} <= set(SUFFIXES)


def test_the_readme_of_a_corpus_with_a_manifest_is_no_document(tmp_path: Path) -> None:
    for name in ("README.md", "well.md"):
        (tmp_path / name).write_text("Forty wells were dry.", encoding="utf8")
    assert [path.name for path in walk([tmp_path]).files] == ["README.md", "well.md"]
    (tmp_path / "manifest.csv").write_text("file,title\nwell.md,Wells\n", encoding="utf8")
    assert [path.name for path in walk([tmp_path]).files] == ["well.md"]
