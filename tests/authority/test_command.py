"""`kg reconcile` from a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.authority.service import SPACE, Authority
from tests.authority.test_reconcile import LINKED, matches

ROOT = Path(__file__).resolve().parent.parent.parent


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "no_proxy": "*", "COLUMNS": "200"}
    line = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_links_are_made_shown_listed_and_taken_out(case: Path, authority: Authority) -> None:
    done = command("reconcile", case, authority.url, "--type", "person", "--limit", "2", "--threshold", "90")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "3 names sent to Valley Register: 1 linked, 1 with candidates only\n"
    assert matches(case) == LINKED
    assert f"{SPACE}7" in command("show", case, "Ada Moreno").stdout
    assert "Valley" not in command("verify", case).stderr
    listed = command("query", case, "--name", "authority", "--format", "csv").stdout.splitlines()
    assert len(listed) == 5
    gone = command("reconcile", case, authority.url, "--forget")
    assert (gone.returncode, gone.stdout) == (0, "4 links taken out\n")
    assert matches(case) == set()


def test_what_goes_wrong_is_one_line_and_a_status(case: Path, authority: Authority) -> None:
    url = authority.url
    for arguments in (("not-a-url",), (url, "--type", "human"), (url, "--limit", "0"), (url, "--timeout", "-1")):
        done = command("reconcile", case, *arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert done.stderr.startswith("kg: ")
    assert authority.requests == []
    authority.manifest["identifierSpace"] = "urn:x:"
    done = command("reconcile", case, url)
    assert (done.returncode, done.stderr) == (0, "left out: 4 candidates whose identifiers make no valid IRI\n")
