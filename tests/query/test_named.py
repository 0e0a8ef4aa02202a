"""Named queries: each answers what its header says, and takes its parameters as values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.case import Case
from kg.errors import KgError
from kg.query import list_named, named, names, select
from tests.query.cases import Memory, in_memory
from tests.samples import HOSTILE, sample_reading

INSIDE = "at least 12 cracks had weakened the Alder Bridge"
OUTSIDE = f"Ada Moreno had warned that {INSIDE}"
STATED = "The Alder Bridge was opened in 1987."


def test_the_questions_are_these() -> None:
    assert (
        names()
        == (
            "authority chains circular claims-by-speaker confirmations conflicts figures groups origins reuse roles "
            "single-origin support timeline who-said-what-about"
        ).split()
    )


@pytest.mark.parametrize("name", names())
def test_every_header_says_what_is_answered_and_every_parameter_is_used(name: str) -> None:
    query = named(name)
    assert len(query.answers) > 40
    assert query.parameters
    for parameter in query.parameters:
        assert f'VALUES ?{parameter.name}_given {{ "" }}' in query.text
        assert parameter.meaning
    assert query.text.count('_given { "" }') == len(query.parameters)


@pytest.mark.parametrize("name", names())
def test_every_query_runs_on_an_empty_case(name: str) -> None:
    params = {parameter.name: "nobody" for parameter in named(name).parameters}
    assert len(select(Memory(), name=name, params=params)) == 0


def test_who_says_what_about_an_entity(case: Case) -> None:
    result = select(case, name="who-said-what-about", params={"entity": "  aLDER   bridge"})
    said = {(row[0], row[1]) for row in result}
    assert said == {("Lake Board", OUTSIDE), ("Ada Moreno", INSIDE), ("Ivo Hale", STATED)}
    assert {row[result.columns.index("document")] for row in result} == {"bridge", "other"}


def test_an_alias_leads_to_all_that_is_said_of_an_entity(case: Case) -> None:
    assert len(select(case, name="who-said-what-about", params={"entity": "moreno"})) == 2


def test_claims_by_speaker(case: Case) -> None:
    every = select(case, name="claims-by-speaker")
    assert len(every) == 9
    alias = select(case, name="claims-by-speaker", params={"speaker": "MORENO"})
    assert {row[0] for row in alias} == {"Ada Moreno"}
    assert len(alias) == 5
    assert len(select(case, name="claims-by-speaker", params={"speaker": "nobody"})) == 0


def test_chains_are_those_of_more_than_one_speaker(case: Case) -> None:
    result = select(case, name="chains", params={"document": "bridge"})
    assert [row[:4] for row in result] == [(2, "Ivo Hale › Lake Board › Ada Moreno", INSIDE, OUTSIDE)]


def test_timeline_is_in_order_and_can_be_narrowed(case: Case) -> None:
    every = select(case, name="timeline")
    assert [row[0] for row in every] == sorted(str(row[0]) for row in every)
    assert {row[:3] for row in every} == {("1987", "1987", STATED)}
    assert len(select(case, name="timeline", params={"entity": "Alder Bridge"})) == 2
    assert len(select(case, name="timeline", params={"entity": "Lake Board"})) == 0


def test_a_timeline_is_in_the_order_in_which_things_began() -> None:
    order = [
        "195X",
        "../1987",
        "1987",
        "1987~",
        "1987-21",
        "1987-05",
        "1987-22",
        "1987-06-21",
        "1987-07/1987-08",
        "1987-24",
    ]
    order += ["1988/..", "1988-01-21"]
    made = []
    for number, edtf in enumerate(sorted(order)):
        reading = sample_reading(file=f"timeline-{number}.txt")
        made.append(replace(reading, times=tuple(replace(time, edtf=edtf) for time in reading.times)))
    when = [row[0] for row in select(in_memory(made), name="timeline")]
    assert list(dict.fromkeys(when)) == order


@pytest.mark.parametrize("value", [*HOSTILE[:-1], '" } UNION { ?s ?p ?o } #', "\\", '""', "x" * 5000])
@pytest.mark.parametrize(("name", "param"), [("who-said-what-about", "entity"), ("figures", "of")])
def test_a_parameter_is_a_value_whatever_it_holds(case: Case, name: str, param: str, value: str) -> None:
    assert len(select(case, name=name, params={param: value})) == 0


def test_names_and_parameters_are_checked(case: Case) -> None:
    with pytest.raises(KgError, match=r"there are: authority, chains, circular"):
        select(case, name="gossip")
    with pytest.raises(KgError, match=r"there are: authority, chains"):
        select(case, name="../names/chains")
    with pytest.raises(KgError, match="it takes: entity"):
        select(case, name="timeline", params={"speaker": "x"})
    with pytest.raises(KgError, match="needs --param entity="):
        select(case, name="who-said-what-about", params={"entity": " "})


def test_the_list_of_names_says_what_each_answers() -> None:
    listed = list_named()
    assert [row[0] for row in listed] == names()
    assert "entity (required)" in {row[2] for row in listed}
