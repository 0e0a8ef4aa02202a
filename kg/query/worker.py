"""Runs one SPARQL query on an index in a process of its own, so that a runaway query can be stopped.

A query in the engine cannot be interrupted from Python; a process can. This file is started as a script and imports
nothing but pyoxigraph, which keeps the price of a query at some 50 ms. It reads one JSON request from standard input
and writes one JSON line, followed for SELECT by SPARQL 1.1 JSON results and for CONSTRUCT and DESCRIBE by N-Triples.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyoxigraph as ox

MEMORY = 4 << 30
"""Bytes of address space that a query may use."""

LARGEST = 256 << 20
"""Bytes of a result that are handed back."""


class TooLargeError(Exception):
    """The result has grown over `LARGEST` bytes."""


class Counted:
    """A binary stream that stops at `LARGEST` bytes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.left = LARGEST

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise TooLargeError
        return self.stream.write(data)

    def flush(self) -> None:
        self.stream.flush()


def evaluate(store: ox.Store, text: str, prefixes: dict[str, str], out: IO[bytes]) -> None:
    """Run `text` and write the header line and the body to `out`. Raises what pyoxigraph raises."""
    import pyoxigraph as ox

    answer = store.query(text, prefixes=prefixes)
    stream: Any = Counted(out)
    if isinstance(answer, ox.QueryBoolean):
        out.write(json.dumps({"form": "ask", "answer": bool(answer)}).encode() + b"\n")
    elif isinstance(answer, ox.QueryTriples):
        out.write(b'{"form": "graph"}\n')
        answer.serialize(stream, format=ox.RdfFormat.N_TRIPLES)
    else:
        out.write(b'{"form": "select"}\n')
        answer.serialize(stream, format=ox.QueryResultsFormat.JSON)


def limit(seconds: float) -> None:
    """Make the system end this process after `seconds`, even where the parent cannot; limit its memory."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def cut_off() -> None:
    """Leave the network where the system lets a process do so (Linux, namespaces(7)): a second wall behind `refusal`."""
    import ctypes

    new_user, new_network = 0x10000000, 0x40000000
    with contextlib.suppress(OSError, AttributeError):
        unshare = ctypes.CDLL(None, use_errno=True).unshare
        if unshare(new_network) != 0:
            unshare(new_user | new_network)


def main() -> int:
    """Serve one request; 0 when the whole answer was written, 1 with an error as the last line on standard error."""
    request = json.load(sys.stdin)
    limit(request["seconds"])
    cut_off()
    try:
        import pyoxigraph as ox

        store = ox.Store.read_only(request["index"])
        evaluate(store, request["query"], request["prefixes"], sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        return 1
    except Exception as error:
        # A failing stream makes the engine raise an OSError of its own; what matters is that it was too large.
        kind = (
            "TooLargeError"
            if isinstance(error, TooLargeError) or "TooLargeError" in repr(error)
            else type(error).__name__
        )
        sys.stderr.write(json.dumps({"error": kind, "message": str(error)}))
        return 1
    return 0


if __name__ == "__main__":
    sys.path[:] = json.loads(sys.argv[1])  # that of the process that asks: what it can import, this one can
    raise SystemExit(main())
