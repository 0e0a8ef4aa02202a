"""One thread for the products of a reading, also in a process that imported numpy before it met this package.

The products are too small to share among threads, and threads decide in which order sums are made: the last bits of a
score, and so a close decision, would depend on the number of CPUs.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it numpy's BLAS uses one thread; afterwards as many as before. Works as a decorator too."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@functools.cache
def _controller() -> Any:
    """What knows the BLAS libraries that are loaded; numpy's is by the time something is read."""
    import numpy  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
