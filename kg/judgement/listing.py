"""The judgements of a case as a table: who decided what, when, why, and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence

from kg.judgement.entries import Entry
from kg.judgement.history import states
from kg.query.result import Result, Value

COLUMNS = ["at", "by", "verdict", "a", "b", "why", "state", "id"]
NOTHING = "rests on nothing now"
_VERDICTS = {
    ("claim", "wrong"): "not a claim",
    ("claim", "right"): "is a claim",
    ("speaker", "wrong"): "speaker wrong",
    ("speaker", "right"): "speaker right",
}


def table(entries: Sequence[Entry], moved: Sequence[Entry], lost: Sequence[Entry], waiting: Sequence[str]) -> Result:
    """The entries in the order in which they were made. `moved` are those whose things are there, with the ids that these have
    now, `lost` those that rest on nothing now; `waiting` are ids of those that the case has not taken in yet.

    Columns: `at`, `by`, `verdict`, `a` and `b` (the words judged, each with its file; of a wrong speaker, b is who it is), `why`,
    `state` (in force, superseded, withdrawn, withdraws an id, or that it rests on nothing now), `id`.
    """
    known = states([*moved, *lost])
    gone = {entry.id for entry in lost}
    rows: list[list[Value]] = []
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.id)):
        words = [f"{place.quote} ({place.file})" for place in entry.places]
        said: str = known[entry.id]
        if said == "in force" and entry.id in gone:
            said = NOTHING
        if entry.withdraws:
            said = f"withdraws {entry.withdraws}"
        if entry.id in waiting:
            said += ", not yet applied"
        verdict = _VERDICTS.get((entry.subject, entry.verdict), entry.verdict)
        second = words[1] if len(words) > 1 else entry.b
        rows.append([entry.at, entry.by, verdict, words[0], second, entry.why, said, entry.id])
    return Result.of(COLUMNS, rows)
