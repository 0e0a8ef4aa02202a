"""What is derived, shown one thing at a time: groups, origins, links, what a claim is tied to, why entities are one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.case import Case
from kg.errors import KgError
from kg.query import show
from kg.query.lines import chosen
from kg.query.shared import evidence, shared_passages
from tests.across import CRACKS, SHARED, TEXTS, build


@pytest.fixture(scope="module")
def across(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with build(tmp_path_factory.mktemp("across")) as case:
        yield case


def claim(case: Case, document: str, speaker: str) -> str:
    return str(next(iter(case.claims(speaker=speaker, document=document).pick("id")))[0])


def facts(case: Case, id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in show(case, id).facts:
        found.setdefault(name, []).append(value)
    return found


def test_a_group_is_shown_with_its_origins_and_every_quote_in_its_text(across: Case) -> None:
    shown = show(across, "group/g-cracks")
    said = dict(shown.facts)
    assert (shown.kind, shown.title) == ("group", CRACKS)
    assert said["counted"] == "4 documents, 3 speakers, 3 origins, 4 publishers"
    assert said["origin 1"] == "Lake Board ← courier, post, echo (reused text; the same ultimate speaker)"
    assert said["shared 1"] == f"courier 0-{len(SHARED)} = echo 0-{len(SHARED)}"
    assert len(shown.passages) == 5
    for passage in shown.passages:
        text = TEXTS[passage.where.partition(",")[0]]
        assert all(passage.text[a:b] in text for a, b in passage.marks)


def test_an_origin_says_why_its_claims_are_one(across: Case) -> None:
    shown = show(across, "origin/o-board")
    said = dict(shown.facts)
    assert (shown.kind, shown.title) == ("origin", "Lake Board")
    assert said["one because"] == "reused text; the same ultimate speaker"
    assert "3 origins" in said["origin of"] and said["entity"] == "resolved/r-Lake-Board"
    assert [name for name in said if name.startswith("claim")] == ["claim 1", "claim 2", "claim 3"]


def test_a_claim_names_its_group_and_all_it_is_tied_to(across: Case) -> None:
    said = facts(across, claim(across, "courier", "Lake Board"))
    assert said["group"][0].startswith("4 documents, 3 speakers, 3 origins")
    assert said["origin"] == ["Lake Board"]
    (conflict,) = said["conflicts with"]
    assert conflict.startswith("Omar Reyes: 40 cracks were found in the bridge. (tribune, 2031-03-06; claim/")
    assert conflict.endswith("figure, high: 40 cracks and at least 12 cracks")
    assert "Cleo Hart" in said["supported by"][0] and "Bo Lind" in said["confirmed by"][0]
    assert "post" in said["same as"][0] and "post" in said["repeated by"][0]
    other = facts(across, claim(across, "tribune", "Omar Reyes"))
    assert "Lake Board" in other["conflicts with"][0]
    assert "group" not in other


def test_a_link_shows_both_claims_where_they_stand(across: Case) -> None:
    (link,) = (str(row[0]) for row in across.conflicts(kind="wording").pick("link"))
    shown = show(across, link)
    said = dict(shown.facts)
    assert (said["what"], said["differ in"], said["severity"]) == ("conflict", "wording", "medium")
    assert (said["reasons"], said["method"], said["score"]) == ("open and closed", "by hand", "0.7")
    marked = {passage.text[a:b] for passage in shown.passages for a, b in passage.marks}
    assert marked == {"the road will stay open.", "the road is closed."}


def test_a_possible_link_is_said_to_be_one(across: Case) -> None:
    (link,) = (str(row[0]) for row in across.query("SELECT ?l { ?l a kg:PossibleLink }"))
    assert dict(show(across, link).facts)["what"] == "possibly conflict: for a person to judge"


def test_an_entity_says_which_links_made_it_one(across: Case) -> None:
    joined = facts(across, "Lake Board")["joined by"]
    assert len(joined) == 2
    assert all(line.endswith("both are called Lake Board (same full name, 0.95)") for line in joined)
    link = next(iter(across.query("SELECT ?l { ?l a kg:EntityLink } ORDER BY ?l")))[0]
    shown = show(across, str(link))
    assert dict(shown.facts)["what"] == "one entity"
    assert len(shown.passages) == 2


def test_a_name_leads_to_the_entity_and_not_to_an_origin(across: Case) -> None:
    assert show(across, "Lake Board").kind == "entity"
    assert show(across, "Dora Vance").kind == "entity"
    with pytest.raises(KgError, match="nothing here"):
        show(across, "the tower leans")  # the label of a group


def test_evidence_has_every_chain_and_the_shared_words_side_by_side(across: Case) -> None:
    (group,) = chosen(across, "group/g-cracks")
    text = evidence(across, group, width=80)
    for told in group.claims:
        assert f"on the word of {' › '.join(told.chain)}" in text and f"claim/{told.id}" in text
    assert "40% of the shorter text" in text
    left, right = zip(
        *(line.split(" | ") for line in text.splitlines() if " | " in line and "←" not in line), strict=True
    )
    assert " ".join(part.strip() for part in left) == f"courier, 0-{len(SHARED)} {SHARED}"
    assert " ".join(part.strip() for part in right) == f"echo, 0-{len(SHARED)} {SHARED}"


def test_passages_that_hold_no_claim_of_the_group_are_left_out(across: Case) -> None:
    (tower,) = chosen(across, "group/g-tower")
    assert shared_passages(across, tower) == []
    assert "no shared passages" in evidence(across, tower)


def test_a_group_is_found_by_its_claim_or_its_origin(across: Case) -> None:
    for id in (claim(across, "echo", "Dora Vance"), "origin/o-lind", "g-cracks"):
        assert [group.id for group in chosen(across, id)] == ["group/g-cracks"]
    with pytest.raises(KgError, match="no other claim says the same"):
        chosen(across, claim(across, "tribune", "Omar Reyes"))
    with pytest.raises(KgError, match="not a group, an origin or a claim"):
        chosen(across, "courier")
