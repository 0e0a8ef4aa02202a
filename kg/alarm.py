"""A time limit for a function in this very process: for what cannot be sent to a process of its own."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

P = TypeVar("P")
R = TypeVar("R")
AGAIN = 1.0
"""Seconds after which the alarm rings again, where something took it for an error of its own and went on."""


class Late(BaseException):
    """The time is over."""


def limited(function: Callable[[P], R], value: P, seconds: float) -> R:
    """The function's result. Raises TimeoutError where it takes longer than `seconds`.

    Without SIGALRM (Windows), and outside the main thread, there is no limit. Compiled code is interrupted when it returns
    to Python.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return function(value)
    try:
        with _alarm(seconds):
            return function(value)
    except Late:
        raise TimeoutError from None


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    over = False

    def ring(_number: int, _frame: FrameType | None) -> None:
        if not over:
            raise Late

    handler = signal.signal(signal.SIGALRM, ring)
    begin = time.monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        over = True
        # Somebody else's alarm, such as a test runner's, goes on where it was.
        still = max(left - (time.monotonic() - begin), 0.001) if left else 0.0
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, still, interval)
