"""What comparing two claims gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.resolve.records import ConflictKind, Severity

Outcome = Literal["same", "support", "supported", "conflict", "compatible"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What holds between claims a and b; "support": a supports b, "supported": b supports a. See `kg.resolve.records.Link`."""

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]
    conflict: ConflictKind | Literal[""] = ""
    severity: Severity | Literal[""] = ""
