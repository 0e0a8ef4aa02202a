"""A case of four small documents, and a service that knows some of the people in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from tests.authority.service import Authority, record, serving
from tests.case.plain import read_lines, write_texts


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built")
    kg.build(write_texts(root / "in"), root / "case", reader=read_lines)
    return root


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A folder with the case in `case` and its documents in `in`."""
    shutil.copytree(built / "case", tmp_path / "case")
    shutil.copytree(built / "in", tmp_path / "in")
    kg.build(tmp_path / "in", tmp_path / "case", reader=read_lines)  # so that it knows where they are now
    return tmp_path


@pytest.fixture
def case(folder: Path) -> Path:
    return folder / "case"


@pytest.fixture
def authority() -> Iterator[Authority]:
    known = {
        "Ada Moreno": [
            record("7", "Ada Moreno", 98.5, True, description="engineer, born 1961"),
            record("8", "Adam Moreno", 61, False),
        ],
        "Bo Lind": [record("9", "Bo Lindh", 70, False), record("10", "Bo Lind", 70, False)],
    }
    with serving(Authority(known)) as found:
        yield found
