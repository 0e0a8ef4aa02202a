"""`kg judge`, `kg judgements` and `kg review`, as a shell user meets them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.judgement.test_judge import two
from tests.test_cli import kg, lines


def test_judging_listing_and_sharing(case: Path, tmp_path: Path) -> None:
    a, b = two(case)
    made = kg("judge", case, a, "same", b, "--by", "Ana Brito", "--why", "one report")
    assert (made.returncode, made.stderr) == (0, b"")
    id = made.stdout.decode().removeprefix("judgement ").strip()
    (row,) = csv.DictReader(io.StringIO(kg("judgements", case, "--format", "csv").stdout.decode()))
    assert (row["by"], row["verdict"], row["why"], row["state"], row["id"]) == (
        "Ana Brito",
        "same",
        "one report",
        "in force",
        id,
    )
    shown = kg("judgements", case, "--export", "-")
    file = tmp_path / "team.jsonl"
    assert kg("judgements", case, "--export", file).returncode == 0
    assert file.read_bytes() == shown.stdout
    assert kg("judgements", case, "--import", file).stdout == b"0 new judgements\n"
    file.write_bytes(b"\n{}\n")
    bad = kg("judgements", case, "--import", file)
    assert bad.returncode == 2
    (line,) = lines(bad.stderr)
    assert line.startswith(f"kg: {file}, line 2: not a judgement")


def test_what_is_wrong_is_one_line(case: Path) -> None:
    a, _ = two(case)
    for arguments, said in (
        (("judge", case, a, "maybe"), "no verdict is called 'maybe'"),
        (("judge", case, a, "same", "nobody"), "nothing here is called 'nobody'"),
        (("judgements", case, "--import", "x", "--export", "y"), "give one of"),
        (("review", case), "needs a terminal; from a script: kg judge"),
    ):
        done = kg(*arguments)
        (line,) = lines(done.stderr)
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in line
