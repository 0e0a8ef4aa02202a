"""Propositions: what a sentence states, in its own words, and what a claim says is so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims.propositions import find_propositions, sentence_propositions
from kg.claims.spans import SpanIndex
from kg.document import Span
from kg.reader import load
from kg.records import Proposition
from tests.claims.reading import reading
from tests.claims.trees import told, tree

CLOSED = "The/DT/det/2 board/NN/nsubj/3 closed=close/VBD/root/0 the/DT/det/5 road/NN/obj/3 in/IN/case/7 May/NNP/obl/3"
PASSIVE = (
    "The/DT/det/2 road/NN/nsubj/4 was=be/VBD/aux/4 closed=close/VBN/root/0 by/IN/case/7 the/DT/det/7 board/NN/obl/4 "
    "in/IN/case/9 May/NNP/obl/4"
)
NOUN = (
    "The/DT/det/2 closure/NN/nsubj/9 of/IN/case/5 the/DT/det/5 road/NN/nmod/2 by/IN/case/8 the/DT/det/8 board/NN/nmod/2 "
    "surprised=surprise/VBD/root/0 drivers=driver/NNS/obj/9"
)
SENTENCES = [
    (CLOSED, ["The board | closed | the road | time: in May"]),
    (PASSIVE, ["The road | was closed by | the board | time: in May"]),
    (
        "Moreno/NNP/nsubj/6 and/CC/cc/3 Hale/NNP/conj/1 did=do/VBD/aux/6 not/RB/advmod/6 close/VB/root/0 roads=road/NNS/obj/6 "
        "and/CC/cc/9 bridges=bridge/NNS/conj/7",
        [
            "Moreno | not: did not close | roads",
            "Moreno | not: did not close | bridges",
            "Hale | not: did not close | roads",
            "Hale | not: did not close | bridges",
        ],
    ),
    (
        "The/DT/det/2 board/NN/nsubj/3 inspected=inspect/VBD/root/0 and/CC/cc/5 closed=close/VBD/conj/3 "
        "the/DT/det/7 road/NN/obj/5 or/CC/cc/9 bridge/NN/conj/7",
        ["The board | closed | the road or bridge"],
    ),
    (
        "Moreno/NNP/nsubj/2 wants=want/VBZ/root/0 to/TO/mark/4 leave/VB/xcomp/2 the/DT/det/6 board/NN/obj/4",
        ["Moreno | wants to leave | the board"],
    ),
    (
        "The/DT/det/2 board/NN/nsubj/4 was=be/VBD/cop/4 able/JJ/root/0 to/TO/mark/6 open/VB/xcomp/4 the/DT/det/8 road/NN/obj/6",
        ["The board | was able to open | the road"],
    ),
    (
        "Moreno/NNP/nsubj/2 urged=urge/VBD/root/0 the/DT/det/4 board/NN/obj/2 to/TO/mark/6 open/VB/xcomp/2 "
        "the/DT/det/8 road/NN/obj/6",
        ["Moreno | urged | the board | other: to open the road", "the board | open | the road"],
    ),
    (
        "The/DT/det/2 bridge/NN/nsubj/9 that/WDT/obj/5 Moreno/NNP/nsubj/5 built=build/VBD/acl/2 ,/,/punct/5 is=be/VBZ/cop/9 "
        "not/RB/advmod/9 safe/JJ/root/0",
        ["Moreno | built | The bridge", "The bridge | not: is not | safe"],
    ),
    (
        "They/PRP/nsubj/2 crossed=cross/VBD/root/0 a/DT/det/4 bridge/NN/obj/2 built=build/VBN/acl/4 in/IN/case/7 1987/CD/obl/5 "
        ",/,/punct/9 saving=save/VBG/advcl/2 an/DT/det/11 hour/NN/obj/9",
        ["They | crossed | a bridge", "a bridge | built | | time: in 1987", "They | saving | an hour"],
    ),
    (
        "Moreno/NNP/nsubj/7 ,/,/punct/4 the/DT/det/4 director/NN/appos/1 ,/,/punct/4 has=have/VBZ/aux/7 left=leave/VBN/root/0 "
        "the/DT/det/9 board/NN/obj/7",
        ["Moreno | is | the director", "Moreno | has left | the board"],
    ),
    (
        "Moreno/NNP/nsubj/2 told=tell/VBD/root/0 reporters=reporter/NNS/obj/2 that/IN/mark/6 roads=road/NNS/nsubj/6 "
        "closed=close/VBD/ccomp/2 in/IN/case/8 Alder/NNP/obl/6",
        ["Moreno | told that | roads closed in Alder | recipient: reporters", "roads | closed in | Alder"],
    ),
    (
        "Moreno/NNP/nsubj/4 is=be/VBZ/cop/4 an/DT/det/4 engineer/NN/root/0 who/WP/nsubj/6 built=build/VBD/acl/4 "
        "bridges=bridge/NNS/obj/6",
        ["Moreno | is | an engineer", "Moreno | built | bridges"],
    ),
    (NOUN, ["the board | closure | the road", "The closure of the road by the board | surprised | drivers"]),
    (
        "No/DT/det/2 boat/NN/nsubj/3 left=leave/VBD/root/0 the/DT/det/5 harbour/NN/obj/3 if/IN/mark/8 "
        "it/PRP/nsubj/8 rained=rain/VBD/advcl/3",
        ["No boat | not: left | the harbour | condition: if it rained"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_what_a_sentence_states(sentence: str, expected: list[str]) -> None:
    doc = tree(sentence)
    found = told(doc, sentence_propositions(doc))
    assert [" ".join(line.split()) for line in found] == expected


def claimed(doc: Any, *spans: Span, mentions: Sequence[tuple[Span, str]] = ()) -> list[str]:
    """The propositions of a claim over the whole text, or over some spans, each as "subject | lemma | object | …"."""
    found = find_propositions(spans or [Span(0, len(doc.text))], doc, SpanIndex(mentions))
    return [line(one) for one in found]


def line(one: Proposition) -> str:
    core = [(part.entity or part.text) if (part := one.get(role)) else "" for role in ("subject", "object")]
    rest = [f"{part.role}: {part.text}" for part in one.arguments if part.role not in ("subject", "object")]
    said = ("not " if one.negated else "") + one.predicate
    return " | ".join([core[0], said, core[1], *rest])


def test_verb_passive_and_noun_are_one_predicate() -> None:
    expected = "board | close | road"
    for sentence in (CLOSED, PASSIVE, NOUN):
        found = [one.lower().replace("the ", "") for one in claimed(tree(sentence))]
        assert any(one.startswith(expected) for one in found), found


def test_an_argument_is_the_entity_that_its_head_names() -> None:
    doc = tree(CLOSED)
    assert claimed(doc, mentions=[(Span(4, 9), "e4")]) == ["e4 | close | the road | time: May"]


def test_an_entity_named_twice_gives_one_proposition() -> None:
    doc = tree("Moreno/NNP/nsubj/2 left=leave/VBD/root/0 Alder/NNP/obj/2 and/CC/cc/5 Valley/NNP/conj/3")
    assert len(claimed(doc)) == 2
    places = [
        (Span(start, start + len(word)), "e12") for word in ("Alder", "Valley") if (start := doc.text.index(word))
    ]
    assert claimed(doc, mentions=places) == ["Moreno | leave | e12"]


REPORT = (
    "Moreno/NNP/nsubj/2 said=say/VBD/root/0 that/IN/mark/5 roads=road/NNS/nsubj/5 flooded=flood/VBD/ccomp/2 "
    "the/DT/det/7 valley/NN/obj/5 in/IN/case/9 Alder/NNP/obl/5"
)  # fmt: skip


def test_what_is_told_inside_a_claim_is_no_fact_of_the_claim() -> None:
    doc = tree(REPORT, cue="said")
    assert claimed(doc) == ["Moreno | say | roads flooded the valley in Alder"]
    assert claimed(doc, Span(doc.text.index("roads"), len(doc.text))) == ["roads | flood | the valley | place: Alder"]


def test_an_act_of_telling_within_a_claim_is_left_to_the_claim_that_is_told() -> None:
    doc = tree(
        "The/DT/det/2 toll/NN/nsubj/7 announced=announce/VBN/acl/2 by/IN/case/6 the/DT/det/6 board/NN/obl/3 "
        "shocked=shock/VBD/root/0 drivers=driver/NNS/obj/7",
        cue="announced",
    )
    assert claimed(doc) == ["The toll | shock | drivers"]


def test_conditions_and_aims_are_not_stated() -> None:
    doc = tree(
        "The/DT/det/2 board/NN/nsubj/4 will/MD/aux/4 close/VB/root/0 it/PRP/obj/4 if/IN/mark/8 rain/NN/nsubj/8 "
        "floods=flood/VBZ/advcl/4 the/DT/det/10 road/NN/obj/8"
    )
    assert claimed(doc) == ["The board | close | it | condition: if rain floods the road"]


def test_only_what_lies_inside_the_spans_is_read() -> None:
    doc = tree(CLOSED)
    assert claimed(doc, Span(doc.text.index("closed"), len(doc.text))) == [" | close | the road | time: May"]
    assert claimed(doc, Span(0, 9)) == []


def test_a_claim_of_a_noun_alone_has_the_verb_of_its_event() -> None:
    doc = tree("the/DT/det/2 demolition/NN/root/0 of/IN/case/5 the/DT/det/5 bridge/NN/nmod/2")
    assert claimed(doc) == [" | demolish | the bridge"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board closed the road.", "The board | closed | the road"),
        ("The army executed thirty prisoners.", "The army | executed | thirty prisoners"),
        ("The bridge was built by the council.", "The bridge | was built by | the council"),
    ],
)
def test_through_the_reader(text: str, expected: str) -> None:
    doc = load()(text)
    assert expected in told(doc, sentence_propositions(doc))


PIECES = st.lists(
    st.sampled_from(
        (
            "The board|Elena Varga|, the director ,|she|closed|was closed by|said that|the road|and|or|not|who|to open|of|"
            "the execution of|if|12 boats|in May 2018|.|\n\n|(|)|“|”|’s|,|is|wants|\u2028|🙂"
        ).split("|")
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(PIECES)
def test_every_span_lies_in_the_text_and_gives_the_words(text: str) -> None:
    doc = load()(text)
    for one in sentence_propositions(doc):
        parts = [one["subject"], one["predicate"]["spans"], one["object"], *(a["spans"] for a in one["arguments"])]
        for spans in parts:
            assert spans == sorted(spans)
            assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
        said = " ".join(" ".join(text[start:end].split()) for start, end in one["predicate"]["spans"])
        assert one["predicate"]["text"] == (said or "is")
        assert one["subject"] and (one["object"] or one["arguments"]) and one["predicate"]["lemma"]


@settings(max_examples=40, deadline=None)
@given(PIECES)
def test_propositions_of_claims_stay_inside_them(text: str) -> None:
    for claim in reading(text).claims:
        for one in claim.propositions:
            places = [*one.spans, *(span for part in one.arguments for span in part.spans)]
            assert all(any(whole.holds(span) for whole in claim.spans) for span in places)
            assert one.text == (" ".join(" ".join(span.of(text).split()) for span in one.spans) or "is")
