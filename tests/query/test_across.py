"""What links claims across documents, asked: groups, origins, conflicts, figures, confirmations, circles, reused text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.case import Case
from kg.errors import KgError
from kg.query import Result
from tests.across import CRACKS, SHARED, build
from tests.query.cases import build as build_sample


@pytest.fixture(scope="module")
def across(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with build(tmp_path_factory.mktemp("across")) as case:
        yield case


def rows(result: Result, *columns: str) -> list[tuple[Any, ...]]:
    return list(result.pick(*columns))


def test_origins_are_one_line_a_group(across: Case) -> None:
    assert rows(across.origins(), "line", "label") == [
        ("4 documents, 3 speakers, 3 origins: Bo Lind, Dora Vance, Lake Board", CRACKS),
        ("2 documents, 2 speakers, 1 origin: Harbour Post", "the tower leans"),
    ]
    assert rows(across.origins(document="tribune"), "origins") == [(3,)]
    assert rows(across.origins(about="TOWER"), "origins") == [(1,)]
    assert len(across.origins(about="harbour")) == 0


def test_groups_set_claims_that_say_the_same_side_by_side(across: Case) -> None:
    found = rows(across.groups(about="cracks"), "origin", "speaker", "document", "date")
    assert found == [
        ("Bo Lind", "Bo Lind", "tribune", "2031-03-06"),
        ("Dora Vance", "Dora Vance", "echo", "2031-03-07"),
        ("Lake Board", "Lake Board", "courier", "2031-03-04"),
        ("Lake Board", "Lake Board", "post", "2031-03-05"),
        ("Lake Board", "Lake Board", "echo", "2031-03-07"),
    ]
    assert {row[0] for row in rows(across.groups(document="post.txt"), "document")} == {
        *("courier", "echo", "post", "tribune")
    }


def test_a_single_origin_is_told_from_several(across: Case) -> None:
    found = rows(across.single_origin(), "origin", "documents", "stems", "reasons")
    assert found == [("Harbour Post", 2, "courier; post", "one is told on the word of the other")]
    assert len(across.single_origin(origin="HARBOUR post")) == 1
    assert len(across.single_origin(origin="Lake Board")) == 0
    assert len(across.single_origin(document="echo")) == 0


def test_conflicts_come_with_both_quotes_and_the_reason(across: Case) -> None:
    found = rows(
        across.conflicts(), "severity", "kind", "reasons", "speaker_a", "document_a", "speaker_b", "document_b"
    )
    ends = [{row[3:5], row[5:7]} for row in found]
    assert [row[:3] for row in found] == [
        ("high", "figure", "40 cracks and at least 12 cracks"),
        ("medium", "wording", "open and closed"),
    ]
    assert ends == [
        {("Omar Reyes", "tribune"), ("Lake Board", "courier")},
        {("Ada Moreno", "post"), ("Ada Moreno", "courier")},
    ]
    assert len(across.conflicts(kind="figure")) == len(across.conflicts(severity="HIGH")) == 1
    assert len(across.conflicts(kind="date")) == len(across.conflicts(document="echo")) == 0
    (quotes,) = rows(across.conflicts(kind="wording"), "quote_a", "quote_b")
    assert set(quotes) == {"the road will stay open.", "the road is closed."}


def test_what_the_method_is_not_sure_of_is_no_conflict(across: Case) -> None:
    possible = "SELECT ?l { ?l a kg:PossibleLink ; kg:linkKind 'conflict' }"
    assert len(across.query(possible)) == 1
    assert len(across.conflicts()) == 2


def test_figures_for_one_thing_are_in_order_of_date(across: Case) -> None:
    found = rows(across.figures(), "thing", "date", "speaker", "figure", "tied_by")
    assert len({row[0] for row in found}) == 1
    assert [row[1:] for row in found] == [
        ("2031-03-04", "Lake Board", "at least 12 cracks", "links"),
        ("2031-03-05", "Lake Board", "at least 12 cracks", "links"),
        ("2031-03-06", "Bo Lind", "at least 12 cracks", "links"),
        ("2031-03-06", "Omar Reyes", "40 cracks", "links"),
        ("2031-03-07", "Cleo Hart", "14 cracks", "links"),
        ("2031-03-07", "Lake Board", "at least 12 cracks", "links"),
    ]
    assert len(across.figures(of="crack")) == 6
    assert len(across.figures(of="boats")) == 0


def test_confirmations_lead_back_to_the_claim_first_made(across: Case) -> None:
    found = rows(across.confirmations(), "confirmed_by", "steps", "first_speaker", "independent", "reasons")
    assert found == [
        ("Bo Lind", 1, "Lake Board", True, "Bo Lind vouches for it"),
        ("Dora Vance", 2, "Lake Board", True, "Dora Vance vouches for it"),
    ]
    assert len(across.confirmations(speaker="dora vance")) == len(across.confirmations(document="tribune")) == 1


def test_support_has_a_direction(across: Case) -> None:
    assert rows(across.support(), "speaker_a", "speaker_b") == [("Cleo Hart", "Lake Board")]
    assert len(across.support(document="tribune")) == 0


def test_circles_are_publishers_that_tell_each_others_word(across: Case) -> None:
    found = rows(across.circular(), "publisher_a", "speaker_a", "publisher_b", "speaker_b")
    assert found == [("Harbour Post", "Valley Courier", "Valley Courier", "Harbour Post")]
    assert len(across.circular(publisher="valley courier")) == 1
    assert len(across.circular(publisher="Lake Echo")) == 0


def test_reused_text_stands_side_by_side(across: Case) -> None:
    found = rows(across.reuse(), "document_a", "document_b", "share", "words_a", "words_b", "start_a", "end_b")
    assert found == [("courier", "echo", 0.4, SHARED, SHARED, 0, len(SHARED))]
    assert len(across.reuse(document="post")) == 0


def test_what_is_asked_for_is_checked(across: Case) -> None:
    with pytest.raises(KgError, match="no kind of conflict is called 'taste'; there are: figure, date"):
        across.conflicts(kind="taste")
    with pytest.raises(KgError, match="no severity is called 'dire'; there are: low, medium, high"):
        across.conflicts(severity="dire")
    with pytest.raises(KgError, match="no document is called 'gazette'"):
        across.groups(document="gazette")


def test_a_case_of_one_document_has_no_links(tmp_path: Path) -> None:
    with build_sample(tmp_path) as case:
        asked = (case.groups, case.origins, case.conflicts, case.confirmations, case.circular, case.reuse)
        assert [len(ask()) for ask in asked] == [0] * len(asked)
