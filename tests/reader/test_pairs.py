"""Two claims read together: what holds between them does not depend on which comes first, nor on what else is read."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.reader import pair_outcomes
from kg.reader.files import WEIGHTS
from kg.reader.pairs import OUTCOMES, PairModel

CLAIMS = (
    "The dam keeper opened the sluice at four in the morning.",
    "It was the keeper who let the water out, before dawn.",
    "Nobody touched the sluice; it gave way by itself.",
    "The price of bread rose by a tenth in the spring.",
)
OTHER, AGREE, CONFLICT = range(len(OUTCOMES))


TOLD = {
    AGREE: [
        CLAIMS[:2],
        ("Two guards were hurt.", "A pair of guards suffered injuries."),
        ("The council dismissed the mayor in May.", "In May the mayor was thrown out by the council."),
        ("The mill was sold by the town to Norby Holdings.", "Norby Holdings bought the mill from the town."),
    ],
    CONFLICT: [
        ("The keeper raised the gate himself, by hand.", "The gate rose by itself, nobody touched it."),
        ("The gate was opened by the keeper at dawn.", "The keeper was asleep when the gate went up."),
        ("The school is open again.", "The school has been shut since March."),
        ("Two guards were hurt.", "Nobody was injured."),
    ],
    OTHER: [
        (CLAIMS[0], CLAIMS[3]),
        (CLAIMS[2], CLAIMS[3]),
        ("Two guards were hurt.", "The school has been shut since March."),
        ("The council dismissed the mayor in May.", "The keeper raised the gate himself, by hand."),
    ],
}


@pytest.mark.parametrize("outcome", list(TOLD))
def test_agreement_contradiction_and_another_matter_are_told_apart(outcome: int) -> None:
    assert pair_outcomes(TOLD[outcome]).argmax(axis=1).tolist() == [outcome] * len(TOLD[outcome])


def test_a_pair_gives_the_same_turned_round_alone_and_among_others() -> None:
    pairs = list(combinations(CLAIMS, 2))
    whole = pair_outcomes(pairs)
    assert whole.shape == (6, 3)
    assert np.allclose(whole.sum(axis=1), 1)
    assert (pair_outcomes([(b, a) for a, b in pairs]) == whole).all()
    assert (np.concatenate([pair_outcomes([pair]) for pair in pairs]) == whole).all()
    assert pair_outcomes([]).shape == (0, 3)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=600), st.text(max_size=40))
def test_any_two_texts_can_be_read(a: str, b: str) -> None:
    found = pair_outcomes([(a, b)])
    assert np.isfinite(found).all()
    assert np.isclose(found.sum(), 1)


def test_a_network_of_another_reader_is_refused(tmp_path: Path) -> None:
    for name in ("pairs.onnx", "reader.onnx", "tokenizer.json"):
        shutil.copy(WEIGHTS / name, tmp_path)
    PairModel(tmp_path)
    with (tmp_path / "reader.onnx").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(KgError, match=r"pairs\.onnx does not belong to reader\.onnx"):
        PairModel(tmp_path)
    (tmp_path / "reader.onnx").write_bytes((WEIGHTS / "reader.onnx").read_bytes()[: 1 << 20])
    with pytest.raises(KgError, match=r"pairs\.onnx cannot be loaded with reader\.onnx"):
        PairModel(tmp_path)
    (tmp_path / "pairs.onnx").unlink()
    with pytest.raises(KgError, match=r"pairs\.onnx is missing"):
        PairModel(tmp_path)
