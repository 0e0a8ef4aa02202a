"""Text with given tokens: the text stays, tokens and sentences are the ones given, and syntax rows point among them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import cli
from kg.document import Document
from kg.lines import record
from kg.reader.pretokenized import likely_gaps

TEXT = "The clerk did n't say that .\nShe left , Ana Petrov said .\n\nAll 12 boats returned .\n"


@settings(max_examples=40, deadline=None)
@given(st.text("ab,.\"' \n\t\u00a0é", max_size=60))
def test_tokens_are_what_stands_between_white_space(text: str) -> None:
    found = record(Document("t.txt", text, "0" * 64), pretokenized=True)
    assert [text[a:b] for a, b in found["tokens"]] == text.split()


def test_every_line_is_a_sentence_and_heads_stay_in_it() -> None:
    found = record(Document("t.txt", TEXT, "0" * 64), pretokenized=True)
    assert [TEXT[a:b] for a, b in found["sentences"]] == [*TEXT.split("\n")[:2], "All 12 boats returned ."]
    spans = found["sentences"]
    for start, end, lemma, upos, head, relation in found["syntax"]:
        assert lemma and upos.isupper()
        assert (head == -1) == (relation == "root")
        sentence = next(s for s in spans if s[0] <= start < s[1])
        if head >= 0:
            assert sentence[0] <= found["tokens"][head][0] < sentence[1]
        assert end <= sentence[1]
    roots = [row for row in found["syntax"] if row[4] == -1]
    assert len(roots) == 3


def test_syntax_of_a_sentence_does_not_depend_on_its_neighbours() -> None:
    alone = record(Document("t.txt", "She left , Ana Petrov said .", "0" * 64), pretokenized=True)["syntax"]
    found = record(Document("t.txt", TEXT, "0" * 64), pretokenized=True)
    first = [row[0] for row in found["syntax"]].index(TEXT.index("She"))
    among = found["syntax"][first : first + len(alone)]
    assert [[*row[2:4], row[5]] for row in among] == [[*row[2:4], row[5]] for row in alone]


def test_gaps_are_guessed_as_texts_have_them() -> None:
    words = 'He said " no , " ( twice ) and did n\'t wait'.split()
    assert likely_gaps(words) == [3, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1]


def test_the_command_takes_tokens_as_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(cli, ["read", str(tmp_path / "a.txt"), "--pretokenized", "--workers", "1"])
    assert result.exit_code == 0
    assert '"syntax": [[0, 3, "the", "DET", 1, "det"]' in result.output
