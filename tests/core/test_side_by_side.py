"""Work on two threads: in order, alone in its libraries, and over at the first failure."""

import threading
import time

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from services.core.side_by_side import THREADS, beside, side_by_side


def test_what_comes_back_stands_in_the_order_of_what_was_given():
    both = threading.Barrier(THREADS, timeout=30)

    def work(number):
        both.wait()  # passes only where two are at work
        return number * number

    assert side_by_side(work, range(8)) == [number * number for number in range(8)]
    assert side_by_side(work, []) == []


def test_libraries_compute_on_one_thread_there_and_on_theirs_again_after_it():
    assert np.ones((2, 2)).sum() == 4  # NumPy's library is loaded
    import sklearn.cluster  # noqa: F401

    def threads():
        return [each["num_threads"] for each in threadpool_info()]

    before = threads()
    assert all(counts == [1] * len(counts) for counts in side_by_side(lambda _number: threads(), range(4)))
    assert threads() == before


def test_the_first_failure_ends_it():
    begun = []

    def work(number):
        begun.append(number)
        if number == 1:
            raise ValueError("no")
        time.sleep(0.01)  # all of them would take seconds
        return number

    with pytest.raises(ValueError, match="no"):
        side_by_side(work, range(1_000))
    assert len(begun) < 1_000


def test_what_goes_on_beside_gives_its_result_or_its_failure_and_is_waited_for():
    ended = []

    def slow(number):
        time.sleep(0.2)
        ended.append(number)
        if number == 2:
            raise ValueError("no")
        return number * number

    with beside() as begin:
        square, failing = begin(lambda: slow(1)), begin(lambda: slow(2))
    assert ended == [1, 2]
    assert square.result() == 1
    with pytest.raises(ValueError, match="no"):
        failing.result()


def test_a_failure_of_the_block_waits_for_what_goes_on_beside():
    ended = []

    def fail():
        with beside() as begin:
            begin(lambda: ended.append(time.sleep(0.2)))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert ended == [None]
