"""Named queries: `.rq` files whose header says what they answer and which parameters they take.

A header is comment lines: the first says what the query answers, each `# Parameter NAME (required): ...` or
`# Parameter NAME (optional): ...` describes a parameter. In the query a parameter is a variable with a value of its
own, `VALUES ?NAME_given { "" }`; binding replaces that value by a literal, escaped as SPARQL asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.query.result import Result

_FOLDER = Path(__file__).parent / "names"
_PARAMETER = re.compile(r"# Parameter (\w+) \((required|optional)\): (.+)")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes: a name, what it means, whether it must be given."""

    name: str
    meaning: str
    required: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A named query: what it answers, its parameters and its SPARQL text."""

    name: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str


def literal(value: str) -> str:
    """`value` as a SPARQL string literal (SPARQL 1.1, 19.7)."""
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in value) + '"'


def names() -> list[str]:
    """The names of the named queries, sorted."""
    return sorted(file.stem for file in _FOLDER.glob("*.rq"))


def named(name: str) -> Named:
    """A named query. Raises `KgError` if there is none of that name."""
    known = names()
    if name not in known:
        raise KgError(f"no query is named {name!r}; there are: {', '.join(known)}")
    text = (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    header = [line for line in text.split("\n\n", 1)[0].splitlines() if line.startswith("#")]
    found = [_PARAMETER.fullmatch(line) for line in header]
    parameters = tuple(Parameter(m[1], m[3], m[2] == "required") for m in found if m)
    answers = " ".join(line.lstrip("# ") for line, match in zip(header, found, strict=True) if match is None)
    return Named(name, answers, parameters, text)


def bind(name: str, params: Mapping[str, str]) -> str:
    """The SPARQL text of a named query with its parameters set.

    Raises `KgError` for an unknown name or parameter and for a required parameter that is not given.
    """
    query = named(name)
    known = {parameter.name for parameter in query.parameters}
    for given in params:
        if given not in known:
            takes = f"it takes: {', '.join(sorted(known))}" if known else "it takes none"
            raise KgError(f"the query {name} has no parameter {given!r}; {takes}")
    for parameter in query.parameters:
        if parameter.required and not params.get(parameter.name, "").strip():
            raise KgError(f"the query {name} needs --param {parameter.name}=... ({parameter.meaning})")
    text = query.text
    for given, value in params.items():
        open_, close = f"VALUES ?{given}_given {{ ", " }"
        text = text.replace(f'{open_}""{close}', f"{open_}{literal(' '.join(value.split()))}{close}")
    return text


def list_named() -> Result:
    """All named queries as a table: name, what it answers, parameters."""
    rows = []
    for name in names():
        query = named(name)
        params = "; ".join(f"{p.name} ({'required' if p.required else 'optional'})" for p in query.parameters)
        rows.append((name, query.answers, params))
    return Result.of(("name", "answers", "parameters"), rows)
