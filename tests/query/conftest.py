"""One case for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.case import Case
from tests.query.cases import build


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Two documents: the sample, and the sample with one more claim."""
    with build(tmp_path_factory.mktemp("query"), other='"no" & <b>bold</b> \\n') as made:
        yield made
