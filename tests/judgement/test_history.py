"""Which judgement holds."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.judgement.entries import Entry, make, withdraw
from kg.judgement.history import heads, in_force, states, withdrawn
from tests.judgement.strategies import histories, place

EARLY, LATE = "2031-04-12T09:30:00Z", "2031-04-13T09:30:00Z"


def pair(verdict: Any, by: str = "Ana", at: str = EARLY, supersedes: tuple[str, ...] = ()) -> Entry:
    return make("claims", verdict, [place(1), place(2)], by=by, at=at, supersedes=supersedes)


def test_the_later_takes_the_place_of_the_earlier_whatever_the_clocks_say() -> None:
    first = pair("same", at=LATE)
    second = pair("different", at=EARLY, supersedes=(first.id,))
    assert in_force([second, first]) == [second]
    assert states([first, second]) == {first.id: "superseded", second.id: "in force"}


def test_of_two_that_know_nothing_of_each_other_the_later_holds() -> None:
    first, second = pair("same", "Ana", EARLY), pair("different", "Bo", LATE)
    assert in_force([second, first]) == in_force([first, second]) == [second]
    third = pair("same", "Cleo", EARLY, tuple(heads([first, second], first.matter)))
    assert in_force([third, second, first]) == [third]


def test_what_is_taken_back_counts_for_nothing_and_what_held_before_holds_again() -> None:
    first = pair("same")
    second = pair("different", at=LATE, supersedes=(first.id,))
    back = withdraw(second, by="Bo", at=LATE)
    assert in_force([first, second, back]) == [first]
    again = withdraw(back, by="Bo", at=LATE)
    assert in_force([first, second, back, again]) == [second]
    assert states([first, second, back]) == {first.id: "in force", second.id: "withdrawn", back.id: "withdraws"}


def test_over_a_withdrawn_one_the_earlier_still_gives_way() -> None:
    first = pair("same", at=LATE)
    second = pair("different", at=LATE, supersedes=(first.id,))
    third = pair("same", "Bo", EARLY, (second.id,))
    back = withdraw(second, by="Ana", at=LATE)
    assert in_force([first, second, back, third]) == [third]


def test_a_long_chain_is_no_trouble() -> None:
    chain = [pair("same")]
    for _ in range(3000):
        chain.append(withdraw(chain[-1], by="Ana", at=EARLY))
    assert in_force(chain) == [chain[0]]
    assert len(withdrawn(chain)) == 1500


def test_other_matters_are_left_alone() -> None:
    same, claim = pair("same"), make("claim", "wrong", [place(1)], by="Ana", at=LATE)
    speaker = make("speaker", "wrong", [place(1)], by="Ana", name="Bo", at=LATE, supersedes=(claim.id,))
    assert len(in_force([same, claim, speaker])) == 3


@given(histories(), st.randoms())
def test_the_order_of_a_file_changes_nothing(entries: list[Entry], random: Any) -> None:
    shuffled = [*entries, *entries]
    random.shuffle(shuffled)
    assert in_force(shuffled) == in_force(entries)
    assert states(shuffled) == states(entries)


@given(histories())
def test_one_holds_on_each_matter_that_anybody_stands_by(entries: list[Entry]) -> None:
    held = in_force(entries)
    gone = withdrawn(entries)
    standing = {e.matter for e in entries if e.verdict != "withdrawn" and e.id not in gone}
    assert {entry.matter for entry in held} == standing
    assert len(held) == len(standing)
    assert all(entry.id not in gone for entry in held)


@given(histories(), st.data())
def test_the_last_word_of_who_knows_all_holds_until_it_is_taken_back(entries: list[Entry], data: st.DataObject) -> None:
    matter = pair("same").matter
    word = pair(data.draw(st.sampled_from(["same", "different"])), "Cleo", EARLY, tuple(heads(entries, matter)))
    after = [*entries, word]
    assert word in in_force(after)
    back = [*after, withdraw(word, by="Cleo", at=EARLY)]
    if word not in entries:
        assert in_force(back) == in_force(entries)
