"""Bytes to documents: one module a format, and this door.

`from_bytes` is pure: the same bytes, file name and metadata give the same document, so kept bytes can be read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from kg.document import Document, Metadata
from kg.errors import KgError
from kg.loaders import files, html, md, pdf, txt
from kg.loaders.content import MAX_BYTES, MAX_CHARACTERS, MAX_HTML_CHARACTERS, Content, UnreadableError, checked
from kg.loaders.fields import merge
from kg.loaders.files import MANIFEST, Walk, shown
from kg.loaders.manifest import read_manifest

__all__ = [
    "MANIFEST",
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_HTML_CHARACTERS",
    "SUFFIXES",
    "Walk",
    "from_bytes",
    "load",
    "read_manifest",
    "walk",
]


class _Format(NamedTuple):
    media_type: str
    read: Callable[[bytes], Content]


_TEXT = _Format("text/plain", txt.read)
_MARKDOWN = _Format("text/markdown", md.read)
_HTML = _Format("text/html", html.read)
_FORMATS = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _HTML,
    ".htm": _HTML,
    ".pdf": _Format("application/pdf", pdf.read),
}

SUFFIXES: tuple[str, ...] = tuple(_FORMATS)
"""Suffixes of the files that can be read, in lower case with the dot; case does not matter in names."""


def load(path: Path, metadata: Metadata | None = None) -> Document:
    """The document in a file; `metadata` overrides, field by field, what the file says of itself.

    Raises KgError, one line that names the path and what to do, for whatever cannot be read: a path that is not there,
    a folder, a pipe or device (never waited for), an unknown format, more than `MAX_BYTES`, and all that `from_bytes`
    refuses.
    """
    try:
        try:
            files.check_file(path.stat())
        except (OSError, ValueError) as error:
            raise UnreadableError(files.why(error)) from None
        _format(path.name)  # before reading: 50 MB of an unknown format need not be read
        return _document(files.read_bytes(path), path.name, metadata)
    except UnreadableError as error:
        raise KgError(f"{shown(path)}: {error}") from None


def from_bytes(data: bytes, file: str, metadata: Metadata | None = None) -> Document:
    """The document in `data`, the bytes of a file of this name (without folders); pure.

    Raises KgError for bytes that are empty, too many, binary, in no known encoding, without text, damaged or encrypted,
    and for a name of unknown suffix.
    """
    try:
        return _document(data, file, metadata)
    except UnreadableError as error:
        raise KgError(f"{shown(file)}: {error}") from None


def walk(paths: Sequence[Path], exclude: Collection[Path] = ()) -> Walk:
    """The files named and those of known formats in the folders named, sorted, with what is passed over and why.

    Folders in `exclude` are not entered. See `kg.loaders.files.walk` for the rules. Never raises for what it finds.
    """
    return files.walk(paths, SUFFIXES, exclude)


def _document(data: bytes, file: str, metadata: Metadata | None) -> Document:
    form = _format(file)
    if not data:
        raise UnreadableError("is empty (0 bytes); remove it or give the right file")
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"is larger than {MAX_BYTES // 1_000_000} MB; split it into parts")
    content = form.read(data)
    return Document(
        file=file,
        text=checked(content.text),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=form.media_type,
        metadata=merge(content.metadata, metadata),
    )


def _format(file: str) -> _Format:
    suffix = PurePath(file).suffix.lower()
    form = _FORMATS.get(suffix)
    if form is None:
        raise UnreadableError(files.unknown(suffix, SUFFIXES))
    try:
        file.encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableError("has a name that is not UTF-8; rename it") from None
    return form
