"""An attribution as the reader finds it: spans only, nothing resolved."""

from __future__ import annotations

from dataclasses import dataclass

from kg.document import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (source) says (cue) what (content), as characters of the document; any part may be missing.

    The parts of PARC 3.0 and PolNeAR. `nested` is True for one found inside the content of another.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    nested: bool = False
