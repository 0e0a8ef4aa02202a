"""A review from its start to its end: the screen, then what the decisions change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.case import Case
from kg.case import open as open_case
from kg.judgement.applying import apply
from kg.judgement.who import judge_name


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many decisions were made, how many taken back, and how many questions are left."""

    decided: int
    withdrawn: int
    left: int


def review(case: str | Path | Case, *, by: str = "") -> Reviewed:
    """Let a person at the terminal decide what is uncertain in a case, the most useful first; then apply the decisions.

    `by` is who decides (else the name that git or the system knows). What an earlier review left unapplied is applied too. Raises
    KgError where the case cannot be read or changed; the decisions are kept in any event.
    """
    from kg.reviewing.app import Review  # the terminal interface takes a while to import
    from kg.reviewing.session import Session

    path = case.path if isinstance(case, Case) else Path(case)
    with open_case(path) as opened:
        session = Session.of(opened, judge_name(by))
        Review(session).run()
    apply(path)
    return Reviewed(session.decided, session.withdrawn, len(session.queue))
