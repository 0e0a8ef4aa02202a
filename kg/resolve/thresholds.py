"""Thresholds that several of the modules which compare claims go by."""

from __future__ import annotations

from typing import Final

SURE: Final = 0.2
"""Likelihood of one matter from which a link holds."""
ALIKE: Final = 0.68
"""Cosine at which two claims are of one deed, whatever their predicates."""
COVERED: Final = 0.34
"""Part of the longer one's words, by weight, that the shorter must have."""
WELL_COVERED: Final = 0.5
"""The same part, where nothing else says that it is one matter."""
NEARLY: Final = 0.6
"""Cosine at which two claims say nearly the same."""
OCCASION: Final = 21
"""Days between documents that quote a speaker on the same occasion."""
