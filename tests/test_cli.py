"""The command `kg`, as a shell user meets it: output, exit status, one line for what is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg.case import Case
from kg.cli import cli
from kg.query import claim_lines
from tests.query.cases import build

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    "build claims conflicts entities export info judge judgements origins query read reconcile remove render review show verify"
).split()
KG = [sys.executable, "-m", "kg.cli"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "LINES": "40"}
ESCAPES = "\x1b]0;t\x1b[31mred \x9b1m \u202egnol\u202c"
"""A title, a colour, an 8-bit control and reversed text: few enough to pass for a text file."""
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o FILTER(?a != ?o) }"


def kg(*arguments: str | Path, given: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run `kg` as a program, its output not a terminal."""
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, env=ENVIRONMENT, cwd=cwd, timeout=60)


def lines(data: bytes) -> list[str]:
    return data.decode().splitlines()


def on_terminal(*arguments: str | Path) -> tuple[str, int]:
    """What `kg` writes to a terminal of 100 columns, standard error included, and its exit status."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = ENVIRONMENT | {"TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen([*KG, *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    data = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        data += part
    os.close(ours)
    return data.decode("utf-8", "replace").replace("\r\n", "\n"), process.wait(60)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a document that sends escape sequences."""
    with build(tmp_path_factory.mktemp("cli"), evil=ESCAPES) as made:
        return made.path


@pytest.fixture
def case(path: Path) -> Iterator[Case]:
    import kg as library

    with library.open(path) as made:
        yield made


def test_the_commands_are_these() -> None:
    assert sorted(cli.commands) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_help(command: str) -> None:
    made = cli.commands[command]
    assert made.help
    assert len(made.help) > 20
    for parameter in made.params:
        if isinstance(parameter, click.Option) and parameter.name not in ("format", "output"):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"kg {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_lists_the_commands() -> None:
    done = kg("--help")
    assert done.returncode == 0
    assert all(f"  {command} " in done.stdout.decode() for command in COMMANDS)


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "spacy onnxruntime numpy pandas rdflib pyshacl networkx pyvis trafilatura rich pyoxigraph textual msgspec babel"
    )
    code = f"import sys, kg.cli; print([m for m in {heavy.split()} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=ENVIRONMENT, check=True)
    assert done.stdout.strip() == b"[]"


def test_claims_as_lines_of_json(path: Path, case: Case) -> None:
    done = kg("claims", path, "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines(done.stdout) == list(claim_lines(case))
    assert json.loads(lines(done.stdout)[0])["document"] == "bridge"


def test_claims_as_csv_and_as_a_table(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kg("claims", path, "--format", "csv").stdout.decode())))
    assert len(rows) == 9
    assert rows[0]["chain"] == "Ivo Hale › Lake Board"
    table = kg("claims", path, "--speaker", "moreno", "--kind", "warning").stdout.decode()
    assert "\x1b" not in table
    assert table.count("had weakened the Alder Bridge") == 2


def test_no_claim_is_said_so_and_is_no_failure(path: Path) -> None:
    done = kg("claims", path, "--speaker", "Ada Morena", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, b"")
    assert lines(done.stderr) == ["kg: no speaker is named 'Ada Morena'; there is: Ada Moreno"]


def test_query_formats(path: Path) -> None:
    text = "SELECT ?q { ?c kg:quote ?q FILTER(CONTAINS(?q, 'opened')) } LIMIT 1"
    said = "The Alder Bridge was opened in 1987."
    assert lines(kg("query", path, text).stdout)[2] == said
    assert kg("query", path, text, "--format", "csv").stdout == f"q\r\n{said}\r\n".encode()
    assert kg("query", path, text, "--format", "tsv").stdout == f'?q\n"{said}"\n'.encode()
    bindings = json.loads(kg("query", path, text, "--format", "json").stdout)["results"]["bindings"]
    assert bindings == [{"q": {"type": "literal", "value": said}}]
    assert kg("query", path, text, "--format", "xml").stdout.startswith(b"<?xml")
    graph = kg("query", path, "CONSTRUCT WHERE { ?c kg:quote ?q }", "--format", "turtle").stdout
    assert b"kg:quote" in graph
    assert kg("query", path, "ASK { ?c a kg:Claim }", "--format", "csv").stdout.split() == [b"answer", b"true"]


