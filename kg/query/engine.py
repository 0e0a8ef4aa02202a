"""SPARQL 1.1 on a case: read-only, offline, stopped after a time limit, with errors that show the place."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KgError
from kg.query import syntax, worker
from kg.query.result import Result, Term
from kg.query.source import Source

LONGEST = 86_400.0
"""Seconds that a query may be given at most."""
TIMEOUT = 60.0
"""Seconds after which a query is stopped."""
OUT_OF_MEMORY = (b"memory allocation of", b"MemoryError", b"bad_alloc")
"""What the engine, Python and C++ say last where there is no more memory."""


def select(
    case: Source,
    text: str = "",
    *,
    name: str = "",
    params: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> Result:
    """The answer to a SPARQL 1.1 query, given as `text` or as the `name` of a named query with its `params`.

    The common prefixes (`kg.rdf.PREFIXES`) need no declaration. Without GRAPH a query sees who claims what and where;
    what is claimed is in a named graph of each claim and is never seen unless GRAPH or FROM names it. A query that runs longer
    than `timeout` seconds is stopped.

    Raises `KgError` for a wrong query (with line, column and a caret), for SERVICE and updates, for an unknown name or
    parameter, and when the time is up.
    """
    from kg.query.named import bind

    if bool(text.strip()) == bool(name):
        raise KgError("give either a SPARQL query or the name of a named query")
    if params and not name:
        raise KgError("parameters belong to a named query; write the values into a query of your own")
    if name:
        text = bind(name, params or {})
    if not 0 < timeout <= LONGEST:
        raise KgError(f"the time limit must be more than 0 and at most {LONGEST:g} seconds")
    reason = syntax.refusal(text)
    if reason:
        raise KgError(f"this query is not run: {reason}")
    index = _index(case)
    if index is None:
        return _answer_here(case, text)
    return _answer_apart(index, text, timeout, case.base)


def _prefixes() -> dict[str, str]:
    from kg.rdf import PREFIXES

    return dict(PREFIXES)


def _index(case: Source) -> Path | None:
    """The folder of the case's index, if it has one on disk. Asking for it opens it: it is there and sound."""
    index = getattr(case, "index", None)
    return None if index is None else Path(index)


def _answer_here(case: Source, text: str) -> Result:
    """The answer of a store that lives in this process only; it cannot be stopped."""
    import pyoxigraph as ox

    try:
        answer = case.store.query(text, prefixes=_prefixes())
        if isinstance(answer, ox.QueryBoolean):
            return Result.ask(bool(answer), case.base)
        if isinstance(answer, ox.QueryTriples):
            return Result.graph(answer, case.base)
        columns = tuple(variable.value for variable in answer.variables)
        return Result(columns, tuple(tuple(row) for row in answer), base=case.base)
    except SyntaxError as error:
        raise _wrong(text, str(error)) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise KgError(f"the query failed: {error}") from None


def _answer_apart(index: Path, text: str, timeout: float, base: str) -> Result:
    """The answer of a worker process, which is killed when the time is up."""
    request = {"index": str(index), "query": text, "prefixes": _prefixes(), "seconds": timeout + 5}
    command = [sys.executable, "-P", str(Path(worker.__file__)), json.dumps(sys.path)]
    try:
        done = subprocess.run(command, input=json.dumps(request).encode(), capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        raise KgError(
            f"the query took longer than {timeout:g} s and was stopped: narrow it (a document, an entity, LIMIT), "
            f"or give it more time (--timeout {max(2 * timeout, 300):g})"
        ) from None
    except OSError as error:
        raise KgError(f"the query could not be started: {error}") from None
    if done.returncode:
        raise _failure(text, done.returncode, done.stderr)
    return _result(done.stdout, base)


def _failure(text: str, code: int, said: bytes) -> KgError:
    """What went wrong in the worker, which ended with `code` (negative: a signal)."""
    try:
        report = json.loads(said)
    except ValueError:
        return _ended(code, said)
    if report["error"] == "SyntaxError":
        return _wrong(text, report["message"])
    if report["error"] == "TooLargeError":
        return KgError(f"the result is larger than {worker.LARGEST >> 20} MB: narrow the query or add a LIMIT")
    return KgError(f"the query failed: {report['message']}")


def _ended(code: int, said: bytes) -> KgError:
    """What is known of a worker that ended without a report."""
    if any(sign in said for sign in OUT_OF_MEMORY):
        return KgError(
            f"the query was stopped: it needs more than {worker.MEMORY >> 30} GB of memory; narrow it or add a LIMIT"
        )
    how = f"signal {-code}, {signal.strsignal(-code)}" if code < 0 else f"exit status {code}"
    return KgError(f"the query was stopped: its process ended ({how}); narrow it, add a LIMIT, or see what ended it")


def _wrong(text: str, message: str) -> KgError:
    """A wrong query, with the place shown. An empty store serves as the parser; it has nothing to evaluate."""
    import pyoxigraph as ox

    prefixes = _prefixes()
    store = ox.Store()

    def check(candidate: str) -> str:
        try:
            store.query(candidate, prefixes=prefixes)
        except SyntaxError as error:
            return str(error)
        except (OSError, RuntimeError, ValueError):
            return ""
        return ""

    return KgError(syntax.explain(text, message, check, prefixes))


def _result(data: bytes, base: str) -> Result:
    """The result that a worker wrote."""
    import pyoxigraph as ox

    header, _, body = data.partition(b"\n")
    head = json.loads(header)
    if head["form"] == "ask":
        return Result.ask(head["answer"], base)
    if head["form"] == "graph":
        return Result.graph((q.triple for q in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)), base)
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    columns = tuple(variable.value for variable in answer.variables)
    rows: list[tuple[Term | None, ...]] = [tuple(row) for row in answer]
    return Result(columns, tuple(rows), base=base)
