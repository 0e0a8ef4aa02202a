"""Figures given for the same thing, set side by side."""

from __future__ import annotations

from dataclasses import replace

from kg.query import select
from kg.records import Reading
from tests.query.cases import Memory, in_memory
from tests.samples import sample_reading


def other_figure(file: str, text: str, low: float | None, high: float | None, of: str = "Cracks") -> Reading:
    """The sample reading with another figure for the cracks."""
    reading = sample_reading(file=file)
    (amount,) = reading.quantities
    return replace(reading, quantities=(replace(amount, text=text, minimum=low, maximum=high, of=of),))


def case() -> Memory:
    return in_memory(
        [sample_reading(), other_figure("b.txt", "9 cracks", 9, 9), other_figure("c.txt", "7 beams", 7, 7, "beams")]
    )


def test_figures_for_one_thing_stand_together() -> None:
    result = select(case(), name="figures")
    rows = set(result.pick("thing", "figure", "minimum", "maximum", "tied_by"))
    assert rows == {("cracks", "at least 12 cracks", 12, None, "words"), ("cracks", "9 cracks", 9, 9, "words")}
    assert {row[0] for row in result.pick("speaker")} == {"Lake Board", "Ada Moreno"}


def test_figures_can_be_narrowed_by_words_of_the_thing() -> None:
    assert len(select(case(), name="figures", params={"of": "CRACK"})) == 4
    assert len(select(case(), name="figures", params={"of": "beam"})) == 0
