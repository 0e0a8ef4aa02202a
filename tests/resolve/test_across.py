"""Claims of several documents: what is the same, what conflicts, what only looks so, and on how many sources it rests.

The documents are read by the real reader; what is looked at is what a user sees: groups, links and origins.
"""

from __future__ import annotations

import functools
import hashlib
import random

import pytest

from kg.document import Document, Metadata
from kg.reader import text_vectors
from kg.reading import read_document
from kg.resolve import Judgement, Link, Memory, Resolution, Table, resolve, table_of

PORT = """Fire at the harbour of Alder Bay

ALDER BAY - A fire destroyed the grain store of Alder Bay on 3 May 2031. Harbour master Ivo Hale told reporters in Alder Bay
that 12 workers had died in the fire. Hale said the doors of the grain store had been locked.
"""
POST = """What we know about the fire at Alder Bay

The Lake Post has spoken with survivors of the fire at the grain store of Alder Bay. Nadia Brand, who led the fire brigade of
Alder Bay, said that 17 workers had been killed in the fire. Brand said the doors of the grain store had not been locked.
"""
UNION = """Statement on the fire at Alder Bay

The Dockers' Union confirmed the toll of 12 dead given by Ivo Hale. The union had compared it with the list of the morgue.
In 2019 a fire at the ferry of Alder Bay killed 12 workers, said Rosa Keller, the secretary of the union.
"""
DAILY = """Alder Bay mourns

Harbour master Ivo Hale told reporters in Alder Bay that 12 workers had died in the fire. Hale said that the doors of the grain
store had been locked. At least 10 workers died in the fire at the grain store of Alder Bay, the mayor Lena Ortiz said.
"""
TEXTS = {
    "port.txt": (PORT, "Port Agency", "2031-05-04"),
    "post.txt": (POST, "Lake Post", "2031-05-05"),
    "union.txt": (UNION, "Dockers' Union", "2031-05-05"),
    "daily.txt": (DAILY, "Bay Daily", "2031-05-05"),
}
SALE = """Museum sells paintings

The museum of Cold Spring has sold two paintings by Ines Rask, its director Mara Quint said. Quint said the paintings had been
shown once only.
"""
BUYER = """A sale and its buyer

The museum of Cold Spring has sold three paintings by Ines Rask, the dealer Leon Falk said. Falk said the buyer was his sister.
"""


def table(file: str, text: str, publisher: str = "", date: str = "") -> Table:
    metadata = Metadata(title="", publisher=publisher, date=date)
    document = Document(file, text, hashlib.sha256(text.encode()).hexdigest(), metadata=metadata)
    return table_of(read_document(document), text_vectors)


@functools.cache
def tables() -> tuple[Table, ...]:
    return tuple(table(file, *rest) for file, rest in TEXTS.items())


@functools.cache
def found() -> Resolution:
    return resolve(tables())


def quotes(some: tuple[Table, ...]) -> dict[str, str]:
    return {row.id: row.quote for one in some for row in one.claims}


def said(link: Link, some: tuple[Table, ...] | None = None) -> tuple[str, str]:
    known = quotes(some or tables())
    return known[link.a], known[link.b]


def between(kind: str, first: str, second: str) -> list[Link]:
    """Links of a kind between claims, or groups of claims, that say these words; in whatever order."""
    known = quotes(tables())
    group = {claim: one.claims for one in found().groups for claim in one.claims}

    def holds(claim: str, words: str) -> bool:
        return any(words in known[other] for other in group.get(claim, (claim,)))

    return [
        link
        for link in found().links
        if link.kind == kind
        and ((holds(link.a, first) and holds(link.b, second)) or (holds(link.a, second) and holds(link.b, first)))
    ]


def test_the_same_figure_in_other_words_is_one_group_and_other_figures_are_not() -> None:
    known = quotes(tables())
    (toll,) = [one for one in found().groups if any("12 workers had died" in known[claim] for claim in one.claims)]
    words = [known[claim] for claim in toll.claims]
    assert sum("12" in quote for quote in words) == len(words) >= 3
    assert not any("17" in quote or "ferry" in quote or "At least" in quote for quote in words)


def test_different_figures_of_one_thing_conflict_and_say_why() -> None:
    (link,) = between("conflict", "12 workers had died", "17 workers")
    assert (link.conflict, link.severity) == ("figure", "medium")
    assert any("12" in reason and "17" in reason for reason in link.reasons)


def test_what_one_asserts_and_another_denies_conflicts() -> None:
    (link,) = between("conflict", "had been locked", "had not been locked")
    assert link.conflict == "polarity"


def test_a_narrower_figure_supports_a_wider_one() -> None:
    (link,) = between("support", "12 workers had died", "At least 10 workers")
    assert "12" in said(link)[0] and "At least 10" in said(link)[1]


def test_the_same_words_about_another_year_are_neither_the_same_nor_a_conflict() -> None:
    assert not between("conflict", "12 workers had died", "ferry")
    assert not between("same", "12 workers had died", "ferry")


def test_a_reprint_is_no_origin_of_its_own_and_a_confirmation_is() -> None:
    known = quotes(tables())
    (toll,) = [one for one in found().groups if any("12 workers had died" in known[claim] for claim in one.claims)]
    assert {origin.speaker for origin in toll.origins} == {"Ivo Hale", "Dockers' Union"}
    assert len(toll.documents) == 3
    (confirmation,) = [link for link in found().links if link.kind == "confirmation"]
    assert "toll of 12 dead" in said(confirmation)[0]


