"""One built case, and a copy of it for each test that changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.query.cases import build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents in `in` and their case: the sample text, and twice with one more claim."""
    folder = tmp_path_factory.mktemp("judged")
    build(folder, other="[bold red]the road[/] is shut", third="the road \x1b[31m is \u202eshut").close()
    return folder


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A case of one's own."""
    shutil.copytree(built / "case", tmp_path / "case")
    return tmp_path / "case"