def test_query_from_a_file_and_from_standard_input(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "count.rq"
    file.write_text("\ufeffSELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", encoding="utf-8")
    assert kg("query", path, "--file", file, "--format", "csv").stdout.split() == [b"n", b"9"]
    assert kg("query", path, "--file", "-", "--format", "csv", given=file.read_bytes()).stdout.split() == [b"n", b"9"]
    file.write_bytes(b"\xff\xfe")
    assert_wrong(kg("query", path, "--file", file), "not UTF-8")
    assert_wrong(kg("query", path, "--file", tmp_path / "none.rq"), "none.rq")


def test_named_queries_and_their_parameters(path: Path) -> None:
    listed = kg("query", path, "--name").stdout.decode()
    assert "who-said-what-about" in listed
    assert "entity (required)" in listed
    done = kg("query", path, "--name", "who-said-what-about", "--param", "entity=alder bridge", "--format", "csv")
    assert len(list(csv.reader(io.StringIO(done.stdout.decode())))) == 7
    assert_wrong(kg("query", path, "--name", "who-said-what-about"), "--param entity=")
    assert_wrong(kg("query", path, "--name", "gossip"), "there are: authority, chains")
    assert_wrong(kg("query", path, "--name", "chains", "--param", "document"), "NAME=VALUE")


def assert_wrong(done: subprocess.CompletedProcess[bytes], *parts: str) -> None:
    """Status 2, nothing on standard output, one line on standard error."""
    said = lines(done.stderr)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(said) == 1
    assert said[0].startswith("kg: ")
    assert all(part in said[0] for part in parts), said[0]


def test_a_wrong_query_shows_the_place(path: Path) -> None:
    done = kg("query", path, "SELECT ?x {\n  ?x kg:quote }")
    assert done.returncode == 2
    assert lines(done.stderr) == [
        'kg: the query is wrong at line 2, column 15: "}" does not belong here',
        "  2 |   ?x kg:quote }",
        "    |               ^",
    ]


def test_a_runaway_query_is_stopped(path: Path) -> None:
    assert_wrong(kg("query", path, RUNAWAY, "--timeout", "1"), "longer than 1 s", "--timeout")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["query"], "Missing argument"),
        (["query", "{case}"], "a SPARQL query, --file, --name"),
        (["query", "{case}", "ASK {}", "--name", "chains"], "give one of"),
        (["gossip"], "No such command 'gossip'"),
        (["claims", "{case}", "--format", "yaml"], "yaml"),
        (["claims", "{case}", "--kind", "lie"], "there are: assertion"),
        (["claims", "{case}", "--document", "x"], "there are: bridge, evil"),
        (["claims", "no-such-case"], "no-such-case"),
        (["entities", "{case}", "--type", "animal"], "there are: person"),
        (["show", "{case}", "nobody at all"], "nothing here is called"),
        (["remove", "{case}", "nobody"], "nobody"),
        (["export", "{case}"], "Missing option '--format'"),
        (["export", "{case}", "--format", "trig", "-o", "{case}/no/where"], "No such file"),
        (["verify", "no-such-case"], "no-such-case"),
        (["build", "--case", "x"], "Missing argument"),
        (["build", "x", "--case", "x", "--workers", "0"], "--workers"),
        (["info", "\x1b]0;title\x07"], "␛]0;title"),
    ],
)
def test_wrong_usage_is_one_line(path: Path, arguments: list[str], part: str, tmp_path: Path) -> None:
    assert_wrong(kg(*(a.replace("{case}", str(path)) for a in arguments), cwd=tmp_path), part)


