"""The answers that several hosts share, in a real Redis server, which the test starts and stops."""

from __future__ import annotations

import signal

import orjson
import pytest
from redis import Redis

from services.core.refusals import Refusal
from services.serving.release import cache
from services.serving.release.cache import TIMEOUT_SECONDS, AnswerCache
from tests.servers import free_port, program, running

KEY = ("segments", "20111210T125000Z-3fa9c1")


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """What starts a server on a port, which keeps nothing on the disk."""
    folder = tmp_path_factory.mktemp("redis")

    def on(port: int):
        named = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        return running([program("redis-server", "redis-server"), *named], port, folder / "log")

    return on


@pytest.fixture(scope="module")
def port(command):
    with command(port := free_port()):
        yield port


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr(cache, "WAIT_SECONDS", 5)  # a machine that runs other tests is slow


@pytest.fixture
def client(port):
    with Redis(port=port) as client:
        client.flushall()
        yield client


@pytest.fixture
def url(port, client):
    return f"redis://127.0.0.1:{port}/0"


def test_hosts_share_their_answers_as_text_for_a_day(url, client):
    first, second = AnswerCache(url), AnswerCache(url)
    assert first.answer(KEY, lambda: {"é": [1, None]}) == {"é": [1, None]}
    assert second.answer(KEY, pytest.fail) == {"é": [1, None]}
    (name,) = client.keys()
    assert name.startswith(b"segment-desk:")
    assert orjson.loads(client.get(name)) == {"é": [1, None]}
    assert 0 < client.ttl(name) <= TIMEOUT_SECONDS


def test_hosts_with_another_program_do_not_read_each_others_answers(url, monkeypatch):
    AnswerCache(url).answer(KEY, lambda: "of the old program")
    monkeypatch.setattr(cache, "_program", lambda: "new")
    assert AnswerCache(url).answer(KEY, lambda: "of the new one") == "of the new one"


def test_clearing_takes_every_answer_of_every_program_and_nothing_else(url, client, monkeypatch):
    AnswerCache(url).answer(KEY, lambda: 1)
    client.set("of somebody else", "stays")
    monkeypatch.setattr(cache, "_program", lambda: "new")
    AnswerCache(url).clear()
    assert client.keys() == [b"of somebody else"]


def test_e14_a_shared_store_that_is_away_or_silent_costs_time_only(command, monkeypatch):
    monkeypatch.setattr(cache, "AWAY_SECONDS", 0.0)
    port = free_port()
    shared = AnswerCache(f"redis://127.0.0.1:{port}/0")
    assert (shared.answer(KEY, lambda: 1), shared.answer(KEY, lambda: 2)) == (1, 2)
    with command(port) as server:
        assert (shared.answer(KEY, lambda: 3), shared.answer(KEY, pytest.fail)) == (3, 3)
        server.send_signal(signal.SIGSTOP)  # takes connections, and never answers
        assert shared.answer(KEY, lambda: 5) == 5
        with pytest.raises(Refusal, match="does not answer"):
            shared.clear()
        server.send_signal(signal.SIGCONT)
        assert shared.answer(KEY, pytest.fail) == 3
    assert shared.answer(KEY, lambda: 6) == 6


def test_a_store_that_did_not_answer_is_left_alone_for_a_while(command, monkeypatch):
    monkeypatch.setattr(cache, "AWAY_SECONDS", 3_600.0)
    port = free_port()
    shared = AnswerCache(f"redis://127.0.0.1:{port}/0")
    shared.answer(KEY, lambda: 1)
    with command(port), Redis(port=port) as client:
        assert shared.answer(KEY, lambda: 2) == 2
        assert client.keys() == []


@pytest.mark.parametrize("address", ["redis://:secret/word@cache", "redis://secret:port/0"])
def test_an_address_that_cannot_be_read_is_refused_without_its_password(address):
    with pytest.raises(Refusal, match="REDIS_URL cannot be read") as refused:
        AnswerCache(address)
    assert "secret" not in str(refused.value)
