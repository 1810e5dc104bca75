"""Answers are computed once a key, and an asker cannot spoil what others get."""

import threading

import pytest
from flask import Flask

from services.serving.release.cache import MOST_ANSWERS, AnswerCache

SERVER = Flask("test")


@pytest.fixture
def cache():
    made = AnswerCache()
    made.install(SERVER)
    with SERVER.app_context():
        yield made


def test_an_answer_is_computed_once_and_keys_do_not_run_together(cache):
    asked = []

    def compute(name):
        return lambda: asked.append(name) or {"name": name}

    assert cache.answer(("a", "bc"), compute("first")) == {"name": "first"}
    assert cache.answer(("a", "bc"), compute("again")) == {"name": "first"}
    assert cache.answer(("ab", "c"), compute("other")) == {"name": "other"}
    assert cache.answer(("a\x1fbc",), compute("one part")) == {"name": "one part"}
    assert asked == ["first", "other", "one part"]


def test_e14_twenty_threads_that_ask_at_once_compute_once(cache):
    asked, together = [], threading.Barrier(20)

    def ask():
        with SERVER.app_context():
            together.wait()
            cache.answer(("herd",), lambda: asked.append(1) or [1])

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked == [1]


def test_an_answer_that_fails_is_not_remembered(cache):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            cache.answer(("key",), lambda: 1 / 0)
    assert cache.answer(("key",), lambda: [1]) == [1]


def test_what_an_asker_changes_stays_with_them(cache):
    cache.answer(("key",), lambda: {"parts": [1]})
    cache.answer(("key",), pytest.fail)["parts"].append(2)
    assert cache.answer(("key",), pytest.fail) == {"parts": [1]}


def test_more_answers_than_fit_drop_the_oldest_and_are_still_right(cache):
    for number in range(2 * MOST_ANSWERS):
        assert cache.answer((str(number),), lambda number=number: [number]) == [number]
    assert cache.answer((str(2 * MOST_ANSWERS - 1),), pytest.fail) == [2 * MOST_ANSWERS - 1]
    assert cache.answer(("0",), lambda: ["again"]) == ["again"]


def test_two_sites_of_one_process_do_not_read_each_others_answers(cache):
    cache.answer(("key",), lambda: 1)
    other = AnswerCache()
    other.install(SERVER)
    assert other.answer(("key",), lambda: 2) == 2