def test_a_document_cannot_drive_the_terminal(path: Path) -> None:
    """Whatever is printed on a terminal, each escape sequence in it is one of our own colours."""
    import re

    claim = next(line for line in claim_lines_of(path) if "red" in line["quote"])
    for arguments in (
        ["claims", path],
        ["claims", path, "--format", "jsonl"],
        ["claims", path, "--format", "csv"],
        ["query", path, "SELECT ?q { ?c kg:quote ?q }"],
        ["query", path, "SELECT ?q { ?c kg:quote ?q }", "--format", "tsv"],
        ["show", path, claim["id"]],
        ["show", path, "evil"],
        ["export", path, "--format", "nquads"],
        ["claims", path, "--about", "\x1b[2J"],
    ):
        text, _ = on_terminal(*arguments)
        assert text.strip()
        bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", bare), arguments
        assert "\x1b[31m" not in text


def claim_lines_of(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in lines(kg("claims", path, "--format", "jsonl").stdout)]


def test_a_table_is_cut_to_the_terminal(path: Path) -> None:
    import re

    text, status = on_terminal("claims", path)
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in text.splitlines()]
    assert status == 0
    assert max(map(len, plain)) <= 100
    assert any("…" in line for line in plain)


def test_entities_show_and_info(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kg("entities", path, "--format", "csv").stdout.decode())))
    assert [row["name"] for row in rows] == ["Alder Bridge", "Ada Moreno", "Lake Board"]
    shown = kg("show", path, "Ada Moreno").stdout.decode()
    assert "»Ada Moreno«" in shown
    assert "claims" in kg("info", path).stdout.decode()


def test_export_to_a_file_and_to_standard_output(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    done = kg("export", path, "--format", "nquads", "-o", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert target.read_bytes() == kg("export", path, "--format", "nquads").stdout
    assert [file.name for file in tmp_path.iterdir()] == ["out.nq"]


def test_verify_and_remove(tmp_path: Path) -> None:
    with build(tmp_path, other="one more thing") as made:
        path = made.path
    done = kg("verify", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"verified")
    done = kg("remove", path, "other")
    assert done.returncode == 0
    assert b"other.txt" in done.stdout
    assert len(claim_lines_of(path)) == 4
    (source,) = (path / "sources").iterdir()
    source.write_bytes(source.read_bytes().replace(b"12", b"13"))
    done = kg("verify", path)
    assert done.returncode == 1
    assert done.stdout.startswith(b"NOT VERIFIED")
    assert b"wrong: " in done.stderr


def test_render_writes_one_file(path: Path, tmp_path: Path) -> None:
    done = kg("render", path, "-o", tmp_path / "graph.html")
    assert done.returncode == 0
    assert "<html" in (tmp_path / "graph.html").read_text(encoding="utf-8")


def test_a_closed_pipe_is_no_trouble(path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen(
        [*KG, "claims", str(path), "--format", "jsonl"], stdout=write, stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    os.close(write)
    _, said = process.communicate(timeout=60)
    assert said == b""
    assert process.returncode == 141


def test_an_interrupt_is_quiet(path: Path) -> None:
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell's background jobs ignore it, and so their children
    try:
        process = subprocess.Popen(
            [*KG, "query", str(path), RUNAWAY], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
        )
    finally:
        signal.signal(signal.SIGINT, before)
    # The query runs in a process of its own: wait for that one, where the system tells.
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    end = time.monotonic() + (30 if children.exists() else 3)
    while time.monotonic() < end and not (children.exists() and children.read_text().split()):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    assert (process.returncode, out, said) == (130, b"", b"")


def test_build_and_read_say_what_they_passed_over(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Ada Moreno said that the bridge was closed in 1987.\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = kg("build", tmp_path / "good.txt", tmp_path / "empty.txt", "--case", tmp_path / "case")
    assert done.returncode == 1
    assert done.stdout.startswith(b"1 read, 1 skipped in")
    assert [line for line in lines(done.stderr) if line.startswith("skipped: ")] == lines(done.stderr)
    assert "empty.txt" in done.stderr.decode()
    done = kg("build", tmp_path / "good.txt", "--case", tmp_path / "case")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"0 read, 1 unchanged in")
    done = kg("read", tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "none.txt")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in lines(done.stdout)] == ["good"]
    assert len(lines(done.stderr)) == 2
