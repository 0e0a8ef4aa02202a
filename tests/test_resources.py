"""Shipped files are found in a checkout and in an installed package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.resources import resource


def test_the_ontology_is_found() -> None:
    for name in ("kg.ttl", "shapes.ttl", "context.jsonld"):
        assert resource("ontology", name).stat().st_size > 1000


def test_what_is_missing_is_named_in_one_line() -> None:
    with pytest.raises(KgError, match=r"ontology/none\.ttl: missing") as caught:
        resource("ontology", "none.ttl")
    assert "\n" not in str(caught.value)


def test_an_installed_package_carries_its_own(tmp_path: Path) -> None:
    import kg.resources

    package = tmp_path / "kg"
    (package / "ontology").mkdir(parents=True)
    (package / "ontology" / "kg.ttl").write_text("", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    for module in ("resources.py", "errors.py"):
        shutil.copy(Path(kg.resources.__file__).with_name(module), package)
    code = "from kg.resources import resource; print(resource('ontology', 'kg.ttl'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == (package / "ontology" / "kg.ttl").resolve()
