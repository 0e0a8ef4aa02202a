"""The reader from outside: the text stays as it is, every offset is a place in it, and any text can be read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.matcher import DependencyMatcher

from kg.document import Document
from kg.errors import KgError
from kg.lines import Line, read_lines, record
from kg.reader import load, text_vectors

WORDS = (
    "The agency said on Monday that 12 people were missing . According to Ms. Alba Ferrer , head of the Coast Watch "
    "( CW ) , “ nobody has been found ” ; the ministry denied this . It added : 'We will search on .'\n\nHEADING\n \t"
).split(" ")
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join),
    st.text("aA.“”\"'’ \n\r\t\u00a0é😀", max_size=80),
)


def check(text: str) -> dict:
    found = record(Document("t.txt", text, "0" * 64))
    for start, end in [*found["sentences"], *found["tokens"], *(e[:2] for e in found["entities"])]:
        assert 0 <= start < end <= len(text)
    for one in [*found["attributions"], *found["nested"]]:
        for part in ("source", "cue", "content"):
            for start, end in one[part]:
                assert text[start:end].strip() == text[start:end] != ""
    tokens = found["tokens"]
    assert tokens == sorted(tokens)
    covered = "".join(text[a:b] for a, b in tokens)
    assert covered == "".join(text.split()) or "".join(covered.split()) == "".join(text.split())
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_reads_and_every_offset_lies_in_it(text: str) -> None:
    check(text)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_the_doc_is_the_text(text: str) -> None:
    doc = load()(text)
    assert doc.text == text
    assert all(token.head.sent == token.sent for token in doc if not token.is_space) or len(doc) < 2


def test_spacys_dependency_matcher_runs_on_our_docs() -> None:
    nlp = load()
    matcher = DependencyMatcher(nlp.vocab)
    said = {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "say"}}
    who = {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj", "POS": "PROPN"}}
    matcher.add("SAID", [[said, who]])
    doc = nlp("Marta Oyelaran said on Monday that the boats were gone.")
    assert [[doc[i].text for i in tokens] for _, tokens in matcher(doc)] in (
        [["said", "Marta"]],
        [["said", "Oyelaran"]],
    )


def test_vectors_put_what_means_the_same_side_by_side() -> None:
    same, other = "The harbour was closed on Monday.", "Twelve fishermen are still missing."
    texts = ["The port was shut on Monday.", same, other, ""]
    claims = text_vectors("", texts).claims
    whole = np.stack([text_vectors(text, ()).text for text in texts])
    assert (whole.shape, claims.shape, text_vectors("", ()).claims.shape) == ((4, 384), (4, 192), (0, 192))
    for vectors in (whole, claims):
        assert np.allclose(np.linalg.norm(vectors[:3], axis=1), 1, atol=1e-5)
        assert not vectors[3].any()
        assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_claim_vectors_put_one_matter_side_by_side_whatever_is_said_of_it() -> None:
    one, words, against, other = text_vectors(
        "",
        [
            "The slope came down at twenty to five on Sunday morning.",
            "It was 4.40 a.m. when the hillside gave way.",
            "The landslide struck shortly after three o'clock.",
            "On Sunday the mayor brought tents for forty families.",
        ],
    ).claims
    assert min(one @ words, one @ against) > one @ other + 0.1


def test_one_sentence_of_five_thousand_words_is_read_to_its_end() -> None:
    text = "The clerk said that " + "the boats and " * 1700 + "Marta Oyelaran left the harbour."
    found = check(text)
    assert [text[a:b] for a, b, kind in found["entities"] if kind == "person"] == ["Marta Oyelaran"]


def test_capitals_and_missing_punctuation_do_no_harm() -> None:
    check("MINISTER DENIES REPORT\nTHE MINISTER SAID NOTHING WAS PAID\n- first\n- second\nby staff writer")


def test_spans_do_not_depend_on_what_stands_far_before_them() -> None:
    sentence = "The harbour office said on Tuesday that 14 boats had left."
    before = "Fishing is an old trade on this coast, and most families live by it. " * 40 + "\n\n"
    (alone,) = check(sentence)["attributions"]
    after = [one for one in check(before + sentence)["attributions"] if one["cue"] and one["cue"][0][0] >= len(before)]
    assert [[s - len(before) for s in span] for span in after[-1]["content"][-1:]] == alone["content"][-1:]
    assert [[s - len(before) for s in span] for span in after[-1]["cue"]] == alone["cue"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The ministry said that the bridge was closed.", "The ministry", "said", "that the bridge was closed"),
        ("“The bridge is closed,” Ana Petrov said.", "Ana Petrov", "said", "“The bridge is closed,”"),
        ("According to Ana Petrov, the bridge was closed.", "Ana Petrov", "According to", "the bridge was closed"),
    ],
)
def test_plain_attributions_are_read_whole(text: str, source: str, cue: str, content: str) -> None:
    (one,) = check(text)["attributions"]
    assert [text[a:b] for part in ("source", "cue") for a, b in one[part]] == [source, cue]
    assert [text[a:b].strip(",") for a, b in one["content"]] == [content.strip(",")]


def test_roles_and_names_inside_names_are_read_with_their_places() -> None:
    text = "Anna Berg, the former chair of the Norwegian Fishing Council, said that the boats were gone."
    found = check(text)
    (role,) = found["roles"]
    parts = {name: text[slice(*role[name])] for name in ("span", "title", "holder", "of")}
    council = "Norwegian Fishing Council"
    assert parts == {
        "span": f"former chair of the {council}",
        "title": "chair",
        "holder": "Anna Berg",
        "of": council,
    }
    assert (role["lemma"], role["qualifier"]) == ("chair", "former")
    inner = {(text[a:b], kind, text[c:d]) for a, b, kind, c, d in found["inner_names"]}
    assert {("Norwegian", "group", council), (council, "organization", parts["span"])} == inner


def test_read_lines_gives_one_object_a_file_and_an_error_for_a_bad_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministry said that the bridge was closed.", encoding="utf8")
    (tmp_path / "b.txt").write_bytes(b"")
    lines = list(read_lines([tmp_path]))
    good = [json.loads(line.json) for line in lines if isinstance(line, Line)]
    assert [one["id"] for one in good] == ["a"]
    assert set(good[0]) == {
        "id", "source", "sentences", "tokens", "syntax", "entities", "propositions", "clusters", "attributions", "nested",
        "roles", "inner_names",
    }  # fmt: skip
    assert any("b.txt" in str(line) for line in lines if isinstance(line, KgError))


def test_lines_come_in_the_order_of_the_files_whatever_the_number_of_processes(tmp_path: Path) -> None:
    for number in range(6):
        words = "The ministry said that the bridge was closed. " * (40 if number % 2 == 0 else 1)
        (tmp_path / f"{number}.txt").write_text(words, encoding="utf8")
    one, two = (list(read_lines([tmp_path], workers=n)) for n in (1, 2))
    assert one == two
    assert [json.loads(line.json)["id"] for line in one if isinstance(line, Line)] == [str(n) for n in range(6)]


def test_foreign_text_is_noted_and_not_read(tmp_path: Path) -> None:
    text = (
        "Das Hafenamt sagte am Montag, dass zwölf Boote den Hafen verlassen hätten und noch nicht zurückgekehrt seien."
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    (line,) = read_lines([tmp_path])
    assert isinstance(line, Line)
    assert "German" in line.note
    assert json.loads(line.json)["attributions"] == []


@pytest.mark.parametrize("run", ["“" * 5000, "(" * 5000, "😀" * 3000, "a-" * 3000 + "z"])
def test_a_long_run_of_marks_is_read_like_any_text(run: str) -> None:
    found = check(f"The clerk left. {run} The clerk said that the boats were gone.")
    assert found["attributions"]
