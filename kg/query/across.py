"""What links claims across documents, as tables: groups, origins, conflicts, figures, confirmations, circles, reused text.

Each is a named query (`kg/query/names`), so that it can be read, changed and run elsewhere; here its parameters are checked.
"""

from __future__ import annotations

from typing import get_args

from kg.errors import KgError
from kg.query.claims import document_iri
from kg.query.engine import select
from kg.query.result import Result
from kg.query.source import Source
from kg.query.tables import read
from kg.resolve.records import ConflictKind, Severity


def groups(case: Source, about: str | None = None, document: str | None = None) -> Result:
    """The claims that say the same, one row a claim, those of a group together, with the origin that each goes back to.

    `about` are words of a claim of the group; `document` (file stem, file name or id) holds one of its claims. Raises
    `KgError` for an unknown document.
    """
    return _ask(case, "groups", about=about, document=_stem(case, document))


def origins(case: Source, about: str | None = None, document: str | None = None) -> Result:
    """On how many independent sources each group of claims rests, one row a group; parameters as of `groups`."""
    return _ask(case, "origins", about=about, document=_stem(case, document))


def single_origin(case: Source, origin: str | None = None, document: str | None = None) -> Result:
    """What several documents say that goes back to one source only. `origin` is a name of it; `document` as of `groups`."""
    return _ask(case, "single-origin", origin=origin, document=_stem(case, document))


def conflicts(
    case: Source, kind: str | None = None, severity: str | None = None, document: str | None = None
) -> Result:
    """Pairs of claims that cannot both be exactly right, with both quotes and the reasons; the severest first.

    `kind` is figure, date, place, role, polarity or wording; `severity` high, medium or low; `document` holds either claim.
    Raises `KgError` for an unknown kind, severity or document.
    """
    kind = _known("kind of conflict", kind, get_args(ConflictKind))
    severity = _known("severity", severity, get_args(Severity))
    return _ask(case, "conflicts", kind=kind, severity=severity, document=_stem(case, document))


def figures(case: Source, of: str | None = None) -> Result:
    """Figures given for the same thing, by date and speaker. `of` are words of what is counted."""
    return _ask(case, "figures", of=of)


def confirmations(case: Source, speaker: str | None = None, document: str | None = None) -> Result:
    """Who vouches for what somebody else said, in how many steps. `speaker` is a name of who confirms."""
    return _ask(case, "confirmations", speaker=speaker, document=_stem(case, document))


def support(case: Source, document: str | None = None) -> Result:
    """Pairs of claims of which the first entails or narrows the second. `document` holds either of them."""
    return _ask(case, "support", document=_stem(case, document))


def circular(case: Source, publisher: str | None = None) -> Result:
    """Pairs of publishers of which each gives what the other says. `publisher` is a name of either."""
    return _ask(case, "circular", publisher=publisher)


def reuse(case: Source, document: str | None = None) -> Result:
    """Passages that stand in two documents, one row a passage, side by side. `document` is either of them."""
    return _ask(case, "reuse", document=_stem(case, document))


def _ask(case: Source, name: str, **params: str | None) -> Result:
    return select(case, name=name, params={key: value for key, value in params.items() if value is not None})


def _known(what: str, given: str | None, known: tuple[str, ...]) -> str | None:
    if given is not None and given.lower() not in known:
        raise KgError(f"no {what} is called {given!r}; there are: {', '.join(known)}")
    return given


def _stem(case: Source, document: str | None) -> str | None:
    if document is None:
        return None
    return next(read(case, f"SELECT ?s {{ <{document_iri(case, document)}> schema:identifier ?s }}"))[0]
