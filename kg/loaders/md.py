"""Markdown: the text is the decoded characters, unchanged; front matter, if any, also gives metadata."""

from __future__ import annotations

import re

from kg.document import Metadata
from kg.loaders.content import Content
from kg.loaders.decode import decode
from kg.loaders.fields import clean, edtf_date, own_url

MAX_FRONT_MATTER = 20_000
"""Characters at the start of a file in which its front matter must end."""

_BLOCK = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")


def read(data: bytes) -> Content:
    """The characters of a Markdown file, with title, publisher, author, date and url of its front matter.

    Raises UnreadableError if the bytes are not text. A date or an address that is none is left out: the text is good.
    """
    text = decode(data)
    block = _BLOCK.match(text[:MAX_FRONT_MATTER])
    return Content(text, _metadata(block[1]) if block else Metadata())


def _metadata(block: str) -> Metadata:
    """Metadata of front matter: `key: value` lines of YAML, values plain, quoted or a [list, on one line]."""
    values: dict[str, str] = {}
    for line in block.splitlines():
        if found := _LINE.match(line):
            values.setdefault(found[1].lower().replace("-", "_"), _scalar(found[2]))

    def first(*keys: str) -> str:
        return next((value for key in keys if (value := values.get(key))), "")

    return Metadata(
        title=first("title"),
        publisher=first("publisher", "sitename", "site_name", "site"),
        author=first("author", "authors"),
        date=edtf_date(first("date", "published")),
        url=own_url(first("url", "canonical_url", "canonical", "link")),
    )


def _scalar(value: str) -> str:
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        return ", ".join(filter(None, (_scalar(item) for item in value[1:-1].split(","))))
    if value[:1] in {'"', "'"}:
        end = value.find(value[0], 1)
        return clean(value[1:end] if end > 0 else value[1:])
    return clean(re.split(r"(?:^|\s)#", value, maxsplit=1)[0])
