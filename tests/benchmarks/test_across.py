"""The scorer of the gold stories: figures that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.across.__main__ import main
from benchmarks.across.gold import Gold, only, together
from benchmarks.across.score import Scores, Share, bcubed, score
from kg.document import Span
from kg.resolve.records import Resolution, Reuse
from tests.benchmarks.stories import CLAIMS, TEXTS, at, claim, document, group, link, one_entity, readings, story, view


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    return story(tmp_path)


def test_b_cubed_gives_the_published_example() -> None:
    # Bagga and Baldwin 1998: {1..5} {6, 7} {8..12} in truth; the second answer puts all that is 6 and above together.
    truth = {n: "a" if n < 6 else "b" if n < 8 else "c" for n in range(1, 13)}
    near = {n: "x" if n < 6 else "y" for n in range(1, 13)}
    far = {n: "y" if 6 <= n < 8 else "x" for n in range(1, 13)}
    assert bcubed(truth, near).precision.value == pytest.approx(0.762, abs=0.001)
    assert bcubed(truth, far).precision.value == pytest.approx(0.583, abs=0.001)
    assert bcubed(truth, near).recall.value == bcubed(truth, truth).f1 == 1


def test_a_right_resolution_has_full_marks(gold: Gold) -> None:
    right = Resolution(
        entities=(one_entity("a1", "a2"), one_entity("o2")),
        groups=(group(["k1", "k3"], ["k5"]),),
        links=(
            link("conflict", "k1", "k4", "figure"),
            link("conflict", "k2", "k6", "polarity"),
            link("confirmation", "k5", "k1"),
        ),
    )
    found = score(view(gold, right))
    assert found.entities.f1 == found.groups.f1 == found.conflicts.f1 == found.confirmations.f1 == 1
    assert found.origins == found.origins_grouped == Share(1, 1)
    assert found.kinds == Share(2, 2)
    assert (found.person_merges, found.compatible) == (0, 0)


def test_nothing_found_is_precise_and_recalls_nothing(gold: Gold) -> None:
    found = score(view(gold, Resolution()))
    assert found.conflicts.precision.value == 1
    assert found.conflicts.recall == Share(0, 2)
    assert found.groups.precision.value == 1
    assert found.groups.recall.right == pytest.approx(3 * (1 / 3) + 3)  # three of one group apart, three alone
    assert found.origins == Share(0, 1)
    assert found.reused.recall == Share(0, 1)


def test_a_conflict_is_right_between_any_two_of_the_groups_and_counts_once(gold: Gold) -> None:
    some = Resolution(links=(link("conflict", "k3", "k4", "date"), link("conflict", "k4", "k5", "figure")))
    found = score(view(gold, some))
    assert found.conflicts.precision == Share(1, 1)
    assert found.conflicts.recall == Share(1, 2)
    assert found.kinds == Share(1, 1)


def test_a_conflict_of_another_kind_is_right_but_its_kind_is_not(gold: Gold) -> None:
    assert score(view(gold, Resolution(links=(link("conflict", "k1", "k4", "date"),)))).kinds == Share(0, 1)


def test_a_compatible_pair_called_a_conflict_is_wrong_and_counted(gold: Gold) -> None:
    found = score(view(gold, Resolution(links=(link("conflict", "k4", "k6", "figure"),))))
    assert found.compatible == 1
    assert found.conflicts.precision == Share(0, 1)


def test_a_conflict_outside_the_gold_is_wrong_unless_lenient(gold: Gold) -> None:
    ferry = claim("x1", "01.txt", "The ferry left at noon")
    seen = view(
        gold, Resolution(links=(link("conflict", "k4", "x1", "date"),)), readings([*CLAIMS, ferry], {"x1": "01.txt"})
    )
    assert (score(seen).conflicts.precision, score(seen).conflicts.apart) == (Share(0, 1), 1)
    assert score(seen, lenient=True).conflicts.precision == Share(0, 0)


def test_a_claim_that_holds_a_gold_claim_among_other_words_repeats_its_conflict(gold: Gold) -> None:
    long = claim("x1", "02.txt", "Olof Lund said seven boats sank. The ferry left at noon")
    links = (link("conflict", "k1", "k4", "figure"), link("conflict", "k1", "x1", "figure"))
    found = score(view(gold, Resolution(links=links), readings([*CLAIMS, long], {"x1": "02.txt"})))
    assert (found.conflicts.precision, found.conflicts.recall, found.conflicts.apart) == (Share(1, 1), Share(1, 2), 0)


def test_persons_that_are_one_by_mistake_are_counted(gold: Gold) -> None:
    found = score(view(gold, Resolution(entities=(one_entity("a1", "a2", "o2"),))))
    assert (found.person_merges, found.person_merges_read) == (1, 0)
    assert found.entities.recall.value == 1
    assert found.entities.precision.right == pytest.approx(3 * 3 / 4 + 1 / 4)


def test_origins_are_exact_or_not(gold: Gold) -> None:
    merged = score(view(gold, Resolution(groups=(group(["k1", "k3", "k5"]),))))
    assert (merged.origins, merged.origins_grouped) == (Share(0, 1), Share(0, 1))
    # Split into two groups as the origins are: exact all the same, but no group found whole.
    apart = score(view(gold, Resolution(groups=(group(["k1", "k3"]), group(["k5"])))))
    assert (apart.origins, apart.origins_grouped) == (Share(1, 1), Share(0, 0))


def test_origins_are_those_of_the_claims_that_were_found(gold: Gold) -> None:
    read = readings([c for c in CLAIMS if c.id != "k5"])
    found = score(view(gold, Resolution(groups=(group(["k1", "k3"]),)), read))
    assert found.origins == Share(1, 1)
    assert found.claims == Share(5, 6)
    assert found.groups.recall.right == pytest.approx(2 * (2 / 3) + 1 / 3 + 3)


def test_claims_match_by_common_words_one_to_one(gold: Gold) -> None:
    wide = claim("k1", "01.txt", "Ada Lund said that nine boats sank")  # 3 of 7 words: another claim
    near = claim("x1", "01.txt", "that nine boats sank")
    double = claim("x2", "01.txt", "nine boats")
    read = readings([wide, near, double], {"x1": "01.txt", "x2": "01.txt"})
    assert view(gold, Resolution(), read).claim_of == {"port/c1": "x1"}


def test_names_match_exactly_or_by_their_last_word(gold: Gold) -> None:
    read = readings()
    seen = view(gold, Resolution(), read)
    assert len(seen.entity_of) == 4
    olof = next(m for m in gold.mentions if m.text == "Olof Lund")
    assert seen.entity_of[olof] == "o2"


def test_reused_passages(gold: Gold) -> None:
    one, two = document("01.txt").id, document("02.txt").id
    same = (at("02.txt", "The ferry left at noon"), at("01.txt", "The ferry left at noon"))
    other = (at("02.txt", "boats sank"), at("01.txt", "boats sank"))
    found = score(view(gold, Resolution(reuses=(Reuse(two, one, (same, other), 0.3),))))
    assert found.reused.recall == Share(1, 1)
    assert found.reused.precision == Share(1, 2)


def test_stories_together_keep_their_answers(tmp_path: Path) -> None:
    first = story(tmp_path)
    other = together([first])
    whole = together([first, other])
    assert whole.groups == first.groups * 2
    assert whole.origins == {0: first.origins[0], 1: first.origins[0]}
    assert len(whole.files) == len(TEXTS)


def test_scores_add_up(gold: Gold) -> None:
    once = score(view(gold, Resolution(links=(link("conflict", "k4", "k6", "figure"),))))
    twice = once + once
    assert twice.compatible == 2
    assert twice.entities.precision.of == 8
    assert once + Scores() == once


def test_gold_cut_to_the_claims_found_keeps_pairs_by_other_claims_of_the_group(gold: Gold) -> None:
    cut = only(gold, {"port/c3", "port/c4", "port/c5", "port/c6"})
    assert cut.groups == (("port/c3", "port/c5"),)
    assert [(c.a, c.b) for c in cut.conflicts] == [("port/c3", "port/c4")]
    assert cut.confirmations == (("port/c5", "port/c3"),)
    assert cut.origins == {0: (("port/c3",), ("port/c5",))}


def test_gold_that_does_not_fit_its_text_is_refused(tmp_path: Path) -> None:
    story(tmp_path)
    (tmp_path / "port/01.txt").write_text(TEXTS["02.txt"], encoding="utf-8")
    from benchmarks.across.gold import read_story

    with pytest.raises(ValueError, match=r"port/01\.txt"):
        read_story(tmp_path / "port")


def test_the_errors_of_the_part_kept_for_measuring_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--part", "test", "--verbose"]) == 2
    assert main(["--part", "test", "--story", "any"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "only the whole of the test part" in shown.err


def test_every_error_is_reported_with_its_words(gold: Gold) -> None:
    from benchmarks.across.errors import report

    bad = Resolution(
        entities=(one_entity("a1", "a2", "o2"),),
        groups=(group(["k1"], ["k3", "k4"]),),
        links=(link("conflict", "k4", "k6", "figure"), link("support", "k2", "k6")),
        reuses=(Reuse(document("01.txt").id, document("02.txt").id, ((Span(0, 20), Span(0, 20)),), 0.1),),
    )
    shown = report(view(gold, bad))
    kinds = (
        "persons merged,groups merged,groups split,conflicts missed,conflicts wrong,supports wrong,confirmations missed"
    )
    for kind in [*kinds.split(","), "origins", "reuse missed", "reuse wrong"]:
        assert f"== {kind} (" in shown
    assert "port/c4 Ada Lund: seven boats sank" in shown
