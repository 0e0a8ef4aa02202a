"""Documents and spans of them: the ground that every other record points into."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

CONTEXT = 32
"""Characters of prefix and suffix kept in a selector."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a document's text, as Python counts them (Unicode code points)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text; empty where unknown.

    `date` is an EDTF string; `language` a BCP 47 tag, where a person gave it (see `kg.language.language_of`).
    """

    title: str = ""
    publisher: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it is read: normalised characters, metadata, and the hash of the bytes they came from.

    `file` is the file's name without its folders. `media_type` is the type of the original bytes.
    `sha256` is the lower-case hex digest of the original bytes; `id` its first 16 digits.
    """

    file: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def id(self) -> str:
        return self.sha256[:16]

    @property
    def stem(self) -> str:
        """The file name without its last suffix: how people name the document."""
        head, dot, _ = self.file.rpartition(".")
        return head if dot and head else self.file

    @property
    def text_sha256(self) -> str:
        """Hash of the text's UTF-8 bytes: proves that the offsets count in the text they were made for."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def prefix(self, span: Span) -> str:
        return self.text[max(0, span.start - CONTEXT) : span.start]

    def suffix(self, span: Span) -> str:
        return self.text[span.end : span.end + CONTEXT]
