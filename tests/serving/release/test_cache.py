"""Answers are computed once a key, and a spoilt store costs only time."""

import pickle
import threading

import pytest

from services.core.refusals import Refusal
from services.serving.release.cache import MOST_DECODED, AnswerCache


class Store(dict):
    """As much of a Redis client as the cache uses."""

    def set(self, name, value, **_named):
        self[name] = value
        return True


@pytest.fixture
def redis(monkeypatch):
    store = Store()
    monkeypatch.setattr("redis.from_url", lambda *_given, **_named: store)
    return store


def test_an_answer_is_computed_once_and_keys_do_not_run_together():
    cache, asked = AnswerCache(), []

    def compute(name):
        return lambda: asked.append(name) or {"name": name}

    assert cache.answer(("a", "bc"), compute("first")) == {"name": "first"}
    assert cache.answer(("a", "bc"), compute("again")) == {"name": "first"}
    assert cache.answer(("ab", "c"), compute("other")) == {"name": "other"}
    assert asked == ["first", "other"]


def test_e14_twenty_threads_that_ask_at_once_compute_once():
    cache, asked, together = AnswerCache(), [], threading.Barrier(20)

    def ask():
        together.wait()
        cache.answer(("herd",), lambda: asked.append(1) or [1])

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked == [1]


def test_e14_what_is_no_json_is_computed_again(monkeypatch):
    cache = AnswerCache()
    cache.answer(("key",), lambda: [1])
    monkeypatch.setattr(cache._cache, "get", lambda _name: "{spoilt")
    assert cache.answer(("key",), lambda: [2]) == [2]
    monkeypatch.setattr(cache._cache, "get", lambda _name: b"\x80\x04pickle")
    assert cache.answer(("key",), lambda: [3]) == [3]


def test_an_answer_that_fails_is_not_remembered():
    cache = AnswerCache()
    for _ in range(2):
        try:
            cache.answer(("key",), lambda: 1 / 0)
        except ZeroDivisionError:
            continue
    assert cache.answer(("key",), lambda: [1]) == [1]


def test_more_answers_than_are_kept_as_objects_and_one_stored_anew_are_still_right(monkeypatch):
    cache = AnswerCache()
    for number in range(3 * MOST_DECODED):
        cache.answer((str(number),), lambda number=number: [number])
    assert [cache.answer((str(number),), lambda: None) for number in range(40)] == [[n] for n in range(40)]
    assert cache.answer(("7",), lambda: None) == [7]
    monkeypatch.setattr(cache._cache, "get", lambda _name: "[8]")
    assert cache.answer(("7",), lambda: None) == [8]


def test_e14_what_stands_in_redis_is_text_and_nothing_there_is_unpickled(redis):
    first, second = AnswerCache("redis://cache"), AnswerCache("redis://cache")
    assert first.answer(("a",), lambda: {"é": 1}) == {"é": 1}
    assert second.answer(("a",), pytest.fail) == {"é": 1}
    assert list(redis.values()) == ['{"é":1}'.encode()]
    for poison in (b"!" + pickle.dumps(pytest.exit), b"\xff", b""):
        redis[next(iter(redis))] = poison
        assert AnswerCache("redis://cache").answer(("a",), lambda: [2]) == [2]


def test_e18_without_the_package_for_redis_the_start_ends_with_a_sentence(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(Refusal, match=r"REDIS_URL needs a package .* pip install redis"):
        AnswerCache("redis://cache")
