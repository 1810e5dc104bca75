"""Work on two threads: the same done to several things, or one thing beside others."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

from threadpoolctl import threadpool_limits

THREADS = 2

Given = TypeVar("Given")
Made = TypeVar("Made")


class Begin(Protocol):
    """Begins some work on the other thread."""

    def __call__(self, work: Callable[[], Made], /) -> Future[Made]:
        """Return what will hold the result."""
        ...


def side_by_side(work: Callable[[Given], Made], given: Iterable[Given]) -> list[Made]:
    """Do the same to each thing, two at a time.

    Parameters
    ----------
    work : callable
        Must not depend on the others. What it needs of NumPy, SciPy and scikit-learn has to be imported:
        threads are limited in loaded libraries only.
    given : iterable
        Best those that take longest first.

    Returns
    -------
    list
        In the order of ``given``.

    Raises
    ------
    Exception
        What ``work`` raises; what has not begun then never does.

    Notes
    -----
    Libraries compute on one thread meanwhile: each of the two has a processor, and results do not depend on
    how many there are.
    """
    with (
        # whoever changes what is warned of does so for all threads, and may set back what another had set
        warnings.catch_warnings(),
        threadpool_limits(limits=1),
        ThreadPoolExecutor(THREADS, initializer=threadpool_limits, initargs=(1,)) as pool,
    ):
        return list(pool.map(work, given))


@contextmanager
def beside() -> Iterator[Begin]:
    """Give what begins work on another thread; the block ends when that has, also where it fails.

    Notes
    -----
    Libraries compute on one thread in the whole block, as in ``side_by_side``. The work must not change what
    is warned of, as ``warnings.catch_warnings`` and checks of scikit-learn do: that holds for all threads.
    """
    with (
        threadpool_limits(limits=1),
        ThreadPoolExecutor(1, initializer=threadpool_limits, initargs=(1,)) as pool,
    ):
        yield pool.submit
