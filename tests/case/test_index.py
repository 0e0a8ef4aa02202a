"""The index: made from the graph files whenever it is not there or not sound, and honest in its default graph."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.store.loading import batches
from kg.store.quads import with_copies
from tests.case.plain import TEXTS, binds, read_lines, state, write_texts

KG = "urn:kg:ontology#"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    kg.build(write_texts(tmp_path / "in"), tmp_path / "case", reader=read_lines)
    return tmp_path / "case"


def _quads(path: Path) -> set[str]:
    """What an index of a case must hold, as its store writes it."""
    with kg.open(path) as case:
        expected = ox.Store()
        for file in case.graphs():
            expected.load(with_copies(file.read_bytes(), case.base), ox.RdfFormat.N_QUADS)
        return set(map(str, expected))


def _held(path: Path) -> set[str]:
    with kg.open(path) as case:
        return set(map(str, case.store))


def _contents(path: Path) -> set[tuple[str, str, str]]:
    """The triples that are only claimed."""
    found = set()
    for file in (path / "graphs").glob("*.nq"):
        for quad in ox.parse(file.read_bytes(), ox.RdfFormat.N_QUADS):
            if str(quad.graph_name).endswith("/content>"):
                found.add((str(quad.subject), str(quad.predicate), str(quad.object)))
    return found


def test_a_plain_query_never_sees_what_is_claimed(case: Path) -> None:
    contents = _contents(case)
    assert len(contents) > 20
    opened = kg.open(case)
    plain = {(str(s), str(p), str(o)) for s, p, o in opened.store.query("SELECT ?s ?p ?o { ?s ?p ?o }")}
    assert len(plain) > 100
    assert not plain & contents
    rows = opened.dataset.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    through_rdflib = {(s.n3(), p.n3(), o.toPython()) for s, p, o in rows}
    assert len(through_rdflib) == len(plain)
    assert not {(s, p) for s, p, _ in through_rdflib} & {(s, p) for s, p, _ in contents}
    assert not opened.store.query(f"ASK {{ ?p a <{KG}Proposition> }}")
    assert not opened.dataset.query("ASK { ?p a kg:Proposition }").askAnswer
    assert {(s.n3(), p.n3()) for s, p, _ in opened.dataset.triples((None, None, None))} == {(s, p) for s, p, _ in plain}


def test_what_is_claimed_is_found_where_one_asks_for_it(case: Path) -> None:
    rows = list(
        kg.open(case).dataset.query("SELECT ?q { ?c kg:quote ?q ; kg:content ?g . GRAPH ?g { ?p a kg:Proposition } }")
    )
    assert len(rows) == 6


def test_the_dataset_is_rdflibs_and_only_for_reading(case: Path) -> None:
    dataset = kg.open(case).dataset
    assert isinstance(dataset, rdflib.Dataset)
    thing = rdflib.URIRef("urn:x")
    with pytest.raises(Exception, match="read-write"):
        dataset.add((thing, thing, thing))


def test_missing_index_is_made_again(case: Path) -> None:
    before = _held(case)
    assert before == _quads(case)
    shutil.rmtree(case / "index")
    assert _held(case) == before


def _break(file: Path, how: str) -> None:
    data = bytearray(file.read_bytes())
    if how == "flip":
        data[len(data) // 2] ^= 0xFF
    file.unlink()  # tables may be shared with another state by hard link
    if how != "lose":
        file.write_bytes(data if how == "flip" else data[: len(data) // 2])


@pytest.mark.parametrize("how", ["flip", "cut", "lose"])
def test_damaged_index_is_made_again(case: Path, how: str) -> None:
    expected = _quads(case)
    with kg.open(case) as opened:
        tables = sorted(opened.index.glob("*.sst"), key=lambda file: file.stat().st_size)
        names = [tables[0].name, tables[-1].name, "CURRENT", "seal.json", next(opened.index.glob("MANIFEST-*")).name]
    for name in names:
        with kg.open(case) as opened:
            folder = opened.index
        if not (folder / name).exists():
            continue
        _break(folder / name, how)
        assert _held(case) == expected, name


def test_garbage_in_place_of_the_index(case: Path) -> None:
    expected = _quads(case)
    shutil.rmtree(case / "index")
    (case / "index").write_bytes(b"not a folder")
    assert _held(case) == expected
    (case / "index").unlink()
    for name in ("tmp-abc", "0123456789abcdef01234567"):
        (case / "index" / name).mkdir(parents=True)
        (case / "index" / name / "CURRENT").write_bytes(b"x")
    assert _held(case) == expected


def test_an_index_is_not_made_from_a_damaged_graph(case: Path) -> None:
    file = next((case / "graphs").iterdir())
    file.write_bytes(file.read_bytes().replace(b"urn", b"arn", 1))
    shutil.rmtree(case / "index")
    with pytest.raises(kg.KgError, match=file.name):
        _ = kg.open(case).store


def test_updates_give_the_index_that_a_new_one_would_be(tmp_path: Path) -> None:
    more = {f"more{n}": f"Ada Moreno said the number {n} is right.\nEve Park said {n}.\n" for n in range(6)}
    folder, case = write_texts(tmp_path / "in", **more), tmp_path / "case"
    kg.build(folder, case, reader=read_lines)
    write_texts(folder, **(more | {"more1": "Gil Snow said little.\n"}))
    kg.build(folder, case, reader=read_lines)
    assert _held(case) == _quads(case)
    kg.remove(case, "more2")
    assert _held(case) == _quads(case)
    kg.build(folder / "more2.txt", case, reader=read_lines)
    assert _held(case) == _quads(case)
    shutil.rmtree(case / "index")
    assert _held(case) == _quads(case)


def test_one_state_is_kept_and_those_that_are_read(tmp_path: Path) -> None:
    folder, path = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, path, reader=read_lines)
    reader = kg.open(path)
    held, rows = reader.index, set(map(str, reader.store))
    write_texts(folder, bridge="Dora Fox said the bridge is open.\n")
    kg.build(folder, path, reader=read_lines)
    write_texts(folder, bridge="Dora Fox said the bridge is shut.\n")
    kg.build(folder, path, reader=read_lines)
    assert held.is_dir()
    assert set(map(str, reader.store)) == rows
    assert len([d for d in (path / "index").iterdir() if d.is_dir()]) == 2
    reader.close()
    write_texts(folder, bridge="Dora Fox said the bridge is gone.\n")
    kg.build(folder, path, reader=read_lines)
    assert not held.exists()
    assert len([d for d in (path / "index").iterdir() if d.is_dir()]) == 1


def test_two_readers_at_once(case: Path) -> None:
    one, two = kg.open(case), kg.open(case)
    assert set(map(str, one.store)) == set(map(str, two.store))
    one.close()
    assert len(two.store) > 100


BUILDS = """
import sys
from pathlib import Path
import kg
from tests.case.plain import TEXTS, binds, read_lines, state, write_texts
folder, case = Path(sys.argv[1]), Path(sys.argv[2])
for n in range(5):
    write_texts(folder, bridge=f"Dora Fox said {n}.\\n", other=f"Dora Fox said more than {n}.\\n")
    kg.build(folder, case, reader=read_lines)