def test_reused_words_are_found_and_shown_as_they_stand() -> None:
    texts = {one.document: one.text for one in tables()}
    (reuse,) = [one for one in found().reuses if texts[one.a] == PORT and texts[one.b] == DAILY]
    for passage in reuse.passages:
        assert passage.a.span.of(PORT) == passage.a.exact
        assert passage.b.span.of(DAILY) == passage.b.exact
    assert any("told reporters in Alder Bay" in " ".join(p.a.exact.split()) for p in reuse.passages)


def test_any_order_of_documents_gives_the_same() -> None:
    for seed in range(4):
        mixed = list(tables())
        random.Random(seed).shuffle(mixed)
        assert resolve(mixed) == found()


def test_one_document_more_gives_the_same_as_all_from_scratch_and_compares_only_what_it_touches() -> None:
    some = (*tables(), table("sale.txt", SALE, "Cold Spring Echo", "2031-06-10"))
    memory = Memory()
    before = resolve(some, (), memory)
    assert memory.made > 0
    again = Memory(memory.dump())
    assert resolve(some, (), again) == before
    assert again.made == 0
    wider = (*some, table("buyer.txt", BUYER, "Valley Post", "2031-06-11"))
    more, whole = Memory(memory.dump()), Memory()
    assert resolve(wider, (), more) == resolve(wider, (), whole)
    assert 0 < more.made == whole.made - memory.made  # the fire is no matter of the sale


@pytest.mark.parametrize("data", [b"", b"\x93", b"nothing of the sort", Memory().dump()[:-1]])
def test_a_damaged_memory_is_as_good_as_none(data: bytes) -> None:
    assert resolve(tables(), (), Memory(data)) == found()


def judgement(subject: str, a: str, b: str, verdict: str) -> Judgement:
    return Judgement("j1", subject, a, b, verdict, "Ada Moreno", "2031-05-06T10:00:00Z", "read both")  # type: ignore[arg-type]


def test_people_have_the_last_word_on_what_is_the_same() -> None:
    known = quotes(tables())
    a, b = sorted(claim for claim, quote in known.items() if "12 workers had died" in quote)
    parted = resolve(tables(), [judgement("claims", a, b, "different")])
    assert not any({a, b} <= set(one.claims) for one in parted.groups)
    other = next(claim for claim, quote in known.items() if "17 workers" in quote)
    joined = resolve(tables(), [judgement("claims", *sorted((a, other)), "same")])
    assert any({a, other} <= set(one.claims) for one in joined.groups)
    assert any(link.method == "judged by a person" for link in joined.links)
    gone = resolve(tables(), [judgement("claim", a, "", "wrong")])
    assert not any(a in one.claims for one in gone.groups)


def test_one_speaker_quoted_with_other_words_on_one_occasion() -> None:
    moreno = "said Ada Moreno of the Lake Board."
    first = f'The gate failed on Monday, the Lake Board said. "We were warned twice, and we did nothing," {moreno}'
    second = f'The gate of the Lake Board failed on Monday. "We were warned once, and we did too little," {moreno}'
    some = (table("a.txt", first, "Lake Post", "2031-05-04"), table("b.txt", second, "Bay Daily", "2031-05-04"))
    links = [link for link in resolve(some).links if link.kind == "conflict"]
    assert [link.conflict for link in links] == ["wording"]
    assert "warned" in said(links[0], some)[0] and "warned" in said(links[0], some)[1]


def test_unnamed_witnesses_of_two_documents_are_two_origins_and_a_named_one_is_one() -> None:
    fire = "A fire destroyed the mill of Cold Spring on 3 May 2031."
    for witness, again, origins in (("A witness", "a witness", 2), ("Nadia Brand", "Nadia Brand", 1)):
        first = f"{fire} {witness} said that 12 workers had been killed in the fire at the mill of Cold Spring."
        second = f"{fire} At the mill of Cold Spring 12 workers were killed by the fire, {again} said."
        some = (table("a.txt", first, "Lake Post", "2031-05-04"), table("b.txt", second, "Bay Daily", "2031-05-04"))
        (toll,) = [one for one in resolve(some).groups if "12" in one.label]
        assert (len(toll.claims), len(toll.origins)) == (2, origins)


def test_a_figure_of_the_killed_says_nothing_of_those_who_met_nor_a_post_held_of_who_is_held_to_account() -> None:
    trial = (
        "40 prisoners were killed when the ferry of Low Quay sank on 3 May 2031, the lawyer Ivo Hale said. "
        "Hale said the owners of the ferry now hold high posts in the ministry of transport."
    )
    meeting = (
        "More than 30 former prisoners spoke at a conference about the deaths on the ferry of Low Quay, Nadia Brand said. "
        "Brand said that the owners of the ferry have not been held to account."
    )
    some = (table("a.txt", trial, "Lake Post", "2031-06-04"), table("b.txt", meeting, "Bay Daily", "2031-06-04"))
    assert not resolve(some).links and not resolve(some).groups


def test_claims_that_make_a_toll_larger_are_compared_in_a_case_of_one_story_as_in_any() -> None:
    """Words that every document of a small case has say no less than in a large one."""
    store = "the grain store of Alder Bay"
    more = tuple(
        table(f"{n}.txt", f"The fire at {store} burned for {n} hours, a neighbour of {store} said.", f"Paper {n}", day)
        for n, day in ((3, "2031-05-05"), (4, "2031-05-06"), (5, "2031-05-07"))
    )
    alone = {(link.kind, link.a, link.b) for link in found().links if link.kind == "conflict"}
    assert alone and alone <= {(link.kind, link.a, link.b) for link in resolve((*tables(), *more)).links}
