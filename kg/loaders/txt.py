"""Plain text: the text is the decoded characters, unchanged."""

from __future__ import annotations

from kg.document import Metadata
from kg.loaders.content import Content
from kg.loaders.decode import decode


def read(data: bytes) -> Content:
    """The characters of a plain-text file; it says nothing about itself. Raises UnreadableError."""
    return Content(decode(data), Metadata())
