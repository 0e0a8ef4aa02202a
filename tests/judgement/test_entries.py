"""Entries: what can be judged, what no file can slip in, and that nothing is lost on the way to a file or a graph and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.judgement.entries import Entry, make, withdraw
from kg.judgement.graph import from_quads, to_quads
from kg.judgement.lines import dump, parse
from kg.rdf import validate
from tests.judgement.strategies import histories, place, words


def by_id(entries: list[Entry]) -> list[Entry]:
    return sorted({entry.id: entry for entry in entries}.values(), key=lambda entry: entry.id)


@given(histories(), st.randoms())
def test_a_file_brings_back_what_was_written_whatever_the_order(entries: list[Entry], random: Any) -> None:
    data = dump(entries)
    shuffled = [*entries, *entries[:2]]
    random.shuffle(shuffled)
    assert dump(shuffled) == data
    assert by_id(parse(data, "team.jsonl")) == by_id(entries)
    assert dump(parse(data, "team.jsonl")) == data
    assert data.count(b"\n") == len(by_id(entries))


@given(histories(), st.sampled_from(["urn:kg:", "https://example.org/case#"]))
def test_a_graph_brings_back_what_was_written(entries: list[Entry], base: str) -> None:
    lines = to_quads(entries, base)
    data = "".join(f"{line}\n" for line in lines).encode()
    assert from_quads(data, base, "judgements.nq") == by_id(entries)
    assert lines == to_quads(reversed(entries), base) == sorted(set(lines))


@given(histories(size=3))
def test_a_graph_conforms_to_the_shapes(entries: list[Entry]) -> None:
    assert validate(to_quads(entries)) == []


@given(words, words, words)
def test_the_order_of_two_things_says_nothing(by: str, why: str, text: str) -> None:
    one, other = place(1, text), place(2)
    if by.strip():
        pairs = [
            make("claims", "same", [x, y], by=by, why=why, at="2031-04-12T09:30:00Z")
            for x, y in ((one, other), (other, one))
        ]
        assert pairs[0] == pairs[1]
        assert pairs[0].places[0].quote == text


def entry() -> Entry:
    return make("claims", "same", [place(1), place(2)], by="Ana Brito", why="one report", at="2031-04-12T09:30:00Z")


def changed(**changes: Any) -> bytes:
    """A line as somebody would forge it, who knows how ids are made."""
    from kg.judgement.entries import digest

    body = json.loads(dump([entry()])) | changes
    made = msgspec_entry(body)
    return json.dumps(body | {"id": digest(made)} if made else body).encode() + b"\n"


def msgspec_entry(body: dict[str, Any]) -> Entry | None:
    import msgspec

    try:
        return msgspec.convert(body, Entry)
    except msgspec.ValidationError:
        return None


PLACE = json.loads(dump([entry()]))["places"][0]
HOSTILE = {
    "not text": b"\xff\xfe\x00",
    "not JSON": b"{'a': 1}",
    "cut off": dump([entry()])[:-40],
    "deep": b"[" * 200_000,
    "a list": b"[]",
    "a number": b"1e999",
    "empty": b"{}",
    "too long": b'{"why": "' + b"x" * (1 << 20) + b'"}',
    "another field": changed(more="x"),
    "changed": dump([entry()]).replace(b'"same"', b'"different"'),
    "verdict": changed(verdict="true"),
    "verdict of another subject": changed(verdict="right"),
    "nobody": changed(by=""),
    "a long name": changed(by="x" * 500),
    "no such day": changed(at="2031-02-31T00:00:00Z"),
    "no zone": changed(at="2031-02-01T00:00:00"),
    "other digits": changed(at="２０３１-02-01T00:00:00Z"),
    "one thing twice": changed(b=entry().a),
    "other places": changed(places=[PLACE, PLACE]),
    "no place": changed(places=[]),
    "characters": changed(places=[PLACE | {"selectors": [PLACE["selectors"][0] | {"start": 7}]}, PLACE]),
    "a thing of another document": changed(places=[PLACE | {"document": "ab" * 8, "sha256": "ab" * 32}, PLACE]),
    "no hash": changed(places=[PLACE | {"sha256": "../../etc/passwd"}, PLACE]),
    "withdraws what it is not": changed(withdraws="a" * 24),
    "takes the place of no id": changed(supersedes=["<urn:x>"]),
    "half a character": dump([entry()]).replace(b"one report", b"\\ud800"),
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_line_is_named_in_one_line(line: bytes) -> None:
    good = dump([entry()])
    with pytest.raises(KgError) as error:
        parse(good + b"\n" + line.rstrip(b"\n") + b"\n" + good, "team.jsonl")
    said = str(error.value)
    assert said.startswith("team.jsonl, line 3: ")
    assert "\n" not in said
    assert len(said) < 400


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert parse(data, "x") == []
    except KgError as error:
        assert str(error).startswith("x, line ")


@pytest.mark.parametrize(
    ("was", "is_"),
    [("same", "different"), ("Ana Brito", "Bo Lind"), ("one report", "none"), ("the road is open", "shut")],
)
def test_a_graph_that_was_changed_is_found_out(was: str, is_: str) -> None:
    lines = "".join(f"{line}\n" for line in to_quads([entry()]))
    assert f'"{was}"' in lines
    with pytest.raises(KgError, match=r"judgements.nq: damaged"):
        from_quads(lines.replace(f'"{was}"', f'"{is_}"').encode(), "urn:kg:", "judgements.nq")


@pytest.mark.parametrize("data", [b"nonsense", b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n"])
def test_a_graph_of_something_else_is_refused(data: bytes) -> None:
    with pytest.raises(KgError, match="put back a good copy"):
        from_quads(data, "urn:kg:", "judgements.nq")


def test_what_cannot_be_judged() -> None:
    for wrong in (
        lambda: make("claims", "same", [place(1)], by="Ana"),
        lambda: make("claims", "right", [place(1), place(2)], by="Ana"),
        lambda: make("claim", "same", [place(1)], by="Ana"),
        lambda: make("claim", "wrong", [place(1)], by=" "),
        lambda: make("speaker", "right", [place(1)], by="Ana", name="Bo"),
        lambda: withdraw(entry(), by=""),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()
