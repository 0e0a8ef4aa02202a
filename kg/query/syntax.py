"""SPARQL text: what is refused before it runs, and where a wrong query is wrong.

The engine tells how far it looked ahead, not which token is wrong: a keyword of nine letters that it tried at column 1
gives "column 10". Where it matters, the query is set again with wide gaps between its tokens, so that no look-ahead
reaches the next token, and the place that the engine then names leads back to one token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

GAP = 40
"""Blanks between the tokens of a query that is set apart; more than the longest keyword."""

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<text>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
           |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:_|[^\W\d_][\w.-]*)?:(?:[\w:.-]*[\w:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>@?[^\W\d_][\w-]*)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANK = r"(?:\s|\#[^\r\n]*(?:[\r\n]|$))*"
# Looked for everywhere, in texts and comments too: where those begin and end depends on the whole grammar.
_SERVICE = re.compile(
    rf"(?<![^\W\d])(?<![:?$@])SERVICE{_BLANK}(?:SILENT\b{_BLANK})?(?:<[^>]*>|[?$][^\s{{]+|[^\s:{{<>]*:[^\s{{]*){_BLANK}\{{",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_REASONS = {
    "Prefix not found": "the prefix is not known",
    "The SELECT contains a variable that is unbound": "SELECT names a variable that is neither grouped nor counted",
    "The SELECT overrides an existing variable using an expression": "SELECT ... AS names a variable that is in use",
    "IRI parsing failed": "this is not an IRI",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, name, text, IRI or sign of a query, and where it starts (a character offset)."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> list[Token]:
    """The tokens of a query without blanks and comments; never fails: a sign nobody knows is a token."""
    found = []
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "sign"
        if kind != "space":
            found.append(Token(kind, match.group(), match.start()))
    return found


def refusal(query: str) -> str:
    """Why a query is not run at all (it would reach for the network or change the case), or an empty string."""
    if any(_SERVICE.search(text) or _names_service(text) for text in (query, _ESCAPE.sub(_unescape, query))):
        return "SERVICE asks another server; queries here read the case and nothing else"
    for token in tokens(query):
        word = token.text.upper()
        if token.kind == "word" and word not in ("PREFIX", "BASE"):
            if word in _UPDATES:
                return f"{word} changes a graph; queries only read. A case is changed with: kg build, kg remove"
            return ""
    return ""


def _names_service(query: str) -> bool:
    """Whether "service" stands anywhere but inside a text, an IRI, a comment, a variable or a prefixed name.

    Stricter than the grammar on purpose: no spelling that the engine may take for the keyword gets past, at the price of
    a comment or a text that quotes a whole SERVICE clause.
    """
    for token in tokens(query):
        if token.kind in ("variable", "name"):
            if re.search(r"(?<=[^\w:?$])service", token.text, re.IGNORECASE):
                return True
        elif token.kind not in ("text", "iri") and "service" in token.text.lower():
            return True
    return False


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code < 0x110000 else ""


def explain(query: str, message: str, check: Callable[[str], str], prefixes: Mapping[str, str]) -> str:
    """Several lines that say where `query` is wrong: line, column, the line itself and a caret under the place.

    `message` is the engine's; `check` runs the engine's parser on a text and gives its message, empty where it parses.
    """
    found = tokens(query)
    reason = next((said for key, said in _REASONS.items() if key in message), "")
    token = _open_text(found)
    if token is not None:
        reason = "this text is not closed"
    else:
        spread, starts = _spread(query, found)
        apart = check(spread)
        token = _culprit(query, found, message, (spread, starts, apart))
        message = apart or message
    if reason.startswith("SELECT"):
        token = next((t for t in found if t.text.upper() == "SELECT"), token)
    if reason.startswith("the prefix") and token is not None:
        known = ", ".join(sorted(prefixes))
        reason = f'the prefix "{token.text.partition(":")[0]}:" is not known (known: {known})'
    if token is not None and token.kind == "iri" and ":" not in token.text:
        reason = "an IRI needs a scheme, such as urn: or https:"
    if not reason:
        reason = f'"{token.text}" does not belong here' if token else "the query ends too early"
        reason += _hint(message)
    return _caret(query, token.start if token else len(query.rstrip()), reason)


def _hint(message: str) -> str:
    """What the engine would have taken, where that is short enough to help."""
    place = _PLACE.match(message)
    wanted = list(re.findall(r'"[^"\s]{1,3}"|\b[A-Z]{2,}\b', place.group(3))) if place else []
    wanted = [w for w in dict.fromkeys(wanted) if w not in ('"\\"', "PREFIX", "ASK", "CONSTRUCT", "ENCODE")]
    return f"; expected {' or '.join(wanted)}" if len(wanted) in (1, 2) else ""


def _open_text(found: list[Token]) -> Token | None:
    """A quotation mark that opens a text without an end."""
    return next((t for t in found if t.kind == "sign" and t.text in "\"'"), None)


def _culprit(query: str, found: list[Token], message: str, apart: tuple[str, list[int], str]) -> Token | None:
    """The token that is wrong; None where the query ends too early. `apart`: the spread query, its starts, its
    error.
    """
    spread, starts, said = apart
    place = _PLACE.match(said)
    if place is None:
        # Set apart, the query means something else: take the engine's own word.
        place = _PLACE.match(message)
        if place is None:
            return None
        at = _offset(query, int(place.group(1)), int(place.group(2)))
        return next((t for t in reversed(found) if t.start < at), None)
    at = int(place.group(2)) - 1
    index = next((i for i in range(len(starts) - 1, -1, -1) if starts[i] <= at), -1)
    if index == len(found) - 1 and at >= len(spread) - GAP // 2:
        return None
    return found[index] if found and index >= 0 else None


def _spread(query: str, found: list[Token]) -> tuple[str, list[int]]:
    """The query on one line with wide gaps, and where each token starts in it. Tokens that must touch do touch."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    end = -1
    for token in found:
        touching = token.start == end and (token.text.startswith(("@", "^^")) or (parts and parts[-1] == "^^"))
        gap = "" if touching or not parts else " " * GAP
        text = token.text.replace("\n", " ").replace("\r", " ") if token.kind == "text" else token.text
        parts += [gap, text]
        starts.append(length + len(gap))
        length += len(gap) + len(text)
        end = token.start + len(token.text)
    return "".join(parts) + " " * GAP, starts


def _offset(query: str, line: int, column: int) -> int:
    """The character offset of a line and a column, both counted from 1."""
    lines = query.split("\n")
    return sum(len(text) + 1 for text in lines[: line - 1]) + column - 1


def _caret(query: str, offset: int, reason: str) -> str:
    from rich.cells import cell_len

    line = query.count("\n", 0, offset) + 1
    start = query.rfind("\n", 0, offset) + 1
    end = query.find("\n", offset)
    text = query[start : end if end >= 0 else len(query)].rstrip("\r")
    column = offset - start + 1
    lead, shown = _window(text, column)
    under = " " * cell_len(shown[:lead])
    number = str(line)
    return (
        f"the query is wrong at line {line}, column {column}: {reason}\n"
        f"  {number} | {shown}\n"
        f"  {' ' * len(number)} | {under}^"
    )


def _window(text: str, column: int, width: int = 100) -> tuple[int, str]:
    """The part of a long line around a column, and how many characters stand before the column in it."""
    text = text.replace("\t", " ")
    start = max(0, column - 1 - width // 2) if len(text) > width else 0
    return column - 1 - start, text[start : start + width]
