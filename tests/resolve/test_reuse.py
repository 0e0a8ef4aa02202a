"""Words that very many documents share: a story that all printed, a footer in which nobody says anything."""

from __future__ import annotations

from msgspec.structs import replace

from kg.resolve import resolve
from kg.resolve.blocking import BLOCK
from kg.resolve.reuse import COMMON
from tests.resolve.test_across import table


def test_a_story_that_more_papers_print_than_make_words_common_has_one_origin() -> None:
    """Beyond that number shared words are not looked at in pairs, as of a footer; whose words they are must not change."""
    story = "Rescue officials said that 33 people died when the Verkhan Dam broke above the town of Norvale at night.\n"
    many = [table(f"{at}.txt", f"Story {at * 7919}.\n\n{story}", f"Paper {at}") for at in range(COMMON + 3)]
    (group,) = resolve(many).groups
    assert len(group.documents) == len(many)
    (origin,) = group.origins
    assert origin.reasons == ("reused text",)


def test_a_footer_without_a_claim_that_all_print_is_no_reuse() -> None:
    footer = "About us, contact, imprint, terms of use, help, jobs, archive, weather, chess, letters, dates"
    many = [
        table(f"{at}.txt", f"Mayor Ann Poe said {at * 7919} houses were painted.\n\n{footer}\n")
        for at in range(COMMON + 3)
    ]
    assert not resolve(many).reuses


def test_a_sentence_that_very_many_papers_print_is_one_group() -> None:
    """Not all pairs of so many are compared; those that are must do."""
    one = table(
        "a.txt", "Rescue officials said that 33 people died when the Verkhan Dam broke above Norvale at night.\n"
    )
    ids = [f"{at:016x}" for at in range(3 * BLOCK)]
    many = [
        replace(one, document=id, publisher=f"Paper {id}", claims=tuple(replace(c, id=f"{id}-c") for c in one.claims))
        for id in ids
    ]
    (group,) = resolve(many).groups
    assert group.documents == tuple(ids)
    assert len(group.origins) == 1
