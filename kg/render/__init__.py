"""The graph seen: one HTML file with speakers, claims, entities and documents, which opens from disk, offline."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.render.graph import (
    ClaimLink,
    ClaimNode,
    DocumentNode,
    Edge,
    EntityNode,
    GroupNode,
    Node,
    OriginValue,
    PassageValue,
    QuantityValue,
    RenderGraph,
    SpeakerNode,
    TimeValue,
)

if TYPE_CHECKING:
    from kg.render.gather import HasStore

__all__ = [
    "ClaimLink",
    "ClaimNode",
    "DocumentNode",
    "Edge",
    "EntityNode",
    "GroupNode",
    "Node",
    "OriginValue",
    "PassageValue",
    "QuantityValue",
    "RenderGraph",
    "SpeakerNode",
    "TimeValue",
    "collect",
    "page",
    "render",
]


def collect(case: HasStore) -> RenderGraph:
    """What the case's store says, as records to show: reads the default graph only, so no claim's own content."""
    from kg.render.gather import collect_store

    return collect_store(case.store)


def page(graph: RenderGraph, title: str) -> str:
    """The whole page as HTML; see `kg.render.assemble.page`."""
    from kg.render.assemble import page as assemble

    return assemble(graph, title)


def render(case: HasStore, output: Path, title: str = "") -> Path:
    """Write the case's graph as one self-contained HTML file and return its path.

    `title` is shown at the top; by default the name of the case's folder. The file is put in place by a rename, so
    an earlier one stays whole until then. Raises KgError where it cannot be written.
    """
    folder = getattr(case, "path", None)
    name = title or (Path(folder).resolve().name if folder is not None else "") or "Claims and who makes them"
    _write(Path(output), page(collect(case), name))
    return Path(output)


def _write(output: Path, text: str) -> None:
    if output.is_dir():
        raise KgError(f"{output}: this is a folder; give the name of a file, such as {output / 'graph.html'}")
    part = ""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(part).chmod(0o644)
        Path(part).replace(output)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        why = error.strerror or str(error)
        raise KgError(f"{output}: cannot be written ({why}); choose another place with -o") from None
