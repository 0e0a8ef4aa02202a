"""Runs a function on many inputs in processes of its own, so that one input can neither stop nor stall the rest.

That holds for one process as well: only a process can be ended in the middle of compiled code, on every system.

A worker is a fresh interpreter that talks over its standard streams. Unlike multiprocessing's spawn it does not run the
caller's script again, so a script needs no `if __name__ == "__main__"`; unlike fork it is safe with threads.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, TypeVar

from kg.alarm import limited
from kg.errors import KgError

P = TypeVar("P")
R = TypeVar("R")
HEAD = struct.Struct(">Q")
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
TIME_LIMIT = 900.0
"""Seconds that one document may take."""
Where = Literal["apart", "kept", "here"]
"""Where a function runs: in processes of its own; in one that, if it is the only one, is kept ready for the next run of this
process; or in this process, which is for what cannot be sent to another (see `can_travel`)."""
SMALL = 60_000
"""Characters below which starting more than one process costs more than it saves."""
DYING = 0.2
"""Seconds that a process which has closed its streams may take to end, so that its own exit status is known."""
START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.workers import serve; serve()"


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of an input that gave no result: one line."""

    message: str


def attempt(function: Callable[[P], R], value: P) -> R | Failure:
    """The function's result, or what went wrong, in one line."""
    try:
        return function(value)
    except KgError as error:
        return Failure(one_line(str(error)))
    except Exception as error:
        reason = one_line(f"{type(error).__name__}: {error}".rstrip(": "))
        return Failure(f"could not be read ({reason}); leave it out, or report it with the file")


