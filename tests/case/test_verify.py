"""The proof fails at any changed byte, and says where."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.case_manifest import parse
from kg.document import Span
from kg.rdf import derived_quads
from kg.resolve.records import Resolution, Reuse, Selector, SharedPassage
from tests.case.plain import TEXTS, read_lines, state, write_texts


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built")
    kg.build(write_texts(root / "in"), root / "case", reader=read_lines)
    return root / "case"


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "case")
    return tmp_path / "case"


def test_a_good_case_passes_and_the_counts_say_what_was_checked(case: Path) -> None:
    report = kg.verify(case)
    assert report.problems == report.notes == ()
    assert (report.ok, report.exit_code) == (True, 0)
    counts = dict(report.counts)
    lines = b"".join(data for name, data in state(case).items() if name.endswith(".nq"))
    assert counts["documents"] == counts["sources"] == len(TEXTS)
    assert counts["claims"] == 6
    assert counts["selectors"] == lines.count(b"<http://www.w3.org/ns/oa#exact>")
    assert counts["quads"] == lines.count(b"\n")
    assert counts["indexed"] == len(kg.open(case).store)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_is_found_and_named(built: Path, tmp_path: Path, data: st.DataObject) -> None:
    case = tmp_path / "case"
    if not case.exists():
        shutil.copytree(built, case)
    files = state(case)
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    changed = bytearray(files[name])
    changed[place] ^= data.draw(st.integers(1, 255))
    (case / name).write_bytes(changed)
    try:
        report = kg.verify(case)
        assert not report.ok
        assert report.exit_code == 1
        assert any(str(case / name) in problem for problem in report.problems), report.problems
    finally:
        (case / name).write_bytes(files[name])


@pytest.mark.parametrize("kind", ["sources", "graphs", "case.json"])
@pytest.mark.parametrize("how", ["lose", "cut", "add"])
def test_lost_and_cut_files_are_found(case: Path, kind: str, how: str) -> None:
    for name in (n for n in state(case) if n.startswith(kind)):
        path = case / name
        data = path.read_bytes()
        if how == "lose":
            path.unlink()
        else:
            path.write_bytes(data[:-1] if how == "cut" else data + b"\n")
        if (kind, how) == ("case.json", "lose"):
            with pytest.raises(kg.KgError, match="no case here"):
                kg.verify(case)
        else:
            report = kg.verify(case)
            assert any(str(path) in problem for problem in report.problems), report.problems
        path.write_bytes(data)
    assert kg.verify(case).ok


def _forge(case: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a graph and make all hashes fit, as somebody would who knows how."""
    path = next(p for p in (case / "graphs").iterdir() if name in p.name and old in p.read_bytes())
    _put(case, path, path.read_bytes().replace(old, new, 1))


