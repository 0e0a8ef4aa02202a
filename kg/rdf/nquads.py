"""Canonical N-Quads, written as strings (https://www.w3.org/TR/rdf12-n-quads/#canonical-quads).

Lines carry no newline; a file of them ends each with "\\n". Cut such a file at "\\n" only: `str.splitlines` would also
cut at characters that a literal may hold, such as U+2028.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import quote

from kg.errors import KgError
from kg.rdf import vocabulary as v

_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPES = {chr(n): f"\\u{n:04X}" for n in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | _SHORT
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\]')
_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(.*[/#:=?])?$")


def clean(text: str) -> str:
    """`text` as a reader of the graph gets it back: lone surrogates, which RDF cannot hold, become U+FFFD.

    The number of characters stays, and so does every offset.
    """
    return _SURROGATE.sub("\ufffd", text)


def escape(text: str) -> str:
    """The characters between the quotes of a canonical literal."""
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\ufffd"), text)


def part(text: str) -> str:
    """`text` as one part of an IRI: all but letters, digits and `-._~` percent-encoded as UTF-8 (RFC 3986, 2.3)."""
    return text if _PLAIN.fullmatch(text) else quote(clean(text), safe="")


def check_base(base: str) -> str:
    """`base`, if valid IRIs come of adding to it. Raises KgError where it is relative, malformed or has no end mark."""
    from pyoxigraph import NamedNode

    try:
        if _BASE.match(base) is None or _NOT_IN_IRI.search(base) is not None:
            raise ValueError("not absolute, or a forbidden character")
        NamedNode(base + "x")
    except ValueError:
        raise KgError(f"{base!r}: not a base IRI; give one such as https://example.org/case/") from None
    return base


def decimal(number: float) -> str:
    """Canonical xsd:decimal (XSD 1.1): no exponent, no superfluous zeros. Raises ValueError if not finite."""
    if not math.isfinite(number):
        raise ValueError(f"not a decimal: {number}")
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f").rstrip("0")


class Sink:
    """Collects the lines of one named graph. Subjects, predicates, objects and the graph are IRIs without brackets."""

    __slots__ = ("_tail", "lines")

    def __init__(self, graph: str, lines: list[str] | None = None) -> None:
        """`lines` is where the lines go; several graphs may share one list."""
        self.lines: list[str] = [] if lines is None else lines
        self._tail = f" <{graph}> ."

    def link(self, subject: str, predicate: str, target: str) -> None:
        """Add a quad whose object is an IRI."""
        self.lines.append(f"<{subject}> <{predicate}> <{target}>{self._tail}")

    def links(self, subject: str, predicate: str, targets: Iterable[str]) -> None:
        """Add a quad for each target."""
        for target in targets:
            self.lines.append(f"<{subject}> <{predicate}> <{target}>{self._tail}")

    def types(self, subject: str, *classes: str) -> None:
        """Add the classes of a thing."""
        for name in classes:
            self.lines.append(f"<{subject}> <{v.TYPE}> <{name}>{self._tail}")

    def text(self, subject: str, predicate: str, text: str) -> None:
        """Add a quad whose object is a plain string."""
        self.lines.append(f'<{subject}> <{predicate}> "{escape(text)}"{self._tail}')

    def typed(self, subject: str, predicate: str, lexical: str, datatype: str) -> None:
        """Add a quad whose object is a literal with a datatype."""
        self.lines.append(f'<{subject}> <{predicate}> "{escape(lexical)}"^^<{datatype}>{self._tail}')

    def count(self, subject: str, predicate: str, number: int) -> None:
        """Add a non-negative whole number."""
        self.lines.append(f'<{subject}> <{predicate}> "{number}"^^<{v.XSD_COUNT}>{self._tail}')

    def decimal(self, subject: str, predicate: str, number: float) -> None:
        """Add a decimal number."""
        self.typed(subject, predicate, decimal(number), v.XSD_DECIMAL)

    def flag(self, subject: str, predicate: str, value: bool) -> None:
        """Add a boolean."""
        self.typed(subject, predicate, "true" if value else "false", v.XSD_BOOLEAN)


def canonical(lines: Iterable[str]) -> list[str]:
    """The lines once each, in code point order (there are no blank nodes, so that is the canonical dataset)."""
    return sorted(set(lines))