def one_line(text: str) -> str:
    """`text` with runs of white space as one space, shortened to 300 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 300 else flat[:299] + "…"


def run(
    function: Callable[[P], R],
    inputs: Sequence[tuple[str, P]],
    workers: int,
    time_limit: float,
    where: Where = "apart",
) -> Iterator[tuple[str, R | Failure]]:
    """The result for each (key, input), in the order in which they are done.

    Each of `workers` processes is ended after `time_limit` seconds on one input, and replaced where it died. `where` is
    "kept" only for functions of this package: those of others may change between two runs. "here" is one after another, with
    the limits of `kg.alarm`.
    """
    if where == "here":
        for key, value in inputs:
            yield key, _attempt_here(function, value, time_limit)
    elif inputs:
        packed = [(key, pickle.dumps((function, value))) for key, value in inputs]
        count = max(1, min(workers, len(inputs)))
        yield from _run_apart(packed, count, time_limit, keep=where == "kept" and count == 1)


def _attempt_here(function: Callable[[P], R], value: P, time_limit: float) -> R | Failure:
    try:
        return limited(lambda one: attempt(function, one), value, time_limit)
    except TimeoutError:
        return _late(time_limit)


def _late(time_limit: float) -> Failure:
    return Failure(f"not read after {time_limit:g} seconds; split it, or leave it out")


def sensible(characters: float, inputs: int) -> int:
    """How many processes to read `inputs` documents of so many characters together: one for little, else as many as CPUs."""
    if inputs < 2 or characters < SMALL:
        return 1
    return min(cpus(), inputs)


def cpus() -> int:
    """CPUs that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_travel(function: Callable[..., Any]) -> bool:
    """Whether another process can find the function: not one made in a script, a notebook or a function.

    None can where this process is no Python interpreter, but a program that one is a part of.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        return False
    try:
        return b"__main__" not in pickle.dumps(function)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False


def _run_apart(
    tasks: Sequence[tuple[str, bytes]], workers: int, time_limit: float, keep: bool
) -> Iterator[tuple[str, Any]]:
    todo: queue.SimpleQueue[tuple[str, bytes] | None] = queue.SimpleQueue()
    # Bounded: where results are taken more slowly than they come, the workers wait, and nothing piles up here.
    done: queue.Queue[tuple[str, Any]] = queue.Queue(workers)
    for task in [*tasks, *([None] * workers)]:
        todo.put(task)
    team = [_Worker(time_limit, keep) for _ in range(workers)]
    threads = [threading.Thread(target=worker.work, args=(todo, done), daemon=True) for worker in team]
    for thread in threads:
        thread.start()
    try:
        for _ in tasks:
            yield done.get()
        for thread in threads:
            thread.join()
    finally:
        for worker in team:
            worker.end()
        with contextlib.suppress(queue.Empty):  # who waits with a result may go: each has one at most
            while True:
                done.get_nowait()


class _Worker:
    """One process after another, for one thread of this process."""

    def __init__(self, time_limit: float, keep: bool) -> None:
        self._limit = time_limit
        self._keep = keep
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False
        self._surroundings: tuple[object, ...] = ()

    def work(self, todo: queue.SimpleQueue[tuple[str, bytes] | None], done: queue.Queue[tuple[str, Any]]) -> None:
        """Take tasks until there is none left."""
        while not self._over and (task := todo.get()) is not None:
            key, packed = task
            try:
                done.put((key, self._ask(packed)))
            except Exception as error:  # whatever it is, the one who waits must hear of it
                done.put((key, Failure(one_line(f"could not be read ({type(error).__name__}: {error})"))))
        if self._keep and self._process and not self._over:
            process, self._process = self._process, None
            _put_by(process, self._surroundings)
        self.end()

    def end(self) -> None:
        """End the process, whatever it does."""
        self._over = True
        if process := self._process:
            _stop(process)

    def _ask(self, packed: bytes) -> Any:
        process = self._process
        if process is None or process.poll() is not None:
            self._surroundings = _surroundings()
            process = self._process = (_take() if self._keep else None) or _start()
            if self._over:
                _stop(process)
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(min(self._limit, threading.TIMEOUT_MAX), give_up)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin and process.stdout
            _send(process.stdin, packed)
            return pickle.loads(_receive(process.stdout))
        except (OSError, EOFError, ValueError):  # ValueError: its streams were closed by `end`
            code = _stop(process, DYING)
            if late.is_set():
                return _late(self._limit)
            how = f"signal {-code}" if code < 0 else f"exit status {code}"
            return Failure(f"the process that read it died ({how}); leave it out, or report it with the file")
        finally:
            timer.cancel()


_kept: list[tuple[tuple[object, ...], subprocess.Popen[bytes]]] = []
"""At most one process that waits for work, with what it was started in."""
_keeping = threading.Lock()


def _surroundings() -> tuple[object, ...]:
    """What a process of ours takes from this one when it starts. A fork of this one has none of its processes."""
    try:
        folder = str(Path.cwd())
    except OSError:
        folder = ""
    return os.getpid(), folder, tuple(sys.path)


def _put_by(process: subprocess.Popen[bytes], surroundings: tuple[object, ...]) -> None:
    """Keep an idle process for the next run: it has loaded the model, which takes longer than to read a document."""
    with _keeping:
        if not _kept:
            _kept.append((surroundings, process))
            return
    _stop(process)


def _take() -> subprocess.Popen[bytes] | None:
    """The process that was kept, if it lives and was started in the same surroundings."""
    with _keeping:
        found = _kept.pop() if _kept else None
    if found is None or found[0][0] != os.getpid():
        return None
    if found[0] == _surroundings() and found[1].poll() is None:
        return found[1]
    _stop(found[1])
    return None


@atexit.register
def _end_kept() -> None:
    if process := _take():
        _stop(process)


def _start() -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-c", START, json.dumps(sys.path)]
    # Workers share the CPUs among themselves: numpy's own threads in each would only wait for one another.
    environment = {**os.environ, **dict.fromkeys(BLAS_THREADS, "1")}
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def _stop(process: subprocess.Popen[bytes], patience: float = 0.0) -> int:
    """End a process if it has not ended by itself after so many seconds, and return how it did."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    process.kill()
    code = process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            with contextlib.suppress(OSError):
                stream.close()
    return code


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(HEAD.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    data = stream.read(size := HEAD.unpack(head)[0])
    if len(data) < size:
        raise EOFError
    return data


def serve() -> None:
    """The life of a worker: read a task, send its result, until the one who asks is gone."""
    with contextlib.suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks, who then ends us
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the results
    tasks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    while True:
        packed = tasks.get()
        result = attempt(_unpack_and_run, packed)
        try:
            _send(results, pickle.dumps(result))
        except OSError:
            os._exit(1)


def _listen(tasks: queue.SimpleQueue[bytes]) -> None:
    # A thread of its own, so that a worker in the middle of a long text notices that nobody waits for it any more.
    try:
        while True:
            tasks.put(_receive(sys.stdin.buffer))
    except (EOFError, OSError):
        os._exit(0)


def _unpack_and_run(packed: bytes) -> Any:
    function, value = pickle.loads(packed)
    return function(value)