"""


def test_readers_are_not_disturbed_by_builds(tmp_path: Path) -> None:
    folder, path = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, path, reader=read_lines)
    builds = subprocess.Popen([sys.executable, "-c", BUILDS, str(folder), str(path)], cwd=Path.cwd())
    seen, end = set(), time.monotonic() + 60
    while builds.poll() is None and time.monotonic() < end:
        with kg.open(path) as case:
            query = f"SELECT ?q {{ ?c a <{KG}Claim> ; <{KG}quote> ?q }}"
            quotes = frozenset(str(row[0].value) for row in case.store.query(query))
            seen.add(quotes)
            assert len(quotes) == case.counts["claims"]
    assert builds.wait(60) == 0
    assert len(seen) > 1


@pytest.mark.parametrize("index", [True, False])
def test_a_case_that_cannot_be_written_can_be_read(case: Path, index: bool) -> None:
    if not binds(case):
        pytest.skip("permissions do not bind this user")
    expected = _held(case)
    if not index:
        shutil.rmtree(case / "index")
    folders = [case, *(p for p in case.rglob("*") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert _held(case) == expected
        assert kg.verify(case).problems == ()
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_batches_are_whole_lines_of_bounded_size() -> None:
    lines = [b"<%d> .\n" % n for n in range(500)]
    chunks = [b"".join(lines[:3]), b"".join(lines[3:400]), b"", b"".join(lines[400:])]
    found = list(batches(chunks, 64))
    assert b"".join(found) == b"".join(lines)
    assert all(batch.endswith(b"\n") and len(batch) < 64 + len(lines[-1]) for batch in found)
    assert all(len(batch) >= 64 for batch in found[:-1])
    assert list(batches([], 64)) == []


def test_an_index_of_many_batches_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.loading.BATCH", 30_000)
    more = {f"more{n}": f"Ada Moreno said the number {n} is right.\nEve Park said {n}.\n" for n in range(9)}
    folder, path = write_texts(tmp_path / "in", **more), tmp_path / "case"
    kg.build(folder, path, reader=read_lines)
    assert _held(path) == _quads(path)
    write_texts(folder, **(more | {f"more{n}": f"Gil Snow said {n}.\n" for n in range(3)}))
    kg.build(folder, path, reader=read_lines)  # an update of the index
    assert _held(path) == _quads(path)
    kg.build(folder, path, reader=read_lines, base="https://example.org/")  # all of it anew, beside the old one
    assert _held(path) == _quads(path)
    assert kg.verify(path).problems == ()


def test_a_build_whose_index_fails_leaves_the_case_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.loading.BATCH", 10_000)
    folder, path = write_texts(tmp_path / "in"), tmp_path / "case"
    kg.build(folder, path, reader=read_lines)
    before = state(path)

    def damage(what: str, done: int, _: int) -> None:
        if (what, done) == ("reading", 2):
            for file in (path / "next" / "graphs").iterdir():
                file.write_bytes(b"<urn:x> <urn:y> <urn:z> .\n")

    write_texts(folder, **{name.split(".")[0]: f"Gil Snow said {name}.\n" for name in TEXTS if name.endswith(".txt")})
    with pytest.raises(kg.KgError, match="changed since it was written"):
        kg.build(folder, path, reader=read_lines, progress=damage)
    assert before.items() <= state(path).items()
    assert len([file for file in (path / "index").iterdir() if file.is_dir()]) == 1
    assert kg.verify(path).problems == ()
    kg.build(folder, path, reader=read_lines)
    assert _held(path) == _quads(path)
