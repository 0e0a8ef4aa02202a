"""The tour that `make demo` prints."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.resources import resource
from kg.tour import main, three, tour


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> kg.Case:
    folder = tmp_path_factory.mktemp("tour") / "case"
    assert kg.build([resource("data")], folder, workers=1).exit_code == 0
    return kg.open(folder)


def quotes(text: str) -> list[str]:
    """The quotes of a tour, each on one line."""
    found: list[str] = []
    for before, line in zip(["", *text.splitlines()], text.splitlines(), strict=False):
        if line.startswith("  > "):
            part = line.removeprefix("  > ")
            if before.startswith("  > "):
                found[-1] += " " + part
            else:
                found.append(part)
    return found


def test_it_shows_three_claims_in_the_words_of_the_documents(case: kg.Case) -> None:
    texts = [" ".join(case.document(entry.id).text.split()) for entry in case.documents()]
    shown = quotes(tour(case))
    assert len(shown) == 3
    for quote in shown:
        assert any(all(part in text for part in quote.split(" … ")) for text in texts), quote


def test_it_counts_answers_and_says_where_to_look_next(case: kg.Case) -> None:
    text = tour(case, page="the page.html", kg="bin/kg")
    assert f"5 documents, {case.counts['entities']:,} entities, {case.counts['claims']:,} claims" in text
    assert "SELECT" in text and "30,000" in text
    assert f"bin/kg verify {case.path}" in text and "open the page.html" in text


def test_the_command_prints_it(case: kg.Case, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(case.path)]) == 0
    printed = capfdbinary.readouterr().out.decode()
    assert len(quotes(printed)) == 3
    assert all(len(line) <= 100 for line in printed.splitlines() if line.startswith("  > "))


def test_without_a_case_it_says_so_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


rows = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "document": st.sampled_from("abc"),
        "chain": st.integers(0, 3).map(lambda n: " › ".join("x" * (n + 1))),
        "directness": st.sampled_from(["direct", "author"]),
        "quantities": st.sampled_from(["", "44 victims"]),
        "quote": st.text(max_size=300),
    }
)


@given(st.lists(rows, max_size=12, unique_by=lambda row: row["id"]), st.randoms())
def test_the_choice_does_not_hang_on_the_order(claims: list[dict[str, str]], random: Random) -> None:
    chosen = three(claims)
    assert len(chosen) == min(3, len(claims)) == len({row["id"] for row in chosen})
    mixed = list(claims)
    random.shuffle(mixed)
    assert three(mixed) == chosen
    if any(row["chain"].count("›") > 1 for row in claims):
        assert chosen[0]["chain"].count("›") > 1
