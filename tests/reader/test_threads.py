"""Reading takes one thread for its products, whatever the process that calls it has set, and leaves that as it was."""

from __future__ import annotations

from typing import Any

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from kg.reader import load
from kg.reader.component import Reader
from kg.reader.model import model


def threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


class Watched:
    """The shipped model, which notes how many threads there are when it is asked."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(model(), name)

    def scores(self, *given: Any) -> Any:
        self.seen |= threads()
        return model().scores(*given)


@pytest.mark.parametrize("before", [1, 2])
def test_a_reading_takes_one_thread_and_gives_the_others_back(before: int) -> None:
    nlp, network = load(), Watched()
    with threadpool_limits(before, user_api="blas"):
        Reader(nlp, network)(nlp.make_doc("The board said that the port was closed."))  # type: ignore[arg-type]
        assert threads() == {before}
    assert network.seen == {1}
