"""What a query needs of a case: so that any store with the layout of a case can be asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyoxigraph as ox


class Source(Protocol):
    """A case as the queries see it. `store` holds every quad in its named graph and a copy of the provenance,
    derived and run triples in the default graph, never of what is claimed."""

    @property
    def path(self) -> Path:
        """The folder of the case."""

    @property
    def base(self) -> str:
        """The IRI that the case's own names start with."""

    @property
    def store(self) -> ox.Store:
        """The index, opened for reading."""
