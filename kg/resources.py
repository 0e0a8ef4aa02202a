"""Where the files that ship with the package lie: the ontology and the sample data."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `resource("ontology", "kg.ttl")`.

    An installed wheel carries them inside the package, a checkout beside it. Raises KgError where it is in neither.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise KgError(f"{'/'.join(parts)}: missing from this installation of kg; install the package again")
