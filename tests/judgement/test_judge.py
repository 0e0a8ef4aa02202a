"""What people decide stays, whatever is built, removed, read anew or put together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.case_files import CaseFolder
from kg.document import Document
from kg.errors import KgError
from kg.joining import tables_of
from kg.judgement import lines
from kg.judgement.applying import apply
from kg.judgement.attach import applicable
from kg.judgement.entries import Entry
from kg.judgement.kept import entries, journal
from kg.query import claim_records
from kg.records import Reading
from kg.resolve import Judgement
from kg.verification import verify
from tests.case.plain import graphs
from tests.query.cases import by_hand

INSIDE = "at least 12 cracks had weakened the Alder Bridge"
QUOTED = "The board did not close"


def claim(case: Path, quote: str, document: str) -> str:
    """The id of a claim."""
    with kg.open(case) as opened:
        return next(r["id"] for r in claim_records(opened, document=document) if r["quote"].startswith(quote))


def two(case: Path) -> tuple[str, str]:
    return claim(case, INSIDE, "bridge"), claim(case, INSIDE, "other")


def listed(case: Path, *columns: str) -> list[tuple[object, ...]]:
    with kg.open(case) as opened:
        return opened.judgements().pick(*columns).rows


def taken(case: Path) -> list[Judgement]:
    """The judgements that the work across documents is given."""
    folder = CaseFolder(case)
    manifest = folder.read()
    assert manifest is not None
    return applicable(entries(folder, manifest), tables_of(folder, manifest, manifest.documents))


def shortened(document: Document) -> Reading:
    """A reader that finds the same claims without their cues: every claim has another id."""
    reading = by_hand(document)
    ids = {one.id: "-".join(one.id.split("-")[:3]) for one in reading.claims}
    claims = tuple(replace(c, id=ids[c.id], within=ids.get(c.within, ""), cue="", cue_spans=()) for c in reading.claims)
    return replace(reading, claims=claims)


def silent(document: Document) -> Reading:
    """A reader that finds no claims."""
    return replace(by_hand(document), claims=(), quantities=(), times=())


def test_a_judgement_changes_what_is_derived_and_nothing_else(case: Path) -> None:
    before = graphs(case)
    a, b = two(case)
    entry = kg.judge(case, a, "same", b, by="Ana Brito", why="one report")
    assert (entry.subject, entry.a, entry.b, entry.verdict, entry.by) == (
        "claims",
        *sorted((a, b)),
        "same",
        "Ana Brito",
    )
    after = graphs(case)
    assert {name for name in after if after[name] != before.get(name)} <= {"judgements.nq", "derived.nq"}
    assert listed(case, "by", "verdict", "why", "state") == [("Ana Brito", "same", "one report", "in force")]
    assert [place.quote for place in entry.places] == [INSIDE, INSIDE]
    assert taken(case) == [entry.judgement]
    assert not journal(CaseFolder(case)).file.exists()
    assert verify(case).problems == ()


def test_two_entities_are_parted_and_joined_again(case: Path) -> None:
    with kg.open(case) as opened:
        (facts,) = (dict(opened.show("Ada Moreno").facts),)
    joined = [part.split(" in ")[0] for part in facts["joins"].split("; ")]
    with pytest.raises(KgError, match=r"one entity already.*name two of the entities that it joins"):
        kg.judge(case, "Ada Moreno", "different", "Moreno", by="Ana")
    entry = kg.judge(case, joined[0], "different", joined[1], by="Ana")
    with kg.open(case) as opened:
        tops = {dict(opened.show(part).facts)["part of"] for part in joined[:2]}
        assert len(tops) == 2
    kg.judge(case, entry.id[:8], "withdraw", by="Bo", why="one person after all")
    with kg.open(case) as opened:
        assert len({dict(opened.show(part).facts)["part of"] for part in joined}) == 1
    assert [state for (state,) in listed(case, "state")] == ["withdrawn", f"withdraws {entry.id}"]
    assert verify(case).problems == ()


def test_the_last_word_holds_and_all_stay(case: Path) -> None:
    a, b = two(case)
    first = kg.judge(case, a, "same", b, by="Ana")
    second = kg.judge(case, b, "different", a, by="Bo")
    assert second.supersedes == (first.id,)
    assert sorted(listed(case, "by", "state")) == [("Ana", "superseded"), ("Bo", "in force")]
    kg.judge(case, second.id, "withdraw", by="Bo")
    assert taken(case) == [first.judgement]
    with pytest.raises(KgError, match="was withdrawn already"):
        kg.judge(case, second.id, "withdraw", by="Bo")


def test_judgements_of_one_claim(case: Path) -> None:
    quoted = claim(case, QUOTED, "bridge")
    kg.judge(case, quoted, "speaker-wrong", "Ivo Hale", by="Ana")
    kg.judge(case, quoted, "not-a-claim", by="Ana")
    assert {(j.subject, j.verdict, j.b) for j in taken(case)} == {
        ("speaker", "wrong", "Ivo Hale"),
        ("claim", "wrong", ""),
    }
    kg.judge(case, quoted, "speaker-right", by="Bo")
    kg.judge(case, quoted, "is-a-claim", by="Bo")
    assert {(j.subject, j.verdict, j.b) for j in taken(case)} == {("speaker", "right", ""), ("claim", "right", "")}


def test_a_build_carries_them_over(case: Path, built: Path) -> None:
    a, b = two(case)
    entry = kg.judge(case, a, "same", b, by="Ana")
    held = graphs(case)["judgements.nq"]
    kg.build(built / "in", case, reader=by_hand, fresh=True)
    assert graphs(case)["judgements.nq"] == held
    kg.remove(case, "other")
    assert listed(case, "state") == [("rests on nothing now",)]
    assert graphs(case)["judgements.nq"] == held
    report = verify(case)
    assert (report.problems, [note for note in report.notes if entry.id in note]) == ((), list(report.notes))
    kg.build(built / "in", case, reader=by_hand)
    assert taken(case) == [entry.judgement]


def test_another_base_is_another_name_for_the_same_judgement(case: Path, built: Path) -> None:
    entry = kg.judge(case, *_same(two(case)), by="Ana")
    kg.build(built / "in", case, reader=by_hand, base="https://example.org/case/")
    assert b"urn:kg:judgement" not in graphs(case)["judgements.nq"]
    assert taken(case) == [entry.judgement]
    assert verify(case).problems == ()


def _same(pair: tuple[str, str]) -> tuple[str, str, str]:
    return pair[0], "same", pair[1]


def test_a_judgement_finds_its_words_again_when_ids_have_changed(case: Path, built: Path) -> None:
    entry = kg.judge(case, *_same(two(case)), by="Ana")
    kg.build(built / "in", case, reader=shortened)
    (moved,) = taken(case)
    assert (moved.a, moved.b) == two(case)[::1] or (moved.b, moved.a) == two(case)
    assert (moved.id, moved.verdict) == (entry.id, "same")
    assert {moved.a, moved.b}.isdisjoint({entry.a, entry.b})
    assert listed(case, "state") == [("in force",)]
    later = kg.judge(case, *_same(two(case)), by="Bo")
    assert [one.id for one in taken(case)] == [later.id]


def test_a_judgement_whose_words_are_no_claim_any_more_stays_and_says_so(case: Path, built: Path) -> None:
    entry = kg.judge(case, *_same(two(case)), by="Ana")
    kg.build(built / "in", case, reader=silent)
    assert taken(case) == []
    assert listed(case, "a", "state") == [(f"{INSIDE} (bridge.txt)", "rests on nothing now")] or listed(
        case, "a", "state"
    ) == [(f"{INSIDE} (other.txt)", "rests on nothing now")]
    assert lines.parse(kg.export_judgements(case), "x") == [entry]
    kg.build(built / "in", case, reader=by_hand)
    assert taken(case) == [entry.judgement]


def test_what_waits_is_taken_in_by_the_next_build(case: Path, built: Path) -> None:
    entry = _made_elsewhere(case, "same")
    waiting = journal(CaseFolder(case))
    waiting.add([entry])
    assert listed(case, "state") == [("in force, not yet applied",)]
    assert "next build takes in" in "".join(verify(case).notes)
    assert taken(case) == []
    kg.build(built / "in", case, reader=by_hand)
    assert taken(case) == [entry.judgement]
    assert not waiting.file.exists()


def _made_elsewhere(case: Path, verdict: str) -> Entry:
    """An entry that the case does not have."""
    from kg.judgement.places import decide

    with kg.open(case) as opened:
        return decide(opened, [], two(case)[0], verdict, two(case)[1], by="Cleo")


def test_a_process_that_was_killed_between_two_steps_loses_and_doubles_nothing(case: Path) -> None:
    first, second = _made_elsewhere(case, "same"), _made_elsewhere(case, "different")
    waiting = journal(CaseFolder(case))
    waiting.add([first])
    kept = waiting.file.read_bytes()
    apply(case)
    # Killed after the case was changed: the journal still has what the case holds. And while writing: half a line.
    waiting.file.write_bytes(kept + lines.dump([second])[:50])
    assert [one.id for one in waiting.read()] == [first.id]
    apply(case)
    assert len(listed(case, "id")) == 1
    waiting.file.write_bytes(lines.dump([second])[:50])
    waiting.add([second])
    apply(case)
    assert {id for (id,) in listed(case, "id")} == {first.id, second.id}


def test_a_damaged_journal_stops_everything_before_anything_is_lost(case: Path, built: Path) -> None:
    waiting = journal(CaseFolder(case))
    waiting.add([_made_elsewhere(case, "same")])
    waiting.file.write_bytes(waiting.file.read_bytes().replace(b"same", b"diff"))
    for change in (lambda: kg.build(built / "in", case, reader=by_hand), lambda: kg.remove(case, "other")):
        with pytest.raises(KgError, match=r"pending.jsonl, line 1: not a judgement"):
            change()
    assert any("pending.jsonl" in problem for problem in verify(case).problems)


def test_a_damaged_graph_of_judgements_stops_a_build(case: Path, built: Path) -> None:
    kg.judge(case, *_same(two(case)), by="Ana")
    file = case / "graphs" / "judgements.nq"
    good = file.read_bytes()
    file.write_bytes(good.replace(b"Ana", b"Bob"))
    with pytest.raises(KgError, match=r"judgements.nq: .*put back a copy of it"):
        kg.build(built / "in", case, reader=by_hand, fresh=True)
    assert any("judgements.nq" in problem for problem in verify(case).problems)
    file.write_bytes(good)
    kg.build(built / "in", case, reader=by_hand, fresh=True)
    assert verify(case).problems == ()


def test_a_team_puts_its_judgements_together(case: Path, built: Path, tmp_path: Path) -> None:
    other = tmp_path / "theirs"
    kg.build(built / "in", other, reader=by_hand)
    ours = kg.judge(case, *_same(two(case)), by="Ana", why="line one\nline two \u2028 “three”")
    theirs = kg.judge(other, claim(other, QUOTED, "bridge"), "not-a-claim", by="Bo")
    file = tmp_path / "team.jsonl"
    file.write_bytes(kg.export_judgements(other))
    assert (kg.import_judgements(case, file), kg.import_judgements(case, file)) == (1, 0)
    file.write_bytes(kg.export_judgements(case))
    assert kg.import_judgements(other, file) == 1
    assert kg.export_judgements(case) == kg.export_judgements(other) == file.read_bytes()
    assert graphs(case) == graphs(other)
    assert {one.id for one in taken(case)} == {ours.id, theirs.id}


def test_a_file_with_one_bad_line_brings_nothing(case: Path, tmp_path: Path) -> None:
    good = lines.dump([_made_elsewhere(case, "same")])
    file = tmp_path / "team.jsonl"
    file.write_bytes(good + good.replace(b"Cleo", b"Mallory"))
    with pytest.raises(KgError, match=r"team.jsonl, line 2: .*changed since it was written"):
        kg.import_judgements(case, file)
    assert listed(case, "id") == []
    with pytest.raises(KgError, match="check the path"):
        kg.import_judgements(case, tmp_path / "none.jsonl")


def test_judgements_of_documents_that_the_case_does_not_have_wait_for_them(
    case: Path, built: Path, tmp_path: Path
) -> None:
    entry = kg.judge(case, *_same(two(case)), by="Ana")
    (tmp_path / "team.jsonl").write_bytes(kg.export_judgements(case))
    small = tmp_path / "small"
    kg.build(built / "in" / "bridge.txt", small, reader=by_hand)
    kg.import_judgements(small, tmp_path / "team.jsonl")
    assert listed(small, "state") == [("rests on nothing now",)]
    kg.build(built / "in", small, reader=by_hand)
    assert taken(small) == [entry.judgement]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("{a}", "true", "{b}"), "no verdict is called 'true'"),
        (("{a}", "same", "{a}"), "the same claim"),
        (("{a}", "same", ""), "as what"),
        (("{a}", "same", "Ada Moreno"), "not: claim and entity"),
        (("bridge.txt", "not-a-claim", ""), "is no claim but: document"),
        (("{a}", "not-a-claim", "Ivo"), "leave out 'Ivo'"),
        (("nowhere", "not-a-claim", ""), "nothing here is called"),
        (("abcd1234", "withdraw", ""), "no judgement begins"),
        (("{a}", "speaker-wrong", "x" * 300), "up to 200 characters"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(case: Path, words: tuple[str, str, str], message: str) -> None:
    a, b = two(case)
    first, verdict, second = (word.format(a=a, b=b) for word in words)
    with pytest.raises(KgError, match=message) as error:
        kg.judge(case, first, verdict, second, by="Ana")
    assert "\n" not in str(error.value)
    assert listed(case, "id") == []


def test_what_is_shown_says_what_people_decided_of_it(case: Path) -> None:
    a, b = two(case)
    first = kg.judge(case, a, "same", b, by="Ana", why="one report")
    kg.judge(case, a, "speaker-wrong", "Ivo Hale", by="Bo")
    with kg.open(case) as opened:
        said = [value for name, value in opened.show(a).facts if name == "judged"]
        assert sorted(line.split(" (")[0] for line in said) == [
            f"same: claim/{b}",
            "the speaker is wrong, it is Ivo Hale",
        ]
        assert any("(Ana, 20" in line and line.endswith(": one report)") for line in said)
    kg.judge(case, first.id, "withdraw", by="Bo")
    with kg.open(case) as opened:
        assert [line.split(" (")[0] for name, line in opened.show(b).facts if name == "judged"] == []


def test_judgements_are_never_seen_as_the_machines_own(case: Path) -> None:
    kg.judge(case, *_same(two(case)), by="Ana")
    with kg.open(case) as opened:
        assert len(opened.query("SELECT ?j { ?j a kg:Judgement }")) == 0
        found = opened.query("SELECT ?n { GRAPH ?g { ?j a kg:Judgement ; prov:wasAttributedTo/foaf:name ?n } }")
        assert found.rows == [("Ana",)]


def test_a_case_that_was_open_before_lists_what_was_decided_since(case: Path) -> None:
    with kg.open(case) as opened:
        kg.judge(opened, *_same(two(case)), by="Ana")
        assert opened.judgements().pick("by", "state").rows == [("Ana", "in force")]
        assert lines.parse(kg.export_judgements(opened), "x")[0].by == "Ana"


def test_a_judgement_made_while_a_build_runs_waits_for_it(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import case_files

    monkeypatch.setattr(case_files, "BUILD_WAIT", 0.0)
    with case_files.changing(case, make=False), pytest.raises(KgError, match="is kept, and the next build takes it in"):
        kg.judge(case, *_same(two(case)), by="Ana")
    assert listed(case, "state") == [("in force, not yet applied",)]
    assert apply(case) == 1
    assert listed(case, "state") == [("in force",)]