def _put(case: Path, path: Path, text: bytes) -> None:
    """Write a graph and make all hashes fit."""
    data = b"".join(line + b"\n" for line in sorted(set(text.split(b"\n")[:-1])))
    path.write_bytes(data)
    body = json.loads((case / "case.json").read_bytes())
    holder = body["documents"].get(path.stem)
    if holder:
        holder["graph"] = hashlib.sha256(data).hexdigest()
    else:
        body["graphs"][path.stem] = hashlib.sha256(data).hexdigest()
    del body["seal"]
    inner = (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()
    body["seal"] = hashlib.sha256(inner).hexdigest()
    whole = (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()
    assert parse(whole, "case.json").dump() == whole
    (case / "case.json").write_bytes(whole)


FORGERIES = {
    "quote of a selector": (b'#exact> "the bridge is closed."', b'#exact> "the bridge is open!!"'),
    "quote of a claim": (b'#quote> "the bridge is closed."', b'#quote> "the bridge is open."'),
    "prefix": (b'#prefix> "Ada Moreno said "', b'#prefix> "Ada Moreno says "'),
    "suffix": (b'#suffix> " said the bridge', b'#suffix> " says the bridge'),
    "offset": (b'#start> "0"', b'#start> "1"'),
    "offset past the end": (b'#end> "37"', b'#end> "3700"'),
    "offset that is none": (b'#start> "0"', b'#start> "-1"'),
    "lost kind": (b"<urn:kg:ontology#kind>", b"<urn:kg:ontology#kynd>"),
    "name of the document": (b'#file> "bridge.txt"', b'#file> "birdge.txt"'),
    "content in the open": (b"/content> .", b"/content/> ."),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_forged_graphs_do_not_fit_the_sources_or_the_shapes(case: Path, what: str) -> None:
    _forge(case, "", *FORGERIES[what])
    report = kg.verify(case)
    assert not report.ok
    assert any(str(case / "graphs") in problem for problem in report.problems)


def test_a_forged_derived_graph_does_not_follow_from_the_documents(case: Path) -> None:
    _forge(case, "derived", b"Ada Moreno", b"Ida Moreno")
    assert any("derived.nq" in problem for problem in kg.verify(case).problems)


def _share(case: Path, old: bytes = b"", new: bytes = b"") -> list[str]:
    """What is wrong once the derived graph says, among other things, that two documents share the words "Ada Moreno said"."""
    words, documents = "Ada Moreno said", [kg.open(case).document(name) for name in ("bridge", "lake")]
    spans = [Span(at, at + len(words)) for at in (document.text.index(words) for document in documents)]
    a, b = (Selector(s, s.of(d.text), d.prefix(s), d.suffix(s)) for d, s in zip(documents, spans, strict=True))
    found = Resolution(reuses=(Reuse(documents[0].id, documents[1].id, (SharedPassage(a, b),), 0.2),))
    path = case / "graphs" / "derived.nq"
    said = "".join(f"{line}\n" for line in derived_quads(found)).encode()
    assert old in said
    _put(case, path, path.read_bytes() + said.replace(old, new))
    problems = kg.verify(case).problems
    assert all(problem.startswith(f"{case / 'graphs'}") for problem in problems)
    return [problem for problem in problems if "not what follows" not in problem]


PASSAGES = {
    "quote": (b'#exact> "Ada Moreno said"', b'#exact> "Ida Moreno said"'),
    "prefix": (b"again.", b"again!"),
    "suffix": (b'#suffix> " otherwise', b'#suffix> " likewise'),
    "offset": (b'#start> "0"', b'#start> "1"'),
    "lost selector": (b"/selector> <http://www.w3.org/ns/oa#end>", b"/selector> <http://www.w3.org/ns/oa#eend>"),
}


def test_shared_passages_that_stand_in_both_documents_pass(case: Path) -> None:
    assert _share(case) == []


@pytest.mark.parametrize("what", PASSAGES)
def test_shared_passages_are_held_against_both_texts(case: Path, what: str) -> None:
    assert any("derived.nq" in problem for problem in _share(case, *PASSAGES[what]))


def test_a_passage_of_a_document_that_is_not_there_is_found(case: Path) -> None:
    id = kg.open(case).resolve_document("lake").id.encode()
    (problem, *_) = _share(case, b"span/" + id, b"span/" + b"0" * 16)
    assert "does not hold" in problem


def test_leftovers_of_a_killed_build_are_noted_and_harmless(case: Path) -> None:
    (case / "sources" / ".part-abc").write_bytes(b"half")
    (case / "graphs" / "0123456789abcdef.nq").write_bytes(b"half")
    (case / "next" / "graphs").mkdir(parents=True)
    report = kg.verify(case)
    assert report.ok
    assert len(report.notes) == 2


def test_a_damaged_index_is_no_problem_of_the_case(case: Path) -> None:
    shutil.rmtree(case / "index")
    assert kg.verify(case).ok


def test_no_case(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match="no case here"):
        kg.verify(tmp_path / "none")
